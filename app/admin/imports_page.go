package admin

import (
	"net/url"
	"strconv"

	g "maragu.dev/gomponents"

	"gatehouse/app/desk"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// importKinds are what can be imported, in words, with where it belongs.
var importKinds = map[string]struct{ label, icon, back, backLabel, lead string }{
	store.ImportCustomers: {"Customers", "building", "/customers", "Customers",
		"A table with one row for each customer. Rows with a customer number that is known here change that customer; the others are added."},
	store.ImportAssets: {"Assets", "bulldozer", "/assets", "Assets",
		"A table with one row for each asset. It is recognised by its ID, its PIN or its serial number; what is not known here is added."},
	store.ImportAssignments: {"Assignments", "switch-horizontal", "/assets", "Assets",
		"A table that says which customer has which asset, from when and until when."},
	store.ImportJobs: {"Jobs", "clipboard-list", "/jobs", "Jobs",
		"A table of work orders, deliveries and collections. Rows with the same D.O. number are items of one job; a number that is known here changes that job. A customer code that is not known here is parked until you decide what it means."},
	store.ImportFleet: {"Fleet snapshot", "truck", "/assets", "Assets",
		"A snapshot of a fleet as telematics systems give it out: ISO 15143-3 (AEMP 2.0), as XML or JSON. It brings machines and their readings."},
	store.ImportVehicles: {"Vehicles", "truck", "/vehicles", "Vehicles",
		"A table with one row for each vehicle: plate, driver, groups, and where it is. A vehicle of a name that is known here is changed; the others are added."},
}

// importStates are the states of an import in words, with the kind of badge.
var importStates = map[string][2]string{
	store.ImportUploaded: {"neutral", "Uploaded"}, store.ImportChecking: {"info", "Being checked"}, store.ImportChecked: {"warn", "Checked, not applied"},
	store.ImportApplying: {"info", "Being applied"}, store.ImportApplied: {"ok", "Applied"}, store.ImportUndoing: {"info", "Being undone"},
	store.ImportUndone: {"neutral", "Undone"}, store.ImportFailed: {"crit", "Failed"},
}

func importNumber(i store.Import) string { return "I-" + strconv.FormatInt(i.Number, 10) }

func importsPage(v *ui.View, s store.Staff, q url.Values, l store.Page[store.Import]) g.Node {
	path := v.Base + "/imports"
	var actions []g.Node
	if s.May(store.ImportApply) {
		actions = append(actions, ui.LinkButton(path+"/untagged", v.T("Jobs without a customer"), "tags"))
	}
	if s.May(store.ImportUpload) {
		var items []g.Node
		for _, k := range desk.ImportKinds() {
			items = append(items, ui.MenuLink(path+"/new?kind="+k.Kind, v.T(importKinds[k.Kind].label), importKinds[k.Kind].icon))
		}
		actions = append(actions, ui.Menu(v.T("New import"), "file-import", items...))
	}
	next, first := "", ""
	if l.Next != "" {
		next = ui.HrefWith(path, q, "after", l.Next)
	}
	if q.Get("after") != "" {
		first = path
	}
	return ui.Page(v, v.T("Imports"), ui.PageHead(v, v.T("Imports"), nil, actions...),
		ui.Live(v, v.Path, ui.List("imports", importTable(v, path, l), ui.Pager(v, len(l.Rows), total(v, l.Total, l.More), first, next))))
}

func importTable(v *ui.View, path string, l store.Page[store.Import]) g.Node {
	return ui.Table(v, ui.TableSpec[store.Import]{ID: "import-table", Caption: v.T("Imports"), Path: path,
		Columns: []ui.Column[store.Import]{
			{Label: v.T("File"), Bytes: func(b []byte, i store.Import) []byte {
				return ui.AppendTwo(b, path+"/"+id(i.ID), i.FileName, importNumber(i)+" · "+v.T(importKinds[i.Kind].label))
			}},
			{Label: v.T("State"), Bytes: func(b []byte, i store.Import) []byte {
				return ui.AppendBadge(b, importStates[i.State][0], v.T(importStates[i.State][1]))
			}},
			{Label: v.T("New"), Align: "end", Bytes: func(b []byte, i store.Import) []byte { return v.AppendN(b, i.Tally.Added) }},
			{Label: v.T("Changed"), Align: "end", Bytes: func(b []byte, i store.Import) []byte { return v.AppendN(b, i.Tally.Changed) }},
			{Label: v.T("Refused"), Align: "end", Bytes: func(b []byte, i store.Import) []byte { return v.AppendN(b, i.Tally.Refused) }},
			{Label: v.T("By"), Quiet: true, Bytes: func(b []byte, i store.Import) []byte { return ui.AppendText(b, i.By) }},
			{Label: v.T("Uploaded"), Quiet: true, Bytes: func(b []byte, i store.Import) []byte { return v.AppendDateTime(b, i.CreatedAt) }},
		},
		Empty: ui.Empty("file-import", v.T("No imports yet"), v.T("Bring customers, fleet, jobs and vehicles in from a spreadsheet. Nothing is changed before you have seen what would happen."),
			ui.PrimaryLink(path+"/new?kind="+store.ImportCustomers, v.T("Import customers"), "building"))}, l.Rows)
}

// uploadForm is the first step.
type uploadForm struct {
	Kind, Once string
	Columns    []desk.Column
	Problem    error
	For        string
	Whose      []ui.Option // jobs: whose all rows of the file can be
}

func uploadPage(v *ui.View, f uploadForm) g.Node {
	k := importKinds[f.Kind]
	title := v.T("Import: %s", v.T(k.label))
	accept, hint := ".csv,.txt,.tsv,.xlsx", v.T("CSV or Excel (.xlsx), up to %d MB. Encoding, delimiter and dates are recognised.", desk.MaxUpload>>20)
	if f.Kind == store.ImportFleet {
		accept, hint = ".xml,.json,.gz", v.T("XML or JSON, up to %d MB.", desk.MaxUpload>>20)
	}
	var whose g.Node
	if f.Kind == store.ImportJobs {
		whose = whoseForm(v, f)
	}
	return ui.Page(v, title, ui.PageHead(v, title, []ui.Link{{Label: v.T(k.backLabel), Href: v.Base + k.back}, {Label: v.T("Imports"), Href: v.Base + "/imports"}}),
		importSteps(v, store.Import{Kind: f.Kind}, "upload"), problemNotice(v, f.Problem),
		ui.Grid(
			ui.Col(8, whose, ui.Card(v.T("Upload a file"), ui.PageLead(v.T(k.lead)),
				ui.UploadForm(v.Base+"/imports/new?"+url.Values{"kind": {f.Kind}, "once": {f.Once}, "for": {f.For}}.Encode(),
					ui.FileField(ui.Field{Name: "file", Label: v.T("File"), Required: true, Hint: hint, Error: fault.Fields(f.Problem)["file"]}, accept),
					ui.Muted(v.T("Nothing is changed yet: first you see what would happen to every row.")),
					ui.FormActions(ui.Primary(v.T("Upload")), ui.LinkButton(v.Base+k.back, v.T("Cancel"), ""))))),
			ui.Col(4, columnsCard(v, f))))
}

func columnsCard(v *ui.View, f uploadForm) g.Node {
	if len(f.Columns) == 0 {
		return ui.Card(v.T("What is taken"), ui.Text(v.T("Every machine with its make, model, serial number and PIN; position, operating hours, fuel, distance and every other reading, each with its time; fault codes. Bringing the same snapshot again changes nothing.")))
	}
	var pairs []ui.Pair
	for _, c := range f.Columns {
		label := v.T(c.Label)
		if c.Required {
			label += " *"
		}
		help := c.Help
		if help == "" {
			help = c.Example
		}
		pairs = append(pairs, ui.Row(label, v.T(help)))
	}
	return ui.CardWith(ui.CardSpec{Title: v.T("Columns that are understood"), Note: v.T("In any order and under any name. Empty cells change nothing."),
		Actions: []g.Node{ui.LinkButton(v.Base+"/imports/templates/"+f.Kind+".csv", v.T("Template"), "download")}}, ui.DL(pairs...))
}

// importSteps shows where in the four steps an import is.
func importSteps(v *ui.View, i store.Import, current string) g.Node {
	at := v.Base + "/imports/" + id(i.ID)
	names := []ui.Step{{Label: v.T("Upload"), State: "upload"}, {Label: v.T("Map columns"), State: "map"}, {Label: v.T("Check"), State: "check"}, {Label: v.T("Apply"), State: "apply"}}
	if i.Kind == store.ImportFleet {
		names = append(names[:1], names[2:]...)
	}
	passed := true
	for n := range names {
		step := names[n].State
		switch {
		case step == current:
			names[n].State, passed = "current", false
		case passed:
			names[n].State = "done"
			if step == "map" && (i.State == store.ImportChecked || i.State == store.ImportFailed) {
				names[n].Href = at + "/map"
			}
		default:
			names[n].State = "todo"
		}
	}
	return ui.Steps(v, names)
}
