package store

import (
	"strconv"
	"strings"
	"testing"

	"gatehouse/store/fault"
)

func names(p Page[Customer]) string {
	var out []string
	for _, c := range p.Rows {
		out = append(out, c.Name)
	}
	return strings.Join(out, ", ")
}

func TestCustomers_foundByWhatPeopleType(t *testing.T) {
	db := openTest(t)
	s := testProvider(t, db, "one")
	var ids []CustomerID
	for _, e := range []CustomerEdit{
		{CustomerInput: CustomerInput{Name: "Überlandwerke", City: "Köln", Email: "info@ueber.test"}, ExternalID: "K-77"},
		{CustomerInput: CustomerInput{Name: "zeppelin 100%"}},
		{CustomerInput: CustomerInput{Name: "Acme"}},
	} {
		id, err := s.AddCustomer(t.Context(), e)
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	k, err := s.AddContact(t.Context(), ids[1], ContactEdit{Name: "Betty Ruiz", Email: "betty@digger.test"})
	if err != nil {
		t.Fatal(err)
	}
	for typed, want := range map[string]string{
		"uberland": "Überlandwerke", "ÜBER": "Überlandwerke", "koln": "Überlandwerke", "k-77": "Überlandwerke", "INFO@ueber": "Überlandwerke",
		"betty@dig": "zeppelin 100%", "betty ruiz": "zeppelin 100%", "C-3": "Acme", "c3": "Acme", "0%": "zeppelin 100%", "%": "zeppelin 100%", "_": "", "C-99": "",
		"": "Acme, Überlandwerke, zeppelin 100%",
	} {
		p, err := s.Customers(t.Context(), CustomerFilter{Search: typed})
		if err != nil || names(p) != want {
			t.Errorf("%q finds %q (%v), want %q", typed, names(p), err, want)
		}
		if want := len(p.Rows); p.Total != want {
			t.Errorf("%q counts %d, lists %d", typed, p.Total, want)
		}
	}
	if err := s.RemoveContact(t.Context(), k); err != nil {
		t.Fatal(err)
	}
	if p, _ := s.Customers(t.Context(), CustomerFilter{Search: "betty"}); names(p) != "" {
		t.Errorf("still found by a contact that is gone: %s", names(p))
	}
}

func TestCustomers_filterByTypeAndPortal(t *testing.T) {
	db := openTest(t)
	s := testProvider(t, db, "one")
	types, err := s.CustomerTypes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddCustomer(t.Context(), CustomerEdit{Type: types[1].ID, CustomerInput: CustomerInput{Name: "Dealer"}}); err != nil {
		t.Fatal(err)
	}
	addCustomer(t, s, "Plain")
	for _, c := range []struct {
		f    CustomerFilter
		want string
	}{
		{CustomerFilter{Type: types[1].ID}, "Dealer"}, {CustomerFilter{Type: 9999}, ""}, {CustomerFilter{Portal: "none", Sort: "-name"}, "Plain, Dealer"},
		{CustomerFilter{Portal: "active"}, ""}, {CustomerFilter{Type: types[1].ID, Search: "plain"}, ""},
	} {
		if p, err := s.Customers(t.Context(), c.f); err != nil || names(p) != c.want {
			t.Errorf("%+v: got %q and %v, want %q", c.f, names(p), err, c.want)
		}
	}
	if c, _ := s.Customers(t.Context(), CustomerFilter{Search: "plain"}); len(c.Rows) != 1 || c.Rows[0].TypeName != DefaultType {
		t.Errorf("without a type: %+v, want Other", c.Rows)
	}
}

func TestOpenCustomer_sentTwiceMakesOne(t *testing.T) {
	db := openTest(t)
	admin := testProvider(t, db, "one")
	_, open := person(t, db, admin.home, "ana@one.test", "admin")
	s := open()
	e := CustomerEdit{CustomerInput: CustomerInput{Name: "Acme"}}
	first, err := s.OpenCustomer(t.Context(), "key", e, ContactEdit{Name: "Betty"})
	if err != nil {
		t.Fatal(err)
	}
	second, err := s.OpenCustomer(t.Context(), "key", e, ContactEdit{Name: "Betty"})
	if err != nil || first != second {
		t.Errorf("got %d and %v, want %d again", second, err, first)
	}
	if third, err := s.OpenCustomer(t.Context(), "other key", e, ContactEdit{}); err != nil || third == first {
		t.Errorf("another form: %d and %v, want another customer", third, err)
	}
	if k, err := s.Contacts(t.Context(), first); err != nil || len(k) != 1 {
		t.Errorf("%d contacts and %v, want 1", len(k), err)
	}
}

func TestOpenCustomer_allProblemsAtOnceAndNothingKept(t *testing.T) {
	db := openTest(t)
	s := testProvider(t, db, "one")
	_, err := s.OpenCustomer(t.Context(), "", CustomerEdit{CustomerInput: CustomerInput{Email: "x@"}}, ContactEdit{Name: "A\nB", Email: "y"})
	for _, field := range []string{"name", "email", "contact_name", "contact_email"} {
		if fault.Fields(err)[field] == "" {
			t.Errorf("nothing is said at %s: %v", field, err)
		}
	}
	if p, _ := s.Customers(t.Context(), CustomerFilter{}); len(p.Rows) != 0 {
		t.Error("a customer was made")
	}
}

func TestCustomerTypes_addedRenamedRemovedWhenUnused(t *testing.T) {
	db := openTest(t)
	s := testProvider(t, db, "one")
	id, err := s.AddCustomerType(t.Context(), " Museum ")
	if err != nil {
		t.Fatal(err)
	}
	types, err := s.CustomerTypes(t.Context())
	if err != nil || types[len(types)-1].Name != DefaultType || types[len(types)-2].Name != "Museum" {
		t.Fatalf("got %+v and %v, want Museum before Other", types, err)
	}
	if _, err := s.AddCustomerType(t.Context(), "museum"); fault.Fields(err)["name"] == "" {
		t.Errorf("twice: %v", err)
	}
	c, err := s.AddCustomer(t.Context(), CustomerEdit{Type: id, CustomerInput: CustomerInput{Name: "Louvre"}})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.RenameCustomerType(t.Context(), id, "Gallery"); err != nil {
		t.Fatal(err)
	}
	if err := s.RemoveCustomerType(t.Context(), id); fault.Of(err) != fault.Conflict || !strings.Contains(fault.Says(err), "Gallery") {
		t.Errorf("in use: %v, want a Conflict that names it", err)
	}
	if err := s.DeleteCustomer(t.Context(), c, "Louvre"); err != nil {
		t.Fatal(err)
	}
	if err := s.RemoveCustomerType(t.Context(), id); err != nil {
		t.Errorf("with deleted customers only: %v", err)
	}
	other := types[len(types)-1].ID
	for name, err := range map[string]error{"rename": s.RenameCustomerType(t.Context(), other, "Misc"), "remove": s.RemoveCustomerType(t.Context(), other)} {
		if fault.Fields(err)["name"] == "" {
			t.Errorf("%s the default: %v, want a refusal", name, err)
		}
	}
}

func TestAuditLog_narrowsByWhatWasClicked(t *testing.T) {
	db := openTest(t)
	admin := testProvider(t, db, "one")
	id, open := person(t, db, admin.home, "ana@one.test", "admin")
	c := addCustomer(t, open(), "Acme")
	if err := open().ChangeCustomer(t.Context(), c, 1, CustomerEdit{CustomerInput: CustomerInput{Name: "Acme Ltd"}}); err != nil {
		t.Fatal(err)
	}
	for _, w := range []struct {
		f    AuditFilter
		want int
	}{
		{AuditFilter{Actor: id}, 2}, {AuditFilter{Verb: CustomerChange}, 1}, {AuditFilter{Object: "customer", ID: int64(c)}, 2}, {AuditFilter{Of: c, Verb: CustomerAdd}, 1},
		{AuditFilter{Search: "ANA@"}, 2}, {AuditFilter{Search: "U-" + strconv.FormatInt(int64(id), 10)}, 2}, {AuditFilter{Search: "nobody"}, 0}, {AuditFilter{Actor: id, Source: "api"}, 0},
	} {
		w.f.Limit = 50
		lines, err := admin.AuditLog(t.Context(), w.f)
		if err != nil || len(lines) != w.want {
			t.Errorf("%+v: %d lines and %v, want %d", w.f, len(lines), err, w.want)
		}
	}
	lines, err := admin.AuditLog(t.Context(), AuditFilter{Verb: CustomerChange, Limit: 1})
	if err != nil || lines[0].Facts().Changes["name"] != [2]any{"Acme", "Acme Ltd"} || len(lines[0].Facts().Changes) != 1 {
		t.Errorf("got %+v and %v, want the old and the new name alone", lines[0].Facts(), err)
	}
	if older, err := admin.AuditLog(t.Context(), AuditFilter{Actor: id, Before: lines[0].ID, Limit: 50}); err != nil || len(older) != 1 {
		t.Errorf("the page after: %d and %v, want 1", len(older), err)
	}
}

func TestSettings_addressesThatLeadNowhereGoodAreRefused(t *testing.T) {
	db := openTest(t)
	s := testProvider(t, db, "one")
	for _, bad := range []string{"javascript:alert(1)", "//evil.test", "help", "https://", "data:text/html,x", "https://a b", "http://user:pw@x.test", "ftp://x.test", "mailto:", "https://x.test\r\nBcc: y"} {
		if err := s.SetOwnSettings(t.Context(), map[string]string{OwnHelpHref: bad}); fault.Fields(err)[OwnHelpHref] == "" {
			t.Errorf("%q went through: %v", bad, err)
		}
	}
	for _, good := range []string{"", "https://help.test/x?y=1", "http://x.test", "mailto:help@x.test", "tel:+4930123"} {
		if err := s.SetOwnSettings(t.Context(), map[string]string{OwnHelpHref: good}); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	if err := s.SetOwnSettings(t.Context(), map[string]string{OwnSupportEmail: "x"}); fault.Fields(err)[OwnSupportEmail] == "" {
		t.Errorf("a support address that is none: %v", err)
	}
}

func TestChangeHome_keepsWhatChangedInTheAuditLog(t *testing.T) {
	db := openTest(t)
	s := testProvider(t, db, "one")
	if err := s.ChangeHome(t.Context(), HomeEdit{Name: "One", Formats: Formats{Date: "DMY", Sep: ".", Clock24: true, Zone: "Europe/Berlin", Language: "de"}, Words: Words{Asset: "machine", Job: "order"}}); err != nil {
		t.Fatal(err)
	}
	lines, err := s.AuditLog(t.Context(), AuditFilter{Verb: SettingsChange, Limit: 1})
	if err != nil || lines[0].Facts().Changes["time_zone"] != [2]any{"UTC", "Europe/Berlin"} {
		t.Errorf("got %+v and %v", lines, err)
	}
	err = s.ChangeHome(t.Context(), HomeEdit{Name: " ", Formats: Formats{Date: "DYM", Sep: "?", Zone: "Mars/Olympus", Language: "<b>"}})
	for _, field := range []string{"name", "date_format", "date_sep", "time_zone", "language"} {
		if fault.Fields(err)[field] == "" {
			t.Errorf("nothing is said at %s: %v", field, err)
		}
	}
}

func TestPublishTerms_theSameWordsAreNotPublishedTwice(t *testing.T) {
	db := openTest(t)
	s := testProvider(t, db, "one")
	if _, err := s.PublishTerms(t.Context(), "Terms", "Line one\r\nLine two\r\n", false); err != nil {
		t.Fatal(err)
	}
	if _, err := s.PublishTerms(t.Context(), "Terms", "Line one\nLine two", true); fault.Of(err) != fault.Conflict {
		t.Errorf("the same words: %v, want Conflict", err)
	}
	if _, err := s.PublishTerms(t.Context(), "T\x00", "a\x00b", false); fault.Fields(err)["title"] == "" || fault.Fields(err)["body"] == "" {
		t.Errorf("NUL: %v, want sentences at both fields", err)
	}
	all, err := s.TermsVersions(t.Context())
	if err != nil || len(all) != 2 || all[0].Version != 2 || all[0].Body != "Line one\nLine two" {
		t.Errorf("got %+v and %v, want two versions, the newest first", all, err)
	}
}

func TestCustomers_longAndOddNamesDoNotStopThePages(t *testing.T) {
	db := openTest(t)
	s := testProvider(t, db, "one")
	for i, odd := range []string{"<", "𝕏", "ﷺ", "é", "\"", "x"} {
		for range 3 {
			e := CustomerEdit{CustomerInput: CustomerInput{Name: strings.Repeat(odd, 200), City: strings.Repeat(odd, 100)}}
			if _, err := s.AddCustomer(t.Context(), e); err != nil {
				t.Fatalf("%d: %v", i, err)
			}
		}
	}
	seen := map[CustomerID]bool{}
	for after, more := "", true; more; more = after != "" {
		p, err := s.Customers(t.Context(), CustomerFilter{After: after, Limit: 2})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range p.Rows {
			seen[c.ID] = true
		}
		after = p.Next
	}
	if len(seen) != 18 {
		t.Errorf("saw %d of 18", len(seen))
	}
}
