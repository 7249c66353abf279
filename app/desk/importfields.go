package desk

import (
	"context"
	"strconv"
	"strings"

	"gatehouse/store"
)

func (t *assets) readFields(ctx context.Context, s store.Staff, c *cells, w *assetPlan) error {
	now := map[store.FieldID]string{}
	for _, f := range t.fields {
		if v := t.fieldValue(c, f); v != "" {
			now[f.ID] = v
		}
	}
	if len(now) == 0 {
		return nil
	}
	was := map[store.FieldID]string{}
	if w.was.ID != 0 {
		all, err := s.FieldValues(ctx, w.was.ID)
		if err != nil {
			return err
		}
		for _, v := range all {
			was[v.ID] = v.Value
		}
	}
	w.wasValues = map[store.FieldID]string{}
	for _, f := range t.fields {
		if v, given := now[f.ID]; given && v != was[f.ID] {
			w.diff.of(f.Label, was[f.ID], v)
			w.wasValues[f.ID] = was[f.ID]
			if w.edit.Values == nil {
				w.edit.Values = map[store.FieldID]string{}
			}
			w.edit.Values[f.ID] = v
		}
	}
	return nil
}

// fieldValue reads a cell into the form in which a field keeps it.
func (t *assets) fieldValue(c *cells, f store.Field) string { return c.field(fieldKey(f.ID), f.Kind) }

// field reads a cell as a value of one of the provider's own fields.
func (c *cells) field(key, kind string) string {
	v := c.text(key)
	switch {
	case v == "":
		return ""
	case kind == "number":
		if n := c.number(key); n.OK {
			return strconv.FormatFloat(n.V, 'f', -1, 64)
		}
		return ""
	case kind == "date":
		d, _ := c.day(key)
		if d.IsZero() {
			return ""
		}
		return d.Format("2006-01-02")
	case kind == "yesno":
		if w, ok := yesWords[strings.ToLower(v)]; ok {
			return w
		}
		c.bad.Add(key, "“%s” is neither yes nor no.", short(v))
		return ""
	}
	if says := store.CheckValue(v); says != "" {
		c.bad.Add(key, "%s", says)
	}
	return v
}

var yesWords = map[string]string{"yes": "yes", "y": "yes", "true": "yes", "1": "yes", "x": "yes", "ja": "yes", "oui": "yes", "si": "yes", "sí": "yes", "wahr": "yes",
	"no": "no", "n": "no", "false": "no", "0": "no", "nein": "no", "non": "no", "falsch": "no"}
