package store

import (
	"context"
	"encoding/json"
	"time"
)

// Deed is one line of the operator's audit log: what somebody who runs the
// appliance did, in the console or at the command line.
type Deed struct {
	ID       int64
	At       time.Time
	Actor    string
	Verb     string // noun.verb, such as provider.suspend
	Object   string
	ObjectID int64
	Label    string
	Detail   string // JSON: {"changes": {name: [old, new]}, …}
	Source   string // web, cli, env, system
	IP       string
}

func (d *Deed) row(r *row) {
	d.ID, d.At, d.Actor, d.Verb, d.Object, d.ObjectID = r.int(), r.unix(), r.str(), r.str(), r.str(), r.int()
	d.Label, d.Detail, d.Source, d.IP = r.str(), r.str(), r.str(), r.str()
}

// Deeds reads the operator's log backwards, starting below before (0: from
// the newest).
func (o Operator) Deeds(ctx context.Context, before int64, limit int) ([]Deed, error) {
	if err := o.can(); err != nil {
		return nil, err
	}
	return sysList(ctx, o.sys, (*Deed).row, `SELECT id, at, actor, verb, object, object_id, label, detail, source, ip
		FROM operator_audit WHERE id < :before ORDER BY id DESC`+upTo(limit), p(":before", below(before)))
}

// deed writes a line of the operator's log, in the running transaction. The
// actor is whoever opened this side.
func (y System) deed(ctx context.Context, verb, object string, id int64, label string, detail map[string]any) error {
	if detail == nil {
		detail = map[string]any{}
	}
	b, err := json.Marshal(detail)
	if err != nil {
		return err
	}
	_, _, err = y.run(ctx, `INSERT INTO operator_audit (at, actor, verb, object, object_id, label, detail, source, ip)
		VALUES (:now, :actor, :verb, :object, :id, :label, :detail, :source, :ip)`, p(":now", y.Now()), p(":actor", y.why), p(":verb", verb),
		p(":object", object), p(":id", id), p(":label", clip(label, 300)), p(":detail", string(b)), p(":source", pick(y.from.Source, "web")), p(":ip", y.from.IP))
	return err
}

// Note writes a line into the operator's log about something that changed no
// row, such as a test mail.
func (y System) Note(ctx context.Context, verb, object, label string, detail map[string]any) error {
	return y.Update(ctx, func(y System) error { return y.deed(ctx, verb, object, 0, label, detail) })
}
