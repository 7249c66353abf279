package store

import (
	"context"
	"time"

	"gatehouse/store/fault"
)

// NewAsset is an asset that comes with what is known of it: values that were
// read off it, and who has it. Of From and To only the days count, as in
// AssignInput.
type NewAsset struct {
	AssetEdit
	Readings []Reading
	Customer CustomerID // 0: nobody
	From, To time.Time
}

// BringAsset adds an asset with what is known of it. It comes to the same as
// AddAsset, AddReadings and Assign one after another, in a third of the
// statements: nobody has it yet and nothing was read off it, so none of that
// is asked. held are the assignments it has now.
func (s Staff) BringAsset(ctx context.Context, in NewAsset) (id AssetID, held []Assignment, err error) {
	if err := in.clean(s.Now()); err != nil {
		return 0, nil, err
	}
	if s.groups && len(in.Groups) == 0 {
		return 0, nil, fault.Field("groups", "Choose at least one of your groups, otherwise you would not see this asset again.")
	}
	for _, v := range in.verbs() {
		if err := s.Can(v); err != nil {
			return 0, nil, err
		}
	}
	err = s.Update(ctx, func(s Staff) error {
		b := bringing{Staff: s, in: in, newest: nothingYet()}
		if in.Customer != 0 {
			if b.from, b.to, err = s.period(ctx, AssignInput{Assets: []AssetID{0}, Customer: in.Customer, From: in.From, To: in.To}); err != nil {
				return err
			}
		}
		id, held, err = b.all(ctx)
		return err
	})
	return id, held, err
}

func (in NewAsset) verbs() []Verb {
	out := []Verb{AssetAdd}
	if len(in.Readings) > 0 {
		out = append(out, ReadingAdd)
	}
	if in.Customer != 0 {
		out = append(out, AssetAssign)
	}
	return out
}

// bringing is one BringAsset under way.
type bringing struct {
	Staff
	in       NewAsset
	id       AssetID
	from, to time.Time
	newest   newest
}

func (b *bringing) all(ctx context.Context) (AssetID, []Assignment, error) {
	good := b.in.Readings[:0:0]
	for _, r := range b.in.Readings {
		if r.check(b.Now(), readAhead) == nil {
			good = append(good, r)
			b.newest.take(r)
		}
	}
	if err := b.row(ctx); err != nil {
		return 0, nil, err
	}
	for _, r := range good {
		if _, err := b.putReading(ctx, b.id, r); err != nil {
			return 0, nil, err
		}
	}
	if !b.newest.seen.IsZero() {
		if err := b.noteOf(ctx, ReadingAdd, b.id, 0, b.newest.seen, "reading", EventDetail{}); err != nil {
			return 0, nil, err
		}
	}
	held, err := b.give(ctx)
	return b.id, held, err
}

const bringAsset = `INSERT INTO <assets> (provider_id, name, external_id, serial, pin, make, model, type, year, status, customer_id, since, until,
	hours, hours_at, idle_hours, idle_hours_at, fuel, fuel_at, def, def_at, odometer, odometer_at, engine, engine_at, lat, lon, located_at, seen_at, created_at, updated_at)
	VALUES (:provider, :name, :external_id, :serial, :pin, :make, :model, :type, :year, :status, :of, :since, :until,
	:hours, :hours_at, :idle_hours, :idle_hours_at, :fuel, :fuel_at, :def, :def_at, :odometer, :odometer_at, :engine, :engine_at, :lat, :lon, :located_at, :seen_at, :now, :now)`

// row writes the asset itself, with the newest values and who has it now.
func (b *bringing) row(ctx context.Context) error {
	of, since, until := any(nil), any(nil), any(nil)
	if b.in.Customer != 0 && !b.from.After(b.Now()) && (b.to.IsZero() || b.to.After(b.Now())) {
		of, since, until = b.in.Customer, b.from, b.to
	}
	args := append(b.newest.args(), p(":of", of), p(":since", since), p(":until", until))
	for _, c := range b.in.sets() {
		args = append(args, p(":"+c.column, c.value))
	}
	if _, err := b.write(ctx, AssetAdd, bringAsset, args...); err != nil {
		return err
	}
	b.id = AssetID(b.conn.LastInsertRowID())
	if err := b.log(ctx, Line{Verb: AssetAdd, ID: int64(b.id), Label: b.in.Name}); err != nil {
		return err
	}
	if err := b.setGroups(ctx, AssetAdd, b.id, b.in.Groups); err != nil {
		return err
	}
	if err := b.setValues(ctx, AssetAdd, b.id, b.in.Values); err != nil {
		return err
	}
	return b.indexWords(ctx, b.id, b.in.AssetInput)
}

// give notes who has the asset, whose row says so already.
func (b *bringing) give(ctx context.Context) ([]Assignment, error) {
	if b.in.Customer == 0 {
		return nil, nil
	}
	a := Assignment{Asset: b.id, AssetName: b.in.Name, Customer: b.in.Customer, From: b.from, To: b.to, Planned: b.from.After(b.Now())}
	if _, err := b.write(ctx, AssetAssign, addAssignment, p(":asset", a.Asset), p(":of", a.Customer), p(":from", a.From), p(":to", a.To), p(":planned", a.Planned), p(":by", b.actor)); err != nil {
		return nil, err
	}
	a.ID = AssignmentID(b.conn.LastInsertRowID())
	if err := b.tell(ctx, AssetAssign, a.Asset, a.Customer, a.From, a.To); err != nil {
		return nil, err
	}
	return []Assignment{a}, b.logGiven(ctx, a)
}
