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

// ThemeUse is a theme and how many portals wear it, up to a thousand and one.
type ThemeUse struct {
	Theme
	Portals int64
}

const themeUseColumns = themeColumns + `, (SELECT count(*) FROM (SELECT 1 FROM {portals} o WHERE o.theme_id = t.id LIMIT 1001))`

func (u *ThemeUse) row(r *row) {
	u.Theme.row(r)
	u.Portals = r.int()
}

// ThemeUses lists the themes with how often each is used, the default first.
func (s Staff) ThemeUses(ctx context.Context) ([]ThemeUse, error) {
	return list(ctx, s.scope, (*ThemeUse).row, `SELECT `+themeUseColumns+` FROM {themes} t ORDER BY t.is_default DESC, t.name`)
}

// ThemeUse reads one theme with how often it is used.
func (s Staff) ThemeUse(ctx context.Context, id ThemeID) (ThemeUse, error) {
	return one(ctx, s.scope, "theme", (*ThemeUse).row, `SELECT `+themeUseColumns+` FROM {themes} t WHERE t.id = :id`, p(":id", id))
}

// Wearer is a portal that wears a theme.
type Wearer struct {
	Portal       PortalID
	PortalName   string
	State        string
	Customer     CustomerID
	CustomerName string
}

// Wearers lists the portals that wear a theme, in the order they were opened,
// from above after.
func (s Staff) Wearers(ctx context.Context, of ThemeID, after PortalID, limit int) ([]Wearer, error) {
	if _, err := s.ThemeUse(ctx, of); err != nil {
		return nil, err
	}
	return list(ctx, s.scope, func(u *Wearer, r *row) {
		u.Portal, u.PortalName, u.State, u.Customer, u.CustomerName = PortalID(r.int()), r.str(), r.str(), CustomerID(r.int()), r.str()
	}, `SELECT o.id, o.name, o.state, o.customer_id, c.name FROM {portals} o JOIN {customers} c ON c.id = o.customer_id WHERE o.theme_id = :of AND o.id > :after ORDER BY o.id`+upTo(limit),
		p(":of", of), p(":after", after))
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
