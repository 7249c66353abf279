package store

import (
	"context"
	"time"

	"gatehouse/store/fault"
)

// Guest is an invitation as whoever holds its link meets it, without a
// session: which portal, who invited, for whom.
type Guest struct {
	Invitation
	Provider  ProviderID
	Slug      string // of the portal
	InvitedBy Account
}

// Guest reads the invitation behind a link of one portal, without using it.
// The Guest is returned also when the link is dead, with the error that says
// why; a link of another portal is NotFound (S14).
func (y System) Guest(ctx context.Context, portal PortalID, hash []byte) (Guest, error) {
	all, err := sysList(ctx, y, (*Guest).row, `SELECT `+invitationColumns+`, o.provider_id, o.slug, p.state = 'active' AND o.state IN ('pending', 'active'), `+accountColumns+`
		FROM invitations i JOIN portals o ON o.provider_id = i.provider_id AND o.id = i.portal_id JOIN providers p ON p.id = i.provider_id
		JOIN users u ON u.provider_id = i.provider_id AND u.id = i.created_by JOIN users by ON by.id = u.id
		LEFT JOIN users who ON who.provider_id = i.provider_id AND who.id = i.accepted_by
		WHERE i.hash = :hash AND i.portal_id = :portal`, p(":hash", hash), p(":portal", portal))
	if err != nil {
		return Guest{}, err
	}
	if len(all) == 0 {
		return Guest{}, fault.New(fault.NotFound, "This link is not for this portal. Please open it exactly as you received it.")
	}
	return all[0], all[0].dead(y.Now())
}

func (g *Guest) row(r *row) {
	g.Invitation.row(r)
	g.Provider, g.Slug = ProviderID(r.int()), r.str()
	open := r.bool()
	g.InvitedBy.row(r)
	if !open && g.RevokedAt.IsZero() {
		g.RevokedAt = g.CreatedAt // the door behind the link is shut
	}
}

// OpenInvitation notes that a person, not a scanner, went on from the first
// page of an invitation. It changes nothing else.
func (y System) OpenInvitation(ctx context.Context, portal PortalID, hash []byte) error {
	return y.Update(ctx, func(y System) error {
		g, err := y.Guest(ctx, portal, hash)
		if err != nil || !g.OpenedAt.IsZero() {
			return err
		}
		_, _, err = y.run(ctx, `UPDATE invitations SET opened_at = :now WHERE id = :id`, p(":now", y.Now()), p(":id", g.ID))
		return err
	})
}

// AskForLink notes that the holder of a dead link wants a new one. A link that
// still works is a Conflict: there is nothing to ask for.
func (y System) AskForLink(ctx context.Context, portal PortalID, hash []byte) (g Guest, err error) {
	err = y.Update(ctx, func(y System) error {
		g, err = y.Guest(ctx, portal, hash)
		if err == nil {
			return fault.New(fault.Conflict, "This link still works. You can simply go on with it.")
		}
		if fault.Of(err) != fault.Conflict {
			return err
		}
		if _, _, err = y.run(ctx, `UPDATE invitations SET asked_at = :now WHERE id = :id`, p(":now", y.Now()), p(":id", g.ID)); err != nil {
			return err
		}
		s, err := y.Provider(ctx, g.Provider)
		if err != nil {
			return err
		}
		s.actor = "whoever holds the link"
		return s.log(ctx, Line{Verb: InvitationAsk, ID: int64(g.ID), Customer: g.Customer, Label: g.Email})
	})
	return g, err
}

// Registration is what somebody brings who accepts an invitation: either a
// new sign-in, or an existing one that was proved by its password.
type Registration struct {
	Name, Email string
	Phone       string // as typed; of somebody new
	Username    string // of somebody new, where the provider asks for it
	Password    string // PHC form of the new sign-in's password
	Proved      string // PHC form of the existing sign-in's password, just verified; "" for a new one
	Terms       int64  // the version that was accepted
	Session     []byte // hash of the new session's token; nil opens none
}

// Accepted is what became of a registration.
type Accepted struct {
	Guest
	Account Account
	Role    string
	At      time.Time
}

// Accept turns an invitation into a membership: the link is spent, the person
// and its membership exist, the terms are accepted, the portal is active and a
// session is open – or nothing of it. Of several people with one link exactly
// one succeeds, and of all who ever register exactly one, the first, becomes
// the portal's first admin; an index decides both.
func (y System) Accept(ctx context.Context, portal PortalID, hash []byte, r Registration) (out Accepted, err error) {
	err = y.Update(ctx, func(y System) error {
		if out.Guest, err = y.Guest(ctx, portal, hash); err != nil {
			return err
		}
		if bound := out.Guest.Email; bound != "" {
			r.Email = bound // the provider said for whom it is
		}
		if out.Account, err = y.register(ctx, out.Provider, r); err != nil {
			return err
		}
		s, err := y.speaker(ctx, out.Account)
		if err != nil {
			return err
		}
		if out.Role, err = s.join(ctx, out.Guest, out.Account); err != nil {
			return err
		}
		out.At = y.Now()
		if _, _, err := y.run(ctx, `UPDATE invitations SET accepted_at = :now, accepted_by = :user, opened_at = coalesce(opened_at, :now) WHERE id = :id AND accepted_at IS NULL`,
			p(":now", y.Now()), p(":user", out.Account.ID), p(":id", out.ID)); err != nil {
			return err
		}
		if err := y.dropMail(ctx, out.Provider, "used", `invitation_id = :of`, p(":of", out.ID)); err != nil {
			return err
		}
		if err := s.enter(ctx, portal, r.Terms); err != nil {
			return err
		}
		if err := s.log(ctx, Line{Verb: InvitationAccept, ID: int64(out.ID), Customer: out.Customer, Label: out.Account.Name,
			Note: map[string]any{"role": out.Role, "terms": r.Terms, "user": out.Account.ID}}); err != nil || r.Session == nil {
			return err
		}
		return y.StartSession(ctx, out.Account, portal, r.Session)
	})
	return out, err
}

// register finds or makes the person. What the address says decides: unknown
// is new, a client proves itself, the provider's own team is refused.
func (y System) register(ctx context.Context, provider ProviderID, r Registration) (Account, error) {
	a, err := y.Account(ctx, provider, r.Email)
	if fault.Of(err) == fault.NotFound {
		n := NewUser{Kind: "client", Name: r.Name, Email: r.Email, Password: r.Password, Phone: r.Phone}
		if n.Username, err = y.ChosenUsername(ctx, provider, 0, r.Username); err != nil {
			return a, err
		}
		if err := n.clean(); err != nil {
			return a, err
		}
		if r.Proved != "" || r.Password == "" {
			return a, fault.Field("email", "This sign-in was removed meanwhile. Please send the form once more.")
		}
		if _, err := y.insertUser(ctx, provider, n); err != nil {
			return a, err
		}
		return y.Account(ctx, provider, r.Email)
	}
	switch {
	case err != nil:
		return a, err
	case FoldEmail(a.Email) != FoldEmail(r.Email): // a user name of the same spelling
		return a, fault.Field("email", "Enter your e-mail address.")
	case a.Kind != "client":
		return a, StaffAddress()
	case a.State != "active":
		return a, fault.Field("email", "The sign-in with this address is switched off or not activated yet. Please ask whoever invited you.")
	case r.Proved == "" || r.Proved != a.Password:
		return a, fault.Field("password", "There is already a sign-in with this address. Enter its password to add this portal to it.")
	}
	return a, nil
}

// StaffAddress says that an address belongs to the provider's own team.
func StaffAddress() error {
	return fault.Field("email", "This address belongs to the provider's own team and cannot be used in a portal. Use another one.")
}

// speaker opens the provider's side in the name of one of its people who has
// no session yet, for the few things that registering does there.
func (y System) speaker(ctx context.Context, a Account) (Staff, error) {
	s, err := y.Provider(ctx, a.Provider)
	s.user, s.actor, s.from = a.ID, a.Name, y.from
	return s, err
}

// join makes the person a member. The first one becomes admin, whatever the
// invitation says, unless the provider named somebody.
func (s Staff) join(ctx context.Context, g Guest, a Account) (role string, err error) {
	o, err := s.Portal(ctx, g.Portal)
	if err != nil {
		return "", err
	}
	e, err := s.begin(ctx, g.Invitation)
	if err != nil {
		return "", err
	}
	if _, err := s.enlist(ctx, o, a.ID, a.Name, e); err != nil {
		return "", err
	}
	if err := s.crown(ctx, o, a.ID, a.Name); err != nil {
		return "", err
	}
	return one(ctx, s.scope, "member", intoStr, `SELECT m.role FROM {memberships} m WHERE m.portal_id = :of AND m.user_id = :user`, p(":of", o.ID))
}

// crown makes whoever comes into a portal its admin if it has none, and marks
// the first one ever.
func (s Staff) crown(ctx context.Context, o Portal, who UserID, name string) error {
	named, err := s.number(ctx, `SELECT count(*) FROM {memberships} m JOIN {users} u ON u.id = m.user_id
		WHERE m.portal_id = :of AND m.role = 'admin' AND m.state = 'active' AND m.user_id <> :who AND u.state IN ('pending', 'active')`, p(":of", o.ID), p(":who", who))
	if err != nil || named > 0 {
		return err
	}
	was, err := one(ctx, s.scope, "member", func(m *Member, r *row) { m.ID, m.Role, m.FirstAdmin = MembershipID(r.int()), r.str(), r.bool() },
		`SELECT m.id, m.role, m.first_admin FROM {memberships} m WHERE m.portal_id = :of AND m.user_id = :who`, p(":of", o.ID), p(":who", who))
	if err != nil || was.Role == "admin" && was.FirstAdmin {
		return err
	}
	if _, err = s.write(ctx, MemberChange, `UPDATE <memberships> SET role = 'admin', first_admin = NOT EXISTS (SELECT 1 FROM {memberships} x WHERE x.portal_id = :of AND x.first_admin = 1 AND x.user_id <> :who)
		WHERE id = :id AND {mine:memberships}`, p(":of", o.ID), p(":who", who), p(":id", was.ID)); err != nil || was.Role == "admin" {
		return err
	}
	return s.log(ctx, Line{Verb: MemberChange, ID: int64(was.ID), Customer: o.Customer, Label: name, Changes: map[string][2]any{"role": {was.Role, "admin"}}})
}

// enter accepts the terms in the name of the scope's person and makes a
// pending portal active.
func (s Staff) enter(ctx context.Context, portal PortalID, version int64) error {
	t, err := s.termsFor(ctx, portal)
	if err != nil {
		return err
	}
	if t.Version != version {
		return fault.Field("terms", "The terms were changed while you were reading. Please read and accept the new version.")
	}
	s.portal = portal
	if err := s.accept(ctx, t); err != nil {
		return err
	}
	o, err := s.Portal(ctx, portal)
	if err != nil {
		return err
	}
	return s.move(ctx, PortalActivate, o)
}
