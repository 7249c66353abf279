package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"strings"
	"time"

	"gatehouse/store/fault"
)

// OwnProofShared is the provider's setting that photos and the signature of a
// proof are the provider's own until somebody shares them: "off". They are
// shared unless set.
const OwnProofShared = "jobs.proof_shared"

// MostPhotos is how many photos one proof has.
const MostPhotos = 5

// Proof is what whoever does a job brings home: that it was done, or why not.
type Proof struct {
	ID         ProofID
	Kind       string // completed, failed
	Receiver   string
	Note       string
	Lat, Lon   Num
	Accuracy   Num // metres
	At         time.Time
	ReceivedAt time.Time
	Author     string
	Files      []JobFile // photos, and the signature
}

// Signature is the proof's signature, if there is one.
func (f Proof) Signature() (JobFile, bool) {
	for _, l := range f.Files {
		if l.Kind == "signature" {
			return l, true
		}
	}
	return JobFile{}, false
}

// Photos are the proof's photos.
func (f Proof) Photos() (out []JobFile) {
	for _, l := range f.Files {
		if l.Kind == "photo" {
			out = append(out, l)
		}
	}
	return out
}

const proofColumns = `f.id, f.kind, f.receiver, f.note, f.lat, f.lon, f.accuracy, f.at, f.received_at, f.author`

func (f *Proof) row(r *row) {
	f.ID, f.Kind, f.Receiver, f.Note, f.Lat, f.Lon, f.Accuracy = ProofID(r.int()), r.str(), r.str(), r.str(), r.num(), r.num(), r.num()
	f.At, f.ReceivedAt, f.Author = r.unix(), r.unix(), r.str()
}

// Proofs lists the proofs of a job with their files, oldest first. A client
// gets those its portal shares, without where they were taken and by whom.
func (s scope) Proofs(ctx context.Context, id JobID) ([]Proof, error) {
	if err := s.jobThere(ctx, id); err != nil {
		return nil, err
	}
	all, err := list(ctx, s, (*Proof).row, `SELECT `+proofColumns+` FROM {job_proofs} f WHERE f.job_id = :id ORDER BY f.id LIMIT 100`, p(":id", id))
	for i := range all {
		if all[i].Files, err = list(ctx, s, (*JobFile).row, `SELECT `+jobFileColumns+` FROM {job_files} l WHERE l.job_id = :id AND l.proof_id = :proof ORDER BY l.id LIMIT 20`,
			p(":id", id), p(":proof", all[i].ID)); err != nil {
			return nil, err
		}
	}
	return all, err
}

// NewProof is a proof about to be kept. Once is drawn with the page: sent
// twice, it is one.
type NewProof struct {
	Once               string
	Failed             bool
	Reason             string // why it failed
	Receiver, Note     string
	Lat, Lon, Accuracy Num
	At                 time.Time // when it was taken, on the phone's clock
	Photos             []NewPhoto
	Signature          []byte // a PNG, "" without one
	Rejected           []Rejection
}

// AddProof finishes a job: rejected items are noted, photos and signature are
// kept, and the status follows. All of it, or nothing. A proof that arrives
// again under its key changes nothing and is no error.
func (s Staff) AddProof(ctx context.Context, id JobID, n NewProof) (again bool, err error) {
	if n.Once == "" || !formKey(n.Once) {
		return false, fault.New(fault.Invalid, "The form did not arrive whole. Open it again.")
	}
	err = s.Update(ctx, func(s Staff) error {
		j, err := s.Job(ctx, id)
		if err != nil {
			return err
		}
		if again, err = s.proven(ctx, id, n.Once); err != nil || again {
			return err
		}
		v, err := s.doingJob(j)
		if err != nil {
			return err
		}
		if JobDone(j.Status) {
			return fault.New(fault.Conflict, "%s is %s already. If something is to be added, write a comment.", JobNumber(j.Number), StatusWords(j.Status))
		}
		if err := n.clean(j); err != nil {
			return err
		}
		return s.prove(ctx, v, j, n)
	})
	return again, err
}

func (s Staff) proven(ctx context.Context, id JobID, once string) (bool, error) {
	n, err := s.number(ctx, `SELECT count(*) FROM {job_proofs} f WHERE f.job_id = :id AND f.once = :once`, p(":id", id), p(":once", once))
	return n > 0, err
}

func (n *NewProof) clean(j Job) error {
	var bad fault.Problems
	n.Receiver, n.Reason = strings.Join(strings.Fields(n.Receiver), " "), strings.TrimSpace(n.Reason)
	checkText(&bad, "receiver", n.Receiver, 200)
	n.Note = cleanLines(&bad, "note", n.Note, 2000)
	if !n.Failed && j.Kind != JobWork && n.Receiver == "" {
		bad.Add("receiver", "Give the name of whoever received it.")
	}
	if n.Failed && n.Reason == "" {
		bad.Add("reason", "Say why: whoever reads this later will ask.")
	}
	if len(n.Photos) > MostPhotos {
		bad.Add("photos", "These are %d photos. Choose up to %d.", len(n.Photos), MostPhotos)
	}
	if n.Lat.OK != n.Lon.OK || n.Lat.OK && (n.Lat.V < -90 || n.Lat.V > 90 || n.Lon.V < -180 || n.Lon.V > 180) {
		n.Lat, n.Lon, n.Accuracy = Num{}, Num{}, Num{}
	}
	return bad.Err()
}

// taken is when a proof was taken: what the phone says, unless its clock is
// plainly wrong.
func (n NewProof) taken(j Job, now time.Time) time.Time {
	if n.At.IsZero() || n.At.After(now) || n.At.Before(j.CreatedAt) {
		return now
	}
	return n.At
}

func (s Staff) prove(ctx context.Context, v Verb, j Job, n NewProof) error {
	step := JobStep{To: JobCompleted}
	switch {
	case n.Failed && j.Kind == JobWork:
		step = JobStep{To: JobOnHold, Reason: n.Reason}
	case n.Failed:
		step = JobStep{To: JobFailed, Reason: n.Reason}
	case len(n.Rejected) > 0:
		if err := s.Reject(ctx, j.ID, n.Rejected); err != nil {
			return err
		}
	}
	if j.Kind == JobWork && j.Status == JobOpen && n.Failed { // it was begun, or nobody would know that it does not go on
		if err := s.step(ctx, j, JobStep{To: JobInProgress}); err != nil {
			return err
		}
		j.Status, j.Version = JobInProgress, j.Version+1
	}
	proof, err := s.putProof(ctx, v, j, n)
	if err != nil {
		return err
	}
	if err := s.putProofFiles(ctx, v, j.ID, proof, n); err != nil {
		return err
	}
	if err := s.tellJob(ctx, v, j.ID, JobEvent{Kind: "proof", Public: true, Says: n.Receiver}); err != nil {
		return err
	}
	return s.step(ctx, j, step)
}

func (s Staff) putProof(ctx context.Context, v Verb, j Job, n NewProof) (id ProofID, err error) {
	kind := "completed"
	if n.Failed {
		kind = "failed"
	}
	if err := s.Can(v); err != nil {
		return 0, err
	}
	err = s.db.query(ctx, s.conn, `INSERT INTO job_proofs (provider_id, job_id, kind, receiver, note, lat, lon, accuracy, at, received_at, user_id, author, once)
		VALUES (:provider, :job, :kind, :receiver, :note, :lat, :lon, :accuracy, :at, :now, nullif(:user, 0), :author, :once) RETURNING id`,
		s.binder([]int{0, 3, 7}, []arg{p(":job", j.ID), p(":kind", kind), p(":receiver", n.Receiver), p(":note", n.Note), p(":lat", n.Lat), p(":lon", n.Lon), p(":accuracy", n.Accuracy),
			p(":at", n.taken(j, s.Now())), p(":author", s.actor), p(":once", n.Once)}),
		func(r *row) error { id = ProofID(r.int()); return nil })
	return id, err
}

func (s Staff) putProofFiles(ctx context.Context, v Verb, job JobID, proof ProofID, n NewProof) error {
	own, err := s.OwnSettings(ctx)
	if err != nil {
		return err
	}
	shared := own[OwnProofShared] != "off"
	for i, photo := range n.Photos {
		if err := s.putProofFile(ctx, v, job, proof, "photo", "photo-"+number(float64(i+1))+".jpg", "image/jpeg", shared, photo.Full, photo.Thumb); err != nil {
			return err
		}
	}
	if len(n.Signature) == 0 {
		return nil
	}
	return s.putProofFile(ctx, v, job, proof, "signature", "signature.png", "image/png", shared, n.Signature, nil)
}

func (s Staff) putProofFile(ctx context.Context, v Verb, job JobID, proof ProofID, kind, name, media string, shared bool, full, thumb []byte) error {
	file, err := s.keepBytes(ctx, v, name, media, full)
	if err != nil {
		return err
	}
	small := FileID(0)
	if len(thumb) > 0 {
		if small, err = s.keepBytes(ctx, v, name, "image/jpeg", thumb); err != nil {
			return err
		}
	}
	_, err = s.write(ctx, v, `INSERT INTO <job_files> (provider_id, job_id, file_id, thumb_id, proof_id, kind, name, media, size, shared, user_id, author, at)
		VALUES (:provider, :job, :file, :thumb, :proof, :kind, :name, :media, :size, :shared, nullif(:user, 0), :author, :now)`,
		p(":job", job), p(":file", file), p(":thumb", orNull(small)), p(":proof", proof), p(":kind", kind), p(":name", name), p(":media", media), p(":size", len(full)), p(":shared", shared), p(":author", s.actor))
	return err
}

func (s Staff) keepBytes(ctx context.Context, v Verb, name, media string, data []byte) (FileID, error) {
	sum := sha256.Sum256(data)
	return s.keep(ctx, v, NewFile{Name: name, Media: media, Size: int64(len(data)), Sum: sum[:], Body: bytes.NewReader(data)})
}
