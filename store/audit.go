package store

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// AuditLine is one line of the audit log, as read back.
type AuditLine struct {
	ID       int64
	At       time.Time
	ActorID  UserID
	Actor    string // the name at that time
	Verb     Verb
	ObjectID int64
	Customer CustomerID
	Label    string
	Detail   string // JSON: {"changes": {column: [old, new]}, …}
	Source   string // web, api, import, system, operator
	IP       string
}

const auditColumns = `a.id, a.at, a.actor_id, a.actor, a.verb, a.object_id, a.customer_id, a.label, a.detail, a.source, a.ip`

func (a *AuditLine) row(r *row) {
	a.ID, a.At, a.ActorID, a.Actor, a.Verb = r.int(), r.unix(), UserID(r.int()), r.str(), Verb(r.str())
	a.ObjectID, a.Customer, a.Label, a.Detail, a.Source, a.IP = r.int(), CustomerID(r.int()), r.str(), r.str(), r.str(), r.str()
}

// On which side of a portal the actor of a line was.
const (
	AsClient  = "client"       // somebody of the customer, for themselves
	AsManager = "portal_admin" // the customer's own portal admin, about a colleague
)

// As is the side its actor was on: AsClient, AsManager, or "" for the
// provider's own people and for the appliance.
func (a AuditLine) As() string {
	as, _ := a.Facts().Notes["as"].(string)
	return as
}

// Facts is what a line says beyond who, when and what it was done to: old and
// new value of each changed column, and notes.
type Facts struct {
	Changes map[string][2]any
	Notes   map[string]any
}

// Facts reads the line's detail.
func (a AuditLine) Facts() Facts {
	var raw struct {
		Changes map[string][2]any `json:"changes"`
	}
	f := Facts{Notes: map[string]any{}}
	if json.Unmarshal([]byte(a.Detail), &raw) == nil {
		f.Changes = raw.Changes
	}
	_ = json.Unmarshal([]byte(a.Detail), &f.Notes) // checked by the schema
	delete(f.Notes, "changes")
	return f
}

// AuditFilter narrows the audit log. Search finds a person's ID or a part of
// the name they had.
type AuditFilter struct {
	Search string
	Actor  UserID
	Verb   Verb
	Object string
	ID     int64 // of the object
	Source string
	IP     string
	Of     CustomerID
	Before int64 // start below this line; 0: from the newest
	Limit  int
}

// AuditLog reads the provider's audit log backwards. It is for admins alone.
func (s Staff) AuditLog(ctx context.Context, f AuditFilter) ([]AuditLine, error) {
	if err := s.Can(AuditRead); err != nil {
		return nil, err
	}
	q := pageQuery[AuditLine]{}
	f.conditions(&q)
	return list(ctx, s.scope, (*AuditLine).row, `SELECT `+auditColumns+` FROM {audit} a WHERE a.id < :before`+q.and()+` ORDER BY a.id DESC`+upTo(f.Limit),
		append(q.args, p(":before", below(f.Before)))...)
}

// AuditEntry reads one line of the audit log. It is for admins alone.
func (s Staff) AuditEntry(ctx context.Context, id int64) (AuditLine, error) {
	if err := s.Can(AuditRead); err != nil {
		return AuditLine{}, err
	}
	return one(ctx, s.scope, "line of the audit log", (*AuditLine).row, `SELECT `+auditColumns+` FROM {audit} a WHERE a.id = :id`, p(":id", id))
}

// Audit reads the log backwards, starting below before (0: from the newest).
func (s Staff) Audit(ctx context.Context, before int64, limit int) ([]AuditLine, error) {
	return s.AuditLog(ctx, AuditFilter{Before: before, Limit: limit})
}

func (f AuditFilter) conditions(q *pageQuery[AuditLine]) {
	for _, c := range []struct {
		on   bool
		cond string
		name string
		v    any
	}{
		{f.Actor != 0, `a.actor_id = :who`, ":who", f.Actor}, {f.Verb != "", `a.verb = :verb`, ":verb", f.Verb}, {f.Object != "", `a.object = :object`, ":object", f.Object},
		{f.ID != 0, `a.object_id = :what`, ":what", f.ID}, {f.Source != "", `a.source = :source`, ":source", f.Source}, {f.IP != "", `a.ip = :ip AND a.ip <> ''`, ":ip", f.IP}, {f.Of != 0, `a.customer_id = :of`, ":of", f.Of},
	} {
		if c.on {
			q.where(c.cond, p(c.name, c.v))
		}
	}
	typed := strings.TrimSpace(f.Search)
	if n, err := strconv.ParseInt(strings.TrimPrefix(strings.ToUpper(typed), "U-"), 10, 64); err == nil {
		q.where(`a.actor_id = :id`, p(":id", n))
	} else {
		q.like(typed, `a.actor`)
	}
}

// CustomerHistory reads what happened to one customer, newest first, starting
// below before (0: from the newest).
func (s Staff) CustomerHistory(ctx context.Context, of CustomerID, before int64, limit int) ([]AuditLine, error) {
	return list(ctx, s.scope, (*AuditLine).row, `SELECT `+auditColumns+` FROM {audit} a WHERE a.customer_id = :of AND a.id < :before ORDER BY a.id DESC`+upTo(limit),
		p(":of", of), p(":before", below(before)))
}

func below(before int64) int64 {
	if before == 0 {
		return 1 << 62
	}
	return before
}
