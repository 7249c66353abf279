package store

import (
	"context"

	"gatehouse/store/fault"
)

// Place is a portal that a client belongs to: of this provider, and open.
type Place struct {
	Portal   PortalID
	Slug     string
	Name     string // of the portal
	Customer string
}

func (l *Place) row(r *row) {
	l.Portal, l.Slug, l.Name, l.Customer = PortalID(r.int()), r.str(), r.str(), r.str()
}

// placesOf is where the scope's person may be now, asked anew each time. It
// looks beyond the client's wall, at its own memberships and nothing else.
const placesOf = `SELECT o.id, o.slug, o.name, c.name FROM memberships m
	JOIN portals o ON o.provider_id = m.provider_id AND o.id = m.portal_id
	JOIN customers c ON c.provider_id = o.provider_id AND c.id = o.customer_id
	WHERE m.provider_id = :provider AND m.user_id = :user AND m.state = 'active' AND o.state IN ('pending', 'active') AND c.deleted_at IS NULL`

// Places lists the portals that the person belongs to, this one among them, by
// the name of the customer.
func (c Client) Places(ctx context.Context) ([]Place, error) {
	if c.db == nil {
		return nil, signInFirst
	}
	return sysList(ctx, System{db: c.db, conn: c.conn}, (*Place).row, placesOf+` ORDER BY c.name, o.id LIMIT 200`, p(":provider", c.provider), p(":user", c.user))
}

// SwitchTo opens a session into another portal of the same person, without a
// password: it was given for this one. It lasts no longer than this one, and
// takes the place of one that was opened the same way. A portal that is not
// the person's does not exist.
func (c Client) SwitchTo(ctx context.Context, slug string, hash []byte) (to Place, err error) {
	err = c.Update(ctx, func(c Client) error {
		y := System{db: c.db, conn: c.conn, at: c.at, from: c.from}
		if to, err = sysOne(ctx, y, "portal", (*Place).row, placesOf+` AND o.slug = :slug`, p(":provider", c.provider), p(":user", c.user), p(":slug", slug)); err != nil {
			return fault.New(fault.NotFound, "There is no such portal, or you do not belong to it.")
		}
		if to.Portal == c.portal {
			return nil
		}
		args := []arg{p(":provider", c.provider), p(":user", c.user), p(":to", to.Portal), p(":here", c.sess)}
		if _, _, err := y.run(ctx, `DELETE FROM sessions WHERE provider_id = :provider AND user_id = :user AND portal_id = :to
			AND coalesce(root_id, id) = (SELECT coalesce(root_id, id) FROM sessions WHERE provider_id = :provider AND id = :here)`, args...); err != nil {
			return err
		}
		if _, _, err := y.run(ctx, `INSERT INTO sessions (provider_id, user_id, portal_id, hash, created_at, seen_at, expires_at, ip, agent, root_id)
			SELECT provider_id, user_id, :to, :hash, :now, :now, expires_at, :ip, :agent, coalesce(root_id, id) FROM sessions WHERE provider_id = :provider AND user_id = :user AND id = :here`,
			append(args, p(":hash", hash), p(":now", y.Now()), p(":ip", c.from.IP), p(":agent", clip(c.from.Agent, 300)))...); err != nil {
			return err
		}
		return y.arrive(ctx, Account{ID: c.user, Provider: c.provider, Name: c.me.Name}, to.Portal)
	})
	return to, err
}

// SignOut ends the session and those that were opened out of it into other
// portals, or it out of theirs.
func (c Client) SignOut(ctx context.Context) error {
	return c.Update(ctx, func(c Client) error {
		const text = `DELETE FROM sessions WHERE provider_id = :provider AND user_id = :user
			AND coalesce(root_id, id) = (SELECT coalesce(root_id, id) FROM sessions WHERE provider_id = :provider AND id = :here)`
		if err := c.db.query(ctx, c.conn, text, c.binder(stdOf(text), []arg{p(":here", c.sess)}), func(*row) error { return nil }); err != nil {
			return err
		}
		return c.log(ctx, Line{Verb: SessionEnd, ID: int64(c.sess), Customer: c.customer})
	})
}
