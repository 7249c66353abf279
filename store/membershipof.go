package store

import (
	"context"
	"encoding/json"
	"time"
)

// Membership is what a person is in one customer's portal.
type Membership struct {
	ID           MembershipID
	User         UserID
	Customer     CustomerID
	CustomerName string
	Portal       PortalID
	PortalName   string
	PortalState  PortalState
	Slug         string // of the portal
	Role         string // admin: portal admin; user
	FirstAdmin   bool   // the first who registered
	State        string // active, disabled
	Sees         string // records of whom: own, groups, customer
	Sight               // all groups of this customer, or some
	Roles        []Role // its client roles, by name and id; Portal admin first
	LastLogin    time.Time
	CreatedAt    time.Time
}

const membershipColumns = `m.id, m.user_id, m.customer_id, c.name, m.portal_id, o.name, o.state, o.slug, m.role, m.first_admin, m.state, m.sees, m.all_groups, m.last_login_at, m.created_at,
	(SELECT json_group_array(json_object('ID', g.id, 'Name', g.name)) FROM {membership_groups} y CROSS JOIN {groups} g ON g.id = y.group_id WHERE y.membership_id = m.id),
	(SELECT json_group_array(json_object('ID', r.id, 'Name', r.name, 'Builtin', r.builtin)) FROM {membership_roles} z CROSS JOIN {roles} r ON r.id = z.role_id WHERE z.membership_id = m.id)`

const membershipFrom = `{memberships} m CROSS JOIN {portals} o ON o.id = m.portal_id CROSS JOIN {customers} c ON c.id = m.customer_id`

func (m *Membership) row(r *row) {
	m.ID, m.User, m.Customer, m.CustomerName, m.Portal, m.PortalName = MembershipID(r.int()), UserID(r.int()), CustomerID(r.int()), r.str(), PortalID(r.int()), r.str()
	m.PortalState, m.Slug, m.Role, m.FirstAdmin, m.State, m.Sees, m.All = PortalState(r.str()), r.str(), r.str(), r.bool(), r.str(), r.str(), r.bool()
	m.LastLogin, m.CreatedAt = r.unix(), r.unix()
	_ = json.Unmarshal([]byte(r.str()), &m.Groups) // SQLite wrote it, as the next one
	_ = json.Unmarshal([]byte(r.str()), &m.Roles)
	if m.Role == "admin" {
		m.Roles = append([]Role{{Builtin: PortalAdmin, Name: builtinName("client", PortalAdmin)}}, m.Roles...)
	}
}

// Edit is the membership as its form shows it.
func (m Membership) Edit() MembershipEdit {
	e := MembershipEdit{All: m.All, Sees: m.Sees}
	if m.Role == "admin" {
		e.Builtin = PortalAdmin
	}
	for _, r := range m.Roles {
		if r.ID != 0 {
			e.Roles = append(e.Roles, r.ID)
		}
	}
	for _, g := range m.Groups {
		e.Groups = append(e.Groups, g.ID)
	}
	return e
}

// Memberships lists the portals a client belongs to, the oldest first.
func (s Staff) Memberships(ctx context.Context, of UserID) ([]Membership, error) {
	return list(ctx, s.scope, (*Membership).row, `SELECT `+membershipColumns+` FROM `+membershipFrom+` WHERE m.user_id = :of ORDER BY m.id LIMIT 200`, p(":of", of))
}

// Membership reads one.
func (s Staff) Membership(ctx context.Context, id MembershipID) (Membership, error) {
	return one(ctx, s.scope, "membership", (*Membership).row, `SELECT `+membershipColumns+` FROM `+membershipFrom+` WHERE m.id = :id`, p(":id", id))
}
