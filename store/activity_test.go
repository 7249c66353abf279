package store

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// line is a line of the feed in words.
func (a Activity) line() string {
	switch n := a.Job; {
	case !a.OfJob():
		return a.Event.AssetName + " " + a.Event.Kind
	case n.Comment.Body != "":
		return n.Job.Subject + ": " + n.Comment.Body
	case n.File.ID != 0:
		return n.Job.Subject + " " + n.File.Name
	default:
		return n.Job.Subject + " " + n.Event.Kind + " " + n.Event.Status
	}
}

// feed reads the whole feed, page by page.
func (w *world) feed(c Client, f EventFilter) (out []string) {
	w.Helper()
	for range 100 {
		p, err := c.Activity(w.Context(), f)
		w.must(err)
		for _, a := range p.Rows {
			out = append(out, a.line())
		}
		if f.After = p.Next; p.Next == "" {
			return out
		}
	}
	w.Fatal("the feed has no end")
	return nil
}

type fed struct {
	*world
	apple, pear GroupID
	one, two    JobID
	hidden      JobFileID
	shown       JobFileID
}

func newFed(t *testing.T) *fed {
	w := &fed{world: newWorld(t)}
	var err error
	w.apple, err = w.staff.AddGroup(t.Context(), GroupEdit{Name: "Apple", Customer: w.a})
	w.must(err)
	w.pear, err = w.staff.AddGroup(t.Context(), GroupEdit{Name: "Pear", Customer: w.b})
	w.must(err)
	asset := w.asset("Digger")
	w.assign(w.a, asset)
	w.one = w.job(JobInput{Subject: "One", Group: w.apple}, "")
	w.now = w.now.Add(time.Minute)
	w.two = w.job(JobInput{Kind: JobDelivery, Subject: "Two", Customer: w.a, Day: "2026-11-20"}, "")
	w.job(JobInput{Subject: "Beta's", Customer: w.b}, "")
	w.job(JobInput{Subject: "Nobody's draft", Customer: w.a}, JobDraft)
	w.must(w.staff.CommentJob(t.Context(), w.one, NewComment{Body: "public words"}))
	w.must(w.staff.CommentJob(t.Context(), w.one, NewComment{Body: "secret words", Private: true}))
	w.now = w.now.Add(time.Minute)
	w.must(w.staff.SetJobStatus(t.Context(), w.one, 0, JobStep{To: JobInProgress}))
	file := func(name string, shared bool) JobFileID {
		id, err := w.staff.AddJobFile(t.Context(), w.one, NewJobFile{NewFile: NewFile{Name: name, Media: "text/plain", Size: 1, Sum: []byte(name + strings.Repeat("x", 32))[:32], Body: bytes.NewReader([]byte("x"))}, Shared: shared})
		w.must(err)
		return id
	}
	w.shown, w.hidden = file("report.txt", true), file("cost.txt", false)
	return w
}

// TestActivity_tellsOfJobs and of assets in the order of time, and of nothing
// that the reader does not see at this moment.
func TestActivity_tellsOfJobs(t *testing.T) {
	w := newFed(t)
	c := w.client(w.a)
	all := []string{"One report.txt", "One status in_progress", "One: public words", "Two created info_recv", "One created open", "Digger assigned"}
	for _, limit := range []int{50, 1, 2} {
		if got := w.feed(c, EventFilter{Limit: limit}); !slices.Equal(got, all) {
			t.Errorf("pages of %d: %q, want %q", limit, got, all)
		}
	}
	for kind, want := range map[string][]string{ActivityJobs: {all[1], all[3], all[4]}, ActivityComments: {all[2]}, ActivityDocuments: {all[0]}, "assigned": {all[5]}} {
		if got := w.feed(c, EventFilter{Kind: kind}); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", kind, got, want)
		}
	}
	w.must(w.staff.ShareJobFile(t.Context(), w.hidden, true))
	if got := w.feed(c, EventFilter{Kind: ActivityDocuments}); len(got) != 2 {
		t.Errorf("a document that is shared later: %q", got)
	}
}

// TestActivity_takenAway: what somebody may not see any more is gone from the
// feed, whatever took it away.
func TestActivity_takenAway(t *testing.T) {
	type away func(*fed, *Client)
	without := func(drop ...Feature) away {
		return func(w *fed, c *Client) {
			keep := []Feature{}
			for _, i := range Features {
				if !slices.Contains(drop, i.Feature) {
					keep = append(keep, i.Feature)
				}
			}
			*c = w.client(w.a, keep...)
		}
	}
	for name, o := range map[string]struct {
		away away
		gone []string // what must not stand there
		stay string
	}{
		"job deleted":        {func(w *fed, _ *Client) { w.must(w.staff.DeleteJob(w.Context(), w.one)) }, []string{"One"}, "Two"},
		"another customer's": {func(w *fed, _ *Client) { _, err := w.staff.GroupJobs(w.Context(), []JobID{w.one}, w.pear); w.must(err) }, []string{"One"}, "Two"},
		"document hidden":    {func(w *fed, _ *Client) { w.must(w.staff.ShareJobFile(w.Context(), w.shown, false)) }, []string{"report.txt"}, "public words"},
		"document removed":   {func(w *fed, _ *Client) { w.must(w.staff.RemoveJobFile(w.Context(), w.shown)) }, []string{"report.txt"}, "public words"},
		"back to draft": {func(w *fed, _ *Client) {
			for _, to := range []string{JobOpen, JobDraft} {
				w.must(w.staff.SetJobStatus(w.Context(), w.one, 0, JobStep{To: to}))
			}
		}, []string{"One"}, "Two"},
		"own groups":           {func(_ *fed, c *Client) { c.inGroups = true }, []string{"Two", "Digger"}, "One"},
		"limited to no group":  {func(_ *fed, c *Client) { c.groups, c.member = true, 7 }, []string{"One", "Two", "Digger"}, ""},
		"own only":             {func(_ *fed, c *Client) { c.own, c.user = true, 7 }, []string{"One", "Two"}, "Digger"},
		"work not shared":      {without(FeatureJobs, FeatureJobList, FeatureJobFiles, FeatureJobComments), []string{"One"}, "Two"},
		"deliveries not":       {without(FeatureDeliveries, FeatureDeliveryList, FeatureDeliveryProof), []string{"Two"}, "One"},
		"documents not shared": {without(FeatureJobFiles), []string{"report.txt"}, "public words"},
	} {
		w := newFed(t)
		c := w.client(w.a)
		o.away(w, &c)
		got := fmt.Sprint(w.feed(c, EventFilter{}))
		for _, s := range append(o.gone, "secret", "cost.txt", "draft", "Beta") {
			if strings.Contains(got, s) {
				t.Errorf("%s: the feed still tells of %s: %s", name, s, got)
			}
		}
		if !strings.Contains(got, o.stay) {
			t.Errorf("%s: the feed does not tell of %s: %s", name, o.stay, got)
		}
	}
	w := newFed(t)
	if _, err := w.staff.GroupJobs(t.Context(), []JobID{w.one}, w.pear); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(w.feed(w.client(w.b), EventFilter{})); !strings.Contains(got, "One created") {
		t.Errorf("whose job it is now is told: %s", got)
	}
}
