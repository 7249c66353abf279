package store

import (
	"context"
	"time"
)

// AuditLine is one line of the audit log, as read back.
type AuditLine struct {
	ID       int64
	At       time.Time
	ActorID  UserID
	Actor    string
	Verb     Verb
	ObjectID int64
	Label    string
	Detail   string // JSON: {"changes": {column: [old, new]}, …}
	Source   string // web, api, import, system, operator
	IP       string
}

const auditColumns = `a.id, a.at, a.actor_id, a.actor, a.verb, a.object_id, a.label, a.detail, a.source, a.ip`

func (a *AuditLine) row(r *row) {
	a.ID, a.At, a.ActorID, a.Actor, a.Verb = r.int(), r.unix(), UserID(r.int()), r.str(), Verb(r.str())
	a.ObjectID, a.Label, a.Detail, a.Source, a.IP = r.int(), r.str(), r.str(), r.str(), r.str()
}

// Audit reads the log backwards, starting below before (0: from the newest).
func (s Staff) Audit(ctx context.Context, before int64, limit int) ([]AuditLine, error) {
	return list(ctx, s.scope, (*AuditLine).row, `SELECT `+auditColumns+` FROM {audit} a WHERE a.id < :before ORDER BY a.id DESC LIMIT :limit`,
		p(":before", below(before)), p(":limit", limit))
}

// CustomerHistory reads what happened to one customer, newest first.
func (s Staff) CustomerHistory(ctx context.Context, of CustomerID, before int64, limit int) ([]AuditLine, error) {
	return list(ctx, s.scope, (*AuditLine).row, `SELECT `+auditColumns+` FROM {audit} a WHERE a.customer_id = :of AND a.id < :before ORDER BY a.id DESC LIMIT :limit`,
		p(":of", of), p(":before", below(before)), p(":limit", limit))
}

func below(before int64) int64 {
	if before == 0 {
		return 1 << 62
	}
	return before
}
