package store

import (
	"context"
	"time"
)

// Member is a person in a customer's portal, as the provider sees it.
type Member struct {
	ID          MembershipID
	User        UserID
	Name, Email string
	Role        string // admin, user
	FirstAdmin  bool   // the first who registered
	State       string // active, disabled; pending while the person has no password yet
	Terms       int64  // the newest version of the terms it accepted here, 0: none
	AcceptedAt  time.Time
	LastLogin   time.Time
	CreatedAt   time.Time
}

const memberColumns = `m.id, m.user_id, u.name, u.email, m.role, m.first_admin, CASE WHEN u.state = 'active' THEN m.state ELSE u.state END,
	coalesce((SELECT max(a.version) FROM {terms_acceptances} a WHERE a.user_id = m.user_id AND a.portal_id = m.portal_id), 0),
	(SELECT max(a.at) FROM {terms_acceptances} a WHERE a.user_id = m.user_id AND a.portal_id = m.portal_id), u.last_login_at, m.created_at`

func (m *Member) row(r *row) {
	m.ID, m.User, m.Name, m.Email, m.Role, m.FirstAdmin, m.State = MembershipID(r.int()), UserID(r.int()), r.str(), r.str(), r.str(), r.bool(), r.str()
	m.Terms, m.AcceptedAt, m.LastLogin, m.CreatedAt = r.int(), r.unix(), r.unix(), r.unix()
}

// Members lists the people of a portal in the order in which they came.
func (s Staff) Members(ctx context.Context, of PortalID) ([]Member, error) {
	return list(ctx, s.scope, (*Member).row, `SELECT `+memberColumns+` FROM {memberships} m JOIN {users} u ON u.id = m.user_id
		WHERE m.portal_id = :of ORDER BY m.id LIMIT 500`, p(":of", of))
}
