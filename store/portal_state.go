package store

import (
	"context"

	"gatehouse/store/fault"
)

// PortalState is where a portal stands in its life.
type PortalState string

// The states. A customer without a portal is PortalNone, "Not set up".
const (
	PortalNone      PortalState = "none"
	PortalDraft     PortalState = "draft"   // steps incomplete, nobody was invited
	PortalPending   PortalState = "pending" // somebody was invited: "Portal access pending"
	PortalActive    PortalState = "active"  // somebody registered
	PortalSuspended PortalState = "suspended"
	PortalDeleted   PortalState = "deleted"
)

// portalMoves lists, for each thing that happens to a portal, from which state
// it may happen and where it leads. What is not here is refused.
var portalMoves = map[Verb]map[PortalState]PortalState{
	PortalSetup:      {PortalNone: PortalDraft},
	InvitationCreate: {PortalDraft: PortalPending, PortalPending: PortalPending, PortalActive: PortalActive},
	PortalActivate:   {PortalPending: PortalActive, PortalActive: PortalActive},
	PortalSuspend:    {PortalPending: PortalSuspended, PortalActive: PortalSuspended},
	PortalResume:     {PortalSuspended: PortalPending}, // active when it has members
	CustomerDelete:   {PortalDraft: PortalDeleted, PortalPending: PortalDeleted, PortalActive: PortalDeleted, PortalSuspended: PortalDeleted},
}

// after is the state a portal is in once v has happened to it.
func (p PortalState) after(v Verb) (PortalState, error) {
	if to, ok := portalMoves[v][p]; ok {
		return to, nil
	}
	return p, fault.New(fault.Conflict, "%s", cannot(v, p))
}

func cannot(v Verb, p PortalState) string {
	switch {
	case v == PortalSetup:
		return "This customer already has a portal. Each customer has exactly one."
	case v == PortalActivate:
		return "This portal is closed at the moment. Please ask your provider."
	case p == PortalSuspended:
		return "This portal is suspended. Resume it first."
	case v == PortalSuspend && p == PortalDraft:
		return "Nobody was invited to this portal yet, so there is nothing to suspend."
	case v == PortalResume:
		return "This portal is not suspended."
	}
	return "This portal does not exist any more."
}

// move brings a portal to where v leads and keeps its customer's row in step.
func (s Staff) move(ctx context.Context, v Verb, o Portal) error {
	to, err := o.State.after(v)
	if err != nil {
		return err
	}
	if v == PortalResume {
		if to, err = s.resumed(ctx, o.ID); err != nil {
			return err
		}
	}
	if to == o.State {
		return nil
	}
	if err := s.change(ctx, v, "portals", int64(o.ID), set{"state", to}, set{"updated_at", s.Now()}); err != nil {
		return err
	}
	return s.markCustomer(ctx, v, o.Customer, to)
}

func (s Staff) resumed(ctx context.Context, id PortalID) (PortalState, error) {
	n, err := s.number(ctx, `SELECT count(*) FROM {memberships} m WHERE m.portal_id = :of AND m.state = 'active'`, p(":of", id))
	if err == nil && n > 0 {
		return PortalActive, nil
	}
	return PortalPending, err
}

// SuspendPortal closes a portal at once: every session in it ends, every link
// to it is void, letters that wait are not sent. Data and people stay.
func (s Staff) SuspendPortal(ctx context.Context, id PortalID) error {
	return s.Update(ctx, func(s Staff) error {
		o, err := s.Portal(ctx, id)
		if err != nil {
			return err
		}
		if err := s.move(ctx, PortalSuspend, o); err != nil {
			return err
		}
		return s.voidPortal(ctx, PortalSuspend, id)
	})
}

// ResumePortal opens a suspended portal again: active when it has members,
// else pending, and somebody is to be invited anew.
func (s Staff) ResumePortal(ctx context.Context, id PortalID) error {
	return s.Update(ctx, func(s Staff) error {
		o, err := s.Portal(ctx, id)
		if err != nil {
			return err
		}
		return s.move(ctx, PortalResume, o)
	})
}

// voidPortal ends what leads into a portal: sessions, invitations, one-time
// links and the letters that carry them. v is what was done, and its audit
// line stands for all of it.
func (s Staff) voidPortal(ctx context.Context, v Verb, id PortalID) error {
	of := p(":of", id)
	if err := s.db.query(ctx, s.conn, `DELETE FROM sessions WHERE provider_id = :provider AND portal_id = :of`, s.binder([]int{0}, []arg{of}), func(*row) error { return nil }); err != nil {
		return err
	}
	for _, text := range []string{
		`UPDATE <invitations> SET revoked_at = :now WHERE portal_id = :of AND accepted_at IS NULL AND revoked_at IS NULL AND superseded_by IS NULL AND {mine:invitations}`,
		`UPDATE <user_tokens> SET superseded_at = :now WHERE portal_id = :of AND used_at IS NULL AND superseded_at IS NULL AND {mine:user_tokens}`,
	} {
		if _, err := s.write(ctx, v, text, of); err != nil {
			return err
		}
	}
	return s.dropMail(ctx, v, "portal", `portal_id = :of`, of)
}
