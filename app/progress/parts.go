package progress

import (
	"strings"
	"time"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// Items lists what a job brings or fetches, and what of it was rejected.
func Items(v *ui.View, all []store.JobItem) g.Node {
	if len(all) == 0 {
		return nil
	}
	cols := []ui.Column[store.JobItem]{
		{Label: v.T("Item"), Wide: true, Bytes: func(b []byte, i store.JobItem) []byte { return ui.AppendTwo(b, "", itemName(i), itemSub(i)) }},
		{Label: v.T("Quantity"), Align: "end", Bytes: func(b []byte, i store.JobItem) []byte { return ui.AppendText(b, amount(v, i.Quantity, i.Unit)) }},
		{Label: v.T("Rejected"), Align: "end", Bytes: func(b []byte, i store.JobItem) []byte {
			if i.Rejected == 0 {
				return ui.AppendText(b, "")
			}
			return ui.AppendBadge(b, "warn", amount(v, i.Rejected, i.Unit))
		}},
		{Label: v.T("Reason"), Wide: true, Quiet: true, Bytes: func(b []byte, i store.JobItem) []byte { return ui.AppendText(b, i.Reason) }},
	}
	if !anyRejected(all) {
		cols = cols[:2]
	}
	return ui.CardWith(ui.CardSpec{Title: v.T("Items"), Flush: true}, ui.Table(v, ui.TableSpec[store.JobItem]{ID: "items", Caption: v.T("Items"), Columns: cols}, all))
}

func anyRejected(all []store.JobItem) bool {
	for _, i := range all {
		if i.Rejected > 0 {
			return true
		}
	}
	return false
}

func itemName(i store.JobItem) string {
	if i.Description != "" {
		return i.Description
	}
	return i.SKU
}

func itemSub(i store.JobItem) string {
	var parts []string
	if i.SKU != "" && i.Description != "" {
		parts = append(parts, i.SKU)
	}
	if i.Serials != "" {
		parts = append(parts, i.Serials)
	}
	return strings.Join(parts, " · ")
}

func amount(v *ui.View, n float64, unit string) string {
	decimals := 0
	if n != float64(int64(n)) {
		decimals = 2
	}
	return strings.TrimSpace(v.F(n, decimals) + " " + unit)
}

// Timeline tells what happened to a job, newest first. Who of the provider's
// people it was does not stand there; provider is their company's name.
func Timeline(v *ui.View, j store.Job, events []store.JobEvent, provider string) g.Node {
	items := make([]ui.TimelineItem, 0, len(events))
	for i := len(events) - 1; i >= 0; i-- {
		if it, ok := moment(v, j, events[i], provider); ok {
			items = append(items, it)
		}
	}
	if len(items) == 0 {
		return nil
	}
	return ui.Card(v.T("Timeline"), ui.Timeline(items))
}

func moment(v *ui.View, j store.Job, e store.JobEvent, provider string) (ui.TimelineItem, bool) {
	it := ui.TimelineItem{When: v.DateTime(e.At), At: e.At, Who: provider, Icon: "point", Kind: "neutral"}
	if e.ByClient {
		it.Who = e.Actor
	}
	switch e.Kind {
	case "created":
		it.Title, it.Icon = v.T("%s received", KindName(v, j.Kind)), "file-text"
		if e.ByClient {
			it.Title, it.Icon = v.T("Problem reported"), "alert-triangle"
		}
	case "status":
		it.Title, it.Kind, it.Icon = statusMoment(v, j, e)
	case "started":
		it.Title, it.Kind, it.Icon = v.T("On the way"), "info", "truck-delivery"
	case "arrived":
		it.Title, it.Kind, it.Icon = v.T("Arrived"), "info", "map-pin"
	case "appointment":
		it.Title, it.Icon = v.T("Appointment: %s", appointed(v, e.Says)), "calendar-event"
		e.Says = ""
	case "file":
		it.Title, it.Icon = v.T("Document added"), "paperclip"
	case "proof":
		it.Title, it.Kind, it.Icon = v.T("Proof recorded"), "ok", "clipboard-check"
		if e.Says != "" {
			it.Title, e.Says = v.T("Received by %s", e.Says), ""
		}
	case "attempt":
		it.Title, it.Icon = v.T("Another attempt"), "repeat"
	default:
		return it, false
	}
	if e.Says != "" {
		it.Body = g.Text(e.Says)
	}
	return it, true
}

func statusMoment(v *ui.View, j store.Job, e store.JobEvent) (title, kind, icon string) {
	track := store.Track(j.Kind, e.Status, true, "0000-00-00", "9999-99-99")
	title, kind = TrackName(v, track, j.Kind), tracks[track][0]
	if e.SubName != "" {
		title += " · " + e.SubName
	}
	switch track {
	case store.TrackCompleted:
		return title, kind, "circle-check"
	case store.TrackFailed, store.TrackPartial, store.TrackReturn, store.TrackCancelled:
		return title, kind, "alert-circle"
	case store.TrackOnHold:
		return title, kind, "player-pause"
	}
	return title, kind, "progress"
}

// appointed turns "2026-11-30 08:00–10:00", as the timeline keeps it, into the
// reader's formats.
func appointed(v *ui.View, says string) string {
	day, clock, _ := strings.Cut(says, " ")
	from, to, _ := strings.Cut(clock, "–")
	j := store.Job{JobInput: store.JobInput{Day: day, From: from, To: to}}
	if out := Appointment(v, j); out != "" {
		return out
	}
	return v.T("none any more")
}

// Comments is what was written about a job, oldest first.
func Comments(v *ui.View, all []store.Comment, provider string) g.Node {
	items := make([]ui.TimelineItem, 0, len(all))
	for _, c := range all {
		who := provider
		if c.ByClient {
			who = c.Author
		}
		items = append(items, ui.TimelineItem{Icon: "message", Title: who, When: v.DateTime(c.At), At: c.At, Body: Lines(c.Body)})
	}
	return ui.Timeline(items)
}

// Lines is a text of several lines.
func Lines(text string) g.Node { return h.P(h.Class("lines"), g.Text(text)) }

// Times are the moments of a job that a customer asks for, as far as there are any.
func Times(v *ui.View, j store.Job) []ui.Pair {
	var out []ui.Pair
	for _, t := range []struct {
		label string
		at    time.Time
	}{{"Received", j.ReceivedAt}, {"Started", j.StartedAt}, {"Arrived", j.ArrivedAt}, {"Done", j.DoneAt}} {
		if !t.at.IsZero() {
			out = append(out, ui.Row(v.T(t.label), v.DateTime(t.at)))
		}
	}
	return out
}
