package store

import (
	"context"
	"encoding/json"
	"time"
)

// Event is one line of the activity feed: what happened to an asset, and who
// had it then.
type Event struct {
	ID           EventID
	Asset        AssetID
	AssetName    string
	Customer     CustomerID // who had it, 0: nobody
	CustomerName string
	At           time.Time
	Kind         string // assigned, returned, status, fault, reading
	EventDetail
}

// EventDetail is what a kind of event says further. Nothing in it names
// another customer: the one who has the asset reads it.
type EventDetail struct {
	Old         string `json:"old,omitempty"`
	New         string `json:"new,omitempty"`
	Code        string `json:"code,omitempty"`
	Description string `json:"description,omitempty"`
	Severity    string `json:"severity,omitempty"`
	Silent      int64  `json:"silent,omitempty"` // seconds without a reading before this one; 0: the first ever
}

const eventColumns = `e.id, e.asset_id, coalesce((SELECT a.name FROM {assets} a WHERE a.id = e.asset_id), ''), coalesce(e.customer_id, 0),
	coalesce((SELECT c.name FROM {customers} c WHERE c.id = e.customer_id), ''), e.at, e.kind, e.detail`

func (e *Event) row(r *row) {
	e.ID, e.Asset, e.AssetName, e.Customer, e.CustomerName = EventID(r.int()), AssetID(r.int()), r.str(), CustomerID(r.int()), r.str()
	e.At, e.Kind = r.unix(), r.str()
	_ = json.Unmarshal([]byte(r.str()), &e.EventDetail) // the table checks that it is JSON
}

// EventFilter says which part of the activity feed to read, newest first.
type EventFilter struct {
	Asset AssetID // 0: of every asset
	Kind  string
	After string // cursor
	Limit int
}

// Events reads the activity feed, newest first. A client reads what happened
// while its customer had the asset, of assets it still has.
func (s scope) Events(ctx context.Context, f EventFilter) (Page[Event], error) {
	if err := s.needs(FeatureActivity); err != nil {
		return Page[Event]{}, err
	}
	q := pageQuery[Event]{columns: eventColumns, from: `{events} e`, id: `e.id`, sorts: map[string]string{"at": `e.at`}, sort: "-at",
		after: f.After, limit: f.Limit, endless: true, into: (*Event).row, key: func(e *Event, _ string) (any, int64) { return e.At, int64(e.ID) }}
	if f.Asset != 0 {
		if err := s.there(ctx, f.Asset); err != nil {
			return Page[Event]{}, err
		}
		q.where(`e.asset_id = :asset`, p(":asset", f.Asset))
	}
	if f.Asset == 0 && s.customer != 0 {
		q.where(`e.customer_id = :customer`) // as the wall has it, but by the index
	}
	if f.Kind != "" {
		q.where(`e.kind = :kind`, p(":kind", f.Kind))
	}
	return page(ctx, s, q)
}

// note adds to the feed of an asset, for whoever had it then.
func (s scope) note(ctx context.Context, v Verb, id AssetID, at time.Time, kind string, d EventDetail) error {
	of, err := s.number(ctx, `SELECT coalesce((SELECT h.customer_id FROM {assignments} h WHERE h.asset_id = :id AND h.starts_at <= :at AND (h.ends_at IS NULL OR h.ends_at > :at)), 0)`,
		p(":id", id), p(":at", at))
	if err != nil {
		return err
	}
	return s.noteOf(ctx, v, id, CustomerID(of), at, kind, d)
}

func (s scope) noteOf(ctx context.Context, v Verb, id AssetID, of CustomerID, at time.Time, kind string, d EventDetail) error {
	b, err := json.Marshal(d)
	if err != nil {
		return err
	}
	_, err = s.write(ctx, v, `INSERT INTO <events> (provider_id, asset_id, customer_id, at, kind, detail) VALUES (:provider, :asset, :of, :at, :kind, :detail)`,
		p(":asset", id), p(":of", orNull(of)), p(":at", at), p(":kind", kind), p(":detail", string(b)))
	return err
}
