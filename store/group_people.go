package store

import (
	"context"
	"slices"

	"gatehouse/store/fault"
)

// Sight is whose rows a person sees: all of them, those without a group
// included, or those of some groups. All is a flag of its own: nobody sees
// everything by having no group, and whoever has every single group does not
// see what is in none.
type Sight struct {
	All    bool
	Groups []Group // without what they hold
}

func (g *Group) ref(r *row) {
	g.ID, g.Name, g.Customer = GroupID(r.int()), r.str(), CustomerID(r.int())
}

// names lists the groups' names, for the audit log.
func (v Sight) names() any {
	if v.All {
		return "ALL"
	}
	out := []string{}
	for _, g := range v.Groups {
		out = append(out, g.Name)
	}
	return out
}

// StaffSight reads whose rows one of the staff sees.
func (s Staff) StaffSight(ctx context.Context, of UserID) (v Sight, err error) {
	v.All, err = one(ctx, s.scope, "person", intoBool, `SELECT u.all_groups FROM {users} u WHERE u.id = :of AND u.kind = 'staff'`, p(":of", of))
	if err != nil {
		return v, err
	}
	v.Groups, err = list(ctx, s.scope, (*Group).ref, `SELECT g.id, g.name, coalesce(g.customer_id, 0) FROM {user_groups} x JOIN {groups} g ON g.id = x.group_id WHERE x.user_id = :of ORDER BY g.name`, p(":of", of))
	return v, err
}

// MemberSight reads whose rows a member of a portal sees; all of them are
// never more than its own customer's.
func (s Staff) MemberSight(ctx context.Context, of MembershipID) (v Sight, err error) {
	return s.memberSight(ctx, of)
}

func intoBool(v *bool, r *row) { *v = r.bool() }

// SetStaffGroups limits one of the staff to groups, or lets them see all. An
// admin always sees all: a limit that one may lift oneself is none.
func (s Staff) SetStaffGroups(ctx context.Context, of UserID, all bool, groups []GroupID) error {
	return s.Update(ctx, func(s Staff) error {
		if err := s.Can(UserGroups); err != nil {
			return err
		}
		was, err := s.StaffSight(ctx, of)
		if err != nil {
			return err
		}
		who, err := one(ctx, s.scope, "person", func(v *[2]string, r *row) { v[0], v[1] = r.str(), r.str() }, `SELECT u.name, u.role FROM {users} u WHERE u.id = :of`, p(":of", of))
		if err != nil {
			return err
		}
		if _, err := s.above(ctx, of); err != nil {
			return err
		}
		if s.groups && all {
			return fault.Field("groups", "You see some groups yourself, and cannot give the entire fleet.")
		}
		if !all && who[1] == "admin" {
			return fault.Field("groups", "An admin always sees all groups. Give this person another role to limit what they see.")
		}
		return s.setSight(ctx, sightOf{verb: UserGroups, table: "users", links: "user_groups", column: "user_id", id: int64(of), label: who[0]}, was, all, groups)
	})
}

// SetMemberGroups limits a member of a portal to groups of its own customer,
// or lets it see all of that customer.
func (s Staff) SetMemberGroups(ctx context.Context, of MembershipID, all bool, groups []GroupID) error {
	return s.Update(ctx, func(s Staff) error {
		if err := s.Can(MemberGroups); err != nil {
			return err
		}
		was, err := s.MemberSight(ctx, of)
		if err != nil {
			return err
		}
		at := sightOf{verb: MemberGroups, table: "memberships", links: "membership_groups", column: "membership_id", id: int64(of)}
		at.label, err = one(ctx, s.scope, "member", intoStr, `SELECT u.name FROM {memberships} m JOIN {users} u ON u.id = m.user_id WHERE m.id = :of`, p(":of", of))
		if err != nil {
			return err
		}
		n, err := s.number(ctx, `SELECT m.customer_id FROM {memberships} m WHERE m.id = :of`, p(":of", of))
		if err != nil {
			return err
		}
		at.customer = CustomerID(n)
		return s.setSight(ctx, at, was, all, groups)
	})
}

// sightOf says whose sight is set, and where it is kept.
type sightOf struct {
	verb                 Verb
	table, links, column string
	id                   int64
	label                string
	customer             CustomerID // of a member: groups must be its own
}

func (s scope) setSight(ctx context.Context, of sightOf, was Sight, all bool, groups []GroupID) error {
	if all {
		groups = nil
	}
	slices.Sort(groups)
	now := Sight{All: all}
	var err error
	if now.Groups, err = s.groupsNamed(ctx, slices.Compact(groups), of.customer); err != nil {
		return err
	}
	if all == was.All && slices.EqualFunc(was.Groups, now.Groups, func(a, b Group) bool { return a.ID == b.ID }) {
		return nil
	}
	if _, err := s.write(ctx, of.verb, `UPDATE <`+of.table+`> SET all_groups = :all WHERE id = :of AND {mine:`+of.table+`}`, p(":all", all), p(":of", of.id)); err != nil {
		return err
	}
	if _, err := s.write(ctx, of.verb, `DELETE FROM <`+of.links+`> WHERE `+of.column+` = :of AND {mine:`+of.links+`}`, p(":of", of.id)); err != nil {
		return err
	}
	for _, g := range now.Groups {
		if _, err := s.write(ctx, of.verb, `INSERT INTO <`+of.links+`> (provider_id, `+of.column+`, group_id) VALUES (:provider, :of, :group)`, p(":of", of.id), p(":group", g.ID)); err != nil {
			return err
		}
	}
	return s.log(ctx, Line{Verb: of.verb, ID: of.id, Customer: of.customer, Label: of.label, Changes: map[string][2]any{"groups": {was.names(), now.names()}}})
}

// groupsNamed reads the groups of these ids by name. One that is not the
// scope's, or not the customer's where one is given, refuses them all.
func (s scope) groupsNamed(ctx context.Context, ids []GroupID, of CustomerID) ([]Group, error) {
	all, err := list(ctx, s, (*Group).ref, `SELECT g.id, g.name, coalesce(g.customer_id, 0) FROM {groups} g WHERE g.id IN (SELECT value FROM json_each(:ids)) ORDER BY g.name`, p(":ids", idList(ids)))
	if err != nil {
		return nil, err
	}
	if len(all) != len(ids) || of != 0 && slices.ContainsFunc(all, func(g Group) bool { return g.Customer != of }) {
		return nil, fault.Field("groups", "Choose among the groups in the list.")
	}
	return all, nil
}
