package desk

import (
	"bytes"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"gatehouse/store"
	"gatehouse/store/storetest"
)

// fruits is Detrack's example where letters are written: the five as people of
// the customer, and five of the same names among the provider's own.
type fruits struct {
	*told
	group  map[string]store.GroupID
	job    map[string]store.JobID
	number map[string]string // J-1 is D1 …
	member map[string]store.MembershipID
	staff  map[string]store.UserID
}

var (
	fruitOf   = map[string]string{"D1": "Apple", "D2": "Banana", "D3": "Orange", "D4": ""}
	fruitSees = map[string][]string{"adam": {"D1"}, "betty": {"D2"}, "ortega": {"D3"}, "vincent": {"D1", "D2", "D3", "D4"}, "wayne": {"D1", "D2", "D3"}}
)

func newFruits(t *testing.T, mode string) *fruits {
	t.Helper()
	w := &fruits{told: &told{T: t}, group: map[string]store.GroupID{}, job: map[string]store.JobID{}, number: map[string]string{}, member: map[string]store.MembershipID{}, staff: map[string]store.UserID{}}
	w.db, w.clock = storetest.Open(t)
	w.s = storetest.Provider(t, w.db, "swift")
	w.must(w.db.System("test", store.Origin{}).SetSettings(t.Context(), map[string]string{store.SetBaseURL: "https://portal.test", store.SetMailHost: "mail.test"}))
	w.desk = New(t.Context(), w.db, slog.New(slog.NewTextHandler(new(bytes.Buffer), nil)))
	of, err := w.s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "Fruit"}})
	w.must(err)
	for _, name := range []string{"Apple", "Banana", "Orange"} {
		w.group[name], err = w.s.AddGroup(t.Context(), store.GroupEdit{Name: name, Customer: of})
		w.must(err)
	}
	var first store.Client
	w.portal, first = storetest.Portal(t, w.db, w.s, of, "first@fruit.test")
	w.must(first.SetMyNotices(t.Context(), allOff()))
	w.must(w.s.SetFeatures(t.Context(), w.portal.ID, []store.Feature{store.FeatureDeliveries, store.FeatureDeliveryList, store.FeatureDeliveryProof}))
	w.must(w.s.SetContactNotices(t.Context(), nil))
	for who, sees := range fruitSees {
		w.person(who, sees, mode)
	}
	for _, name := range slices.Sorted(maps.Keys(fruitOf)) {
		w.job[name], err = w.s.AddJob(t.Context(), store.NewJob{JobEdit: store.JobEdit{JobInput: store.JobInput{Kind: store.JobDelivery, Customer: of, Group: w.group[fruitOf[name]], Assignee: w.s.Me().ID, Address: name + " Street", Day: w.s.DayNow()}}})
		w.must(err)
		j, err := w.s.Job(t.Context(), w.job[name])
		w.must(err)
		w.number[store.JobNumber(j.Number)] = name
	}
	w.letters() // that they were planned is told to nobody
	return w
}

func allOff() store.Notices {
	n := store.Notices{}
	for _, e := range store.NoticeEvents {
		n[e] = store.NoticeOff
	}
	return n
}

func (w *fruits) person(who string, sees []string, mode string) {
	w.Helper()
	n := allOff()
	n[store.NoticeDone] = mode
	var groups []store.GroupID
	for _, d := range sees {
		if g := w.group[fruitOf[d]]; g != 0 {
			groups = append(groups, g)
		}
	}
	all := who == "vincent"
	c := storetest.Member(w.T, w.db, w.s, w.portal.ID, who+"@fruit.test", "user")
	w.must(c.SetMyNotices(w.Context(), n))
	members, err := w.s.Members(w.Context(), w.portal.ID)
	w.must(err)
	for _, m := range members {
		if m.Email == who+"@fruit.test" {
			w.member[who] = m.ID
		}
	}
	own := storetest.Staff(w.T, w.db, w.s.Home().ID, "swift", who+"@swift.test", "agent")
	w.must(own.SetMyNotices(w.Context(), n))
	w.staff[who] = own.Me().ID
	w.sight(who, all, groups...)
}

// sight sets what both people of a name may see.
func (w *fruits) sight(who string, all bool, groups ...store.GroupID) {
	w.Helper()
	if all {
		groups = nil
	}
	w.must(w.s.SetMemberGroups(w.Context(), w.member[who], all, groups))
	w.must(w.s.SetStaffGroups(w.Context(), w.staff[who], all, groups))
}

// finish proves all four.
func (w *fruits) finish() {
	w.Helper()
	for name, id := range w.job {
		_, err := w.s.AddProof(w.Context(), id, store.NewProof{Once: name, Receiver: "Rita-" + name})
		w.must(err)
	}
}

// about is who is told of what, as "adam@fruit.test D1", by letters that may
// still leave.
func (w *fruits) about(all []store.Mail) (out []string) {
	w.Helper()
	for _, m := range all {
		may, _, err := w.db.System("test", store.Origin{}).MailStop(w.Context(), m.ID)
		w.must(err)
		if !may {
			continue
		}
		for number, name := range w.number {
			if strings.Contains(m.Subject+m.Text+m.HTML, number) || strings.Contains(m.Subject+m.Text+m.HTML, name+" Street") || strings.Contains(m.Text, "Rita-"+name) {
				out = append(out, m.To+" "+name)
			}
		}
	}
	slices.Sort(out)
	return out
}

func matrix(sees map[string][]string) (out []string) {
	for who, all := range sees {
		for _, name := range all {
			out = append(out, who+"@fruit.test "+name, who+"@swift.test "+name)
		}
	}
	slices.Sort(out)
	return out
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\ngot  %v\nwant %v", what, got, want)
	}
}

// TestNotices_matrix: each of the five gets exactly the letters about the jobs
// that he may see, among the customer's people and among the provider's own.
func TestNotices_matrix(t *testing.T) {
	w := newFruits(t, store.NoticeNow)
	w.finish()
	same(t, "told at once", w.about(w.letters()), matrix(fruitSees))
}

// TestNotices_matrixChangesBetweenCauseAndSending: what a group change takes
// away between the cause and the letter, or between the letter and its
// leaving, nobody is told.
func TestNotices_matrixChangesBetweenCauseAndSending(t *testing.T) {
	now := maps.Clone(fruitSees)
	now["adam"], now["betty"], now["wayne"], now["vincent"] = nil, []string{"D2"}, []string{"D2"}, []string{"D1"}
	change := func(w *fruits) {
		w.sight("adam", false, w.group["Banana"]) // sees D2 now, of which no letter was written
		w.sight("wayne", false, w.group["Banana"])
		w.sight("vincent", false, w.group["Apple"])
	}
	w := newFruits(t, store.NoticeNow)
	w.finish()
	written := w.letters()
	change(w)
	same(t, "changed after the letter", w.about(written), matrix(now))

	w = newFruits(t, store.NoticeNow)
	w.finish()
	change(w)
	now["adam"] = []string{"D2"}
	same(t, "changed before the letter", w.about(w.letters()), matrix(now))

	w = newFruits(t, store.NoticeNow)
	w.finish()
	written = w.letters()
	_, err := w.s.GroupJobs(t.Context(), []store.JobID{w.job["D1"], w.job["D2"], w.job["D3"]}, 0)
	w.must(err)
	same(t, "untagged after the letter", w.about(written), matrix(map[string][]string{"vincent": {"D1", "D2", "D3", "D4"}}))
}

// tomorrow is every letter that is due within a day.
func (w *fruits) tomorrow() (out []store.Mail) {
	w.Helper()
	for range 25 {
		w.clock.Add(time.Hour)
		for _, m := range w.letters() {
			w.must(w.db.System("test", store.Origin{}).SettleMail(w.Context(), store.MailResult{ID: m.ID, State: "sent"}))
			out = append(out, m)
		}
	}
	return out
}

// TestNotices_matrixInDigests: the daily summaries hold the same, and what was
// taken away before they are written stands in none.
func TestNotices_matrixInDigests(t *testing.T) {
	w := newFruits(t, store.NoticeDaily)
	w.finish()
	if got := w.letters(); len(got) != 0 {
		t.Fatalf("told at once: %v", to(got))
	}
	first := w.tomorrow()
	if len(first) != 2*len(fruitSees) {
		t.Errorf("%d summaries: %v", len(first), to(first))
	}
	for _, m := range first {
		who, _, _ := strings.Cut(m.To, "@")
		var got []string
		for number, name := range w.number {
			if strings.Contains(m.Text, number) {
				got = append(got, name)
			}
		}
		slices.Sort(got)
		same(t, "summary of "+m.To, got, fruitSees[who])
	}

	w = newFruits(t, store.NoticeDaily)
	w.finish()
	w.letters()
	w.sight("wayne", false, w.group["Banana"])
	w.sight("adam", false, w.group["Banana"])
	_, err := w.s.GroupJobs(t.Context(), []store.JobID{w.job["D3"]}, 0)
	w.must(err)
	var got []string
	for _, m := range w.tomorrow() {
		for number, name := range w.number {
			if strings.Contains(m.Text, number) {
				got = append(got, fmt.Sprint(m.To, " ", name))
			}
		}
	}
	slices.Sort(got)
	same(t, "summaries after changes", got, matrix(map[string][]string{"betty": {"D2"}, "wayne": {"D2"}, "vincent": {"D1", "D2", "D3", "D4"}}))
}
