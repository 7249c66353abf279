package store_test

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gatehouse/store"
	"gatehouse/store/fault"
	"gatehouse/store/storetest"
)

// rounds is a courier with a driver, a customer with a portal, and a delivery
// on its way to it.
type road struct {
	*testing.T
	db       *store.DB
	clock    *storetest.Clock
	s        store.Staff
	customer store.CustomerID
	portal   store.Portal
	client   store.Client
	driver   store.UserID
}

func newRoad(t *testing.T) *road {
	t.Helper()
	w := &road{T: t}
	w.db, w.clock = storetest.Open(t)
	w.s = storetest.Provider(t, w.db, "swift")
	var err error
	w.customer, err = w.s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "Acme"}})
	w.must(err)
	w.portal, _ = storetest.Portal(t, w.db, w.s, w.customer, "ann@acme.test")
	w.client = storetest.Everything(t, w.db, w.s, w.portal.ID, "cleo@acme.test")
	w.driver = storetest.Staff(t, w.db, w.s.Home().ID, "swift", "dora@swift.test", "technician").Me().ID
	return w
}

func (w *road) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *road) delivery(e store.JobEdit) store.JobID {
	w.Helper()
	e.Kind, e.Customer, e.Assignee, e.Address, e.Day = store.JobDelivery, pickCustomer(e.Customer, w.customer), w.driver, "Secret Street 1", w.s.DayNow()
	id, err := w.s.AddJob(w.Context(), store.NewJob{JobEdit: e})
	w.must(err)
	return id
}

func pickCustomer(a, b store.CustomerID) store.CustomerID {
	if a != 0 {
		return a
	}
	return b
}

func aProof(once string) store.NewProof {
	return store.NewProof{Once: once, Receiver: "Željko Żółć", Note: "at the gate", Lat: store.Some(53.5), Lon: store.Some(10), Photos: []store.NewPhoto{{Full: []byte("full"), Thumb: []byte("small")}}, Signature: []byte("ink")}
}

// TestProof_sameTwice sends each of twenty proofs fifty times at once: a
// thousand sendings make twenty proofs.
func TestProof_sameTwice(t *testing.T) {
	w := newRoad(t)
	for n := range 20 {
		id := w.delivery(store.JobEdit{})
		var made atomic.Int64
		var all sync.WaitGroup
		for range 50 {
			all.Go(func() {
				again, err := w.s.AddProof(t.Context(), id, aProof("once"))
				if err != nil {
					t.Errorf("round %d: %v", n, err)
				} else if !again {
					made.Add(1)
				}
			})
		}
		all.Wait()
		proofs, err := w.s.Proofs(t.Context(), id)
		w.must(err)
		if made.Load() != 1 || len(proofs) != 1 || len(proofs[0].Files) != 2 {
			t.Fatalf("round %d: %d made, %d kept", n, made.Load(), len(proofs))
		}
	}
	id := w.delivery(store.JobEdit{})
	_, err := w.s.AddProof(t.Context(), id, aProof("first"))
	w.must(err)
	if _, err := w.s.AddProof(t.Context(), id, aProof("second")); fault.Of(err) != fault.Conflict {
		t.Errorf("a second proof of a finished job: %v", err)
	}
}

// TestProof_rejected: what was rejected makes it partial, more than ordered is
// refused, and then nothing is kept.
func TestProof_rejected(t *testing.T) {
	w := newRoad(t)
	id := w.delivery(store.JobEdit{Items: []store.JobItem{{SKU: "A", Quantity: 3}}})
	items, err := w.s.JobItems(t.Context(), id)
	w.must(err)
	for field, n := range map[string]store.NewProof{
		"item_0_rejected": {Once: "x", Receiver: "R", Rejected: []store.Rejection{{Item: items[0].ID, Number: 4, Reason: "torn"}}},
		"item_0_reason":   {Once: "x", Receiver: "R", Rejected: []store.Rejection{{Item: items[0].ID, Number: 1}}},
		"receiver":        {Once: "x"},
		"reason":          {Once: "x", Failed: true},
		"photos":          {Once: "x", Receiver: "R", Photos: make([]store.NewPhoto, 6)},
	} {
		if _, err := w.s.AddProof(t.Context(), id, n); fault.Fields(err)[field] == "" {
			t.Errorf("%s: %v", field, err)
		}
	}
	if all, err := w.s.Proofs(t.Context(), id); err != nil || len(all) != 0 {
		t.Fatalf("%d proofs are kept of what was refused, %v", len(all), err)
	}
	n := aProof("y")
	n.Rejected = []store.Rejection{{Item: items[0].ID, Number: 1, Reason: "torn"}}
	_, err = w.s.AddProof(t.Context(), id, n)
	w.must(err)
	if j, err := w.s.Job(t.Context(), id); err != nil || j.Status != store.JobPartial {
		t.Errorf("it is %s, %v", j.Status, err)
	}
	failed := w.delivery(store.JobEdit{})
	_, err = w.s.AddProof(t.Context(), failed, store.NewProof{Once: "z", Failed: true, Reason: "Nobody there"})
	w.must(err)
	if j, err := w.s.Job(t.Context(), failed); err != nil || j.Status != store.JobFailed || j.Reason != "Nobody there" {
		t.Errorf("it is %s for %q, %v", j.Status, j.Reason, err)
	}
}

// TestProof_files are read by who may see the job and the file, until either
// ends.
func TestProof_files(t *testing.T) {
	w := newRoad(t)
	id := w.delivery(store.JobEdit{})
	_, err := w.s.AddProof(t.Context(), id, aProof("once"))
	w.must(err)
	read := func() string {
		all, err := w.client.Proofs(t.Context(), id)
		if err != nil {
			return fault.Says(err)
		}
		if all[0].Lat.OK || all[0].Author != "" {
			t.Error("the client learns where, and from whom")
		}
		if len(all[0].Files) == 0 {
			return "none"
		}
		f, err := w.client.OpenJobFile(t.Context(), id, all[0].Files[0].ID, false)
		w.must(err)
		b, err := io.ReadAll(f.Reader())
		w.must(err)
		return string(b)
	}
	if got := read(); got != "full" {
		t.Fatalf("reads %q", got)
	}
	all, err := w.s.Proofs(t.Context(), id)
	w.must(err)
	photo := all[0].Files[0].ID
	small, err := w.s.OpenJobFile(t.Context(), id, photo, true)
	w.must(err)
	if b, err := io.ReadAll(small.Reader()); err != nil || string(b) != "small" {
		t.Errorf("the small picture is %q, %v", b, err)
	}
	if _, err := w.s.OpenJobFile(t.Context(), id+1, photo, false); fault.Of(err) != fault.NotFound {
		t.Errorf("by another job: %v", err)
	}
	opened, err := w.client.OpenJobFile(t.Context(), id, photo, false)
	w.must(err)
	w.must(w.s.ShareJobFile(t.Context(), photo, false))
	if _, err := w.client.OpenJobFile(t.Context(), id, photo, false); fault.Of(err) != fault.NotFound {
		t.Errorf("not shared any more: %v", err)
	}
	if _, err := io.ReadAll(opened.Reader()); fault.Of(err) != fault.NotFound {
		t.Errorf("opened before it was taken back: %v", err)
	}
	w.must(w.s.ShareJobFile(t.Context(), photo, true))
	w.must(w.s.SetFeatures(t.Context(), w.portal.ID, []store.Feature{store.FeatureDeliveries, store.FeatureDeliveryList}))
	c, err := w.db.Client(t.Context(), w.portal.Slug, []byte(w.portal.Slug+"cleo@acme.test"), store.Origin{})
	w.must(err)
	if _, err := c.OpenJobFile(t.Context(), id, photo, false); fault.Of(err) != fault.NotFound {
		t.Errorf("proofs are not shared: %v", err)
	}
}

// TestFiles_total: what files take up is kept exactly, and goes with them.
func TestFiles_total(t *testing.T) {
	w := newRoad(t)
	id := w.delivery(store.JobEdit{})
	n := aProof("once")
	n.Photos = append(n.Photos, store.NewPhoto{Full: bytes.Repeat([]byte("x"), 300<<10)})
	_, err := w.s.AddProof(t.Context(), id, n)
	w.must(err)
	kept, counted := storetest.FileBytes(t, w.db)
	if kept != counted || kept < 300<<10 {
		t.Errorf("%d bytes are kept, %d counted", kept, counted)
	}
	w.must(w.s.DeleteJob(t.Context(), id))
	if kept, counted := storetest.FileBytes(t, w.db); kept != 0 || counted != 0 {
		t.Errorf("after the job is gone: %d bytes are kept, %d counted", kept, counted)
	}
}

// TestTracking opens a link until each thing that ends it.
func TestTracking(t *testing.T) {
	w := newRoad(t)
	group, err := w.s.AddGroup(t.Context(), store.GroupEdit{Name: "Apple", Customer: w.customer})
	w.must(err)
	y := func() store.System { return w.db.System("test", store.Origin{}) }
	n := byte(0)
	link := func() (store.JobID, []byte) {
		n++
		id, hash := w.delivery(store.JobEdit{JobInput: store.JobInput{Group: group, ContactName: "Contact Name", Lat: store.Some(1), Lon: store.Some(2)}, Items: []store.JobItem{{SKU: "SKU-1", Quantity: 1}}}), []byte{n}
		_, err := w.s.AddTrackingLink(t.Context(), id, hash, "abcd")
		w.must(err)
		if _, err := y().Tracked(t.Context(), hash); err != nil {
			t.Fatalf("a new link: %v", err)
		}
		return id, hash
	}
	beta, err := w.s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "Beta"}})
	w.must(err)
	for name, end := range map[string]func(store.JobID){
		"revoked": func(id store.JobID) {
			all, err := w.s.TrackingLinks(t.Context(), id)
			w.must(err)
			w.must(w.s.RevokeTrackingLink(t.Context(), all[0].ID))
		},
		"retagged": func(id store.JobID) { _, err := w.s.GroupJobs(t.Context(), []store.JobID{id}, 0); w.must(err) },
		"deleted":  func(id store.JobID) { w.must(w.s.DeleteJob(t.Context(), id)) },
		"expired":  func(store.JobID) { w.clock.Add(store.TrackDays*24*time.Hour + time.Minute) },
		"other customer": func(id store.JobID) {
			j, err := w.s.Job(t.Context(), id)
			w.must(err)
			e := store.JobEdit{JobInput: j.Edit()}
			e.Customer, e.Group = beta, 0
			w.must(w.s.ChangeJob(t.Context(), id, j.Version, e))
		},
	} {
		id, hash := link()
		end(id)
		if _, err := y().Tracked(t.Context(), hash); err != store.NoLink {
			t.Errorf("%s: %v", name, err)
		}
	}
	id, hash := link()
	w.must(w.s.SuspendPortal(t.Context(), w.portal.ID))
	if _, err := y().Tracked(t.Context(), hash); err != store.NoLink {
		t.Errorf("portal suspended: %v", err)
	}
	w.must(w.s.ResumePortal(t.Context(), w.portal.ID))
	if _, err := y().Tracked(t.Context(), hash); err != nil {
		t.Errorf("portal opened again: %v", err)
	}
	w.must(w.s.DeleteCustomer(t.Context(), w.customer, "Acme"))
	if _, err := y().Tracked(t.Context(), hash); err != store.NoLink {
		t.Errorf("customer deleted: %v", err)
	}
	if _, err := w.s.AddTrackingLink(t.Context(), id, []byte("late"), "abcd"); err == nil {
		if _, err := y().Tracked(t.Context(), []byte("late")); err != store.NoLink {
			t.Errorf("a new link to a deleted customer's job: %v", err)
		}
	}
}

// TestTracking_shows what the provider chose, and nothing else of the job is
// even read into the page's value.
func TestTracking_shows(t *testing.T) {
	w := newRoad(t)
	id := w.delivery(store.JobEdit{JobInput: store.JobInput{Subject: "Secret subject", Instructions: "Secret way", ContactName: "Secret contact", ContactPhone: "0800", Lat: store.Some(1), Lon: store.Some(2), From: "08:00", To: "10:00"}, Items: []store.JobItem{{SKU: "SKU-1", Quantity: 1}}})
	_, err := w.s.AddProof(t.Context(), id, aProof("once"))
	w.must(err)
	_, err = w.s.AddTrackingLink(t.Context(), id, []byte("h"), "abcd")
	w.must(err)
	y := w.db.System("test", store.Origin{})
	has := func(got store.Tracked) map[string]bool {
		return map[string]bool{store.TrackWindow: got.Job.From != "", store.TrackAddress: got.Job.Address != "", store.TrackItems: len(got.Items) > 0, store.TrackReceiver: got.Proof.Receiver != "",
			store.TrackPhotos: len(got.Proof.Photos()) > 0, store.TrackSignature: len(got.Proof.Files) > len(got.Proof.Photos()), store.TrackPlace: got.Job.Lat.OK, store.TrackDriver: got.Driver != ""}
	}
	for _, only := range append([]string{""}, store.TrackFields...) {
		fields := []string{}
		if only != "" {
			fields = []string{only}
		}
		w.must(w.s.SetTrackPolicy(t.Context(), store.TrackPolicy{Fields: fields, Days: 14}))
		got, err := y.Tracked(t.Context(), []byte("h"))
		w.must(err)
		for field, shown := range has(got) {
			if shown != (field == only) {
				t.Errorf("with %q only: %s is shown: %v", only, field, shown)
			}
		}
		if j := got.Job; j.Subject != "" || j.Instructions != "" || j.ContactName != "" || j.ContactPhone != "" || j.CustomerName != "" || j.AssigneeName != "" || j.ExternalID != "" || got.Proof.Note != "" || got.Proof.Lat.OK {
			t.Errorf("with %q: more is read than shown: %+v", only, j)
		}
		for _, e := range got.Timeline {
			if !slices.Contains([]string{"created", "status", "started", "arrived"}, e.Kind) {
				t.Errorf("the timeline tells of %s", e.Kind)
			}
		}
	}
	if _, err := y.TrackedFile(t.Context(), []byte("h"), 1, false); fault.Of(err) != fault.NotFound {
		t.Errorf("a photo that is not shown: %v", err)
	}
	if got, err := y.Tracked(t.Context(), []byte("other")); err != store.NoLink || strings.TrimSpace(got.Job.Address) != "" {
		t.Errorf("a wrong link: %v", err)
	}
}
