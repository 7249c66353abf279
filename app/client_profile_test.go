package app_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gatehouse/app/apptest"
	"gatehouse/store"
)

// clientWorld is a provider whose customer Acme has Ben, its portal admin, and Anna,
// who has signed in and chosen a password.
type clientWorld struct {
	emailWorld
	admin, anna *apptest.Browser
	acme        store.CustomerID
	id          store.UserID
	at          string // of her profile
}

func newClientWorld(t *testing.T) clientWorld {
	w := clientWorld{emailWorld: newEmailWorld(t)}
	w.acme = company(t, w.home, "Acme")
	w.admin = w.Browser().SignIn("/admin/nordlift", "admin@nordlift.test")
	for _, name := range []string{"Ben", "Anna"} {
		w.admin.Post("/admin/nordlift/clients/new", newClient(t, w.admin, w.acme, "name", name+" Brandt", "email", strings.ToLower(name)+"@acme.test", "way", "password", "password", apptest.Password)).Is(http.StatusOK)
		if name == "Ben" { // the first who comes is the portal admin
			w.Browser().SignIn("/portal/acme", "ben@acme.test").Post("/portal/acme/terms", url.Values{"version": {"1"}, "accept": {"yes"}})
		}
	}
	p, err := w.home.Clients(t.Context(), store.ClientFilter{Search: "anna@"})
	if err != nil || len(p.Rows) != 1 {
		t.Fatalf("%d people, %v: want one", len(p.Rows), err)
	}
	w.id, w.at = p.Rows[0].ID, "/admin/nordlift/clients/"+itoa(int64(p.Rows[0].ID))
	w.anna = w.enter()
	w.anna.Post("/portal/acme/profile/password", url.Values{"current": {apptest.Password}, "password": {"another long enough phrase"}}).Is(http.StatusOK)
	w.SetPassword(w.id)
	w.Letters(w.sink)
	return w
}

func (w clientWorld) enter() *apptest.Browser {
	b := w.Browser().SignIn("/portal/acme", "anna@acme.test")
	return b.Post("/portal/acme/terms", url.Values{"version": {"1"}, "accept": {"yes"}})
}

// out fails unless Anna's open session has ended.
func (w clientWorld) out(why string) {
	w.t.Helper()
	if w.anna.Get("/portal/acme/profile"); !strings.HasSuffix(w.anna.Page.URL.Path, "/sign-in") {
		w.t.Errorf("%s: her session is still open at %s", why, w.anna.Page.URL.Path)
	}
}

func TestClientProfile_editKeepsWhatAnotherSaved(t *testing.T) {
	w := newClientWorld(t)
	u, err := w.home.User(t.Context(), w.id)
	if err != nil {
		t.Fatal(err)
	}
	edit := func(version int64, name string) *apptest.Browser {
		return w.admin.Post(w.at+"/edit", url.Values{"name": {name}, "title": {"Site manager"}, "phone": {"+49301234567"}, "version": {itoa(version)}})
	}
	edit(u.Version, "Anna Berg").Is(http.StatusOK).Sees("Saved.", "Anna Berg", "Site manager")
	if edit(u.Version, "Somebody Else").Is(http.StatusUnprocessableEntity).Sees("Somebody else changed"); !strings.Contains(w.admin.Page.Body, `value="Somebody Else"`) {
		t.Error("what was typed is lost")
	}
	w.admin.Post(w.at+"/edit", url.Values{"name": {"Without a version"}}).Is(http.StatusUnprocessableEntity)
	w.admin.Get(w.at).Sees("Anna Brandt", "Anna Berg") // History: old → new
}

// TestClientProfile_formats sees each of the six dates as she reads it.
func TestClientProfile_formats(t *testing.T) {
	w := newClientWorld(t)
	now := w.Clock.Now().UTC()
	for _, c := range [][3]string{{"MDY", "/", "01/02/2006"}, {"MDY", ".", "01.02.2006"}, {"DMY", "/", "02/01/2006"}, {"DMY", ".", "02.01.2006"}, {"YMD", "/", "2006/01/02"}, {"YMD", ".", "2006.01.02"}} {
		form := url.Values{"date_format": {c[0]}, "date_sep": {c[1]}, "clock": {"24"}, "language": {"en"}, "time_zone": {"UTC"}}
		w.admin.Post(w.at+"/formats", form).Is(http.StatusOK).Sees("They can still choose formats of their own.")
		a, err := w.home.UserAccount(t.Context(), w.id)
		if err != nil || a.Date != c[0] || a.Sep != c[1] || !a.Clock24 {
			t.Errorf("%s%s is kept as %+v, %v", c[0], c[1], a.Formats, err)
		}
		w.anna.Get("/portal/acme/profile").Is(http.StatusOK).Sees(now.Format(c[2]))
	}
	w.admin.Post(w.at+"/formats", url.Values{"date_format": {"QQQ"}, "date_sep": {"-"}, "time_zone": {"Nowhere"}}).Is(http.StatusUnprocessableEntity)
}

func TestClientProfile_emailChange(t *testing.T) {
	w := newClientWorld(t)
	w.admin.Post(w.at+"/email", url.Values{"email": {"a@b@c.test"}}).Is(http.StatusUnprocessableEntity)
	w.admin.Post(w.at+"/email", url.Values{"email": {"anna@new.test"}}).Is(http.StatusOK).Sees("pending", "anna@new.test", "anna@acme.test")
	all := w.Letters(w.sink)
	to(t, all, "anna@acme.test")
	first := codeIn(t, to(t, all, "anna@new.test"))
	w.admin.Post(w.at+"/email/resend", nil).Is(http.StatusOK).Sees("A new code is on its way")
	if codeIn(t, to(t, w.Letters(w.sink), "anna@new.test")) == first {
		t.Error("the code is the one before")
	}
	w.admin.Post(w.at+"/email/cancel", nil).Is(http.StatusOK).Sees("is cancelled").SeesNot("pending")
	w.admin.Post(w.at+"/email/cancel", nil).SeesNot("pending")
	w.Browser().SignIn("/portal/acme", "anna@acme.test")
}

func TestClientProfile_passwordSetByStaff(t *testing.T) {
	w := newClientWorld(t)
	w.admin.Get(w.at).Sees("Change Password")
	w.admin.Post(w.at+"/password", url.Values{"password": {"short"}}).Is(http.StatusUnprocessableEntity).Sees("at least 12 characters")
	w.admin.Post(w.at+"/password", url.Values{"password": {"three grey boats at dawn"}}).Is(http.StatusOK).Sees("has to be changed at the next sign-in", "Must change the password", "changed")
	if strings.Contains(w.admin.Page.Body, "grey boats") || strings.Contains(w.admin.Page.Body, "argon2") {
		t.Error("the page tells the password")
	}
	w.out("a password set by staff")
	b := w.Browser().SignInAs("/portal/acme", "anna@acme.test", "three grey boats at dawn")
	if b.Get("/portal/acme"); b.Page.URL.Path != "/portal/acme/profile/password" {
		t.Errorf("the first page is %s, want the one where the password is changed", b.Page.URL.Path)
	}
}

func TestClientProfile_disableEnableDelete(t *testing.T) {
	w := newClientWorld(t)
	w.admin.Post(w.at+"/state", url.Values{"disabled": {"yes"}}).Is(http.StatusOK).Sees("The account is disabled.", "Disabled")
	w.out("disabled")
	to(t, w.Letters(w.sink), "anna@acme.test")
	w.Browser().Post("/portal/acme/sign-in", url.Values{"email": {"anna@acme.test"}, "password": {apptest.Password}}).Is(http.StatusUnprocessableEntity)
	w.admin.Post(w.at+"/state", nil).Is(http.StatusOK).Sees("The account is enabled again.", "Active")
	w.anna = w.enter()
	w.admin.Post(w.at+"/delete", url.Values{"confirm_email": {"anna@other.test"}}).Is(http.StatusUnprocessableEntity).Sees("anna@acme.test")
	w.anna.Get("/portal/acme/profile").Is(http.StatusOK).Sees("anna@acme.test")
	w.admin.Post(w.at+"/delete", url.Values{"confirm_email": {" ANNA@acme.test "}}).Is(http.StatusOK).Sees("is deleted")
	w.out("deleted")
	w.admin.Get(w.at).Is(http.StatusNotFound)
}

func TestClientProfile_secondCustomer(t *testing.T) {
	w := newClientWorld(t)
	beta := company(t, w.home, "Beta")
	add := func(of string) *apptest.Browser {
		return w.admin.Post(w.at+"/portals/new", url.Values{"customer": {of}, "groups_of": {"all"}, "sees": {"customer"}})
	}
	add("9999").Is(http.StatusNotFound)
	add(itoa(int64(beta))).Is(http.StatusOK).Sees("Access added.", "Acme", "Beta")
	if l := to(t, w.Letters(w.sink), "anna@acme.test"); !strings.Contains(l.Text, "Beta") {
		t.Errorf("the letter does not name the customer: %s", l.Text)
	}
	w.anna.Get("/portal/acme").Sees("Beta")
	add(itoa(int64(beta))).Is(http.StatusUnprocessableEntity)
}

// TestClientProfile_userNameIsToldByLetter: whoever signs in with a name hears
// of its change.
func TestClientProfile_userNameIsToldByLetter(t *testing.T) {
	w := newClientWorld(t)
	w.admin.Post(w.at+"/username", url.Values{"username": {"a@b"}}).Is(http.StatusUnprocessableEntity).Sees("Use 3 to 60 letters")
	w.admin.Post(w.at+"/username", url.Values{"username": {"anna.b"}}).Is(http.StatusOK).Sees("User name saved.", "anna.b")
	if l := to(t, w.Letters(w.sink), "anna@acme.test"); !strings.Contains(l.Text, "anna.b") {
		t.Errorf("the letter does not say the new name: %s", l.Text)
	}
}

// TestFactor_resetByStaff holds for colleagues and for clients: the card is
// there only while there is a factor to reset.
func TestFactor_resetByStaff(t *testing.T) {
	w := newClientWorld(t)
	tech := w.Browser().SignIn("/admin/nordlift", "tech@nordlift.test")
	for _, c := range []struct {
		at, door, email string
		b               *apptest.Browser
	}{{"/admin/nordlift/users/" + itoa(int64(w.tech)), "/admin/nordlift", "tech@nordlift.test", tech}, {w.at, "/portal/acme", "anna@acme.test", w.anna}} {
		w.admin.Get(c.at).Is(http.StatusOK).SeesNot("Reset the second factor")
		w.admin.Post(c.at+"/factor", nil).Sees("no second factor to take away")
		enrol(t, w.Appliance, c.b, c.door)
		w.Letters(w.sink)
		w.admin.Get(c.at).Is(http.StatusOK).Sees("Reset the second factor")
		w.admin.Post(c.at+"/factor", nil).Is(http.StatusOK).Sees("The second factor is reset").SeesNot("Reset the second factor")
		if l := to(t, w.Letters(w.sink), c.email); !strings.Contains(l.Get("Subject"), "was turned off") {
			t.Errorf("letter: %q", l.Get("Subject"))
		}
		if c.b.Get(c.door + "/profile"); !strings.HasSuffix(c.b.Page.URL.Path, "/sign-in") {
			t.Errorf("%s: a reset leaves sessions open", c.email)
		}
	}
	w.admin.Post("/admin/nordlift/users/"+itoa(int64(w.home.Me().ID))+"/factor", nil).Is(http.StatusUnprocessableEntity).Sees("in your profile")
	w.Browser().SignIn("/admin/nordlift", "tech@nordlift.test").Post(w.at+"/factor", nil).Is(http.StatusForbidden)
}

// TestClientProfile_historySaysWhoseSide: what the customer's own portal admin
// changed is told from what the provider or the person itself did.
func TestClientProfile_historySaysWhoseSide(t *testing.T) {
	w := newClientWorld(t)
	list, err := w.home.Memberships(t.Context(), w.id)
	if err != nil || len(list) != 1 {
		t.Fatalf("%d memberships, %v: want one", len(list), err)
	}
	ben := w.Browser().SignIn("/portal/acme", "ben@acme.test")
	ben.Post("/portal/acme/profile/password", url.Values{"current": {apptest.Password}, "password": {"another long enough phrase"}}).Is(http.StatusOK)
	ben.Post("/portal/acme/administration/"+itoa(int64(list[0].ID))+"/state", url.Values{"disabled": {"yes"}}).Is(http.StatusOK)
	w.admin.Get(w.at).Is(http.StatusOK).Sees("Ben Brandt (portal admin of the customer)", "Anna Brandt (at the customer)")
	w.admin.Get("/admin/nordlift/audit?q=Ben").Is(http.StatusOK).Sees("portal admin of the customer")
	w.admin.Post(w.at+"/sessions/end", nil).Is(http.StatusOK)
	w.admin.Get(w.at).SeesNot("Nora Admin (portal admin of the customer)")
}
