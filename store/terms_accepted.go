package store

import (
	"context"
	"time"
)

// Acceptance is that somebody accepted a version of the terms: who, where, when
// and from where, and the hash of the very text.
type Acceptance struct {
	ID          int64
	User        UserID
	Name, Email string // "" once the account is deleted
	Portal      string
	Customer    CustomerID
	At          time.Time
	IP, Agent   string
	SHA256      string
}

func (a *Acceptance) row(r *row) {
	a.ID, a.User, a.Name, a.Email, a.Portal, a.Customer = r.int(), UserID(r.int()), r.str(), r.str(), r.str(), CustomerID(r.int())
	a.At, a.IP, a.Agent, a.SHA256 = r.unix(), r.str(), r.str(), r.str()
}

// Acceptances lists who accepted a version of the terms, newest first.
func (s Staff) Acceptances(ctx context.Context, of TermsID, after string) (Page[Acceptance], error) {
	if err := s.Can(TermsPublish); err != nil {
		return Page[Acceptance]{}, err
	}
	q := pageQuery[Acceptance]{columns: `x.id, x.user_id, coalesce(u.name, ''), coalesce(u.email, ''), coalesce(o.name, ''), coalesce(o.customer_id, 0), x.at, x.ip, x.agent, x.sha256`,
		from: `{terms_acceptances} x LEFT JOIN {users} u ON u.id = x.user_id LEFT JOIN {portals} o ON o.id = x.portal_id`, counts: `{terms_acceptances} x`, id: `x.id`,
		sorts: map[string]string{"id": `x.id`}, sort: "-id", after: after, into: (*Acceptance).row, key: func(a *Acceptance, _ string) (any, int64) { return a.ID, a.ID }}
	q.where(`x.terms_id = :of`, p(":of", of))
	return page(ctx, s.scope, q)
}
