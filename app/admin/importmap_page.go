package admin

import (
	"strconv"
	"strings"

	g "maragu.dev/gomponents"

	"gatehouse/app/desk"
	"gatehouse/app/sheet"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// mappingPage asks which column of the file means what, and shows the first
// rows as they are read.
func mappingPage(v *ui.View, s store.Staff, i store.Import, p desk.ImportPreview, problem error) g.Node {
	at := v.Base + "/imports/" + id(i.ID)
	title := v.T("Map columns")
	notices := g.Group{problemNotice(v, problem)}
	if p.Problem != "" {
		notices = append(notices, ui.Notice("crit", v.T(p.Problem)))
	}
	for _, says := range append(append([]string{}, p.Unsure...), p.Notes...) {
		notices = append(notices, ui.Notice("warn", v.T(says)))
	}
	return ui.Page(v, title, ui.PageHead(v, title, []ui.Link{{Label: v.T("Imports"), Href: v.Base + "/imports"}, {Label: i.FileName, Href: at}}),
		importSteps(v, i, "map"), notices,
		ui.Form(at+"/map",
			ui.Grid(ui.Col(12,
				ui.Card(v.T("What the columns mean"), ui.PageLead(v.T("Choose for each field the column of your file that holds it. For the next file with the same columns this is remembered.")), mappingFields(v, i, p, fault.Fields(problem)), leftOut(v, i, p)),
				ui.Card(v.T("How the file is read"), readingFields(v, s, i, p, fault.Fields(problem))),
				previewCard(v, p))),
			ui.FormActions(ui.Primary(v.T("Check the file"), g.Attr("name", "do"), g.Attr("value", "check")),
				ui.Button(v.T("Show again"), g.Attr("name", "do"), g.Attr("value", "preview")), ui.LinkButton(at, v.T("Back"), ""))))
}

func mappingFields(v *ui.View, i store.Import, p desk.ImportPreview, bad map[string]string) g.Node {
	options := []ui.Option{{Value: "", Label: v.T("(not in this file)")}}
	for n, h := range p.Header {
		options = append(options, ui.Option{Value: strconv.Itoa(n), Label: h})
	}
	var cols []g.Node
	for _, c := range p.Columns {
		f := ui.Field{Name: "map." + c.Key, Label: v.T(c.Label), Required: c.Required, Error: bad["map."+c.Key], Hint: v.T(c.Help)}
		if at, ok := i.Mapping[c.Key]; ok {
			f.Value = strconv.Itoa(at)
			if s := sample(p, at); s != "" {
				f.Hint = v.T("Such as: %s", s)
			}
		}
		cols = append(cols, ui.Col(4, ui.Select(f, options)))
	}
	return ui.Grid(cols...)
}

// leftOut names the columns of the file that no field takes.
func leftOut(v *ui.View, i store.Import, p desk.ImportPreview) g.Node {
	taken, names := map[int]bool{}, []string{}
	for _, at := range i.Mapping {
		taken[at] = true
	}
	for n, h := range p.Header {
		if h = strings.TrimSpace(h); h != "" && !taken[n] {
			names = append(names, shorten(h, 60))
		}
	}
	if len(names) == 0 {
		return nil
	}
	return ui.Muted(v.T("Left out of the import: %s.", strings.Join(names, ", ")))
}

// sample is the first value of a column that says anything.
func sample(p desk.ImportPreview, at int) string {
	for _, r := range p.Rows {
		if at >= 0 && at < len(r.Cells) && r.Cells[at] != "" {
			return shorten(r.Cells[at], 60)
		}
	}
	return ""
}

func shorten(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

func readingFields(v *ui.View, s store.Staff, i store.Import, p desk.ImportPreview, bad map[string]string) g.Node {
	auto := func(found string) ui.Option {
		if found == "" {
			return ui.Option{Label: v.T("Recognise it")}
		}
		return ui.Option{Label: v.T("Recognise it (%s)", found)}
	}
	o := i.Options
	var out []g.Node
	add := func(f ui.Field, options ...ui.Option) {
		f.Error = bad[f.Name]
		out = append(out, ui.Col(4, ui.Select(f, options)))
	}
	if p.Found.Kind != sheet.XLSX {
		add(ui.Field{Name: "encoding", Label: v.T("Encoding"), Value: o.Encoding}, append([]ui.Option{auto(p.Found.Encoding)}, encodings()...)...)
		add(ui.Field{Name: "delimiter", Label: v.T("Columns are parted by"), Value: delimiterName(o.Delimiter)}, auto(v.T(delimiterWords[string(p.Found.Delimiter)])),
			ui.Option{Value: ",", Label: v.T("Comma")}, ui.Option{Value: ";", Label: v.T("Semicolon")}, ui.Option{Value: "tab", Label: v.T("Tab")}, ui.Option{Value: "|", Label: v.T("Bar")})
	} else if len(p.Found.Sheets) > 1 {
		sheets := []ui.Option{auto(p.Found.Sheet)}
		for _, name := range p.Found.Sheets {
			sheets = append(sheets, ui.Option{Value: name, Label: name})
		}
		add(ui.Field{Name: "sheet", Label: v.T("Sheet"), Value: o.Sheet}, sheets...)
	}
	add(ui.Field{Name: "order", Label: v.T("Dates"), Value: o.Order}, auto(v.T(orderWords[p.Found.Order])), ui.Option{Value: "DMY", Label: v.T("Day first: 31.12.2026")},
		ui.Option{Value: "MDY", Label: v.T("Month first: 12/31/2026")}, ui.Option{Value: "YMD", Label: v.T("Year first: 2026-12-31")})
	add(ui.Field{Name: "decimal", Label: v.T("Decimals are parted by a"), Value: o.Decimal}, auto(v.T(decimalWords[p.Found.Decimal])), ui.Option{Value: ".", Label: v.T("Point: 12.5")}, ui.Option{Value: ",", Label: v.T("Comma: 12,5")})
	header := ""
	if o.Header > 0 {
		header = strconv.Itoa(o.Header)
	}
	out = append(out, ui.Col(4, ui.Input(ui.Field{Name: "header", Label: v.T("Line of the column names"), Type: "number", Min: "1", Value: header, Placeholder: strconv.Itoa(p.Found.HeaderLine), Error: bad["header"], Hint: v.T("Leave it empty to recognise it.")})))
	if i.Kind == store.ImportCustomers {
		types := []ui.Option{{Value: "", Label: v.T("Take “Other”")}}
		if s.May(store.CustomerTypeAdd) {
			types = append(types, ui.Option{Value: "add", Label: v.T("Add it as a new type")})
		}
		add(ui.Field{Name: "new_types", Label: v.T("A customer type that is not known"), Value: o.NewTypes}, types...)
	}
	if i.Kind == store.ImportJobs {
		add(ui.Field{Name: "job_kind", Label: v.T("Rows that do not say what they are"), Value: o.JobKind}, ui.Option{Label: v.T("Work orders where there is a subject, else deliveries")},
			ui.Option{Value: store.JobWork, Label: v.T("Work orders")}, ui.Option{Value: store.JobDelivery, Label: v.T("Deliveries")}, ui.Option{Value: store.JobCollection, Label: v.T("Collections")})
	}
	return ui.Grid(out...)
}

var delimiterWords = map[string]string{",": "Comma", ";": "Semicolon", "\t": "Tab", "|": "Bar"}

var orderWords = map[sheet.DateOrder]string{sheet.DMY: "day first", sheet.MDY: "month first", sheet.YMD: "year first"}

var decimalWords = map[byte]string{'.': "point", ',': "comma"}

func delimiterName(d string) string {
	if d == "\t" {
		return "tab"
	}
	return d
}

func encodings() (out []ui.Option) {
	for _, e := range sheet.Encodings {
		out = append(out, ui.Option{Value: e, Label: e})
	}
	return out
}

func previewCard(v *ui.View, p desk.ImportPreview) g.Node {
	if len(p.Rows) == 0 {
		return nil
	}
	cols := []ui.Column[sheet.Row]{{Label: v.T("Line"), Bytes: func(b []byte, r sheet.Row) []byte { return v.AppendN(b, int64(r.Line)) }}}
	for n, h := range p.Header {
		cols = append(cols, ui.Column[sheet.Row]{Label: h, Bytes: func(b []byte, r sheet.Row) []byte { return ui.AppendText(b, shorten(r.Cells[n], 80)) }})
	}
	return ui.CardWith(ui.CardSpec{Title: v.T("The first rows"), Flush: true}, ui.Table(v, ui.TableSpec[sheet.Row]{ID: "preview", Caption: v.T("The first rows"), Columns: cols}, p.Rows))
}
