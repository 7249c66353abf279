package store

import (
	"context"
	"slices"
	"strings"

	"gatehouse/store/fault"
)

// memberFeatures reads what the roles of membership m hold: ":name" for a
// built-in one, else the features of an own one.
const memberFeatures = `coalesce((SELECT group_concat(CASE WHEN r.builtin <> '' THEN ':' || r.builtin ELSE g.name END) FROM membership_roles x
			JOIN roles r ON r.provider_id = x.provider_id AND r.id = x.role_id LEFT JOIN role_grants g ON g.provider_id = r.provider_id AND g.role_id = r.id
			WHERE x.provider_id = m.provider_id AND x.membership_id = m.id), '')`

// memberFeaturesOf is the union of a member's roles; the portal admin has all
// there is, and whoever has no role has nothing.
func memberFeaturesOf(role, joined string) features {
	if role == "admin" {
		return roleFeatures(PortalAdmin, nil)
	}
	out, own := features{}, []Feature{}
	for name := range strings.SplitSeq(joined, ",") {
		builtin, is := strings.CutPrefix(name, ":")
		if !is {
			own = append(own, Feature(name))
			continue
		}
		for f, gives := range roleFeatures(builtin, nil) {
			out[f] = out[f] || gives
		}
	}
	for f, gives := range roleFeatures("", own) {
		out[f] = out[f] || gives
	}
	return out
}

// MemberRoles lists the client roles of a membership, Portal admin first.
func (s Staff) MemberRoles(ctx context.Context, of MembershipID) ([]Role, error) {
	return s.memberRoles(ctx, of)
}

func (s scope) memberRoles(ctx context.Context, of MembershipID) ([]Role, error) {
	admin, err := one(ctx, s, "member", intoBool, `SELECT m.role = 'admin' FROM {memberships} m WHERE m.id = :of`, p(":of", of))
	if err != nil {
		return nil, err
	}
	return list(ctx, s, func(o *Role, r *row) {
		o.ID, o.Kind, o.Builtin, o.Name, o.About = RoleID(r.int()), "client", r.str(), r.str(), r.str()
		o.fill(r.str())
	}, `SELECT r.id, r.builtin, r.name, r.about, coalesce((SELECT group_concat(g.name) FROM {role_grants} g WHERE g.role_id = r.id), '') FROM {roles} r
		WHERE r.kind = 'client' AND (r.builtin = '`+PortalAdmin+`' AND :admin OR r.id IN (SELECT x.role_id FROM {membership_roles} x WHERE x.membership_id = :of)) ORDER BY r.position, r.key, r.id`,
		p(":of", of), p(":admin", admin))
}

// SetMemberRoles gives a member exactly these client roles. Portal admin among
// them makes it one; none at all leaves it an empty portal. The last portal
// admin of a portal that is active stays one.
func (s Staff) SetMemberRoles(ctx context.Context, of MembershipID, roles []RoleID) error {
	return s.Update(ctx, func(s Staff) error {
		if err := s.Can(MemberRoles); err != nil {
			return err
		}
		return s.setMemberRoles(ctx, MemberRoles, of, roles)
	})
}

// setMemberRoles is the part that both sides share: v is what was granted for
// it, and s sees the membership.
func (s scope) setMemberRoles(ctx context.Context, v Verb, of MembershipID, ids []RoleID) error {
	was, err := s.memberRoles(ctx, of)
	if err != nil {
		return err
	}
	now, err := s.clientRoles(ctx, ids)
	if err != nil || slices.EqualFunc(was, now, sameRole) {
		return err
	}
	at, err := one(ctx, s, "member", (*memberAt).row, memberAtOf+` AND m.id = :of`, p(":of", of))
	if err != nil {
		return err
	}
	admin := slices.ContainsFunc(now, Role.portalAdmin)
	if at.admin && !admin {
		if err := s.anotherAdmin(ctx, at); err != nil {
			return err
		}
	}
	if _, err := s.write(ctx, v, `UPDATE <memberships> SET role = CASE WHEN :admin THEN 'admin' ELSE 'user' END WHERE id = :of AND {mine:memberships}`, p(":admin", admin), p(":of", of)); err != nil {
		return err
	}
	if _, err := s.write(ctx, v, `DELETE FROM <membership_roles> WHERE membership_id = :of AND {mine:membership_roles}`, p(":of", of)); err != nil {
		return err
	}
	for _, r := range now {
		if r.portalAdmin() {
			continue
		}
		if _, err := s.write(ctx, v, `INSERT INTO <membership_roles> (provider_id, membership_id, role_id) VALUES (:provider, :of, :role)`, p(":of", of), p(":role", r.ID)); err != nil {
			return err
		}
	}
	return s.log(ctx, Line{Verb: v, ID: int64(of), Customer: at.customer, Label: at.name, Note: map[string]any{"user": at.user}, Changes: map[string][2]any{"roles": {roleNames(was), roleNames(now)}}})
}

func sameRole(a, b Role) bool { return a.ID == b.ID }

func (o Role) portalAdmin() bool { return o.Kind == "client" && o.Builtin == PortalAdmin }

func roleNames(all []Role) string {
	names := make([]string, len(all))
	for i, r := range all {
		names[i] = r.Name
	}
	return strings.Join(names, ", ")
}

// clientRoles reads the client roles of these ids in order. One that is not
// the scope's, or is of staff, refuses them all.
func (s scope) clientRoles(ctx context.Context, ids []RoleID) ([]Role, error) {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	ids = slices.Compact(ids)
	all, err := list(ctx, s, func(o *Role, r *row) {
		o.ID, o.Kind, o.Builtin, o.Name = RoleID(r.int()), "client", r.str(), r.str()
		o.fill(r.str())
	}, `SELECT r.id, r.builtin, r.name, coalesce((SELECT group_concat(g.name) FROM {role_grants} g WHERE g.role_id = r.id), '') FROM {roles} r
		WHERE r.kind = 'client' AND r.id IN (SELECT value FROM json_each(:ids)) ORDER BY r.position, r.key, r.id`, p(":ids", idList(ids)))
	if err == nil && len(all) != len(ids) {
		err = fault.Field("roles", "Choose among the roles in the list.")
	}
	return all, err
}

// memberAt is where somebody is a member.
type memberAt struct {
	id       MembershipID
	user     UserID
	name     string
	portal   PortalID
	customer CustomerID
	title    string // the portal's name
	admin    bool   // and can act as one
	active   bool   // the portal is
}

const memberAtOf = `SELECT m.id, m.user_id, u.name, o.id, m.customer_id, o.name, m.role = 'admin' AND m.state = 'active' AND u.state = 'active', o.state = 'active'
	FROM {memberships} m JOIN {users} u ON u.id = m.user_id JOIN {portals} o ON o.id = m.portal_id WHERE 1`

func (m *memberAt) row(r *row) {
	m.id, m.user, m.name, m.portal, m.customer, m.title = MembershipID(r.int()), UserID(r.int()), r.str(), PortalID(r.int()), CustomerID(r.int()), r.str()
	m.admin, m.active = r.bool(), r.bool()
}

// anotherAdmin refuses what would leave an active portal without anybody who
// can manage it.
func (s scope) anotherAdmin(ctx context.Context, at memberAt) error {
	if !at.active {
		return nil
	}
	n, err := s.number(ctx, `SELECT count(*) FROM {memberships} m JOIN {users} u ON u.id = m.user_id WHERE m.portal_id = :of AND m.id <> :not AND m.role = 'admin' AND m.state = 'active' AND u.state = 'active'`,
		p(":of", at.portal), p(":not", at.id))
	if err == nil && n == 0 {
		err = fault.Field("roles", "%s is the last portal admin of “%s”. Make somebody else portal admin first, or suspend the portal.", at.name, at.title)
	}
	return err
}
