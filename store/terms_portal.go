package store

import (
	"context"

	"gatehouse/store/fault"
)

// PortalTerms says which terms hold in a portal.
type PortalTerms struct {
	Current  Terms
	Versions []TermsVersion // its own, newest first; also those of before it went back
}

// PortalTerms reads which terms hold in a portal, and which it had of its own.
func (s Staff) PortalTerms(ctx context.Context, of PortalID) (t PortalTerms, err error) {
	if _, err := s.Portal(ctx, of); err != nil {
		return t, err
	}
	if t.Current, err = s.termsFor(ctx, of); err != nil && fault.Of(err) != fault.NotFound {
		return t, err
	}
	t.Versions, err = list(ctx, s.scope, (*TermsVersion).row, termsVersions+`{portal_terms} w CROSS JOIN {terms} t ON t.id = w.terms_id WHERE w.portal_id = :of ORDER BY w.terms_id DESC LIMIT 200`, p(":of", of))
	return t, err
}

// PublishPortalTerms gives a portal terms of its own, or a new version of them:
// from its next request on they hold there, and the provider's do not. The
// first ones are never minor: nobody has accepted them yet.
func (s Staff) PublishPortalTerms(ctx context.Context, of PortalID, title, body string, minor bool) (id TermsID, err error) {
	err = s.Update(ctx, func(s Staff) error {
		o, err := s.Portal(ctx, of)
		if err != nil {
			return err
		}
		if id, err = s.publishTerms(ctx, of, title, body, minor); err != nil {
			return err
		}
		if _, err := s.write(ctx, TermsPublish, `INSERT INTO <portal_terms> (provider_id, portal_id, terms_id) VALUES (:provider, :of, :id)`, p(":of", of), p(":id", id)); err != nil {
			return err
		}
		t, err := s.TermsOf(ctx, id)
		if err != nil {
			return err
		}
		return s.log(ctx, Line{Verb: PortalTermsSet, ID: int64(of), Customer: o.Customer, Label: o.Name, Note: map[string]any{"terms": t.Version}})
	})
	return id, err
}

// EndPortalTerms lets the provider's terms hold in a portal again. Whoever never
// accepted these is asked at the next request.
func (s Staff) EndPortalTerms(ctx context.Context, of PortalID) error {
	return s.Update(ctx, func(s Staff) error {
		o, err := s.Portal(ctx, of)
		if err != nil {
			return err
		}
		n, err := s.write(ctx, PortalTermsEnd, `UPDATE <portal_terms> SET ended_at = :now WHERE portal_id = :of AND ended_at IS NULL AND {mine:portal_terms}`, p(":of", of), p(":now", s.Now()))
		if err != nil || n == 0 {
			return err
		}
		return s.log(ctx, Line{Verb: PortalTermsEnd, ID: int64(of), Customer: o.Customer, Label: o.Name})
	})
}

// termsFor are the terms that hold in a portal, or with 0 the provider's.
func (s scope) termsFor(ctx context.Context, of PortalID) (Terms, error) {
	return one(ctx, s, "terms", (*Terms).row, `SELECT `+termsColumns+` FROM {terms} t WHERE t.id = coalesce(
		(SELECT max(w.terms_id) FROM {portal_terms} w WHERE w.portal_id = :of AND w.ended_at IS NULL), (SELECT z.id FROM {terms} z WHERE z.own = 0 ORDER BY z.version DESC LIMIT 1))`, p(":of", of))
}

// JoiningTerms are the terms that hold in a portal, or with 0 the provider's,
// for people who have no session yet.
func (y System) JoiningTerms(ctx context.Context, id ProviderID, of PortalID) (Terms, error) {
	return sysOne(ctx, y, "terms", (*Terms).row, `SELECT `+termsColumns+` FROM terms t WHERE t.provider_id = :id AND t.id = coalesce(
		(SELECT max(w.terms_id) FROM portal_terms w WHERE w.provider_id = :id AND w.portal_id = :of AND w.ended_at IS NULL),
		(SELECT z.id FROM terms z WHERE z.provider_id = :id AND z.own = 0 ORDER BY z.version DESC LIMIT 1))`, p(":id", id), p(":of", of))
}

// dueTerms are four numbers: the newest version that has to be accepted in a
// portal and the newest that the person accepted there, of the portal's own
// terms, and then of the provider's.
const dueTerms = `coalesce((SELECT max(t.version) FROM portal_terms w JOIN terms t ON t.provider_id = w.provider_id AND t.id = w.terms_id
			WHERE w.provider_id = o.provider_id AND w.portal_id = o.id AND w.ended_at IS NULL AND t.minor = 0), 0),
		coalesce((SELECT max(a.version) FROM terms_acceptances a JOIN portal_terms w ON w.provider_id = a.provider_id AND w.portal_id = a.portal_id AND w.terms_id = a.terms_id AND w.ended_at IS NULL
			WHERE a.provider_id = o.provider_id AND a.user_id = u.id AND a.portal_id = o.id), 0),
		coalesce((SELECT max(version) FROM terms t WHERE t.provider_id = o.provider_id AND t.own = 0 AND t.minor = 0), 0),
		coalesce((SELECT max(a.version) FROM terms_acceptances a JOIN terms t ON t.provider_id = a.provider_id AND t.id = a.terms_id AND t.own = 0
			WHERE a.provider_id = o.provider_id AND a.user_id = u.id AND a.portal_id = o.id), 0)`

// readDue is the version that has to be accepted before anything is shown, or 0.
func readDue(r *row) int64 {
	newest, accepted := r.int(), r.int()
	ours, taken := r.int(), r.int()
	if newest == 0 {
		newest, accepted = ours, taken
	}
	if newest > accepted {
		return newest
	}
	return 0
}
