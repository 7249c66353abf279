package store

import (
	"context"
	"testing"
)

func init() {
	planned["vehicles"] = planVehicles
	planned["vehicles, limited to groups"] = func(t *testing.T, s Staff) { s.groups, s.user = true, 1; planVehicles(t, s) }
	planned["vehicles, for a client"] = func(t *testing.T, s Staff) { planClientVehicles(t, s, false) }
	planned["vehicles, for a client limited to units"] = func(t *testing.T, s Staff) { planClientVehicles(t, s, true) }
	shortened = append(shortened, vehicleColumns)
	sorted["u.kind = 'staff' AND u.state IN"] = "the provider's own people"
	sorted["m.vehicle_id = :id ORDER BY g.name"] = "the groups of one vehicle"
	sorted["m.vehicle_id = :id ORDER BY c.name"] = "the customers of one vehicle"
	sorted["FROM {vehicle_groups} m"] = "the groups of one page of vehicles"
	sorted["IN (SELECT value FROM json_each(:ids)) ORDER BY g.name"] = "the groups of one page"
}

type vehicleReader interface {
	Vehicles(ctx context.Context, f VehicleFilter) (Page[Vehicle], error)
	VehiclePositions(ctx context.Context, f VehicleFilter, box *Box, zoom int) (Points, error)
	HasVehicles(ctx context.Context) (bool, error)
	NamesOfVehicleGroups(ctx context.Context, ids []VehicleID) (map[VehicleID][]string, error)
}

func planVehicles(t *testing.T, s Staff) {
	planVehicleLists(t, s)
	for _, f := range []VehicleFilter{{Driver: 1}, {Sort: "-seen", Driver: 1, Group: 1, Search: "x"}} {
		_, err := s.Vehicles(t.Context(), f)
		failed(t, err)
	}
	_, err := s.Drivers(t.Context())
	failed(t, err)
	_, err = s.MatchVehicle(t.Context(), "x", "")
	failed(t, err)
	_, err = s.MatchVehicle(t.Context(), "", "x")
	failed(t, err)
	_, err = s.SeenBy(t.Context(), 1)
	failed(t, err)
	_, _ = s.VehicleReadings(t.Context(), 1, KindSpeed, 9)
}

func planVehicleLists(t *testing.T, s vehicleReader) {
	for _, f := range []VehicleFilter{{}, {Sort: "-name"}, {Sort: "seen"}, {Sort: "-seen", After: writeCursor(1, 1)}, {After: writeCursor("x", 1)}, {Search: "van 7"}, {Group: 1}} {
		_, err := s.Vehicles(t.Context(), f)
		failed(t, err)
	}
	for _, box := range []*Box{nil, {1, 1, 2, 2}} {
		_, err := s.VehiclePositions(t.Context(), VehicleFilter{}, box, 5)
		failed(t, err)
	}
	_, err := s.HasVehicles(t.Context())
	failed(t, err)
	_, err = s.NamesOfVehicleGroups(t.Context(), []VehicleID{1})
	failed(t, err)
}

func planClientVehicles(t *testing.T, s Staff, units bool) {
	f := features{FeatureVehicles: true, FeatureVehicleList: true}
	planVehicleLists(t, Client{scope: scope{db: s.db, provider: s.provider, customer: 1, portal: 1, member: 1, groups: units, shared: f, grants: clientGrants(f, false)}})
}

func failed(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
