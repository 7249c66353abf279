package store

import (
	"context"
	"encoding/json"
	"strconv"
	"time"
)

// ClientUser is a person at one or more customers, as the provider sees it:
// who it is, and in whose portals. What it does there itself is a Client.
type ClientUser struct {
	ID         UserID
	Name       string
	Email      string
	Username   string
	Title      string
	Phone      string
	State      string // pending, active, disabled
	MustChange bool   // must set a new password at the next sign-in
	LastLogin  time.Time
	CreatedAt  time.Time
	UpdatedAt  time.Time
	In         []ClientOf // its memberships, the oldest first
}

// ClientOf is a membership in short, as a list of clients shows it.
type ClientOf struct {
	Customer CustomerID `json:"c"`
	Name     string     `json:"n"`
	Role     string     `json:"r"`
	State    string     `json:"s"`
	Roles    []Role     `json:"o"` // by name; Portal admin first
}

const clientColumns = `u.id, u.name, u.email, u.username, u.title, u.phone, u.state, u.must_change, u.last_login_at, u.created_at, u.updated_at,
	(SELECT json_group_array(json_object('c', m.customer_id, 'n', c.name, 'r', m.role, 's', m.state, 'o', json((SELECT json_group_array(json_object('Name', r.name, 'Builtin', r.builtin)) FROM {membership_roles} z CROSS JOIN {roles} r ON r.id = z.role_id WHERE z.membership_id = m.id)))) FROM {memberships} m CROSS JOIN {customers} c ON c.id = m.customer_id WHERE m.user_id = u.id)`

func (c *ClientUser) row(r *row) {
	c.ID, c.Name, c.Email, c.Username, c.Title, c.Phone, c.State = UserID(r.int()), r.str(), r.str(), r.str(), r.str(), r.str(), r.str()
	c.MustChange, c.LastLogin, c.CreatedAt, c.UpdatedAt = r.bool(), r.unix(), r.unix(), r.unix()
	_ = json.Unmarshal([]byte(r.str()), &c.In) // SQLite wrote it
	for i, m := range c.In {
		if m.Role == "admin" {
			c.In[i].Roles = append([]Role{{Builtin: PortalAdmin, Name: builtinName("client", PortalAdmin)}}, m.Roles...)
		}
	}
}

// ClientFilter says which clients to list and in which order. Search looks
// into name, e-mail, user name, title, and the names of their customers.
type ClientFilter struct {
	Search   string
	State    string     // pending, active, disabled
	Role     string     // admin, user, or the number of a client role: in any of its portals; none: in no portal at all
	Customer CustomerID // only this one's
	Sort     string     // name, email, login, created; "-" before it for descending
	After    string     // cursor
	Limit    int
}

// Clients lists the people of all customers, a page at a time. Staff limited
// to groups find those of the customers of their groups.
func (s Staff) Clients(ctx context.Context, f ClientFilter) (Page[ClientUser], error) {
	q := pageQuery[ClientUser]{columns: clientColumns, from: `{users} u`, id: `u.id`,
		sorts: map[string]string{"name": `u.name`, "email": `u.email_key`, "login": `coalesce(u.last_login_at, 0)`, "created": `u.id`},
		sort:  pick(f.Sort, "name"), after: f.After, limit: f.Limit, into: (*ClientUser).row, key: (*ClientUser).sortKey}
	q.where(`u.kind = 'client'`)
	q.like(f.Search, `u.name`, `u.email`, `u.username`, `u.title`, `(SELECT group_concat(c.name, char(10)) FROM {memberships} m CROSS JOIN {customers} c ON c.id = m.customer_id WHERE m.user_id = u.id)`)
	if f.State != "" {
		q.where(`u.state = :state`, p(":state", f.State))
	}
	switch {
	case f.Role == "none":
		q.where(`NOT EXISTS (SELECT 1 FROM {memberships} m WHERE m.user_id = u.id)`)
	case f.Role != "" && f.Role != "admin" && f.Role != "user":
		n, _ := strconv.ParseInt(f.Role, 10, 64)
		q.where(`EXISTS (SELECT 1 FROM {memberships} m WHERE m.user_id = u.id AND (m.role = 'admin' AND EXISTS (SELECT 1 FROM {roles} r WHERE r.id = :given AND r.builtin = '`+PortalAdmin+`')
			OR EXISTS (SELECT 1 FROM {membership_roles} z WHERE z.membership_id = m.id AND z.role_id = :given)))`, p(":given", n))
	case f.Role != "":
		q.where(`EXISTS (SELECT 1 FROM {memberships} m WHERE m.user_id = u.id AND m.role = :role)`, p(":role", f.Role))
	}
	if f.Customer != 0 {
		q.where(`EXISTS (SELECT 1 FROM {memberships} m WHERE m.user_id = u.id AND m.customer_id = :of)`, p(":of", f.Customer))
	}
	return page(ctx, s.scope, q)
}

func (c *ClientUser) sortKey(sort string) (any, int64) {
	switch sort {
	case "email":
		return FoldEmail(c.Email), int64(c.ID)
	case "login":
		if c.LastLogin.IsZero() {
			return int64(0), int64(c.ID)
		}
		return c.LastLogin, int64(c.ID)
	case "created":
		return int64(c.ID), int64(c.ID)
	}
	return c.Name, int64(c.ID)
}

// ClientUser reads one person of a customer.
func (s Staff) ClientUser(ctx context.Context, id UserID) (ClientUser, error) {
	return one(ctx, s.scope, "client", (*ClientUser).row, `SELECT `+clientColumns+` FROM {users} u WHERE u.id = :id AND u.kind = 'client'`, p(":id", id))
}

// ClientHistory reads what happened to a client's account and memberships,
// also to those that ended, newest first, starting below before (0: from the
// newest).
func (s Staff) ClientHistory(ctx context.Context, of UserID, before int64, limit int) ([]AuditLine, error) {
	if err := s.Can(HistoryRead); err != nil {
		return nil, err
	}
	if _, err := s.ClientUser(ctx, of); err != nil {
		return nil, err
	}
	return list(ctx, s.scope, (*AuditLine).row, `SELECT `+auditColumns+` FROM {audit} a WHERE +a.id < :before AND (
			a.object IN ('user', 'profile') AND a.object_id = :of
			OR a.object = 'member' AND a.object_id IN (SELECT m.id FROM {memberships} m WHERE m.user_id = :of
				UNION SELECT json_extract(j.detail, '$.membership') FROM {audit} j WHERE j.object = 'user' AND j.object_id = :of AND j.verb IN ('user.join', 'user.leave')))
		ORDER BY a.id DESC`+upTo(limit), p(":of", of), p(":before", below(before)))
}
