package store_test

import (
	"testing"

	"gatehouse/store"
	"gatehouse/store/fault"
	"gatehouse/store/storetest"
)

func addClient(t *testing.T, s store.Staff, n store.NewClient) store.ClientAdded {
	t.Helper()
	out, err := s.AddClient(t.Context(), n)
	if err != nil {
		t.Fatalf("add %s: %v", n.Email, err)
	}
	return out
}

func TestAddClient_opensAMinimalPortalUnderneath(t *testing.T) {
	_, mine, _ := storetest.Twins(t)
	s := mine.Staff
	got := addClient(t, s, store.NewClient{Name: "Ben", Email: "ben@bare.test", Customer: mine.Bare, Hash: []byte("x")})
	o, err := s.PortalOf(t.Context(), mine.Bare)
	if err != nil || o.State != store.PortalPending || !o.SetupDone || o.Shares[store.FeatureMap] || !o.Shares[store.FeatureList] {
		t.Errorf("the portal is %+v (%v), want a minimal one that is pending", o, err)
	}
	c, err := s.ClientUser(t.Context(), got.User)
	if err != nil || c.State != "pending" || len(c.In) != 1 || c.In[0].Role != "user" {
		t.Errorf("got %+v and %v, want one pending membership", c, err)
	}
	if got.Token == 0 || got.Existed {
		t.Errorf("got %+v, want a new account with a link", got)
	}
	again := addClient(t, s, store.NewClient{Name: "Other name", Email: "BEN@bare.test ", Customer: mine.Customer, Hash: []byte("y")})
	if again.User != got.User || !again.Existed {
		t.Errorf("the same address made another person: %+v", again)
	}
	if c, _ := s.ClientUser(t.Context(), got.User); c.Name != "Ben" || len(c.In) != 2 {
		t.Errorf("got %+v, want the same person in two portals", c)
	}
}

func TestAddClient_sentences(t *testing.T) {
	_, mine, theirs := storetest.Twins(t)
	s := mine.Staff
	other, err := s.AddGroup(t.Context(), store.GroupEdit{Name: "Elsewhere", Customer: mine.Bare})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		n     store.NewClient
		field string
	}{
		"no customer":            {store.NewClient{Name: "A", Email: "a@x.test"}, "customer"},
		"another's customer":     {store.NewClient{Name: "A", Email: "a@x.test", Customer: theirs.Customer}, "customer"},
		"no name":                {store.NewClient{Email: "a@x.test", Customer: mine.Customer}, "name"},
		"line break in a name":   {store.NewClient{Name: "A\r\nBcc: x@y.test", Email: "a@x.test", Customer: mine.Customer}, "name"},
		"two @":                  {store.NewClient{Name: "A", Email: "a@b@x.test", Customer: mine.Customer}, "email"},
		"own staff":              {store.NewClient{Name: "A", Email: "Admin@twin-one.test", Customer: mine.Customer}, "email"},
		"a member already":       {store.NewClient{Name: "A", Email: mine.Client.Me().Email, Customer: mine.Customer}, "email"},
		"another customer's":     {store.NewClient{Name: "A", Email: "a@x.test", Customer: mine.Customer, MembershipEdit: store.MembershipEdit{Groups: []store.GroupID{other}}}, "groups"},
		"another provider's":     {store.NewClient{Name: "A", Email: "a@x.test", Customer: mine.Customer, MembershipEdit: store.MembershipEdit{Groups: []store.GroupID{theirs.Group}}}, "groups"},
		"sees what is no choice": {store.NewClient{Name: "A", Email: "a@x.test", Customer: mine.Customer, MembershipEdit: store.MembershipEdit{Sees: "all"}}, "sees"},
	} {
		if _, err := s.AddClient(t.Context(), c.n); fault.Fields(err)[c.field] == "" {
			t.Errorf("%s: got %v, want a sentence at %s", name, err, c.field)
		}
	}
	// In another provider's world the address is nobody's.
	addClient(t, s, store.NewClient{Name: "A", Email: theirs.Client.Me().Email, Customer: mine.Customer, Hash: []byte("z")})
	if p, err := s.Clients(t.Context(), store.ClientFilter{Search: "a@x.test"}); err != nil || len(p.Rows) != 0 {
		t.Errorf("a refused client left something behind: %+v, %v", p.Rows, err)
	}
}

// TestClients_limitedStaffSeeThoseOfTheirGroups: list, search, count and page
// hold those of the customers whose groups one has.
func TestClients_limitedStaffSeeThoseOfTheirGroups(t *testing.T) {
	db, mine, _ := storetest.Twins(t)
	s := mine.Staff
	far := addClient(t, s, store.NewClient{Name: "Far", Email: "far@bare.test", Customer: mine.Bare, Hash: []byte("x")})
	if err := s.SetStaffGroups(t.Context(), mine.Tech, false, []store.GroupID{mine.Group}); err != nil {
		t.Fatal(err)
	}
	tech, err := db.Staff(t.Context(), mine.Slug, []byte(mine.Slug+"tech@"+mine.Slug+".test"), store.Origin{})
	if err != nil {
		t.Fatal(err)
	}
	for name, f := range map[string]store.ClientFilter{"list": {}, "search": {Search: "test"}, "by customer": {Customer: mine.Bare}, "by address": {Sort: "email"}} {
		p, err := tech.Clients(t.Context(), f)
		if err != nil || p.Total != len(p.Rows) {
			t.Fatalf("%s: %d rows of %d, %v", name, len(p.Rows), p.Total, err)
		}
		for _, c := range p.Rows {
			if c.ID == far.User {
				t.Errorf("%s shows somebody of another customer", name)
			}
		}
		if name == "list" && len(p.Rows) != 2 {
			t.Errorf("the list has %d people, want the two of the customer", len(p.Rows))
		}
	}
	if _, err := tech.ClientUser(t.Context(), far.User); fault.Of(err) != fault.NotFound {
		t.Errorf("the page of another's client: %v, want NotFound", err)
	}
	if m, err := tech.Memberships(t.Context(), far.User); err != nil || len(m) != 0 {
		t.Errorf("memberships of another's client: %+v, %v", m, err)
	}
}
