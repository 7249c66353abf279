package store

import (
	"context"
	"encoding/json"
	"strings"

	"zombiezen.com/go/sqlite"

	"gatehouse/store/fault"
)

// set is one column and its value.
type set struct {
	column string
	value  any
}

// labels says which column of a table people know its rows by; the audit log
// keeps it, so that a line stays readable when the row is gone.
var labels = map[string]string{
	"customers": "name", "customer_types": "name", "contacts": "name", "groups": "name", "assets": "name",
	"asset_fields": "label", "feeds": "name", "imports": "file_name", "themes": "name", "portals": "name", "portal_templates": "name",
	"invitations": "email", "terms": "title", "users": "name", "outbox": "subject",
	"vehicles": "name", "roles": "name",
	"jobs": "'J-' || number", "sites": "name", "job_priorities": "name", "job_statuses": "name", "job_fields": "label", "tracking_links": "hint", "saved_filters": "name",
}

// secrets are columns whose values the audit log never shows.
var secrets = map[string]bool{"password": true, "secret": true, "hash": true, "url": false}

// insert adds a row of the scope's own provider (and customer, for a client),
// if v is granted, and writes the audit line.
func (s scope) insert(ctx context.Context, v Verb, into string, sets ...set) (id int64, err error) {
	if err := s.Can(v); err != nil {
		return 0, err
	}
	sets = append(sets, set{"provider_id", int64(s.provider)})
	if s.customer != 0 && clientOwned[into] {
		sets = append(sets, set{"customer_id", int64(s.customer)})
	}
	cols := make([]string, len(sets))
	for i, c := range sets {
		cols[i] = c.column
	}
	text := `INSERT INTO ` + into + ` (` + strings.Join(cols, ", ") + `) VALUES (:` + strings.Join(cols, ", :") + `) RETURNING id`
	err = s.update(ctx, func(s scope) error {
		if err := s.db.query(ctx, s.conn, text, bindSets(sets), func(r *row) error { id = r.int(); return nil }); err != nil {
			return err
		}
		label, customer := "", CustomerID(0)
		for _, c := range sets {
			if c.column == labels[into] {
				label, _ = c.value.(string)
			}
			if c.column == "number" && into == "jobs" {
				label = JobNumber(c.value.(int64))
			}
			if c.column == "customer_id" {
				customer = customerOf(c.value)
			}
		}
		if into == "customers" {
			customer = CustomerID(id)
		}
		return s.log(ctx, Line{Verb: v, ID: id, Customer: customer, Label: label})
	})
	return id, err
}

// clientOwned are the tables into which a client may insert, for its own
// customer only.
var clientOwned = map[string]bool{"jobs": true, "feedback": true}

func customerOf(v any) CustomerID {
	switch v := v.(type) {
	case CustomerID:
		return v
	case int64:
		return CustomerID(v)
	}
	return 0
}

func bindSets(sets []set, more ...arg) func(*sqlite.Stmt) {
	return func(st *sqlite.Stmt) {
		for _, c := range sets {
			bindArg(st, ":"+c.column, c.value)
		}
		for _, a := range more {
			bindArg(st, a.name, a.v)
		}
	}
}

// change sets columns of one row of the scope's own and writes what changed
// into the audit log, old and new. Without such a row it is NotFound; without
// a difference nothing is written.
func (s scope) change(ctx context.Context, v Verb, in string, id int64, sets ...set) error {
	if err := s.Can(v); err != nil {
		return err
	}
	cond, err := mine(in, s.side())
	if err != nil {
		return err
	}
	return s.update(ctx, func(s scope) error {
		old, err := s.old(ctx, in, cond, id, sets)
		if err != nil {
			return err
		}
		diff := old.diff(sets)
		if len(diff) == 0 {
			return nil
		}
		cols := make([]string, len(sets))
		for i, c := range sets {
			cols[i] = c.column + " = :" + c.column
		}
		text := `UPDATE ` + in + ` SET ` + strings.Join(cols, ", ") + ` WHERE provider_id = :provider AND id = :id`
		if err := s.db.query(ctx, s.conn, text, bindSets(sets, p(":provider", s.provider), p(":id", id)), func(*row) error { return nil }); err != nil {
			return err
		}
		return s.log(ctx, Line{Verb: v, ID: id, Customer: old.customer, Label: old.label, Changes: diff})
	})
}

// remove deletes one row of the scope's own.
func (s scope) remove(ctx context.Context, v Verb, from string, id int64) error {
	if err := s.Can(v); err != nil {
		return err
	}
	cond, err := mine(from, s.side())
	if err != nil {
		return err
	}
	return s.update(ctx, func(s scope) error {
		old, err := s.old(ctx, from, cond, id, nil)
		if err != nil {
			return err
		}
		if err := s.db.query(ctx, s.conn, `DELETE FROM `+from+` WHERE provider_id = :provider AND id = :id`,
			s.binder([]int{0}, []arg{p(":id", id)}), func(*row) error { return nil }); err != nil {
			return err
		}
		return s.log(ctx, Line{Verb: v, ID: id, Customer: old.customer, Label: old.label})
	})
}

// before is what a row held before a change.
type before struct {
	label    string
	customer CustomerID
	values   map[string]any
}

// old reads the columns a change is about to set, if the row is the scope's.
func (s scope) old(ctx context.Context, in, cond string, id int64, sets []set) (before, error) {
	label, customer := "''", "0"
	if l := labels[in]; l != "" {
		label = l
	}
	if in == "customers" {
		customer = "id"
	} else if s.db.hasCustomer[in] {
		customer = "coalesce(customer_id, 0)"
	}
	cols := make([]string, 0, len(sets)+2)
	cols = append(cols, label, customer)
	for _, c := range sets {
		cols = append(cols, c.column)
	}
	b, found := before{values: map[string]any{}}, false
	w := walled{text: `SELECT ` + strings.Join(cols, ", ") + ` FROM ` + in + ` WHERE id = :id AND ` + cond}
	w.std = stdOf(w.text)
	err := s.db.query(ctx, s.conn, w.text, s.binder(w.std, []arg{p(":id", id)}), func(r *row) error {
		found, b.label, b.customer = true, r.str(), CustomerID(r.int())
		for _, c := range sets {
			b.values[c.column] = r.any()
		}
		return nil
	})
	if err == nil && !found {
		err = fault.New(fault.NotFound, "There is no such %s, or it is not yours.", strings.TrimSuffix(in, "s"))
	}
	return b, err
}

// diff lists the columns that a change alters, old and new. Bookkeeping
// columns alone are no difference.
func (b before) diff(sets []set) map[string][2]any {
	out := map[string][2]any{}
	for _, c := range sets {
		if c.column == "updated_at" || c.column == "version" || c.column == "find" || c.column == "email_key" {
			continue
		}
		if now := plain(c.value); now != b.values[c.column] {
			if secrets[c.column] {
				out[c.column] = [2]any{"changed", "changed"}
				continue
			}
			out[c.column] = [2]any{b.values[c.column], now}
		}
	}
	return out
}

// Line is one line of the audit log. Changes maps a column to old and new.
type Line struct {
	Verb     Verb
	ID       int64
	Customer CustomerID
	Label    string
	Changes  map[string][2]any
	Note     map[string]any // further facts worth keeping
}

// log writes an audit line, inside Update.
func (s scope) log(ctx context.Context, l Line) error {
	detail := map[string]any{}
	for k, v := range l.Note {
		detail[k] = v
	}
	if len(l.Changes) > 0 {
		detail["changes"] = l.Changes
	}
	if s.customer != 0 { // somebody of the customer: the reader wants to know on which side
		detail["as"] = AsClient
		if s.manages {
			detail["as"] = AsManager
		}
	}
	b, err := json.Marshal(detail)
	if err != nil {
		return err
	}
	return s.db.query(ctx, s.conn, `INSERT INTO audit (provider_id, at, actor_id, actor, verb, object, object_id, customer_id, label, detail, source, ip)
		VALUES (:provider, :now, :user, :actor, :verb, :object, :id, :of, :label, :detail, :source, :ip)`,
		s.binder([]int{0, 3, 7}, []arg{p(":actor", s.actor), p(":verb", l.Verb), p(":object", l.Verb.Object()), p(":id", l.ID),
			p(":of", l.Customer), p(":label", l.Label), p(":detail", string(b)), p(":source", s.source()), p(":ip", s.from.IP)}),
		func(*row) error { return nil })
}

func (s scope) source() string {
	if s.from.Source == "" {
		return "web"
	}
	return s.from.Source
}
