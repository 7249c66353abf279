package store

import (
	"context"
	"strings"
	"time"

	"gatehouse/store/fault"
)

// Vehicle is a van or lorry of a provider: who drives it, and where it was and
// how fast when it last reported. Customers see none, neither its name nor that
// it exists, until it is in one of their groups and their portal shares
// vehicles; who drives it they never see.
type Vehicle struct {
	ID VehicleID
	VehicleInput
	DriverName string
	Lat, Lon   Num
	LocatedAt  time.Time
	Speed      Meter // kilometres an hour
	Odometer   Meter // kilometres
	SeenAt     time.Time
	Version    int64
}

// VehicleInput is what people type about a vehicle. Name is how deliveries
// and imports call it, so each name stands for one.
type VehicleInput struct {
	Name, Plate string
	Driver      UserID // 0: nobody
}

// VehicleEdit is a vehicle as a form or an import brings it. Nil groups leave
// those alone.
type VehicleEdit struct {
	VehicleInput
	Groups []GroupID
}

const (
	vehicleDriver  = `coalesce((SELECT d.name FROM {users} d WHERE d.id = v.driver_id), '')`
	vehicleColumns = `v.id, v.name, v.plate, coalesce(v.driver_id, 0), ` + vehicleDriver + `, v.lat, v.lon, v.located_at, v.speed, v.speed_at, v.seen_at, v.odometer, v.odometer_at, v.version`
)

// vehicleColumns leaves the driver's name away for whoever may not read
// people, and for clients.
func (s scope) vehicleColumns() string {
	if s.customer == 0 && s.May(UserRead) {
		return vehicleColumns
	}
	return strings.Replace(vehicleColumns, vehicleDriver, `''`, 1)
}

func (v *Vehicle) row(r *row) {
	v.ID, v.Name, v.Plate, v.Driver, v.DriverName = VehicleID(r.int()), r.str(), r.str(), UserID(r.int()), r.str()
	v.Lat, v.Lon, v.LocatedAt = r.num(), r.num(), r.unix()
	v.Speed.row(r)
	v.SeenAt = r.seen()
	v.Odometer.row(r)
	v.Version = r.int()
}

// clean trims what was typed and reports all that is wrong with it.
func (e *VehicleEdit) clean() error {
	var bad fault.Problems
	e.Name, e.Plate = strings.Join(strings.Fields(e.Name), " "), strings.Join(strings.Fields(e.Plate), " ")
	checkText(&bad, "name", e.Name, 100)
	checkText(&bad, "plate", e.Plate, 20)
	if e.Name == "" {
		bad.Add("name", "Give the vehicle a name, such as Van 7.")
	}
	return bad.Err()
}

// Validate reports all that is wrong with an edit at once.
func (e VehicleEdit) Validate() error { return e.clean() }

func (e VehicleEdit) sets() []set {
	return []set{{"name", e.Name}, {"plate", e.Plate}, {"driver_id", orNull(e.Driver)}}
}

// VehicleFilter says which vehicles to list and in which order.
type VehicleFilter struct {
	Search string // in name and plate, for staff also the driver's name
	Group  GroupID
	Driver UserID
	Sort   string // name, seen; "-" before it for descending
	After  string
	Limit  int
}

// Vehicles lists vehicles, a page at a time. A client gets those in its
// customer's groups, where the portal shares vehicles.
func (s scope) Vehicles(ctx context.Context, f VehicleFilter) (Page[Vehicle], error) {
	if err := s.needs(FeatureVehicles); err != nil {
		return Page[Vehicle]{}, err
	}
	return page(ctx, s, s.vehicleQuery(f))
}

func (s scope) vehicleQuery(f VehicleFilter) pageQuery[Vehicle] {
	q := pageQuery[Vehicle]{columns: s.vehicleColumns(), from: `{vehicles} v`, id: `v.id`, sorts: map[string]string{"name": `v.name`, "seen": `v.seen_at`},
		sort: pick(f.Sort, "name"), after: f.After, limit: f.Limit, into: (*Vehicle).row, key: (*Vehicle).sortKey}
	columns := []string{`v.name`, `v.plate`}
	if s.customer == 0 && s.May(UserRead) {
		columns = append(columns, vehicleDriver)
	}
	q.like(f.Search, columns...)
	if f.Group != 0 {
		q.where(`EXISTS (SELECT 1 FROM {vehicle_groups} g WHERE g.vehicle_id = v.id AND g.group_id = :group)`, p(":group", f.Group))
	}
	if f.Driver != 0 && s.customer == 0 {
		q.where(`v.driver_id = :driver`, p(":driver", f.Driver))
	}
	return q
}

func (v *Vehicle) sortKey(sort string) (any, int64) {
	if sort != "seen" {
		return v.Name, int64(v.ID)
	}
	if v.SeenAt.IsZero() {
		return 0, int64(v.ID)
	}
	return v.SeenAt, int64(v.ID)
}

// Vehicle reads one vehicle.
func (s scope) Vehicle(ctx context.Context, id VehicleID) (Vehicle, error) {
	if err := s.needs(FeatureVehicles); err != nil {
		return Vehicle{}, err
	}
	return one(ctx, s, "vehicle", (*Vehicle).row, `SELECT `+s.vehicleColumns()+` FROM {vehicles} v WHERE v.id = :id`, p(":id", id))
}

// HasVehicles reports whether there is any vehicle the scope may see: without
// one, a client's portal has no tab for them.
func (s scope) HasVehicles(ctx context.Context) (bool, error) {
	if s.needs(FeatureVehicles) != nil || !s.May(VehicleRead) {
		return false, nil
	}
	n, err := s.number(ctx, `SELECT EXISTS (SELECT 1 FROM {vehicles} v)`)
	return n != 0, err
}

// MatchVehicle finds the vehicle of a name, or else of a plate; 0 if none is
// called so.
func (s Staff) MatchVehicle(ctx context.Context, name, plate string) (VehicleID, error) {
	for column, v := range map[string]string{`v.name`: name, `v.plate`: plate} {
		if v == "" || column == `v.plate` && name != "" {
			continue
		}
		n, err := s.number(ctx, `SELECT v.id FROM {vehicles} v WHERE `+column+` = :v AND `+column+` <> ''`, p(":v", strings.Join(strings.Fields(v), " ")))
		if err != nil || n != 0 {
			return VehicleID(n), err
		}
	}
	return 0, nil
}

// AddVehicle adds a vehicle. Staff limited to groups must put it into one of
// theirs, or they would not see it again.
func (s Staff) AddVehicle(ctx context.Context, e VehicleEdit) (id VehicleID, err error) {
	if err := s.Can(VehicleAdd); err != nil {
		return 0, err
	}
	if err := e.clean(); err != nil {
		return 0, err
	}
	if s.groups && len(e.Groups) == 0 {
		return 0, fault.Field("groups", "Choose at least one of your groups, otherwise you would not see this vehicle again.")
	}
	err = s.Update(ctx, func(s Staff) error {
		if err := s.mayDrive(ctx, e.Driver); err != nil {
			return err
		}
		n, err := s.insert(ctx, VehicleAdd, "vehicles", append(e.sets(), set{"created_at", s.Now()}, set{"updated_at", s.Now()})...)
		id = VehicleID(n)
		if err != nil {
			return err
		}
		return s.setVehicleGroups(ctx, VehicleAdd, Vehicle{ID: id, VehicleInput: e.VehicleInput}, e.Groups)
	})
	return id, err
}

// ChangeVehicle saves an edit made of version; a newer one is a Conflict.
// Version 0 skips that check (imports).
func (s Staff) ChangeVehicle(ctx context.Context, id VehicleID, version int64, e VehicleEdit) error {
	if err := s.Can(VehicleChange); err != nil {
		return err
	}
	if err := e.clean(); err != nil {
		return err
	}
	return s.Update(ctx, func(s Staff) error {
		was, err := s.Vehicle(ctx, id)
		if err != nil {
			return err
		}
		if version != 0 && was.Version != version {
			return fault.New(fault.Conflict, "Somebody else changed this vehicle meanwhile. Your entries are kept below; check them against the current ones and save again.")
		}
		if was.Driver != e.Driver {
			if err := s.mayDrive(ctx, e.Driver); err != nil {
				return err
			}
		}
		if err := s.change(ctx, VehicleChange, "vehicles", int64(id), append(e.sets(), set{"version", was.Version + 1}, set{"updated_at", s.Now()})...); err != nil {
			return err
		}
		if e.Groups == nil {
			return nil
		}
		was.Name = e.Name
		return s.setVehicleGroups(ctx, VehicleChange, was, e.Groups)
	})
}

// RemoveVehicle removes a vehicle with what it reported.
func (s Staff) RemoveVehicle(ctx context.Context, id VehicleID) error {
	return s.dropVehicle(ctx, VehicleRemove, id)
}

// UnaddVehicle takes back a vehicle that an import added. Whether it is as the
// import left it, the caller has looked.
func (s Staff) UnaddVehicle(ctx context.Context, id VehicleID) error {
	return s.dropVehicle(ctx, VehicleUnadd, id)
}

// dropVehicle removes a vehicle; jobs it had are nobody's.
func (s Staff) dropVehicle(ctx context.Context, v Verb, id VehicleID) error {
	return s.Update(ctx, func(s Staff) error {
		if _, err := s.write(ctx, v, `UPDATE <jobs> SET vehicle_id = NULL, status = CASE WHEN kind <> 'work' AND status = 'dispatched' AND assignee_id IS NULL THEN 'info_recv' ELSE status END WHERE vehicle_id = :id AND {mine:jobs}`, p(":id", id)); err != nil {
			return err
		}
		return s.remove(ctx, v, "vehicles", int64(id))
	})
}

// Drivers lists the provider's people who can be given a vehicle.
func (s Staff) Drivers(ctx context.Context) ([]PersonRef, error) {
	return list(ctx, s.scope, (*PersonRef).row, `SELECT u.id, u.name, u.email FROM {users} u WHERE u.kind = 'staff' AND u.state IN ('active', 'pending') ORDER BY u.name, u.id LIMIT 1000`)
}

// PersonRef names a person.
type PersonRef struct {
	ID          UserID
	Name, Email string
}

func (u *PersonRef) row(r *row) { u.ID, u.Name, u.Email = UserID(r.int()), r.str(), r.str() }

// mayDrive refuses a driver who is not one of the provider's people.
func (s Staff) mayDrive(ctx context.Context, id UserID) error {
	if id == 0 {
		return nil
	}
	n, err := s.number(ctx, `SELECT count(*) FROM {users} u WHERE u.id = :id AND u.kind = 'staff' AND u.state IN ('active', 'pending')`, p(":id", id))
	if err == nil && n == 0 {
		err = fault.Field("driver", "Choose one of your people, or nobody.")
	}
	return err
}
