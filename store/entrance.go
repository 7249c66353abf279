package store

import (
	"context"
	"time"
)

// Entrance is a door that an e-mail address opens: the provider's own
// interface for its people, a portal for a customer's.
type Entrance struct {
	Account
	Slug, ProviderName string
	Portal             PortalID
	PortalSlug         string
}

// Path is the door's address, such as /admin/nordlift or /portal/acme.
func (e Entrance) Path() string {
	if e.Portal != 0 {
		return "/portal/" + e.PortalSlug
	}
	return "/admin/" + e.Slug
}

// Entrances lists every door on the appliance that an address opens, for
// whoever sits at the machine and helps somebody in.
func (y System) Entrances(ctx context.Context, email string) ([]Entrance, error) {
	return sysList(ctx, y, func(e *Entrance, r *row) {
		e.Account.row(r)
		e.Slug, e.ProviderName, e.Portal, e.PortalSlug = r.str(), r.str(), PortalID(r.int()), r.str()
	}, `SELECT `+accountColumns+`, p.slug, p.name, coalesce(o.id, 0), coalesce(o.slug, '')
		FROM users u JOIN providers p ON p.id = u.provider_id
		LEFT JOIN memberships m ON m.provider_id = u.provider_id AND m.user_id = u.id AND m.state = 'active' AND u.kind = 'client'
		LEFT JOIN portals o ON o.provider_id = m.provider_id AND o.id = m.portal_id AND o.state <> 'deleted'
		WHERE u.email_key = :email AND u.state IN ('pending', 'active') AND (u.kind = 'staff' OR o.id IS NOT NULL) ORDER BY p.slug, o.slug`,
		p(":email", FoldEmail(email)))
}

// AddLoginLink notes a one-time link through an entrance, and says so in the
// operator's log and in the provider's.
func (y System) AddLoginLink(ctx context.Context, e Entrance, hash []byte, life time.Duration) error {
	return y.Update(ctx, func(y System) error {
		if _, err := y.AddToken(ctx, e.Account, e.Portal, "rst", hash, life); err != nil {
			return err
		}
		if err := y.deed(ctx, string(UserLoginLink), "user", int64(e.ID), e.Email, map[string]any{"door": e.Path()}); err != nil {
			return err
		}
		s, err := y.Provider(ctx, e.Provider)
		if err != nil {
			return err
		}
		s.actor, s.from.Source = operatorName, "operator"
		return s.log(ctx, Line{Verb: UserLoginLink, ID: int64(e.ID), Label: e.Name})
	})
}

// DoorOf is the door a person comes in through, for links in letters: staff the
// provider's own interface, a client the portal prefer if it belongs there, or
// else the first one it does.
func (y System) DoorOf(ctx context.Context, a Account, prefer PortalID) (Entrance, error) {
	return sysOne(ctx, y, "person", func(e *Entrance, r *row) {
		e.Account.row(r)
		e.Slug, e.ProviderName, e.Portal, e.PortalSlug = r.str(), r.str(), PortalID(r.int()), r.str()
	}, `SELECT `+accountColumns+`, p.slug, p.name, coalesce(o.id, 0), coalesce(o.slug, '')
		FROM users u JOIN providers p ON p.id = u.provider_id
		LEFT JOIN memberships m ON m.provider_id = u.provider_id AND m.user_id = u.id AND m.state = 'active' AND u.kind = 'client'
		LEFT JOIN portals o ON o.provider_id = m.provider_id AND o.id = m.portal_id AND o.state IN ('pending', 'active')
		WHERE u.provider_id = :provider AND u.id = :of ORDER BY o.id IS NULL, o.id <> :prefer, m.id LIMIT 1`, p(":provider", a.Provider), p(":of", a.ID), p(":prefer", prefer))
}
