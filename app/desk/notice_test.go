package desk

import (
	"bytes"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"gatehouse/store"
	"gatehouse/store/fault"
	"gatehouse/store/storetest"
)

// told is a courier whose delivery is followed by two people of its customer.
type told struct {
	*testing.T
	db     *store.DB
	clock  *storetest.Clock
	desk   *Desk
	s      store.Staff
	portal store.Portal
	ann    store.Client
	cleo   store.Client
	job    store.JobID
}

func newTold(t *testing.T) *told {
	t.Helper()
	w := &told{T: t}
	w.db, w.clock = storetest.Open(t)
	w.s = storetest.Provider(t, w.db, "swift")
	of, err := w.s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "Acme"}})
	w.must(err)
	w.portal, w.ann = storetest.Portal(t, w.db, w.s, of, "ann@acme.test")
	w.must(w.s.SetFeatures(t.Context(), w.portal.ID, []store.Feature{store.FeatureDeliveries, store.FeatureDeliveryList, store.FeatureDeliveryProof}))
	w.cleo = storetest.Member(t, w.db, w.s, w.portal.ID, "cleo@acme.test", "user")
	w.must(w.db.System("test", store.Origin{}).SetSettings(t.Context(), map[string]string{store.SetBaseURL: "https://portal.test", store.SetMailHost: "mail.test"}))
	w.desk = New(t.Context(), w.db, slog.New(slog.NewTextHandler(new(bytes.Buffer), nil)))
	driver := storetest.Staff(t, w.db, w.s.Home().ID, "swift", "dora@swift.test", "technician").Me().ID
	w.job, err = w.s.AddJob(t.Context(), store.NewJob{JobEdit: store.JobEdit{JobInput: store.JobInput{Kind: store.JobDelivery, Customer: of, Assignee: driver, Address: "Street 1", Day: w.s.DayNow(), ContactName: "Con", ContactEmail: "con@elsewhere.test"}}})
	w.must(err)
	return w
}

func (w *told) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// letters tells what waits, and returns what is due to leave.
func (w *told) letters() []store.Mail {
	w.Helper()
	w.must(w.desk.TellNotices(w.Context()))
	all, err := w.db.System("test", store.Origin{}).ClaimMail(w.Context(), 50, time.Minute)
	w.must(err)
	return all
}

func (w *told) done(once string) {
	w.Helper()
	_, err := w.s.AddProof(w.Context(), w.job, store.NewProof{Once: once, Receiver: "Rita"})
	w.must(err)
}

func to(all []store.Mail) (out []string) {
	for _, m := range all {
		out = append(out, m.To)
	}
	slices.Sort(out)
	return out
}

// TestNotices_areToldOnce to whom chose so, and to the job's contact, whose
// letter has a tracking link.
func TestNotices_areToldOnce(t *testing.T) {
	w := newTold(t)
	w.must(w.ann.SetMyNotices(t.Context(), store.Notices{store.NoticeDone: store.NoticeNow}))
	w.must(w.cleo.SetMyNotices(t.Context(), store.Notices{store.NoticeDone: store.NoticeOff}))
	if got := w.letters(); len(got) != 0 {
		t.Fatalf("a delivery that was planned is told to %v", to(got))
	}
	w.done("once")
	got := w.letters()
	if want := []string{"ann@acme.test", "con@elsewhere.test"}; !slices.Equal(to(got), want) {
		t.Fatalf("told %v, want %v", to(got), want)
	}
	for _, m := range got {
		if !strings.Contains(m.Text, "Rita") || !strings.HasPrefix(m.Quit, "https://portal.test/notices/unb_") || !strings.Contains(m.Text, m.Quit) {
			t.Errorf("to %s: %s", m.To, m.Text)
		}
		if track := strings.Contains(m.Text, "https://portal.test/track/trk_"); track != (m.To == "con@elsewhere.test") {
			t.Errorf("to %s: a tracking link: %v", m.To, track)
		}
		if may, _, err := w.db.System("test", store.Origin{}).MailStop(t.Context(), m.ID); !may || err != nil {
			t.Errorf("to %s: may not leave, %v", m.To, err)
		}
	}
	w.done("once")
	if again := w.letters(); len(again) != 0 {
		t.Errorf("the same proof again is told to %v", to(again))
	}
}

// TestNotices_areAskedForAgain before they leave: whoever may not see the job
// any more is not told, whatever took it away.
func TestNotices_areAskedForAgain(t *testing.T) {
	for name, away := range map[string]func(*told){
		"untagged": func(w *told) { w.must(w.s.DeleteJob(w.Context(), w.job)) },
		"not shared": func(w *told) {
			w.must(w.s.SetFeatures(w.Context(), w.portal.ID, []store.Feature{store.FeatureAssets, store.FeatureList}))
		},
		"portal ended": func(w *told) { w.must(w.s.SuspendPortal(w.Context(), w.portal.ID)) },
		"other customer": func(w *told) {
			of, err := w.s.AddCustomer(w.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "Beta"}})
			w.must(err)
			j, err := w.s.Job(w.Context(), w.job)
			w.must(err)
			e := store.JobEdit{JobInput: j.Edit()}
			e.Customer, e.ContactEmail = of, ""
			w.must(w.s.ChangeJob(w.Context(), w.job, j.Version, e))
		},
	} {
		w := newTold(t)
		w.must(w.ann.SetMyNotices(t.Context(), store.Notices{store.NoticeDone: store.NoticeNow}))
		w.done("once")
		all := w.letters()
		if len(all) != 2 {
			t.Fatalf("%s: told %v", name, to(all))
		}
		away(w)
		for _, m := range all {
			may, otherwise, err := w.db.System("test", store.Origin{}).MailStop(t.Context(), m.ID)
			w.must(err)
			if m.To == "con@elsewhere.test" && name != "untagged" && name != "other customer" {
				continue // the contact stays the contact
			}
			if may || otherwise.State != "cancelled" {
				t.Errorf("%s: %s is told all the same", name, m.To)
			}
		}
	}
}

// TestNotices_digest comes once a day, in the morning of the reader's clock.
func TestNotices_digest(t *testing.T) {
	w := newTold(t)
	w.must(w.s.SetContactNotices(t.Context(), nil))
	w.must(w.ann.SetMyNotices(t.Context(), store.Notices{store.NoticeDone: store.NoticeDaily}))
	w.must(w.cleo.SetMyNotices(t.Context(), store.Notices{store.NoticeDone: store.NoticeOff}))
	w.done("once")
	if got := w.letters(); len(got) != 0 {
		t.Errorf("told at once: %v", to(got))
	}
	sent := 0
	for range 48 { // two days, hour by hour
		for _, m := range w.letters() {
			if m.Kind != "job-digest" || m.To != "ann@acme.test" || !strings.Contains(m.Text, "J-1") {
				t.Errorf("%s to %s: %s", m.Kind, m.To, m.Text)
			}
			sent++
			w.must(w.db.System("test", store.Origin{}).SettleMail(t.Context(), store.MailResult{ID: m.ID, State: "sent"}))
		}
		w.clock.Add(time.Hour)
	}
	if sent != 1 {
		t.Errorf("%d summaries", sent)
	}
}

// TestNotices_quit by the link in a letter: reading it changes nothing,
// sending it ends the kind, and no other.
func TestNotices_quit(t *testing.T) {
	w := newTold(t)
	w.must(w.ann.SetMyNotices(t.Context(), store.Notices{store.NoticeDone: store.NoticeNow, store.NoticeFailed: store.NoticeNow}))
	w.done("once")
	for _, m := range w.letters() {
		token := m.Quit[strings.LastIndex(m.Quit, "/")+1:]
		if q, err := w.desk.Quit(t.Context(), token, store.Origin{}); err != nil || q.Done {
			t.Fatalf("looking: %+v, %v", q, err)
		}
		for range 2 {
			_, err := w.desk.QuitNotices(t.Context(), token, store.Origin{})
			w.must(err)
		}
		if q, err := w.desk.Quit(t.Context(), token, store.Origin{}); err != nil || !q.Done {
			t.Errorf("afterwards: %+v, %v", q, err)
		}
	}
	all, err := w.ann.MyNotices(t.Context())
	w.must(err)
	for _, c := range all {
		if want := map[string]string{store.NoticeDone: store.NoticeOff, store.NoticeFailed: store.NoticeNow}[c.Event]; c.Chosen != want {
			t.Errorf("%s is %q", c.Event, c.Chosen)
		}
	}
	if _, err := w.desk.Quit(t.Context(), "unb_"+strings.Repeat("A", 43), store.Origin{}); fault.Of(err) != fault.NotFound {
		t.Errorf("a wrong link: %v", err)
	}
}

// second adds another delivery of the same customer, done.
func (w *told) second() store.JobID {
	w.Helper()
	j, err := w.s.Job(w.Context(), w.job)
	w.must(err)
	e := j.Edit()
	e.ContactEmail, e.ExternalID = "", "DO-2"
	id, err := w.s.AddJob(w.Context(), store.NewJob{JobEdit: store.JobEdit{JobInput: e}})
	w.must(err)
	w.must(w.s.SetJobStatus(w.Context(), id, 0, store.JobStep{To: store.JobFailed, Reason: "Nobody there"}))
	return id
}

// TestNotices_digestKeepsWhatMayBeTold: a summary of which a part may not be
// told any more when it leaves is stopped, and what is left of it is told.
func TestNotices_digestKeepsWhatMayBeTold(t *testing.T) {
	for name, c := range map[string]struct {
		away func(*told, store.JobID)
		want string // what the next summary tells of; "": there is none
	}{
		"nothing":     {func(*told, store.JobID) {}, ""},
		"one is gone": {func(w *told, _ store.JobID) { w.must(w.s.DeleteJob(w.Context(), w.job)) }, "J-2"},
		"an event is off": {func(w *told, _ store.JobID) {
			w.must(w.ann.SetMyNotices(w.Context(), store.Notices{store.NoticeFailed: store.NoticeOff}))
		}, "J-1"},
		"all are off": {func(w *told, _ store.JobID) {
			w.must(w.ann.SetMyNotices(w.Context(), store.Notices{store.NoticeFailed: store.NoticeOff, store.NoticeDone: store.NoticeOff}))
		}, ""},
		"not shared": {func(w *told, _ store.JobID) {
			w.must(w.s.SetFeatures(w.Context(), w.portal.ID, []store.Feature{store.FeatureAssets, store.FeatureList}))
		}, ""},
	} {
		w := newTold(t)
		w.must(w.s.SetContactNotices(t.Context(), nil))
		w.must(w.ann.SetMyNotices(t.Context(), store.Notices{store.NoticeDone: store.NoticeDaily, store.NoticeFailed: store.NoticeDaily}))
		w.must(w.cleo.SetMyNotices(t.Context(), store.Notices{store.NoticeDone: store.NoticeOff, store.NoticeFailed: store.NoticeOff}))
		w.done("once")
		other := w.second()
		w.letters()
		w.clock.Add(24 * time.Hour)
		first := w.letters()
		if len(first) != 1 || !strings.Contains(first[0].Text, "J-1") || !strings.Contains(first[0].Text, "J-2") {
			t.Fatalf("%s: %d letters at first: %v", name, len(first), first)
		}
		c.away(w, other)
		y := w.db.System("test", store.Origin{})
		for range 2 { // asked twice, it waits once
			may, otherwise, err := y.MailStop(t.Context(), first[0].ID)
			if err != nil || may != (name == "nothing") {
				t.Errorf("%s: leaves %v, %v", name, may, err)
			}
			if !may {
				w.must(y.SettleMail(t.Context(), otherwise))
			}
		}
		then := w.letters()
		switch {
		case c.want == "" && len(then) != 0:
			t.Errorf("%s: told all the same: %s", name, then[0].Text)
		case c.want != "" && (len(then) != 1 || !strings.Contains(then[0].Text, c.want) || strings.Count(then[0].Text, "J-") != 1):
			t.Errorf("%s: told %v, want a summary of %s", name, then, c.want)
		}
	}
}
