package fleet

import (
	"net/url"
	"time"

	g "maragu.dev/gomponents"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// FeedSpec says how the activity feed is told.
type FeedSpec struct {
	AssetPath string // before an asset's id; "" where it leads nowhere
	Named     bool   // names the asset of each event
	Provider  string // for clients: who gave it to them
	Now       time.Time
}

// Feed tells what happened, newest first.
func Feed(v *ui.View, f FeedSpec, events []store.Event) g.Node {
	items := make([]ui.TimelineItem, 0, len(events))
	for _, e := range events {
		items = append(items, f.Item(v, e))
	}
	return ui.Timeline(items)
}

// Item is one line of the feed.
func (f FeedSpec) Item(v *ui.View, e store.Event) ui.TimelineItem {
	item := f.item(v, e)
	item.At, item.When = e.At, v.DateTime(e.At)
	if f.Named && e.AssetName != "" {
		item.Title = v.T("%s: %s", e.AssetName, item.Title)
	}
	if f.AssetPath != "" && e.AssetName != "" {
		item.Href = f.AssetPath + ID(e.Asset)
	}
	return item
}

func (f FeedSpec) item(v *ui.View, e store.Event) ui.TimelineItem {
	switch e.Kind {
	case "assigned":
		return ui.TimelineItem{Icon: "switch-horizontal", Kind: "info", Title: f.assigned(v, e)}
	case "returned":
		return ui.TimelineItem{Icon: "arrow-back-up", Kind: "neutral", Title: f.returned(v, e)}
	case "status":
		return ui.TimelineItem{Icon: "refresh", Kind: statuses[e.New][0], Title: v.T("Status changed from %s to %s", StatusName(v, e.Old), StatusName(v, e.New))}
	case "fault":
		return ui.TimelineItem{Icon: "alert-triangle", Kind: "crit", Title: faultTitle(v, e.Code, e.Description)}
	}
	if e.Silent > 0 {
		return ui.TimelineItem{Icon: "activity", Kind: "ok", Title: v.T("Reports again after %d days", e.Silent/86400)}
	}
	return ui.TimelineItem{Icon: "activity", Kind: "ok", Title: v.T("First reading")}
}

func (f FeedSpec) assigned(v *ui.View, e store.Event) string {
	if f.Provider != "" {
		return v.T("Came to you from %s", f.Provider)
	}
	if e.CustomerName == "" {
		return v.T("Assigned to a customer")
	}
	return v.T("Assigned to %s", e.CustomerName)
}

func (f FeedSpec) returned(v *ui.View, e store.Event) string {
	if f.Provider != "" {
		return v.T("Went back to %s", f.Provider)
	}
	if e.CustomerName == "" {
		return v.T("Returned by a customer")
	}
	return v.T("Returned by %s", e.CustomerName)
}

func faultTitle(v *ui.View, code, description string) string {
	if description == "" {
		return v.T("Fault %s", code)
	}
	return v.T("Fault %s: %s", code, description)
}

// Faults lists fault codes.
func Faults(v *ui.View, all []store.FaultCode) g.Node {
	return ui.Table(v, ui.TableSpec[store.FaultCode]{ID: "faults", Caption: v.T("Fault codes"), Columns: []ui.Column[store.FaultCode]{
		{Label: v.T("Code"), Bytes: func(b []byte, f store.FaultCode) []byte { return ui.AppendTwo(b, "", f.Code, f.Description) }},
		{Label: v.T("Severity"), Bytes: func(b []byte, f store.FaultCode) []byte { return ui.AppendText(b, f.Severity) }},
		{Label: v.T("Time"), Quiet: true, Bytes: func(b []byte, f store.FaultCode) []byte { return v.AppendDateTime(b, f.At) }},
		{Label: v.T("Source"), Quiet: true, Bytes: func(b []byte, f store.FaultCode) []byte { return ui.AppendText(b, f.Source) }},
	}}, all)
}

// FieldText is the value of a custom field as people read it.
func FieldText(v *ui.View, f store.FieldValue) string {
	switch {
	case f.Value == "":
		return ""
	case f.Kind == "yesno" && f.Value == "yes":
		return v.T("Yes")
	case f.Kind == "yesno":
		return v.T("No")
	case f.Kind == "date":
		if d, err := time.Parse("2006-01-02", f.Value); err == nil {
			u := v.Format
			u.Zone = nil // a date is the same day everywhere
			return u.Date(d)
		}
	}
	return f.Value
}

// Details are the facts of an asset, what its fields say, and the meters that
// Meters leaves out.
func Details(v *ui.View, a store.Asset, fields []store.FieldValue, groups []store.GroupRef, now time.Time) g.Node {
	year := ""
	if a.Year != 0 {
		year = ID(a.Year)
	}
	names := ""
	for i, gr := range groups {
		if i > 0 {
			names += ", "
		}
		names += gr.Name
	}
	rows := []ui.Pair{ui.Row(v.T("ID"), a.ExternalID), ui.Row(v.T("Serial number"), a.Serial), ui.Row(v.T("PIN or VIN"), a.PIN), ui.Row(v.T("Make"), a.Make),
		ui.Row(v.T("Model"), a.Model), ui.Row(v.T("Type"), a.Type), ui.Row(v.T("Year"), year), ui.Row(v.T("Groups"), names)}
	for _, f := range fields {
		rows = append(rows, ui.Row(f.Label, FieldText(v, f)))
	}
	return ui.DL(append(rows, otherMeters(v, a, now)...)...)
}

// FeedCard is the feed as a page shows it: filter, events, way to the older ones.
func FeedCard(v *ui.View, f FeedSpec, path string, q url.Values, events store.Page[store.Event]) g.Node {
	kinds := []ui.Option{{Label: v.T("Everything")}, {Value: "assigned", Label: v.T("Assigned")}, {Value: "returned", Label: v.T("Returned")},
		{Value: "status", Label: v.T("Status")}, {Value: "fault", Label: v.T("Faults")}, {Value: "reading", Label: v.T("Readings")}}
	body := Feed(v, f, events.Rows)
	if len(events.Rows) == 0 {
		body = ui.Empty("activity", v.T("Nothing happened yet"), v.T("What happens to the assets appears here: assignments, status changes, faults and first readings."))
	}
	first, next := ui.Around(path, q, events.Next)
	return ui.List("activity", ui.Filters(v, ui.FilterSpec{Action: path, Query: q, Keep: []string{"asset"}, Filters: []ui.Filter{{Name: "kind", Label: v.T("Kind"), Value: q.Get("kind"), Options: kinds}}}),
		body, ui.Pager(v, len(events.Rows), "", first, next))
}
