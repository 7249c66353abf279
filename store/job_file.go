package store

import (
	"context"
	"strings"
	"time"

	"gatehouse/store/fault"
)

// JobFile is a file of a job. Customers see it only if it is shared.
type JobFile struct {
	ID      JobFileID
	File    FileID
	Thumb   FileID
	Kind    string // photo, signature, document, proof
	Name    string
	Media   string
	Size    int64
	Caption string
	Shared  bool
	Author  string
	At      time.Time
	Proof   ProofID // whose photo or signature it is
}

const jobFileColumns = `l.id, l.file_id, coalesce(l.thumb_id, 0), l.kind, l.name, l.media, l.size, l.caption, l.shared, l.author, l.at, coalesce(l.proof_id, 0)`

func (l *JobFile) row(r *row) {
	l.ID, l.File, l.Thumb, l.Kind, l.Name, l.Media, l.Size, l.Caption = JobFileID(r.int()), FileID(r.int()), FileID(r.int()), r.str(), r.str(), r.str(), r.int(), r.str()
	l.Shared, l.Author, l.At, l.Proof = r.bool(), r.str(), r.unix(), ProofID(r.int())
}

// JobFiles lists the files of a job, oldest first; a client gets the shared
// ones, and those it sent itself.
func (s scope) JobFiles(ctx context.Context, id JobID) ([]JobFile, error) {
	if err := s.jobThere(ctx, id); err != nil {
		return nil, err
	}
	return list(ctx, s, (*JobFile).row, `SELECT `+jobFileColumns+` FROM {job_files} l WHERE l.job_id = :id ORDER BY l.id LIMIT 500`, p(":id", id))
}

// NewJobFile is a file about to be added to a job.
type NewJobFile struct {
	NewFile
	Kind    string
	Caption string
	Shared  bool
}

// AddJobFile keeps a file of a job. Sharing it at once needs the right to
// share.
func (s Staff) AddJobFile(ctx context.Context, id JobID, f NewJobFile) (made JobFileID, err error) {
	if err := s.Can(JobFileAdd); err != nil {
		return 0, err
	}
	if f.Shared && !s.May(JobFileShare) {
		return 0, fault.New(fault.Forbidden, "You may not share files with customers.")
	}
	var bad fault.Problems
	f.Caption = strings.TrimSpace(f.Caption)
	checkText(&bad, "caption", f.Caption, 200)
	if err := bad.Err(); err != nil {
		return 0, err
	}
	err = s.Update(ctx, func(s Staff) error {
		j, err := s.Job(ctx, id)
		if err != nil {
			return err
		}
		file, err := s.keep(ctx, JobFileAdd, f.NewFile)
		if err != nil {
			return err
		}
		if err := s.db.query(ctx, s.conn, `INSERT INTO job_files (provider_id, job_id, file_id, kind, name, media, size, caption, shared, user_id, author, at) VALUES (:provider, :job, :file, :kind, :name, :media, :size, :caption, :shared, nullif(:user, 0), :author, :now) RETURNING id`,
			s.binder([]int{0, 3, 7}, []arg{p(":job", id), p(":file", file), p(":kind", pick(f.Kind, "document")), p(":name", FileName(f.Name)), p(":media", f.Media), p(":size", f.Size), p(":caption", f.Caption), p(":shared", f.Shared), p(":author", s.actor)}),
			func(r *row) error { made = JobFileID(r.int()); return nil }); err != nil {
			return err
		}
		if err := s.tellJob(ctx, JobFileAdd, id, JobEvent{Kind: "file", Public: f.Shared, Detail: map[string]any{"name": FileName(f.Name)}}); err != nil {
			return err
		}
		return s.log(ctx, Line{Verb: JobFileAdd, ID: int64(id), Customer: j.Customer, Label: JobNumber(j.Number), Note: map[string]any{"file": FileName(f.Name)}})
	})
	return made, err
}

// ShareJobFile lets the customer see a file, or no longer.
func (s Staff) ShareJobFile(ctx context.Context, id JobFileID, shared bool) error {
	return s.change(ctx, JobFileShare, "job_files", int64(id), set{"shared", shared})
}

// RemoveJobFile removes a file of a job for good.
func (s Staff) RemoveJobFile(ctx context.Context, id JobFileID) error {
	return s.remove(ctx, JobFileRemove, "job_files", int64(id))
}
