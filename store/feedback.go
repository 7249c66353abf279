package store

import (
	"context"
	"strings"
	"time"

	"gatehouse/store/fault"
)

// Feedback is what somebody in a portal told the provider about it.
type Feedback struct {
	ID           FeedbackID
	Portal       PortalID
	Customer     CustomerID
	CustomerName string
	User         UserID
	Name, Email  string // at that time
	Page         string // the address in the portal it was about
	Text         string
	At           time.Time
}

func (f *Feedback) row(r *row) {
	f.ID, f.Portal, f.Customer, f.CustomerName, f.User = FeedbackID(r.int()), PortalID(r.int()), CustomerID(r.int()), r.str(), UserID(r.int())
	f.Name, f.Email, f.Page, f.Text, f.At = r.str(), r.str(), r.str(), r.str(), r.unix()
}

const longestFeedback = 4000 // characters

// SendFeedback keeps what the person says about a page of its portal. A page
// that is none of the portal's is left out.
func (c Client) SendFeedback(ctx context.Context, page, text string) (Feedback, error) {
	var bad fault.Problems
	if text = cleanLines(&bad, "text", text, 4*longestFeedback); text == "" {
		bad.Add("text", "Write a word or two.")
	}
	if n := len([]rune(text)); n > longestFeedback {
		bad.Add("text", "This is %d characters long; up to %d fit.", n, longestFeedback)
	}
	if err := bad.Err(); err != nil {
		return Feedback{}, err
	}
	if page = clip(strings.TrimSpace(page), 300); page != "/portal/"+c.window.Slug && !strings.HasPrefix(page, "/portal/"+c.window.Slug+"/") || strings.ContainsFunc(page, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
		page = ""
	}
	f := Feedback{Portal: c.portal, Customer: c.customer, CustomerName: c.window.CustomerName, User: c.user, Name: c.me.Name, Email: c.me.Email, Page: page, Text: text}
	err := c.Update(ctx, func(c Client) error {
		f.At = c.Now()
		id, err := c.insert(ctx, FeedbackSend, "feedback", set{"portal_id", c.portal}, set{"user_id", c.user}, set{"name", c.me.Name}, set{"email", c.me.Email},
			set{"page", page}, set{"body", text}, set{"created_at", c.Now()})
		f.ID = FeedbackID(id)
		return err
	})
	return f, err
}

// FeedbackFilter says which feedback to list, newest first.
type FeedbackFilter struct {
	Search   string // in what was said and by whom
	Customer CustomerID
	After    string // cursor
}

// Feedback lists what people in portals said, newest first.
func (s Staff) Feedback(ctx context.Context, f FeedbackFilter) (Page[Feedback], error) {
	if err := s.Can(FeedbackRead); err != nil {
		return Page[Feedback]{}, err
	}
	q := pageQuery[Feedback]{columns: `b.id, b.portal_id, b.customer_id, c.name, b.user_id, b.name, b.email, b.page, b.body, b.created_at`,
		from: `{feedback} b CROSS JOIN {customers} c ON c.id = b.customer_id`, id: `b.id`, sorts: map[string]string{"id": `b.id`}, sort: "-id", after: f.After,
		into: (*Feedback).row, key: func(b *Feedback, _ string) (any, int64) { return int64(b.ID), int64(b.ID) }}
	q.like(f.Search, `b.body`, `b.name`, `b.email`)
	if f.Customer != 0 {
		q.where(`b.customer_id = :of`, p(":of", f.Customer))
	}
	return page(ctx, s.scope, q)
}

// ProviderAdmins lists who administers a provider, to write to them.
func (y System) ProviderAdmins(ctx context.Context, of ProviderID) ([]Account, error) {
	return sysList(ctx, y, (*Account).row, `SELECT `+accountColumns+` FROM users u JOIN providers p ON p.id = u.provider_id
		WHERE u.provider_id = :of AND u.kind = 'staff' AND u.role = 'admin' AND u.state = 'active' ORDER BY u.id LIMIT 50`, p(":of", of))
}

// Inside is the System in the client's running transaction.
func (y System) Inside(c Client) System {
	y.conn, y.at = c.conn, c.at
	return y
}
