package store

import (
	"context"
	"strconv"
	"strings"
	"time"

	"gatehouse/store/fault"
)

// User is somebody who signs in, of the staff or of a customer, as whoever
// administers people sees them.
type User struct {
	ID         UserID
	Kind       string // staff, client
	Name       string
	Email      string
	Username   string // "" signs in by e-mail
	Title      string
	Phone      string
	EmployeeNo string
	State      string // pending, active, disabled; deleted for a tombstone
	Owner      bool
	MustChange bool
	Role       string // of staff: a built-in role's word, or own
	RoleID     RoleID // of staff
	RoleName   string
	AllGroups  bool // of staff
	LastLogin  time.Time
	CreatedAt  time.Time
	UpdatedAt  time.Time
	Version    int64
}

const userColumns = `u.id, u.kind, u.name, u.email, u.username, u.title, u.phone, u.employee_no, u.state, u.owner, u.must_change, u.role,
	coalesce((SELECT r.id || ' ' || r.name FROM {roles} r WHERE r.kind = 'staff' AND r.builtin = u.role AND r.builtin <> ''), (SELECT r.id || ' ' || r.name FROM {user_roles} x JOIN {roles} r ON r.id = x.role_id WHERE x.user_id = u.id), ''),
	u.all_groups, u.last_login_at, u.created_at, u.updated_at, u.version`

func (u *User) row(r *row) {
	u.ID, u.Kind, u.Name, u.Email, u.Username, u.Title, u.Phone, u.EmployeeNo, u.State = UserID(r.int()), r.str(), r.str(), r.str(), r.str(), r.str(), r.str(), r.str(), r.str()
	u.Owner, u.MustChange, u.Role = r.bool(), r.bool(), r.str()
	id, name, _ := strings.Cut(r.str(), " ")
	u.RoleID, u.RoleName = RoleID(atoi(id)), name
	u.AllGroups, u.LastLogin, u.CreatedAt, u.UpdatedAt, u.Version = r.bool(), r.unix(), r.unix(), r.unix(), r.int()
}

// UserFilter says which of the staff to list, and in which order. Search looks
// into name, e-mail, user name, employee number and phone, and finds an ID.
type UserFilter struct {
	Search string
	Role   RoleID
	State  string // pending, active, disabled
	Group  GroupID
	Sort   string // name, email, login, created; "-" before it for descending
	After  string
	Limit  int
}

// Users lists the provider's own people, a page at a time.
func (s Staff) Users(ctx context.Context, f UserFilter) (Page[User], error) {
	q := pageQuery[User]{columns: userColumns, from: `{users} u`, id: `u.id`,
		sorts: map[string]string{"name": `u.name COLLATE NOCASE`, "email": `u.email_key`, "login": `coalesce(u.last_login_at, 0)`, "created": `u.created_at`},
		sort:  pick(f.Sort, "name"), after: f.After, limit: f.Limit, into: (*User).row, key: (*User).sortKey}
	q.where(`u.kind = 'staff'`)
	if f.State != "" {
		q.where(`u.state = :state`, p(":state", f.State))
	}
	if f.Role != 0 {
		r, err := s.Role(ctx, f.Role)
		if err != nil || r.Kind != "staff" {
			return Page[User]{}, or(err, fault.New(fault.NotFound, "There is no such role."))
		}
		if r.Builtin != "" {
			q.where(`u.role = :role`, p(":role", r.Builtin))
		} else {
			q.where(`u.id IN (SELECT x.user_id FROM {user_roles} x WHERE x.role_id = :role)`, p(":role", r.ID))
		}
	}
	if f.Group != 0 {
		q.where(`u.id IN (SELECT x.user_id FROM {user_groups} x WHERE x.group_id = :group)`, p(":group", f.Group))
	}
	q.find(f.Search)
	return page(ctx, s.scope, q)
}

// find adds the search for people, if there is anything to search for.
func (q *pageQuery[T]) find(search string) {
	typed := strings.TrimSpace(clip(search, 200))
	if n, err := strconv.ParseInt(strings.TrimPrefix(strings.ToUpper(typed), "U-"), 10, 64); err == nil && n > 0 {
		q.where(`(u.id = :number OR u.employee_no LIKE :search ESCAPE '\' OR u.phone LIKE :search ESCAPE '\')`, p(":number", n), p(":search", `%`+likeEscape.Replace(typed)+`%`))
		return
	}
	q.like(typed, `u.name`, `u.email`, `u.username`, `u.employee_no`, `u.phone`)
}

func (u *User) sortKey(sort string) (any, int64) {
	switch sort {
	case "email":
		return FoldEmail(u.Email), int64(u.ID)
	case "login":
		if u.LastLogin.IsZero() {
			return int64(0), int64(u.ID)
		}
		return u.LastLogin, int64(u.ID)
	case "created":
		return u.CreatedAt, int64(u.ID)
	}
	return u.Name, int64(u.ID)
}

// User reads one person, of the staff or of a customer.
func (s Staff) User(ctx context.Context, id UserID) (User, error) { return s.user1(ctx, id) }

func (s scope) user1(ctx context.Context, id UserID) (User, error) {
	return one(ctx, s, "person", (*User).row, `SELECT `+userColumns+` FROM {users} u WHERE u.id = :id`, p(":id", id))
}

// UserAccount reads a person as letters need it, in the formats it reads.
func (s Staff) UserAccount(ctx context.Context, id UserID) (Account, error) {
	if _, err := s.user1(ctx, id); err != nil {
		return Account{}, err
	}
	return sysOne(ctx, System{db: s.db, conn: s.conn}, "person", (*Account).row, `SELECT `+accountColumns+` FROM users u JOIN providers p ON p.id = u.provider_id
		WHERE u.provider_id = :provider AND u.id = :id AND u.state <> 'deleted'`, p(":provider", s.provider), p(":id", id))
}

// UserRights lists the rights that one of the staff has beyond its role.
func (s Staff) UserRights(ctx context.Context, of UserID) ([]Right, error) {
	may, err := s.powerOf(ctx, of)
	return may.rights, err
}

// Seats says how many of the staff the plan allows and how many there are.
type Seats struct{ Used, Most int64 } // Most 0: no limit

// Free reports whether one more fits.
func (s Seats) Free() bool { return s.Most == 0 || s.Used < s.Most }

// Seats counts the provider's own people against its plan. Portal users are
// never counted.
func (s Staff) Seats(ctx context.Context) (v Seats, err error) {
	v.Most = s.home.Staff
	v.Used, err = s.number(ctx, `SELECT count(*) FROM {users} u WHERE u.kind = 'staff'`)
	return v, err
}

// UserSessions lists where a person is signed in, newest first.
func (s Staff) UserSessions(ctx context.Context, of UserID) (out []Session, err error) {
	if err := s.Can(UserSessions); err != nil {
		return nil, err
	}
	if _, err := s.user1(ctx, of); err != nil {
		return nil, err
	}
	return sysList(ctx, System{db: s.db, conn: s.conn}, func(e *Session, r *row) { e.row(r); e.Portal = r.str() },
		`SELECT e.id, e.ip, e.agent, e.created_at, e.seen_at, e.expires_at, coalesce(o.name, '') FROM sessions e LEFT JOIN portals o ON o.provider_id = e.provider_id AND o.id = e.portal_id
		WHERE e.provider_id = :provider AND e.user_id = :of AND e.expires_at > :now ORDER BY e.id DESC LIMIT 200`, p(":provider", s.provider), p(":of", of), p(":now", s.Now()))
}

// LastLetter reads the newest letter to a person without its text; one with ID
// 0 says that there is none.
func (s Staff) LastLetter(ctx context.Context, to UserID) (Mail, error) {
	all, err := list(ctx, s.scope, (*Mail).row, `SELECT `+mailFacts+` FROM {outbox} o WHERE o.user_id = :to ORDER BY o.id DESC LIMIT 1`, p(":to", to))
	if err != nil || len(all) == 0 {
		return Mail{}, err
	}
	return all[0], nil
}
