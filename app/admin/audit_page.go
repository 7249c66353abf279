package admin

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	g "maragu.dev/gomponents"

	"gatehouse/app/desk"
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
	return ui.Page(v, administrationTitle(v, title), administrationHead(v, s, "/audit", exportMenu(v, path, p.Query)),
		ui.PageLead(v.T("Everything that was changed, by whom and when. Choose a value to see only lines with it.")), aboutPerson(v, path, p.Query),
		ui.List("audit", ui.Filters(v, auditFilters(v, path, p)),
			ui.Table(v, ui.TableSpec[store.AuditLine]{ID: "audit-table", Caption: title, Columns: auditColumns(v, path, p), Empty: empty}, lines),
			ui.Pager(v, len(lines), "", first, next)))
}

// aboutPerson leads from what a person did to what was done to them, and back.
func aboutPerson(v *ui.View, path string, q url.Values) g.Node {
	who := q.Get("actor")
	if n, ok := strings.CutPrefix(strings.ToUpper(strings.TrimSpace(q.Get("q"))), "U-"); ok && who == "" {
		who = n
	}
	if _, err := strconv.ParseInt(who, 10, 64); err == nil {
		return ui.Notice("info", v.T("Shown is what U-%s did.", who), ui.TextLink(ui.HrefWith(path, nil, "object", "user", "id", who), v.T("What was done to U-%s", who)))
	}
	if q.Get("object") == "user" && q.Get("id") != "" {
		return ui.Notice("info", v.T("Shown is what was done to U-%s.", q.Get("id")), ui.TextLink(ui.HrefWith(path, nil, "actor", q.Get("id")), v.T("What U-%s did", q.Get("id"))))
	}
	return nil
}

// auditFilters is the search, two selects, and a chip for every other value
// that was chosen.
func auditFilters(v *ui.View, path string, p auditList) ui.FilterSpec {
	q := p.Query
	f := ui.FilterSpec{Action: path, Query: q, Placeholder: v.T("Name or ID of a person, such as U-12"), Keep: []string{"actor", "verb", "object", "id", "ip", "of"}}
	f.Filters = []ui.Filter{{Name: "category", Label: v.T("Category"), Value: q.Get("category"), Options: categories(v)}, {Name: "source", Label: v.T("Source"), Value: q.Get("source"), Options: sourceOptions(v)}}
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
	if q.Get("actor") != "" {
		chip(v.T("User"), "U-"+q.Get("actor"), "actor")
	}
	if q.Get("verb") != "" {
		chip(v.T("Activity"), v.T(store.Verb(q.Get("verb")).Says()), "verb")
	}
	chip(v.T("Component"), componentNumber(v, q.Get("object"), q.Get("id")), "object", "id")
	chip(v.T("Address"), q.Get("ip"), "ip")
	chip(v.T("Customer"), numbered(q.Get("of")), "of")
	return f
}

// categories are the kinds of things that are changed, by name.
func categories(v *ui.View) []ui.Option {
	var out []ui.Option
	for _, verb := range store.Verbs() {
		o := ui.Option{Value: verb.Object(), Label: objectName(v, verb.Object())}
		if !slices.Contains(out, o) {
			out = append(out, o)
		}
	}
	slices.SortFunc(out, func(a, b ui.Option) int { return strings.Compare(a.Label, b.Label) })
	return append([]ui.Option{{Label: v.T("Any category")}}, out...)
}

func sourceOptions(v *ui.View) []ui.Option {
	out := []ui.Option{{Label: v.T("Any source")}}
	for _, name := range []string{"web", "api", "import", "system", "operator"} {
		out = append(out, ui.Option{Value: name, Label: sourceName(v, name)})
	}
	return out
}

// componentNumber names a thing that something was done to by its number:
// people by the one they have in exports.
func componentNumber(v *ui.View, object, id string) string {
	switch {
	case id == "" || id == "0":
		return objectName(v, object)
	case object == "user":
		return "U-" + id
	}
	return strings.TrimSpace(objectName(v, object) + " " + numbered(id))
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
		{Label: v.T("Timestamp"), Bytes: func(b []byte, l store.AuditLine) []byte {
			return ui.AppendTwo(b, path+"/"+strconv.FormatInt(l.ID, 10), v.DateTime(l.At), "")
		}},
		{Label: v.T("User"), Bytes: func(b []byte, l store.AuditLine) []byte {
			if l.ActorID == 0 {
				return v.AppendCopy(ui.AppendLink(b, with("q", l.Actor), l.Actor), l.Actor)
			}
			b = append(ui.AppendTwo(b, with("actor", id(l.ActorID)), l.Actor, ""), "<small>"...)
			b = v.AppendCopy(ui.AppendText(b, desk.UserNumber(l.ActorID)), desk.UserNumber(l.ActorID))
			if side := p.Words.side(l); side != "" {
				b = ui.AppendText(append(b, ' '), side)
			}
			return append(b, "</small>"...)
		}},
		{Label: v.T("Category"), Bytes: func(b []byte, l store.AuditLine) []byte {
			return ui.AppendLink(b, with("category", l.Verb.Object()), objectName(v, l.Verb.Object()))
		}},
		{Label: v.T("Component"), Wide: true, Bytes: func(b []byte, l store.AuditLine) []byte { return appendComponent(v, b, with, l) }},
		{Label: v.T("Activity"), Wide: true, Bytes: func(b []byte, l store.AuditLine) []byte {
			b = ui.AppendLink(b, with("verb", string(l.Verb)), v.T(l.Verb.Says()))
			if brief := p.Words.brief(l); brief != "" {
				b = append(ui.AppendText(append(b, "<small>"...), brief), "</small>"...)
			}
			return b
		}},
		{Label: v.T("Source"), Bytes: func(b []byte, l store.AuditLine) []byte {
			b = ui.AppendLink(b, with("source", l.Source), sourceName(v, l.Source))
			if l.IP == "" {
				return b
			}
			b = ui.AppendLink(append(b, "<small>"...), with("ip", l.IP), l.IP)
			return append(v.AppendCopy(b, l.IP), "</small>"...)
		}},
	}
}

// appendComponent is what something was done to: its name at that time, and
// its number.
func appendComponent(v *ui.View, b []byte, with func(...string) string, l store.AuditLine) []byte {
	if l.ObjectID == 0 {
		return ui.AppendText(b, l.Label)
	}
	number := componentNumber(v, l.Verb.Object(), strconv.FormatInt(l.ObjectID, 10))
	label := l.Label
	if label == "" {
		label = number
	}
	b = v.AppendCopy(ui.AppendLink(b, with("object", l.Verb.Object(), "id", strconv.FormatInt(l.ObjectID, 10), "category", ""), label), label)
	if label == number {
		return b
	}
	return append(ui.AppendText(append(b, "<small>"...), number), "</small>"...)
}

// exported are lines in words, for a spreadsheet.
func (t words) exported(lines []store.AuditLine) []desk.AuditWords {
	out := make([]desk.AuditWords, len(lines))
	for i, l := range lines {
		var detail []string
		for _, f := range t.facts(l) {
			detail = append(detail, f.String())
		}
		if side := t.side(l); side != "" {
			detail = append(detail, t.view.T("User")+": "+side)
		}
		out[i] = desk.AuditWords{Category: objectName(t.view, l.Verb.Object()), Component: l.Label, Activity: t.view.T(l.Verb.Says()), Detail: strings.Join(detail, "; "), Source: sourceName(t.view, l.Source)}
	}
	return out
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

// auditLinePage is one line with all it says, to be narrowed by or copied.
func auditLinePage(v *ui.View, t words, l store.AuditLine) g.Node {
	path, title := v.Base+"/audit", v.T("Line %s", v.N(l.ID))
	object := strconv.FormatInt(l.ObjectID, 10)
	value := func(label, text, href string) ui.Pair {
		if text == "" {
			return ui.Row(label, "")
		}
		return ui.Pair{Label: label, Value: ui.CopyLink(v, href, text)}
	}
	user := path + "?" + url.Values{"q": {l.Actor}}.Encode()
	if l.ActorID != 0 {
		user = path + "?actor=" + id(l.ActorID)
	}
	rows := []ui.Pair{ui.Row(v.T("Timestamp"), v.DateTime(l.At)), value(v.T("User"), l.Actor, user), value(v.T("User ID"), desk.UserNumber(l.ActorID), user),
		value(v.T("Category"), objectName(v, l.Verb.Object()), path+"?category="+url.QueryEscape(l.Verb.Object())),
		value(v.T("Component"), l.Label, path+"?"+url.Values{"object": {l.Verb.Object()}, "id": {object}}.Encode())}
	if l.ObjectID != 0 {
		rows = append(rows, value(v.T("Component ID"), componentNumber(v, l.Verb.Object(), object), path+"?"+url.Values{"object": {l.Verb.Object()}, "id": {object}}.Encode()))
	}
	rows = append(rows, value(v.T("Activity"), v.T(l.Verb.Says()), path+"?verb="+url.QueryEscape(string(l.Verb))), value(v.T("Source"), sourceName(v, l.Source), path+"?source="+url.QueryEscape(l.Source)),
		value(v.T("Address"), l.IP, path+"?ip="+url.QueryEscape(l.IP)))
	if side := t.side(l); side != "" {
		rows = append(rows, ui.Row(v.T("Acted as"), side))
	}
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
