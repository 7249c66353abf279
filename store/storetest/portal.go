package storetest

import (
	"crypto/rand"
	"testing"

	"gatehouse/store"
	"gatehouse/store/fault"
)

// Portal opens a customer's portal with the minimal preset and lets one person
// in, who becomes its admin. It returns the portal and the person's scope.
func Portal(t testing.TB, db *store.DB, s store.Staff, of store.CustomerID, email string) (store.Portal, store.Client) {
	t.Helper()
	id, err := s.AddPortal(t.Context(), of, store.PortalEdit{})
	if err == nil {
		err = s.SetFeatures(t.Context(), id, store.Preset(store.PresetMinimal))
	}
	if err != nil {
		t.Fatalf("open portal: %v", err)
	}
	c := Member(t, db, s, id, email, "admin")
	o, err := s.Portal(t.Context(), id)
	if err != nil {
		t.Fatalf("read portal: %v", err)
	}
	return o, c
}

// Member lets one more person into a portal over an invitation and returns its
// scope.
func Member(t testing.TB, db *store.DB, s store.Staff, to store.PortalID, email, role string) store.Client {
	t.Helper()
	o, err := s.Portal(t.Context(), to)
	if err != nil {
		t.Fatalf("read portal: %v", err)
	}
	terms, err := s.CurrentTerms(t.Context())
	if err != nil {
		t.Fatalf("read terms: %v", err)
	}
	hash := []byte(o.Slug + email)
	if _, err := s.Invite(t.Context(), to, store.NewInvitation{InviteEdit: store.InviteEdit{Role: role}, Hash: hash, Hint: "test"}); err != nil {
		t.Fatalf("invite: %v", err)
	}
	if _, err := db.System("test", store.Origin{}).Accept(t.Context(), to, hash, store.Registration{Name: "Client " + email, Email: email, Password: "x", Terms: terms.Version, Session: hash}); err != nil {
		t.Fatalf("accept: %v", err)
	}
	c, err := db.Client(t.Context(), o.Slug, hash, store.Origin{})
	if err != nil {
		t.Fatalf("client door: %v", err)
	}
	return c
}

// Everything makes a portal share all there is and lets one more person in,
// whose scope it returns.
func Everything(t testing.TB, db *store.DB, s store.Staff, portal store.PortalID, email string) store.Client {
	t.Helper()
	all := make([]store.Feature, 0, len(store.Features))
	for _, i := range store.Features {
		all = append(all, i.Feature)
	}
	if err := s.SetFeatures(t.Context(), portal, all); err != nil {
		t.Fatalf("share everything: %v %v", err, fault.Fields(err))
	}
	return Member(t, db, s, portal, email, "user")
}

// SetPlan sets what a provider may share at most.
func SetPlan(t testing.TB, db *store.DB, of store.Provider, features ...store.Feature) {
	t.Helper()
	y := db.System("test", store.Origin{})
	if _, err := y.AddOperator(t.Context(), store.NewOperator{Email: "plan@example.com", Name: "Planner", Password: "x"}); err != nil && fault.Of(err) != fault.Conflict {
		t.Fatalf("add operator: %v", err)
	}
	a, err := y.OperatorAccount(t.Context(), "plan@example.com")
	if err != nil {
		t.Fatalf("operator account: %v", err)
	}
	hash := []byte(rand.Text())
	if err := y.StartOperatorSession(t.Context(), a, hash); err != nil {
		t.Fatalf("operator session: %v", err)
	}
	o, err := db.Operator(t.Context(), hash, store.Origin{})
	if err != nil {
		t.Fatalf("operator door: %v", err)
	}
	if _, err := o.SetPlan(t.Context(), of, features); err != nil {
		t.Fatalf("set plan: %v", err)
	}
}
