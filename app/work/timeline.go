package work

import (
	"fmt"
	"slices"
	"strings"
	"time"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/progress"
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// Story is what a job's timeline is made of: what happened and what was
// written, newest first.
type Story struct {
	Events   []store.JobEvent
	Comments []store.Comment
	Now      time.Time
	Own      bool   // the provider's people read who and what exactly
	Provider string // stands for its people where a customer reads
}

// Node draws it.
func (s Story) Node(v *ui.View) g.Node {
	items := make([]ui.TimelineItem, 0, len(s.Events)+len(s.Comments))
	for _, c := range slices.Backward(s.Comments) {
		items = append(items, s.comment(v, c))
	}
	for _, e := range slices.Backward(s.Events) {
		items = append(items, s.event(v, e))
	}
	slices.SortStableFunc(items, func(a, b ui.TimelineItem) int { return b.At.Compare(a.At) })
	return ui.Timeline(items)
}

func (s Story) comment(v *ui.View, c store.Comment) ui.TimelineItem {
	t := ui.TimelineItem{Icon: "message", Kind: "info", Title: v.T("Comment"), Who: c.Author, At: c.At, When: v.DateTime(c.At)}
	if c.Private {
		t.Icon, t.Kind, t.Title = "lock", "neutral", v.T("Private note")
	}
	if t.Who == "" {
		t.Who = s.Provider
	}
	t.Body = paragraphs(c.Body)
	return t
}

// paragraphs is text as it was typed, line by line.
func paragraphs(text string) g.Node {
	var out g.Group
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, h.P(g.Text(line)))
		}
	}
	return out
}

func (s Story) event(v *ui.View, e store.JobEvent) ui.TimelineItem {
	t := ui.TimelineItem{Icon: "point", Kind: "neutral", Title: s.title(v, e), Who: e.Actor, At: e.At, When: v.DateTime(e.At)}
	switch e.Kind {
	case "created":
		t.Icon = "plus"
	case "status":
		t.Icon, t.Kind = "progress", tones[e.Status]
	case "assigned":
		t.Icon = "user"
	case "appointment":
		t.Icon = "calendar"
	case "file", "proof":
		t.Icon = "paperclip"
	case "started", "arrived":
		t.Icon = "route"
	case "attempt":
		t.Icon = "repeat"
	}
	if says := s.says(v, e); says != "" {
		t.Body = ui.Text(says)
	}
	return t
}

func (s Story) title(v *ui.View, e store.JobEvent) string {
	switch e.Kind {
	case "created":
		return v.T("Job created")
	case "status":
		if e.SubName != "" {
			return Status(v, e.Status) + " · " + e.SubName
		}
		return Status(v, e.Status)
	case "assigned":
		return s.assigned(v, e)
	case "appointment":
		return v.T("Appointment changed")
	case "file":
		return v.T("File added")
	case "proof":
		return v.T("Proof recorded")
	case "started":
		return v.T("On the way")
	case "arrived":
		return v.T("Arrived")
	case "attempt":
		return v.T("Tried again")
	case "changed":
		return v.T("Job changed")
	case "link":
		return v.T("Tracking link")
	}
	return e.Kind
}

func (s Story) assigned(v *ui.View, e store.JobEvent) string {
	name, _ := e.Detail["assignee"].(string)
	vehicle, _ := e.Detail["vehicle"].(float64)
	switch {
	case name != "":
		return v.T("Assigned to %s", name)
	case vehicle != 0:
		return v.T("Assigned to a vehicle")
	}
	return v.T("Assigned to nobody")
}

func (s Story) says(v *ui.View, e store.JobEvent) string {
	switch e.Kind {
	case "appointment":
		day, window, _ := strings.Cut(e.Says, " ")
		return strings.TrimSpace(progress.Day(v, day) + " " + window)
	case "file":
		name, _ := e.Detail["name"].(string)
		return name
	}
	return e.Says
}

// Marks turns places of jobs into what the map reads; at stands before a
// job's id.
func Marks(v *ui.View, pts store.JobPlaces, at string) []map[string]any {
	out := make([]map[string]any, 0, len(pts.Places))
	for _, p := range pts.Places {
		m := map[string]any{"lat": p.Lat, "lon": p.Lon, "n": p.N}
		if p.Job != 0 {
			m["label"], m["kind"] = store.JobNumber(p.Number)+" · "+p.Title, tones[p.Status]
			m["note"], m["href"] = strings.TrimSuffix(Status(v, p.Status)+", "+progress.Day(v, p.Day), ", "), fmt.Sprint(at, p.Job)
		}
		out = append(out, m)
	}
	return out
}
