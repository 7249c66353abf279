package store_test

import (
	"testing"

	"gatehouse/store"
	"gatehouse/store/fault"
	"gatehouse/store/storetest"
)

// both makes the twin's client a member of its second customer, too.
func both(t *testing.T, w storetest.Twin) store.Portal {
	t.Helper()
	addClient(t, w.Staff, store.NewClient{Name: "x", Email: w.Client.Me().Email, Customer: w.Bare})
	o, err := w.Staff.PortalOf(t.Context(), w.Bare)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func again(t *testing.T, db *store.DB, slug string, hash []byte) store.Client {
	t.Helper()
	c, err := db.Client(t.Context(), slug, hash, store.Origin{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestSwitchTo_theSamePersonAndNoLonger(t *testing.T) {
	db, mine, _ := storetest.Twins(t)
	there := both(t, mine)
	me, key := mine.Client, []byte(mine.Portal.Slug+mine.Client.Me().Email)
	if c := again(t, db, mine.Portal.Slug, key); !c.Window().Others {
		t.Error("the window does not say that there are others")
	}
	if all, err := me.Places(t.Context()); err != nil || len(all) != 2 {
		t.Fatalf("places: %+v, %v", all, err)
	}
	if _, err := me.SwitchTo(t.Context(), there.Slug, []byte("there")); err != nil {
		t.Fatal(err)
	}
	c := again(t, db, there.Slug, []byte("there"))
	if c.Me().ID != me.Me().ID || c.Window().CustomerName != "Bare of "+mine.Slug || c.Window().Slug != there.Slug {
		t.Errorf("came in as %+v at %+v", c.Me(), c.Window())
	}
	if o, _ := mine.Staff.Portal(t.Context(), there.ID); o.State != store.PortalActive {
		t.Errorf("the portal is %s, want active: somebody came", o.State)
	}
	if _, err := db.Client(t.Context(), mine.Portal.Slug, []byte("there"), store.Origin{}); fault.Of(err) != fault.Unauthenticated {
		t.Errorf("the session opens the first portal, too: %v", err)
	}
	// Again: the earlier one is replaced, and all of them end together.
	if _, err := me.SwitchTo(t.Context(), there.Slug, []byte("there2")); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Client(t.Context(), there.Slug, []byte("there"), store.Origin{}); fault.Of(err) != fault.Unauthenticated {
		t.Errorf("the earlier session stayed: %v", err)
	}
	if err := again(t, db, there.Slug, []byte("there2")).SignOut(t.Context()); err != nil {
		t.Fatal(err)
	}
	for slug, hash := range map[string][]byte{there.Slug: []byte("there2"), mine.Portal.Slug: key} {
		if _, err := db.Client(t.Context(), slug, hash, store.Origin{}); fault.Of(err) != fault.Unauthenticated {
			t.Errorf("%s is open after signing out: %v", slug, err)
		}
	}
}

func TestSwitchTo_membershipIsCheckedAtOnce(t *testing.T) {
	_, mine, _ := storetest.Twins(t)
	there := both(t, mine)
	if _, err := mine.Wide.SwitchTo(t.Context(), there.Slug, []byte("x")); fault.Of(err) != fault.NotFound {
		t.Errorf("somebody who does not belong there: %v, want NotFound", err)
	}
	if _, err := mine.Client.SwitchTo(t.Context(), there.Slug, []byte("y")); err != nil {
		t.Fatal(err)
	}
	if err := mine.Staff.SuspendPortal(t.Context(), there.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := mine.Client.SwitchTo(t.Context(), there.Slug, []byte("z")); fault.Of(err) != fault.NotFound {
		t.Errorf("into a suspended portal: %v, want NotFound", err)
	}
}
