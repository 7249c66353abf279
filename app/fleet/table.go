package fleet

import (
	"net/url"
	"slices"
	"time"

	g "maragu.dev/gomponents"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// TableSpec says what a table of assets shows.
type TableSpec struct {
	Path      string // of the list
	AssetPath string // before an asset's id, with its slash
	Query     url.Values
	Sort      string
	Now       time.Time
	Customers string // address before a customer's id; "" leaves the column away
	Meters    bool
	Bulk      g.Node // with it every row can be chosen
	Empty     g.Node
}

// TableID is the element the bulk bar belongs to.
const TableID = "asset-table"

// Table lists assets.
func Table(v *ui.View, t TableSpec, rows []store.Asset) g.Node {
	if t.Sort == "" {
		t.Sort = "name"
	}
	return ui.Table(v, ui.TableSpec[store.Asset]{ID: TableID, Caption: v.T("Assets"), Path: t.Path, Query: t.Query, Sort: t.Sort, Columns: t.columns(v, ends(rows)),
		Select: t.Bulk != nil, Bulk: t.Bulk, Empty: t.Empty,
		RowID: func(a store.Asset) string { return ID(a.ID) }, RowLabel: func(a store.Asset) string { return a.Name }}, rows)
}

// ends reports whether any of the assets has a last day.
func ends(rows []store.Asset) bool {
	return slices.ContainsFunc(rows, func(a store.Asset) bool { return !a.Until.IsZero() })
}

func (t TableSpec) columns(v *ui.View, ends bool) []ui.Column[store.Asset] {
	c := []ui.Column[store.Asset]{{Label: v.T("Asset"), Sort: "name", Bytes: func(b []byte, a store.Asset) []byte {
		return ui.AppendTwoNum(b, t.AssetPath, int64(a.ID), a.Name, sub(a))
	}}}
	if t.Customers != "" {
		c = append(c, t.customer(v))
	}
	names := map[string]string{}
	for s := range statuses {
		names[s] = StatusName(v, s)
	}
	c = append(c, ui.Column[store.Asset]{Label: v.T("Status"), Bytes: func(b []byte, a store.Asset) []byte {
		return ui.AppendBadge(b, statuses[a.Status][0], names[a.Status])
	}}, ui.Column[store.Asset]{Label: v.T("Type"), Quiet: true, Bytes: func(b []byte, a store.Asset) []byte { return ui.AppendText(b, a.Type) }})
	if t.Meters {
		c = append(c, hours(v), fuel(v))
	}
	if t.Customers == "" && ends {
		c = append(c, lastDay(v))
	}
	return append(c, ui.Column[store.Asset]{Label: v.T("Last reading"), Sort: "seen", Quiet: true, Bytes: func(b []byte, a store.Asset) []byte {
		return v.AppendAgo(b, a.SeenAt, t.Now)
	}})
}

func (t TableSpec) customer(v *ui.View) ui.Column[store.Asset] {
	until := v.T("until %s", "\x00")
	return ui.Column[store.Asset]{Label: v.T("Customer"), Bytes: func(b []byte, a store.Asset) []byte {
		if a.Customer == 0 {
			return ui.AppendText(b, "")
		}
		note := ""
		if !a.Until.IsZero() {
			note = replaceZero(until, v.Date(a.Until.Add(-time.Second)))
		}
		if a.CustomerName == "" {
			return ui.AppendTwo(b, "", v.T("Another customer"), note)
		}
		return ui.AppendTwoNum(b, t.Customers, int64(a.Customer), a.CustomerName, note)
	}}
}

// lastDay is for a list of one customer, where no column names the customer.
func lastDay(v *ui.View) ui.Column[store.Asset] {
	return ui.Column[store.Asset]{Label: v.T("Last day"), Bytes: func(b []byte, a store.Asset) []byte {
		if a.Until.IsZero() {
			return ui.AppendText(b, "")
		}
		return v.AppendDate(b, a.Until.Add(-time.Second))
	}}
}

func replaceZero(text, with string) string {
	for i := range len(text) {
		if text[i] == 0 {
			return text[:i] + with + text[i+1:]
		}
	}
	return text
}

func hours(v *ui.View) ui.Column[store.Asset] {
	return ui.Column[store.Asset]{Label: v.T("Hours"), Sort: "hours", Align: "end", Bytes: func(b []byte, a store.Asset) []byte {
		if !a.Hours.OK {
			return ui.AppendText(b, "")
		}
		return v.AppendF(b, a.Hours.V, 1)
	}}
}

func fuel(v *ui.View) ui.Column[store.Asset] {
	word := v.T("Fuel")
	return ui.Column[store.Asset]{Label: word, Bytes: func(b []byte, a store.Asset) []byte {
		if !a.Fuel.OK {
			return ui.AppendText(b, "")
		}
		shown := v.F(a.Fuel.V, 0) + " %"
		return v.AppendMeter(b, a.Fuel.V, 100, 20, word+" "+shown, shown)
	}}
}
