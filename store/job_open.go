package store

import (
	"context"
	"encoding/hex"

	"gatehouse/store/fault"
)

// jobFileClient is which files of jobs clients see: those that were shared,
// where the portal shares documents or proofs, and what they sent themselves.
const jobFileClient = `(shared = 1 AND EXISTS (SELECT 1 FROM jobs k WHERE k.provider_id = :provider AND k.id = job_files.job_id AND (k.kind = 'work' AND :sees_work_files OR k.kind <> 'work' AND :sees_proof)) OR by_client = 1 AND user_id = :user)`

// ofFiles is the wall of files and of their parts: a file is seen by whoever
// sees the line of a job that names it. Staff with all groups may see every
// file; which one a page offers is decided by what it reads beside it.
func ofFiles(file string) wall {
	of := ofJobs("job_files", jobFileClient, "")
	in := func(cond string) string {
		named := func(column string) string {
			return `EXISTS (SELECT 1 FROM job_files WHERE job_files.provider_id = :provider AND job_files.` + column + ` = ` + file + ` AND ` + cond + `)`
		}
		return `(` + named("file_id") + ` OR ` + named("thumb_id") + `)`
	}
	return wall{read: JobRead, grouped: in(of.grouped), client: in(of.client), units: in(of.units)}
}

// OpenJobFile opens a file of a job, or the small picture of one. Who may not
// see the job, or the file, gets NotFound: also at an address that worked
// before.
func (s scope) OpenJobFile(ctx context.Context, job JobID, id JobFileID, thumb bool) (*FileReader, error) {
	column := `l.file_id`
	if thumb {
		column = `coalesce(l.thumb_id, l.file_id)`
	}
	type tagged struct {
		File
		sum []byte
	}
	found, err := list(ctx, s, func(f *tagged, r *row) { f.row(r); f.sum = r.bytes() },
		`SELECT f.id, l.name, f.media, f.size, f.created_at, f.sha256 FROM {job_files} l JOIN {files} f ON f.id = `+column+` WHERE l.id = :id AND l.job_id = :job`, p(":id", id), p(":job", job))
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, fault.New(fault.NotFound, "There is no such file, or it is not shared with you.")
	}
	return &FileReader{File: found[0].File, Tag: hex.EncodeToString(found[0].sum), ctx: ctx, s: s, chunks: map[int64][]byte{}}, nil
}
