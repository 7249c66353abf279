package admin

import (
	"net/url"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func groupsPage(v *ui.View, s store.Staff, q url.Values, l store.Page[store.Group]) g.Node {
	path := v.Base + "/groups"
	var actions []g.Node
	empty := ui.Empty("users-group", v.T("No groups yet"), v.T("Groups divide your fleet and your people: a branch, a region, a customer's business unit. Who is limited to groups sees only what is in them."))
	if s.May(store.GroupAdd) {
		actions = append(actions, ui.PrimaryLink(path+"/new", v.T("Add group"), "plus"))
		empty = ui.Empty("users-group", v.T("No groups yet"), v.T("Groups divide your fleet and your people: a branch, a region, a customer's business unit. Who is limited to groups sees only what is in them."),
			ui.PrimaryLink(path+"/new", v.T("Add group"), "plus"))
	}
	if q.Get("q") != "" {
		empty = ui.Empty("search", v.T("Nothing matches"), v.T("No group fits this search."), ui.LinkButton(path, v.T("Show all groups"), ""))
	}
	first, next := ui.Around(path, q, l.Next)
	return ui.Page(v, administrationTitle(v, v.T("Groups")), administrationHead(v, s, "/groups", actions...),
		ui.List("groups", ui.Filters(v, ui.FilterSpec{Action: path, Query: q, Placeholder: v.T("Group, code or customer")}),
			ui.Table(v, ui.TableSpec[store.Group]{ID: "group-table", Caption: v.T("Groups"), Columns: groupColumns(v, s, true), RowActions: groupMenu(v, s), Empty: empty}, l.Rows),
			ui.Pager(v, len(l.Rows), total(v, l.Total, l.More), first, next)))
}

// groupColumns are a table of groups; with customers it says whose each is.
func groupColumns(v *ui.View, s store.Staff, customers bool) []ui.Column[store.Group] {
	cols := []ui.Column[store.Group]{{Label: v.T("Group"), Bytes: func(b []byte, u store.Group) []byte { return ui.AppendTwo(b, "", u.Name, u.Code) }}}
	if customers {
		cols = append(cols, ui.Column[store.Group]{Label: v.T("Customer"), Wide: true, Bytes: func(b []byte, u store.Group) []byte {
			if u.Customer == 0 || u.CustomerName == "" {
				return ui.AppendText(b, "")
			}
			return ui.AppendLink(b, v.Base+"/customers/"+id(u.Customer), u.CustomerName)
		}})
	}
	return append(cols,
		ui.Column[store.Group]{Label: v.T("Assets"), Align: "end", Bytes: func(b []byte, u store.Group) []byte {
			if u.Assets == 0 {
				return v.AppendN(b, 0)
			}
			return ui.AppendLink(b, v.Base+"/assets?group="+id(u.ID), string(appendCapped(v, nil, u.Assets)))
		}},
		ui.Column[store.Group]{Label: v.T("Jobs"), Align: "end", Bytes: func(b []byte, u store.Group) []byte {
			if u.Jobs == 0 {
				return v.AppendN(b, 0)
			}
			return ui.AppendLink(b, v.Base+"/jobs/list?group="+id(u.ID), string(appendCapped(v, nil, u.Jobs)))
		}},
		ui.Column[store.Group]{Label: v.T("Your people"), Align: "end", Bytes: func(b []byte, u store.Group) []byte { return appendCapped(v, b, u.Staff) }},
		ui.Column[store.Group]{Label: v.T("Portal users"), Align: "end", Bytes: func(b []byte, u store.Group) []byte { return appendCapped(v, b, u.Members) }})
}

// appendCapped shows a count that stops above a thousand.
func appendCapped(v *ui.View, b []byte, n int64) []byte {
	if n > 1000 {
		return append(v.AppendN(b, 1000), '+')
	}
	return v.AppendN(b, n)
}

func groupMenu(v *ui.View, s store.Staff) func(store.Group) g.Node {
	if !s.May(store.GroupChange) {
		return nil
	}
	return func(u store.Group) g.Node {
		at := v.Base + "/groups/" + id(u.ID)
		return ui.RowMenu(v.T("Actions for %s", u.Name), ui.MenuLink(at+"/edit", v.T("Edit"), "pencil"), ui.MenuLink(at+"/remove", v.T("Remove"), "trash"))
	}
}

type groupForm struct {
	Group     *store.Group // nil: a new one
	Edit      store.GroupEdit
	Customers []store.Customer
	Many      bool // more customers than the list holds
	Listed    bool // the group's customer is among them
	Problem   error
}

func groupPage(v *ui.View, f groupForm) g.Node {
	title, action, label := v.T("Add group"), v.Base+"/groups/new", v.T("Add group")
	if f.Group != nil {
		title, action, label = v.T("Edit %s", f.Group.Name), v.Base+"/groups/"+id(f.Group.ID)+"/edit", v.T("Save")
	}
	e, bad := f.Edit, fault.Fields(f.Problem)
	hint := v.T("A customer's groups appear in its portal, and its people can be limited to some of them.")
	if f.Many {
		hint = v.T("To give a customer a group, open the customer and add it there.")
	}
	options := []ui.Option{{Value: "0", Label: v.T("None: a group of your own")}}
	for _, c := range f.Customers {
		options = append(options, ui.Option{Value: id(c.ID), Label: c.Name})
	}
	return ui.Page(v, title, ui.PageHead(v, title, []ui.Link{{Label: v.T("Groups"), Href: v.Base + "/groups"}}), problemNotice(v, f.Problem),
		ui.Card("", ui.Form(action,
			ui.Two(ui.Input(ui.Field{Name: "name", Label: v.T("Name"), Value: e.Name, Required: true, Max: 100, Error: bad["name"], Autocomplete: "off", Hint: v.T("No two groups have the same name, whatever the case and spaces.")}),
				ui.Input(ui.Field{Name: "code", Label: v.T("Code"), Value: e.Code, Max: 50, Error: bad["code"], Autocomplete: "off", Hint: v.T("A short form of your own, such as N1.")})),
			ui.Two(ui.Select(ui.Field{Name: "customer", Label: v.T("Customer"), Value: id(e.Customer), Error: bad["customer"], Hint: hint}, options)),
			ui.FormActions(ui.Primary(label), ui.LinkButton(v.Base+"/groups", v.T("Cancel"), "")))))
}

type removeGroup struct {
	Group   store.Group
	Choices []store.Group
	Into    store.GroupID
	Problem error
}

func removeGroupPage(v *ui.View, f removeGroup) g.Node {
	u, title := f.Group, v.T("Remove %s", f.Group.Name)
	action, back := v.Base+"/groups/"+id(u.ID)+"/remove", v.Base+"/groups"
	page := func(body g.Node) g.Node {
		return ui.Page(v, title, ui.PageHead(v, title, []ui.Link{{Label: v.T("Groups"), Href: back}}), problemNotice(v, f.Problem), body)
	}
	if !u.Used() {
		return page(ui.ConfirmPage(v, v.T("Remove this group?"), v.T("Nothing is in it, and nobody is limited to it."), action, v.T("Remove group"), back))
	}
	options := []ui.Option{{Value: "0", Label: v.T("Choose a group")}}
	for _, c := range f.Choices {
		if c.ID != u.ID && (u.Members == 0 || c.Customer == u.Customer) {
			options = append(options, ui.Option{Value: id(c.ID), Label: c.Name})
		}
	}
	return page(ui.Card(v.T("This group is in use"), h.P(g.Text(v.T("In it: %s. Removing the group moves all of it to another one.", inGroup(v, u)))),
		ui.Form(action, ui.Two(ui.Select(ui.Field{Name: "into", Label: v.T("Move everything to"), Required: true, Value: id(f.Into), Error: fault.Fields(f.Problem)["into"]}, options)),
			ui.FormActions(ui.Danger(v.T("Move and remove")), ui.LinkButton(back, v.T("Cancel"), "")))))
}

func inGroup(v *ui.View, u store.Group) string {
	out := ""
	for _, part := range []struct {
		n         int64
		one, many string
	}{{u.Assets, "%s asset", "%s assets"}, {u.Jobs, "%s job", "%s jobs"}, {u.Vehicles, "%s vehicle", "%s vehicles"}, {u.Staff, "%s of your people", "%s of your people"}, {u.Members, "%s portal user", "%s portal users"}} {
		if part.n == 0 {
			continue
		}
		if out != "" {
			out += ", "
		}
		if part.n > 1000 {
			out += v.T("more than ")
			part.n = 1000
		}
		out += v.Plural(part.n, part.one, part.many)
	}
	return out
}
