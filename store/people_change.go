package store

import (
	"context"
	"slices"
	"strings"

	"gatehouse/store/fault"
)

// ChangeUser saves what was edited of version: one dialog, one transaction. Of
// a client only its own facts are taken: roles and groups are of a membership.
// It counts from the person's next click on.
func (s Staff) ChangeUser(ctx context.Context, id UserID, version int64, e UserEdit) error {
	if err := s.Can(UserChange); err != nil {
		return err
	}
	bad := e.clean()
	return s.Update(ctx, func(s Staff) error {
		was, err := s.above(ctx, id)
		if err != nil {
			return err
		}
		if version != 0 && version != was.Version {
			return stale("person")
		}
		sets := []set{{"name", e.Name}, {"phone", e.Phone}, {"employee_no", e.EmployeeNo}, {"title", e.Title}, {"version", was.Version + 1}, {"updated_at", s.Now()}}
		if was.Kind == "client" {
			if err := bad.Err(); err != nil {
				return err
			}
			return s.change(ctx, UserChange, "users", int64(id), sets...)
		}
		role, err := s.assignable(ctx, &bad, e)
		if err != nil {
			return err
		}
		if err := s.mayDemote(ctx, &bad, was, role); err != nil {
			return err
		}
		if err := bad.Err(); err != nil {
			return err
		}
		return s.changePerson(ctx, was, e, role, sets)
	})
}

// mayDemote keeps the owner and the last admin what they are.
func (s Staff) mayDemote(ctx context.Context, bad *fault.Problems, was User, role Role) error {
	if was.Role != "admin" || role.Builtin == "admin" {
		return nil
	}
	if was.Owner {
		bad.Add("role", "%s owns this account and stays an admin. The operator of the appliance can change that.", was.Name)
		return nil
	}
	err := s.anotherProviderAdmin(ctx, was)
	if fault.Of(err) == fault.Conflict {
		bad.Add("role", "%s", fault.Says(err))
		return nil
	}
	return err
}

func (s Staff) changePerson(ctx context.Context, was User, e UserEdit, role Role, sets []set) error {
	had, err := s.powerOf(ctx, was.ID)
	if err != nil {
		return err
	}
	if err := s.change(ctx, UserChange, "users", int64(was.ID), append(sets, set{"role", role.word()})...); err != nil {
		return err
	}
	changes := map[string][2]any{}
	if was.RoleID != role.ID && was.Role == role.word() { // from one own role to another
		changes["role"] = [2]any{was.RoleName, role.Name}
	}
	slices.Sort(had.rights)
	if !slices.Equal(had.rights, e.Rights) {
		changes["rights"] = [2]any{joined(had.rights), joined(e.Rights)}
	}
	if len(changes) > 0 {
		if _, err := s.write(ctx, UserChange, `UPDATE <users> SET version = :version, updated_at = :now WHERE id = :id AND {mine:users}`, p(":version", was.Version+1), p(":id", was.ID)); err != nil {
			return err
		}
		if err := s.log(ctx, Line{Verb: UserChange, ID: int64(was.ID), Label: e.Name, Changes: changes}); err != nil {
			return err
		}
	}
	return s.setPowers(ctx, was.ID, e, role)
}

// above reads a person whom the scope's person may manage: of the staff nobody
// who may do more than oneself.
func (s scope) above(ctx context.Context, id UserID) (User, error) {
	u, err := s.user1(ctx, id)
	if err != nil || u.Kind != "staff" {
		return u, err
	}
	may, err := s.powerOf(ctx, id)
	if err != nil {
		return u, err
	}
	if !s.grants.covers(may.grants()) || s.groups && may.all {
		return u, fault.New(fault.Forbidden, "%s may do more than you do; only an admin can change that account.", u.Name)
	}
	return u, nil
}

// SetUsername changes what a person may sign in with beside its e-mail
// address; "" takes it away. Sessions stay.
func (s Staff) SetUsername(ctx context.Context, id UserID, username string) error {
	username = strings.TrimSpace(username)
	var bad fault.Problems
	checkUsername(&bad, username)
	if err := bad.Err(); err != nil {
		return err
	}
	return s.Update(ctx, func(s Staff) error {
		if err := s.Can(UserName); err != nil {
			return err
		}
		was, err := s.above(ctx, id)
		if err != nil || was.Username == username {
			return err
		}
		if err := s.freeNames(ctx, &bad, id, "", username); err != nil {
			return err
		}
		if err := bad.Err(); err != nil {
			return err
		}
		return s.change(ctx, UserName, "users", int64(id), set{"username", username}, set{"version", was.Version + 1}, set{"updated_at", s.Now()})
	})
}
