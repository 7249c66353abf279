package admin_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"gatehouse/store"
	"gatehouse/store/storetest"
)

// The export is the list as it is filtered, all of its pages, its times as
// times and its texts as texts; who may not read the log gets no file.
func TestAudit_exportIsTheWholeFilteredList(t *testing.T) {
	a, s, b := nordlift(t)
	b.Post("/admin/nordlift/customers/new", url.Values{"name": {"=1+1"}})
	for i := range 60 {
		if _, err := s.AddGroup(t.Context(), store.GroupEdit{Name: fmt.Sprintf("Group %d", i)}); err != nil {
			t.Fatal(err)
		}
	}
	me := "U-" + idOf(s.Me().ID)
	b.Get("/admin/nordlift/audit/export?format=csv&category=group").Is(http.StatusOK)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.Page.Body, "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 61 {
		t.Fatalf("%d rows, want the heading and 60: %v", len(rows), err)
	}
	if got := strings.Join(rows[0], ","); got != "Line,Timestamp,User,User ID,Category,Component,Component ID,Activity,Detail,Source,Address,Verb" {
		t.Errorf("the heading is %s", got)
	}
	if r := rows[1]; r[3] != me || r[4] != "Group" || r[5] != "Group 59" || r[7] != "Group added" || r[11] != "group.add" {
		t.Errorf("the newest line is %q", r)
	}
	b.Get("/admin/nordlift/audit/export?verb=customer.add").Is(http.StatusOK)
	f, err := excelize.OpenReader(bytes.NewReader([]byte(b.Page.Body)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	cell := func(at string) string { v, _ := f.GetCellValue("Audit Logs", at); return v }
	if kind, _ := f.GetCellType("Audit Logs", "F2"); cell("F2") != "=1+1" || kind == excelize.CellTypeFormula || cell("A3") != "" {
		t.Errorf("the sheet holds %q (%v), then %q", cell("F2"), kind, cell("A3"))
	}
	if formula, _ := f.GetCellFormula("Audit Logs", "F2"); formula != "" {
		t.Errorf("a name became the formula %s", formula)
	}
	if raw, _ := f.GetCellValue("Audit Logs", "B2", excelize.Options{RawCellValue: true}); strings.ContainsAny(raw, "/:") || raw == "" {
		t.Errorf("the timestamp is %q, no number of days", raw)
	}
	fleet := storetest.Staff(t, a.DB, s.Home().ID, "nordlift", "fleet@nordlift.test", "fleet_admin")
	a.SetPassword(fleet.Me().ID)
	a.Browser().SignIn("/admin/nordlift", "fleet@nordlift.test").Get("/admin/nordlift/audit/export?format=csv").Is(http.StatusForbidden)
}

// Whoever looks for a person's ID finds what they did, and from there what was
// done to them.
func TestAudit_byThePersonsID(t *testing.T) {
	a, s, b := nordlift(t)
	tech := storetest.Staff(t, a.DB, s.Home().ID, "nordlift", "tess@nordlift.test", "technician").Me()
	n := idOf(tech.ID)
	b.Get("/admin/nordlift/audit?q=u-"+n).Is(http.StatusOK).Sees("Shown is what U-"+n+" did.", "What was done to U-"+n)
	b.Get("/admin/nordlift/audit?object=user&id="+n).Is(http.StatusOK).Sees("Component: U-"+n, "Person added", "What U-"+n+" did", "Timestamp", "Category", "Source")
	b.Get("/admin/nordlift/audit?category=customer_type").Is(http.StatusOK).Sees("Category: Customer type").SeesNot("Person added")
}
