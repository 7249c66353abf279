package portal

import (
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/fleet"
	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

func (p *Portal) siteRoutes(r *mux.Router) {
	r.Handle("/sites", p.sites(p.listSites)).Methods("GET", "HEAD").Name("portal.sites")
	r.Handle("/sites/{site}", p.sites(p.showSite)).Methods("GET", "HEAD").Name("portal.site")
}

// sites lets only members through whose portal shares something that is done
// at sites.
func (p *Portal) sites(h clientHandler) http.Handler {
	return p.client(func(w http.ResponseWriter, r *http.Request, c store.Client) error {
		if !c.May(store.SiteRead) {
			return notHere
		}
		return h(w, r, c)
	})
}

func (p *Portal) listSites(w http.ResponseWriter, r *http.Request, c store.Client) error {
	q := r.URL.Query()
	l, err := c.Sites(r.Context(), store.SiteFilter{Search: q.Get("q"), After: q.Get("after")})
	if err != nil {
		return err
	}
	v := p.view(w, r, c)
	at := v.Base + "/sites"
	first, next := ui.Around(at, q, l.Next)
	none := ui.Empty("map-pin", v.T("No sites yet"), v.T("As soon as %s enters one of your sites, it appears here.", c.Window().ProviderName))
	if q.Get("q") != "" {
		none = ui.Empty("search", v.T("Nothing matches"), v.T("None of your sites fits this search."), ui.LinkButton(at, v.T("Show all sites"), ""))
	}
	table := ui.Table(v, ui.TableSpec[store.Site]{ID: "site-table", Caption: v.T("Sites"), Empty: none, Columns: []ui.Column[store.Site]{
		{Label: v.T("Site"), Bytes: func(b []byte, o store.Site) []byte {
			return ui.AppendTwoNum(b, at+"/", int64(o.ID), o.Name, o.GroupName)
		}},
		{Label: v.T("Address"), Wide: true, Bytes: func(b []byte, o store.Site) []byte { return ui.AppendText(b, o.Address()) }},
		{Label: v.T("Contact"), Quiet: true, Bytes: func(b []byte, o store.Site) []byte { return ui.AppendText(b, o.ContactName) }},
	}}, l.Rows)
	return web.Page(w, r, http.StatusOK, ui.Page(v, v.T("Sites"), ui.PageHead(v, v.T("Sites"), siteCrumbs(v, c), reportButton(v, c, "")),
		ui.List("sites", ui.Filters(v, ui.FilterSpec{Action: at, Query: q, Placeholder: v.T("Name, street, city or contact")}), table,
			ui.Pager(v, len(l.Rows), fleet.Count(v, l.Total, l.More), first, next))))
}

// siteCrumbs lead from sites to the jobs that are done there.
func siteCrumbs(v *ui.View, c store.Client) []ui.Link {
	if !c.Shares(store.FeatureJobList) {
		return nil
	}
	return []ui.Link{{Label: v.T("Jobs"), Href: v.Base + "/jobs"}}
}

func (p *Portal) showSite(w http.ResponseWriter, r *http.Request, c store.Client) error {
	id, err := web.ID[store.SiteID](r, "site")
	if err != nil {
		return err
	}
	o, err := c.Site(r.Context(), id)
	if err != nil {
		return err
	}
	today := c.DayNow()
	list, err := c.Jobs(r.Context(), store.JobFilter{Kind: store.JobWork, Site: id, Sort: "-number", Limit: 10, Today: today})
	if err != nil {
		return err
	}
	v := p.view(w, r, c)
	pairs := []ui.Pair{ui.Row(v.T("Address"), o.Address())}
	for _, f := range [][2]string{{v.T("Group"), o.GroupName}, {v.T("Contact"), o.ContactName}, {v.T("Phone"), o.ContactPhone}, {v.T("E-mail"), o.ContactEmail}} {
		if f[1] != "" {
			pairs = append(pairs, ui.Row(f[0], f[1]))
		}
	}
	none := ui.Empty("tool", v.T("No jobs here"), v.T("There is no job at this site that you may see."))
	return web.Page(w, r, http.StatusOK, ui.Page(v, o.Name, ui.PageHead(v, o.Name, append(siteCrumbs(v, c), ui.Link{Label: v.T("Sites"), Href: v.Base + "/sites"}), reportButton(v, c, "?site="+fleet.ID(o.ID))),
		ui.Grid(ui.Col(8, ui.CardWith(ui.CardSpec{Title: v.T("Jobs"), Flush: len(list.Rows) > 0}, jobTable(v, "", nil, "", today, none, list.Rows))), ui.Col(4, ui.Card(v.T("Details"), ui.DL(pairs...))))))
}
