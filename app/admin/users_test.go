package admin_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"gatehouse/app/apptest"
	"gatehouse/store"
	"gatehouse/store/storetest"
)

func usersSite(t *testing.T) (*apptest.Appliance, store.Staff, *apptest.Browser) {
	t.Helper()
	a := apptest.New(t)
	s := a.Provider("nord")
	return a, s, a.Browser().SignIn("/admin/nord", "admin@nord.test")
}

func roleID(t *testing.T, s store.Staff, kind, name string) string {
	t.Helper()
	all, err := s.Roles(t.Context(), kind)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(r store.Role) bool { return r.Name == name })
	if i < 0 {
		t.Fatalf("no role %s", name)
	}
	return num(all[i].ID)
}

// activations counts the activation letters in the outbox.
func activations(t *testing.T, s store.Staff) (n int) {
	t.Helper()
	all, err := s.Outbox(t.Context(), store.MailFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all.Rows {
		if m.Kind == "activation" {
			n++
		}
	}
	return n
}

func TestUsers_inviteEditDisableDelete(t *testing.T) {
	_, s, b := usersSite(t)
	group, err := s.AddGroup(t.Context(), store.GroupEdit{Name: "North"})
	if err != nil {
		t.Fatal(err)
	}
	user, agent := roleID(t, s, "staff", "User"), roleID(t, s, "staff", "Agent")
	b.Get("/admin/nord/users").Is(http.StatusOK).Sees("Invite user", "ALL groups", "Admin (owner)", "Export")
	b.Get("/admin/nord/users/new").Is(http.StatusOK).Sees("Entire fleet", "Selected groups", "No access", "Hide historical data", "With none ticked it is ALL groups", "What each role may do")
	form := url.Values{"once": {"k1"}, "name": {"Ana Ruiz"}, "email": {"ana@nord.test"}, "phone": {"+49 30 1234567"}, "employee_no": {"=IPAF-7"}, "role": {user}, "access": {"groups"}}
	bad := url.Values{"name": {"A\r\nB"}, "email": {"a@@b"}, "role": {"99"}, "access": {"groups"}, "groups": {"999"}, "phone": {"kept as typed"}}
	b.Post("/admin/nord/users/new", bad).Is(http.StatusUnprocessableEntity).Sees("full e-mail address", "line breaks", "Choose one of the roles")
	if !strings.Contains(b.Page.Body, "kept as typed") {
		t.Error("what was typed is lost")
	}
	if _, err := s.User(t.Context(), 2); err == nil {
		t.Fatal("a refused form left somebody behind")
	}
	b.Post("/admin/nord/users/new", form).Is(http.StatusOK).Sees("Invited.", "ALL groups", "Activation pending", "ana@nord.test")
	b.Post("/admin/nord/users/new", form).Is(http.StatusOK)
	if n := activations(t, s); n != 1 {
		t.Errorf("sent twice, it wrote %d letters, want 1", n)
	}
	form.Set("once", "k2")
	b.Post("/admin/nord/users/new", form).Is(http.StatusUnprocessableEntity).Sees("Somebody here already has this e-mail address")
	list, err := s.Users(t.Context(), store.UserFilter{Search: "ana"})
	if err != nil || len(list.Rows) != 1 || list.Rows[0].Phone != "+49301234567" || !list.Rows[0].AllGroups {
		t.Fatalf("stored: %+v %v", list.Rows, err)
	}
	u := list.Rows[0]
	at := "/admin/nord/users/" + num(u.ID)
	b.Get(at).Is(http.StatusOK).Sees("Activation pending", "Resend activation email", "Last letter", "Delete user")
	if p := b.Get(at); strings.Count(p.Page.Body, `action="`+at+`/link"`) != 1 {
		t.Error("not exactly one of the two letters is on offer")
	}
	b.Post(at+"/link", nil).Is(http.StatusOK).Sees("A new activation e-mail is on its way")
	edit := url.Values{"name": {"Ana R."}, "role": {agent}, "access": {"groups"}, "groups": {num(group)}, "rights": {"hide_history", "export"}, "version": {num(u.Version + 8)}}
	b.Post(at, edit).Is(http.StatusUnprocessableEntity).Sees("Somebody else changed this person meanwhile")
	edit.Set("version", num(u.Version))
	b.Post(at, edit).Is(http.StatusOK).Sees("Saved.", "Agent", "North")
	b.Get(at+"/permissions").Is(http.StatusOK).Sees("Role Agent", "Right “Export”", "Limited to groups")
	b.Post(at+"/username", url.Values{"username": {"a@b"}}).Is(http.StatusUnprocessableEntity).Sees("Use 3 to 60 letters")
	b.Post(at+"/username", url.Values{"username": {"ana.r"}}).Is(http.StatusOK).Sees("The user name is changed")
	b.Post(at+"/disable", nil).Is(http.StatusOK).Sees("Disabled", "Enable")
	b.Post(at+"/link", nil).Is(http.StatusUnprocessableEntity).Sees("This account is disabled")
	b.Post(at+"/enable", nil).Is(http.StatusOK).Sees("Activation pending")
	b.Post(at+"/delete", url.Values{"confirm_email": {"somebody@else.test"}}).Is(http.StatusUnprocessableEntity).Sees("Type the e-mail address of this person, ana@nord.test, exactly")
	b.Post(at+"/delete", url.Values{"confirm_email": {" ANA@nord.test "}}).Is(http.StatusOK).Sees("is deleted", "U-"+num(u.ID))
	b.Get(at).Is(http.StatusNotFound)
	b.Get("/admin/nord/audit?q=U-" + num(u.ID)).Is(http.StatusOK)
}

func TestUsers_theLastAdminTheOwnerAndOneselfAreToldWhy(t *testing.T) {
	_, s, b := usersSite(t)
	me := "/admin/nord/users/" + num(s.Me().ID)
	b.Post(me+"/disable", nil).Is(http.StatusUnprocessableEntity).Sees("This is your own account")
	b.Post(me+"/delete", url.Values{"confirm_email": {s.Me().Email}}).Is(http.StatusUnprocessableEntity).Sees("This is your own account")
	b.Post(me, url.Values{"name": {"Me"}, "role": {roleID(t, s, "staff", "User")}, "access": {"all"}, "version": {"1"}}).Is(http.StatusUnprocessableEntity).Sees("owns this account and stays an admin")
}

// TestUsers_export opens the file with a reader that did not write it.
func TestUsers_export(t *testing.T) {
	a, s, b := usersSite(t)
	b.Post("/admin/nord/users/new", url.Values{"name": {"=1+1"}, "email": {"ana@nord.test"}, "phone": {"+49301234567"}, "employee_no": {"=IPAF"}, "role": {roleID(t, s, "staff", "User")}, "access": {"all"}}).Is(http.StatusOK)
	storetest.Staff(t, a.DB, s.Home().ID, "nord", "tech@nord.test", "technician")
	if err := s.SetFormats(t.Context(), "Nora", store.Formats{Date: "DMY", Sep: ".", Clock24: true, Zone: "UTC"}, true); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(strings.NewReader(b.Get("/admin/nord/users/export").Is(http.StatusOK).Page.Body))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows("Users")
	if err != nil || len(rows) != 4 {
		t.Fatalf("%d rows, want a head and three people: %v", len(rows), err)
	}
	want := []string{"ID", "Name", "Username", "Role", "Email", "Phone", "Last Login", "Employee Number", "Company", "Created", "Updated", "Status"}
	if !slices.Equal(rows[0], want) {
		t.Errorf("columns %q, want %q", rows[0], want)
	}
	i := slices.IndexFunc(rows, func(r []string) bool { return len(r) > 4 && r[4] == "ana@nord.test" })
	if i < 0 {
		t.Fatal("who was just invited is not in it")
	}
	r := rows[i]
	if r[1] != "=1+1" || r[7] != "=IPAF" || r[6] != "Activation pending" || r[8] != s.Home().Name || r[11] != "Activation pending" || r[3] != "User" || r[5] != "+49301234567" {
		t.Errorf("row %q", r)
	}
	list, err := s.Users(t.Context(), store.UserFilter{Search: "ana"})
	if err != nil || len(list.Rows) != 1 || r[0] != "U-"+num(list.Rows[0].ID) {
		t.Fatalf("its ID is %q, want the one of %+v (%v)", r[0], list.Rows, err)
	}
	b.Post("/admin/nord/users/"+num(list.Rows[0].ID)+"/delete", url.Values{"confirm_email": {"ana@nord.test"}}).Is(http.StatusOK)
	log := b.Get("/admin/nord/audit/export?format=csv&object=user&id=" + num(list.Rows[0].ID)).Is(http.StatusOK).Page.Body
	if strings.Count(log, ","+r[0]+",") != strings.Count(log, "=1+1") || !strings.Contains(log, "user.delete") {
		t.Errorf("the audit log does not say %s of who is gone:\n%s", r[0], log)
	}
	for _, cell := range []string{"B2", "B3", "B4", "H2", "H3", "H4"} {
		if formula, _ := f.GetCellFormula("Users", cell); formula != "" {
			t.Errorf("%s is a formula: %s", cell, formula)
		}
	}
	if created := r[9]; !strings.HasPrefix(created, a.Clock.Now().Format("02.01.2006")) {
		t.Errorf("created %q, want it as the reader reads dates", created)
	}
	raw, err := f.GetCellValue("Users", "J"+num(int64(i+1)), excelize.Options{RawCellValue: true})
	if err != nil || strings.ContainsAny(raw, "./ ") && !strings.HasPrefix(raw, "46") {
		t.Errorf("created is stored as %q, want a date one can reckon with", raw)
	}
	if panes, err := f.GetPanes("Users"); err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("the head is not frozen: %+v %v", panes, err)
	}
}

func TestUsers_bulkInvitationSaysWhomItSkipped(t *testing.T) {
	a, s, b := usersSite(t)
	if _, err := s.AddGroup(t.Context(), store.GroupEdit{Name: "North"}); err != nil {
		t.Fatal(err)
	}
	page := b.Get("/admin/nord/users/file").Is(http.StatusOK).Page.Body
	_, page, _ = strings.Cut(page, `name="once" value="`)
	once, _, _ := strings.Cut(page, `"`)
	const people = "E-mail;Name;Role;Groups\nben@nord.test;Ben;Technician;north\nADMIN@nord.test;Taken;;\nnobody@@x;Bad;;\ncem@nord.test;Cem;Emperor;\ndee@nord.test;Dee;;South\nben@nord.test;Ben again;;\neve@nord.test;Eve;;\n"
	send := func(text string) {
		var body bytes.Buffer
		form := multipart.NewWriter(&body)
		_ = form.WriteField("role", roleID(t, s, "staff", "User"))
		_ = form.WriteField("once", once)
		part, _ := form.CreateFormFile("file", "people.csv")
		_, _ = part.Write([]byte(text))
		_ = form.Close()
		req, err := http.NewRequestWithContext(t.Context(), "POST", a.URL+"/admin/nord/users/file", &body)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", form.FormDataContentType())
		b.Do(req)
	}
	for range 2 { // a double click is answered as one click
		send(people)
		b.Is(http.StatusOK).Sees("2 people were invited", "5 lines were skipped", "already has this e-mail address", "full e-mail address", "There is no role “Emperor”", "There is no group “South”")
		if n := activations(t, s); n != 2 {
			t.Errorf("%d letters, want 2", n)
		}
	}
	send("E-mail;Name\nfay@nord.test;Fay\n") // the form again, with another file
	b.Is(http.StatusOK).Sees("1 person was invited")
}

func TestUsers_columnsAreRemembered(t *testing.T) {
	a, _, b := usersSite(t)
	b.Post("/admin/nord/users/columns", url.Values{"column": {"phone", "employee", "nonsense"}}).Is(http.StatusOK).Sees("Your columns are saved")
	other := a.Browser().SignIn("/admin/nord", "admin@nord.test")
	if p := other.Get("/admin/nord/users").Is(http.StatusOK); !strings.Contains(p.Page.Body, `data-label="Employee number / licence"`) || strings.Contains(p.Page.Body, `data-label="Last login"`) {
		t.Error("another browser of the same person shows other columns")
	}
	b.Post("/admin/nord/settings/people", url.Values{"people.employee_label": {"IPAF licence"}}).Is(http.StatusOK)
	if p := b.Get("/admin/nord/users"); !strings.Contains(p.Page.Body, `data-label="IPAF licence"`) {
		t.Error("the number is not called as the provider calls it")
	}
}

func TestRoles_ownOnesAreMadeChangedAndRemoved(t *testing.T) {
	_, s, b := usersSite(t)
	b.Get("/admin/nord/roles").Is(http.StatusOK).Sees("Fleet Admin", "Portal admin", "Viewer", "Built-in", "1 person")
	b.Get("/admin/nord/roles/reference").Is(http.StatusOK).Sees("Assign assets to customers", "Fleet Admin", "This page is made from the rules")
	b.Post("/admin/nord/roles/new", url.Values{"kind": {"staff"}, "name": {""}, "verbs": {"nonsense.verb"}}).Is(http.StatusUnprocessableEntity).Sees("Give the role's name", "Choose among the rights")
	b.Post("/admin/nord/roles/new", url.Values{"kind": {"client"}, "name": {"Foreman"}, "features": {"assets.list", "assets.export"}}).Is(http.StatusOK).Sees("Role added.", "Foreman", "Your own")
	b.Post("/admin/nord/roles/new", url.Values{"kind": {"staff"}, "name": {"Front desk"}, "verbs": {"contact.add"}}).Is(http.StatusOK).Sees("Front desk")
	b.Post("/admin/nord/roles/new", url.Values{"kind": {"staff"}, "name": {"front  DESK"}}).Is(http.StatusUnprocessableEntity)
	at := "/admin/nord/roles/" + roleID(t, s, "staff", "Front desk")
	b.Get(at).Is(http.StatusOK).Sees("Add contacts")
	b.Post(at, url.Values{"name": {"Front desk"}, "verbs": {"contact.add", "contact.change"}, "version": {"1"}}).Is(http.StatusOK).Sees("Saved. It counts")
	b.Post(at, url.Values{"name": {"Front desk"}, "version": {"1"}}).Is(http.StatusUnprocessableEntity).Sees("Somebody else changed this role meanwhile")
	b.Post("/admin/nord/users/new", url.Values{"name": {"Fay"}, "email": {"fay@nord.test"}, "role": {roleID(t, s, "staff", "Front desk")}, "access": {"all"}}).Is(http.StatusOK).Sees("Front desk")
	b.Get(at + "/remove").Is(http.StatusOK).Sees("1 person has this role")
	b.Post(at+"/remove", nil).Is(http.StatusUnprocessableEntity)
	b.Post("/admin/nord/roles/"+roleID(t, s, "staff", "User"), url.Values{"name": {"X"}, "version": {"1"}}).Is(http.StatusUnprocessableEntity).Sees("stays as it is")
	b.Post("/admin/nord/roles/"+roleID(t, s, "client", "Foreman")+"/remove", nil).Is(http.StatusOK).Sees("Role removed.")
}
