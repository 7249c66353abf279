package store

import "context"

// Source is where a right comes from, or what takes it away.
type Source struct {
	Kind string // everybody, role, right, portal, plan, groups
	Name string // of the role or right, in the words people see
}

// Effective is one thing that somebody may do, or may not although something
// would grant it.
type Effective struct {
	Verb    Verb    // of the staff
	Feature Feature // of a client
	Has     bool
	From    []Source // what grants it
	Lost    []Source // what takes it away, or does not let it through
}

// StaffPermissions lists what one of the staff may do in the end, and where
// each right comes from, in the order of the matrix.
func (s Staff) StaffPermissions(ctx context.Context, of UserID) ([]Effective, error) {
	may, err := s.powerOf(ctx, of)
	if err != nil {
		return nil, err
	}
	return may.effective(), nil
}

func (p power) effective() (out []Effective) {
	role, all := p.byRole(), p.grants()
	for _, r := range rules {
		e := Effective{Verb: r.verb, Has: all.has(r.verb)}
		if role.has(r.verb) {
			from := Source{"role", p.roleName}
			if everybody.has(r.verb) {
				from = Source{Kind: "everybody"}
			}
			e.From = append(e.From, from)
		}
		for _, i := range rightList {
			if p.has(i.Right) && !i.Takes && i.verbs.has(r.verb) {
				e.From = append(e.From, Source{"right", i.Label})
			}
		}
		if len(e.From) == 0 {
			continue
		}
		for _, i := range rightList {
			if p.has(i.Right) && i.Takes && i.verbs.has(r.verb) {
				e.Lost = append(e.Lost, Source{"right", i.Label})
			}
		}
		if !p.all && beyondGroups.has(r.verb) {
			e.Lost = append(e.Lost, Source{Kind: "groups"})
		}
		out = append(out, e)
	}
	return out
}

// MemberPermissions lists what a member of a portal sees and may do in the
// end: what its roles give, as far as the portal shares it and the plan has it.
func (s Staff) MemberPermissions(ctx context.Context, of MembershipID) ([]Effective, error) {
	roles, err := s.memberRoles(ctx, of)
	if err != nil {
		return nil, err
	}
	id, err := s.number(ctx, `SELECT m.portal_id FROM {memberships} m WHERE m.id = :of`, p(":of", of))
	if err != nil {
		return nil, err
	}
	o, err := s.Portal(ctx, PortalID(id))
	if err != nil {
		return nil, err
	}
	plan, err := s.Plan(ctx)
	if err != nil {
		return nil, err
	}
	var out []Effective
	for _, i := range Features {
		e := Effective{Feature: i.Feature}
		for _, r := range roles {
			if r.Gives(i.Feature) {
				e.From = append(e.From, Source{"role", r.Name})
			}
		}
		if !o.Ticked[i.Feature] {
			e.Lost = append(e.Lost, Source{Kind: "portal"})
		}
		if !plan[i.Feature] {
			e.Lost = append(e.Lost, Source{Kind: "plan"})
		}
		e.Has = len(e.From) > 0 && o.Shares[i.Feature] && len(e.Lost) == 0
		out = append(out, e)
	}
	return out, nil
}
