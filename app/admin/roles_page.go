package admin

import (
	"slices"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func rolesPage(v *ui.View, s store.Staff, staff, clients []store.Role) g.Node {
	path := v.Base + "/roles"
	return ui.Page(v, administrationTitle(v, v.T("Roles")), administrationHead(v, s, "/roles", ui.LinkButton(path+"/reference", v.T("What each role may do"), "shield-check")),
		h.Div(h.Class("stack"), roleCard(v, s, "staff", v.T("Roles of your team"), v.T("Each of your people has one."), staff),
			roleCard(v, s, "client", v.T("Roles of your customers' people"), v.T("Somebody may have several in a portal: what they give adds up, as far as the portal shares it."), clients)))
}

func roleCard(v *ui.View, s store.Staff, kind, title, note string, all []store.Role) g.Node {
	path := v.Base + "/roles"
	card := ui.CardSpec{Title: title, Note: note, Flush: true}
	if s.May(store.RoleAdd) {
		card.Actions = []g.Node{ui.LinkButton(path+"/new?kind="+kind, v.T("Add role"), "plus")}
	}
	return ui.CardWith(card, ui.Table(v, ui.TableSpec[store.Role]{ID: "roles-" + kind, Caption: title, RowActions: roleMenu(v, s), Columns: []ui.Column[store.Role]{
		{Label: v.T("Role"), Wide: true, Bytes: func(b []byte, r store.Role) []byte {
			return ui.AppendTwo(b, path+"/"+id(r.ID), builtinOr(v, r), aboutOf(v, r))
		}},
		{Label: v.T("Kind"), Bytes: func(b []byte, r store.Role) []byte {
			if r.Builtin != "" {
				return ui.AppendBadge(b, "neutral", v.T("Built-in"))
			}
			return ui.AppendBadge(b, "info", v.T("Your own"))
		}},
		{Label: v.T("Used by"), Align: "end", Bytes: func(b []byte, r store.Role) []byte {
			if r.Kind == "staff" && r.People > 0 {
				return ui.AppendLink(b, v.Base+"/users?role="+id(r.ID), usedBy(v, r.People))
			}
			return ui.AppendText(b, usedBy(v, r.People))
		}}}}, all))
}

func usedBy(v *ui.View, n int64) string {
	if n > 1000 {
		return v.T("more than %s people", v.N(1000))
	}
	return v.Plural(n, "%s person", "%s people")
}

func aboutOf(v *ui.View, r store.Role) string {
	if r.Builtin != "" {
		return v.T(r.About)
	}
	return r.About
}

func roleMenu(v *ui.View, s store.Staff) func(store.Role) g.Node {
	return func(r store.Role) g.Node {
		if r.Builtin != "" || !s.May(store.RoleChange) || r.Kind == "staff" && !s.Covers(r) {
			return nil
		}
		at := v.Base + "/roles/" + id(r.ID)
		return ui.RowMenu(v.T("Actions for %s", r.Name), ui.MenuLink(at, v.T("Edit"), "pencil"), ui.MenuLink(at+"/remove", v.T("Remove"), "trash"))
	}
}

type roleForm struct {
	Staff   store.Staff
	Role    *store.Role // nil: a new one
	Version int64
	Edit    store.RoleEdit
	Problem error
}

// fixed reports whether the role can only be looked at.
func (f roleForm) fixed() bool {
	return f.Role != nil && (f.Role.Builtin != "" || !f.Staff.May(store.RoleChange) || f.Role.Kind == "staff" && !f.Staff.Covers(*f.Role))
}

func rolePage(v *ui.View, f roleForm) g.Node {
	path := v.Base + "/roles"
	title, action, label := v.T("Add role"), path+"/new", v.T("Add role")
	if f.Role != nil {
		title, action, label = builtinOr(v, *f.Role), path+"/"+id(f.Role.ID), v.T("Save")
	}
	head := ui.PageHead(v, title, []ui.Link{{Label: v.T("Roles"), Href: path}})
	if f.fixed() {
		return ui.Page(v, title, head, ui.PageLead(aboutOf(v, *f.Role)), problemNotice(v, f.Problem), heldCard(v, *f.Role))
	}
	e, bad := f.Edit, fault.Fields(f.Problem)
	lead := v.T("A role of your team is a set of rights. It cannot hold more than your own role allows you.")
	if e.Kind == "client" {
		lead = v.T("A role of your customers' people is a set of what portals share. What a portal does not share, no role gives.")
	}
	return ui.Page(v, title, head, ui.PageLead(lead), problemNotice(v, f.Problem),
		ui.Card("", ui.Form(action, ui.HiddenFields("kind", e.Kind, "version", id(f.Version)),
			ui.Two(ui.Input(ui.Field{Name: "name", Label: v.T("Name"), Value: e.Name, Required: true, Max: 100, Error: bad["name"], Autocomplete: "off"}),
				ui.Input(ui.Field{Name: "about", Label: v.T("What it is for"), Value: e.About, Max: 300, Error: bad["about"], Autocomplete: "off", Hint: v.T("Shown wherever somebody chooses a role.")})),
			roleChoices(v, f, bad), ui.FormActions(ui.Primary(label), ui.LinkButton(path, v.T("Cancel"), "")))))
}

func roleChoices(v *ui.View, f roleForm, bad map[string]string) g.Node {
	if f.Edit.Kind == "client" {
		return featureChoices(v, f, bad)
	}
	var areas g.Group
	for _, area := range store.Areas() {
		var boxes []g.Node
		for _, verb := range store.Choosable() {
			if verb.Object() == area.Object {
				boxes = append(boxes, ui.Checkbox("verbs", string(verb), v.T(verb.Does()), "", slices.Contains(f.Edit.Verbs, verb), !f.Staff.May(verb)))
			}
		}
		if len(boxes) > 0 {
			areas = append(areas, ui.Checks(ui.Field{Name: "verbs-" + area.Object, Label: v.T(area.Label)}, boxes...))
		}
	}
	return g.Group{ui.Checks(ui.Field{Name: "verbs", Label: v.T("Rights"), Error: bad["verbs"], Hint: v.T("Besides these, every role sees customers and assets of its groups and looks after its own profile.")}), h.Div(h.Class("role-areas"), areas)}
}

func featureChoices(v *ui.View, f roleForm, bad map[string]string) g.Node {
	var apps g.Group
	for _, app := range store.Features {
		if app.Kind != "app" {
			continue
		}
		var boxes []g.Node
		for _, i := range store.Features {
			if i.App == app.Feature && (i.Feature != app.Feature || alone(app.Feature)) {
				boxes = append(boxes, ui.Checkbox("features", string(i.Feature), v.T(i.Label), v.T(i.Sees), slices.Contains(f.Edit.Features, i.Feature), false))
			}
		}
		apps = append(apps, ui.Checks(ui.Field{Name: "features-" + string(app.Feature), Label: v.T(app.Label)}, boxes...))
	}
	return g.Group{ui.Checks(ui.Field{Name: "features", Label: v.T("Lists, views, charts and capabilities"), Error: bad["features"]}), h.Div(h.Class("role-areas"), apps)}
}

// alone reports whether an app has no views and capabilities to choose among.
func alone(app store.Feature) bool {
	return !slices.ContainsFunc(store.Features, func(i store.FeatureInfo) bool { return i.App == app && i.Feature != app })
}

// heldCard lists what a role that cannot be changed holds.
func heldCard(v *ui.View, r store.Role) g.Node {
	var items g.Group
	if r.Kind == "client" {
		for _, i := range store.Features {
			if i.Kind != "app" && r.Gives(i.Feature) {
				items = append(items, h.Li(g.Text(v.T(i.Label))))
			}
		}
		return ui.Card(v.T("What it gives, where the portal shares it"), h.Ul(items))
	}
	for _, area := range store.Areas() {
		for _, verb := range area.Verbs() {
			if r.Grants(verb) && !store.Everybody(verb) {
				items = append(items, h.Li(g.Text(v.T(verb.Does()))))
			}
		}
	}
	return ui.Card(v.T("What it allows beyond what everybody may"), g.If(len(items) > 0, h.Ul(h.Class("many"), items)), g.If(len(items) == 0, ui.Muted(v.T("Nothing."))))
}

func removeRolePage(v *ui.View, r store.Role, problem error) g.Node {
	path, title := v.Base+"/roles", v.T("Remove %s", r.Name)
	head := ui.PageHead(v, title, []ui.Link{{Label: v.T("Roles"), Href: path}})
	if r.People > 0 && problem == nil {
		problem = fault.New(fault.Conflict, "%s", v.Plural(int64(r.People), "%s person has this role. Give them another role first.", "%s people have this role. Give them another role first."))
	}
	if problem != nil {
		return ui.Page(v, title, head, problemNotice(v, problem), ui.Actions(ui.LinkButton(path, v.T("Back to the roles"), "chevron-left"), g.If(r.Kind == "staff", ui.LinkButton(v.Base+"/users?role="+id(r.ID), v.T("Who has it"), "users"))))
	}
	return ui.Page(v, title, head, ui.ConfirmPage(v, v.T("Remove this role?"), v.T("Nobody has it."), path+"/"+id(r.ID)+"/remove", v.T("Remove role"), path))
}
