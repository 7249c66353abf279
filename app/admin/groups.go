package admin

import (
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/web"
	"gatehouse/store"
)

func (a *Admin) groupRoutes(r *mux.Router) {
	r.Handle("/groups", a.staff(a.listGroups)).Methods("GET", "HEAD").Name("admin.groups")
	r.Handle("/groups/new", a.staff(a.newGroup)).Methods("GET", "HEAD").Name("admin.groups.new")
	r.Handle("/groups/new", a.staff(a.addGroup)).Methods("POST").Name("admin.groups.add")
	r.Handle("/groups/{group}/edit", a.staff(a.editGroup)).Methods("GET", "HEAD").Name("admin.group.edit")
	r.Handle("/groups/{group}/edit", a.staff(a.saveGroup)).Methods("POST").Name("admin.group.save")
	r.Handle("/groups/{group}/remove", a.staff(a.askRemoveGroup)).Methods("GET", "HEAD").Name("admin.group.remove.ask")
	r.Handle("/groups/{group}/remove", a.staff(a.removeGroup)).Methods("POST").Name("admin.group.remove")
	r.Handle("/customers/{customer}/group", a.staff(a.addCustomerGroup)).Methods("POST").Name("admin.customer.group")
}

func (a *Admin) listGroups(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	q := r.URL.Query()
	list, err := s.Groups(r.Context(), store.GroupFilter{Search: q.Get("q"), After: q.Get("after")})
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, groupsPage(a.view(w, r, s), s, q, list))
}

func (a *Admin) newGroup(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.GroupAdd); err != nil {
		return err
	}
	return a.groupForm(w, r, s, http.StatusOK, groupForm{Edit: store.GroupEdit{Customer: web.QueryInt[store.CustomerID](r, "customer")}})
}

func decodeGroup(r *http.Request) store.GroupEdit {
	return store.GroupEdit{Name: web.Str(r, "name"), Code: web.Str(r, "code"), Customer: web.Int[store.CustomerID](r, "customer")}
}

func (a *Admin) addGroup(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	f := groupForm{Edit: decodeGroup(r)}
	_, err := s.AddGroup(r.Context(), f.Edit)
	return a.groupSaved(w, r, s, f, err, "Group added.")
}

// addCustomerGroup makes a customer's group of the customer's own name.
func (a *Admin) addCustomerGroup(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	c, err := a.customer(r, s)
	if err != nil {
		return err
	}
	f := groupForm{Edit: store.GroupEdit{Name: c.Name, Customer: c.ID}}
	_, err = s.AddGroup(r.Context(), f.Edit)
	return a.groupSaved(w, r, s, f, err, "Group added.")
}

// groupSaved goes to where the group is shown: its customer, or the groups.
func (a *Admin) groupSaved(w http.ResponseWriter, r *http.Request, s store.Staff, f groupForm, err error, says string) error {
	if isForm(err) {
		f.Problem = err
		return a.groupForm(w, r, s, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	to := base(r) + "/groups"
	if f.Edit.Customer != 0 {
		to = base(r) + "/customers/" + id(f.Edit.Customer)
	}
	return a.site.Done(w, r, to, says)
}

func (a *Admin) group(r *http.Request, s store.Staff) (store.Group, error) {
	id, err := web.ID[store.GroupID](r, "group")
	if err != nil {
		return store.Group{}, err
	}
	return s.Group(r.Context(), id)
}

func (a *Admin) editGroup(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	u, err := a.group(r, s)
	if err != nil {
		return err
	}
	if err := s.Can(store.GroupChange); err != nil {
		return err
	}
	return a.groupForm(w, r, s, http.StatusOK, groupForm{Group: &u, Edit: u.GroupEdit})
}

func (a *Admin) saveGroup(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	u, err := a.group(r, s)
	if err != nil {
		return err
	}
	f := groupForm{Group: &u, Edit: decodeGroup(r)}
	return a.groupSaved(w, r, s, f, s.ChangeGroup(r.Context(), u.ID, f.Edit), "Saved.")
}

// manyCustomers is up to how many customers a form offers in one list.
const manyCustomers = 500

// groupForm shows the form. With more customers than a list can offer, only
// the one the group belongs to, or is to belong to, is in it: others come from
// their own profiles.
func (a *Admin) groupForm(w http.ResponseWriter, r *http.Request, s store.Staff, status int, f groupForm) error {
	all, err := s.Customers(r.Context(), store.CustomerFilter{Limit: manyCustomers})
	if err != nil {
		return err
	}
	f.Many = all.Next != ""
	for _, c := range all.Rows {
		f.Customers = append(f.Customers, c)
		f.Listed = f.Listed || c.ID == f.Edit.Customer
	}
	if f.Many {
		f.Customers, f.Listed = nil, false
	}
	if f.Edit.Customer != 0 && !f.Listed {
		if c, err := s.Customer(r.Context(), f.Edit.Customer); err == nil {
			f.Customers = append(f.Customers, c)
		}
	}
	return web.Page(w, r, status, groupPage(a.view(w, r, s), f))
}

func (a *Admin) askRemoveGroup(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	return a.removeGroupForm(w, r, s, http.StatusOK, 0, nil)
}

func (a *Admin) removeGroupForm(w http.ResponseWriter, r *http.Request, s store.Staff, status int, into store.GroupID, problem error) error {
	u, err := a.group(r, s)
	if err != nil {
		return err
	}
	if err := s.Can(store.GroupRemove); err != nil {
		return err
	}
	all, err := s.GroupChoices(r.Context())
	if err != nil {
		return err
	}
	return web.Page(w, r, status, removeGroupPage(a.view(w, r, s), removeGroup{Group: u, Choices: all, Into: into, Problem: problem}))
}

func (a *Admin) removeGroup(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	u, err := a.group(r, s)
	if err != nil {
		return err
	}
	into := web.Int[store.GroupID](r, "into")
	err = s.RemoveGroup(r.Context(), u.ID, into)
	if isForm(err) {
		return a.removeGroupForm(w, r, s, http.StatusUnprocessableEntity, into, err)
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/groups", "Group removed.")
}
