package work

import (
	"net/url"
	"time"

	g "maragu.dev/gomponents"

	"gatehouse/app/fleet"
	"gatehouse/app/progress"
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// TableID is the element that a bulk bar of jobs belongs to.
const TableID = "job-table"

// TableSpec says what a table of jobs shows.
type TableSpec struct {
	Path      string // of the list
	At        string // before a job's id, with its slash
	Customers string // before a customer's id; "" leaves the column away
	Query     url.Values
	Sort      string
	Now       time.Time
	Own       bool // the provider's own: who does it as well
	Bulk      g.Node
	Empty     g.Node
}

// Table lists jobs.
func Table(v *ui.View, t TableSpec, rows []store.Job) g.Node {
	return ui.Table(v, ui.TableSpec[store.Job]{ID: TableID, Caption: v.T("Jobs"), Path: t.Path, Query: t.Query, Sort: t.Sort, Columns: t.columns(v), Select: t.Bulk != nil, Bulk: t.Bulk, Empty: t.Empty,
		RowID: func(j store.Job) string { return fleet.ID(j.ID) }, RowLabel: func(j store.Job) string { return store.JobNumber(j.Number) }}, rows)
}

func (t TableSpec) columns(v *ui.View) []ui.Column[store.Job] {
	late := v.T("late")
	out := []ui.Column[store.Job]{
		{Label: v.T("Job"), Sort: t.sortKey("number"), Bytes: func(b []byte, j store.Job) []byte {
			return ui.AppendTwoNum(b, t.At, int64(j.ID), store.JobNumber(j.Number)+" · "+j.Title(), sub(v, j))
		}},
		{Label: v.T("Status"), Bytes: func(b []byte, j store.Job) []byte {
			b = ui.AppendBadge(b, tones[j.Status], says(v, j))
			if j.Late(t.Now) {
				b = ui.AppendBadge(append(b, ' '), "crit", late)
			}
			return b
		}},
		{Label: v.T("Date"), Sort: t.sortKey("day"), Bytes: func(b []byte, j store.Job) []byte {
			return ui.AppendTwo(b, "", dash(progress.Day(v, j.Day)), progress.Window(v, j))
		}},
	}
	if t.Customers != "" {
		out = append(out, ui.Column[store.Job]{Label: v.T("Customer"), Bytes: func(b []byte, j store.Job) []byte {
			if j.CustomerName == "" {
				return ui.AppendTwo(b, "", dash(""), j.GroupName)
			}
			group := j.GroupName
			if group == j.CustomerName { // made for it in one click: the name once is enough
				group = ""
			}
			return ui.AppendTwoNum(b, t.Customers, int64(j.Customer), j.CustomerName, group)
		}})
	}
	if t.Own {
		out = append(out, ui.Column[store.Job]{Label: v.T("Assigned to"), Bytes: func(b []byte, j store.Job) []byte {
			if j.AssigneeName == "" {
				return ui.AppendText(b, Who(j))
			}
			return ui.AppendTwo(b, "", j.AssigneeName, j.VehicleName)
		}})
	}
	out = append(out, ui.Column[store.Job]{Label: v.T("Due by"), Sort: t.sortKey("due"), Bytes: func(b []byte, j store.Job) []byte {
		return ui.AppendTwo(b, "", due(v, j), j.PriorityName)
	}})
	return append(out, ui.Column[store.Job]{Label: v.T("Place"), Quiet: true, Wide: true, Bytes: func(b []byte, j store.Job) []byte {
		if j.SiteName != "" {
			return ui.AppendTwo(b, "", j.SiteName, j.Address)
		}
		return ui.AppendText(b, j.Address)
	}})
}

// due is until when a job has to be done, by its priority.
func due(v *ui.View, j store.Job) string {
	if j.DueBy.IsZero() {
		return dash("")
	}
	return v.DateTime(j.DueBy)
}

// sortKey leaves sorting away where there is no list to sort.
func (t TableSpec) sortKey(name string) string {
	if t.Path == "" {
		return ""
	}
	return name
}

func dash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// sub is what helps to recognise a job beside its title.
func sub(v *ui.View, j store.Job) string {
	out := Kind(v, j.Kind)
	if j.ExternalID != "" {
		out += " · " + j.ExternalID
	}
	if j.Attempt > 1 {
		out += " · " + v.T("attempt %s", v.N(j.Attempt))
	}
	return out
}

// Items lists what a job brings, fetches or uses.
func Items(v *ui.View, items []store.JobItem) g.Node {
	cols := []ui.Column[store.JobItem]{
		{Label: v.T("Item"), Wide: true, Bytes: func(b []byte, i store.JobItem) []byte {
			if i.Description == "" {
				return ui.AppendTwo(b, "", i.SKU, "")
			}
			return ui.AppendTwo(b, "", i.Description, i.SKU)
		}},
		{Label: v.T("Quantity"), Align: "end", Bytes: func(b []byte, i store.JobItem) []byte {
			b = v.AppendF(b, i.Quantity, decimals(i.Quantity))
			if i.Unit != "" {
				b = ui.AppendText(append(b, ' '), i.Unit)
			}
			return b
		}},
	}
	if has(items, func(i store.JobItem) bool { return i.Serials != "" }) {
		cols = append(cols, ui.Column[store.JobItem]{Label: v.T("Serial numbers"), Quiet: true, Wide: true, Bytes: func(b []byte, i store.JobItem) []byte { return ui.AppendText(b, i.Serials) }})
	}
	if has(items, func(i store.JobItem) bool { return i.Rejected > 0 }) {
		cols = append(cols, ui.Column[store.JobItem]{Label: v.T("Rejected"), Wide: true, Bytes: func(b []byte, i store.JobItem) []byte {
			if i.Rejected == 0 {
				return ui.AppendText(b, "")
			}
			return ui.AppendText(ui.AppendBadge(b, "crit", v.F(i.Rejected, decimals(i.Rejected))), " "+i.Reason)
		}})
	}
	return ui.Table(v, ui.TableSpec[store.JobItem]{ID: "item-table", Caption: v.T("Items"), Columns: cols}, items)
}

func has(items []store.JobItem, is func(store.JobItem) bool) bool {
	for _, i := range items {
		if is(i) {
			return true
		}
	}
	return false
}

func decimals(n float64) int {
	if n == float64(int64(n)) {
		return 0
	}
	return 2
}
