package admin

import (
	"net/http"
	"strconv"

	"github.com/gorilla/mux"
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/app/work"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (a *Admin) siteRoutes(r *mux.Router) {
	r.Handle("/sites", a.staff(a.listSites)).Methods("GET", "HEAD").Name("admin.sites")
	r.Handle("/sites/new", a.staff(a.newSite)).Methods("GET", "HEAD").Name("admin.sites.new")
	r.Handle("/sites/new", a.staff(a.addSite)).Methods("POST").Name("admin.sites.add")
	r.Handle("/sites/{site}", a.staff(a.showSite)).Methods("GET", "HEAD").Name("admin.site")
	r.Handle("/sites/{site}/edit", a.staff(a.editSite)).Methods("GET", "HEAD").Name("admin.site.edit")
	r.Handle("/sites/{site}/edit", a.staff(a.saveSite)).Methods("POST").Name("admin.site.save")
	r.Handle("/sites/{site}/remove", a.staff(a.askRemoveSite)).Methods("GET", "HEAD").Name("admin.site.remove.ask")
	r.Handle("/sites/{site}/remove", a.staff(a.removeSite)).Methods("POST").Name("admin.site.remove")
}

func (a *Admin) listSites(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	q := r.URL.Query()
	all, err := s.Sites(r.Context(), store.SiteFilter{Search: q.Get("q"), Customer: web.QueryInt[store.CustomerID](r, "customer"), Sort: q.Get("sort"), After: q.Get("after")})
	if err != nil {
		return err
	}
	v := a.view(w, r, s)
	path, next, first := v.Base+"/sites", "", ""
	if all.Next != "" {
		next = ui.HrefWith(path, q, "after", all.Next)
	}
	if q.Get("after") != "" {
		first = ui.HrefWith(path, q)
	}
	var actions []g.Node
	if s.May(store.SiteAdd) {
		actions = append(actions, ui.PrimaryLink(path+"/new", v.T("Add site"), "plus"))
	}
	sort := q.Get("sort")
	if sort == "" {
		sort = "name"
	}
	table := ui.Table(v, ui.TableSpec[store.Site]{ID: "site-table", Caption: v.T("Sites"), Path: path, Query: q, Sort: sort, Columns: siteColumns(v), Empty: noSites(v, s, q.Get("q") != "")}, all.Rows)
	return web.Page(w, r, http.StatusOK, ui.Page(v, v.T("Sites"), ui.PageHead(v, v.T("Jobs"), nil, actions...), jobTabs(v, s, "/sites", ""),
		ui.List("sites", ui.Filters(v, ui.FilterSpec{Action: path, Query: q, Placeholder: v.T("Site, street, city or contact"), Keep: []string{"sort", "customer"}}), table, ui.Pager(v, len(all.Rows), total(v, all.Total, all.More), first, next))))
}

func siteColumns(v *ui.View) []ui.Column[store.Site] {
	return []ui.Column[store.Site]{
		{Label: v.T("Site"), Sort: "name", Bytes: func(b []byte, o store.Site) []byte {
			return ui.AppendTwoNum(b, v.Base+"/sites/", int64(o.ID), o.Name, o.ExternalID)
		}},
		{Label: v.T("Customer"), Bytes: func(b []byte, o store.Site) []byte {
			if o.CustomerName == "" {
				return ui.AppendText(b, "")
			}
			return ui.AppendTwoNum(b, v.Base+"/customers/", int64(o.Customer), o.CustomerName, o.GroupName)
		}},
		{Label: v.T("Address"), Quiet: true, Wide: true, Bytes: func(b []byte, o store.Site) []byte { return ui.AppendText(b, o.Address()) }},
		{Label: v.T("Contact"), Bytes: func(b []byte, o store.Site) []byte { return ui.AppendTwo(b, "", o.ContactName, o.ContactPhone) }},
	}
}

func noSites(v *ui.View, s store.Staff, searched bool) g.Node {
	switch {
	case searched:
		return ui.Empty("search", v.T("Nothing matches"), v.T("No site fits this search."), ui.LinkButton(v.Base+"/sites", v.T("Show all sites"), ""))
	case s.May(store.SiteAdd):
		return ui.Empty("building-warehouse", v.T("No sites yet"), v.T("A site is a place where you work for a customer: its address, its position and whom to ask for there."), ui.PrimaryLink(v.Base+"/sites/new", v.T("Add site"), "plus"))
	}
	return ui.Empty("building-warehouse", v.T("No sites yet"), v.T("Nobody has added a site that you may see."))
}

type siteForm struct {
	Site      *store.Site
	Edit      store.SiteEdit
	Lat, Lon  string // as typed
	Version   int64
	Once      string
	Customers []store.Customer
	Groups    []store.Group
	Problem   error
}

func (a *Admin) newSite(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.SiteAdd); err != nil {
		return err
	}
	once, err := a.once()
	if err != nil {
		return err
	}
	return a.siteForm(w, r, s, http.StatusOK, siteForm{Once: once, Edit: store.SiteEdit{Customer: web.QueryInt[store.CustomerID](r, "customer")}})
}

func decodeSite(r *http.Request) siteForm {
	f := siteForm{Once: web.Str(r, "once"), Version: web.Int[int64](r, "version"), Lat: web.Str(r, "lat"), Lon: web.Str(r, "lon")}
	f.Edit = store.SiteEdit{Name: web.Str(r, "name"), ExternalID: web.Str(r, "external_id"), Customer: web.Int[store.CustomerID](r, "customer"), Group: web.Int[store.GroupID](r, "group"),
		Street: web.Str(r, "street"), PostalCode: web.Str(r, "postal_code"), City: web.Str(r, "city"), Country: web.Str(r, "country"),
		ContactName: web.Str(r, "contact_name"), ContactPhone: web.Str(r, "contact_phone"), ContactEmail: web.Str(r, "contact_email"), Access: r.PostForm.Get("access")}
	var bad fault.Problems
	if f.Lat != "" || f.Lon != "" {
		f.Edit.Lat, f.Edit.Lon = decimal(&bad, "lat", f.Lat), decimal(&bad, "lon", f.Lon)
	}
	f.Problem = bad.Err()
	return f
}

func (a *Admin) addSite(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	if err := s.Can(store.SiteAdd); err != nil {
		return err
	}
	f := decodeSite(r)
	var made int64
	if f.Problem == nil {
		made, f.Problem = s.Once(r.Context(), f.Once, func(s store.Staff) (int64, error) {
			id, err := s.AddSite(r.Context(), f.Edit)
			return int64(id), err
		})
	}
	return a.siteSaved(w, r, s, f, store.SiteID(made), "Site added.")
}

func (a *Admin) siteSaved(w http.ResponseWriter, r *http.Request, s store.Staff, f siteForm, made store.SiteID, says string) error {
	if isForm(f.Problem) {
		if f.Site != nil && fault.Of(f.Problem) == fault.Conflict && len(fault.Fields(f.Problem)) == 0 {
			f.Version = f.Site.Version
		}
		return a.siteForm(w, r, s, http.StatusUnprocessableEntity, f)
	}
	if f.Problem != nil {
		return f.Problem
	}
	return a.site.Done(w, r, base(r)+"/sites/"+id(made), says)
}

func (a *Admin) siteOf(r *http.Request, s store.Staff) (store.Site, error) {
	id, err := web.ID[store.SiteID](r, "site")
	if err != nil {
		return store.Site{}, err
	}
	return s.Site(r.Context(), id)
}

func (a *Admin) editSite(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	o, err := a.siteOf(r, s)
	if err != nil {
		return err
	}
	if err := s.Can(store.SiteChange); err != nil {
		return err
	}
	f := siteForm{Site: &o, Edit: o.SiteEdit, Version: o.Version}
	if o.Lat.OK {
		f.Lat, f.Lon = strconv.FormatFloat(o.Lat.V, 'f', -1, 64), strconv.FormatFloat(o.Lon.V, 'f', -1, 64)
	}
	return a.siteForm(w, r, s, http.StatusOK, f)
}

func (a *Admin) saveSite(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	o, err := a.siteOf(r, s)
	if err != nil {
		return err
	}
	f := decodeSite(r)
	f.Site = &o
	if f.Problem == nil {
		f.Problem = s.ChangeSite(r.Context(), o.ID, f.Version, f.Edit)
	}
	return a.siteSaved(w, r, s, f, o.ID, "Saved.")
}

func (a *Admin) siteForm(w http.ResponseWriter, r *http.Request, s store.Staff, status int, f siteForm) error {
	all, err := s.Customers(r.Context(), store.CustomerFilter{Limit: manyCustomers})
	if err != nil {
		return err
	}
	f.Customers = all.Rows
	if f.Groups, err = s.GroupChoices(r.Context()); err != nil && fault.Of(err) != fault.Forbidden {
		return err
	}
	return web.Page(w, r, status, f.page(a.view(w, r, s)))
}

func siteCrumbs(v *ui.View) []ui.Link {
	return append(jobCrumbs(v), ui.Link{Label: v.T("Sites"), Href: v.Base + "/sites"})
}

func (f siteForm) page(v *ui.View) g.Node {
	title, action, back, crumbs := v.T("Add site"), v.Base+"/sites/new", v.Base+"/sites", siteCrumbs(v)
	if f.Site != nil {
		at := v.Base + "/sites/" + id(f.Site.ID)
		title, action, back, crumbs = v.T("Edit %s", f.Site.Name), at+"/edit", at, append(crumbs, ui.Link{Label: f.Site.Name, Href: at})
	}
	e, bad := f.Edit, fault.Fields(f.Problem)
	customers, listed := []ui.Option{{Value: "0", Label: v.T("None: a place of your own")}}, e.Customer == 0
	for _, c := range f.Customers {
		customers = append(customers, ui.Option{Value: id(c.ID), Label: c.Name})
		listed = listed || c.ID == e.Customer
	}
	if !listed {
		customers = append(customers, ui.Option{Value: id(e.Customer), Label: v.T("Chosen customer")})
	}
	groups := []ui.Option{{Value: "0", Label: v.T("No group")}}
	for _, gr := range f.Groups {
		groups = append(groups, ui.Option{Value: id(gr.ID), Label: gr.Name})
	}
	text := func(name, label, value string, most int) g.Node {
		return ui.Input(ui.Field{Name: name, Label: label, Value: value, Max: most, Error: bad[name], Autocomplete: "off"})
	}
	return ui.Page(v, title, ui.PageHead(v, title, crumbs), problemNotice(v, f.Problem), ui.Card("", ui.Form(action, ui.HiddenFields("once", f.Once, "version", id(f.Version)),
		ui.Two(ui.Input(ui.Field{Name: "name", Label: v.T("Name"), Value: e.Name, Max: 200, Required: true, Error: bad["name"], Autocomplete: "off"}), text("external_id", v.T("Your number"), e.ExternalID, 100)),
		ui.Two(ui.Select(ui.Field{Name: "customer", Label: v.T("Customer"), Value: id(e.Customer), Error: bad["customer"], Hint: v.T("It can choose this site when it reports a problem.")}, customers),
			ui.Select(ui.Field{Name: "group", Label: v.T("Group"), Value: id(e.Group), Error: bad["group"]}, groups)),
		ui.Two(text("street", v.T("Street"), e.Street, 200), text("city", v.T("City"), e.City, 100)), ui.Two(text("postal_code", v.T("Postal code"), e.PostalCode, 20), text("country", v.T("Country"), e.Country, 100)),
		ui.Two(ui.Input(ui.Field{Name: "lat", Label: v.T("Latitude"), Value: f.Lat, Inputmode: "decimal", Error: either(bad, "lat", "position")}), ui.Input(ui.Field{Name: "lon", Label: v.T("Longitude"), Value: f.Lon, Inputmode: "decimal", Error: bad["lon"]})),
		ui.Two(text("contact_name", v.T("Contact"), e.ContactName, 200), text("contact_phone", v.T("Phone"), e.ContactPhone, 60)), ui.Two(text("contact_email", v.T("E-mail"), e.ContactEmail, 254)),
		ui.Textarea(ui.Field{Name: "access", Label: v.T("How to get in"), Value: e.Access, Error: bad["access"], Hint: v.T("Gate code, where to park. For your people only.")}, 2),
		ui.FormActions(ui.Primary(v.T("Save")), ui.LinkButton(back, v.T("Cancel"), "")))))
}

func (a *Admin) showSite(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	o, err := a.siteOf(r, s)
	if err != nil {
		return err
	}
	jobs, err := s.Jobs(r.Context(), store.JobFilter{Site: o.ID, Limit: 20})
	if err != nil {
		return err
	}
	v := a.view(w, r, s)
	at := v.Base + "/sites/" + id(o.ID)
	var actions []g.Node
	if s.May(store.JobAdd) {
		actions = append(actions, ui.PrimaryLink(v.Base+"/jobs/new?site="+id(o.ID)+"&customer="+id(o.Customer), v.T("Add job"), "plus"))
	}
	if s.May(store.SiteChange) {
		actions = append(actions, ui.LinkButton(at+"/edit", v.T("Edit"), "pencil"))
	}
	if s.May(store.SiteRemove) {
		actions = append(actions, ui.Menu(v.T("More"), "dots", ui.MenuLink(at+"/remove", v.T("Remove"), "trash")))
	}
	none := ui.Empty("clipboard-list", v.T("No jobs yet"), v.T("Jobs at this site appear here."))
	return web.Page(w, r, http.StatusOK, ui.Page(v, o.Name, ui.PageHead(v, o.Name, siteCrumbs(v), actions...), ui.Grid(
		ui.Col(8, ui.CardWith(ui.CardSpec{Title: v.T("Newest jobs"), Flush: true, Actions: []g.Node{ui.LinkButton(v.Base+"/jobs/list?site="+id(o.ID), v.T("All jobs"), "")}},
			work.Table(v, work.TableSpec{At: v.Base + "/jobs/", Now: s.Now(), Own: true, Empty: none}, jobs.Rows))),
		ui.Col(4, siteCard(v, o)))))
}

func siteCard(v *ui.View, o store.Site) g.Node {
	rows := []ui.Pair{}
	if o.CustomerName != "" {
		rows = append(rows, ui.Pair{Label: v.T("Customer"), Value: ui.TextLink(v.Base+"/customers/"+id(o.Customer), o.CustomerName)})
	}
	rows = append(rows, ui.Row(v.T("Group"), o.GroupName), ui.Row(v.T("Your number"), o.ExternalID), ui.Row(v.T("Address"), o.Address()), ui.Row(v.T("Contact"), o.ContactName),
		addressPair(v.T("Phone"), "tel:", o.ContactPhone), addressPair(v.T("E-mail"), "mailto:", o.ContactEmail))
	if o.Lat.OK {
		rows = append(rows, ui.Row(v.T("Position"), v.F(o.Lat.V, 5)+", "+v.F(o.Lon.V, 5)))
	}
	return ui.Card(v.T("Details"), ui.DL(rows...), g.If(o.Access != "", h.Div(h.Class("longtext"), h.H3(g.Text(v.T("How to get in"))), h.P(h.Class("lines"), g.Text(o.Access)))))
}

func (a *Admin) askRemoveSite(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	o, err := a.siteOf(r, s)
	if err != nil {
		return err
	}
	if err := s.Can(store.SiteRemove); err != nil {
		return err
	}
	v := a.view(w, r, s)
	at, title := v.Base+"/sites/"+id(o.ID), v.T("Remove %s?", o.Name)
	return web.Page(w, r, http.StatusOK, ui.Page(v, title, ui.PageHead(v, title, append(siteCrumbs(v), ui.Link{Label: o.Name, Href: at})),
		ui.ConfirmPage(v, v.T("This cannot be undone"), v.T("Jobs done there keep their address and contact."), at+"/remove", v.T("Remove"), at)))
}

func (a *Admin) removeSite(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	o, err := a.siteOf(r, s)
	if err != nil {
		return err
	}
	if err := s.RemoveSite(r.Context(), o.ID); err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/sites", o.Name+" is removed.")
}
