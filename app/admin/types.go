package admin

import (
	"net/http"

	"github.com/gorilla/mux"
	g "maragu.dev/gomponents"

	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (a *Admin) typeRoutes(r *mux.Router) {
	r.Handle("/settings/types", a.staff(a.listTypes)).Methods("GET", "HEAD").Name("admin.types")
	r.Handle("/settings/types", a.staff(a.addType)).Methods("POST").Name("admin.types.add")
	r.Handle("/settings/types/{type}", a.staff(a.editType)).Methods("GET", "HEAD").Name("admin.type")
	r.Handle("/settings/types/{type}", a.staff(a.saveType)).Methods("POST").Name("admin.type.save")
	r.Handle("/settings/types/{type}/remove", a.staff(a.removeType)).Methods("POST").Name("admin.type.remove")
}

func (a *Admin) listTypes(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	return a.types(w, r, s, http.StatusOK, "", nil)
}

func (a *Admin) types(w http.ResponseWriter, r *http.Request, s store.Staff, status int, typed string, problem error) error {
	if err := s.Can(store.CustomerTypeAdd); err != nil {
		return err
	}
	all, err := s.CustomerTypeUse(r.Context())
	if err != nil {
		return err
	}
	return web.Page(w, r, status, typesPage(a.view(w, r, s), s, all, typed, problem))
}

func (a *Admin) addType(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	typed := web.Str(r, "name")
	_, err := s.AddCustomerType(r.Context(), typed)
	if isForm(err) {
		return a.types(w, r, s, http.StatusUnprocessableEntity, typed, err)
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/settings/types", "Type added.")
}

func (a *Admin) theType(r *http.Request, s store.Staff) (store.CustomerType, error) {
	want, err := web.ID[store.TypeID](r, "type")
	if err != nil {
		return store.CustomerType{}, err
	}
	all, err := s.CustomerTypes(r.Context())
	if err != nil {
		return store.CustomerType{}, err
	}
	for _, t := range all {
		if t.ID == want {
			return t, nil
		}
	}
	return store.CustomerType{}, fault.New(fault.NotFound, "There is no such type here.")
}

func (a *Admin) editType(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	t, err := a.theType(r, s)
	if err != nil {
		return err
	}
	if err := s.Can(store.CustomerTypeRename); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, typePage(a.view(w, r, s), t, t.Name, nil))
}

func (a *Admin) saveType(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	t, err := a.theType(r, s)
	if err != nil {
		return err
	}
	typed := web.Str(r, "name")
	err = s.RenameCustomerType(r.Context(), t.ID, typed)
	if isForm(err) {
		return web.Page(w, r, http.StatusUnprocessableEntity, typePage(a.view(w, r, s), t, typed, err))
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/settings/types", "Saved.")
}

func (a *Admin) removeType(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	t, err := a.theType(r, s)
	if err != nil {
		return err
	}
	err = s.RemoveCustomerType(r.Context(), t.ID)
	if isForm(err) {
		return a.types(w, r, s, http.StatusUnprocessableEntity, "", fault.New(fault.Invalid, "%s", fault.Says(err)))
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/settings/types", "Type removed.")
}

func typesPage(v *ui.View, s store.Staff, all []store.TypeUse, typed string, problem error) g.Node {
	path, title := v.Base+"/settings/types", v.T("Customer types")
	return settingsFrame(v, s, "/types", title, nil, problem,
		ui.Grid(ui.Col(8, ui.CardWith(ui.CardSpec{Title: title, Note: v.T("What your customers are to you. A type that some customer has cannot be removed."), Flush: true},
			ui.Table(v, ui.TableSpec[store.TypeUse]{ID: "types", Caption: v.T("Types and their customers"), Columns: []ui.Column[store.TypeUse]{
				{Label: v.T("Type"), Bytes: func(b []byte, t store.TypeUse) []byte { return ui.AppendTwo(b, "", t.Name, typeSub(v, t)) }},
				{Label: v.T("Customers"), Align: "end", Bytes: func(b []byte, t store.TypeUse) []byte { return appendCapped(v, b, t.Customers) }},
			}, RowActions: func(t store.TypeUse) g.Node { return typeMenu(v, path, t) }}, all))),
			ui.Col(4, ui.Card(v.T("Add a type"), ui.Form(path,
				ui.Input(ui.Field{Name: "name", Label: v.T("Name"), Value: typed, Required: true, Max: 100, Error: fault.Fields(problem)["name"], Autocomplete: "off"}),
				ui.FormActions(ui.Primary(v.T("Add type"))))))))
}

func typeSub(v *ui.View, t store.TypeUse) string {
	if t.Name == store.DefaultType {
		return v.T("Where nobody chose a type")
	}
	return ""
}

func typeMenu(v *ui.View, path string, t store.TypeUse) g.Node {
	if t.Name == store.DefaultType {
		return nil
	}
	items := []g.Node{ui.MenuLink(path+"/"+id(t.ID), v.T("Rename"), "pencil")}
	if t.Customers == 0 {
		items = append(items, ui.PostDanger(path+"/"+id(t.ID)+"/remove", v.T("Remove"), "trash"))
	} else {
		items = append(items, ui.MenuLink(v.Base+"/customers?type="+id(t.ID), v.T("Show customers"), "building"))
	}
	return ui.RowMenu(v.T("Actions for %s", t.Name), items...)
}

func typePage(v *ui.View, t store.CustomerType, typed string, problem error) g.Node {
	path, title := v.Base+"/settings/types", v.T("Rename %s", t.Name)
	return ui.Page(v, title, ui.PageHead(v, title, []ui.Link{{Label: v.T("Settings"), Href: v.Base + "/settings"}, {Label: v.T("Customer types"), Href: path}}), problemNotice(v, problem),
		ui.Card("", ui.Form(path+"/"+id(t.ID), ui.Two(ui.Input(ui.Field{Name: "name", Label: v.T("Name"), Value: typed, Required: true, Max: 100, Error: fault.Fields(problem)["name"], Autocomplete: "off"})),
			ui.FormActions(ui.Primary(v.T("Save")), ui.LinkButton(path, v.T("Cancel"), "")))))
}
