package admin

import (
	"slices"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// userForm is the form of one of the provider's people: to invite one, or to
// edit one.
type userForm struct {
	Staff    store.Staff
	User     *store.User // nil: a new one
	Once     string
	Version  int64
	Email    string
	Username string
	Access   string // all, groups, none
	Edit     store.UserEdit
	Roles    []store.Role
	Groups   []store.Group
	Seats    store.Seats
	Label    string // of the employee number
	Problem  error
}

func newUserPage(v *ui.View, f userForm) g.Node {
	path := v.Base + "/users"
	return ui.Page(v, v.T("Invite user"), ui.PageHead(v, v.T("Invite user"), []ui.Link{{Label: v.T("Users"), Href: path}}), problemNotice(v, f.Problem), seatsNotice(v, f.Seats),
		ui.Card("", ui.Form(path+"/new", userFields(v, f), ui.FormActions(ui.Primary(v.T("Confirm"), ui.Icon("send")), ui.LinkButton(path, v.T("Cancel"), "")))))
}

// userFields are the questions of the form. Nothing is sent before Confirm.
func userFields(v *ui.View, f userForm) g.Node {
	bad, e := fault.Fields(f.Problem), f.Edit
	email := ui.Input(ui.Field{Name: "email", Type: "email", Label: v.T("E-mail"), Value: f.Email, Required: true, Max: 254, Error: bad["email"], Autocomplete: "off", Hint: v.T("The activation e-mail goes there once you confirm. Only the person itself chooses the password.")})
	if f.User != nil {
		email = ui.Input(ui.Field{Name: "email", Type: "email", Label: v.T("E-mail"), Value: f.User.Email, ReadOnly: true, Hint: v.T("It is changed in a step of its own, with a code to the new address.")})
	}
	return ui.Stack(ui.HiddenFields("once", f.Once, "version", id(f.Version)),
		ui.Two(ui.Input(ui.Field{Name: "name", Label: v.T("Name"), Value: e.Name, Required: true, Max: 200, Error: bad["name"], Autocomplete: "off"}), email),
		ui.Two(ui.Input(ui.Field{Name: "employee_no", Label: employeeWord(v, f.Label), Value: e.EmployeeNo, Max: 60, Error: bad["employee_no"], Autocomplete: "off"}),
			ui.Input(ui.Field{Name: "phone", Type: "tel", Label: v.T("Phone"), Value: e.Phone, Max: 60, Error: bad["phone"], Autocomplete: "off", Hint: v.T("With the country's code, such as +44, it works everywhere.")})),
		roleField(v, f, bad), accessField(v, f, bad), rightsField(v, f, bad))
}

// roleField offers the roles with what each is for; one above one's own cannot
// be given, and says so.
func roleField(v *ui.View, f userForm, bad map[string]string) g.Node {
	var options []ui.Option
	for _, r := range f.Roles {
		o := ui.Option{Value: id(r.ID), Label: builtinOr(v, r), Hint: r.About}
		if r.Builtin != "" {
			o.Hint = v.T(r.About)
		}
		if !f.Staff.Covers(r) {
			if f.User == nil || f.User.RoleID != r.ID {
				continue
			}
			o.Disabled = true
		}
		options = append(options, o)
	}
	return g.Group{ui.Radios(ui.Field{Name: "role", Label: v.T("Role"), Value: id(f.Edit.Role), Required: true, Error: bad["role"]}, options),
		h.P(h.Class("hint"), ui.TextLink(v.Base+"/roles/reference", v.T("What each role may do")))}
}

func accessField(v *ui.View, f userForm, bad map[string]string) g.Node {
	options := []ui.Option{{Value: "all", Label: v.T("Entire fleet"), Hint: v.T("ALL groups, and what is in no group.")},
		{Value: "groups", Label: v.T("Selected groups"), Hint: v.T("Only what is in the groups ticked below. With none ticked it is ALL groups.")},
		{Value: "none", Label: v.T("No access"), Hint: v.T("No customers and no assets, until somebody gives a group.")}}
	if len(f.Groups) == 0 {
		options[1].Disabled, options[1].Hint = true, v.T("There are no groups yet. Groups are made in the tab Groups.")
	}
	boxes := make([]g.Node, 0, len(f.Groups))
	for _, u := range f.Groups {
		boxes = append(boxes, ui.Checkbox("groups", id(u.ID), u.Name, "", slices.Contains(f.Edit.Groups, u.ID), false))
	}
	return h.Div(h.Class("access"), ui.Radios(ui.Field{Name: "access", ID: "f-groups", Label: v.T("Fleet access"), Value: f.Access, Error: bad["groups"], Hint: v.T("Single assets cannot be given to a person: put them into a group.")}, options),
		g.If(len(boxes) > 0, h.Div(h.Class("access-groups"), ui.Checks(ui.Field{Name: "group-list", Label: v.T("Groups")}, boxes...))))
}

func rightsField(v *ui.View, f userForm, bad map[string]string) g.Node {
	var boxes []g.Node
	for _, i := range store.Rights() {
		boxes = append(boxes, ui.Switch("rights", string(i.Right), v.T(i.Label), v.T(i.About), slices.Contains(f.Edit.Rights, i.Right), false))
	}
	return ui.Checks(ui.Field{Name: "rights", Label: v.T("Rights beyond the role"), Error: bad["rights"], Hint: v.T("Some add to the role, some take away. An admin has none of them: an admin may do everything.")}, boxes...)
}
