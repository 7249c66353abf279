package store

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"gatehouse/store/fault"
)

func TestAsset_roundTripAndStaleEdit(t *testing.T) {
	w := newWorld(t)
	field, err := w.staff.AddField(t.Context(), FieldInput{Label: "Tyres", Kind: "number"})
	w.must(err)
	in := AssetInput{Name: "Digger 7", ExternalID: "X-7", Serial: "S7", PIN: "WNC70000001", Make: "Kramer", Model: "5085", Type: "Loader", Year: 2019, Status: "idle"}
	id, err := w.staff.AddAsset(t.Context(), AssetEdit{AssetInput: in, Values: map[FieldID]string{field: "12,5"}})
	w.must(err)
	got, err := w.staff.Asset(t.Context(), id)
	w.must(err)
	if got.AssetInput != in {
		t.Errorf("got %+v, want %+v", got.AssetInput, in)
	}
	values, err := w.staff.FieldValues(t.Context(), id)
	w.must(err)
	if len(values) != 1 || values[0].Value != "12.5" {
		t.Errorf("values %+v", values)
	}
	in.Status = "service"
	w.must(w.staff.ChangeAsset(t.Context(), id, got.Version, AssetEdit{AssetInput: in}))
	if err := w.staff.ChangeAsset(t.Context(), id, got.Version, AssetEdit{AssetInput: in}); fault.Of(err) != fault.Conflict {
		t.Errorf("an edit of an old version: %v", err)
	}
	if _, err := w.staff.AddAsset(t.Context(), AssetEdit{AssetInput: AssetInput{Name: "Other", ExternalID: "x-7"}}); fault.Fields(err)["external_id"] == "" {
		t.Errorf("the same external id in another case: %v", err)
	}
	if n := w.count(`SELECT count(*) FROM events WHERE kind = 'status'`); n != 1 {
		t.Errorf("%d status events, want 1", n)
	}
	w.must(w.staff.DeleteAsset(t.Context(), id))
	if n := w.count(`SELECT count(*) FROM asset_search`); n != 0 {
		t.Errorf("%d entries are left in the search", n)
	}
}

func TestAsset_badInputIsASentenceAtTheField(t *testing.T) {
	w := newWorld(t)
	for field, in := range map[string]AssetInput{
		"name":        {Name: strings.Repeat("x", 10000)},
		"serial":      {Name: "a", Serial: "a\x00b"},
		"external_id": {Name: "a", ExternalID: "a\r\nb"},
		"year":        {Name: "a", Year: 3000},
		"status":      {Name: "a", Status: "flying"},
		"model":       {Name: "a", Model: "\xff\xfe"},
	} {
		if _, err := w.staff.AddAsset(t.Context(), AssetEdit{AssetInput: in}); fault.Fields(err)[field] == "" {
			t.Errorf("%s: got %v %v", field, err, fault.Fields(err))
		}
	}
	for _, name := range []string{"<script>alert(1)</script>", "=1+1", "שלום", "مرحبا"} {
		id, err := w.staff.AddAsset(t.Context(), AssetEdit{AssetInput: AssetInput{Name: name}})
		w.must(err)
		if a, err := w.staff.Asset(t.Context(), id); err != nil || a.Name != name {
			t.Errorf("%q came back as %q, %v", name, a.Name, err)
		}
	}
}

func TestAssets_everySortPagesThroughAllOnce(t *testing.T) {
	alone(t)
	w := newWorld(t)
	ids := []AssetID{}
	w.must(w.staff.Update(t.Context(), func(s Staff) error {
		for i := range 130 {
			id, err := s.AddAsset(t.Context(), AssetEdit{AssetInput: AssetInput{Name: fmt.Sprintf("A %d", i%40)}})
			if err != nil {
				return err
			}
			ids = append(ids, id)
			if i%3 == 0 {
				if _, err := s.AddReadings(t.Context(), id, []Reading{{Kind: KindHours, At: w.now.Add(-time.Duration(i%9) * time.Hour), Value: Some(float64(i % 7))}}); err != nil {
					return err
				}
			}
		}
		return nil
	}))
	w.now = w.now.Add(time.Hour)
	_, err := w.staff.Assign(t.Context(), AssignInput{Assets: ids, Customer: w.a, From: day(2026, 11, 1)})
	w.must(err)
	for name, s := range map[string]interface {
		Assets(ctx contextT, f AssetFilter) (Page[Asset], error)
	}{"staff": w.staff, "client": w.client(w.a)} {
		for _, sort := range []string{"name", "-name", "seen", "-seen", "hours", "-hours"} {
			seen, after := map[AssetID]bool{}, ""
			for range 10 {
				p, err := s.Assets(t.Context(), AssetFilter{Sort: sort, After: after})
				w.must(err)
				for _, a := range p.Rows {
					if seen[a.ID] {
						t.Fatalf("%s by %s: %d twice", name, sort, a.ID)
					}
					seen[a.ID] = true
				}
				if after = p.Next; after == "" {
					break
				}
			}
			if len(seen) != 130 {
				t.Errorf("%s by %s: saw %d of 130", name, sort, len(seen))
			}
		}
	}
}

func TestAssets_filters(t *testing.T) {
	w := newWorld(t)
	one, two, three := w.asset("One"), w.asset("Two"), w.asset("Three")
	w.assign(w.a, one)
	w.sql(`INSERT INTO groups (provider_id, name, key, created_at) VALUES (%d, 'North', 'north', 0)`, w.staff.provider)
	groups, err := w.staff.GroupNames(t.Context())
	w.must(err)
	if n, err := w.staff.GroupAssets(t.Context(), []AssetID{one, two}, groups[0].ID, true); n != 2 || err != nil {
		t.Fatalf("group: %d, %v", n, err)
	}
	a, err := w.staff.Asset(t.Context(), three)
	w.must(err)
	a.Status, a.Type = "retired", "Crane"
	w.must(w.staff.ChangeAsset(t.Context(), three, a.Version, AssetEdit{AssetInput: a.AssetInput}))
	for name, c := range map[string]struct {
		f    AssetFilter
		want []string
	}{
		"all":                  {AssetFilter{}, []string{"One", "Three", "Two"}},
		"a customer's":         {AssetFilter{Customer: w.a}, []string{"One"}},
		"nobody's":             {AssetFilter{Customer: Unassigned}, []string{"Three", "Two"}},
		"a group":              {AssetFilter{Group: groups[0].ID}, []string{"One", "Two"}},
		"group and customer":   {AssetFilter{Group: groups[0].ID, Customer: w.a}, []string{"One"}},
		"group and search":     {AssetFilter{Group: groups[0].ID, Search: "two"}, []string{"Two"}},
		"status":               {AssetFilter{Status: "retired"}, []string{"Three"}},
		"type":                 {AssetFilter{Type: "Loader"}, []string{"One", "Two"}},
		"search":               {AssetFilter{Search: "krAMer tw"}, []string{"Two"}},
		"search and customer":  {AssetFilter{Search: "kramer", Customer: w.a}, []string{"One"}},
		"nothing but signs":    {AssetFilter{Search: "!!"}, []string{}},
		"another's group":      {AssetFilter{Group: 999}, []string{}},
		"search of no such":    {AssetFilter{Search: "zzz"}, []string{}},
		"search in quotes":     {AssetFilter{Search: `"two" OR (one* NEAR`}, []string{}},
		"type there is not":    {AssetFilter{Type: "Nothing"}, []string{}},
		"unknown status value": {AssetFilter{Status: "' OR 1=1"}, []string{}},
	} {
		if got := w.sees(w.staff, c.f); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
	types, err := w.staff.AssetTypes(t.Context())
	w.must(err)
	if !slices.Equal(types, []string{"Crane", "Loader"}) {
		t.Errorf("types %v", types)
	}
	if types, _ := w.client(w.a).AssetTypes(t.Context()); !slices.Equal(types, []string{"Loader"}) {
		t.Errorf("the client's types %v", types)
	}
	counts, err := w.client(w.a).AssetCounts(t.Context())
	w.must(err)
	if counts[0].N != 1 || counts[3].N != 0 {
		t.Errorf("the client's counts %v", counts)
	}
	many, few := w.client(w.a), w.client(w.a)
	few.few = true
	counted, err := many.AssetFacets(t.Context())
	w.must(err)
	if read, err := few.AssetFacets(t.Context()); err != nil || !reflect.DeepEqual(read, counted) {
		t.Errorf("read at once the facets are %v (%v), counted one by one %v", read, err, counted)
	}
	if _, err := w.staff.Assets(t.Context(), AssetFilter{Sort: "id; DROP"}); fault.Of(err) != fault.Invalid {
		t.Errorf("an unknown sort: %v", err)
	}
	if _, err := w.staff.AssetIDs(t.Context(), AssetFilter{}, 2); fault.Of(err) != fault.Invalid {
		t.Errorf("more ids than wanted: %v", err)
	}
}

func TestAssets_searchFindsEveryPrefix(t *testing.T) {
	alone(t)
	w := newWorld(t)
	in := AssetInput{Name: "Seither Lüstadt Kramer5085 SN:353010025", ExternalID: "FL-00017/b", Serial: "WNC-283.008", PIN: "353000512", Make: "Wacker Neuson", Model: "EZ17e"}
	id, err := w.staff.AddAsset(t.Context(), AssetEdit{AssetInput: in})
	w.must(err)
	stranger := testProvider(t, w.db, "two")
	_, err = stranger.AddAsset(t.Context(), AssetEdit{AssetInput: in})
	w.must(err)
	w.assign(w.a, id)
	scopes := map[string]interface {
		Assets(ctx contextT, f AssetFilter) (Page[Asset], error)
	}{"staff": w.staff, "client": w.client(w.a)}
	for _, text := range []string{in.Name, in.ExternalID, in.Serial, in.PIN, in.Make, in.Model, "Lustadt", "LÜSTADT", "5085", "kramer 5085", "wnc283008", "sn 3530", "neuson wacker"} {
		for i := 1; i <= len([]rune(text)); i++ {
			prefix := string([]rune(text)[:i])
			for name, s := range scopes {
				if got := w.sees(s, AssetFilter{Search: prefix}); len(got) != 1 {
					t.Errorf("%s searching %q: %d found, want 1", name, prefix, len(got))
				}
			}
		}
	}
	if got := w.sees(w.client(w.b), AssetFilter{Search: "kramer"}); len(got) != 0 {
		t.Errorf("another customer finds %v", got)
	}
	in.Name, in.Serial = "Renamed", "NEW1"
	w.must(w.staff.ChangeAsset(t.Context(), id, 0, AssetEdit{AssetInput: in}))
	if got := w.sees(w.staff, AssetFilter{Search: "lustadt"}); len(got) != 0 {
		t.Errorf("found by its old name: %v", got)
	}
	if got := w.sees(w.staff, AssetFilter{Search: "rena new"}); len(got) != 1 {
		t.Error("not found by its new name")
	}
}

func TestMatchAsset_rules(t *testing.T) {
	w := newWorld(t)
	add := func(in AssetInput) AssetID {
		id, err := w.staff.AddAsset(t.Context(), AssetEdit{AssetInput: in})
		w.must(err)
		return id
	}
	ext := add(AssetInput{Name: "Ext", ExternalID: "E1"})
	pin := add(AssetInput{Name: "Pin", PIN: "P1", Serial: "S9"})
	ser := add(AssetInput{Name: "Ser", Make: "Kramer", Serial: "S1"})
	add(AssetInput{Name: "Twice", Make: "Cat", Serial: "S2"})
	add(AssetInput{Name: "Twice", Make: "Volvo", Serial: "S2"})
	for name, c := range map[string]struct {
		k    AssetKey
		want AssetID
		kind fault.Kind
	}{
		"external id before all":         {AssetKey{ExternalID: "e1", PIN: "P1"}, ext, 0},
		"unknown external id, then pin":  {AssetKey{ExternalID: "nope", PIN: "p1"}, pin, 0},
		"make and serial":                {AssetKey{Make: "KRAMER", Serial: "s1"}, ser, 0},
		"serial of another make":         {AssetKey{Make: "Cat", Serial: "S1"}, 0, 0},
		"serial without a make":          {AssetKey{Serial: "S1"}, ser, 0},
		"serial that two makes have":     {AssetKey{Serial: "S2"}, 0, fault.Conflict},
		"name":                           {AssetKey{Name: "ext"}, ext, 0},
		"name, but another serial":       {AssetKey{Name: "Pin", Serial: "OTHER"}, 0, 0},
		"nothing fits":                   {AssetKey{ExternalID: "x", PIN: "y", Serial: "z", Name: "q"}, 0, 0},
		"make decides between two equal": {AssetKey{Make: "Volvo", Serial: "S2"}, 5, 0},
	} {
		got, err := w.staff.MatchAsset(t.Context(), c.k)
		if got != c.want || c.kind == 0 && err != nil || c.kind != 0 && fault.Of(err) != c.kind {
			t.Errorf("%s: got %d, %v; want %d", name, got, err, c.want)
		}
	}
}

func TestFields_kindsAndSharing(t *testing.T) {
	w := newWorld(t)
	one := w.asset("One")
	w.assign(w.a, one)
	ids := map[string]FieldID{}
	for i, kind := range FieldKinds {
		id, err := w.staff.AddField(t.Context(), FieldInput{Label: "My " + kind, Kind: kind, Shared: kind == "date", Position: int64(i)})
		w.must(err)
		ids[kind] = id
	}
	in := AssetInput{Name: "One"}
	for kind, value := range map[string]string{"number": "abc", "date": "2026-13-01", "yesno": "maybe", "text": "a\x00"} {
		err := w.staff.ChangeAsset(t.Context(), one, 0, AssetEdit{AssetInput: in, Values: map[FieldID]string{ids[kind]: value}})
		if fault.Fields(err)[fmt.Sprintf("field_%d", ids[kind])] == "" {
			t.Errorf("%s %q: %v", kind, value, err)
		}
	}
	w.must(w.staff.ChangeAsset(t.Context(), one, 0, AssetEdit{AssetInput: in, Values: map[FieldID]string{ids["number"]: "7", ids["date"]: "2026-12-01", ids["yesno"]: "Yes", ids["text"]: "secret"}}))
	seen, err := w.client(w.a).FieldValues(t.Context(), one)
	w.must(err)
	if len(seen) != 1 || seen[0].Value != "2026-12-01" {
		t.Errorf("the client sees %+v, want the shared one", seen)
	}
	if err := w.staff.ChangeField(t.Context(), ids["text"], FieldInput{Label: "My text", Kind: "number"}); fault.Fields(err)["kind"] == "" {
		t.Errorf("another kind under values: %v", err)
	}
	if err := w.staff.ChangeAsset(t.Context(), one, 0, AssetEdit{AssetInput: in, Values: map[FieldID]string{9999: "x"}}); fault.Of(err) != fault.NotFound {
		t.Errorf("a foreign field: %v", err)
	}
	w.must(w.staff.RemoveField(t.Context(), ids["text"]))
}

func TestAssets_bigAndSmallCustomersFindTheSame(t *testing.T) {
	alone(t)
	w := newWorld(t)
	var big []AssetID
	w.must(w.staff.Update(t.Context(), func(s Staff) error {
		for i := range oneByOne + 40 {
			id, err := s.AddAsset(t.Context(), AssetEdit{AssetInput: AssetInput{Name: fmt.Sprintf("Lift %d", i), Serial: fmt.Sprintf("S-%d", i%10)}})
			if err != nil {
				return err
			}
			big = append(big, id)
		}
		return nil
	}))
	_, err := w.staff.Assign(t.Context(), AssignInput{Assets: big, Customer: w.a})
	w.must(err)
	for _, search := range []string{"lift", "s3", "lift 5", "s-7 lift", "zz", "LIFT 12 s"} {
		want, err := w.staff.Assets(t.Context(), AssetFilter{Search: search})
		w.must(err)
		got, err := w.client(w.a).Assets(t.Context(), AssetFilter{Search: search})
		w.must(err)
		if got.Total != want.Total || len(got.Rows) != len(want.Rows) {
			t.Errorf("%q: the big customer finds %d, staff find %d", search, got.Total, want.Total)
		}
	}
	_, err = w.staff.Unassign(t.Context(), big[60:], time.Time{})
	w.must(err)
	for search, want := range map[string]int{"lift": 60, "s3": 6, "lift 5": 15, "zz": 0} {
		if got, _ := w.client(w.a).Assets(t.Context(), AssetFilter{Search: search}); got.Total != want {
			t.Errorf("%q: the small customer finds %d, want %d", search, got.Total, want)
		}
	}
}
