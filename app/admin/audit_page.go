package admin

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

type auditList struct {
	Query url.Values
	Lines []store.AuditLine // one more than a page shows, if there is one
	Words words
}

func auditPage(v *ui.View, s store.Staff, p auditList) g.Node {
	path, title := v.Base+"/audit", v.T("Audit Logs")
	lines, first, next := p.Lines, "", ""
	if len(lines) > historyPageSize {
		lines = lines[:historyPageSize]
		next = ui.HrefWith(path, p.Query, "before", strconv.FormatInt(lines[historyPageSize-1].ID, 10))
	}
	if p.Query.Get("before") != "" {
		first = ui.HrefWith(path, p.Query)
	}
	empty := ui.Empty("search", v.T("Nothing matches"), v.T("No line of the log fits this search and these filters."), ui.LinkButton(path, v.T("Show all"), ""))
	return ui.Page(v, administrationTitle(v, title), administrationHead(v, s, "/audit"), ui.PageLead(v.T("Everything that was changed, by whom and when. Choose a value to see only lines with it.")),
		ui.List("audit", ui.Filters(v, auditFilters(v, path, p)),
			ui.Table(v, ui.TableSpec[store.AuditLine]{ID: "audit-table", Caption: title, Columns: auditColumns(v, path, p), Empty: empty}, lines),
			ui.Pager(v, len(lines), "", first, next)))
}

// auditFilters is the search, and a chip for every value that was chosen.
func auditFilters(v *ui.View, path string, p auditList) ui.FilterSpec {
	f := ui.FilterSpec{Action: path, Query: p.Query, Placeholder: v.T("Name or ID of a person, such as U-12"), Keep: []string{"actor", "verb", "object", "id", "source", "ip", "of"}}
	chip := func(label, value string, names ...string) {
		if value == "" {
			return
		}
		set := []string{}
		for _, n := range names {
			set = append(set, n, "")
		}
		f.Chips = append(f.Chips, ui.Chip{Label: label + ": " + value, Remove: ui.HrefWith(path, p.Query, set...)})
	}
	q := p.Query
	if q.Get("actor") != "" {
		chip(v.T("Who"), "U-"+q.Get("actor"), "actor")
	}
	if q.Get("verb") != "" {
		chip(v.T("What"), v.T(store.Verb(q.Get("verb")).Says()), "verb")
	}
	chip(v.T("Object"), strings.TrimSpace(objectName(v, q.Get("object"))+" "+numbered(q.Get("id"))), "object", "id")
	chip(v.T("Source"), sourceName(v, q.Get("source")), "source")
	chip(v.T("Address"), q.Get("ip"), "ip")
	chip(v.T("Customer"), numbered(q.Get("of")), "of")
	return f
}

func numbered(n string) string {
	if n == "" {
		return ""
	}
	return "#" + n
}

func sourceName(v *ui.View, source string) string {
	if s := sources[source]; s != "" {
		return v.T(s)
	}
	return source
}

// objectName is the kind of thing a verb is done to, in words.
func objectName(v *ui.View, object string) string {
	if object == "" {
		return ""
	}
	return fieldLabel(v, object)
}

func auditColumns(v *ui.View, path string, p auditList) []ui.Column[store.AuditLine] {
	with := func(set ...string) string { return ui.HrefWith(path, p.Query, set...) }
	return []ui.Column[store.AuditLine]{
		{Label: v.T("When"), Bytes: func(b []byte, l store.AuditLine) []byte {
			return ui.AppendTwo(b, path+"/"+strconv.FormatInt(l.ID, 10), v.DateTime(l.At), "")
		}},
		{Label: v.T("Who"), Bytes: func(b []byte, l store.AuditLine) []byte {
			if l.ActorID == 0 {
				return ui.AppendLink(b, with("q", l.Actor), l.Actor)
			}
			return ui.AppendTwo(b, with("actor", id(l.ActorID)), l.Actor, "U-"+id(l.ActorID))
		}},
		{Label: v.T("What"), Wide: true, Bytes: func(b []byte, l store.AuditLine) []byte {
			return ui.AppendLink(b, with("verb", string(l.Verb)), v.T(l.Verb.Says()))
		}},
		{Label: v.T("Object"), Wide: true, Bytes: func(b []byte, l store.AuditLine) []byte { return appendObject(v, b, with, l) }},
		{Label: v.T("Detail"), Wide: true, Quiet: true, Bytes: func(b []byte, l store.AuditLine) []byte { return ui.AppendText(b, p.Words.brief(l)) }},
		{Label: v.T("From"), Cell: func(l store.AuditLine) g.Node {
			return g.Group{ui.TextLink(with("source", l.Source), sourceName(v, l.Source)), g.If(l.IP != "", h.Small(ui.TextLink(with("ip", l.IP), l.IP)))}
		}},
	}
}

func appendObject(v *ui.View, b []byte, with func(...string) string, l store.AuditLine) []byte {
	label := l.Label
	if label == "" {
		label = objectName(v, l.Verb.Object())
	}
	if l.ObjectID == 0 {
		return ui.AppendText(b, l.Label)
	}
	return ui.AppendTwo(b, with("object", l.Verb.Object(), "id", strconv.FormatInt(l.ObjectID, 10)), label, objectName(v, l.Verb.Object())+" #"+strconv.FormatInt(l.ObjectID, 10))
}

// brief is what a line says in one sentence; its own page says all of it.
func (t words) brief(l store.AuditLine) string {
	const most = 3
	facts := t.facts(l)
	var parts []string
	for i, f := range facts {
		if i == most {
			parts = append(parts, t.view.T("and %s more", t.view.N(int64(len(facts)-most))))
			break
		}
		parts = append(parts, f.String())
	}
	return strings.Join(parts, "; ")
}

const longestValue = 60

func (f fact) String() string {
	if f.Changed {
		return f.Label + ": " + cut(f.Old) + " → " + cut(f.New)
	}
	return f.Label + ": " + cut(f.New)
}

func cut(s string) string {
	if r := []rune(s); len(r) > longestValue {
		return string(r[:longestValue]) + "…"
	}
	return s
}

// auditLinePage is one line with all it says, to be copied elsewhere.
func auditLinePage(v *ui.View, t words, l store.AuditLine) g.Node {
	path, title := v.Base+"/audit", v.T("Line %s", v.N(l.ID))
	rows := []ui.Pair{ui.Row(v.T("When"), v.DateTime(l.At)), ui.Row(v.T("Who"), who(l)), ui.Row(v.T("What"), v.T(l.Verb.Says())), ui.Row(v.T("Object"), objectName(v, l.Verb.Object())+" "+numbered(strconv.FormatInt(l.ObjectID, 10))),
		ui.Row(v.T("Name"), l.Label), ui.Row(v.T("Source"), sourceName(v, l.Source)), ui.Row(v.T("Address"), l.IP)}
	if l.Customer != 0 {
		rows = append(rows, ui.Pair{Label: v.T("Customer"), Value: ui.TextLink(path+"?of="+id(l.Customer), v.T("Everything about it"))})
	}
	changes := factList(t.facts(l))
	if changes == nil {
		changes = ui.Muted(v.T("Nothing further was noted."))
	}
	return ui.Page(v, title, ui.PageHead(v, title, []ui.Link{{Label: v.T("Audit Logs"), Href: path}}),
		ui.Grid(ui.Col(6, ui.Card(v.T(l.Verb.Says()), ui.DL(rows...))), ui.Col(6, ui.Card(v.T("Detail"), changes, ui.CopyField("line", v.T("The whole line"), oneLine(l))))))
}

func who(l store.AuditLine) string {
	if l.ActorID == 0 {
		return l.Actor
	}
	return l.Actor + " (U-" + id(l.ActorID) + ")"
}

// oneLine is a line as text, as other programs like it.
func oneLine(l store.AuditLine) string {
	return strings.Join([]string{strconv.FormatInt(l.ID, 10), l.At.Format(time.RFC3339), who(l), string(l.Verb), strconv.FormatInt(l.ObjectID, 10), l.Label, l.Detail, l.Source, l.IP}, "\t")
}
