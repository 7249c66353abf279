package admin_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"gatehouse/app/apptest"
	"gatehouse/store"
)

// yard is a provider with two customers and a few machines, and its admin.
type yard struct {
	*apptest.Appliance
	s          store.Staff
	b          *apptest.Browser
	acme, beta store.CustomerID
}

func newYard(t *testing.T) *yard {
	t.Helper()
	a := apptest.New(t)
	y := &yard{Appliance: a, s: a.Provider("nordlift")}
	for name, into := range map[string]*store.CustomerID{"Acme": &y.acme, "Beta": &y.beta} {
		var err error
		if *into, err = y.s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: name}}); err != nil {
			t.Fatal(err)
		}
	}
	y.b = a.Browser().SignIn("/admin/nordlift", "admin@nordlift.test")
	return y
}

func (y *yard) asset(t *testing.T, name string) store.AssetID {
	t.Helper()
	id, err := y.s.AddAsset(t.Context(), store.AssetEdit{AssetInput: store.AssetInput{Name: name, Make: "Kramer", Model: "5085"}})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func num[T ~int64](n T) string { return strconv.FormatInt(int64(n), 10) }

func TestAssets_addedShownEditedDeleted(t *testing.T) {
	y := newYard(t)
	y.b.Get("/admin/nordlift/assets").Is(200).Sees("No assets yet")
	form := url.Values{"name": {""}, "year": {"abcd"}, "status": {"active"}}
	y.b.Post("/admin/nordlift/assets/new", form).Is(422).Sees("Give the year as four digits")
	form = url.Values{"name": {strings.Repeat("x", 10000)}, "status": {"active"}}
	y.b.Post("/admin/nordlift/assets/new", form).Is(422).Sees("10000 characters long")
	form = url.Values{"name": {"<script>alert(1)</script>"}, "serial": {"=1+1"}, "year": {"2020"}, "status": {"idle"}}
	y.b.Post("/admin/nordlift/assets/new", form).Is(200).Sees("<script>alert(1)</script>", "=1+1", "Idle", "Not assigned", "No readings yet")
	if strings.Contains(y.b.Page.Body, "<script>alert(1)") {
		t.Error("a name became a script")
	}
	at := y.b.Page.URL.Path
	y.b.Post(at+"/reading", url.Values{"kind": {"hours"}, "at": {"2099-01-01T10:00"}, "value": {"5"}}).Is(422).Sees("lies in the future")
	y.b.Post(at+"/reading", url.Values{"kind": {"position"}, "at": {"2026-11-20T09:00"}, "lat": {"95"}, "lon": {"8"}}).Is(422).Sees("between -90 and 90")
	y.b.Post(at+"/reading", url.Values{"kind": {"hours"}, "at": {"2026-11-20T09:00"}, "value": {"1.234,5"}}).Is(422).Sees("Give a number")
	y.b.Post(at+"/reading", url.Values{"kind": {"hours"}, "at": {"2026-11-20T09:00"}, "value": {"1234,5"}}).Is(200).Sees("1,234.5 h", "One reading in this period")
	y.b.Post(at+"/edit", url.Values{"name": {"Digger"}, "status": {"active"}, "version": {"1"}}).Is(200).Sees("Digger", "Status changed from Idle to Active")
	y.b.Post(at+"/edit", url.Values{"name": {"Digger 2"}, "status": {"active"}, "version": {"1"}}).Is(422).Sees("Somebody else changed this asset meanwhile")
	y.b.Get("/admin/nordlift/assets?q=dig").Sees("Digger")
	y.b.Get(at + "/delete").Sees("This cannot be undone")
	y.b.Post(at+"/delete", nil).Is(200).Sees("Digger is deleted")
	y.b.Get(at).Is(404)
}

func TestAssets_assignedConflictDecidedAndTakenBack(t *testing.T) {
	y := newYard(t)
	one, two := y.asset(t, "One"), y.asset(t, "Two")
	const at = "/admin/nordlift/assets"
	ids := url.Values{"id": {num(one), num(two)}}
	y.b.Get(at+"/assign?"+ids.Encode()).Is(200).Sees("2 assets", "One, Two", "First day")
	y.b.Post(at+"/assign", with(ids, "for", "999999", "from", "2026-11-20")).Is(422).Sees("Choose one of your customers.")
	y.b.Post(at+"/assign", with(ids, "for", num(y.acme), "from", "30.11.2026")).Is(422).Sees("Give a date as year, month and day")
	y.b.Post(at+"/assign", with(ids, "for", num(y.acme), "from", "2026-11-10", "to", "2026-11-01")).Is(422).Sees("The last day lies before the first day.")
	y.b.Post(at+"/assign", with(ids, "for", num(y.acme), "from", "2026-11-10")).Is(200).Sees("2 assets are assigned to Acme.")
	y.b.Post(at+"/assign", with(url.Values{"id": {num(one)}}, "for", num(y.beta), "from", "2026-11-20")).Is(409).Sees("Nothing has been changed yet", "One: Acme, since 11/10/2026")
	h, err := y.s.AssetHistory(t.Context(), one)
	if err != nil || len(h) != 1 {
		t.Fatalf("%d assignments, %v: an undecided conflict changed something", len(h), err)
	}
	y.b.Post(at+"/assign", with(url.Values{"id": {num(one)}}, "for", num(y.beta), "from", "2026-11-20", "decided", "1")).Is(200).Sees("1 was left with another customer")
	y.b.Post(at+"/assign", with(url.Values{"id": {num(one)}}, "for", num(y.beta), "from", "2026-11-20", "decided", "1", "end", num(h[0].ID))).Is(200).Sees("1 asset is assigned to Beta.", "Acme", "Has it now", "Returned")
	y.b.Post(at+"/return", url.Values{"id": {num(one)}, "when": {"day"}}).Is(422).Sees("Give the last day.")
	y.b.Post(at+"/return", url.Values{"id": {num(one)}, "when": {"now"}}).Is(200).Sees("1 asset is back with you.")
	y.b.Get("/admin/nordlift/customers/"+num(y.acme)+"/assets").Sees("Two", "Assign assets").SeesNot(">One<")
	y.b.Post(at+"/assign", with(url.Values{"all": {"1"}, "q": {"kramer"}}, "for", num(y.acme), "from", "2026-11-20")).Is(200).Sees("1 was already")
}

func TestAssets_staleReadingsAreSaid(t *testing.T) {
	y := newYard(t)
	one := y.asset(t, "One")
	if _, err := y.s.AddReadings(t.Context(), one, []store.Reading{{Kind: store.KindHours, At: y.Clock.Now().AddDate(-5, 0, 0), Value: store.Some(3)}}); err != nil {
		t.Fatal(err)
	}
	y.b.Get("/admin/nordlift/assets/assign?id=" + num(one)).Sees("Your customer sees readings from the first day on.")
	y.b.Post("/admin/nordlift/assets/assign", url.Values{"id": {num(one)}, "for": {num(y.acme)}}).Sees("older than the first day")
}

func TestAssets_anotherProvidersStayUnseen(t *testing.T) {
	y := newYard(t)
	other := y.Provider("swift")
	theirs, err := other.AddAsset(t.Context(), store.AssetEdit{AssetInput: store.AssetInput{Name: "Foreign machine"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/assets/" + num(theirs), "/assets/assign?id=" + num(theirs), "/assets/return?id=" + num(theirs), "/assets/activity?asset=" + num(theirs)} {
		y.b.Get("/admin/nordlift" + path).Is(404).SeesNot("Foreign machine")
	}
	y.b.Post("/admin/nordlift/assets/assign", url.Values{"id": {num(theirs)}, "for": {num(y.acme)}}).Is(404)
	for _, path := range []string{"/assets?q=foreign", "/assets/export?format=csv", "/assets/map.json", "/assets/activity"} {
		y.b.Get("/admin/nordlift" + path).Is(200).SeesNot("Foreign machine")
	}
}

func TestAssets_exportHoldsTheWholeFilteredList(t *testing.T) {
	y := newYard(t)
	err := y.s.Update(t.Context(), func(s store.Staff) error {
		for i := range 1200 {
			if _, err := s.AddAsset(t.Context(), store.AssetEdit{AssetInput: store.AssetInput{Name: "M " + strconv.Itoa(i), Serial: "=1+" + strconv.Itoa(i)}}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	y.b.Get("/admin/nordlift/assets/export?format=csv").Is(200)
	if n := strings.Count(y.b.Page.Body, "\n"); n != 1201 {
		t.Errorf("%d lines, want 1201", n)
	}
	if strings.Contains(y.b.Page.Body, ",=1+") {
		t.Error("a cell would be taken for a formula")
	}
	y.b.Get("/admin/nordlift/assets/export?format=csv&q=M+7").Is(200)
	if n := strings.Count(y.b.Page.Body, "\n"); n != 112 {
		t.Errorf("%d lines of the filtered list, want 112", n)
	}
	y.b.Get("/admin/nordlift/assets/export").Is(200)
	if !strings.HasPrefix(y.b.Page.Body, "PK") || y.b.Page.Header.Get("Content-Disposition") == "" {
		t.Error("that is no workbook to keep")
	}
	y.b.Get("/admin/nordlift/assets").Sees("1,000+")
}

func TestFields_addedSharedAndTyped(t *testing.T) {
	y := newYard(t)
	one := y.asset(t, "One")
	const at = "/admin/nordlift/assets/fields"
	y.b.Get(at).Sees("No fields of your own yet")
	y.b.Post(at, url.Values{"label": {""}, "kind": {"text"}}).Is(422).Sees("Give the field a name.")
	y.b.Post(at, url.Values{"label": {"Inspection"}, "kind": {"date"}, "shared": {"1"}}).Is(200).Sees("Field added.", "See it")
	f, err := y.s.Fields(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	edit := url.Values{"name": {"One"}, "status": {"active"}, "field_" + num(f[0].ID): {"soon"}}
	y.b.Post("/admin/nordlift/assets/"+num(one)+"/edit", edit).Is(422).Sees("Give a date.")
	edit.Set("field_"+num(f[0].ID), "2026-12-24")
	y.b.Post("/admin/nordlift/assets/"+num(one)+"/edit", edit).Is(200).Sees("Inspection", "12/24/2026")
	y.b.Post(at+"/"+num(f[0].ID)+"/delete", nil).Is(200).Sees("is deleted")
}

func TestAssets_mapMarks(t *testing.T) {
	y := newYard(t)
	one := y.asset(t, "One")
	if err := y.s.AddReading(t.Context(), one, store.Reading{Kind: store.KindPosition, At: y.Clock.Now().Add(-time.Hour), Value: store.Some(50), Value2: store.Some(8)}); err != nil {
		t.Fatal(err)
	}
	y.b.Get("/admin/nordlift/assets/map").Is(http.StatusOK).Sees("One")
	y.b.Get("/admin/nordlift/assets/map.json").Is(200).Sees(`"label":"One"`, `"bounds":[50,8,50,8]`)
	y.b.Get("/admin/nordlift/assets/map.json?bbox=1,1,2,2&zoom=5").Is(200).Sees(`"points":[]`)
	y.b.Get("/admin/nordlift/assets/map.json?bbox=1,1,2&zoom=5").Is(422)
	y.b.Get("/admin/nordlift/assets/map.json?bbox=NaN,1,2,3&zoom=5").Is(422)
}

func with(v url.Values, pairs ...string) url.Values {
	out := url.Values{}
	for k, all := range v {
		out[k] = all
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		out.Set(pairs[i], pairs[i+1])
	}
	return out
}
