package admin

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/gorilla/mux"
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/app/work"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (a *Admin) jobSettingRoutes(r *mux.Router) {
	r.Handle("/jobs/settings", a.staff(a.jobSettings)).Methods("GET", "HEAD").Name("admin.jobs.settings")
	r.Handle("/jobs/settings", a.staff(a.saveJobSettings)).Methods("POST").Name("admin.jobs.settings.save")
	for _, k := range jobSettingKinds {
		at, name := "/jobs/settings/"+k.path, "admin.jobs."+k.path
		r.Handle(at+"/new", a.staff(a.jobSetting(k, false))).Methods("GET", "HEAD").Name(name + ".new")
		r.Handle(at+"/new", a.staff(a.jobSetting(k, true))).Methods("POST").Name(name + ".add")
		r.Handle(at+"/{"+k.place+"}", a.staff(a.jobSetting(k, false))).Methods("GET", "HEAD").Name(name + ".edit")
		r.Handle(at+"/{"+k.place+"}", a.staff(a.jobSetting(k, true))).Methods("POST").Name(name + ".save")
		r.Handle(at+"/{"+k.place+"}/remove", a.staff(a.removeJobSetting(k))).Methods("POST").Name(name + ".remove")
	}
}

// jobSettingKind is one of the lists that a provider keeps about jobs.
type jobSettingKind struct{ path, place, add, edit string }

var jobSettingKinds = []jobSettingKind{
	{"priorities", "job_priority", "Add priority", "Edit priority"},
	{"statuses", "job_status", "Add status", "Edit status"},
	{"fields", "job_field", "Add field", "Edit field"},
}

// jobSettingsPage is everything a provider decides about jobs.
type jobSettingsPage struct {
	Staff      store.Staff
	Groups     bool
	Report     string
	Use        *store.JobGroupUse // the warning before the Group field is switched off
	Priorities []store.JobPriority
	Subs       []store.JobSub
	Fields     []store.JobField
	Problem    error
}

func (a *Admin) jobSettings(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	return a.jobSettingsForm(w, r, s, http.StatusOK, jobSettingsPage{})
}

func (a *Admin) jobSettingsForm(w http.ResponseWriter, r *http.Request, s store.Staff, status int, p jobSettingsPage) (err error) {
	if err := s.Can(store.JobSettings); err != nil {
		return err
	}
	p.Staff = s
	if p.Groups, err = s.JobGroups(r.Context()); err != nil {
		return err
	}
	own, err := s.OwnSettings(r.Context())
	if err != nil {
		return err
	}
	if p.Report = own[store.OwnReportStatus]; p.Report == "" {
		p.Report = store.JobOpen
	}
	if p.Priorities, err = s.JobPriorities(r.Context()); err != nil {
		return err
	}
	if p.Subs, err = s.JobSubs(r.Context()); err != nil {
		return err
	}
	if p.Fields, err = s.JobFields(r.Context()); err != nil {
		return err
	}
	return web.Page(w, r, status, p.page(a.view(w, r, s)))
}

// saveJobSettings stores the general settings. Switching the Group field off
// asks first, and says what hangs on it.
func (a *Admin) saveJobSettings(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	if err := s.Can(store.JobSettings); err != nil {
		return err
	}
	groups, report := web.Str(r, "groups") != "", web.Str(r, "report_status")
	was, err := s.JobGroups(r.Context())
	if err != nil {
		return err
	}
	if was && !groups && web.Str(r, "sure") == "" {
		use, err := s.JobGroupUse(r.Context())
		if err != nil {
			return err
		}
		return web.Page(w, r, http.StatusOK, jobSettingsPage{Staff: s, Report: report, Use: &use}.warn(a.view(w, r, s)))
	}
	if err := s.SetJobSettings(r.Context(), groups, report); isForm(err) {
		return a.jobSettingsForm(w, r, s, http.StatusUnprocessableEntity, jobSettingsPage{Problem: err})
	} else if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/jobs/settings", "Saved.")
}

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

// jobSettingForm is one line of one of the lists, as a form.
type jobSettingForm struct {
	Kind     jobSettingKind
	ID       int64
	Priority store.JobPriority
	Start    string // minutes, as typed
	Due      string
	Sub      store.JobSub
	Field    store.JobField
	Problem  error
}

func (a *Admin) jobSetting(k jobSettingKind, save bool) staffHandler {
	return func(w http.ResponseWriter, r *http.Request, s store.Staff) error {
		if err := s.Can(store.JobSettings); err != nil {
			return err
		}
		f := jobSettingForm{Kind: k}
		if mux.Vars(r)[k.place] != "" {
			n, err := web.ID[store.JobFieldID](r, k.place)
			if err != nil {
				return err
			}
			f.ID = int64(n)
		}
		if err := f.read(r, s); err != nil {
			return err
		}
		if !save {
			return web.Page(w, r, http.StatusOK, f.page(a.view(w, r, s)))
		}
		if err := web.Form(r); err != nil {
			return err
		}
		if err := f.save(r, s); isForm(err) {
			f.Problem = err
			return web.Page(w, r, http.StatusUnprocessableEntity, f.page(a.view(w, r, s)))
		} else if err != nil {
			return err
		}
		return a.site.Done(w, r, base(r)+"/jobs/settings", "Saved.")
	}
}

// read fills the form with the line as it is.
func (f *jobSettingForm) read(r *http.Request, s store.Staff) error {
	found := f.ID == 0
	switch f.Kind.path {
	case "priorities":
		all, err := s.JobPriorities(r.Context())
		if err != nil {
			return err
		}
		f.Priority.Position = int64(len(all))
		for _, y := range all {
			if int64(y.ID) == f.ID {
				f.Priority, found = y, true
			}
		}
		f.Start, f.Due = strconv.FormatInt(f.Priority.StartMin, 10), strconv.FormatInt(f.Priority.DueMin, 10)
	case "statuses":
		all, err := s.JobSubs(r.Context())
		if err != nil {
			return err
		}
		f.Sub.Position = int64(len(all))
		for _, x := range all {
			if int64(x.ID) == f.ID {
				f.Sub, found = x, true
			}
		}
	default:
		all, err := s.JobFields(r.Context())
		if err != nil {
			return err
		}
		f.Field.Position = int64(len(all))
		for _, x := range all {
			if int64(x.ID) == f.ID {
				f.Field, found = x, true
			}
		}
	}
	if !found {
		return fault.New(fault.NotFound, "There is nothing at this address.")
	}
	return nil
}

func (f *jobSettingForm) save(r *http.Request, s store.Staff) (err error) {
	switch f.Kind.path {
	case "priorities":
		y := &f.Priority
		y.Name, y.Tone, y.Default = web.Str(r, "name"), web.Str(r, "tone"), web.Str(r, "default") != "" || y.Default
		f.Start, f.Due = web.Str(r, "start_min"), web.Str(r, "due_min")
		var bad fault.Problems
		y.StartMin, y.DueMin = whole(&bad, "start_min", f.Start), whole(&bad, "due_min", f.Due)
		if err := bad.Err(); err != nil {
			return err
		}
		_, err = s.SaveJobPriority(r.Context(), *y)
	case "statuses":
		x := &f.Sub
		x.Name, x.Shared, x.Who = web.Str(r, "name"), web.Str(r, "shared") != "", web.Str(r, "who")
		if f.ID == 0 {
			x.Shape, x.Under, _ = strings.Cut(web.Str(r, "under"), ":")
		}
		_, err = s.SaveJobSub(r.Context(), *x)
	default:
		x := &f.Field
		x.Label, x.Shared = web.Str(r, "label"), web.Str(r, "shared") != ""
		if f.ID == 0 {
			x.Kind, x.Shape = web.Str(r, "kind"), web.Str(r, "shape")
		}
		_, err = s.SaveJobField(r.Context(), *x)
	}
	return err
}

// whole is a number of minutes as somebody typed it.
func whole(bad *fault.Problems, name, typed string) int64 {
	if typed == "" {
		return 0
	}
	n, err := strconv.ParseInt(typed, 10, 32)
	if err != nil {
		bad.Add(name, "Give a whole number of minutes, or nothing.")
	}
	return n
}

func (f jobSettingForm) page(v *ui.View) g.Node {
	back := v.Base + "/jobs/settings"
	at, title := back+"/"+f.Kind.path, v.T(f.Kind.add)
	action := at + "/new"
	var remove g.Node
	if f.ID != 0 {
		title, action = v.T(f.Kind.edit), at+"/"+strconv.FormatInt(f.ID, 10)
		remove = ui.PostDanger(action+"/remove", v.T("Remove"), "trash")
	}
	return ui.Page(v, title, ui.PageHead(v, title, append(jobCrumbs(v), ui.Link{Label: v.T("Settings"), Href: back}), remove), problemNotice(v, f.Problem),
		ui.Card("", ui.Form(action, f.body(v), ui.FormActions(ui.Primary(v.T("Save")), ui.LinkButton(back, v.T("Cancel"), "")))))
}

func (f jobSettingForm) body(v *ui.View) g.Node {
	bad := fault.Fields(f.Problem)
	switch f.Kind.path {
	case "priorities":
		y := f.Priority
		return g.Group{ui.Two(ui.Input(ui.Field{Name: "name", Label: v.T("Name"), Value: y.Name, Max: 60, Required: true, Error: bad["name"]}),
			ui.Select(ui.Field{Name: "tone", Label: v.T("Colour"), Value: y.Tone, Error: bad["tone"]}, []ui.Option{{Value: "", Label: v.T("Grey")}, {Value: "info", Label: v.T("Blue")}, {Value: "warn", Label: v.T("Amber")}, {Value: "bad", Label: v.T("Red")}})),
			ui.Two(ui.Input(ui.Field{Name: "start_min", Label: v.T("Start by"), Value: f.Start, Inputmode: "numeric", Suffix: v.T("minutes"), Error: bad["start_min"], Hint: v.T("After it came in; 0 for none.")}),
				ui.Input(ui.Field{Name: "due_min", Label: v.T("Due by"), Value: f.Due, Inputmode: "numeric", Suffix: v.T("minutes"), Error: bad["due_min"], Hint: v.T("1,440 minutes are a day.")})),
			ui.Checkbox("default", "1", v.T("For new jobs, unless another is chosen"), "", y.Default, y.Default)}
	case "statuses":
		return f.subBody(v, bad)
	}
	x := f.Field
	out := g.Group{ui.Input(ui.Field{Name: "label", Label: v.T("Name"), Value: x.Label, Max: 100, Required: true, Error: bad["label"]}), ui.Checkbox("shared", "1", v.T("Customers see it"), "", x.Shared, false)}
	if f.ID == 0 {
		out = append(out, ui.Two(ui.Select(ui.Field{Name: "kind", Label: v.T("What it holds"), Value: x.Kind, Error: bad["kind"]}, []ui.Option{{Value: "text", Label: v.T("Text")}, {Value: "number", Label: v.T("Number")}, {Value: "date", Label: v.T("Date")}, {Value: "yesno", Label: v.T("Yes or no")}}),
			ui.Select(ui.Field{Name: "shape", Label: v.T("Which jobs have it"), Value: x.Shape, Error: bad["shape"]}, []ui.Option{{Value: "", Label: v.T("All")}, {Value: store.JobWork, Label: v.T("Work orders")}, {Value: store.JobDelivery, Label: v.T("Deliveries and collections")}})))
	}
	return out
}

func (f jobSettingForm) subBody(v *ui.View, bad map[string]string) g.Node {
	x := f.Sub
	under := []ui.Option{}
	for _, shape := range []string{store.JobWork, store.JobDelivery} {
		for _, s := range store.JobStatuses(shape) {
			under = append(under, ui.Option{Value: shape + ":" + s, Label: work.Status(v, s), Group: map[string]string{store.JobWork: v.T("Work orders"), store.JobDelivery: v.T("Deliveries and collections")}[shape]})
		}
	}
	out := g.Group{ui.Input(ui.Field{Name: "name", Label: v.T("Name"), Value: x.Name, Max: 60, Required: true, Error: bad["name"]})}
	if f.ID == 0 {
		out = append(out, ui.Select(ui.Field{Name: "under", Label: v.T("Below"), Value: x.Shape + ":" + x.Under, Error: bad["under"]}, under))
	}
	return append(out, ui.Select(ui.Field{Name: "who", Label: v.T("Who may set it"), Value: x.Who, Error: bad["who"]}, []ui.Option{{Value: "all", Label: setter(v, "all")}, {Value: "office", Label: setter(v, "office")}}),
		ui.Checkbox("shared", "1", v.T("Customers see it"), "", x.Shared, false))
}

func (a *Admin) removeJobSetting(k jobSettingKind) staffHandler {
	return func(w http.ResponseWriter, r *http.Request, s store.Staff) error {
		n, err := web.ID[store.JobFieldID](r, k.place)
		if err != nil {
			return err
		}
		switch k.path {
		case "priorities":
			err = s.RemoveJobPriority(r.Context(), store.PriorityID(n))
		case "statuses":
			err = s.RemoveJobSub(r.Context(), store.JobStatusID(n))
		default:
			err = s.RemoveJobField(r.Context(), n)
		}
		if err != nil {
			return err
		}
		return a.site.Done(w, r, base(r)+"/jobs/settings", "Removed.")
	}
}
