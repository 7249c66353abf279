package store

import (
	"context"
	"encoding/json"
	"slices"

	"gatehouse/store/fault"
)

func writeGives(e *MembershipEdit) string {
	if e == nil {
		return ""
	}
	b, _ := json.Marshal(e) // numbers and words
	return string(b)
}

func readGives(text string) *MembershipEdit {
	var e MembershipEdit
	if text == "" || json.Unmarshal([]byte(text), &e) != nil {
		return nil
	}
	return &e
}

// givable holds what an invitation gives to what there is, and to what its
// creator sees: somebody limited to groups gives some of these.
func (s Staff) givable(ctx context.Context, o Portal, e *InviteEdit) error {
	if e.Gives == nil {
		return nil
	}
	g := e.Gives
	if g.Sees == "" {
		g.Sees = SeesCustomer
	}
	if !slices.Contains([]string{SeesOwn, SeesGroups, SeesCustomer}, g.Sees) {
		return fault.Field("sees", "Choose one of the answers.")
	}
	if g.All {
		g.Groups = nil
	}
	if g.All && s.groups {
		return fault.Field("groups", "You see some groups yourself. Choose among them.")
	}
	if !g.All && len(g.Groups) == 0 {
		return fault.Field("groups", "Choose at least one group, or all of them.")
	}
	roles, err := s.rolesOf(ctx, *g)
	if err != nil {
		return err
	}
	if e.Role = "user"; slices.ContainsFunc(roles, Role.portalAdmin) {
		e.Role = "admin"
	}
	_, err = s.groupsNamed(ctx, g.Groups, o.Customer)
	return err
}

// begin is what a member begins with who took up an invitation: what it gives,
// without roles and groups that are gone since. Who was to see some groups never
// sees all of them for that.
func (s Staff) begin(ctx context.Context, i Invitation) (MembershipEdit, error) {
	word := "user"
	if i.Role == "admin" {
		word = PortalAdmin
	}
	if i.Gives == nil {
		return MembershipEdit{Builtin: word, All: true, Sees: SeesCustomer}, nil
	}
	e := *i.Gives
	roles, err := list(ctx, s.scope, intoInt, `SELECT r.id FROM {roles} r WHERE r.kind = 'client' AND r.id IN (SELECT value FROM json_each(:ids))`, p(":ids", idList(e.Roles)))
	if err != nil {
		return e, err
	}
	groups, err := list(ctx, s.scope, intoInt, `SELECT g.id FROM {groups} g WHERE g.customer_id = :of AND g.id IN (SELECT value FROM json_each(:ids))`, p(":of", i.Customer), p(":ids", idList(e.Groups)))
	e.Roles, e.Groups = typed[RoleID](roles), typed[GroupID](groups)
	return e, err
}

func typed[T ~int64](all []int64) (out []T) {
	for _, n := range all {
		out = append(out, T(n))
	}
	return out
}
