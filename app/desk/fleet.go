package desk

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"gatehouse/app/aemp"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// A fleet snapshot brings machines and what they reported, from a file or from
// a feed. A machine that is known gets its readings; what people wrote about
// it is left alone, only gaps are filled.

// kindsOf are the readings that an asset's own row shows the newest of.
var kindsOf = map[string]string{aemp.Position: store.KindPosition, aemp.OperatingHours: store.KindHours, aemp.IdleHours: store.KindIdleHours,
	aemp.FuelRemaining: store.KindFuel, aemp.DEFRemaining: store.KindDEF, aemp.Distance: store.KindOdometer, aemp.EngineRunning: store.KindEngine}

// fleet turns machines of a snapshot into assets.
type fleet struct{ source string }

func (t *fleet) judge(ctx context.Context, s store.Staff, e entry) (plan, error) {
	m, ok := e.machine.(*aemp.Equipment)
	if !ok {
		return refuse("", "%s", e.problem), nil
	}
	in := machineInput(m)
	out := plan{label: in.Name, keys: machineKeys(in)}
	w := assetPlan{}
	w.edit.AssetInput = in
	var err error
	if w.was, err = matchMachine(ctx, s, &w.edit.AssetInput); err != nil {
		return out, err
	}
	if w.was.ID != 0 {
		w.edit.AssetInput = filled(w.was.AssetInput, w.edit.AssetInput, &w.diff)
	}
	if err := w.edit.Validate(s.Now()); err != nil {
		return out, fault.New(fault.Invalid, "%s", labelled(assetColumns, fault.Fields(err)))
	}
	says, err := t.read(ctx, s, m, &w)
	if err != nil {
		return out, err
	}
	out.news = len(w.readings)
	return out.outcome(int64(w.was.ID), len(w.diff)+len(w.readings)+len(w.faults) > 0, joinWords(w.diff.String(), says), w.do), nil
}

func (t *fleet) undo(ctx context.Context, s store.Staff, r store.ImportRow) error {
	return undoAsset(ctx, s, r)
}

func joinWords(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "; " + b
}

// machineInput is a machine as an asset. Its name is what the owner calls it.
func machineInput(m *aemp.Equipment) store.AssetInput {
	name := cmp.Or(m.EquipmentID, strings.TrimSpace(m.OEM+" "+m.Model+" "+cmp.Or(m.Serial, m.PIN)), "Machine without a name")
	return store.AssetInput{Name: clipped(name, 200), ExternalID: clipped(m.EquipmentID, 100), Serial: clipped(m.Serial, 100), PIN: clipped(m.PIN, 100), Make: clipped(m.OEM, 100), Model: clipped(m.Model, 100), Status: "active"}
}

// clipped makes foreign text fit: no control characters, no more than most.
func clipped(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == 0x85 || r == 0x2028 || r == 0x2029 {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	r := []rune(strings.TrimSpace(s))
	return strings.TrimSpace(string(r[:min(len(r), most)]))
}

// machineKeys tell machines of one snapshot apart: what the maker stamped on
// it, and only without that what the owner calls it.
func machineKeys(in store.AssetInput) []string {
	switch {
	case in.PIN != "":
		return []string{"The PIN “" + in.PIN + "”"}
	case in.Serial != "":
		return []string{"The serial number “" + strings.TrimSpace(in.Make+" "+in.Serial) + "”"}
	}
	return []string{"“" + in.Name + "”"}
}

// matchMachine finds the asset a machine is. Two machines may bear the same
// name; their serial numbers then say that they are two, and the second one
// is known by its serial number alone.
func matchMachine(ctx context.Context, s store.Staff, in *store.AssetInput) (store.Asset, error) {
	key := store.AssetKey{ExternalID: in.ExternalID, PIN: in.PIN, Serial: in.Serial, Make: in.Make, Name: in.Name}
	a, err := matched(ctx, s, key)
	if err != nil || a.ID == 0 || !differ(a.Serial, in.Serial) || a.PIN != "" && strings.EqualFold(a.PIN, in.PIN) {
		return a, err
	}
	in.ExternalID = ""
	key.ExternalID, key.Name = "", ""
	return matched(ctx, s, key)
}

func matched(ctx context.Context, s store.Staff, key store.AssetKey) (store.Asset, error) {
	id, err := s.MatchAsset(ctx, key)
	if err != nil || id == 0 {
		return store.Asset{}, err
	}
	return s.Asset(ctx, id)
}

// differ reports whether both are known and not the same.
func differ(a, b string) bool { return a != "" && b != "" && !strings.EqualFold(a, b) }

// filled takes from now what was does not say.
func filled(was, now store.AssetInput, diff *differences) store.AssetInput {
	out := was
	for _, f := range []struct {
		label   string
		to      *string
		old, by string
	}{{"ID", &out.ExternalID, was.ExternalID, now.ExternalID}, {"Serial number", &out.Serial, was.Serial, now.Serial}, {"PIN", &out.PIN, was.PIN, now.PIN},
		{"Make", &out.Make, was.Make, now.Make}, {"Model", &out.Model, was.Model, now.Model}} {
		if f.old == "" && f.by != "" {
			*f.to = f.by
			diff.of(f.label, "", f.by)
		}
	}
	return out
}

// read takes the readings and faults that are news, and says how many.
func (t *fleet) read(ctx context.Context, s store.Staff, m *aemp.Equipment, w *assetPlan) (says string, err error) {
	all, left := t.readings(s, m)
	var faults []store.FaultCode
	for _, f := range m.Faults {
		faults = append(faults, store.FaultCode{Code: f.Code, Description: f.Description, Severity: f.Severity, Source: f.Source, At: f.At})
	}
	if w.was.ID != 0 {
		if all, err = newReadings(ctx, s, w.was.ID, all); err != nil {
			return "", err
		}
		if faults, err = newFaults(ctx, s, w.was.ID, faults); err != nil {
			return "", err
		}
	}
	w.readings, w.faults = all, faults
	var parts []string
	for _, p := range []struct {
		n         int
		one, many string
	}{{len(all), "1 reading", "%d readings"}, {len(faults), "1 fault code", "%d fault codes"}} {
		if p.n == 1 {
			parts = append(parts, p.one)
		} else if p.n > 1 {
			parts = append(parts, fmt.Sprintf(p.many, p.n))
		}
	}
	if len(left) > 0 {
		parts = append(parts, fmt.Sprintf("%d left out: %s", len(left), left[0]))
	}
	return strings.Join(parts, ", "), nil
}

// readings are a machine's readings as the store keeps them, and sentences
// about those that cannot be.
func (t *fleet) readings(s store.Staff, m *aemp.Equipment) (out []store.Reading, left []string) {
	hours, seen := hoursKind(m), map[store.ReadingKey]bool{}
	for _, r := range m.Readings {
		v := store.Reading{Kind: kindOfReading(r, hours), At: r.At, Value: store.Some(r.Value), Text: r.Text, Unit: r.Unit, Source: t.source}
		if r.TextOnly {
			v.Value = store.Num{}
		}
		if r.Kind == aemp.Position {
			v.Value2 = store.Some(r.Lon)
			if r.HasAlt {
				v.Value3 = store.Some(r.Alt)
			}
		}
		if err := v.Check(s.Now()); err != nil {
			left = append(left, fault.Says(err))
			continue
		}
		for n, kind := 2, v.Kind; seen[v.Key()]; n++ { // two of a kind at the same time are two readings
			v.Kind = fmt.Sprintf("%s#%d", kind, n)
		}
		seen[v.Key()] = true
		out = append(out, v)
	}
	return out, left
}

// hoursKind is what counts as operating hours: engine hours where a machine
// reports nothing else.
func hoursKind(m *aemp.Equipment) string {
	for _, r := range m.Readings {
		if r.Kind == aemp.OperatingHours {
			return aemp.OperatingHours
		}
	}
	return aemp.EngineHours
}

func kindOfReading(r aemp.Reading, hours string) string {
	switch {
	case r.Kind == hours:
		return store.KindHours
	case (r.Kind == aemp.FuelRemaining || r.Kind == aemp.DEFRemaining) && r.Unit != "%":
		return r.Kind // litres are no level
	case r.TextOnly:
		return r.Kind
	case r.Kind == aemp.SwitchStatus && r.Text != "":
		return clipped(r.Kind+":"+r.Text, 60)
	}
	return cmp.Or(kindsOf[r.Kind], clipped(r.Kind, 60))
}

func newReadings(ctx context.Context, s store.Staff, id store.AssetID, all []store.Reading) (out []store.Reading, err error) {
	keys := make([]store.ReadingKey, 0, len(all))
	for _, r := range all {
		keys = append(keys, r.Key())
	}
	have, err := s.ReadingsAt(ctx, id, keys)
	if err != nil {
		return nil, err
	}
	for _, r := range all {
		if !isThere(r, have) {
			out = append(out, r)
		}
	}
	return out, nil
}

func newFaults(ctx context.Context, s store.Staff, id store.AssetID, all []store.FaultCode) (out []store.FaultCode, err error) {
	if len(all) == 0 {
		return nil, nil
	}
	keys := make([]store.FaultKey, 0, len(all))
	for _, f := range all {
		keys = append(keys, f.Key())
	}
	have, err := s.FaultsAt(ctx, id, keys)
	if err != nil {
		return nil, err
	}
	for _, f := range all {
		if !have[f.Key()] {
			out = append(out, f)
		}
	}
	return out, nil
}
