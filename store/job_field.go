package store

import (
	"context"
	"strconv"
	"strings"

	"gatehouse/store/fault"
)

// JobField is a column of its own that a provider adds to its jobs: to all, or
// to those of one shape. Customers see it only if it is shared.
type JobField struct {
	ID       JobFieldID
	Label    string
	Kind     string // text, number, date, yesno
	Shape    string // "", work, delivery
	Shared   bool
	Position int64
}

const jobFieldColumns = `d.id, d.label, d.kind, d.shape, d.shared, d.position`

func (f *JobField) row(r *row) {
	f.ID, f.Label, f.Kind, f.Shape, f.Shared, f.Position = JobFieldID(r.int()), r.str(), r.str(), r.str(), r.bool(), r.int()
}

// JobFields lists the fields of jobs in their order.
func (s scope) JobFields(ctx context.Context) ([]JobField, error) {
	return list(ctx, s, (*JobField).row, `SELECT `+jobFieldColumns+` FROM {job_fields} d ORDER BY d.position, d.label`)
}

// SaveJobField adds a field (id 0) or renames, moves or shares one. Its kind
// and shape stay as they are.
func (s Staff) SaveJobField(ctx context.Context, f JobField) (id JobFieldID, err error) {
	if err := s.Can(JobSettings); err != nil {
		return 0, err
	}
	in := FieldInput{Label: f.Label, Kind: f.Kind}
	if f.ID != 0 {
		in.Kind = "text"
	}
	if err := in.clean(); err != nil {
		return 0, err
	}
	if !contains([]string{"", JobWork, JobDelivery}, f.Shape) {
		return 0, fault.Field("shape", "Choose which jobs have this field.")
	}
	sets := []set{{"label", in.Label}, {"shared", f.Shared}, {"position", f.Position}}
	err = s.Update(ctx, func(s Staff) error {
		if id = f.ID; id != 0 {
			return s.change(ctx, JobSettings, "job_fields", int64(id), sets...)
		}
		all, err := s.JobFields(ctx)
		if err != nil {
			return err
		}
		if len(all) >= mostFields {
			return fault.Field("label", "There are %d fields already; that is as many as fit.", mostFields)
		}
		n, err := s.insert(ctx, JobSettings, "job_fields", append(sets, set{"kind", f.Kind}, set{"shape", f.Shape})...)
		id = JobFieldID(n)
		return err
	})
	return id, err
}

// RemoveJobField removes a field with its values.
func (s Staff) RemoveJobField(ctx context.Context, id JobFieldID) error {
	return s.remove(ctx, JobSettings, "job_fields", int64(id))
}

// JobFieldValue is what a field says of one job.
type JobFieldValue struct {
	JobField
	Value string
}

// JobValues lists the fields of a job's shape with what they say, "" for
// nothing. A client gets the shared ones.
func (s scope) JobValues(ctx context.Context, id JobID) ([]JobFieldValue, error) {
	j, err := one(ctx, s, "job", intoStr, `SELECT j.kind FROM {jobs} j WHERE j.id = :id`, p(":id", id))
	if err != nil {
		return nil, err
	}
	return list(ctx, s, func(v *JobFieldValue, r *row) { v.row(r); v.Value = r.str() },
		`SELECT `+jobFieldColumns+`, coalesce((SELECT v.value FROM {job_values} v WHERE v.job_id = :id AND v.field_id = d.id), '')
		FROM {job_fields} d WHERE d.shape IN ('', :shape) ORDER BY d.position, d.label`, p(":id", id), p(":shape", jobShape(j)))
}

// setJobValues stores what fields say of a job; "" takes a value away.
func (s Staff) setJobValues(ctx context.Context, v Verb, id JobID, shape string, values map[JobFieldID]string) error {
	if len(values) == 0 {
		return nil
	}
	all, err := s.JobFields(ctx)
	if err != nil {
		return err
	}
	var bad fault.Problems
	known := 0
	for _, f := range all {
		value, given := values[f.ID]
		if !given || f.Shape != "" && f.Shape != shape {
			continue
		}
		known++
		value, err := Field{FieldInput: FieldInput{Kind: f.Kind}}.clean(strings.TrimSpace(value))
		if err != nil {
			bad.Add("field_"+strconv.FormatInt(int64(f.ID), 10), "%s", fault.Says(err))
			continue
		}
		if err := s.putJobValue(ctx, v, id, f.ID, value); err != nil {
			return err
		}
	}
	if known != len(values) {
		return fault.New(fault.NotFound, "There is no such field.")
	}
	return bad.Err()
}

func (s Staff) putJobValue(ctx context.Context, v Verb, id JobID, field JobFieldID, value string) (err error) {
	if value == "" {
		_, err = s.write(ctx, v, `DELETE FROM <job_values> WHERE {mine:job_values} AND job_id = :job AND field_id = :field`, p(":job", id), p(":field", field))
		return err
	}
	_, err = s.write(ctx, v, `INSERT INTO <job_values> (provider_id, job_id, field_id, value) VALUES (:provider, :job, :field, :value)
		ON CONFLICT (provider_id, job_id, field_id) DO UPDATE SET value = excluded.value`, p(":job", id), p(":field", field), p(":value", value))
	return err
}
