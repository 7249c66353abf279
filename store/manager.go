package store

import (
	"context"
	"slices"

	"gatehouse/store/fault"
)

// A portal admin manages its colleagues while the provider lets it. What it
// reaches then stands in the column manager of the walls, and nowhere else: a
// scope that manages is opened for one call, inside one transaction.

// managerGrants is what managing colleagues takes.
var managerGrants = setOf(func(v Verb) bool {
	switch v {
	case UserRead, MemberRead, GroupRead, RoleRead, PortalRead, CustomerRead, SettingsRead, OutboxRead, ProfileChange,
		UserInvite, UserJoin, UserLeave, UserChange, UserDelete, UserSessions, UserLink, MemberChange, MemberRoles, MemberGroups:
		return true
	}
	return false
})

// Manages reports whether the person may manage colleagues: a portal admin,
// while the provider delegates it.
func (c Client) Manages() bool { return c.me.Role == "admin" && c.window.Delegated }

var noAdministration = fault.New(fault.NotFound, "There is nothing at this address.")

// manage runs fn with a scope that reaches the person's colleagues. Whether it
// may is asked anew inside the transaction: of two admins who act on each
// other at once, the second is none any more.
func (c Client) manage(ctx context.Context, fn func(scope) error) error {
	if !c.Manages() {
		return noAdministration
	}
	return c.update(ctx, func(s scope) error {
		n, err := sysOne(ctx, s.system(), "member", intoInt, `SELECT count(*) FROM memberships m JOIN portals o ON o.provider_id = m.provider_id AND o.id = m.portal_id
			JOIN users u ON u.provider_id = m.provider_id AND u.id = m.user_id WHERE m.provider_id = :provider AND m.id = :member
			AND m.role = 'admin' AND m.state = 'active' AND u.state = 'active' AND o.delegated = 1 AND o.state = 'active'`, p(":provider", s.provider), p(":member", s.member))
		if err != nil {
			return err
		}
		if n == 0 {
			return noAdministration
		}
		return fn(s.managing())
	})
}

// look is manage for reading alone.
func (c Client) look() (scope, error) {
	if !c.Manages() {
		return scope{}, noAdministration
	}
	return c.managing(), nil
}

func (s scope) managing() scope {
	s.manages, s.grants = true, s.grants.union(managerGrants)
	return s
}

// ManagerChoices is what a portal admin may give: never more than it has.
type ManagerChoices struct {
	Roles  []Role
	Groups []Group
	All    bool // all groups of the customer
}

// ManagerChoices reads the roles and groups a portal admin may give.
func (c Client) ManagerChoices(ctx context.Context) (v ManagerChoices, err error) {
	s, err := c.look()
	if err != nil {
		return v, err
	}
	return s.choices(ctx)
}

func (s scope) choices(ctx context.Context) (v ManagerChoices, err error) {
	v.All = !s.groups
	if v.Groups, err = list(ctx, s, (*Group).ref, `SELECT g.id, g.name, coalesce(g.customer_id, 0) FROM {groups} g ORDER BY g.key LIMIT 500`); err != nil {
		return v, err
	}
	all, err := list(ctx, s, func(o *Role, r *row) {
		o.ID, o.Kind, o.Builtin, o.Name, o.About = RoleID(r.int()), "client", r.str(), r.str(), r.str()
		o.fill(r.str())
	}, `SELECT r.id, r.builtin, r.name, r.about, coalesce((SELECT group_concat(x.name) FROM {role_grants} x WHERE x.role_id = r.id), '') FROM {roles} r WHERE r.kind = 'client' ORDER BY r.position, r.key, r.id LIMIT 500`)
	for _, r := range all {
		if s.covers(r) {
			v.Roles = append(v.Roles, r)
		}
	}
	return v, err
}

// covers reports whether a role gives nothing that the scope's person does not
// have itself, of what is shared here.
func (s scope) covers(r Role) bool {
	for _, i := range Features {
		if r.Gives(i.Feature) && s.offered[i.Feature] && !s.shared[i.Feature] {
			return false
		}
	}
	return true
}

// within refuses what is above the manager's own: a role, a group, or all
// groups by somebody who is limited to some.
func (s scope) within(ctx context.Context, e MembershipEdit) error {
	may, err := s.choices(ctx)
	if err != nil {
		return err
	}
	var bad fault.Problems
	for _, id := range e.Roles {
		if !slices.ContainsFunc(may.Roles, func(r Role) bool { return r.ID == id }) {
			bad.Add("roles", "You can give the roles in the list, none above your own.")
		}
	}
	if e.All && !may.All {
		bad.Add("groups", "You see some groups yourself. Choose among them.")
	}
	for _, id := range e.Groups {
		if !slices.ContainsFunc(may.Groups, func(g Group) bool { return g.ID == id }) {
			bad.Add("groups", "You can give the groups in the list, none above your own.")
		}
	}
	return bad.Err()
}

// Here is the portal the client looks through.
func (c Client) Here() PortalID { return c.portal }
