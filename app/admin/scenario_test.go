package admin_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gatehouse/app/apptest"
	"gatehouse/app/mailer/smtptest"
	"gatehouse/app/sheet"
	"gatehouse/store"
	"gatehouse/store/storetest"
)

// swiftDay is a day's work as the warehouse's system writes it: a workbook
// whose "Customer Code" is the code of a group.
func swiftDay(t *testing.T, rows ...[]string) string {
	t.Helper()
	cols := []sheet.OutColumn{{Title: "Customer Code"}, {Title: "D.O. No."}, {Title: "Type"}, {Title: "Delivery Date"}, {Title: "Deliver To"}, {Title: "Address"}, {Title: "SKU"}, {Title: "Qty"}}
	var b bytes.Buffer
	w, err := sheet.NewXLSX(&b, "Day", cols, sheet.Format{})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		cells := make([]sheet.Cell, len(r))
		for n, v := range r {
			cells[n] = sheet.Text(v)
		}
		if err := w.Write(cells...); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestScenario_theDaysDeliveries is e.3 1 at the customers' end: after the
// import each sees its own deliveries only, and a parked one nobody's.
func TestScenario_theDaysDeliveries(t *testing.T) {
	a := apptest.New(t)
	s := a.Provider("nordlift")
	b := a.Browser().SignIn("/admin/nordlift", "admin@nordlift.test")
	people := map[string]*apptest.Browser{}
	for _, name := range []string{"Acme", "Beta"} {
		of, err := s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: name}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.AddGroup(t.Context(), store.GroupEdit{Name: name + " deliveries", Code: "WMS-" + name, Customer: of}); err != nil {
			t.Fatal(err)
		}
		o, c := storetest.Portal(t, a.DB, s, of, strings.ToLower(name)+"@client.test")
		if err := s.SetFeatures(t.Context(), o.ID, []store.Feature{store.FeatureDeliveries, store.FeatureDeliveryList, store.FeatureDeliveryExport}); err != nil {
			t.Fatal(err)
		}
		a.SetPassword(c.Me().ID)
		people[name] = a.Browser().SignIn("/portal/"+o.Slug, strings.ToLower(name)+"@client.test")
	}
	today := s.DayNow()
	file := swiftDay(t, []string{"WMS-Acme", "DO-A1", "Delivery", today, "Ana", "Quay 1", "S-1", "2"}, []string{"WMS-Acme", "DO-A1", "Delivery", today, "Ana", "Quay 1", "S-2", "3"},
		[]string{"wms-beta", "DO-B1", "Collection", today, "Ben", "Quay 2", "S-1", "1"}, []string{"WMS-Nobody", "DO-N1", "Delivery", today, "Cy", "Quay 3", "S-1", "1"}, []string{"WMS-Acme", "DO-X1", "Delivery", "2026-02-31", "Di", "Quay 4", "S-1", "1"})
	bring := func() string {
		upload(t, a, b, "jobs", "swift.xlsx", file).Is(http.StatusOK).Sees("What the columns mean")
		at := strings.TrimSuffix(b.Page.URL.Path, "/map")
		b.Post(at+"/check", nil).Is(http.StatusOK)
		a.Desk.Wait()
		b.Get(at).Is(http.StatusOK)
		return at
	}
	at := bring()
	b.Sees("Acme Acme deliveries 2 1 0", "Beta Beta deliveries 1 1 0", "Parked – 1", "No customer or group here goes by “WMS-Nobody”", "Refused 1")
	for _, p := range people {
		p.Get("/").SeesNot("DO-A1", "DO-B1")
	}
	b.Post(at+"/apply", nil).Is(http.StatusOK)
	a.Desk.Wait()
	for name, p := range people {
		mine, other := "DO-"+name[:1]+"1", map[string]string{"Acme": "DO-B1", "Beta": "DO-A1"}[name]
		base := "/portal/" + strings.ToLower(name) + "/deliveries"
		p.Get(base).Is(http.StatusOK).Sees(mine, "All 1 ").SeesNot(other, "DO-N1", "DO-X1", "Quay 3")
		p.Get(base+"?q=quay").Is(http.StatusOK).Sees(mine).SeesNot(other, "DO-N1")
		p.Get(base+"/export?format=csv").Is(http.StatusOK).Sees(mine).SeesNot(other, "DO-N1")
	}
	bring()
	b.Sees("New 0", "Change 0", "Same 3", "Parked 1", "Refused 1")
}

// TestScenario_completeWithProof is e.3 3: three photos, a signature, one item
// rejected; the customer reads it with its times, the paper has the pictures,
// and the consignee is told once.
func TestScenario_completeWithProof(t *testing.T) {
	y := newPhone(t)
	sink := y.MailServer(smtptest.Options{})
	of, err := y.s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "Acme"}})
	if err != nil {
		t.Fatal(err)
	}
	j, err := y.s.Job(t.Context(), y.job)
	if err != nil {
		t.Fatal(err)
	}
	e := store.JobEdit{JobInput: j.Edit()}
	e.Customer, e.ContactName, e.ContactEmail = of, "Con Signee", "con@elsewhere.test"
	if err := y.s.ChangeJob(t.Context(), y.job, j.Version, e); err != nil {
		t.Fatal(err)
	}
	o, c := storetest.Portal(t, y.DB, y.s, of, "ann@acme.test")
	if err := y.s.SetFeatures(t.Context(), o.ID, []store.Feature{store.FeatureDeliveries, store.FeatureDeliveryList, store.FeatureDeliveryProof}); err != nil {
		t.Fatal(err)
	}
	y.SetPassword(c.Me().ID)
	for range 2 { // a bad network sends it twice
		y.complete(map[string]string{"once": "k", "receiver": "Rita Shaw", "signature": drawing(t), "item_0_rejected": "1", "item_0_reason": "crushed"}, photoOf(t, 3), photoOf(t, 20), photoOf(t, 40)).Is(http.StatusOK).Sees("Partially completed")
		if err := y.Desk.TellNotices(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	ann, at := y.Browser().SignIn("/portal/"+o.Slug, "ann@acme.test"), "/portal/"+o.Slug+"/deliveries"
	ann.Get(at).Is(http.StatusOK).Sees("Partially completed", "Partially completed 1")
	ann.Get(at+"/"+num(y.job)).Is(http.StatusOK).Sees("Partially completed", "Rita Shaw", "crushed", "11/20/2026 9:30 AM").SeesNot("dora")
	for _, paper := range []*apptest.Browser{ann.Get(at + "/" + num(y.job) + "/proof.pdf"), y.b.Get("/admin/swift/jobs/" + num(y.job) + "/proof.pdf")} {
		paper.Is(http.StatusOK)
		if n := strings.Count(paper.Page.Body, "/Subtype /Image") + strings.Count(paper.Page.Body, "/Subtype/Image"); !strings.HasPrefix(paper.Page.Body, "%PDF-") || n < 4 {
			t.Errorf("the paper has %d pictures, want three photos and a signature", n)
		}
	}
	told := 0
	for _, l := range y.Letters(sink) {
		if strings.Contains(l.Get("To"), "con@elsewhere.test") {
			told++
		}
	}
	if told != 1 {
		t.Errorf("the consignee is told %d times", told)
	}
}

// TestScenario_ownScope is e.3 10: a dispatcher limited to two groups, without
// the right to export, meets no other group's job and no export.
func TestScenario_ownScope(t *testing.T) {
	y := newFruit(t)
	id := storetest.Staff(t, y.DB, y.s.Home().ID, "swift", "dis@swift.test", "technician").Me().ID
	y.must(y.s.SetStaffGroups(t.Context(), id, false, []store.GroupID{y.group["Apple"], y.group["Banana"]}))
	y.SetPassword(id)
	b := y.Browser().SignIn("/admin/swift", "dis@swift.test")
	for _, page := range []string{"/jobs", "/jobs/list", "/jobs/list?q=DO", "/customers/" + num(y.of) + "/jobs"} {
		b.Get("/admin/swift"+page).Is(http.StatusOK).Sees("Receiver-D1", "Receiver-D2").SeesNot("/export", "Export")
		for _, name := range []string{"D3", "D4"} {
			b.SeesNot(y.marks(name)...)
		}
	}
	for _, refused := range []string{"/jobs/export", "/jobs/export?format=csv", "/vehicles/export"} {
		b.Get("/admin/swift"+refused).Is(http.StatusForbidden).SeesNot("DO-D1", "Van-of-D1")
	}
	for _, name := range []string{"D3", "D4"} {
		at := "/admin/swift/jobs/" + num(y.job[name])
		for _, page := range []string{"", "/edit", "/links", "/proof", "/proof.pdf"} {
			if b.Get(at + page); b.Page.Status != http.StatusNotFound && b.Page.Status != http.StatusForbidden {
				t.Errorf("%s%s: %d", at, page, b.Page.Status)
			}
			b.SeesNot(y.marks(name)[:6]...)
		}
		b.Post(at+"/comment", url.Values{"body": {"x"}, "once": {"y"}}).Is(http.StatusNotFound)
		b.Post(at+"/status", url.Values{"status": {"failed"}, "reason": {"x"}}).Is(http.StatusNotFound)
		b.Get("/admin/swift/road/" + num(y.job[name])).Is(http.StatusNotFound)
	}
}
