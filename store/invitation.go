package store

import (
	"context"
	"strings"
	"time"

	"gatehouse/store/fault"
)

// InvitationLife is how long a link into a portal works.
const InvitationLife = 7 * 24 * time.Hour

// Invitation is a link that lets one person register in a portal. It is
// bound to that portal, works once, ends, and can be revoked or replaced.
type Invitation struct {
	ID       InvitationID
	Portal   PortalID
	Customer CustomerID
	Kind     string // invitation, or activation: the quick way
	Hint     string // the link's last characters, to tell one from another
	InviteEdit
	Inviter    string // who created it
	InviterID  UserID
	AcceptedBy string
	MemberID   UserID // who accepted it
	Replaced   bool   // a newer link was made of it
	CreatedAt  time.Time
	ExpiresAt  time.Time
	OpenedAt   time.Time
	AcceptedAt time.Time
	RevokedAt  time.Time
	AskedAt    time.Time // when somebody asked for a new link
}

// InviteEdit is what may be said about whoever is invited; all of it may be
// left out. With an address the link is for that address only.
type InviteEdit struct {
	Name, Email string
	Role        string // admin, user; the first person to register is admin in any case
	// Gives are the roles, groups and view to begin with; nil is the role above,
	// all groups of the customer, and all of its records.
	Gives *MembershipEdit
}

const invitationColumns = `i.id, i.portal_id, i.customer_id, i.kind, i.hint, i.name, i.email, i.role, i.created_by, coalesce(by.name, ''), coalesce(i.accepted_by, 0), coalesce(who.name, ''),
	i.superseded_by IS NOT NULL, i.created_at, i.expires_at, i.opened_at, i.accepted_at, i.revoked_at, i.asked_at, i.gives`

const invitationFrom = `{invitations} i LEFT JOIN {users} by ON by.id = i.created_by LEFT JOIN {users} who ON who.id = i.accepted_by`

func (i *Invitation) row(r *row) {
	i.ID, i.Portal, i.Customer, i.Kind, i.Hint = InvitationID(r.int()), PortalID(r.int()), CustomerID(r.int()), r.str(), r.str()
	i.Name, i.Email, i.Role, i.InviterID, i.Inviter = r.str(), r.str(), r.str(), UserID(r.int()), r.str()
	i.MemberID, i.AcceptedBy, i.Replaced, i.CreatedAt, i.ExpiresAt = UserID(r.int()), r.str(), r.bool(), r.unix(), r.unix()
	i.OpenedAt, i.AcceptedAt, i.RevokedAt, i.AskedAt = r.unix(), r.unix(), r.unix(), r.unix()
	i.Gives = readGives(r.str())
}

// State is where the invitation stands at a time: open, opened, accepted,
// expired, revoked or superseded.
func (i Invitation) State(now time.Time) string {
	switch {
	case !i.AcceptedAt.IsZero():
		return "accepted"
	case i.Replaced:
		return "superseded"
	case !i.RevokedAt.IsZero():
		return "revoked"
	case !now.Before(i.ExpiresAt):
		return "expired"
	case !i.OpenedAt.IsZero():
		return "opened"
	}
	return "open"
}

// dead is nil while the link works, else the sentence for whoever holds it.
func (i Invitation) dead(now time.Time) error {
	switch i.State(now) {
	case "accepted":
		return fault.New(fault.Conflict, "This link was already used by %s. It works once only.", i.usedBy())
	case "superseded":
		return fault.New(fault.Conflict, "A newer link was sent to replace this one. Please use the newest.")
	case "revoked":
		return fault.New(fault.Conflict, "This link was withdrawn.")
	case "expired":
		return fault.New(fault.Conflict, "This link has expired. Links like this work for 7 days.")
	}
	return nil
}

// usedBy names who used the link by initials: enough for a colleague, too
// little for a stranger.
func (i Invitation) usedBy() string {
	initials := ""
	for _, word := range strings.Fields(i.AcceptedBy) {
		initials += string([]rune(word)[:1]) + ". "
	}
	return pick(strings.TrimSpace(clip(initials, 20)), "somebody of your company")
}

// clean trims what was typed and reports all that is wrong with it.
func (e *InviteEdit) clean() error {
	var bad fault.Problems
	e.Name, e.Email, e.Role = strings.TrimSpace(e.Name), strings.TrimSpace(e.Email), pick(e.Role, "user")
	checkText(&bad, "name", e.Name, 200)
	if e.Email != "" {
		if err := CheckEmail(e.Email); err != nil {
			bad.Add("email", "%s", fault.Says(err))
		}
	}
	if e.Role != "admin" && e.Role != "user" {
		bad.Add("role", "Choose one of the roles.")
	}
	return bad.Err()
}

// NewInvitation is an invitation about to exist. Hash is the token's, Hint its
// last characters; the token itself never reaches the file.
type NewInvitation struct {
	InviteEdit
	Kind string // "" is invitation
	Hash []byte
	Hint string
}

// Invite opens a portal to whoever holds the link, which makes a draft
// pending. A portal whose setup was not saved, or which shares nothing that
// the plan has, is a Conflict.
func (s Staff) Invite(ctx context.Context, to PortalID, n NewInvitation) (id InvitationID, err error) {
	if err := n.clean(); err != nil {
		return 0, err
	}
	err = s.Update(ctx, func(s Staff) error {
		o, err := s.Portal(ctx, to)
		if err != nil {
			return err
		}
		if !o.SetupDone || len(o.Shares) == 0 {
			return fault.New(fault.Conflict, "Choose what the portal shares first (step Portal Setup). Nobody should be invited to an empty portal.")
		}
		if err := s.notStaff(ctx, n.Email); err != nil {
			return err
		}
		if err := s.givable(ctx, o, &n.InviteEdit); err != nil {
			return err
		}
		if err := s.move(ctx, InvitationCreate, o); err != nil {
			return err
		}
		id, err = s.invite(ctx, InvitationCreate, o.ID, o.Customer, n)
		return err
	})
	return id, err
}

// notStaff refuses to invite one's own team: a portal is the customer's, and
// an address belongs to one sign-in of the provider.
func (s Staff) notStaff(ctx context.Context, email string) error {
	if email == "" {
		return nil
	}
	n, err := s.number(ctx, `SELECT count(*) FROM {users} u WHERE u.kind = 'staff' AND u.email_key = :key`, p(":key", FoldEmail(email)))
	if err == nil && n > 0 {
		return fault.Field("email", "This address belongs to somebody of your own team. Use the customer's address.")
	}
	return err
}

func (s Staff) invite(ctx context.Context, v Verb, to PortalID, of CustomerID, n NewInvitation) (InvitationID, error) {
	id, err := s.insert(ctx, v, "invitations", set{"portal_id", to}, set{"customer_id", of}, set{"kind", pick(n.Kind, "invitation")}, set{"hash", n.Hash}, set{"hint", n.Hint},
		set{"name", n.Name}, set{"email", n.Email}, set{"role", n.Role}, set{"gives", writeGives(n.Gives)}, set{"created_by", s.user}, set{"created_at", s.Now()}, set{"expires_at", s.Now().Add(InvitationLife)})
	return InvitationID(id), err
}

// Invitations lists a portal's invitations, newest first, a page at a time.
func (s Staff) Invitations(ctx context.Context, to PortalID, after string) (Page[Invitation], error) {
	q := pageQuery[Invitation]{columns: invitationColumns, from: invitationFrom, id: `i.id`, sorts: map[string]string{"id": `i.id`}, sort: "-id", after: after,
		into: (*Invitation).row, key: func(i *Invitation, _ string) (any, int64) { return int64(i.ID), int64(i.ID) }}
	q.where(`i.portal_id = :of`, p(":of", to))
	return page(ctx, s.scope, q)
}

// Invitation reads one invitation.
func (s Staff) Invitation(ctx context.Context, id InvitationID) (Invitation, error) {
	return one(ctx, s.scope, "invitation", (*Invitation).row, `SELECT `+invitationColumns+` FROM `+invitationFrom+` WHERE i.id = :id`, p(":id", id))
}

// LastInvitation reads the newest invitation of a portal that is still of use:
// neither accepted nor replaced. NotFound when there is none.
func (s Staff) LastInvitation(ctx context.Context, to PortalID) (Invitation, error) {
	return one(ctx, s.scope, "invitation", (*Invitation).row, `SELECT `+invitationColumns+` FROM `+invitationFrom+`
		WHERE i.portal_id = :of AND i.accepted_at IS NULL AND i.superseded_by IS NULL ORDER BY i.id DESC LIMIT 1`, p(":of", to))
}

// Resend replaces an invitation by a new link for the same person; the old one
// is void from then on, and a letter with it that waits is not sent.
func (s Staff) Resend(ctx context.Context, id InvitationID, hash []byte, hint string) (next InvitationID, err error) {
	err = s.Update(ctx, func(s Staff) error {
		was, err := s.Invitation(ctx, id)
		if err != nil {
			return err
		}
		if was.Replaced || !was.AcceptedAt.IsZero() {
			return fault.New(fault.Conflict, "This invitation was already %s. Create a new one instead.", map[bool]string{true: "resent", false: "accepted"}[was.Replaced])
		}
		o, err := s.Portal(ctx, was.Portal)
		if err != nil {
			return err
		}
		if err := s.move(ctx, InvitationCreate, o); err != nil {
			return err
		}
		if next, err = s.invite(ctx, InvitationResend, was.Portal, was.Customer, NewInvitation{InviteEdit: was.InviteEdit, Kind: was.Kind, Hash: hash, Hint: hint}); err != nil {
			return err
		}
		if _, err := s.write(ctx, InvitationResend, `UPDATE <invitations> SET superseded_by = :next WHERE id = :id AND {mine:invitations}`, p(":next", next), p(":id", id)); err != nil {
			return err
		}
		return s.dropMail(ctx, InvitationResend, "superseded", `invitation_id = :of`, p(":of", id))
	})
	return next, err
}

// Revoke voids an invitation. One that was used already is a Conflict.
func (s Staff) Revoke(ctx context.Context, id InvitationID) error {
	return s.Update(ctx, func(s Staff) error {
		was, err := s.Invitation(ctx, id)
		if err != nil {
			return err
		}
		if !was.AcceptedAt.IsZero() {
			return fault.New(fault.Conflict, "This invitation was accepted already. To take access away, suspend the portal.")
		}
		if !was.RevokedAt.IsZero() || was.Replaced {
			return nil
		}
		if err := s.change(ctx, InvitationRevoke, "invitations", int64(id), set{"revoked_at", s.Now()}); err != nil {
			return err
		}
		return s.dropMail(ctx, InvitationRevoke, "revoked", `invitation_id = :of`, p(":of", id))
	})
}
