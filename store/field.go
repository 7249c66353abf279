package store

import (
	"context"
	"strconv"
	"strings"
	"time"

	"gatehouse/store/fault"
)

// Field is a column of its own that a provider adds to its assets. Customers
// see a field only if it is shared.
type Field struct {
	ID FieldID
	FieldInput
}

// FieldInput is what people type about a field.
type FieldInput struct {
	Label    string
	Kind     string // text, number, date, yesno
	Shared   bool
	Position int64
}

// FieldKinds are the kinds of values a field can hold.
var FieldKinds = []string{"text", "number", "date", "yesno"}

// mostFields is how many fields a provider can have: each is a line of a form.
const mostFields = 40

const fieldColumns = `d.id, d.label, d.kind, d.shared, d.position`

func (f *Field) row(r *row) {
	f.ID, f.Label, f.Kind, f.Shared, f.Position = FieldID(r.int()), r.str(), r.str(), r.bool(), r.int()
}

func (f *FieldInput) clean() error {
	var bad fault.Problems
	f.Label = strings.TrimSpace(f.Label)
	checkText(&bad, "label", f.Label, 100)
	if f.Label == "" {
		bad.Add("label", "Give the field a name.")
	}
	if !contains(FieldKinds, f.Kind) {
		bad.Add("kind", "Choose what the field holds.")
	}
	return bad.Err()
}

func (f FieldInput) sets() []set {
	return []set{{"label", f.Label}, {"kind", f.Kind}, {"shared", f.Shared}, {"position", f.Position}}
}

// Fields lists the provider's fields in their order; a client gets the shared ones.
func (s scope) Fields(ctx context.Context) ([]Field, error) {
	return list(ctx, s, (*Field).row, `SELECT `+fieldColumns+` FROM {asset_fields} d ORDER BY d.position, d.label`)
}

// Field reads one field.
func (s Staff) Field(ctx context.Context, id FieldID) (Field, error) {
	return one(ctx, s.scope, "field", (*Field).row, `SELECT `+fieldColumns+` FROM {asset_fields} d WHERE d.id = :id`, p(":id", id))
}

// AddField adds a field to all assets.
func (s Staff) AddField(ctx context.Context, f FieldInput) (id FieldID, err error) {
	if err := f.clean(); err != nil {
		return 0, err
	}
	err = s.Update(ctx, func(s Staff) error {
		all, err := s.Fields(ctx)
		if err != nil {
			return err
		}
		if len(all) >= mostFields {
			return fault.Field("label", "There are %d fields already; that is as many as fit.", mostFields)
		}
		n, err := s.insert(ctx, FieldAdd, "asset_fields", f.sets()...)
		id = FieldID(n)
		return err
	})
	return id, err
}

// ChangeField renames, moves or shares a field. Its kind stays while there are
// values, which would not fit another.
func (s Staff) ChangeField(ctx context.Context, id FieldID, f FieldInput) error {
	if err := f.clean(); err != nil {
		return err
	}
	return s.Update(ctx, func(s Staff) error {
		was, err := s.Field(ctx, id)
		if err != nil {
			return err
		}
		if was.Kind != f.Kind {
			n, err := s.number(ctx, `SELECT count(*) FROM {asset_values} v WHERE v.field_id = :id`, p(":id", id))
			if err != nil {
				return err
			}
			if n > 0 {
				return fault.Field("kind", "%d assets have a value here that would not fit. Add a new field instead.", n)
			}
		}
		return s.change(ctx, FieldChange, "asset_fields", int64(id), f.sets()...)
	})
}

// RemoveField removes a field with its values.
func (s Staff) RemoveField(ctx context.Context, id FieldID) error {
	return s.remove(ctx, FieldRemove, "asset_fields", int64(id))
}

// FieldValue is what a field says of one asset.
type FieldValue struct {
	Field
	Value string // numbers with a point, dates as 2006-01-02, yes or no
}

// FieldValues lists the fields with what they say of an asset, "" for nothing.
func (s scope) FieldValues(ctx context.Context, id AssetID) ([]FieldValue, error) {
	if err := s.there(ctx, id); err != nil {
		return nil, err
	}
	return list(ctx, s, func(v *FieldValue, r *row) { v.row(r); v.Value = r.str() }, `SELECT `+fieldColumns+`, coalesce((SELECT v.value FROM {asset_values} v WHERE v.asset_id = :id AND v.field_id = d.id), '')
		FROM {asset_fields} d ORDER BY d.position, d.label`, p(":id", id))
}

// setValues stores what fields say of an asset; "" takes a value away.
func (s Staff) setValues(ctx context.Context, v Verb, id AssetID, values map[FieldID]string) error {
	if len(values) == 0 {
		return nil
	}
	was, err := s.FieldValues(ctx, id)
	if err != nil {
		return err
	}
	var bad fault.Problems
	changes, known := map[string][2]any{}, 0
	for _, f := range was {
		value, given := values[f.ID]
		if !given {
			continue
		}
		known++
		value, err := f.Field.clean(value)
		if err != nil {
			bad.Add("field_"+strconv.FormatInt(int64(f.ID), 10), "%s", fault.Says(err))
		} else if value != f.Value {
			changes[f.Label] = [2]any{f.Value, value}
			if err := s.putValue(ctx, v, id, f.ID, value); err != nil {
				return err
			}
		}
	}
	if known != len(values) {
		return fault.New(fault.NotFound, "There is no such field.")
	}
	if err := bad.Err(); err != nil || len(changes) == 0 {
		return err
	}
	return s.log(ctx, Line{Verb: v, ID: int64(id), Changes: changes})
}

func (s Staff) putValue(ctx context.Context, v Verb, id AssetID, field FieldID, value string) (err error) {
	if value == "" {
		_, err = s.write(ctx, v, `DELETE FROM <asset_values> WHERE {mine:asset_values} AND asset_id = :asset AND field_id = :field`, p(":asset", id), p(":field", field))
		return err
	}
	_, err = s.write(ctx, v, `INSERT INTO <asset_values> (provider_id, asset_id, field_id, value) VALUES (:provider, :asset, :field, :value)
		ON CONFLICT (provider_id, asset_id, field_id) DO UPDATE SET value = excluded.value`, p(":asset", id), p(":field", field), p(":value", value))
	return err
}

// CheckValue says what is wrong with a text for a field, "" if nothing is.
func CheckValue(v string) string {
	var bad fault.Problems
	checkText(&bad, "value", v, 500)
	return bad["value"]
}

// clean brings a value into the form it is kept in.
func (f Field) clean(value string) (string, error) {
	value = strings.TrimSpace(value)
	if value == "" {
		return "", nil
	}
	switch f.Kind {
	case "number":
		n, err := strconv.ParseFloat(strings.Replace(value, ",", ".", 1), 64)
		if err != nil || n != n || n > 1e15 || n < -1e15 {
			return "", fault.New(fault.Invalid, "Give a number, such as 12.5.")
		}
		return strconv.FormatFloat(n, 'f', -1, 64), nil
	case "date":
		if d, err := time.Parse("2006-01-02", value); err != nil || d.Year() < 1900 || d.Year() > 2200 {
			return "", fault.New(fault.Invalid, "Give a date.")
		}
		return value, nil
	case "yesno":
		switch strings.ToLower(value) {
		case "yes", "true", "1", "on":
			return "yes", nil
		case "no", "false", "0":
			return "no", nil
		}
		return "", fault.New(fault.Invalid, "Say yes or no.")
	}
	if says := CheckValue(value); says != "" {
		return "", fault.New(fault.Invalid, "%s", says)
	}
	return value, nil
}
