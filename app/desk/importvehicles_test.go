package desk_test

import (
	"strings"
	"testing"

	"gatehouse/store"
)

const vanFile = "Vehicle,Registration,Driver,Group,Lat,Lon,Speed,Odometer,GPS time\n" +
	"Van 7,LK25 SWG,,North,51.5102,-0.1340,47,48210,2026-11-20 08:30\n" +
	"Van 8,LK25 SWJ,nobody@else.test,,,,,,\n" +
	"Van 9,,,,,,900,,\n" +
	"Van 10,,,East;north,\"51.5, -0.2\",,0,,2026-11-20 08:45\n"

func TestImport_vehiclesWithPositions(t *testing.T) {
	o := newOffice(t)
	o.must2(o.s.AddGroup(t.Context(), store.GroupEdit{Name: "North"}))
	o.must2(o.s.AddGroup(t.Context(), store.GroupEdit{Name: "East"}))
	i := o.applied(store.ImportVehicles, vanFile)
	if got, want := i.Tally, (store.Tally{Total: 4, Added: 2, Refused: 2}); got != want {
		t.Fatalf("got %+v, want %+v: %v", got, want, o.verdicts(i.ID))
	}
	said := strings.Join(o.verdicts(i.ID), "\n")
	for _, want := range []string{"“nobody@else.test” is none of your people", "900 is not between 0 and 400"} {
		if !strings.Contains(said, want) {
			t.Errorf("verdicts lack %q: %s", want, said)
		}
	}
	all, err := o.s.Vehicles(t.Context(), store.VehicleFilter{})
	o.must(err)
	if len(all.Rows) != 2 || all.Rows[1].Name != "Van 7" || all.Rows[1].Speed.V != 47 || all.Rows[1].Lat.V != 51.5102 || all.Rows[0].Lon.V != -.2 {
		t.Fatalf("got %+v", all.Rows)
	}
	groups, err := o.s.VehicleGroups(t.Context(), all.Rows[0].ID)
	o.must(err)
	if len(groups) != 2 {
		t.Errorf("Van 10 is in %v", groups)
	}
	if again := o.applied(store.ImportVehicles, strings.Replace(vanFile, "47,48210,2026-11-20 08:30", "52,48212,2026-11-20 08:50", 1)); again.Tally.Changed != 1 || again.Tally.Same != 1 {
		t.Fatalf("once more: %+v %v", again.Tally, o.verdicts(again.ID))
	} else {
		o.undone(again.ID)
	}
	one, err := o.s.Vehicle(t.Context(), all.Rows[1].ID)
	o.must(err)
	if one.Speed.V != 47 || one.Odometer.V != 48210 {
		t.Errorf("after the undo %+v", one)
	}
	o.undone(i.ID)
	if all, err = o.s.Vehicles(t.Context(), store.VehicleFilter{}); err != nil || all.Total != 0 {
		t.Errorf("%d vehicles are left, %v", all.Total, err)
	}
}
