package store

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"gatehouse/store/fault"
)

// UserEdit is what somebody who administers people says about one of them.
type UserEdit struct {
	Name       string
	Phone      string // kept as typed, brought into the international form where it has one
	EmployeeNo string
	Title      string
	Role       RoleID    // of staff
	AllGroups  bool      // of staff: the entire fleet
	Groups     []GroupID // of staff: otherwise these, or none
	Rights     []Right   // of staff
}

// NewPerson is one of the staff about to be invited.
type NewPerson struct {
	UserEdit
	Email    string
	Username string
	Language string
}

// clean trims what was typed and reports all that is wrong with it.
func (e *UserEdit) clean() fault.Problems {
	var bad fault.Problems
	e.Name, e.Phone, e.EmployeeNo, e.Title = strings.TrimSpace(e.Name), Phone(e.Phone), strings.TrimSpace(e.EmployeeNo), strings.TrimSpace(e.Title)
	checkText(&bad, "name", e.Name, 200)
	checkText(&bad, "phone", e.Phone, 60)
	checkText(&bad, "employee_no", e.EmployeeNo, 60)
	checkText(&bad, "title", e.Title, 100)
	if e.Name == "" {
		bad.Add("name", "Give a name.")
	}
	if e.AllGroups {
		e.Groups = nil
	}
	slices.Sort(e.Groups)
	e.Groups = slices.Compact(e.Groups)
	slices.Sort(e.Rights)
	e.Rights = slices.Compact(e.Rights)
	return bad
}

var e164 = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)

// Phone brings a number that is written in an international form, such as
// "0049 (30) 123-45", into E.164. Any other is kept as it was typed: which
// country it is in, nobody said.
func Phone(typed string) string {
	typed = strings.TrimSpace(typed)
	digits := strings.NewReplacer(" ", "", "-", "", ".", "", "/", "", "(0)", "", "(", "", ")", "", "\u00a0", "").Replace(typed)
	if rest, is := strings.CutPrefix(digits, "00"); is {
		digits = "+" + rest
	}
	if e164.MatchString(digits) {
		return digits
	}
	return typed
}

var usernameForm = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}._-]{1,58}[\p{L}\p{N}]$`)

// checkUsername refuses what is no user name; "" is none.
func checkUsername(bad *fault.Problems, name string) {
	if name != "" && !usernameForm.MatchString(name) {
		bad.Add("username", "Use 3 to 60 letters, digits, dots, hyphens or underscores; an e-mail address works for signing in anyway.")
	}
}

// AddPerson adds one of the staff, who is pending until the activation link
// was used. It takes a seat of the plan.
func (s Staff) AddPerson(ctx context.Context, n NewPerson) (id UserID, err error) {
	if err := s.Can(UserInvite); err != nil {
		return 0, err
	}
	bad := n.clean()
	n.Email, n.Username = strings.TrimSpace(n.Email), strings.TrimSpace(n.Username)
	if err := CheckEmail(n.Email); err != nil {
		bad.Add("email", "%s", fault.Says(err))
	}
	checkUsername(&bad, n.Username)
	err = s.Update(ctx, func(s Staff) error {
		role, err := s.assignable(ctx, &bad, n.UserEdit)
		if err != nil {
			return err
		}
		if err := s.freeNames(ctx, &bad, 0, n.Email, n.Username); err != nil {
			return err
		}
		if err := s.freeSeat(ctx, &bad); err != nil {
			return err
		}
		if err := bad.Err(); err != nil {
			return err
		}
		if id, err = s.addPerson(ctx, n, role); err != nil {
			return err
		}
		return s.setPowers(ctx, id, n.UserEdit, role)
	})
	return id, err
}

func (s Staff) addPerson(ctx context.Context, n NewPerson, role Role) (UserID, error) {
	id, err := s.insert(ctx, UserInvite, "users", set{"kind", "staff"}, set{"email", n.Email}, set{"email_key", FoldEmail(n.Email)}, set{"name", n.Name}, set{"username", n.Username},
		set{"phone", n.Phone}, set{"employee_no", n.EmployeeNo}, set{"title", n.Title}, set{"role", role.word()}, set{"all_groups", n.AllGroups}, set{"state", "pending"},
		set{"language", n.Language}, set{"created_at", s.Now()}, set{"updated_at", s.Now()})
	return UserID(id), err
}

// word is what users.role says of a role.
func (o Role) word() string { return pick(o.Builtin, "own") }

// freeNames refuses an address or user name that somebody of this provider has;
// of others nothing is said.
func (s scope) freeNames(ctx context.Context, bad *fault.Problems, not UserID, email, username string) error {
	for _, c := range []struct{ field, cond, v, says string }{
		{"email", `u.email_key = :v`, FoldEmail(email), "Somebody here already has this e-mail address. Find them in the list instead."},
		{"username", `(u.username = :v COLLATE NOCASE OR u.email_key = :v)`, username, "Somebody here already has this user name."},
	} {
		if c.v == "" {
			continue
		}
		n, err := sysOne(ctx, System{db: s.db, conn: s.conn}, "count", intoInt, `SELECT count(*) FROM users u WHERE u.provider_id = :provider AND u.id <> :not AND `+c.cond, p(":provider", s.provider), p(":not", not), p(":v", c.v))
		if err != nil {
			return err
		}
		if n > 0 {
			bad.Add(c.field, "%s", c.says)
		}
	}
	return nil
}

func (s Staff) freeSeat(ctx context.Context, bad *fault.Problems) error {
	seats, err := s.Seats(ctx)
	if err == nil && !seats.Free() {
		bad.Add("email", "Your plan allows %d people of your own, and %d are here. Delete somebody who left, or ask the operator for more.", seats.Most, seats.Used)
	}
	return err
}

// assignable reads the role to be given and refuses what is above the giver's
// own: a role, a right, a group.
func (s Staff) assignable(ctx context.Context, bad *fault.Problems, e UserEdit) (Role, error) {
	r, err := s.Role(ctx, e.Role)
	if fault.Of(err) == fault.NotFound || err == nil && r.Kind != "staff" {
		bad.Add("role", "Choose one of the roles.")
		return Role{}, nil
	}
	if err != nil {
		return r, err
	}
	if !s.grants.covers(r.grants()) {
		bad.Add("role", "“%s” allows more than your own role. You can give what you have yourself.", r.Name)
	}
	checkRights(bad, r.word(), e.Rights)
	for _, i := range rightList {
		if !i.Takes && slices.Contains(e.Rights, i.Right) && !s.grants.covers(i.verbs) {
			bad.Add("rights", "“%s” allows more than your own role.", i.Label)
		}
	}
	if r.Builtin == "admin" && !e.AllGroups {
		bad.Add("groups", "An admin always sees the entire fleet. Choose that, or another role.")
	}
	if _, err := s.groupsNamed(ctx, e.Groups, 0); err != nil {
		if fault.Fields(err) == nil {
			return r, err
		}
		bad.Add("groups", "%s", fault.Says(err))
	}
	if s.groups && e.AllGroups {
		bad.Add("groups", "You see some groups yourself, and cannot give the entire fleet.")
	}
	return r, nil
}

// setPowers writes role, groups and rights of one of the staff.
func (s Staff) setPowers(ctx context.Context, of UserID, e UserEdit, role Role) error {
	if _, err := s.write(ctx, UserChange, `DELETE FROM <user_roles> WHERE user_id = :of AND {mine:user_roles}`, p(":of", of)); err != nil {
		return err
	}
	if role.Builtin == "" {
		if _, err := s.write(ctx, UserChange, `INSERT INTO <user_roles> (provider_id, user_id, role_id) VALUES (:provider, :of, :role)`, p(":of", of), p(":role", role.ID)); err != nil {
			return err
		}
	}
	if _, err := s.write(ctx, UserChange, `DELETE FROM <user_rights> WHERE user_id = :of AND {mine:user_rights}`, p(":of", of)); err != nil {
		return err
	}
	for _, r := range e.Rights {
		if _, err := s.write(ctx, UserChange, `INSERT INTO <user_rights> (provider_id, user_id, name) VALUES (:provider, :of, :right)`, p(":of", of), p(":right", r)); err != nil {
			return err
		}
	}
	return s.SetStaffGroups(ctx, of, e.AllGroups, e.Groups)
}
