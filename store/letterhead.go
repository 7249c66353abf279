package store

import (
	"context"
	"strings"
)

// Letterhead is what letters of a provider are written on: its name and usual
// formats, a theme, its public settings, and where the appliance is reached.
type Letterhead struct {
	Provider
	Theme    Theme
	Settings map[string]string // the public ones
	BaseURL  string            // without a slash at the end; links are built from it alone
}

// Letterhead reads what letters about a portal are written on; portal 0 is the
// provider's own look, with its default theme.
func (s scope) Letterhead(ctx context.Context, portal PortalID) (h Letterhead, err error) {
	if h.Provider, err = one(ctx, s, "provider", (*Provider).row, `SELECT `+providerColumns+` FROM providers p WHERE p.id = :provider`); err != nil {
		return h, err
	}
	if h.Theme, err = one(ctx, s, "theme", (*Theme).row, `SELECT `+themeColumns+` FROM {themes} t LEFT JOIN {portals} o ON o.theme_id = t.id AND o.id = :of
		ORDER BY o.id IS NULL, t.is_default DESC LIMIT 1`, p(":of", portal)); err != nil {
		return h, err
	}
	if h.Settings, err = s.OwnSettings(ctx); err != nil {
		return h, err
	}
	for name := range h.Settings {
		if !strings.HasPrefix(name, "public.") {
			delete(h.Settings, name)
		}
	}
	err = s.each(ctx, `SELECT value FROM settings WHERE name = '`+SetBaseURL+`'`, func(r *row) error { h.BaseURL = strings.TrimSuffix(r.str(), "/"); return nil })
	return h, err
}

// Letterhead reads what a provider's own letters are written on.
func (y System) Letterhead(ctx context.Context, of ProviderID) (Letterhead, error) {
	s, err := y.Provider(ctx, of)
	if err != nil {
		return Letterhead{}, err
	}
	return s.Letterhead(ctx, 0)
}
