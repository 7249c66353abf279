package admin

import (
	"io"
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/desk"
	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (a *Admin) clientRoutes(r *mux.Router) {
	r.Handle("/clients", a.staff(a.listClients)).Methods("GET", "HEAD").Name("admin.clients")
	r.Handle("/clients/export", a.staff(a.exportClients)).Methods("GET", "HEAD").Name("admin.clients.export")
	r.Handle("/clients/columns", a.staff(a.chooseClientColumns)).Methods("GET", "HEAD").Name("admin.clients.columns.ask")
	r.Handle("/clients/columns", a.staff(a.saveClientColumns)).Methods("POST").Name("admin.clients.columns")
	r.Handle("/clients/new", a.staff(a.newClient)).Methods("GET", "HEAD").Name("admin.clients.new")
	r.Handle("/clients/new", a.staff(a.addClient)).Methods("POST").Name("admin.clients.add")
	r.Handle("/clients/{client}", a.staff(a.showClient)).Methods("GET", "HEAD").Name("admin.client")
	a.clientAccountRoutes(r)
	a.clientMemberRoutes(r)
}

func clientFilter(r *http.Request) store.ClientFilter {
	q := r.URL.Query()
	return store.ClientFilter{Search: q.Get("q"), State: q.Get("state"), Role: q.Get("role"), Customer: web.QueryInt[store.CustomerID](r, "customer"), Sort: q.Get("sort"), After: q.Get("after")}
}

// exportClients sends the whole list as it is filtered, all of its pages.
func (a *Admin) exportClients(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.UserExport); err != nil {
		return err
	}
	v := a.view(nil, r, s)
	e := desk.ClientExport{Filter: clientFilter(r), Formats: s.Me().Formats, State: func(state string) string { return v.T(personStates[state][1]) },
		Role: func(c store.ClientUser) string { return rolesIn(v, c) }}
	return web.Download(w, r, "clients.xlsx", web.MediaXLSX, func(out io.Writer) error { return a.desk.ExportClients(r.Context(), out, s, e) })
}

func (a *Admin) listClients(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	p := clientsList{Staff: s, Query: r.URL.Query(), Filter: clientFilter(r)}
	var err error
	if p.Page, err = s.Clients(r.Context(), p.Filter); err != nil {
		return err
	}
	if p.Filter.Customer != 0 {
		if p.Of, err = s.Customer(r.Context(), p.Filter.Customer); err != nil {
			return err
		}
	}
	if p.Roles, err = s.Roles(r.Context(), "client"); err != nil {
		return err
	}
	if p.Columns, err = a.columnsOf(r, s, clientColumnChoice, clientColumnsFirst); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, clientsPage(a.view(w, r, s), p))
}

// clientColumnChoice is the name under which a person's choice of columns is
// kept; clientColumnsFirst are the columns of whoever chose none.
const clientColumnChoice = "clients.columns"

var clientColumnsFirst = []string{"email", "customer", "role", "state", "login"}

func (a *Admin) chooseClientColumns(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	chosen, err := a.columnsOf(r, s, clientColumnChoice, clientColumnsFirst)
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, clientColumnsPage(a.view(w, r, s), chosen))
}

func (a *Admin) saveClientColumns(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	var keys []string
	for _, c := range clientColumnList {
		keys = append(keys, c.key)
	}
	return a.saveColumns(w, r, s, clientColumnChoice, keys, "/clients")
}

// client reads the person in the address.
func (a *Admin) client(r *http.Request, s store.Staff) (store.ClientUser, error) {
	id, err := web.ID[store.UserID](r, "client")
	if err != nil {
		return store.ClientUser{}, err
	}
	return s.ClientUser(r.Context(), id)
}

func (a *Admin) showClient(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	c, err := a.client(r, s)
	if err != nil {
		return err
	}
	p := clientProfile{Staff: s, Client: c, Before: web.QueryInt[int64](r, "before")}
	if p.Memberships, err = s.Memberships(r.Context(), c.ID); err != nil {
		return err
	}
	if s.May(store.OutboxRead) {
		if p.Letter, err = s.LastLetter(r.Context(), c.ID); err != nil {
			return err
		}
	}
	if s.May(store.UserSessions) {
		if p.Sessions, err = s.UserSessions(r.Context(), c.ID); err != nil {
			return err
		}
	}
	if p.Account, err = s.UserAccount(r.Context(), c.ID); err != nil {
		return err
	}
	if p.Pending, err = s.EmailChange(r.Context(), c.ID); err != nil && fault.Of(err) != fault.NotFound {
		return err
	}
	v := a.view(w, r, s)
	if s.May(store.HistoryRead) {
		if p.Lines, err = s.ClientHistory(r.Context(), c.ID, p.Before, clientLines+1); err != nil {
			return err
		}
		if p.Words, err = a.words(r, s, v, p.Lines); err != nil {
			return err
		}
	}
	return web.Page(w, r, http.StatusOK, clientPage(v, p))
}
