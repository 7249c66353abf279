package admin

import (
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
	"gatehouse/app/work"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// warn says what switching the Group field off means, before it is done.
func (p jobSettingsPage) warn(v *ui.View) g.Node {
	title, at := v.T("Switch the Group field off?"), v.Base+"/jobs/settings"
	items := g.Group{
		h.Li(g.Text(v.T("Jobs that are in a group stay in it: %s. Nobody sees any of them who does not see it today.", v.Plural(p.Use.Tagged, "%s job", "%s jobs")))),
		h.Li(g.Text(v.T("New jobs are in no group. Everybody with ALL groups sees them, whoever their customer is."))),
	}
	if len(p.Use.Staff) > 0 {
		items = append(items, h.Li(g.Text(v.T("These people are limited to groups and will not see new jobs: %s.", strings.Join(p.Use.Staff, ", ")))))
	}
	if len(p.Use.Portals) > 0 {
		items = append(items, h.Li(g.Text(v.T("These portals get jobs through a group so far. New jobs appear there only if you choose the customer: %s.", strings.Join(p.Use.Portals, ", ")))))
	}
	return ui.Page(v, title, ui.PageHead(v, title, append(jobCrumbs(v), ui.Link{Label: v.T("Settings"), Href: at})), ui.Card(v.T("What becomes visible, and to whom"), h.Ul(h.Class("joblist"), items),
		ui.Form(at, ui.HiddenFields("sure", "1", "report_status", p.Report), ui.FormActions(ui.Danger(v.T("Switch it off")), ui.LinkButton(at, v.T("Keep it on"), "")))))
}

func (p jobSettingsPage) page(v *ui.View) g.Node {
	at, bad := v.Base+"/jobs/settings", fault.Fields(p.Problem)
	return ui.Page(v, v.T("Settings of jobs"), ui.PageHead(v, v.T("Jobs"), nil), jobTabs(v, p.Staff, "/jobs/settings", ""), problemNotice(v, p.Problem), ui.Stack(
		ui.Card(v.T("General"), ui.Form(at,
			ui.Switch("groups", "1", v.T("Group field"), v.T("Jobs can be tagged with a group: of a customer, whose portal then shows them, or of your own people."), p.Groups, false),
			ui.Two(ui.Select(ui.Field{Name: "report_status", Label: v.T("A problem that a customer reports becomes"), Value: p.Report, Error: bad["report_status"]},
				[]ui.Option{{Value: store.JobOpen, Label: v.T("Open")}, {Value: store.JobDraft, Label: v.T("Draft")}})),
			ui.FormActions(ui.Primary(v.T("Save"))))),
		p.priorities(v, at), p.subs(v, at), p.fields(v, at), p.elsewhere(v)))
}

// elsewhere leads to what is decided about jobs on other pages.
func (p jobSettingsPage) elsewhere(v *ui.View) g.Node {
	return ui.Card(v.T("Further settings"),
		h.P(ui.TextLink(v.Base+"/settings/tracking", v.T("Tracking links")), g.Text(" "), ui.Muted(v.T("What a link shows to whoever has it, and for how long."))),
		g.If(p.Staff.May(store.NoticeChange), h.P(ui.TextLink(v.Base+"/settings/notices", v.T("Mail notices")), g.Text(" "), ui.Muted(v.T("What your customers' people are told about their jobs.")))))
}

func (p jobSettingsPage) priorities(v *ui.View, at string) g.Node {
	after := func(b []byte, min int64) []byte { return ui.AppendText(b, minutes(v, min)) }
	return ui.CardWith(ui.CardSpec{Title: v.T("Priorities"), Flush: true, Note: v.T("How long after it came in a job starts and is done. Jobs keep the times they were given."), Actions: []g.Node{ui.LinkButton(at+"/priorities/new", v.T("Add priority"), "plus")}},
		ui.Table(v, ui.TableSpec[store.JobPriority]{ID: "priority-table", Caption: v.T("Priorities"), Columns: []ui.Column[store.JobPriority]{
			{Label: v.T("Priority"), Bytes: func(b []byte, y store.JobPriority) []byte {
				note := ""
				if y.Default {
					note = v.T("for new jobs")
				}
				return ui.AppendTwoNum(b, at+"/priorities/", int64(y.ID), y.Name, note)
			}},
			{Label: v.T("Start by"), Bytes: func(b []byte, y store.JobPriority) []byte { return after(b, y.StartMin) }},
			{Label: v.T("Due by"), Bytes: func(b []byte, y store.JobPriority) []byte { return after(b, y.DueMin) }},
		}, Empty: ui.Empty("flag", v.T("No priorities"), v.T("Without them jobs have no Start by and no Due by of their own."))}, p.Priorities))
}

// minutes is a time of an SLA in words.
func minutes(v *ui.View, n int64) string {
	switch {
	case n == 0:
		return ""
	case n%(24*60) == 0:
		return v.Plural(n/(24*60), "after %s day", "after %s days")
	case n%60 == 0:
		return v.Plural(n/60, "after %s hour", "after %s hours")
	}
	return v.Plural(n, "after %s minute", "after %s minutes")
}

func (p jobSettingsPage) subs(v *ui.View, at string) g.Node {
	return ui.CardWith(ui.CardSpec{Title: v.T("Secondary statuses"), Flush: true, Note: v.T("The primary statuses are fixed; these stand below one of them."), Actions: []g.Node{ui.LinkButton(at+"/statuses/new", v.T("Add status"), "plus")}},
		ui.Table(v, ui.TableSpec[store.JobSub]{ID: "sub-table", Caption: v.T("Secondary statuses"), Columns: []ui.Column[store.JobSub]{
			{Label: v.T("Status"), Bytes: func(b []byte, x store.JobSub) []byte {
				return ui.AppendTwoNum(b, at+"/statuses/", int64(x.ID), x.Name, "")
			}},
			{Label: v.T("Below"), Bytes: func(b []byte, x store.JobSub) []byte {
				kind := v.T("Work orders")
				if x.Shape == store.JobDelivery {
					kind = v.T("Deliveries and collections")
				}
				return ui.AppendTwo(b, "", work.Status(v, x.Under), kind)
			}},
			{Label: v.T("Customers see it"), Bytes: func(b []byte, x store.JobSub) []byte { return ui.AppendText(b, yes(v, x.Shared)) }},
			{Label: v.T("Who may set it"), Bytes: func(b []byte, x store.JobSub) []byte { return ui.AppendText(b, setter(v, x.Who)) }},
		}, Empty: ui.Empty("progress", v.T("No secondary statuses"), v.T("Such as En route or On site below In Progress."))}, p.Subs))
}

func setter(v *ui.View, who string) string {
	if who == "office" {
		return v.T("The office")
	}
	return v.T("The office, and whoever does the job")
}

func yes(v *ui.View, on bool) string {
	if on {
		return v.T("Yes")
	}
	return v.T("No")
}

func (p jobSettingsPage) fields(v *ui.View, at string) g.Node {
	return ui.CardWith(ui.CardSpec{Title: v.T("Fields"), Flush: true, Note: v.T("Columns of your own."), Actions: []g.Node{ui.LinkButton(at+"/fields/new", v.T("Add field"), "plus")}},
		ui.Table(v, ui.TableSpec[store.JobField]{ID: "field-table", Caption: v.T("Fields"), Columns: []ui.Column[store.JobField]{
			{Label: v.T("Field"), Bytes: func(b []byte, f store.JobField) []byte {
				return ui.AppendTwoNum(b, at+"/fields/", int64(f.ID), f.Label, "")
			}},
			{Label: v.T("Customers see it"), Bytes: func(b []byte, f store.JobField) []byte { return ui.AppendText(b, yes(v, f.Shared)) }},
		}, Empty: ui.Empty("adjustments", v.T("No fields of your own"), v.T("Such as a cost centre or a number of pallets."))}, p.Fields))
}
