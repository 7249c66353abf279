package admin

import (
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/web"
	"gatehouse/store"
)

func (a *Admin) roleRoutes(r *mux.Router) {
	r.Handle("/roles", a.staff(a.listRoles)).Methods("GET", "HEAD").Name("admin.roles")
	r.Handle("/roles/reference", a.staff(a.roleReference)).Methods("GET", "HEAD").Name("admin.roles.reference")
	r.Handle("/roles/new", a.staff(a.newRole)).Methods("GET", "HEAD").Name("admin.roles.new")
	r.Handle("/roles/new", a.staff(a.addRole)).Methods("POST").Name("admin.roles.add")
	r.Handle("/roles/{role}", a.staff(a.showRole)).Methods("GET", "HEAD").Name("admin.role")
	r.Handle("/roles/{role}", a.staff(a.saveRole)).Methods("POST").Name("admin.role.save")
	r.Handle("/roles/{role}/remove", a.staff(a.askRemoveRole)).Methods("GET", "HEAD").Name("admin.role.remove.ask")
	r.Handle("/roles/{role}/remove", a.staff(a.removeRole)).Methods("POST").Name("admin.role.remove")
}

func (a *Admin) listRoles(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	staff, err := s.Roles(r.Context(), "staff")
	if err != nil {
		return err
	}
	clients, err := s.Roles(r.Context(), "client")
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, rolesPage(a.view(w, r, s), s, staff, clients))
}

func (a *Admin) roleReference(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	all, err := s.Roles(r.Context(), "staff")
	if err != nil {
		return err
	}
	clients, err := s.Roles(r.Context(), "client")
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, roleReferencePage(a.view(w, r, s), s, all, clients))
}

func (a *Admin) newRole(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.RoleAdd); err != nil {
		return err
	}
	kind := "staff"
	if r.URL.Query().Get("kind") == "client" {
		kind = "client"
	}
	return web.Page(w, r, http.StatusOK, rolePage(a.view(w, r, s), roleForm{Staff: s, Edit: store.RoleEdit{Kind: kind}}))
}

func decodeRole(r *http.Request) (f roleForm) {
	f.Version = web.Int[int64](r, "version")
	f.Edit = store.RoleEdit{Kind: web.Str(r, "kind"), Name: web.Str(r, "name"), About: web.Str(r, "about")}
	for _, v := range r.PostForm["verbs"] {
		f.Edit.Verbs = append(f.Edit.Verbs, store.Verb(v))
	}
	for _, v := range r.PostForm["features"] {
		f.Edit.Features = append(f.Edit.Features, store.Feature(v))
	}
	return f
}

func (a *Admin) addRole(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	f := decodeRole(r)
	_, err := s.AddRole(r.Context(), f.Edit)
	return a.roleSaved(w, r, s, f, err, "Role added.")
}

func (a *Admin) roleSaved(w http.ResponseWriter, r *http.Request, s store.Staff, f roleForm, err error, says string) error {
	if isForm(err) {
		f.Staff, f.Problem = s, err
		return web.Page(w, r, http.StatusUnprocessableEntity, rolePage(a.view(w, r, s), f))
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/roles", says)
}

func (a *Admin) role(r *http.Request, s store.Staff) (store.Role, error) {
	id, err := web.ID[store.RoleID](r, "role")
	if err != nil {
		return store.Role{}, err
	}
	return s.Role(r.Context(), id)
}

// showRole opens an own role to be changed; a built-in one, or one above one's
// own, only shows what it is.
func (a *Admin) showRole(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	o, err := a.role(r, s)
	if err != nil {
		return err
	}
	f := roleForm{Staff: s, Role: &o, Version: o.Version, Edit: store.RoleEdit{Kind: o.Kind, Name: o.Name, About: o.About, Verbs: o.Verbs, Features: o.Features}}
	return web.Page(w, r, http.StatusOK, rolePage(a.view(w, r, s), f))
}

func (a *Admin) saveRole(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	o, err := a.role(r, s)
	if err != nil {
		return err
	}
	f := decodeRole(r)
	f.Role, f.Edit.Kind = &o, o.Kind
	if f.Version == 0 {
		f.Version = -1
	}
	err = s.ChangeRole(r.Context(), o.ID, f.Version, f.Edit)
	f.Version = o.Version
	return a.roleSaved(w, r, s, f, err, "Saved. It counts for everybody who has this role at their next click.")
}

func (a *Admin) askRemoveRole(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	return a.removeRoleForm(w, r, s, http.StatusOK, nil)
}

func (a *Admin) removeRoleForm(w http.ResponseWriter, r *http.Request, s store.Staff, status int, problem error) error {
	o, err := a.role(r, s)
	if err != nil {
		return err
	}
	if err := s.Can(store.RoleRemove); err != nil {
		return err
	}
	return web.Page(w, r, status, removeRolePage(a.view(w, r, s), o, problem))
}

func (a *Admin) removeRole(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	o, err := a.role(r, s)
	if err != nil {
		return err
	}
	err = s.RemoveRole(r.Context(), o.ID)
	if isForm(err) {
		return a.removeRoleForm(w, r, s, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/roles", "Role removed.")
}
