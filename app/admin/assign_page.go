package admin

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// assignForm asks who gets the chosen assets, and for which days; and, once
// there are conflicts, what shall become of those.
type assignForm struct {
	Chosen    chosen
	Customers store.Page[store.Customer]
	For       string // a customer's id
	Typed     string // or what was typed, where there are too many to list
	From, To  string
	Stale     int
	Problem   error
	Conflicts []store.Conflict
	Back      string
}

// mostConflicts is how many conflicts one page lets somebody decide.
const mostConflicts = 200

func (f assignForm) page(v *ui.View) g.Node {
	title := v.T("Assign assets")
	if len(f.Conflicts) > 0 {
		title = v.T("Some are with another customer")
	}
	body := f.ask(v)
	if len(f.Conflicts) > 0 {
		body = f.decide(v)
	}
	return ui.Page(v, title, ui.PageHead(v, title, []ui.Link{{Label: v.T("Assets"), Href: v.Base + "/assets"}}), problemNotice(v, f.Problem), ui.Card("", body))
}

func (f assignForm) ask(v *ui.View) g.Node {
	return ui.Form(v.Base+"/assets/assign", f.lead(v), f.fields(v, ""), ui.FormActions(ui.Primary(v.T("Assign")), ui.LinkButton(f.Back, v.T("Cancel"), "")))
}

// dialog is the same form as a dialog of the asset's own page.
func (f assignForm) dialog(v *ui.View) g.Node {
	return ui.Dialog(v, "assign", v.T("Assign to a customer"), v.Base+"/assets/assign", f.fields(v, "d-"), ui.CancelButton(v), ui.Primary(v.T("Assign")))
}

func (f assignForm) lead(v *ui.View) g.Node {
	n := len(f.Chosen.IDs)
	var stale g.Node
	if f.Stale > 0 {
		stale = ui.Notice("warn", v.T("Your customer sees readings from the first day on. The newest readings of %s of these are older than today, so it sees none of them yet. Choose an earlier first day to share them.", v.N(int64(f.Stale))))
	}
	return g.Group{h.P(h.Strong(g.Text(v.Plural(int64(n), "%s asset", "%s assets")+": ")), g.Text(namesOf(v, f.Chosen.Names, n))), stale}
}

func (f assignForm) fields(v *ui.View, prefix string) g.Node {
	bad := fault.Fields(f.Problem)
	fieldID := func(name string) string {
		if prefix == "" {
			return ""
		}
		return prefix + name
	}
	who := bad["for"]
	if who == "" {
		who = bad["customer"]
	}
	return g.Group{ui.HiddenFields(f.Chosen.hidden()...), f.customer(v, fieldID, who),
		ui.Two(ui.Input(ui.Field{ID: fieldID("from"), Name: "from", Type: "date", Label: v.T("First day"), Value: f.From, Error: bad["from"], Hint: v.T("The customer sees it from this day on, and readings from then on.")}),
			ui.Input(ui.Field{ID: fieldID("to"), Name: "to", Type: "date", Label: v.T("Last day"), Value: f.To, Error: bad["to"], Hint: v.T("This day included. Leave it empty if there is no end yet.")}))}
}

// customer asks who gets them: from a list, or, where that would be too long,
// by name or number.
func (f assignForm) customer(v *ui.View, fieldID func(string) string, problem string) g.Node {
	if !f.Customers.More && f.Customers.Next == "" {
		options := []ui.Option{{Label: v.T("Choose a customer")}}
		for _, c := range f.Customers.Rows {
			options = append(options, ui.Option{Value: id(c.ID), Label: c.Name})
		}
		return ui.Select(ui.Field{ID: fieldID("for"), Name: "for", Label: v.T("Customer"), Value: f.For, Required: true, Error: problem}, options)
	}
	if f.For != "" && f.Typed == "" {
		return ui.HiddenFields("for", f.For)
	}
	return ui.Input(ui.Field{ID: fieldID("for"), Name: "for_name", Label: v.T("Customer"), Value: f.Typed, Required: true, Max: 200, Error: problem, Autocomplete: "off",
		Hint: v.T("Its name as it stands in the list, or your customer number.")})
}

// decide lists who has the assets. What is not ticked stays as it is.
func (f assignForm) decide(v *ui.View) g.Node {
	var can, cannot []g.Node
	for i, c := range f.Conflicts {
		if i == mostConflicts {
			break
		}
		has := c.CustomerName
		if has == "" {
			has = v.T("a customer you cannot see")
		}
		label := v.T("%s: %s, %s", c.AssetName, has, span(v, c.From, c.To))
		if c.CanEnd {
			can = append(can, ui.Checkbox("end", id(c.ID), label, v.T("Ticked, it ends the moment the new one begins."), false, false))
		} else {
			cannot = append(cannot, h.Li(g.Text(label)))
		}
	}
	hidden := append(f.Chosen.hidden(), "decided", "1", "for", f.For, "for_name", f.Typed, "from", f.From, "to", f.To)
	var more g.Node
	if n := len(f.Conflicts) - mostConflicts; n > 0 {
		more = ui.Notice("info", v.T("%s more are with another customer. They are left as they are; narrow the choice to decide about them.", v.N(int64(n))))
	}
	return ui.Form(v.Base+"/assets/assign", ui.HiddenFields(hidden...),
		h.P(g.Text(v.T("%s of %s assets are with another customer in this time. Nothing has been changed yet. Tick those that shall go to %s; the others stay where they are.",
			v.N(int64(len(f.Conflicts))), v.N(int64(len(f.Chosen.IDs))), f.name()))),
		g.If(len(can) > 0, ui.Checks(ui.Field{Name: "end", Label: v.T("Take over")}, can...)),
		g.If(len(cannot) > 0, ui.Notice("info", v.T("These are planned for somebody else later and stay so. Give an earlier last day to assign them until then."), h.Ul(g.Group(cannot)))), more,
		ui.FormActions(ui.Primary(v.T("Assign")), ui.LinkButton(f.Back, v.T("Cancel"), "")))
}

func (f assignForm) name() string {
	if f.Typed != "" {
		return f.Typed
	}
	return "…"
}

// returnForm asks when the chosen assets come back.
type returnForm struct {
	Chosen     chosen
	When, Last string
	Problem    error
	Back       string
}

func (f returnForm) page(v *ui.View) g.Node {
	n, bad := len(f.Chosen.IDs), fault.Fields(f.Problem)
	return ui.Page(v, v.T("Take back"), ui.PageHead(v, v.T("Take back"), []ui.Link{{Label: v.T("Assets"), Href: v.Base + "/assets"}}), problemNotice(v, f.Problem),
		ui.Card("", ui.Form(v.Base+"/assets/return", ui.HiddenFields(f.Chosen.hidden()...),
			h.P(h.Strong(g.Text(v.Plural(int64(n), "%s asset", "%s assets")+": ")), g.Text(namesOf(v, f.Chosen.Names, n))),
			ui.Radios(ui.Field{Name: "when", Label: v.T("When does it end?"), Value: f.When}, []ui.Option{
				{Value: "now", Label: v.T("Now"), Hint: v.T("The customer no longer sees it from this moment on, also in a portal that is open.")},
				{Value: "day", Label: v.T("After a day"), Hint: v.T("The customer sees it up to and including that day.")}}),
			ui.Input(ui.Field{Name: "last", Type: "date", Label: v.T("Last day"), Value: f.Last, Error: bad["last"]}),
			ui.FormActions(ui.Primary(v.T("Take back")), ui.LinkButton(f.Back, v.T("Cancel"), "")))))
}

// groupingForm asks which group the chosen assets go into, or leave.
type groupingForm struct {
	Chosen    chosen
	Groups    []store.GroupRef
	Into, How string
	Problem   error
	Back      string
}

func (f groupingForm) page(v *ui.View) g.Node {
	head := ui.PageHead(v, v.T("Group"), []ui.Link{{Label: v.T("Assets"), Href: v.Base + "/assets"}})
	if len(f.Groups) == 0 {
		return ui.Page(v, v.T("Group"), head, ui.Card("", ui.Empty("folder", v.T("No groups yet"), v.T("Groups are the business units of a customer, or your own cut of the fleet. An admin adds them."), ui.LinkButton(f.Back, v.T("Back"), ""))))
	}
	n, bad := len(f.Chosen.IDs), fault.Fields(f.Problem)
	options := []ui.Option{{Label: v.T("Choose a group")}}
	for _, gr := range f.Groups {
		options = append(options, ui.Option{Value: id(gr.ID), Label: gr.Name})
	}
	return ui.Page(v, v.T("Group"), head, problemNotice(v, f.Problem), ui.Card("", ui.Form(v.Base+"/assets/group", ui.HiddenFields(f.Chosen.hidden()...),
		h.P(h.Strong(g.Text(v.Plural(int64(n), "%s asset", "%s assets")+": ")), g.Text(namesOf(v, f.Chosen.Names, n))),
		ui.Select(ui.Field{Name: "into", Label: v.T("Group"), Value: f.Into, Required: true, Error: bad["group"]}, options),
		ui.Radios(ui.Field{Name: "how", Label: v.T("What to do"), Value: f.How}, []ui.Option{{Value: "in", Label: v.T("Put them in")}, {Value: "out", Label: v.T("Take them out")}}),
		ui.FormActions(ui.Primary(v.T("Save")), ui.LinkButton(f.Back, v.T("Cancel"), "")))))
}
