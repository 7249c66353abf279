package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gatehouse/store"
	"gatehouse/store/storetest"
)

func TestSettings_nameFormatsAndWhatCustomersAreShown(t *testing.T) {
	_, s, b := nordlift(t)
	b.Get("/admin/nordlift/settings").Is(http.StatusOK).Sees("Set by the operator", "Berlin", "Unlimited")
	form := url.Values{"name": {"Nordlift Rental"}, "date_format": {"DMY"}, "date_sep": {"."}, "clock": {"24"}, "time_zone": {"Europe/Berlin"}, "language": {"en"}}
	b.Post("/admin/nordlift/settings", form).Is(http.StatusOK).Sees("Saved", "Nordlift Rental", "31.12.2026 15:05")
	for field, v := range map[string]string{"name": " ", "date_format": "X", "date_sep": "-", "time_zone": "Mars/Olympus", "language": "<script>"} {
		bad := url.Values{}
		for k, vs := range form {
			bad[k] = vs
		}
		bad.Set(field, v)
		b.Post("/admin/nordlift/settings", bad).Is(http.StatusUnprocessableEntity).Sees("There is a problem")
	}
	b.Post("/admin/nordlift/settings/help", url.Values{store.OwnHelpTitle: {"First steps"}, store.OwnHelpHref: {"javascript:alert(1)"}, store.OwnSupportEmail: {"x"}}).Is(http.StatusUnprocessableEntity).
		Sees("begins with https://", "full e-mail address", "There are 2 problems")
	b.Post("/admin/nordlift/settings/help", url.Values{store.OwnHelpTitle: {"First <b>steps</b>"}, store.OwnHelpHref: {"https://help.test/"}, store.OwnHelpText: {"One\r\nTwo"}}).Is(http.StatusOK).Sees("Saved")
	own, err := s.OwnSettings(t.Context())
	if err != nil || own[store.OwnHelpHref] != "https://help.test/" || own[store.OwnHelpText] != "One\nTwo" {
		t.Errorf("got %v and %v", own, err)
	}
	b.Get("/admin/nordlift/audit?verb=settings.change").Sees("Settings changed", "Date format: MDY → DMY", "Help: address: nothing → https://help.test/")
}

func TestProfile_zoneComesFromTheList(t *testing.T) {
	_, _, b := nordlift(t)
	b.Get("/admin/nordlift/profile").Sees("Berlin", "Argentina, Buenos Aires")
	form := url.Values{"name": {"Ana"}, "date_format": {"YMD"}, "date_sep": {"/"}, "clock": {"12"}, "time_zone": {"Asia/Tokyo"}, "language": {"en"}}
	b.Post("/admin/nordlift/profile", form).Is(http.StatusOK).Sees("Looks like this: 2026/12/31 11:05 PM")
	for _, zone := range []string{"Local", "../../etc/passwd", "Mars"} {
		form.Set("time_zone", zone)
		b.Post("/admin/nordlift/profile", form).Is(http.StatusUnprocessableEntity).Sees("Choose a time zone")
	}
}

func TestTerms_publishedVersionsStayAndAskAgain(t *testing.T) {
	a, s, b := nordlift(t)
	id, err := s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "Acme"}})
	if err != nil {
		t.Fatal(err)
	}
	_, client := storetest.Portal(t, a.DB, s, id, "ana@acme.test")
	a.SetPassword(client.Me().ID)
	there := a.Browser().SignIn("/portal/acme", "ana@acme.test").SeesNot("Accept")
	b.Get("/admin/nordlift/settings/terms").Sees("Version 1", "Current", "1 11/20/2026")
	b.Get("/admin/nordlift/settings/terms/new").Sees("Readings, positions and times")
	b.Post("/admin/nordlift/settings/terms/new", url.Values{"title": {"Terms"}, "body": {""}}).Is(http.StatusUnprocessableEntity).Sees("Write the terms")
	b.Post("/admin/nordlift/settings/terms/new", url.Values{"title": {"Terms"}, "body": {"Be <b>good</b>."}, "minor": {"yes"}}).Sees("Nobody is asked again", "Version 2", "Earlier")
	there.Get("/portal/acme").SeesNot("Be <b>good</b>.")
	again := url.Values{"title": {"Terms"}, "body": {"Be very good."}}
	b.Post("/admin/nordlift/settings/terms/new", again).Sees("Everybody in your portals is asked", "Version 3")
	b.Post("/admin/nordlift/settings/terms/new", again).Is(http.StatusUnprocessableEntity).Sees("words of the published version")
	there.Get("/portal/acme").Sees("Be very good.")
	b.Get("/admin/nordlift/settings/terms/2").Sees("Be <b>good</b>.", "Fingerprint")
	b.Get("/admin/nordlift/settings/terms/99").Is(http.StatusNotFound)
}

func TestTypes_addedRenamedRemoved(t *testing.T) {
	_, _, b := nordlift(t)
	b.Get("/admin/nordlift/settings/types").Sees("Dealer", "Where nobody chose a type")
	b.Post("/admin/nordlift/settings/types", url.Values{"name": {"dealer"}}).Is(http.StatusUnprocessableEntity).Sees("already a type of this name")
	b.Post("/admin/nordlift/settings/types", url.Values{"name": {"Museum"}}).Sees("Type added", "Museum")
	b.Post("/admin/nordlift/customers/new", url.Values{"name": {"Louvre"}, "type": {"8"}}).Sees("Museum")
	b.Post("/admin/nordlift/settings/types/8", url.Values{"name": {"Gallery"}}).Sees("Saved", "Gallery")
	b.Get("/admin/nordlift/customers/1").Sees("Gallery")
	b.Post("/admin/nordlift/settings/types/8/remove", nil).Is(http.StatusUnprocessableEntity).Sees("Give them another type first")
	b.Post("/admin/nordlift/settings/types/7", url.Values{"name": {"Misc"}}).Is(http.StatusUnprocessableEntity).Sees("stays as it is")
	b.Post("/admin/nordlift/settings/types/1/remove", nil).Is(http.StatusOK).Sees("Type removed").SeesNot("OEM")
}

func TestAudit_everyValueNarrowsAndOnlyAdminsRead(t *testing.T) {
	a, s, b := nordlift(t)
	b.Post("/admin/nordlift/customers/new", url.Values{"name": {"=Acme <i>"}, "contact_name": {"Ana"}})
	for i := range 60 {
		if _, err := s.AddGroup(t.Context(), store.GroupEdit{Name: strings.Repeat("g", i+1)}); err != nil {
			t.Fatal(err)
		}
	}
	b.Get("/admin/nordlift/audit").Is(http.StatusOK).Sees("Group added", "50 rows", "Next").SeesNot("Customer added")
	b.Get("/admin/nordlift/audit?verb=customer.add").Sees("=Acme <i>", "Activity: Customer added", "127.0.0.1").SeesNot("Contact added")
	b.Get("/admin/nordlift/audit?ip=127.0.0.1").Sees("Contact added", "Address: 127.0.0.1").SeesNot("Group added")
	b.Get("/admin/nordlift/audit?object=contact&id=1").Sees("Component: Contact #1", "Ana")
	b.Get("/admin/nordlift/audit?q=U-" + idOf(s.Me().ID)).Sees("Group added")
	for _, q := range []string{"actor=x", "id=%27", "before=x", "of=-5", "q=nobody", "verb=%3Cscript%3E"} {
		b.Get("/admin/nordlift/audit?" + q).Is(http.StatusOK).Sees("Nothing matches")
		if strings.Contains(b.Page.Body, "<script>") {
			t.Errorf("%s is not escaped", q)
		}
	}
	lines, err := s.AuditLog(t.Context(), store.AuditFilter{Verb: store.CustomerAdd, Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	b.Get("/admin/nordlift/audit/"+idOf(lines[0].ID)).Sees("Customer added", "The whole line", "Everything about it")
	tech := storetest.Staff(t, a.DB, s.Home().ID, "nordlift", "fleet@nordlift.test", "fleet_admin")
	a.SetPassword(tech.Me().ID)
	fleet := a.Browser().SignIn("/admin/nordlift", "fleet@nordlift.test").SeesNot("Audit Logs", "nordlift/settings")
	fleet.Get("/admin/nordlift/audit").Is(http.StatusForbidden)
	fleet.Get("/admin/nordlift/audit/" + idOf(lines[0].ID)).Is(http.StatusForbidden)
	fleet.Get("/admin/nordlift/customers/1/history").Is(http.StatusOK).Sees("Customer added")
}
