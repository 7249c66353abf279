package store

import (
	"context"
	"slices"

	"gatehouse/store/fault"
)

// AddMembership gives a client one more customer; the customer's portal is
// opened underneath if need be.
func (s Staff) AddMembership(ctx context.Context, who UserID, of CustomerID, e MembershipEdit) (out ClientAdded, err error) {
	c, err := s.ClientUser(ctx, who)
	if err != nil {
		return out, err
	}
	return s.AddClient(ctx, NewClient{Name: c.Name, Email: c.Email, Customer: of, MembershipEdit: e})
}

// ChangeMembership saves what a person is at one customer: roles, groups,
// whose records it sees. It counts from the person's next click on.
func (s Staff) ChangeMembership(ctx context.Context, id MembershipID, e MembershipEdit) error {
	if err := s.Can(MemberRoles); err != nil {
		return err
	}
	return s.Update(ctx, func(s Staff) error { return s.changeMembership(ctx, id, e) })
}

func (s scope) changeMembership(ctx context.Context, id MembershipID, e MembershipEdit) error {
	var bad fault.Problems
	if e.check(&bad); len(bad) > 0 {
		return bad.Err()
	}
	m, err := s.membership(ctx, id)
	if err != nil {
		return err
	}
	if err := s.setMemberRoles(ctx, MemberRoles, id, e.Roles); err != nil {
		return err
	}
	was, err := s.memberSight(ctx, id)
	if err != nil {
		return err
	}
	at := sightOf{verb: MemberGroups, table: "memberships", links: "membership_groups", column: "membership_id", id: int64(id), label: m.name, customer: m.customer}
	if err := s.setSight(ctx, at, was, e.All, e.Groups); err != nil {
		return err
	}
	return s.changeMember(ctx, m, set{"sees", e.Sees})
}

// changeMember sets columns of a membership; its audit line bears the person's
// name.
func (s scope) changeMember(ctx context.Context, m memberAt, sets ...set) error {
	cond, err := mine("memberships", s.side())
	if err != nil {
		return err
	}
	old, err := s.old(ctx, "memberships", cond, int64(m.id), sets)
	if err != nil {
		return err
	}
	diff := old.diff(sets)
	if len(diff) == 0 {
		return nil
	}
	for _, c := range sets {
		if _, err := s.write(ctx, MemberChange, `UPDATE <memberships> SET `+c.column+` = :v WHERE id = :of AND {mine:memberships}`, p(":v", c.value), p(":of", m.id)); err != nil {
			return err
		}
	}
	return s.log(ctx, Line{Verb: MemberChange, ID: int64(m.id), Customer: m.customer, Label: m.name, Changes: diff, Note: map[string]any{"user": m.user}})
}

func (s scope) membership(ctx context.Context, id MembershipID) (memberAt, error) {
	return one(ctx, s, "membership", (*memberAt).row, memberAtOf+` AND m.id = :id`, p(":id", id))
}

func (s scope) memberSight(ctx context.Context, of MembershipID) (v Sight, err error) {
	v.All, err = one(ctx, s, "member", intoBool, `SELECT m.all_groups FROM {memberships} m WHERE m.id = :of`, p(":of", of))
	if err != nil {
		return v, err
	}
	v.Groups, err = list(ctx, s, (*Group).ref, `SELECT g.id, g.name, coalesce(g.customer_id, 0) FROM {membership_groups} x JOIN {groups} g ON g.id = x.group_id WHERE x.membership_id = :of ORDER BY g.name`, p(":of", of))
	return v, err
}

// SetMembershipState switches a person's access to one portal off or on again:
// off ends its sessions there and voids its links at once; the account and
// what it made stay. The last portal admin of an active portal stays.
func (s Staff) SetMembershipState(ctx context.Context, id MembershipID, on bool) error {
	if err := s.Can(MemberChange); err != nil {
		return err
	}
	return s.Update(ctx, func(s Staff) error { return s.setMemberState(ctx, id, on) })
}

func (s scope) setMemberState(ctx context.Context, id MembershipID, on bool) error {
	m, err := s.membership(ctx, id)
	if err != nil {
		return err
	}
	state := "active"
	if !on {
		state = "disabled"
		if err := s.mayGo(ctx, m); err != nil {
			return err
		}
	}
	if err := s.changeMember(ctx, m, set{"state", state}); err != nil || on {
		return err
	}
	return s.shutOutOf(ctx, m.portal, m.user, "disabled")
}

// mayGo refuses when the member is the last portal admin of an active portal.
func (s scope) mayGo(ctx context.Context, m memberAt) error {
	if !m.admin {
		return nil
	}
	if err := s.anotherAdmin(ctx, m); err != nil {
		return fault.New(fault.Conflict, "%s", fault.Says(err))
	}
	return nil
}

// shutOutOf ends what lets a person into one portal: sessions, links, letters
// that wait.
func (s scope) shutOutOf(ctx context.Context, portal PortalID, who UserID, why string) error {
	args := []arg{p(":of", portal), p(":who", who)}
	for _, text := range []string{
		`DELETE FROM sessions WHERE provider_id = :provider AND user_id = :who AND portal_id = :of`,
		`UPDATE user_tokens SET superseded_at = :now WHERE provider_id = :provider AND user_id = :who AND portal_id = :of AND used_at IS NULL AND superseded_at IS NULL`,
	} {
		if err := s.db.query(ctx, s.conn, text, s.binder(stdOf(text), args), func(*row) error { return nil }); err != nil {
			return err
		}
	}
	return s.system().dropMail(ctx, s.provider, why, `user_id = :who AND portal_id = :of`, args...)
}

// RemoveMembership takes a person out of one portal. The account stays, also
// when it was the last one: what it made keeps its author.
func (s Staff) RemoveMembership(ctx context.Context, id MembershipID) error {
	if err := s.Can(UserLeave); err != nil {
		return err
	}
	return s.Update(ctx, func(s Staff) error {
		m, err := s.membership(ctx, id)
		if err != nil {
			return err
		}
		return s.leave(ctx, m)
	})
}

func (s scope) leave(ctx context.Context, m memberAt) error {
	if err := s.mayGo(ctx, m); err != nil {
		return err
	}
	if err := s.shutOutOf(ctx, m.portal, m.user, "removed"); err != nil {
		return err
	}
	if _, err := s.write(ctx, UserLeave, `DELETE FROM <memberships> WHERE id = :of AND {mine:memberships}`, p(":of", m.id)); err != nil {
		return err
	}
	return s.log(ctx, Line{Verb: UserLeave, ID: int64(m.user), Customer: m.customer, Label: m.name, Note: map[string]any{"membership": m.id, "portal": m.title}})
}

// SetDelegated says whether a portal's admin may manage colleagues. Taken
// away, it counts from the admin's next click on.
func (s Staff) SetDelegated(ctx context.Context, id PortalID, on bool) error {
	return s.change(ctx, PortalSetup, "portals", int64(id), set{"delegated", on}, set{"updated_at", s.Now()})
}

// SetClientFormats says how a client reads dates, times and words, until it
// chooses itself. Zero values are the provider's defaults.
func (s Staff) SetClientFormats(ctx context.Context, id UserID, f Formats, ownClock bool) error {
	var bad fault.Problems
	if f.check(&bad); len(bad) > 0 {
		return bad.Err()
	}
	if _, err := s.ClientUser(ctx, id); err != nil {
		return err
	}
	clock := int64(-1)
	if ownClock {
		clock = int64(slices.Index([]bool{false, true}, f.Clock24))
	}
	return s.change(ctx, UserChange, "users", int64(id), set{"date_format", f.Date}, set{"date_sep", f.Sep}, set{"clock24", clock}, set{"time_zone", f.Zone}, set{"language", f.Language}, set{"updated_at", s.Now()})
}

// SetClientPassword stores a password that somebody else chose for a client:
// it must be changed at the next sign-in, every session ends, and every link
// by which another could be set is void. The password itself is in no log.
func (s Staff) SetClientPassword(ctx context.Context, id UserID, phc string) error {
	return s.Update(ctx, func(s Staff) error {
		c, err := s.ClientUser(ctx, id)
		if err != nil {
			return err
		}
		if c.State == "disabled" {
			return fault.New(fault.Conflict, "This account is disabled. Enable it first.")
		}
		if err := s.change(ctx, UserPassword, "users", int64(id), set{"password", phc}, set{"must_change", true}, set{"state", "active"}, set{"updated_at", s.Now()}); err != nil {
			return err
		}
		return s.shutOut(ctx, id, "superseded")
	})
}
