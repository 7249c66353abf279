package store

import (
	"context"
	"strconv"

	"gatehouse/store/fault"
)

// DisableUser switches an account off at once: its sessions end, its links and
// waiting letters are void. What it made stays, and it can be switched on
// again. The last active admin, the owner and oneself stay; so does the last
// portal admin of an active portal.
func (s Staff) DisableUser(ctx context.Context, id UserID) error {
	return s.Update(ctx, func(s Staff) error {
		if err := s.Can(UserDisable); err != nil {
			return err
		}
		u, err := s.removable(ctx, id)
		if err != nil || u.State == "disabled" {
			return err
		}
		return s.disable(ctx, u)
	})
}

func (s scope) disable(ctx context.Context, u User) error {
	if err := s.change(ctx, UserDisable, "users", int64(u.ID), set{"state", "disabled"}, set{"version", u.Version + 1}, set{"updated_at", s.Now()}); err != nil {
		return err
	}
	return s.shutOut(ctx, u.ID, "disabled")
}

// shutOut ends what lets a person in: sessions, links, letters that wait.
func (s scope) shutOut(ctx context.Context, id UserID, why string) error {
	y := System{db: s.db, conn: s.conn, at: s.at}
	for _, text := range []string{
		`DELETE FROM sessions WHERE provider_id = :provider AND user_id = :of`,
		`UPDATE user_tokens SET superseded_at = :now WHERE provider_id = :provider AND user_id = :of AND used_at IS NULL AND superseded_at IS NULL`,
	} {
		if err := s.db.query(ctx, s.conn, text, s.binder(stdOf(text), []arg{p(":of", id)}), func(*row) error { return nil }); err != nil {
			return err
		}
	}
	return y.dropMail(ctx, s.provider, why, `user_id = :of`, p(":of", id))
}

// EnableUser switches an account on again: active, or pending where it never
// set a password.
func (s Staff) EnableUser(ctx context.Context, id UserID) error {
	return s.Update(ctx, func(s Staff) error {
		if err := s.Can(UserEnable); err != nil {
			return err
		}
		u, err := s.above(ctx, id)
		if err != nil || u.State != "disabled" {
			return err
		}
		return s.enable(ctx, u)
	})
}

func (s scope) enable(ctx context.Context, u User) error {
	n, err := s.number(ctx, `SELECT u.password <> '' FROM {users} u WHERE u.id = :id`, p(":id", u.ID))
	if err != nil {
		return err
	}
	state := "pending"
	if n != 0 {
		state = "active"
	}
	return s.change(ctx, UserEnable, "users", int64(u.ID), set{"state", state}, set{"version", u.Version + 1}, set{"updated_at", s.Now()})
}

// DeleteUser deletes an account for good, once its e-mail address was typed.
// What stays is a tombstone of its ID: records and the audit log keep saying
// who it was, and the address is free again.
func (s Staff) DeleteUser(ctx context.Context, id UserID, email string) error {
	return s.Update(ctx, func(s Staff) error {
		if err := s.Can(UserDelete); err != nil {
			return err
		}
		u, err := s.removable(ctx, id)
		if err != nil {
			return err
		}
		return s.delete(ctx, u, email)
	})
}

func (s scope) delete(ctx context.Context, u User, email string) error {
	if FoldEmail(email) != FoldEmail(u.Email) {
		return fault.Field("confirm_email", "Type the e-mail address of this person, %s, exactly.", u.Email)
	}
	if err := s.shutOut(ctx, u.ID, "deleted"); err != nil {
		return err
	}
	for _, text := range []string{
		`DELETE FROM <user_groups> WHERE user_id = :of AND {mine:user_groups}`, `DELETE FROM <user_roles> WHERE user_id = :of AND {mine:user_roles}`,
		`DELETE FROM <user_rights> WHERE user_id = :of AND {mine:user_rights}`,
		`UPDATE <memberships> SET state = 'disabled' WHERE user_id = :of AND {mine:memberships}`,
	} {
		if _, err := s.write(ctx, UserDelete, text, p(":of", u.ID)); err != nil {
			return err
		}
	}
	gone := "deleted-" + strconv.FormatInt(int64(u.ID), 10)
	if _, err := s.write(ctx, UserDelete, `UPDATE <users> SET state = 'deleted', email = :gone, email_key = :gone, name = :gone, username = '', title = '', phone = '', employee_no = '',
		password = '', must_change = 0, all_groups = 0, version = version + 1, updated_at = :now WHERE id = :of AND {mine:users}`, p(":gone", gone), p(":of", u.ID)); err != nil {
		return err
	}
	return s.log(ctx, Line{Verb: UserDelete, ID: int64(u.ID), Label: u.Name, Note: map[string]any{"email": u.Email, "kind": u.Kind}})
}

// removable reads a person who may be disabled or deleted by the scope's.
func (s Staff) removable(ctx context.Context, id UserID) (User, error) {
	u, err := s.above(ctx, id)
	switch {
	case err != nil:
		return u, err
	case u.ID == s.user:
		return u, fault.New(fault.Conflict, "This is your own account. Another admin can do this.")
	case u.Owner:
		return u, fault.New(fault.Conflict, "%s owns this account. The operator of the appliance can change that.", u.Name)
	case u.Kind == "client":
		return u, s.leaves(ctx, u.ID)
	}
	return u, s.anotherProviderAdmin(ctx, u)
}

// anotherProviderAdmin refuses what would leave the provider without an admin
// who can sign in.
func (s scope) anotherProviderAdmin(ctx context.Context, u User) error {
	if u.Role != "admin" || u.State != "active" {
		return nil
	}
	n, err := s.number(ctx, `SELECT count(*) FROM {users} u WHERE u.kind = 'staff' AND u.role = 'admin' AND u.state = 'active' AND u.id <> :not`, p(":not", u.ID))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "%s is the last active admin. Make somebody else an admin first.", u.Name)
	}
	return err
}

// leaves refuses when a client is the last portal admin of an active portal.
func (s scope) leaves(ctx context.Context, id UserID) error {
	all, err := list(ctx, s, (*memberAt).row, memberAtOf+` AND m.user_id = :of`, p(":of", id))
	if err != nil {
		return err
	}
	for _, at := range all {
		if !at.admin {
			continue
		}
		if err := s.anotherAdmin(ctx, at); err != nil {
			return fault.New(fault.Conflict, "%s", fault.Says(err))
		}
	}
	return nil
}

// EndUserSessions signs a person out everywhere.
func (s Staff) EndUserSessions(ctx context.Context, id UserID) (n int, err error) {
	err = s.Update(ctx, func(s Staff) error {
		if err := s.Can(UserSessions); err != nil {
			return err
		}
		u, err := s.above(ctx, id)
		if err != nil {
			return err
		}
		n, err = s.endSessions(ctx, u)
		return err
	})
	return n, err
}

func (s scope) endSessions(ctx context.Context, u User) (int, error) {
	const text = `DELETE FROM sessions WHERE provider_id = :provider AND user_id = :of`
	if err := s.db.query(ctx, s.conn, text, s.binder(stdOf(text), []arg{p(":of", u.ID)}), func(*row) error { return nil }); err != nil {
		return 0, err
	}
	n := s.conn.Changes()
	if n == 0 {
		return 0, nil
	}
	return n, s.log(ctx, Line{Verb: UserSessions, ID: int64(u.ID), Label: u.Name, Note: map[string]any{"ended": n}})
}

// Within binds the appliance's own side to the transaction of a scope, for
// what only it does, such as a one-time link that staff asked for.
func (y System) Within(s Staff) System {
	y.conn, y.at = s.conn, s.at
	return y
}

// AskLink notes that a one-time link to a person was asked for by the scope's,
// which must be allowed to and not below that person. pending says which one:
// the activation link, or the one for a new password.
func (s Staff) AskLink(ctx context.Context, id UserID) (a Account, pending bool, err error) {
	err = s.Update(ctx, func(s Staff) error {
		if err := s.Can(UserLink); err != nil {
			return err
		}
		u, err := s.above(ctx, id)
		if err != nil {
			return err
		}
		if u.State != "pending" && u.State != "active" {
			return fault.New(fault.Conflict, "This account is disabled. Enable it first.")
		}
		pending = u.State == "pending"
		if a, err = s.UserAccount(ctx, id); err != nil {
			return err
		}
		kind := map[bool]string{true: "act", false: "rst"}[pending]
		return s.log(ctx, Line{Verb: UserLink, ID: int64(id), Label: u.Name, Note: map[string]any{"link": kind, "email": u.Email}})
	})
	return a, pending, err
}
