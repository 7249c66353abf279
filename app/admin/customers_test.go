package admin_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"gatehouse/app/apptest"
	"gatehouse/store"
	"gatehouse/store/storetest"
)

// hiddenValue is the value of a hidden field of the page.
func hiddenValue(t *testing.T, b *apptest.Browser, name string) string {
	t.Helper()
	m := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(b.Page.Body)
	if m == nil {
		t.Fatalf("%s has no hidden field %s", b.Page.URL.Path, name)
	}
	return m[1]
}

func nordlift(t *testing.T) (*apptest.Appliance, store.Staff, *apptest.Browser) {
	t.Helper()
	a := apptest.New(t)
	s := a.Provider("nordlift")
	return a, s, a.Browser().SignIn("/admin/nordlift", "admin@nordlift.test")
}

func TestCustomers_fromFirstContactToDeletion(t *testing.T) {
	_, s, b := nordlift(t)
	b.Get("/admin/nordlift/customers/new").Sees("Company", "First contact", "Other")
	form := url.Values{"once": {hiddenValue(t, b, "once")}, "name": {"Acme"}, "email": {"office@acme.test"}, "contact_name": {"Betty Ruiz"}, "contact_email": {"betty@"}}
	b.Post("/admin/nordlift/customers/new", form).Is(http.StatusUnprocessableEntity).Sees("full e-mail address")
	if got := hiddenValue(t, b, "once"); got != form.Get("once") {
		t.Errorf("the refused form has key %q, want the same", got)
	}
	form.Set("contact_email", "betty@acme.test")
	b.Post("/admin/nordlift/customers/new", form).Is(http.StatusOK).Sees("Customer added", "Betty Ruiz", "betty@acme.test", "C-1", "No portal", "0 assets", "No groups", "Other")
	at := b.Page.URL.Path
	if again := b.Post("/admin/nordlift/customers/new", form).Is(http.StatusOK).Page.URL.Path; again != at {
		t.Errorf("sent twice: %s and %s", at, again)
	}

	b.Get(at + "/contacts/new").Is(http.StatusOK)
	b.Post(at+"/contacts/new", url.Values{"once": {hiddenValue(t, b, "once")}, "contact_name": {" "}}).Is(http.StatusUnprocessableEntity).Sees("Give the contact's name")
	b.Post(at+"/contacts/new", url.Values{"once": {hiddenValue(t, b, "once")}, "contact_name": {"Zoe Yard"}, "contact_title": {"Yard boss"}, "contact_phone": {"+49 30 1"}}).Sees("Contact added", "Yard boss")
	edit := regexp.MustCompile(at+`/contacts/(\d+)/edit`).FindAllString(b.Page.Body, -1)
	b.Get(edit[0]).Sees("Edit Betty Ruiz")
	b.Post(edit[0], url.Values{"contact_name": {"Betty R."}, "contact_email": {"betty@acme.test"}}).Sees("Saved", "Betty R.")
	remove := strings.Replace(edit[1], "edit", "remove", 1)
	b.Get(remove).Sees("Remove this contact?", "Zoe Yard")
	b.Post(remove, nil).Sees("Contact removed").SeesNot("Yard boss")

	b.Post(at+"/group", nil).Sees("Group added", "Groups: Acme")
	b.Get("/admin/nordlift/customers?q=C-1").Sees("Acme")
	b.Get("/admin/nordlift/customers?q=betty@ac").Sees("Acme")
	b.Get(at+"/history").Sees("Customer added", "Contact added: Betty Ruiz", "Contact changed: Betty Ruiz", "Name Betty Ruiz → Betty R.", "Contact removed: Zoe Yard", "Group added: Acme")

	b.Get(at+"/delete").Sees("What happens then", "Type the customer's name to confirm: Acme")
	b.Post(at+"/delete", url.Values{"name": {"acme"}}).Is(http.StatusUnprocessableEntity).Sees("exactly as it stands")
	b.Post(at+"/delete", url.Values{"name": {"Acme"}}).Is(http.StatusOK).Sees("Acme is deleted", "No customers yet")
	b.Get(at).Is(http.StatusNotFound)
	lines, err := s.AuditLog(t.Context(), store.AuditFilter{Verb: store.CustomerDelete, Limit: 5})
	if err != nil || len(lines) != 1 || lines[0].Label != "Acme" {
		t.Errorf("the log says %+v (%v), want one deletion of Acme", lines, err)
	}
}

func TestCustomers_twoPeopleSaveAtOnce(t *testing.T) {
	_, s, b := nordlift(t)
	id, err := s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "Acme", City: "Kiel"}})
	if err != nil {
		t.Fatal(err)
	}
	at := "/admin/nordlift/customers/1/edit"
	b.Get(at)
	version := hiddenValue(t, b, "version")
	if err := s.ChangeCustomer(t.Context(), id, 1, store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "Acme", City: "Hamburg", Phone: "1"}}); err != nil {
		t.Fatal(err)
	}
	mine := url.Values{"version": {version}, "name": {"Acme Ltd"}, "city": {"Kiel"}}
	b.Post(at, mine).Is(http.StatusUnprocessableEntity).Sees("Somebody else changed this customer meanwhile", "Saved meanwhile by Staff admin@nordlift.test", "City Hamburg Kiel", "Phone 1 –", "Name Acme Acme Ltd", "Save mine", "Start again from what is saved")
	for _, stale := range []string{"", "0", "-1", "1", "x"} {
		mine.Set("version", stale)
		b.Post(at, mine).Is(http.StatusUnprocessableEntity)
	}
	mine.Set("version", hiddenValue(t, b, "version"))
	b.Post(at, mine).Is(http.StatusOK).Sees("Saved", "Acme Ltd")
}

// nasty is what people and programs type into fields; kept says that it may be
// stored, and must then be shown as it is.
var nasty = []struct {
	v    string
	kept bool
}{
	{`<script>alert(1)</script>`, true}, {`"><img src=x onerror=alert(1)>`, true}, {`=1+1`, true}, {`@SUM(A1)`, true}, {"\u202eoga", true}, {`{{.}} ${x} %s %d`, true}, {`' OR 1=1 --`, true},
	{"a\r\nBcc: x@y.test", false}, {"a\x00b", false}, {"a\u2028b", false}, {strings.Repeat("x", 10_000), false}, {"\xff\xfe", true},
}

func TestCustomers_badInputIsRefusedAtItsFieldOrShownAsItIs(t *testing.T) {
	_, _, b := nordlift(t)
	fields := []string{"name", "external_id", "email", "phone", "street", "postal_code", "city", "country", "contact_name", "contact_title", "contact_email", "contact_phone"}
	for _, n := range nasty {
		for _, field := range fields {
			form := url.Values{"name": {"Plain"}, "contact_name": {"Plain"}}
			form.Set(field, n.v)
			b.Post("/admin/nordlift/customers/new", form)
			unescaped(t, b, field, n.v)
			if !n.kept && b.Page.Status != http.StatusUnprocessableEntity {
				t.Errorf("%s %.20q: got %d, want a refusal", field, n.v, b.Page.Status)
			}
			if b.Page.Status >= 500 {
				t.Errorf("%s %.20q: %d", field, n.v, b.Page.Status)
			}
		}
	}
	for _, q := range nasty {
		b.Get("/admin/nordlift/customers?" + url.Values{"q": {q.v}}.Encode()).Is(http.StatusOK)
		unescaped(t, b, "q", q.v)
	}
	for _, q := range []string{"after=x", "sort=drop", "after=" + strings.Repeat("A", 5000)} {
		b.Get("/admin/nordlift/customers?" + q).Is(http.StatusUnprocessableEntity)
	}
	b.Get("/admin/nordlift/customers?type=x&portal=%27").Is(http.StatusOK).Sees("Nothing matches")
}

func unescaped(t *testing.T, b *apptest.Browser, field, v string) {
	t.Helper()
	if strings.ContainsAny(v, "<\"") && strings.Contains(b.Page.Body, v) {
		t.Errorf("%s %q stands unescaped in %s", field, v, b.Page.URL.Path)
	}
}

func TestCustomers_foreignIDsInFormsAreRefused(t *testing.T) {
	a, s, b := nordlift(t)
	far := a.Provider("swift")
	theirs, err := far.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "Secret Ltd"}})
	if err != nil {
		t.Fatal(err)
	}
	group, err := far.AddGroup(t.Context(), store.GroupEdit{Name: "Secret group"})
	if err != nil {
		t.Fatal(err)
	}
	types, err := far.CustomerTypes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	mine, err := s.AddGroup(t.Context(), store.GroupEdit{Name: "Mine"})
	if err != nil {
		t.Fatal(err)
	}
	b.Post("/admin/nordlift/customers/new", url.Values{"name": {"X"}, "type": {idOf(types[0].ID)}}).Is(http.StatusUnprocessableEntity).Sees("Choose one of the types")
	b.Post("/admin/nordlift/groups/new", url.Values{"name": {"X"}, "customer": {idOf(theirs)}}).Is(http.StatusUnprocessableEntity).Sees("Choose one of your customers").SeesNot("Secret")
	b.Post("/admin/nordlift/groups/"+idOf(mine)+"/edit", url.Values{"name": {"X"}, "customer": {idOf(theirs)}}).Is(http.StatusUnprocessableEntity).SeesNot("Secret")
	b.Get("/admin/nordlift/groups/new?customer=" + idOf(theirs)).Is(http.StatusOK).SeesNot("Secret")
	b.Post("/admin/nordlift/groups/"+idOf(group)+"/remove", nil).Is(http.StatusNotFound)
	b.Post("/admin/nordlift/customers/"+idOf(theirs)+"/group", nil).Is(http.StatusNotFound)
	b.Post("/admin/nordlift/customers/"+idOf(theirs)+"/delete", url.Values{"name": {"Secret Ltd"}}).Is(http.StatusNotFound)
}

func TestGroups_addedRenamedAndRemovedWithWhatIsInThem(t *testing.T) {
	a, s, b := nordlift(t)
	b.Get("/admin/nordlift/groups").Sees("No groups yet")
	b.Post("/admin/nordlift/groups/new", url.Values{"name": {"North Yard"}, "code": {"N1"}}).Sees("Group added", "North Yard", "N1")
	b.Post("/admin/nordlift/groups/new", url.Values{"name": {"NORTHYARD"}}).Is(http.StatusUnprocessableEntity).Sees("already a group of this name")
	b.Post("/admin/nordlift/groups/new", url.Values{"name": {"South Yard"}}).Sees("South Yard")
	b.Post("/admin/nordlift/groups/1/edit", url.Values{"name": {"North"}}).Sees("Saved").SeesNot("North Yard")
	tech := storetest.Staff(t, a.DB, s.Home().ID, "nordlift", "tech@nordlift.test", "technician")
	if err := s.SetStaffGroups(t.Context(), tech.Me().ID, false, []store.GroupID{1}); err != nil {
		t.Fatal(err)
	}
	b.Get("/admin/nordlift/groups/1/remove").Sees("This group is in use", "1 of your people")
	b.Post("/admin/nordlift/groups/1/remove", nil).Is(http.StatusUnprocessableEntity).Sees("Choose the group that its assets, vehicles and people go to")
	b.Post("/admin/nordlift/groups/1/remove", url.Values{"into": {"2"}}).Is(http.StatusOK).Sees("Group removed")
	b.Get("/admin/nordlift/groups?q=north").Sees("Nothing matches")
	a.SetPassword(tech.Me().ID)
	limited := a.Browser().SignIn("/admin/nordlift", "tech@nordlift.test")
	limited.Get("/admin/nordlift/groups").Is(http.StatusOK).Sees("South Yard").SeesNot("Add group")
}

func TestCustomers_limitedStaffSeeAndCountTheirOwn(t *testing.T) {
	a, s, b := nordlift(t)
	for _, name := range []string{"Mine Ltd", "Other Ltd"} {
		b.Post("/admin/nordlift/customers/new", url.Values{"name": {name}})
	}
	b.Post("/admin/nordlift/customers/1/group", nil).Is(http.StatusOK)
	fleet := storetest.Staff(t, a.DB, s.Home().ID, "nordlift", "fleet@nordlift.test", "fleet_admin")
	a.SetPassword(fleet.Me().ID)
	if err := s.SetStaffGroups(t.Context(), fleet.Me().ID, false, []store.GroupID{1}); err != nil {
		t.Fatal(err)
	}
	limited := a.Browser().SignIn("/admin/nordlift", "fleet@nordlift.test")
	limited.Get("/admin/nordlift/customers").Sees("Mine Ltd", "1 of 1").SeesNot("Other Ltd", "Add customer", "customers/2")
	limited.Get("/admin/nordlift/customers?q=ltd").SeesNot("Other Ltd")
	limited.Get("/admin/nordlift/customers/2").Is(http.StatusNotFound)
	limited.Get("/admin/nordlift/customers/2/history").Is(http.StatusNotFound)
	limited.Post("/admin/nordlift/customers/new", url.Values{"name": {"New"}}).Is(http.StatusForbidden)
	limited.Get("/admin/nordlift/customers/1/history").Sees("Customer added")
}

func TestCustomers_exportHoldsTheWholeFilteredListAndComesBack(t *testing.T) {
	a, s, b := nordlift(t)
	for i := range 60 {
		if _, err := s.AddCustomer(t.Context(), store.CustomerEdit{ExternalID: "K-" + idOf(store.CustomerID(i)), CustomerInput: store.CustomerInput{Name: "=Acme " + idOf(store.CustomerID(i)), City: "Kiel"}}); err != nil {
			t.Fatal(err)
		}
	}
	b.Get("/admin/nordlift/customers").Sees("Export", "Excel (XLSX)")
	b.Get("/admin/nordlift/customers/export?format=csv").Is(http.StatusOK)
	if n := strings.Count(b.Page.Body, "Acme"); n != 60 || !strings.Contains(b.Page.Header.Get("Content-Disposition"), "customers.csv") {
		t.Errorf("%d rows of 60 in %s", n, b.Page.Header.Get("Content-Disposition"))
	}
	if strings.Contains(b.Page.Body, "\n=") {
		t.Error("a name begins a formula")
	}
	file := b.Page.Body
	b.Get("/admin/nordlift/customers/export?format=csv&q=K-59").Is(http.StatusOK)
	if n := strings.Count(b.Page.Body, "Acme"); n != 1 {
		t.Errorf("%d rows, want the one that was searched for", n)
	}
	b.Get("/admin/nordlift/customers/export").Is(http.StatusOK)
	if !strings.HasPrefix(b.Page.Body, "PK") {
		t.Error("no spreadsheet")
	}
	upload(t, a, b, "customers", "customers.csv", strings.Replace(file, "Kiel", "Bremen", 1)).Is(http.StatusOK).Sees("Map columns", "Such as: K-")
	tech := storetest.Staff(t, a.DB, s.Home().ID, "nordlift", "tech@nordlift.test", "technician")
	a.SetPassword(tech.Me().ID)
	a.Browser().SignIn("/admin/nordlift", "tech@nordlift.test").Get("/admin/nordlift/customers/export").Is(http.StatusForbidden)
}
