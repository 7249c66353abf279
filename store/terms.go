package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"gatehouse/store/fault"
)

// Terms are what people accept before they see a portal's first data (row
// 30). A published version is never edited; a minor one asks nobody again.
type Terms struct {
	ID          TermsID
	Version     int64
	Title, Body string
	SHA256      string // of the text, kept with each acceptance
	Minor       bool
	PublishedAt time.Time
}

const termsColumns = `t.id, t.version, t.title, t.body, t.sha256, t.minor, t.published_at`

func (t *Terms) row(r *row) {
	t.ID, t.Version, t.Title, t.Body = TermsID(r.int()), r.int(), r.str(), r.str()
	t.SHA256, t.Minor, t.PublishedAt = r.str(), r.bool(), r.unix()
}

// PublishTerms makes body the newest terms. Unless minor, everybody is asked
// at the next request.
func (s Staff) PublishTerms(ctx context.Context, title, body string, minor bool) (id TermsID, err error) {
	if strings.TrimSpace(body) == "" || len(body) > 200_000 {
		return 0, fault.Field("body", "Write the terms, up to 200,000 characters.")
	}
	sum := sha256.Sum256([]byte(title + "\n" + body))
	err = s.Update(ctx, func(s Staff) error {
		version, err := s.nextNumber(ctx, "terms")
		if err != nil {
			return err
		}
		n, err := s.insert(ctx, TermsPublish, "terms", set{"version", version}, set{"title", title}, set{"body", body},
			set{"sha256", hex.EncodeToString(sum[:])}, set{"minor", minor}, set{"published_at", s.Now()})
		id = TermsID(n)
		return err
	})
	return id, err
}

// CurrentTerms is the newest published version.
func (s scope) CurrentTerms(ctx context.Context) (Terms, error) {
	return one(ctx, s, "terms", (*Terms).row, `SELECT `+termsColumns+` FROM {terms} t ORDER BY t.version DESC LIMIT 1`)
}

// ProviderTerms is the newest version of a provider's terms, for people who
// have no session yet.
func (y System) ProviderTerms(ctx context.Context, id ProviderID) (Terms, error) {
	return sysOne(ctx, y, "terms", (*Terms).row, `SELECT `+termsColumns+` FROM terms t WHERE t.provider_id = :id ORDER BY t.version DESC LIMIT 1`, p(":id", id))
}

// AcceptTerms notes that the client accepted version of the terms: when, from
// where, and the hash of the very text. Another version than the newest is a
// Conflict: the text changed while it was being read.
func (c Client) AcceptTerms(ctx context.Context, version int64) error {
	return c.Update(ctx, func(c Client) error {
		t, err := c.CurrentTerms(ctx)
		if err != nil {
			return err
		}
		if t.Version != version {
			return fault.New(fault.Conflict, "The terms were changed while you were reading. Please read the new version.")
		}
		return c.accept(ctx, t)
	})
}

func (s scope) accept(ctx context.Context, t Terms) error {
	return s.db.query(ctx, s.conn, `INSERT INTO terms_acceptances (provider_id, terms_id, portal_id, user_id, version, sha256, at, ip, agent)
		VALUES (:provider, :terms, :portal, :user, :version, :sha, :now, :ip, :agent)`,
		s.binder([]int{0, 2, 3, 7}, []arg{p(":terms", t.ID), p(":version", t.Version), p(":sha", t.SHA256), p(":ip", s.from.IP), p(":agent", clip(s.from.Agent, 300))}),
		func(*row) error { return nil })
}

func clip(s string, n int) string {
	if len(s) > n {
		return strings.ToValidUTF8(s[:n], "")
	}
	return s
}
