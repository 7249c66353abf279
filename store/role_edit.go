package store

import (
	"context"
	"slices"
	"strings"

	"gatehouse/store/fault"
)

// RoleEdit is one of a provider's own roles as a form brings it: verbs for
// staff, features for clients.
type RoleEdit struct {
	Kind     string // staff, client; of a role that exists it stays
	Name     string
	About    string
	Verbs    []Verb
	Features []Feature
}

// Choosable lists the verbs an own role of staff can be made of: all but those
// that everybody has.
func Choosable() (out []Verb) {
	for i, r := range rules {
		if r.staff != "" && r.staff != "*" && verbBit[r.verb] == i {
			out = append(out, r.verb)
		}
	}
	return out
}

// clean trims what was typed and reports all that is wrong with it.
func (e *RoleEdit) clean() error {
	var bad fault.Problems
	e.Name, e.About = strings.Join(strings.Fields(e.Name), " "), strings.TrimSpace(e.About)
	checkText(&bad, "name", e.Name, 100)
	checkText(&bad, "about", e.About, 300)
	if e.Name == "" {
		bad.Add("name", "Give the role's name.")
	}
	can := Choosable()
	if e.Kind == "staff" && slices.ContainsFunc(e.Verbs, func(v Verb) bool { return !slices.Contains(can, v) }) {
		bad.Add("verbs", "Choose among the rights in the list.")
	}
	e.Features = withApps(e.Features)
	if e.Kind == "client" && len(featureSet(joined(e.Features)).ordered()) != len(e.Features) {
		bad.Add("features", "Choose among the features in the list.")
	}
	switch {
	case e.Kind != "staff" && e.Kind != "client":
		bad.Add("kind", "A role is for your team or for your customers' people.")
	case e.Kind == "client" && len(e.Features) == 0:
		bad.Add("features", "Choose at least one, or whoever has this role would see nothing.")
	}
	return bad.Err()
}

// withApps adds the app of each feature: a view without its app shows nothing.
func withApps(chosen []Feature) []Feature {
	out := slices.Clone(chosen)
	for _, i := range Features {
		if slices.Contains(chosen, i.Feature) {
			out = append(out, i.App)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func joined[T ~string](all []T) string {
	parts := make([]string, len(all))
	for i, v := range all {
		parts[i] = string(v)
	}
	return strings.Join(parts, ",")
}

// names are what the role holds, as the file keeps it.
func (e RoleEdit) names() (out []string) {
	if e.Kind == "client" {
		return strings.Split(joined(e.Features), ",")
	}
	for _, v := range e.Verbs {
		out = append(out, string(v))
	}
	return out
}

// AddRole adds an own role, of nothing its maker may not do.
func (s Staff) AddRole(ctx context.Context, e RoleEdit) (id RoleID, err error) {
	if err := s.Can(RoleAdd); err != nil {
		return 0, err
	}
	if err := e.clean(); err != nil {
		return 0, err
	}
	err = s.Update(ctx, func(s Staff) error {
		if err := s.mayGrant(e); err != nil {
			return err
		}
		n, err := s.insert(ctx, RoleAdd, "roles", set{"kind", e.Kind}, set{"name", e.Name}, set{"key", groupKey(e.Name)}, set{"about", e.About}, set{"created_at", s.Now()}, set{"updated_at", s.Now()})
		if err != nil {
			return err
		}
		id = RoleID(n)
		return s.setRoleGrants(ctx, id, e)
	})
	return id, err
}

// mayGrant keeps a role from holding more than who makes it.
func (s Staff) mayGrant(e RoleEdit) error {
	if e.Kind == "staff" && !s.grants.covers(ownGrants(e.Verbs)) {
		return fault.Field("verbs", "A role cannot hold more than your own role allows you.")
	}
	return nil
}

func (s Staff) setRoleGrants(ctx context.Context, id RoleID, e RoleEdit) error {
	if _, err := s.write(ctx, RoleChange, `DELETE FROM <role_grants> WHERE role_id = :id AND {mine:role_grants}`, p(":id", id)); err != nil {
		return err
	}
	for _, name := range e.names() {
		if _, err := s.write(ctx, RoleChange, `INSERT INTO <role_grants> (provider_id, role_id, name) VALUES (:provider, :id, :name) ON CONFLICT DO NOTHING`, p(":id", id), p(":name", name)); err != nil {
			return err
		}
	}
	return nil
}

// ownRole reads a role that may be changed by the scope's person.
func (s Staff) ownRole(ctx context.Context, id RoleID) (Role, error) {
	r, err := s.Role(ctx, id)
	switch {
	case err != nil:
		return r, err
	case r.Builtin != "":
		return r, fault.New(fault.Conflict, "The built-in role “%s” stays as it is. Make a role of your own instead.", r.Name)
	case r.Kind == "staff" && !s.grants.covers(r.grants()):
		return r, fault.New(fault.Forbidden, "The role “%s” allows more than your own; you cannot change it.", r.Name)
	}
	return r, nil
}

// ChangeRole saves an edit made of version; it counts at the next click of
// everybody who has the role.
func (s Staff) ChangeRole(ctx context.Context, id RoleID, version int64, e RoleEdit) error {
	return s.Update(ctx, func(s Staff) error {
		if err := s.Can(RoleChange); err != nil {
			return err
		}
		was, err := s.ownRole(ctx, id)
		if err != nil {
			return err
		}
		e.Kind = was.Kind
		if err := e.clean(); err != nil {
			return err
		}
		if version != 0 && version != was.Version {
			return stale("role")
		}
		if err := s.mayGrant(e); err != nil {
			return err
		}
		if err := s.change(ctx, RoleChange, "roles", int64(id), set{"name", e.Name}, set{"key", groupKey(e.Name)}, set{"about", e.About}, set{"version", was.Version + 1}, set{"updated_at", s.Now()}); err != nil {
			return err
		}
		return s.regrant(ctx, was, e)
	})
}

// regrant replaces what a role holds and says so in the log.
func (s Staff) regrant(ctx context.Context, was Role, e RoleEdit) error {
	had := RoleEdit{Kind: was.Kind, Verbs: was.Verbs, Features: was.Features}.names()
	has := e.names()
	slices.Sort(had)
	slices.Sort(has)
	if slices.Equal(had, has) {
		return nil
	}
	if _, err := s.write(ctx, RoleChange, `UPDATE <roles> SET version = :version WHERE id = :id AND {mine:roles}`, p(":version", was.Version+1), p(":id", was.ID)); err != nil {
		return err
	}
	if err := s.setRoleGrants(ctx, was.ID, e); err != nil {
		return err
	}
	return s.log(ctx, Line{Verb: RoleChange, ID: int64(was.ID), Label: e.Name, Changes: map[string][2]any{"grants": {strings.Join(had, ", "), strings.Join(has, ", ")}}})
}

// RemoveRole removes an own role that nobody has.
func (s Staff) RemoveRole(ctx context.Context, id RoleID) error {
	return s.Update(ctx, func(s Staff) error {
		if err := s.Can(RoleRemove); err != nil {
			return err
		}
		r, err := s.ownRole(ctx, id)
		if err != nil {
			return err
		}
		if r.People > 0 {
			return fault.New(fault.Conflict, "%d people have the role “%s”. Give them another role first.", r.People, r.Name)
		}
		return s.remove(ctx, RoleRemove, "roles", int64(id))
	})
}

// stale says that somebody else was quicker.
func stale(what string) error {
	return fault.New(fault.Conflict, "Somebody else changed this %s meanwhile. Your entries are kept below; check them against the current ones and save again.", what)
}
