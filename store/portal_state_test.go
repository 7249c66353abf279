package store

import (
	"testing"
	"time"

	"gatehouse/store/fault"
)

func TestPortalState_everyMove(t *testing.T) {
	const refused = PortalState("")
	states := []PortalState{PortalNone, PortalDraft, PortalPending, PortalActive, PortalSuspended, PortalDeleted}
	for verb, want := range map[Verb][6]PortalState{
		PortalSetup:      {PortalDraft, refused, refused, refused, refused, refused},
		InvitationCreate: {refused, PortalPending, PortalPending, PortalActive, refused, refused},
		PortalActivate:   {refused, refused, PortalActive, PortalActive, refused, refused},
		PortalSuspend:    {refused, refused, PortalSuspended, PortalSuspended, refused, refused},
		PortalResume:     {refused, refused, refused, refused, PortalPending, refused},
		CustomerDelete:   {refused, PortalDeleted, PortalDeleted, PortalDeleted, PortalDeleted, refused},
	} {
		for i, from := range states {
			got, err := from.after(verb)
			if want[i] == refused {
				if fault.Of(err) != fault.Conflict || fault.Says(err) == "" || got != from {
					t.Errorf("%s of a portal that is %s: got %s and %v, want a Conflict with words", verb, from, got, err)
				}
				continue
			}
			if err != nil || got != want[i] {
				t.Errorf("%s of a portal that is %s: got %s and %v, want %s", verb, from, got, err, want[i])
			}
		}
	}
}

func TestSlug_spellsNames(t *testing.T) {
	for name, want := range map[string]string{
		"Acme Construction":                       "acme-construction",
		"Łódź Żurawie & Söhne GmbH":               "lodz-zurawie-sohne-gmbh",
		"  --A/S Ærø Åkerman--  ":                 "a-s-aero-akerman",
		"ООО «Стройтех»":                          "ooo-stroitekh",
		"Γερανοί Αθήνα":                           "geranoi-athina",
		"O'Brien’s":                               "obriens",
		"株式会社":                                    "portal",
		"X":                                       "portal",
		"<script>alert(1)</script>":               "script-alert-1-script",
		"a very long name of a customer's firm b": "a-very-long-name-of-a-customers",
		"line\r\nbreak\x00":                       "line-break",
	} {
		if got := Slug(name); got != want || ValidSlug(got) != nil {
			t.Errorf("Slug(%q) = %q (%v), want %q", name, got, ValidSlug(got), want)
		}
	}
}

func TestMemberships_indexRefusesASecondFirstAdmin(t *testing.T) {
	db := openTest(t)
	s := testProvider(t, db, "one")
	err := s.Update(t.Context(), func(s Staff) error {
		id, err := s.AddCustomer(t.Context(), CustomerEdit{CustomerInput: CustomerInput{Name: "Acme"}})
		if err != nil {
			return err
		}
		portal, err := s.AddPortal(t.Context(), id, PortalEdit{})
		if err != nil {
			return err
		}
		y := System{db: db, conn: s.conn, at: s.at}
		for i, email := range []string{"a@acme.test", "b@acme.test"} {
			user, err := y.insertUser(t.Context(), s.provider, NewUser{Kind: "client", Name: email, Email: email})
			if err != nil {
				return err
			}
			_, _, err = y.run(t.Context(), `INSERT INTO memberships (provider_id, portal_id, customer_id, user_id, role, first_admin, created_at)
				VALUES (:provider, :portal, :customer, :user, 'admin', 1, 0)`, p(":provider", s.provider), p(":portal", portal), p(":customer", id), p(":user", user))
			if want := []fault.Kind{fault.Internal, fault.Conflict}[i]; fault.Of(err) != want || i == 0 && err != nil {
				t.Errorf("admin %d: got %v", i+1, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestActivate_inAPortalTakesAMembershipAndOpensIt(t *testing.T) {
	db := openTest(t)
	s := testProvider(t, db, "one")
	y := System{db: db}
	var portal PortalID
	accounts := map[string]Account{}
	err := s.Update(t.Context(), func(s Staff) error {
		id, err := s.AddCustomer(t.Context(), CustomerEdit{CustomerInput: CustomerInput{Name: "Acme"}})
		if err != nil {
			return err
		}
		if portal, err = s.AddPortal(t.Context(), id, PortalEdit{}); err != nil {
			return err
		}
		y := System{db: db, conn: s.conn, at: s.at}
		for _, email := range []string{"in@acme.test", "out@acme.test"} {
			if _, err := y.insertUser(t.Context(), s.provider, NewUser{Kind: "client", Name: "Given", Email: email}); err != nil {
				return err
			}
			if accounts[email], err = y.Account(t.Context(), s.provider, email); err != nil {
				return err
			}
			if _, err := y.AddToken(t.Context(), accounts[email], portal, "act", []byte(email), time.Hour); err != nil {
				return err
			}
		}
		if _, _, err := y.run(t.Context(), `UPDATE portals SET state = 'pending'`); err != nil {
			return err
		}
		_, _, err = y.run(t.Context(), `INSERT INTO memberships (provider_id, portal_id, customer_id, user_id, role, first_admin, created_at)
			VALUES (:provider, :portal, :customer, :user, 'admin', 1, 0)`, p(":provider", s.provider), p(":portal", portal), p(":customer", id), p(":user", accounts["in@acme.test"].ID))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	in := Activation{Name: "Chosen", Password: "phc", Terms: 1, Session: []byte("session")}
	if _, _, err := y.Activate(t.Context(), s.provider, []byte("out@acme.test"), in); fault.Of(err) != fault.Conflict {
		t.Errorf("without a membership: got %v, want Conflict", err)
	}
	in.Terms = 7
	if _, _, err := y.Activate(t.Context(), s.provider, []byte("in@acme.test"), in); fault.Fields(err)["terms"] == "" {
		t.Errorf("with other terms: got %v, want a sentence at terms", err)
	}
	in.Terms = 1
	if _, _, err := y.Activate(t.Context(), s.provider, []byte("in@acme.test"), in); err != nil {
		t.Fatal(err)
	}
	if o, _ := s.Portal(t.Context(), portal); o.State != PortalActive {
		t.Errorf("the portal is %s, want active", o.State)
	}
	if c, err := db.Client(t.Context(), "acme", []byte("session"), Origin{}); err != nil || c.Me().Name != "Chosen" || c.Window().TermsDue != 0 {
		t.Errorf("got %q and %v", c.Me().Name, err)
	}
}
