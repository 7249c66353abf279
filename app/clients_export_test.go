package app_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"gatehouse/store"
)

// TestClients_export opens the file with a reader that did not write it.
func TestClients_export(t *testing.T) {
	w := newClientWorld(t)
	w.admin.Post("/admin/nordlift/roles/new", url.Values{"kind": {"client"}, "name": {"Foreman"}, "features": {"assets.list"}}).Is(http.StatusOK)
	roles, err := w.home.Roles(t.Context(), "client")
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(roles, func(r store.Role) bool { return r.Name == "Foreman" })
	w.admin.Post("/admin/nordlift/clients/new", newClient(t, w.admin, w.acme, "name", "=1+1", "email", "cy@acme.test", "role", itoa(int64(roles[i].ID)))).Is(http.StatusOK)
	w.admin.Get("/admin/nordlift/clients").Is(http.StatusOK).Sees("Export", "Foreman", "Portal admin", "Portal user")
	f, err := excelize.OpenReader(strings.NewReader(w.admin.Get("/admin/nordlift/clients/export?q=cy%40").Is(http.StatusOK).Page.Body))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows("Clients")
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d rows, want a head and the one that was searched for: %v", len(rows), err)
	}
	if r := rows[1]; r[1] != "=1+1" || r[3] != "cy@acme.test" || r[6] != "Acme" || r[7] != "Foreman" || r[8] != "Activation pending" || r[11] != "Activation pending" {
		t.Errorf("row %q", r)
	}
	if formula, _ := f.GetCellFormula("Clients", "B2"); formula != "" {
		t.Errorf("the name is a formula: %s", formula)
	}
	raw, err := f.GetCellValue("Clients", "J2", excelize.Options{RawCellValue: true})
	if err != nil || !strings.HasPrefix(raw, "46") {
		t.Errorf("created is stored as %q, want a date one can reckon with", raw)
	}
	w.Browser().SignIn("/admin/nordlift", "tech@nordlift.test").Get("/admin/nordlift/clients/export").Is(http.StatusForbidden)
}
