package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
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
	Own         bool // of one portal, in the place of the provider's
	PublishedAt time.Time
}

const termsColumns = `t.id, t.version, t.title, t.body, t.sha256, t.minor, t.own, t.published_at`

func (t *Terms) row(r *row) {
	t.ID, t.Version, t.Title, t.Body = TermsID(r.int()), r.int(), r.str(), r.str()
	t.SHA256, t.Minor, t.Own, t.PublishedAt = r.str(), r.bool(), r.bool(), r.unix()
}

// PublishTerms makes body the newest terms. Unless minor, everybody is asked
// at the next request, except where a portal has terms of its own. What says
// the same as the newest already is refused, so that nobody is asked twice
// because a form was sent twice.
func (s Staff) PublishTerms(ctx context.Context, title, body string, minor bool) (id TermsID, err error) {
	return s.publishTerms(ctx, 0, title, body, minor)
}

func (s Staff) publishTerms(ctx context.Context, of PortalID, title, body string, minor bool) (id TermsID, err error) {
	if err := s.Can(TermsPublish); err != nil {
		return 0, err
	}
	if title, body, err = cleanTerms(title, body); err != nil {
		return 0, err
	}
	sum := sha256.Sum256([]byte(title + "\n" + body))
	sha := hex.EncodeToString(sum[:])
	err = s.Update(ctx, func(s Staff) error {
		now, err := s.termsFor(ctx, of)
		if err != nil && fault.Of(err) != fault.NotFound {
			return err
		}
		if now.SHA256 == sha && now.Own == (of != 0) {
			return &fault.Fault{Kind: fault.Conflict, Says: "These are the words of version " + strconv.FormatInt(now.Version, 10) + ", which is published already.",
				Fields: map[string]string{"body": "These are the words of the published version."}}
		}
		version, err := s.nextNumber(ctx, "terms")
		if err != nil {
			return err
		}
		n, err := s.insert(ctx, TermsPublish, "terms", set{"version", version}, set{"title", title}, set{"body", body},
			set{"sha256", sha}, set{"minor", minor && now.Own == (of != 0)}, set{"own", of != 0}, set{"published_at", s.Now()})
		id = TermsID(n)
		return err
	})
	return id, err
}

const longestTerms = 200_000 // bytes

func cleanTerms(title, body string) (string, string, error) {
	var bad fault.Problems
	title = strings.TrimSpace(title)
	checkText(&bad, "title", title, 200)
	if title == "" {
		bad.Add("title", "Give the terms a title.")
	}
	body = cleanLines(&bad, "body", body, longestTerms)
	if body == "" {
		bad.Add("body", "Write the terms.")
	}
	return title, body, bad.Err()
}

var oneBreak = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// cleanLines is text of several lines in one form: its line ends are those of
// Unix, and nothing in it is unprintable.
func cleanLines(bad *fault.Problems, field, v string, most int) string {
	v = strings.TrimSpace(oneBreak.Replace(v))
	if len(v) > most {
		bad.Add(field, "This is %d bytes long; up to %d fit.", len(v), most)
	}
	if strings.ContainsFunc(v, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == 0x7f }) || strings.ToValidUTF8(v, "") != v {
		bad.Add(field, "This contains characters that cannot be shown. Please type it again.")
	}
	return v
}

// TermsVersion is a published version and how many people accepted it.
type TermsVersion struct {
	Terms
	Accepted int64
}

const termsVersions = `SELECT ` + termsColumns + `, (SELECT count(*) FROM {terms_acceptances} x WHERE x.terms_id = t.id) FROM `

func (t *TermsVersion) row(r *row) { t.Terms.row(r); t.Accepted = r.int() }

// TermsVersions lists every published version of the provider's terms, newest
// first.
func (s Staff) TermsVersions(ctx context.Context) ([]TermsVersion, error) {
	return list(ctx, s.scope, (*TermsVersion).row, termsVersions+`{terms} t WHERE t.own = 0 ORDER BY t.version DESC LIMIT 200`)
}

// TermsOf reads one published version.
func (s Staff) TermsOf(ctx context.Context, id TermsID) (Terms, error) {
	return one(ctx, s.scope, "version of the terms", (*Terms).row, `SELECT `+termsColumns+` FROM {terms} t WHERE t.id = :id`, p(":id", id))
}

// CurrentTerms is the newest published version: of the portal for whoever looks
// through one, else of the provider.
func (s scope) CurrentTerms(ctx context.Context) (Terms, error) { return s.termsFor(ctx, s.portal) }

// ProviderTerms is the newest version of a provider's terms.
func (y System) ProviderTerms(ctx context.Context, id ProviderID) (Terms, error) {
	return y.JoiningTerms(ctx, id, 0)
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
