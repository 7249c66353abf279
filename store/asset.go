package store

import (
	"context"
	"strings"
	"time"

	"gatehouse/store/fault"
)

// Asset is a machine of a provider: what it is, who has it now, and the newest
// value of each reading. For a client everything before the day its customer
// got it is missing.
type Asset struct {
	ID AssetID
	AssetInput
	Customer     CustomerID // who has it now, 0: nobody
	CustomerName string
	Since, Until time.Time // of the current assignment; Until zero: open
	Hours        Meter     // operating hours
	IdleHours    Meter
	Fuel         Meter // percent
	DEF          Meter // percent
	Odometer     Meter // kilometres
	Engine       Meter // 1: running
	Lat, Lon     Num
	LocatedAt    time.Time
	SeenAt       time.Time // newest reading of any kind
	Version      int64
	CreatedAt    time.Time
	UpdatedAt    time.Time
}

// Meter is the newest value of a reading and when it was taken.
type Meter struct {
	Num
	At time.Time
}

// AssetInput is what people type about an asset.
type AssetInput struct {
	Name, ExternalID, Serial, PIN, Make, Model, Type string
	Year                                             int64 // 0: unknown
	Status                                           string
}

// AssetStatuses are the states an asset can be in, in the order people see them.
var AssetStatuses = []string{"active", "idle", "service", "retired"}

// AssetEdit is an asset as a form or an import brings it. Nil groups or values
// leave those alone.
type AssetEdit struct {
	AssetInput
	Groups []GroupID
	Values map[FieldID]string
}

// listColumns are those of a list. A client knows whose its assets are, and is
// spared the look-up of that name for every row.
func (s scope) listColumns() string {
	if s.customer != 0 {
		return clientListColumns
	}
	return assetListColumns
}

var clientListColumns = strings.Replace(assetListColumns, ownerName, `''`, 1)

const ownerName = `coalesce((SELECT c.name FROM {customers} c WHERE c.id = a.customer_id), '')`

const assetListColumns = `a.id, a.name, coalesce(a.external_id, ''), a.serial, a.make, a.model, a.type, a.status, coalesce(a.customer_id, 0),
	` + ownerName + `, a.since, a.until, a.hours, a.hours_at, a.fuel, a.fuel_at, a.engine, a.engine_at, a.seen_at`

func (a *Asset) listRow(r *row) {
	a.ID, a.Name, a.ExternalID, a.Serial, a.Make, a.Model, a.Type, a.Status = AssetID(r.int()), r.str(), r.str(), r.str(), r.str(), r.str(), r.str(), r.str()
	a.Customer, a.CustomerName, a.Since, a.Until = CustomerID(r.int()), r.str(), r.unix(), r.unix()
	a.Hours.row(r)
	a.Fuel.row(r)
	a.Engine.row(r)
	a.SeenAt = r.seen()
}

const assetColumns = assetListColumns + `, a.pin, coalesce(a.year, 0), a.idle_hours, a.idle_hours_at, a.def, a.def_at, a.odometer, a.odometer_at,
	a.lat, a.lon, a.located_at, a.version, a.created_at, a.updated_at`

func (a *Asset) row(r *row) {
	a.listRow(r)
	a.PIN, a.Year = r.str(), r.int()
	a.IdleHours.row(r)
	a.DEF.row(r)
	a.Odometer.row(r)
	a.Lat, a.Lon, a.LocatedAt = r.num(), r.num(), r.unix()
	a.Version, a.CreatedAt, a.UpdatedAt = r.int(), r.unix(), r.unix()
}

func (m *Meter) row(r *row) { m.Num, m.At = r.num(), r.unix() }

// seen reads seconds where 0 means never.
func (r *row) seen() time.Time {
	if n := r.int(); n != 0 {
		return time.Unix(n, 0).UTC()
	}
	return time.Time{}
}

// clean trims what was typed and reports all that is wrong with it.
func (e *AssetEdit) clean(now time.Time) error {
	var bad fault.Problems
	for _, f := range []struct {
		name string
		v    *string
		most int
	}{{"name", &e.Name, 200}, {"external_id", &e.ExternalID, 100}, {"serial", &e.Serial, 100}, {"pin", &e.PIN, 100},
		{"make", &e.Make, 100}, {"model", &e.Model, 100}, {"type", &e.Type, 100}} {
		*f.v = strings.TrimSpace(*f.v)
		checkText(&bad, f.name, *f.v, f.most)
	}
	if e.Name == "" {
		bad.Add("name", "Give the asset a name.")
	}
	if last := int64(now.Year() + 2); e.Year != 0 && (e.Year < 1900 || e.Year > last) {
		bad.Add("year", "Give a year between 1900 and %d, or leave it empty.", last)
	}
	e.Status = pick(e.Status, "active")
	if !contains(AssetStatuses, e.Status) {
		bad.Add("status", "Choose one of %s.", strings.Join(AssetStatuses, ", "))
	}
	return bad.Err()
}

// Validate reports all that is wrong with an edit at once.
func (e AssetEdit) Validate(now time.Time) error { return e.clean(now) }

func contains[T comparable](all []T, v T) bool {
	for _, x := range all {
		if x == v {
			return true
		}
	}
	return false
}

func (e AssetEdit) sets() []set {
	return []set{{"name", e.Name}, {"external_id", orNull(e.ExternalID)}, {"serial", e.Serial}, {"pin", e.PIN}, {"make", e.Make}, {"model", e.Model},
		{"type", e.Type}, {"year", orNull(e.Year)}, {"status", e.Status}}
}

// Asset reads one asset. A client needs the list to be shared.
func (s scope) Asset(ctx context.Context, id AssetID) (Asset, error) {
	if err := s.needs(FeatureList); err != nil {
		return Asset{}, err
	}
	return s.asset(ctx, id)
}

func (s scope) asset(ctx context.Context, id AssetID) (Asset, error) {
	return one(ctx, s, "asset", (*Asset).row, `SELECT `+assetColumns+` FROM {assets} a WHERE a.id = :id`, p(":id", id))
}

// there is NotFound unless the asset is the scope's.
func (s scope) there(ctx context.Context, id AssetID) error {
	_, err := one(ctx, s, "asset", intoInt, `SELECT 1 FROM {assets} a WHERE a.id = :id`, p(":id", id))
	return err
}

// AddAsset adds an asset. Staff limited to groups must put it into one of
// theirs, or they would not see it again.
func (s Staff) AddAsset(ctx context.Context, e AssetEdit) (id AssetID, err error) {
	if err := e.clean(s.Now()); err != nil {
		return 0, err
	}
	if s.groups && len(e.Groups) == 0 {
		return 0, fault.Field("groups", "Choose at least one of your groups, otherwise you would not see this asset again.")
	}
	err = s.Update(ctx, func(s Staff) error {
		n, err := s.insert(ctx, AssetAdd, "assets", append(e.sets(), set{"created_at", s.Now()}, set{"updated_at", s.Now()})...)
		if err != nil {
			return err
		}
		id = AssetID(n)
		if err := s.setGroups(ctx, AssetAdd, id, e.Groups); err != nil {
			return err
		}
		if err := s.setValues(ctx, AssetAdd, id, e.Values); err != nil {
			return err
		}
		return s.indexWords(ctx, id, e.AssetInput)
	})
	return id, err
}

// ChangeAsset saves an edit made of version; a newer one is a Conflict, so
// that nobody overwrites what somebody else saved meanwhile. Version 0 skips
// that check (imports). It reports whether anything changed in the asset's own
// columns through the row's version.
func (s Staff) ChangeAsset(ctx context.Context, id AssetID, version int64, e AssetEdit) error {
	if err := e.clean(s.Now()); err != nil {
		return err
	}
	return s.Update(ctx, func(s Staff) error {
		was, err := s.asset(ctx, id)
		if err != nil {
			return err
		}
		if version != 0 && was.Version != version {
			return fault.New(fault.Conflict, "Somebody else changed this asset meanwhile. Your entries are kept below; check them against the current ones and save again.")
		}
		if err := s.change(ctx, AssetChange, "assets", int64(id), append(e.sets(), set{"version", was.Version + 1}, set{"updated_at", s.Now()})...); err != nil {
			return err
		}
		return s.changed(ctx, was, e)
	})
}

// changed keeps up what hangs on the asset's own columns.
func (s Staff) changed(ctx context.Context, was Asset, e AssetEdit) error {
	if e.Groups != nil {
		if err := s.setGroups(ctx, AssetChange, was.ID, e.Groups); err != nil {
			return err
		}
	}
	if err := s.setValues(ctx, AssetChange, was.ID, e.Values); err != nil {
		return err
	}
	if was.Status != e.Status {
		if err := s.note(ctx, AssetChange, was.ID, s.Now(), "status", EventDetail{Old: was.Status, New: e.Status}); err != nil {
			return err
		}
	}
	if was.AssetInput == e.AssetInput {
		return nil
	}
	return s.indexWords(ctx, was.ID, e.AssetInput)
}

// DeleteAsset deletes an asset with its readings, events and history.
func (s Staff) DeleteAsset(ctx context.Context, id AssetID) error {
	return s.Update(ctx, func(s Staff) error {
		if err := s.remove(ctx, AssetDelete, "assets", int64(id)); err != nil {
			return err
		}
		return s.dropWords(ctx, id)
	})
}
