package store

import (
	"context"
	"strings"
	"time"

	"gatehouse/store/fault"
)

// Colleague is a member of the portal as its portal admin sees it.
type Colleague struct {
	Membership
	Name, Email, Title, Phone string
	Account                   string // pending, active, disabled: by the provider
	Sessions                  int64  // open in this portal now
	Letter                    string // what became of the newest letter to it about this portal; "" for none
	LetterAt                  time.Time
}

// Status is one word for whether somebody gets in: pending, active, disabled.
func (m Colleague) Status() string {
	if m.State == "active" {
		return m.Account
	}
	return m.State
}

const colleagueColumns = membershipColumns + `, u.name, u.email, u.title, u.phone, u.state,
	(SELECT count(*) FROM {sessions} e WHERE e.user_id = m.user_id AND e.expires_at > :now),
	coalesce((SELECT l.state FROM {outbox} l WHERE l.user_id = m.user_id ORDER BY l.id DESC LIMIT 1), ''), (SELECT l.created_at FROM {outbox} l WHERE l.user_id = m.user_id ORDER BY l.id DESC LIMIT 1)`

const colleagueFrom = membershipFrom + ` CROSS JOIN {users} u ON u.id = m.user_id`

func (m *Colleague) row(r *row) {
	m.Membership.row(r)
	m.Name, m.Email, m.Title, m.Phone, m.Account = r.str(), r.str(), r.str(), r.str(), r.str()
	m.Sessions, m.Letter, m.LetterAt = r.int(), r.str(), r.unix()
}

// ColleagueFilter says which colleagues to list.
type ColleagueFilter struct {
	Search string
	State  string // pending, active, disabled
	Group  GroupID
	Sort   string // name, login; "-" before it for descending
	After  string
}

// Colleagues lists the members of the portal for its portal admin; for one who
// is limited to groups, those who are limited to these.
func (c Client) Colleagues(ctx context.Context, f ColleagueFilter) (Page[Colleague], error) {
	s, err := c.look()
	if err != nil {
		return Page[Colleague]{}, err
	}
	q := pageQuery[Colleague]{columns: colleagueColumns, from: colleagueFrom, id: `m.id`, sorts: map[string]string{"name": `u.name`, "login": `coalesce(m.last_login_at, 0)`},
		sort: pick(f.Sort, "name"), after: f.After, into: (*Colleague).row, key: func(m *Colleague, sort string) (any, int64) {
			if sort == "login" && m.LastLogin.IsZero() {
				return int64(0), int64(m.ID)
			}
			if sort == "login" {
				return m.LastLogin, int64(m.ID)
			}
			return m.Name, int64(m.ID)
		}}
	q.where(`+m.customer_id = :customer`)
	q.like(f.Search, `u.name`, `u.email`, `u.title`)
	switch f.State {
	case "":
	case "disabled":
		q.where(`(m.state = 'disabled' OR u.state = 'disabled')`)
	default:
		q.where(`m.state = 'active' AND u.state = :state`, p(":state", f.State))
	}
	if f.Group != 0 {
		q.where(`(m.all_groups = 1 OR EXISTS (SELECT 1 FROM {membership_groups} b WHERE b.membership_id = m.id AND b.group_id = :group))`, p(":group", f.Group))
	}
	return page(ctx, s, q)
}

// Colleague reads one member of the portal for its portal admin.
func (c Client) Colleague(ctx context.Context, id MembershipID) (Colleague, error) {
	s, err := c.look()
	if err != nil {
		return Colleague{}, err
	}
	return s.colleague(ctx, id)
}

func (s scope) colleague(ctx context.Context, id MembershipID) (Colleague, error) {
	return one(ctx, s, "colleague", (*Colleague).row, `SELECT `+colleagueColumns+` FROM `+colleagueFrom+` WHERE m.id = :id`, p(":id", id))
}

// InviteColleague makes somebody a member of the portal: a new account with an
// activation link, or somebody who has a sign-in here already. Nothing above
// the inviter's own is given.
func (c Client) InviteColleague(ctx context.Context, n NewClient) (out ClientAdded, err error) {
	n.Customer, n.Password = c.customer, ""
	if err := n.clean(); err != nil {
		return out, err
	}
	err = c.manage(ctx, func(s scope) error {
		if err := s.within(ctx, n.MembershipEdit); err != nil {
			return err
		}
		if out.Portal, err = one(ctx, s, "portal", (*Portal).row, `SELECT `+portalColumns+portalFrom+` WHERE o.id = :portal`); err != nil {
			return err
		}
		if err := s.findOrMake(ctx, n, &out); err != nil {
			return notOurs(err)
		}
		if out.Membership, err = s.enlist(ctx, out.Portal, out.User, n.Name, n.MembershipEdit); err != nil {
			return err
		}
		if out.State == "pending" {
			out.Token, err = s.activation(ctx, out.Account, NewLink{Portal: out.Portal.ID, Hash: n.Hash, Code: n.Code})
		}
		return err
	})
	return out, err
}

// notOurs puts what is said about an address into words for a customer.
func notOurs(err error) error {
	if says := fault.Fields(err)["email"]; strings.HasPrefix(says, "This address belongs to somebody") || strings.HasPrefix(says, "The account with") {
		return fault.Field("email", "This address cannot be used in this portal. Please ask your provider.")
	}
	return err
}

// ColleagueEdit is what a portal admin says about a colleague.
type ColleagueEdit struct {
	Name, Title, Phone string
	MembershipEdit
}

// ChangeColleague saves a colleague's roles, groups and view, and its name and
// the like while it belongs to no other customer: whoever is of several is
// named by itself or by the provider.
func (c Client) ChangeColleague(ctx context.Context, id MembershipID, e ColleagueEdit) error {
	facts := UserEdit{Name: e.Name, Title: e.Title, Phone: e.Phone}
	if err := facts.clean().Err(); err != nil {
		return err
	}
	return c.manage(ctx, func(s scope) error {
		m, err := s.colleague(ctx, id)
		if err != nil {
			return err
		}
		if err := s.within(ctx, e.MembershipEdit); err != nil {
			return err
		}
		if err := s.changeFacts(ctx, m, facts); err != nil {
			return err
		}
		return s.changeMembership(ctx, id, e.MembershipEdit)
	})
}

func (s scope) changeFacts(ctx context.Context, m Colleague, e UserEdit) error {
	if e.Name == m.Name && e.Title == m.Title && e.Phone == m.Phone {
		return nil
	}
	alone, err := s.alone(ctx, m.User)
	if err != nil {
		return err
	}
	if !alone {
		return fault.Field("name", "Name, title and phone of this account can be changed by the person or by your provider only.")
	}
	n, err := s.number(ctx, `SELECT u.version FROM {users} u WHERE u.id = :of`, p(":of", m.User))
	if err != nil {
		return err
	}
	return s.change(ctx, UserChange, "users", int64(m.User), set{"name", e.Name}, set{"title", e.Title}, set{"phone", e.Phone}, set{"version", n + 1}, set{"updated_at", s.Now()})
}

// alone reports whether a person belongs to this customer and no other.
func (s scope) alone(ctx context.Context, who UserID) (bool, error) {
	n, err := sysOne(ctx, s.system(), "member", intoInt, `SELECT count(*) FROM memberships m WHERE m.provider_id = :provider AND m.user_id = :who AND m.customer_id <> :customer`,
		p(":provider", s.provider), p(":who", who), p(":customer", s.customer))
	return n == 0, err
}

// notSelf refuses what a portal admin does to colleagues only.
func (s scope) notSelf(m memberAt) error {
	if m.user == s.user {
		return fault.New(fault.Conflict, "This is your own account. Another portal admin can do this.")
	}
	return nil
}

// onColleague runs fn on a colleague, never on oneself.
func (c Client) onColleague(ctx context.Context, id MembershipID, fn func(scope, memberAt) error) error {
	return c.manage(ctx, func(s scope) error {
		m, err := s.membership(ctx, id)
		if err == nil {
			err = s.notSelf(m)
		}
		if err != nil {
			return err
		}
		return fn(s, m)
	})
}

// SetColleagueState switches a colleague's access to this portal off or on.
func (c Client) SetColleagueState(ctx context.Context, id MembershipID, on bool) error {
	return c.onColleague(ctx, id, func(s scope, _ memberAt) error { return s.setMemberState(ctx, id, on) })
}

// RemoveColleague takes a colleague out of the portal, once its e-mail address
// was typed. An account that belongs to nobody else is deleted with it; what
// it made stays.
func (c Client) RemoveColleague(ctx context.Context, id MembershipID, email string) error {
	return c.onColleague(ctx, id, func(s scope, m memberAt) error {
		of, err := s.colleague(ctx, id)
		if err != nil {
			return err
		}
		if FoldEmail(email) != FoldEmail(of.Email) {
			return fault.Field("confirm_email", "Type the e-mail address of this person, %s, exactly.", of.Email)
		}
		if err := s.mayGo(ctx, m); err != nil {
			return err
		}
		alone, err := s.alone(ctx, m.user)
		if err != nil {
			return err
		}
		if !alone {
			return s.leave(ctx, m)
		}
		u, err := s.user1(ctx, m.user)
		if err != nil {
			return err
		}
		return s.delete(ctx, u, email)
	})
}

// EndColleagueSessions signs a colleague out of this portal everywhere.
func (c Client) EndColleagueSessions(ctx context.Context, id MembershipID) (n int, err error) {
	err = c.onColleague(ctx, id, func(s scope, m memberAt) error {
		const text = `DELETE FROM sessions WHERE provider_id = :provider AND user_id = :who AND portal_id = :portal`
		if err := s.db.query(ctx, s.conn, text, s.binder(stdOf(text), []arg{p(":who", m.user)}), func(*row) error { return nil }); err != nil {
			return err
		}
		if n = s.conn.Changes(); n == 0 {
			return nil
		}
		return s.log(ctx, Line{Verb: UserSessions, ID: int64(m.user), Customer: m.customer, Label: m.name, Note: map[string]any{"ended": n}})
	})
	return n, err
}

// ColleagueLink asks for a one-time link to a colleague: the activation while
// that is pending, else the one for a new password. Nobody but the colleague
// gets to see it.
func (c Client) ColleagueLink(ctx context.Context, id MembershipID) (a Account, pending bool, err error) {
	err = c.onColleague(ctx, id, func(s scope, m memberAt) error {
		of, err := s.colleague(ctx, id)
		if err != nil {
			return err
		}
		if of.Status() == "disabled" {
			return fault.New(fault.Conflict, "This account is disabled. Enable it first.")
		}
		pending = of.Status() == "pending"
		if a, err = s.system().Account(ctx, s.provider, of.Email); err != nil {
			return err
		}
		kind := map[bool]string{true: "act", false: "rst"}[pending]
		return s.log(ctx, Line{Verb: UserLink, ID: int64(m.user), Customer: m.customer, Label: m.name, Note: map[string]any{"link": kind, "email": a.Email}})
	})
	return a, pending, err
}
