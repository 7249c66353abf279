package admin

import (
	"net/url"
	"slices"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

type usersList struct {
	Staff   store.Staff
	Query   url.Values
	Filter  store.UserFilter
	Page    store.Page[store.User]
	Roles   []store.Role
	Groups  []store.Group
	Seats   store.Seats
	Columns []string
	Label   string // of the employee number
	Invite  userForm
}

func usersPage(v *ui.View, l usersList) g.Node {
	path, s := v.Base+"/users", l.Staff
	var actions []g.Node
	if s.May(store.UserInvite) {
		actions = append(actions, ui.LinkButton(path+"/file", v.T("Invite from a file"), "file-import"), ui.DialogPrimary(path+"/new", v.T("Invite user"), "user-plus", "invite-user"))
	}
	first, next := ui.Around(path, l.Query, l.Page.Next)
	return ui.Page(v, administrationTitle(v, v.T("Users")), administrationHead(v, s, "/users", actions...), seatsNotice(v, l.Seats),
		ui.List("users", userFilters(v, path, l), userTable(v, path, l), ui.Pager(v, len(l.Page.Rows), total(v, l.Page.Total, l.Page.More), first, next)),
		g.If(s.May(store.UserExport) && len(l.Page.Rows) > 0, h.Div(h.Class("list-foot"), ui.LinkButton(ui.HrefWith(path+"/export", l.Query, "sort", l.Query.Get("sort")), v.T("Export"), "download"))),
		columnsDialog(v, path, l), inviteUserDialog(v, path, l))
}

// seatsNotice says how many people the plan has room for, where it says so.
func seatsNotice(v *ui.View, seats store.Seats) g.Node {
	switch {
	case seats.Most == 0:
		return nil
	case seats.Free():
		return ui.PageLead(v.T("%s of %s users in your plan are used. Portal users are not counted.", v.N(seats.Used), v.N(seats.Most)))
	}
	return ui.Notice("warn", v.T("All %s users of your plan are used (%s). Delete somebody who left, or ask the operator for more. Portal users are not counted.", v.N(seats.Most), v.N(seats.Used)))
}

func inviteUserDialog(v *ui.View, path string, l usersList) g.Node {
	if !l.Staff.May(store.UserInvite) {
		return nil
	}
	return ui.Dialog(v, "invite-user", v.T("Invite user"), path+"/new", userFields(v, l.Invite), ui.CancelButton(v), ui.Primary(v.T("Confirm"), ui.Icon("send")))
}

func userFilters(v *ui.View, path string, l usersList) g.Node {
	roles := []ui.Option{{Value: "", Label: v.T("Any role")}}
	for _, r := range l.Roles {
		roles = append(roles, ui.Option{Value: id(r.ID), Label: builtinOr(v, r)})
	}
	states := []ui.Option{{Value: "", Label: v.T("Any status")}}
	for _, st := range []string{"active", "pending", "disabled"} {
		states = append(states, ui.Option{Value: st, Label: v.T(personStates[st][1])})
	}
	filters := []ui.Filter{{Name: "role", Label: v.T("Role"), Value: l.Query.Get("role"), Options: roles}, {Name: "state", Label: v.T("Status"), Value: l.Query.Get("state"), Options: states}}
	if len(l.Groups) > 0 {
		groups := []ui.Option{{Value: "", Label: v.T("Any group")}}
		for _, u := range l.Groups {
			groups = append(groups, ui.Option{Value: id(u.ID), Label: u.Name})
		}
		filters = append(filters, ui.Filter{Name: "group", Label: v.T("Group"), Value: l.Query.Get("group"), Options: groups})
	}
	return ui.Filters(v, ui.FilterSpec{Action: path, Query: l.Query, Placeholder: v.T("Name, e-mail, user name, number, phone, ID"), Filters: filters, Keep: []string{"sort"},
		Right: []g.Node{ui.DialogLink(path+"/columns", v.T("Columns"), "columns", "columns")}})
}

// builtinOr is a role's name: one's own as it was given.
func builtinOr(v *ui.View, r store.Role) string {
	if r.Builtin == "" {
		return r.Name
	}
	return v.T(r.Name)
}

// userColumnList are the columns there are beside the name, in their order.
var userColumnList = []struct{ key, label string }{{"id", "ID"}, {"username", "User name"}, {"role", "Role"}, {"access", "Fleet access"}, {"phone", "Phone"}, {"employee", ""}, {"login", "Last login"}, {"created", "Created"}, {"updated", "Updated"}, {"state", "Status"}}

func columnsDialog(v *ui.View, path string, l usersList) g.Node {
	return ui.Dialog(v, "columns", v.T("Columns"), path+"/columns", columnBoxes(v, l.Columns, l.Label), ui.CancelButton(v), ui.Primary(v.T("Save")))
}

func columnBoxes(v *ui.View, chosen []string, employee string) g.Node {
	boxes := make([]g.Node, 0, len(userColumnList))
	for _, c := range userColumnList {
		label := v.T(c.label)
		if c.key == "employee" {
			label = employeeWord(v, employee)
		}
		boxes = append(boxes, ui.Checkbox("column", c.key, label, "", slices.Contains(chosen, c.key), false))
	}
	return ui.Checks(ui.Field{Name: "column", Label: v.T("Which columns you want to see"), Hint: v.T("The list remembers it for you, on every device.")}, boxes...)
}

func userColumnsPage(v *ui.View, chosen []string, employee string) g.Node {
	path := v.Base + "/users"
	return ui.Page(v, v.T("Columns"), ui.PageHead(v, v.T("Columns"), []ui.Link{{Label: v.T("Users"), Href: path}}),
		ui.Card("", ui.Form(path+"/columns", columnBoxes(v, chosen, employee), ui.FormActions(ui.Primary(v.T("Save")), ui.LinkButton(path, v.T("Cancel"), "")))))
}

func userTable(v *ui.View, path string, l usersList) g.Node {
	empty := ui.Empty("search", v.T("Nothing matches"), v.T("Nobody fits this search and these filters."), ui.LinkButton(path, v.T("Show all users"), ""))
	return ui.Table(v, ui.TableSpec[store.User]{ID: "users-table", Caption: v.T("Users"), Columns: userColumnsOf(v, path, l), Sort: sortOr(l.Filter.Sort, "name"), Path: path, Query: l.Query, Empty: empty,
		RowClass: func(u store.User) string { return map[string]string{"disabled": "off"}[u.State] }}, l.Page.Rows)
}

func sortOr(sort, otherwise string) string {
	if sort == "" {
		return otherwise
	}
	return sort
}

func userColumnsOf(v *ui.View, path string, l usersList) []ui.Column[store.User] {
	all := map[string]ui.Column[store.User]{
		"id":       {Label: v.T("ID"), Quiet: true, Bytes: func(b []byte, u store.User) []byte { return append(append(b, "U-"...), id(u.ID)...) }},
		"username": {Label: v.T("User name"), Bytes: func(b []byte, u store.User) []byte { return ui.AppendText(b, u.Username) }},
		"role":     {Label: v.T("Role"), Bytes: func(b []byte, u store.User) []byte { return appendRole(v, b, u) }},
		"access":   {Label: v.T("Fleet access"), Bytes: func(b []byte, u store.User) []byte { return appendAccess(v, b, u) }},
		"phone":    {Label: v.T("Phone"), Bytes: func(b []byte, u store.User) []byte { return ui.AppendText(b, u.Phone) }},
		"employee": {Label: employeeWord(v, l.Label), Bytes: func(b []byte, u store.User) []byte { return ui.AppendText(b, u.EmployeeNo) }},
		"login":    {Label: v.T("Last login"), Sort: "login", Bytes: func(b []byte, u store.User) []byte { return ui.AppendText(b, lastLogin(v, u)) }},
		"created":  {Label: v.T("Created"), Sort: "created", Quiet: true, Bytes: func(b []byte, u store.User) []byte { return v.AppendDateTime(b, u.CreatedAt) }},
		"updated":  {Label: v.T("Updated"), Quiet: true, Bytes: func(b []byte, u store.User) []byte { return v.AppendDateTime(b, u.UpdatedAt) }},
		"state": {Label: v.T("Status"), Bytes: func(b []byte, u store.User) []byte {
			return ui.AppendBadge(b, personStates[u.State][0], v.T(personStates[u.State][1]))
		}},
	}
	cols := []ui.Column[store.User]{{Label: v.T("Name"), Sort: "name", Bytes: func(b []byte, u store.User) []byte { return ui.AppendTwo(b, path+"/"+id(u.ID), u.Name, u.Email) }}}
	for _, c := range userColumnList {
		if slices.Contains(l.Columns, c.key) {
			cols = append(cols, all[c.key])
		}
	}
	return cols
}

// lastLogin is when somebody came last; until the account is activated it says
// that, whatever the reason.
func lastLogin(v *ui.View, u store.User) string {
	switch {
	case u.State == "pending":
		return v.T("Activation pending")
	case u.LastLogin.IsZero():
		return v.T("Never")
	}
	return v.DateTime(u.LastLogin)
}

func appendRole(v *ui.View, b []byte, u store.User) []byte {
	name := roleName(v, u.Role, u.RoleName)
	if u.Owner {
		name = v.T("%s (owner)", name)
	}
	return ui.AppendText(b, name)
}

func appendAccess(v *ui.View, b []byte, u store.User) []byte {
	if u.AllGroups {
		return ui.AppendBadge(b, "info", v.T("ALL groups"))
	}
	return ui.AppendText(b, v.T("Selected groups"))
}
