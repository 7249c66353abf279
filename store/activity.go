package store

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// Activity is one line of a customer's feed: something that happened to an
// asset, or to a job.
type Activity struct {
	At    time.Time
	Event Event // of an asset, where Job is empty
	Job   JobNews
}

// JobNews is what happened to a job: a line of its timeline, a public comment,
// or a document.
type JobNews struct {
	id      int64
	Job     Job // number, kind and what it is called
	Event   JobEvent
	Comment Comment
	File    JobFile
}

// OfJob reports whether the line is about a job.
func (a Activity) OfJob() bool { return a.Job.Job.ID != 0 }

// Kinds of lines about jobs, beside those of assets.
const (
	ActivityJobs      = "jobs"
	ActivityComments  = "comments"
	ActivityDocuments = "documents"
)

// activityKinds are the conditions of the kinds.
var activityKinds = map[string]string{ActivityJobs: `f.event_id IS NOT NULL`, ActivityComments: `f.comment_id IS NOT NULL`, ActivityDocuments: `f.file_id IS NOT NULL`}

// Activity reads the feed of what happened to assets and jobs, newest first:
// of those that the client sees at this moment, and of them what it sees.
func (c Client) Activity(ctx context.Context, f EventFilter) (Page[Activity], error) {
	if err := c.needs(FeatureActivity); err != nil {
		return Page[Activity]{}, err
	}
	if f.Limit == 0 {
		f.Limit = PageSize
	}
	from, err := readPlace(f.After)
	if err != nil {
		return Page[Activity]{}, err
	}
	jobs, err := c.jobNews(ctx, f, from)
	if err != nil {
		return Page[Activity]{}, err
	}
	assets, err := c.assetNews(ctx, f, from)
	if err != nil {
		return Page[Activity]{}, err
	}
	all := append(jobs, assets...)
	slices.SortFunc(all, func(a, b Activity) int { return a.place().after(b.place()) })
	out := Page[Activity]{Rows: all}
	if len(all) > f.Limit {
		out.Rows = all[:f.Limit]
		out.Next = out.Rows[f.Limit-1].place().cursor()
	}
	return out, nil
}

// feedPlace is where in the feed a line stands: lines about jobs come before
// those about assets of the same second.
type feedPlace struct {
	at    int64
	asset bool
	id    int64
}

// after orders places as the feed does: the newest first.
func (p feedPlace) after(q feedPlace) int {
	if p.at == q.at && p.asset != q.asset {
		if p.asset {
			return 1
		}
		return -1
	}
	return cmp.Or(cmp.Compare(q.at, p.at), cmp.Compare(q.id, p.id))
}

func (a Activity) place() feedPlace {
	if a.OfJob() {
		return feedPlace{a.At.Unix(), false, a.Job.id}
	}
	return feedPlace{a.At.Unix(), true, int64(a.Event.ID)}
}

// cursor keeps a place: ids of assets' events are written as negative.
func (p feedPlace) cursor() string {
	if p.asset {
		return writeCursor(p.at, -p.id)
	}
	return writeCursor(p.at, p.id)
}

func readPlace(after string) (*feedPlace, error) {
	if after == "" {
		return nil, nil
	}
	v, id, err := readCursor(after)
	at, ok := v.(int64)
	switch {
	case err != nil:
		return nil, err
	case !ok:
		_, _, err := readCursor("")
		return nil, err
	case id < 0:
		return &feedPlace{at, true, -id}, nil
	}
	return &feedPlace{at, false, id}, nil
}

// assetNews are the lines about assets after a place.
func (c Client) assetNews(ctx context.Context, f EventFilter, from *feedPlace) (out []Activity, err error) {
	if activityKinds[f.Kind] != "" || !c.May(EventRead) {
		return nil, nil
	}
	f.After = ""
	switch {
	case from != nil && from.asset:
		f.After = writeCursor(from.at, from.id)
	case from != nil: // all of that second
		f.After = writeCursor(from.at+1, 0)
	}
	f.Limit++
	all, err := c.Events(ctx, f)
	for _, e := range all.Rows {
		out = append(out, Activity{At: e.At, Event: e})
	}
	return out, err
}

const jobNewsColumns = `f.id, f.at, j.id, j.number, j.kind, coalesce(j.external_id, ''), j.subject, j.contact_name,
	e.kind, e.status, coalesce((SELECT x.name FROM {job_statuses} x WHERE x.id = e.sub_id), ''), e.says, e.actor, e.by_client, m.author, m.by_client, m.body, l.id, l.name, l.kind`

func (a *Activity) newsRow(r *row) {
	n := &a.Job
	n.id, a.At = r.int(), r.unix()
	n.Job.ID, n.Job.Number, n.Job.Kind, n.Job.ExternalID, n.Job.Subject, n.Job.ContactName = JobID(r.int()), r.int(), r.str(), r.str(), r.str(), r.str()
	n.Event.Kind, n.Event.Status, n.Event.SubName, n.Event.Says, n.Event.Actor, n.Event.ByClient = r.str(), r.str(), r.str(), r.str(), r.str(), r.bool()
	n.Event.At = a.At
	n.Comment.Author, n.Comment.ByClient, n.Comment.Body = r.str(), r.bool(), r.str()
	n.File.ID, n.File.Name, n.File.Kind = JobFileID(r.int()), r.str(), r.str()
}

// jobNews are the lines about jobs after a place. Each source is read behind
// its own wall: a line of which nothing is left to see is none.
func (c Client) jobNews(ctx context.Context, f EventFilter, from *feedPlace) ([]Activity, error) {
	kind, ofJobs := activityKinds[f.Kind]
	if f.Asset != 0 || f.Kind != "" && !ofJobs || !c.May(JobRead) {
		return nil, nil
	}
	text := `SELECT ` + jobNewsColumns + ` FROM {job_feed} f CROSS JOIN {jobs} j ON j.id = f.job_id LEFT JOIN {job_events} e ON e.id = f.event_id
		LEFT JOIN {job_comments} m ON m.id = f.comment_id LEFT JOIN {job_files} l ON l.id = f.file_id
		WHERE f.customer_id = :customer AND (e.id IS NOT NULL AND e.status <> 'closed' OR m.id IS NOT NULL OR l.id IS NOT NULL)` // closed is completed for a customer, who heard of that
	var args []arg
	if kind != "" {
		text += ` AND ` + kind
	}
	if from != nil {
		id := from.id
		if from.asset {
			id = 0 // none of that second
		}
		text, args = text+` AND (f.at, f.id) < (:after, :after_id)`, append(args, p(":after", from.at), p(":after_id", id))
	}
	return list(ctx, c.scope, (*Activity).newsRow, text+` ORDER BY f.at DESC, f.id DESC`+upTo(f.Limit+1), args...)
}
