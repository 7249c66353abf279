package portal

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func itoa[T ~int64](n T) string { return strconv.FormatInt(int64(n), 10) }

type colleagueList struct {
	Client  store.Client
	Query   url.Values
	Filter  store.ColleagueFilter
	Page    store.Page[store.Colleague]
	Choices store.ManagerChoices
}

// colleagueStates are the states of an account, with the kind of badge.
var colleagueStates = map[string][2]string{"pending": {"warn", "Activation pending"}, "active": {"ok", "Active"}, "disabled": {"crit", "Disabled"}}

func colleaguesPage(v *ui.View, l colleagueList) g.Node {
	path := v.Base + "/administration"
	first, next := ui.Around(path, l.Query, l.Page.Next)
	count := v.N(int64(l.Page.Total))
	if l.Page.More {
		count += "+"
	}
	empty := ui.Empty("search", v.T("Nothing matches"), v.T("No colleague fits this search and these filters."), ui.LinkButton(path, v.T("Show all colleagues"), ""))
	return ui.Page(v, v.T("Administration"), ui.PageHead(v, v.T("Administration"), nil, ui.PrimaryLink(path+"/invite", v.T("Invite user"), "user-plus")),
		ui.PageLead(v.T("The people of %s in this portal: who may sign in, what they see, and who was here.", l.Client.Window().CustomerName)),
		ui.List("colleagues", ui.Filters(v, colleagueFilters(v, path, l)), colleagueTable(v, path, l, empty), ui.Pager(v, len(l.Page.Rows), count, first, next)))
}

func colleagueFilters(v *ui.View, path string, l colleagueList) ui.FilterSpec {
	f := ui.FilterSpec{Action: path, Query: l.Query, Placeholder: v.T("Name or e-mail"), Keep: []string{"sort"}, Filters: []ui.Filter{
		{Name: "state", Label: v.T("State"), Value: l.Query.Get("state"), Options: []ui.Option{{Value: "", Label: v.T("Any state")}, {Value: "active", Label: v.T("Active")},
			{Value: "pending", Label: v.T("Activation pending")}, {Value: "disabled", Label: v.T("Disabled")}}}}}
	if len(l.Choices.Groups) > 0 {
		groups := []ui.Option{{Value: "", Label: v.T("Any group")}}
		for _, u := range l.Choices.Groups {
			groups = append(groups, ui.Option{Value: itoa(u.ID), Label: u.Name})
		}
		f.Filters = append(f.Filters, ui.Filter{Name: "group", Label: v.T("Group"), Value: l.Query.Get("group"), Options: groups})
	}
	return f
}

func colleagueTable(v *ui.View, path string, l colleagueList, empty g.Node) g.Node {
	sort := l.Filter.Sort
	if sort == "" {
		sort = "name"
	}
	return ui.Table(v, ui.TableSpec[store.Colleague]{ID: "colleague-table", Caption: v.T("Users"), Path: path, Query: l.Query, Sort: sort, Empty: empty, Columns: []ui.Column[store.Colleague]{
		{Label: v.T("Name"), Sort: "name", Bytes: func(b []byte, m store.Colleague) []byte {
			return ui.AppendTwo(b, path+"/"+itoa(m.ID), m.Name, m.Email)
		}},
		{Label: v.T("Roles"), Wide: true, Bytes: func(b []byte, m store.Colleague) []byte { return ui.AppendText(b, roleNames(v, m.Roles)) }},
		{Label: v.T("Groups"), Wide: true, Bytes: func(b []byte, m store.Colleague) []byte { return ui.AppendText(b, groupNames(v, m.Sight)) }},
		{Label: v.T("State"), Bytes: func(b []byte, m store.Colleague) []byte {
			state := colleagueStates[m.Status()]
			return ui.AppendBadge(b, state[0], v.T(state[1]))
		}},
		{Label: v.T("Last login"), Sort: "login", Cell: func(m store.Colleague) g.Node {
			return g.Group{g.Text(lastLogin(v, m)), g.Iff(m.Sessions > 0, func() g.Node {
				return h.Small(g.Text(v.Plural(m.Sessions, "Signed in: %s session", "Signed in: %s sessions")))
			})}
		}},
	}, RowClass: func(m store.Colleague) string {
		if m.Status() == "disabled" {
			return "off"
		}
		return ""
	}}, l.Page.Rows)
}

// lastLogin is when somebody was here last, in the words of row 82.
func lastLogin(v *ui.View, m store.Colleague) string {
	switch {
	case m.Status() == "pending":
		return v.T("Activation pending")
	case m.LastLogin.IsZero():
		return v.T("Never")
	}
	return v.DateTime(m.LastLogin)
}

func roleTitle(v *ui.View, o store.Role) string {
	if o.Builtin != "" {
		return v.T(o.Name)
	}
	return o.Name
}

func roleNames(v *ui.View, roles []store.Role) string {
	names := make([]string, len(roles))
	for i, o := range roles {
		names[i] = roleTitle(v, o)
	}
	if len(names) == 0 {
		return v.T("No role yet")
	}
	return strings.Join(names, ", ")
}

func groupNames(v *ui.View, s store.Sight) string {
	if s.All {
		return v.T("ALL groups")
	}
	names := make([]string, len(s.Groups))
	for i, u := range s.Groups {
		names[i] = u.Name
	}
	if len(names) == 0 {
		return v.T("None")
	}
	return strings.Join(names, ", ")
}

type colleagueForm struct {
	Colleague *store.Colleague // nil: somebody to be invited
	Email     string
	Edit      store.ColleagueEdit
	Choices   store.ManagerChoices
	Customer  string
	Own       bool // it is the person's own membership
	Problem   error
}

func administrationCrumbs(v *ui.View) []ui.Link {
	return []ui.Link{{Label: v.T("Administration"), Href: v.Base + "/administration"}}
}

func colleaguePage(v *ui.View, f colleagueForm) g.Node {
	path, title, action, label := v.Base+"/administration", v.T("Invite user"), v.Base+"/administration/invite", v.T("Send invitation")
	var facts, side g.Node
	if m := f.Colleague; m != nil {
		title, action, label = m.Name, path+"/"+itoa(m.ID), v.T("Save")
		facts = h.Div(h.Class("facts"), ui.Badge(colleagueStates[m.Status()][0], v.T(colleagueStates[m.Status()][1])), h.Span(g.Text(m.Email)))
		side = ui.Col(4, colleagueAccount(v, path+"/"+itoa(m.ID), f))
	}
	bad := fault.Fields(f.Problem)
	var notice g.Node
	switch {
	case f.Problem != nil && len(bad) > 0:
		notice = ui.ErrorSummary(v, bad, "name", "email", "title", "phone", "roles", "groups", "sees")
	case f.Problem != nil:
		notice = ui.Notice("error", fault.Says(f.Problem))
	}
	form := ui.Card("", ui.Form(action, colleagueFields(v, f, bad), colleagueAccess(v, f, bad), ui.FormActions(ui.Primary(label), ui.LinkButton(path, v.T("Cancel"), ""))))
	return ui.Page(v, title, ui.PageHead(v, title, administrationCrumbs(v)), facts, notice, ui.Grid(ui.Col(8, form), side))
}

func colleagueFields(v *ui.View, f colleagueForm, bad map[string]string) g.Node {
	e := f.Edit
	email := ui.Input(ui.Field{Name: "email", Label: v.T("E-mail"), Type: "email", Value: f.Email, Required: true, Max: 254, Error: bad["email"], Autocomplete: "off", Hint: v.T("The invitation goes there, and they sign in with it.")})
	if f.Colleague != nil {
		email = ui.Input(ui.Field{Name: "email", Label: v.T("E-mail"), Value: f.Email, ReadOnly: true, Hint: v.T("They can change it in their own profile.")})
	}
	return ui.Fieldset(v.T("Person"), "",
		ui.Two(ui.Input(ui.Field{Name: "name", Label: v.T("Full name"), Value: e.Name, Required: true, Max: 200, Error: bad["name"], Autocomplete: "off", Autofocus: f.Colleague == nil && f.Problem == nil}), email),
		ui.Two(ui.Input(ui.Field{Name: "title", Label: v.T("Title"), Value: e.Title, Max: 100, Error: bad["title"], Autocomplete: "off"}),
			ui.Input(ui.Field{Name: "phone", Label: v.T("Phone"), Type: "tel", Value: e.Phone, Max: 60, Error: bad["phone"], Autocomplete: "off"})))
}

// colleagueAccess asks what somebody is in the portal: nothing above what the
// portal admin is itself is offered.
func colleagueAccess(v *ui.View, f colleagueForm, bad map[string]string) g.Node {
	e := f.Edit
	var roles []g.Node
	for _, o := range f.Choices.Roles {
		on := slices.Contains(e.Roles, o.ID) || e.Builtin != "" && o.Builtin == e.Builtin
		about := o.About
		if o.Builtin != "" {
			about = v.T(o.About)
		}
		roles = append(roles, ui.Checkbox("role", itoa(o.ID), roleTitle(v, o), about, on, false))
	}
	return ui.Fieldset(v.T("In this portal"), "",
		ui.Checks(ui.Field{Name: "roles", Label: v.T("Roles"), Error: bad["roles"], Hint: v.T("Several roles add up. Without any, the person can sign in and sees nothing yet.")}, roles...),
		colleagueGroups(v, f, bad),
		ui.Radios(ui.Field{Name: "sees", Label: v.T("Sees records of"), Value: e.Sees, Error: bad["sees"]}, []ui.Option{
			{Value: store.SeesCustomer, Label: v.T("The whole company"), Hint: v.T("Within the groups above.")},
			{Value: store.SeesGroups, Label: v.T("Own groups"), Hint: v.T("What belongs to a group they are in.")},
			{Value: store.SeesOwn, Label: v.T("Own only"), Hint: v.T("What they reported or asked for themselves.")}}))
}

func colleagueGroups(v *ui.View, f colleagueForm, bad map[string]string) g.Node {
	e := f.Edit
	if len(f.Choices.Groups) == 0 {
		return ui.HiddenFields("groups_of", "all")
	}
	of := "all"
	if !e.All {
		of = "some"
	}
	var boxes []g.Node
	for _, u := range f.Choices.Groups {
		boxes = append(boxes, ui.Checkbox("group", itoa(u.ID), u.Name, "", slices.Contains(e.Groups, u.ID), false))
	}
	some := ui.Checks(ui.Field{Name: "groups", Label: v.T("Groups"), Error: bad["groups"]}, boxes...)
	if !f.Choices.All {
		return g.Group{ui.HiddenFields("groups_of", "some"), some}
	}
	return g.Group{ui.Radios(ui.Field{Name: "groups_of", Label: v.T("Sees"), Value: of}, []ui.Option{
		{Value: "all", Label: v.T("All of %s", f.Customer), Hint: v.T("Every group, and what is in none.")}, {Value: "some", Label: v.T("Only these groups:")}}), some}
}

// colleagueAccount is what can be done about a colleague's way in.
func colleagueAccount(v *ui.View, at string, f colleagueForm) g.Node {
	m := f.Colleague
	login := v.DateTime(m.LastLogin)
	if m.Status() == "pending" {
		login = v.T("Activation pending")
	}
	rows := []ui.Pair{ui.Row(v.T("Last login"), login), ui.Row(v.T("Signed in"), v.Plural(m.Sessions, "%s session", "%s sessions")), ui.Row(v.T("Member since"), v.Date(m.CreatedAt))}
	if state := letterStates[m.Letter]; state[1] != "" {
		rows = append(rows, ui.Pair{Label: v.T("Last letter"), Value: g.Group{ui.Badge(state[0], v.T(state[1])), h.Div(ui.Muted(v.DateTime(m.LetterAt)))}})
	}
	if f.Own {
		return ui.Card(v.T("Sign-in"), ui.DL(rows...), h.P(ui.Muted(v.T("This is you. Another portal admin can disable or delete your account."))))
	}
	var actions []g.Node
	switch m.Status() {
	case "pending":
		actions = append(actions, ui.PostButton(at+"/link", v.T("Resend activation email"), "send"))
	case "active":
		actions = append(actions, ui.PostButton(at+"/link", v.T("Request password reset"), "send"))
	}
	if m.Sessions > 0 {
		actions = append(actions, ui.PostButton(at+"/sessions/end", v.T("End all sessions"), "logout"))
	}
	switch {
	case m.State == "disabled":
		actions = append(actions, ui.PostPrimary(at+"/state", v.T("Enable account"), "player-play", "disabled", ""))
	case m.Account == "disabled":
		rows = append(rows, ui.Row(v.T("Disabled by"), v.T("Your provider")))
	default:
		actions = append(actions, ui.PostButton(at+"/state", v.T("Disable account"), "ban", "disabled", "yes"))
	}
	actions = append(actions, ui.LinkButton(at+"/delete", v.T("Delete user"), "trash"))
	return ui.Card(v.T("Sign-in"), ui.DL(rows...), ui.Actions(actions...))
}

// letterStates are the states of a letter, as far as a portal admin needs them.
var letterStates = map[string][2]string{"queued": {"info", "On its way"}, "sending": {"info", "On its way"}, "sent": {"ok", "Sent"}, "deferred": {"warn", "Not delivered yet"},
	"failed": {"crit", "Could not be delivered"}, "held": {"warn", "Waits: mail is switched off"}}

func deleteColleaguePage(v *ui.View, m store.Colleague, typed string, problem error) g.Node {
	at, title := v.Base+"/administration/"+itoa(m.ID), v.T("Delete %s", m.Name)
	return ui.Page(v, title, ui.PageHead(v, title, append(administrationCrumbs(v), ui.Link{Label: m.Name, Href: at})),
		g.If(problem != nil && len(fault.Fields(problem)) == 0, ui.Notice("error", fault.Says(problem))),
		ui.Card(v.T("What happens then"), h.Ul(h.Class("prose"), h.Li(g.Text(v.T("They can no longer enter this portal: sessions and links end at once."))),
			h.Li(g.Text(v.T("What they reported and wrote stays, and keeps their name."))),
			h.Li(g.Text(v.T("To switch access off for a while, disable the account instead.")))),
			ui.Form(at+"/delete", ui.Two(ui.Input(ui.Field{Name: "confirm_email", Label: v.T("Type the e-mail address to confirm: %s", m.Email), Value: typed, Required: true, Autocomplete: "off", Error: fault.Fields(problem)["confirm_email"],
				Attrs: []g.Node{h.Data("match", m.Email)}})),
				ui.FormActions(ui.Danger(v.T("Delete user")), ui.LinkButton(at, v.T("Keep"), "")))))
}

// manageButton leads a portal admin from the first page to its colleagues.
func manageButton(v *ui.View, c store.Client) g.Node {
	if !c.Manages() || len(v.Nav) > 0 {
		return nil
	}
	return ui.LinkButton(v.Base+"/administration", v.T("Administration"), "users")
}
