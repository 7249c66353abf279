package admin_test

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	"gatehouse/app/apptest"
	"gatehouse/store"
	"gatehouse/store/storetest"
)

const customerFile = "Kundennummer;Firma;E-Mail;Ort;Typ\nK-1;Hafenbau GmbH;office@hafenbau.example;Hamburg;Contractor\nK-2;<script>alert(1)</script>;;Kiel;Werft\nK-3;;;Bremen;\n"

// form is a form's address and hidden key, as the upload page shows it.
var uploadAction = regexp.MustCompile(`action="([^"]*/imports/new\?[^"]*)"`)

// upload chooses a file on the upload page and sends it.
func upload(t *testing.T, a *apptest.Appliance, b *apptest.Browser, kind, name, content string) *apptest.Browser {
	t.Helper()
	b.Get("/admin/nordlift/imports/new?kind=" + kind).Is(http.StatusOK)
	m := uploadAction.FindStringSubmatch(b.Page.Body)
	if m == nil {
		t.Fatal("the page has no upload form")
	}
	return sendFile(t, a, b, strings.ReplaceAll(m[1], "&amp;", "&"), name, content)
}

func sendFile(t *testing.T, a *apptest.Appliance, b *apptest.Browser, action, name, content string) *apptest.Browser {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, err := w.CreateFormFile("file", name)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(part, content)
	_ = w.Close()
	req, err := http.NewRequestWithContext(t.Context(), "POST", a.URL+action, &body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", w.FormDataContentType())
	return b.Do(req)
}

func TestImports_fromUploadToUndoWithoutScripts(t *testing.T) {
	a := apptest.New(t)
	a.Provider("nordlift")
	b := a.Browser().SignIn("/admin/nordlift", "admin@nordlift.test")
	b.Get("/admin/nordlift/customers").Sees("Import")
	upload(t, a, b, "customers", "kunden.csv", customerFile).Is(http.StatusOK).Sees("Map columns", "Such as: Hafenbau GmbH", "Recognise it (Semicolon)", "The first rows", "Bremen")
	at := strings.TrimSuffix(b.Page.URL.Path, "/map")

	b.Post(at+"/map", url.Values{"map.name": {""}, "do": {"check"}}).Is(http.StatusUnprocessableEntity).Sees("Choose the column that holds: Name.")
	mapping := url.Values{"map.external_id": {"0"}, "map.name": {"1"}, "map.email": {"2"}, "map.city": {"3"}, "map.type": {"4"}, "new_types": {"add"}, "do": {"check"}}
	b.Post(at+"/map", mapping).Is(http.StatusOK)
	a.Desk.Wait()
	b.Get(at).Is(http.StatusOK).Sees("would be added", "Apply 2 rows", "<script>alert(1)</script>", "Give the customer's name.", "New type: Werft", "1 row is refused")
	if strings.Contains(b.Page.Body, "<script>alert") {
		t.Error("a name became a script")
	}
	b.Get(at + "?verdict=refuse").Sees("Give the customer's name.").SeesNot("Hafenbau")
	b.Get(at + "/refused.csv").Is(http.StatusOK)
	if got, want := b.Page.Body, "\ufeffKundennummer,Firma,E-Mail,Ort,Typ,Line,Problem\r\nK-3,,,Bremen,,4,Name: Give the customer's name.\r\n"; got != want {
		t.Errorf("refused rows: got %q, want %q", got, want)
	}
	b.Get("/admin/nordlift/customers").SeesNot("Hafenbau")

	b.Post(at+"/apply", nil).Is(http.StatusOK)
	a.Desk.Wait()
	b.Get(at).Sees("Applied on", "2 added, 0 changed, 0 as they were, 1 refused.")
	b.Get("/admin/nordlift/customers").Sees("Hafenbau GmbH", "K-1", "Werft")
	b.Post(at+"/apply", nil).Is(http.StatusOK).Sees("already been applied")

	b.Get(at+"/undo").Is(http.StatusOK).Sees("Undo this import?", "What it added is removed (2)")
	b.Post(at+"/undo", nil).Is(http.StatusOK)
	a.Desk.Wait()
	b.Get(at).Sees("Undone on", "Everything is as it was before.")
	b.Get("/admin/nordlift/customers").SeesNot("Hafenbau")
	b.Post(at+"/remove", nil).Is(http.StatusOK).Sees("Import removed.", "No imports yet")
}

func TestImports_mappingIsRemembered(t *testing.T) {
	a := apptest.New(t)
	a.Provider("nordlift")
	b := a.Browser().SignIn("/admin/nordlift", "admin@nordlift.test")
	odd := "A;B\nHafenbau;K-1\n"
	upload(t, a, b, "customers", "odd.csv", odd)
	b.Post(b.Page.URL.Path, url.Values{"map.name": {"0"}, "map.external_id": {"1"}, "do": {"check"}}).Is(http.StatusOK)
	a.Desk.Wait()
	upload(t, a, b, "customers", "next.csv", "a; b\nKranbau;K-2\n").Sees("Such as: Kranbau", "Such as: K-2")
}

func TestImports_badFilesGetASentence(t *testing.T) {
	a := apptest.New(t)
	a.Provider("nordlift")
	b := a.Browser().SignIn("/admin/nordlift", "admin@nordlift.test")
	for name, c := range map[string]struct{ kind, content, says string }{
		"empty":         {"customers", "", "Choose a file that is not empty."},
		"picture":       {"customers", "\x89PNG\r\n\x1a\n....", "This is a picture, not a table."},
		"half workbook": {"customers", "PK\x03\x04 and then nothing", "This Excel file is incomplete or damaged"},
		"web page":      {"customers", "<!DOCTYPE html><html><body>Sign in</body></html>", "This is a web page"},
		"zero byte":     {"customers", "name,code\na\x00b,1\n", "zero byte"},
	} {
		t.Run(name, func(t *testing.T) {
			upload(t, a, b, c.kind, "x.csv", c.content)
			if b.Page.Status != http.StatusUnprocessableEntity || !strings.Contains(b.Page.Text(), c.says) {
				t.Errorf("got %d: %s", b.Page.Status, b.Page.Text())
			}
		})
	}
	b.Get("/admin/nordlift/imports").Sees("No imports yet")
	upload(t, a, b, "customers", "cut.csv", "name,code\n\"a,1\n").Sees("never closed", "cut off")
	b.Post("/admin/nordlift/imports/new?kind=customers", nil).Is(http.StatusUnprocessableEntity).Sees("Choose a file.")
	b.Get("/admin/nordlift/imports/new?kind=planets").Is(http.StatusNotFound)
}

// endless is an upload that says how long it is and never ends by itself.
type endless struct{ read atomic.Int64 }

func (e *endless) Read(b []byte) (int, error) {
	e.read.Add(int64(len(b)))
	return len(b), nil
}

func TestImports_hugeUploadIsRefusedBeforeItIsRead(t *testing.T) {
	a := apptest.New(t)
	a.Provider("nordlift")
	b := a.Browser().SignIn("/admin/nordlift", "admin@nordlift.test")
	u, _ := url.Parse(a.URL + "/admin/nordlift/imports/new?kind=customers&once=1")
	for name, length := range map[string]int64{"with a length": 1 << 30, "in chunks": -1} {
		t.Run(name, func(t *testing.T) {
			body := &endless{}
			head := "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.csv\"\r\n\r\n"
			req, err := http.NewRequestWithContext(t.Context(), "POST", u.String(), io.MultiReader(strings.NewReader(head), body))
			if err != nil {
				t.Fatal(err)
			}
			req.ContentLength = length
			req.Header.Set("Content-Type", "multipart/form-data; boundary=b")
			req.Header.Set("Expect", "100-continue")
			req.Header.Set("Sec-Fetch-Site", "same-origin")
			req.Header.Set("Accept", "text/html")
			for _, c := range b.Cookies(u) {
				req.AddCookie(c)
			}
			res, err := (&http.Transport{ExpectContinueTimeout: 1 << 40}).RoundTrip(req)
			if err == nil {
				defer func() { _ = res.Body.Close() }()
				page, _ := io.ReadAll(res.Body)
				if res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(string(page), "64 MB") {
					t.Errorf("got %d, want 422 with a sentence about 64 MB", res.StatusCode)
				}
			} else if length >= 0 {
				t.Error(err)
			}
			if got := body.read.Load(); length > 0 && got > 0 || got > 80<<20 {
				t.Errorf("read %d MB of it", got>>20)
			}
		})
	}
	b.Get("/admin/nordlift/imports").Sees("No imports yet")
}

func TestImports_whoIsNotGrantedThemIsRefused(t *testing.T) {
	a := apptest.New(t)
	home := a.Provider("nordlift")
	user := storetest.Staff(t, a.DB, home.Home().ID, "nordlift", "user@nordlift.test", "user")
	a.SetPassword(user.Me().ID)
	b := a.Browser().SignIn("/admin/nordlift", "user@nordlift.test")
	b.Get("/admin/nordlift/customers").SeesNot("/imports")
	sendFile(t, a, b, "/admin/nordlift/imports/new?kind=customers&once=1", "x.csv", customerFile).Is(http.StatusForbidden)
	b.Get("/admin/nordlift/imports").Is(http.StatusForbidden)
}

// TestImportCodes_restBecomesCustomersAndGroups: one button decides every code
// that nobody decided, and leaves alone what somebody chose.
func TestImportCodes_restBecomesCustomersAndGroups(t *testing.T) {
	a := apptest.New(t)
	s := a.Provider("nordlift")
	b := a.Browser().SignIn("/admin/nordlift", "admin@nordlift.test")
	file := "D.O. No.,Type,Customer code,Group,Date,Address\n1,delivery,NYPD,Bronx,2026-11-20,1 Main St\n2,delivery,HPD,Queens,2026-11-20,2 Main St\n3,delivery,DSNY,Bronx,2026-11-20,3 Main St\n"
	upload(t, a, b, "jobs", "jobs.csv", file).Is(http.StatusOK)
	at := strings.TrimSuffix(b.Page.URL.Path, "/map")
	b.Post(at+"/check", nil).Is(http.StatusOK)
	a.Desk.Wait()
	for _, says := range [][2]string{{"Add all others as customers", "3 codes were decided"}, {"Bronx", "2 codes were decided"}} {
		b.Get(at + "/codes").Is(http.StatusOK).Sees(says[0])
		form := url.Values{"rest": {"add"}}
		for _, m := range codeField.FindAllStringSubmatch(b.Page.Body, -1) {
			form.Set(m[1]+"."+m[2], m[3])
			if m[3] == "HPD" {
				form.Set("do."+m[2], "none")
			}
		}
		b.Post(at+"/codes", form).Is(http.StatusOK).Sees(says[1])
		a.Desk.Wait()
	}
	b.Get(at).Is(http.StatusOK).Sees("New 3")
	b.Get(at + "/codes").Sees("Nothing waits for a decision")
	customers, err := s.Customers(t.Context(), store.CustomerFilter{Sort: "name"})
	if err != nil || len(customers.Rows) != 2 || customers.Rows[0].Name != "DSNY" || customers.Rows[1].Name != "NYPD" {
		t.Errorf("customers: %+v, %v", customers.Rows, err)
	}
	groups, err := s.GroupChoices(t.Context())
	if err != nil || len(groups) != 2 {
		t.Errorf("groups: %+v, %v", groups, err)
	}
}
