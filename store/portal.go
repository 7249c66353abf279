package store

import (
	"context"
	"strings"
	"time"

	"gatehouse/store/fault"
)

// Portal is what a provider opens for one customer: its address, its look and
// what it shares. A customer has exactly one.
type Portal struct {
	ID           PortalID
	Customer     CustomerID
	CustomerName string
	PortalEdit
	Theme        ThemeID
	State        PortalState
	SetupDone    bool
	BrandingDone bool
	Delegated    bool // its admin may manage colleagues
	Version      int64
	CreatedAt    time.Time
	UpdatedAt    time.Time
	Ticked       map[Feature]bool // what was ticked, also what the plan lacks meanwhile
	Shares       map[Feature]bool // what its people get: ticked, within the plan
}

// PortalEdit is what people type about a portal.
type PortalEdit struct {
	Name string
	Slug string // the portal's address: /portal/{slug}
}

const portalColumns = `o.id, o.customer_id, c.name, o.name, o.slug, o.theme_id, o.state, o.setup_done, o.branding_done, o.delegated, o.version, o.created_at, o.updated_at,
	coalesce((SELECT group_concat(f.feature) FROM {portal_features} f WHERE f.portal_id = o.id), ''),
	coalesce((SELECT group_concat(l.feature) FROM {plan_features} l), '')`

const portalFrom = ` FROM {portals} o JOIN {customers} c ON c.id = o.customer_id`

func (o *Portal) row(r *row) {
	o.ID, o.Customer, o.CustomerName, o.Name, o.Slug = PortalID(r.int()), CustomerID(r.int()), r.str(), r.str(), r.str()
	o.Theme, o.State, o.SetupDone, o.BrandingDone, o.Delegated = ThemeID(r.int()), PortalState(r.str()), r.bool(), r.bool(), r.bool()
	o.Version, o.CreatedAt, o.UpdatedAt = r.int(), r.unix(), r.unix()
	ticked, plan := featureSet(r.str()), featureSet(r.str())
	o.Ticked, o.Shares = ticked, ticked.within(plan).effective()
}

// clean trims what was typed and reports all that is wrong with it.
func (e *PortalEdit) clean() error {
	var bad fault.Problems
	e.Name, e.Slug = strings.TrimSpace(e.Name), strings.TrimSpace(e.Slug)
	checkText(&bad, "name", e.Name, 200)
	if e.Name == "" {
		bad.Add("name", "Give the portal a name. Your customer sees it at the top of every page.")
	}
	if err := ValidSlug(e.Slug); err != nil {
		bad.Add("slug", "%s", fault.Says(err))
	}
	return bad.Err()
}

// Portal reads one portal.
func (s Staff) Portal(ctx context.Context, id PortalID) (Portal, error) {
	return one(ctx, s.scope, "portal", (*Portal).row, `SELECT `+portalColumns+portalFrom+` WHERE o.id = :id`, p(":id", id))
}

// PortalOf reads a customer's portal; NotFound while it has none.
func (s Staff) PortalOf(ctx context.Context, of CustomerID) (Portal, error) {
	return one(ctx, s.scope, "portal", (*Portal).row, `SELECT `+portalColumns+portalFrom+` WHERE o.customer_id = :of`, p(":of", of))
}

// AddPortal makes a customer's portal, a draft with the minimal preset and the
// default theme (rows 22, 23). A second one for the same customer is a
// Conflict, also when two people try at once. An empty name or address is
// filled from the customer's name.
func (s Staff) AddPortal(ctx context.Context, of CustomerID, e PortalEdit) (id PortalID, err error) {
	err = s.Update(ctx, func(s Staff) error {
		if err := s.Can(PortalSetup); err != nil {
			return err
		}
		c, err := s.Customer(ctx, of)
		if err != nil {
			return err
		}
		state, err := PortalState(c.PortalState).after(PortalSetup)
		if err != nil {
			return err
		}
		if err := s.fillPortal(ctx, c, &e); err != nil {
			return err
		}
		if err := s.roomForPortal(ctx); err != nil {
			return err
		}
		theme, err := one(ctx, s.scope, "theme", (*Theme).row, `SELECT `+themeColumns+` FROM {themes} t ORDER BY t.is_default DESC, t.name LIMIT 1`)
		if err != nil {
			return err
		}
		n, err := s.insert(ctx, PortalSetup, "portals", set{"customer_id", of}, set{"name", e.Name}, set{"slug", e.Slug}, set{"theme_id", theme.ID},
			set{"created_at", s.Now()}, set{"updated_at", s.Now()})
		if err != nil {
			return err
		}
		id = PortalID(n)
		if err := s.tick(ctx, id, Preset(PresetMinimal)); err != nil {
			return err
		}
		return s.markCustomer(ctx, PortalSetup, of, state)
	})
	return id, err
}

func (s Staff) fillPortal(ctx context.Context, c Customer, e *PortalEdit) error {
	e.Name = pick(strings.TrimSpace(e.Name), s.home.Name)
	if strings.TrimSpace(e.Slug) == "" {
		slug, err := s.freeSlug(ctx, c.Name)
		if err != nil {
			return err
		}
		e.Slug = slug
	}
	return e.clean()
}

// roomForPortal holds a provider to the number of portals its plan allows.
func (s Staff) roomForPortal(ctx context.Context) error {
	most := s.home.Limits.Portals
	if most == 0 {
		return nil
	}
	n, err := s.number(ctx, `SELECT count(*) FROM {portals} o`)
	if err == nil && n >= most {
		return fault.New(fault.Conflict, "Your plan has room for %d portals, and all of them are in use. Ask the operator of this appliance for more.", most)
	}
	return err
}

// ChangePortal saves name and address made of version. Once a link was handed
// out the address stays: links and bookmarks carry it.
func (s Staff) ChangePortal(ctx context.Context, id PortalID, version int64, e PortalEdit) error {
	if err := e.clean(); err != nil {
		return err
	}
	return s.Update(ctx, func(s Staff) error {
		was, err := s.Portal(ctx, id)
		if err != nil {
			return err
		}
		if version != 0 && was.Version != version {
			return fault.New(fault.Conflict, "Somebody else changed this portal meanwhile. Look at it again and save once more.")
		}
		if e.Slug != was.Slug && was.State != PortalDraft {
			return fault.Field("slug", "The address can no longer change: links to it were handed out. It stays “%s”.", was.Slug)
		}
		return s.change(ctx, PortalSetup, "portals", int64(id), set{"name", e.Name}, set{"slug", e.Slug}, set{"version", was.Version + 1}, set{"updated_at", s.Now()})
	})
}

// SetTheme picks the portal's look among the provider's themes, which
// finishes the step Branding.
func (s Staff) SetTheme(ctx context.Context, id PortalID, theme ThemeID) error {
	return s.Update(ctx, func(s Staff) error {
		n, err := s.number(ctx, `SELECT count(*) FROM {themes} t WHERE t.id = :theme`, p(":theme", theme))
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Field("theme", "Choose one of the themes below.")
		}
		return s.change(ctx, PortalBranding, "portals", int64(id), set{"theme_id", theme}, set{"branding_done", true}, set{"updated_at", s.Now()})
	})
}

// markCustomer keeps the portal's state beside the customer, where lists read it.
func (s Staff) markCustomer(ctx context.Context, v Verb, of CustomerID, state PortalState) error {
	if state == PortalDeleted {
		state = PortalNone
	}
	_, err := s.write(ctx, v, `UPDATE <customers> SET portal_state = :state WHERE id = :id AND {mine:customers}`, p(":state", state), p(":id", of))
	return err
}
