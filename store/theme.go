package store

import "context"

// Theme is a provider's look for its portals: colours now, chosen by name.
type Theme struct {
	ID                    ThemeID
	Name                  string
	Primary, Menu, Notify string // #rrggbb
	Default               bool
}

var starterThemes = []Theme{
	{Name: "Calm blue", Primary: "#1f5fbf", Menu: "#0f2747", Notify: "#b3201c"},
	{Name: "Forest", Primary: "#0f766e", Menu: "#0b3b3a", Notify: "#b45309"},
	{Name: "Amber works", Primary: "#f2a900", Menu: "#1d1d1b", Notify: "#b3201c"},
}

const themeColumns = `t.id, t.name, t.primary_hex, t.menu_hex, t.notify_hex, t.is_default`

func (t *Theme) row(r *row) {
	t.ID, t.Name, t.Primary, t.Menu, t.Notify, t.Default = ThemeID(r.int()), r.str(), r.str(), r.str(), r.str(), r.bool()
}

// Themes lists the themes there are to pick from, the default first. A client
// has its portal's in its Window.
func (s Staff) Themes(ctx context.Context) ([]Theme, error) {
	return list(ctx, s.scope, (*Theme).row, `SELECT `+themeColumns+` FROM {themes} t ORDER BY t.is_default DESC, t.name`)
}

// PortalTheme is the look of a portal before anybody has signed in, and the
// names to greet with. An unknown or deleted portal is NotFound.
type PortalTheme struct {
	Theme
	Provider     ProviderID
	Portal       PortalID
	PortalName   string
	ProviderName string
	ProviderSlug string
	CustomerName string
	State        string // of the portal: draft, pending, active, suspended
	Language     string
	Formats      Formats
}

// PortalTheme reads the public face of a portal by its address.
func (y System) PortalTheme(ctx context.Context, slug string) (PortalTheme, error) {
	return sysOne(ctx, y, "portal", (*PortalTheme).row, `SELECT `+themeColumns+`, o.provider_id, o.id, o.name, p.name, p.slug, c.name,
			CASE WHEN p.state = 'active' THEN o.state ELSE 'suspended' END, p.date_format, p.date_sep, p.clock24, p.time_zone, p.language
		FROM portals o JOIN themes t ON t.provider_id = o.provider_id AND t.id = o.theme_id JOIN providers p ON p.id = o.provider_id
		JOIN customers c ON c.provider_id = o.provider_id AND c.id = o.customer_id
		WHERE o.slug = :slug AND o.state <> 'deleted' AND c.deleted_at IS NULL`, p(":slug", slug))
}

func (t *PortalTheme) row(r *row) {
	t.Theme.row(r)
	t.Provider, t.Portal, t.PortalName = ProviderID(r.int()), PortalID(r.int()), r.str()
	t.ProviderName, t.ProviderSlug, t.CustomerName, t.State = r.str(), r.str(), r.str(), r.str()
	t.Formats.row(r)
	t.Language = t.Formats.Language
}
