package admin

import (
	"net/http"

	"github.com/gorilla/mux"
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

func (a *Admin) themeRoutes(r *mux.Router) {
	r.Handle("/themes", a.staff(a.listThemes)).Methods("GET", "HEAD").Name("admin.themes")
	r.Handle("/themes/{theme}", a.staff(a.showTheme)).Methods("GET", "HEAD").Name("admin.theme")
}

func (a *Admin) listThemes(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.PortalBranding); err != nil {
		return err
	}
	all, err := s.ThemeUses(r.Context())
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, themesPage(a.view(w, r, s), s, all))
}

// wearersPage is how many portals of a theme one page shows.
const wearersPage = 50

func (a *Admin) showTheme(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.PortalBranding); err != nil {
		return err
	}
	of, err := web.ID[store.ThemeID](r, "theme")
	if err != nil {
		return err
	}
	t, err := s.ThemeUse(r.Context(), of)
	if err != nil {
		return err
	}
	after := web.QueryInt[store.PortalID](r, "after")
	portals, err := s.Wearers(r.Context(), of, after, wearersPage+1)
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, themePage(a.view(w, r, s), t, portals, after))
}

func themesPage(v *ui.View, s store.Staff, all []store.ThemeUse) g.Node {
	title := v.T("Branding & Theming")
	var cards []g.Node
	for _, t := range all {
		cards = append(cards, themeCard(v, t))
	}
	return ui.Page(v, administrationTitle(v, title), administrationHead(v, s, "/themes"),
		ui.PageLead(v.T("The looks in which your customers meet their portals: pages, sign-in and letters. Which portal wears which is chosen in the customer's Customer Portal, under Branding.")),
		h.Div(h.Class("themes"), g.Group(cards)))
}

func themeCard(v *ui.View, t store.ThemeUse) g.Node {
	at := v.Base + "/themes/" + id(t.ID)
	used := ui.Muted(v.T("No portal wears it"))
	if t.Portals > 0 {
		used = ui.TextLink(at, wearing(v, t.Portals))
	}
	return ui.Card("", h.H2(ui.TextLink(at, t.Name)), h.Div(h.Class("theme-picture"), ui.ThemePicture(t.Primary, t.Menu, t.Notify)),
		h.P(used, g.If(t.Default, g.Group{g.Text(" "), ui.Badge("info", v.T("Default"))})))
}

// wearing says how many portals wear a theme.
func wearing(v *ui.View, n int64) string {
	if n > 1000 {
		return v.T("1,000+ portals")
	}
	return v.Plural(n, "%s portal", "%s portals")
}

func themePage(v *ui.View, t store.ThemeUse, portals []store.Wearer, after store.PortalID) g.Node {
	path, next, first := v.Base+"/themes/"+id(t.ID), "", ""
	if len(portals) > wearersPage {
		portals = portals[:wearersPage]
		next = path + "?after=" + id(portals[wearersPage-1].Portal)
	}
	if after != 0 {
		first = path
	}
	total := v.N(t.Portals)
	if t.Portals > 1000 {
		total = v.N(1000) + "+"
	}
	return ui.Page(v, t.Name, ui.PageHead(v, t.Name, []ui.Link{{Label: v.T("Branding & Theming"), Href: v.Base + "/themes"}}),
		ui.Grid(ui.Col(8, ui.List("wearers", ui.Table(v, ui.TableSpec[store.Wearer]{ID: "wearers-table", Caption: v.T("Portals that wear %s", t.Name), Columns: wearerColumns(v),
			Empty: ui.Empty("palette", v.T("No portal wears it"), v.T("Open a customer, and choose this theme under Customer Portal, Branding."))}, portals),
			ui.Pager(v, len(portals), total, first, next))),
			ui.Col(4, ui.Card(v.T("Preview"), h.Div(h.Class("theme-picture"), ui.ThemePicture(t.Primary, t.Menu, t.Notify)),
				ui.DL(ui.Row(v.T("Primary"), t.Primary), ui.Row(v.T("Menu"), t.Menu), ui.Row(v.T("Notification"), t.Notify), ui.Row(v.T("Default"), yesOrNo(v, t.Default)))))))
}

func yesOrNo(v *ui.View, yes bool) string {
	if yes {
		return v.T("Yes")
	}
	return v.T("No")
}

func wearerColumns(v *ui.View) []ui.Column[store.Wearer] {
	return []ui.Column[store.Wearer]{
		{Label: v.T("Customer"), Bytes: func(b []byte, p store.Wearer) []byte {
			return ui.AppendTwo(b, v.Base+"/customers/"+id(p.Customer)+"/portal/branding", p.CustomerName, "")
		}},
		{Label: v.T("Portal"), Wide: true, Bytes: func(b []byte, p store.Wearer) []byte { return ui.AppendText(b, p.PortalName) }},
		{Label: v.T("State"), Bytes: func(b []byte, p store.Wearer) []byte {
			return ui.AppendBadge(b, portalStates[p.State][0], v.T(portalStates[p.State][1]))
		}},
	}
}
