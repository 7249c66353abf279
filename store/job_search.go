package store

import (
	"context"
	"strings"
)

// jobWords is what a job is found by. Nothing is in it that a client who may
// see the job may not read.
func jobWords(number string, e JobEdit) map[string]bool {
	out := map[string]bool{}
	texts := []string{number, e.ExternalID, e.Subject, e.Address, e.ContactName}
	for _, i := range e.Items {
		if len(out) > 400 {
			break // a thousand items: the first hundreds find it
		}
		texts = append(texts, i.SKU, clip(i.Serials, 400))
	}
	for _, text := range texts {
		addWords(out, text)
	}
	return out
}

// addWords adds the words of a text, as wordsOf does for an asset.
func addWords(out map[string]bool, text string) {
	for _, piece := range strings.Fields(text) {
		parts := words(piece)
		add(out, strings.Join(parts, ""))
		for _, w := range parts {
			add(out, w)
			for _, run := range runs(w) {
				add(out, run)
			}
		}
	}
}

// indexJob makes a job findable by what it now says. Without items in the
// edit those it has count.
func (s Staff) indexJob(ctx context.Context, id JobID, number string, e JobEdit) (err error) {
	if e.Items == nil {
		if e.Items, err = s.JobItems(ctx, id); err != nil {
			return err
		}
	}
	return s.putJobWords(ctx, id, number, e)
}

func (s scope) putJobWords(ctx context.Context, id JobID, number string, e JobEdit) error {
	var b strings.Builder
	for w := range jobWords(number, e) {
		b.WriteString(s.prefix() + w + " ")
	}
	words := b.String()
	if later, err := s.waitJob(ctx, id, &words); later {
		return err
	}
	return s.saveJobWords(ctx, id, &words)
}

// IndexJobs makes every job of the appliance findable that was written past
// the scopes, by a generator. Items are left out.
func (y System) IndexJobs(ctx context.Context) error {
	type one struct {
		id       JobID
		provider ProviderID
		number   int64
		in       JobInput
	}
	for last := JobID(0); ; {
		some, err := sysList(ctx, y, func(o *one, r *row) {
			o.id, o.provider, o.number = JobID(r.int()), ProviderID(r.int()), r.int()
			o.in = JobInput{ExternalID: r.str(), Subject: r.str(), Address: r.str(), ContactName: r.str()}
		}, `SELECT id, provider_id, number, coalesce(external_id, ''), subject, address, contact_name FROM jobs WHERE id > :last ORDER BY id LIMIT 10000`, p(":last", last))
		if err != nil || len(some) == 0 {
			return err
		}
		err = y.Update(ctx, func(y System) error {
			for _, o := range some {
				if err := (scope{db: y.db, conn: y.conn, at: y.at, provider: o.provider}).putJobWords(ctx, o.id, JobNumber(o.number), JobEdit{JobInput: o.in}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		last = some[len(some)-1].id
	}
}

// saveJobWords writes the words of a job into the index, or takes them out.
func (s scope) saveJobWords(ctx context.Context, id JobID, words *string) error {
	if words == nil {
		return s.db.query(ctx, s.conn, `DELETE FROM job_search WHERE rowid = :id`, s.binder(nil, []arg{p(":id", id)}), func(*row) error { return nil })
	}
	return s.db.query(ctx, s.conn, `INSERT OR REPLACE INTO job_search (rowid, words) VALUES (:id, :words)`,
		s.binder(nil, []arg{p(":id", id), p(":words", *words)}), func(*row) error { return nil })
}
