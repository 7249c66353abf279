package store

import (
	"context"
	"encoding/json"
	"time"

	"gatehouse/store/fault"
)

// JobEvent is one line of a job's timeline. A client reads the public ones,
// without who of the provider's people did it and without Detail.
type JobEvent struct {
	ID       JobEventID
	At       time.Time
	Kind     string // created, status, started, arrived, assigned, changed, comment, note, file, proof, attempt, link
	Public   bool
	Status   string // of status and created: the one it became
	Sub      JobStatusID
	SubName  string
	Says     string // fit for customers
	ActorID  UserID
	Actor    string
	ByClient bool
	Detail   map[string]any // for the provider's people
}

const jobEventColumns = `e.id, e.at, e.kind, e.public, e.status, coalesce(e.sub_id, 0), coalesce((SELECT x.name FROM {job_statuses} x WHERE x.id = e.sub_id), ''), e.says, coalesce(e.actor_id, 0), e.actor, e.by_client, e.detail`

func (e *JobEvent) row(r *row) {
	e.ID, e.At, e.Kind, e.Public, e.Status, e.Sub, e.SubName, e.Says = JobEventID(r.int()), r.unix(), r.str(), r.bool(), r.str(), JobStatusID(r.int()), r.str(), r.str()
	e.ActorID, e.Actor, e.ByClient = UserID(r.int()), r.str(), r.bool()
	_ = json.Unmarshal([]byte(r.str()), &e.Detail) // the table checks that it is JSON
}

// JobTimeline reads what happened to a job, oldest first.
func (s scope) JobTimeline(ctx context.Context, id JobID) ([]JobEvent, error) {
	if err := s.jobThere(ctx, id); err != nil {
		return nil, err
	}
	return list(ctx, s, (*JobEvent).row, `SELECT `+jobEventColumns+` FROM {job_events} e WHERE e.job_id = :id ORDER BY e.id LIMIT 2000`, p(":id", id))
}

// tellJob adds a line to the timeline of a job, inside Update, under the verb
// that the caller has checked and is about to use.
func (s scope) tellJob(ctx context.Context, v Verb, id JobID, e JobEvent) error {
	if e.Detail == nil {
		e.Detail = map[string]any{}
	}
	b, err := json.Marshal(e.Detail)
	if err != nil {
		return err
	}
	_, err = s.write(ctx, v, `INSERT INTO <job_events> (provider_id, job_id, at, kind, public, status, sub_id, says, actor_id, actor, by_client, detail)
		VALUES (:provider, :job, :now, :kind, :public, :status, :sub, :says, nullif(:user, 0), :actor, :client, :detail)`,
		p(":job", id), p(":kind", e.Kind), p(":public", e.Public), p(":status", e.Status), p(":sub", orNull(e.Sub)), p(":says", e.Says),
		p(":actor", s.actor), p(":client", s.customer != 0), p(":detail", string(b)))
	return err
}

// tellChanges adds what an edit alters to the timeline: who does it and when
// are lines of their own, because the customer may read that much.
func (s Staff) tellChanges(ctx context.Context, was Job, e JobEdit, status string) error {
	if was.Assignee != e.Assignee || was.Vehicle != e.Vehicle {
		d := map[string]any{"vehicle": e.Vehicle}
		if e.Assignee != 0 {
			name, err := list(ctx, s.scope, intoStr, `SELECT u.name FROM {users} u WHERE u.id = :id`, p(":id", e.Assignee))
			if err != nil {
				return err
			}
			if len(name) > 0 {
				d["assignee"] = name[0]
			}
		}
		if err := s.tellJob(ctx, JobChange, was.ID, JobEvent{Kind: "assigned", Detail: d}); err != nil {
			return err
		}
	}
	if status != was.Status {
		if err := s.tellJob(ctx, JobChange, was.ID, JobEvent{Kind: "status", Public: true, Status: status}); err != nil {
			return err
		}
	}
	if was.Day != e.Day || was.From != e.From || was.To != e.To {
		return s.tellJob(ctx, JobChange, was.ID, JobEvent{Kind: "appointment", Public: true, Says: appointment(e.JobInput), Detail: map[string]any{"was": appointment(was.JobInput)}})
	}
	return nil
}

// appointment is a day and window as the timeline keeps it.
func appointment(j JobInput) string {
	out := j.Day
	if j.From != "" || j.To != "" {
		out += " " + j.From + "–" + j.To
	}
	return out
}

// Comment is what somebody wrote about a job. Private ones are for the
// provider's people and have a table of their own.
type Comment struct {
	ID       CommentID
	At       time.Time
	Author   string // "" for a client: somebody at the provider
	ByClient bool
	Private  bool
	Body     string
}

// JobComments reads what was written about a job, oldest first. Staff reads
// private notes among it.
func (s scope) JobComments(ctx context.Context, id JobID) ([]Comment, error) {
	if err := s.jobThere(ctx, id); err != nil {
		return nil, err
	}
	text := `SELECT m.id, m.at AS at, m.author, m.by_client, 0, m.body FROM {job_comments} m WHERE m.job_id = :id`
	if s.May(JobNoteRead) {
		text += ` UNION ALL SELECT n.id, n.at AS at, n.author, 0, 1, n.body FROM {job_notes} n WHERE n.job_id = :id`
	}
	return list(ctx, s, func(c *Comment, r *row) {
		c.ID, c.At, c.Author, c.ByClient, c.Private, c.Body = CommentID(r.int()), r.unix(), r.str(), r.bool(), r.bool(), r.str()
	}, text+` ORDER BY at, 1 LIMIT 2000`, p(":id", id))
}

// NewComment is a comment about to be written. Once is the key of its form:
// sent twice, it is written once.
type NewComment struct {
	Body    string
	Private bool
	Once    string
}

// CommentJob writes about a job: for the customer as well, or in private.
func (s Staff) CommentJob(ctx context.Context, id JobID, c NewComment) error {
	if c.Private {
		return s.comment(ctx, JobNote, "job_notes", id, c)
	}
	return s.comment(ctx, JobComment, "job_comments", id, c)
}

// CommentJob writes to the provider about a job of a shape on which the portal
// lets its people comment.
func (c Client) CommentJob(ctx context.Context, id JobID, n NewComment) error {
	if n.Private {
		return fault.New(fault.Forbidden, "Private notes are the provider's.")
	}
	j, err := c.Job(ctx, id)
	if err != nil {
		return err
	}
	need := FeatureDeliveryComments
	if j.Kind == JobWork {
		need = FeatureJobComments
	}
	if err := c.needs(need); err != nil {
		return err
	}
	return c.comment(ctx, JobComment, "job_comments", id, n)
}

func (s scope) comment(ctx context.Context, v Verb, table string, id JobID, c NewComment) error {
	if err := s.Can(v); err != nil {
		return err
	}
	var bad fault.Problems
	c.Body = cleanLines(&bad, "body", c.Body, 8000)
	if c.Body == "" {
		bad.Add("body", "Write something first.")
	}
	if !formKey(c.Once) {
		bad.Add("body", "The form did not arrive whole. Open it again.")
	}
	if err := bad.Err(); err != nil {
		return err
	}
	return s.update(ctx, func(s scope) error {
		j, err := s.Job(ctx, id)
		if err != nil {
			return err
		}
		client, value, args := ``, ``, []arg{p(":job", id), p(":author", s.actor), p(":body", c.Body), p(":once", c.Once)}
		if table == "job_comments" {
			client, value, args = `, by_client`, `, :client`, append(args, p(":client", s.customer != 0))
		}
		n, err := s.write(ctx, v, `INSERT INTO <`+table+`> (provider_id, job_id, at, user_id, author, body, once`+client+`) VALUES (:provider, :job, :now, nullif(:user, 0), :author, :body, :once`+value+`) ON CONFLICT DO NOTHING`, args...)
		if err != nil || n == 0 {
			return err
		}
		return s.log(ctx, Line{Verb: v, ID: int64(id), Customer: j.Customer, Label: JobNumber(j.Number)})
	})
}
