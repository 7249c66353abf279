package admin

import (
	"net/url"
	"time"

	g "maragu.dev/gomponents"

	"gatehouse/app/fleet"
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// fewCustomers is how many customers a picker lists; beyond it one types.
const fewCustomers = 200

// assetsList is a list of assets, on a page of its own or within a customer.
type assetsList struct {
	Staff     store.Staff
	Query     url.Values
	Path      string
	Filter    store.AssetFilter
	Page      store.Page[store.Asset]
	Counts    []store.StatusCount
	Types     []string
	Groups    []store.GroupRef
	Customers store.Page[store.Customer]
	For       *store.Customer // the assets to choose are for this one
	Of        *store.Customer // the list stands on this one's page
}

func (l assetsList) filtered() bool {
	for _, k := range filterKeys {
		if l.Query.Get(k) != "" {
			return true
		}
	}
	return false
}

// all is the query that means everything this filter lets through.
func (l assetsList) all() url.Values {
	q := url.Values{"all": {"1"}}
	for _, k := range filterKeys {
		if v := l.Query.Get(k); v != "" {
			q.Set(k, v)
		}
	}
	if l.Of != nil {
		q.Set("customer", id(l.Of.ID))
	}
	if l.For != nil {
		q.Set("for", id(l.For.ID))
	}
	return q
}

func assetsPage(v *ui.View, l assetsList) g.Node {
	at := v.Base + "/assets"
	var actions []g.Node
	actions = append(actions, ui.LinkButton(at+"/map", v.T("Map"), "map-2"), ui.LinkButton(at+"/activity", v.T("Activity"), "activity"))
	if l.Staff.May(store.AssetExport) {
		actions = append(actions, exportMenu(v, at, l.Query))
	}
	if l.Staff.May(store.FieldAdd) {
		actions = append(actions, ui.LinkButton(at+"/fields", v.T("Fields"), "adjustments"))
	}
	if l.Staff.May(store.ImportUpload) {
		actions = append(actions, assetImports(v, l.Staff))
	}
	if l.Staff.May(store.AssetAdd) {
		actions = append(actions, ui.PrimaryLink(at+"/new", v.T("Add asset"), "plus"))
	}
	var note g.Node
	if l.For != nil {
		note = ui.Notice("info", v.T("Choose the assets for %s, then press Assign.", l.For.Name))
	}
	return ui.Page(v, v.T("Assets"), ui.PageHead(v, v.T("Assets"), nil, actions...), note, statusTabs(v, l), assetListCard(v, l))
}

// assetImports are the ways in for machines other than one by one.
func assetImports(v *ui.View, s store.Staff) g.Node {
	at := v.Base + "/imports/new?kind="
	items := []g.Node{ui.MenuLink(at+store.ImportAssets, v.T("Assets from a table"), "file-spreadsheet"), ui.MenuLink(at+store.ImportFleet, v.T("Fleet snapshot"), "truck"),
		ui.MenuLink(at+store.ImportAssignments, v.T("Who has what"), "switch-horizontal")}
	if s.May(store.FeedRead) {
		items = append(items, ui.MenuLink(v.Base+"/feeds", v.T("Feeds"), "plug"))
	}
	return ui.Menu(v.T("Import"), "file-import", items...)
}

func exportMenu(v *ui.View, at string, q url.Values) g.Node {
	return ui.Menu(v.T("Export"), "download", ui.MenuLink(ui.HrefWith(at+"/export", q, "format", "xlsx"), v.T("Excel (XLSX)"), "file-spreadsheet"),
		ui.MenuLink(ui.HrefWith(at+"/export", q, "format", "csv"), v.T("CSV"), "file-text"))
}

// statusTabs lead to the assets of each status. Their counts are of all
// assets, so they are left away while something else narrows the list.
func statusTabs(v *ui.View, l assetsList) g.Node {
	narrowed := l.Query.Get("q") != "" || l.Query.Get("customer") != "" || l.Query.Get("group") != "" || l.Query.Get("type") != ""
	tabs := []ui.Tab{{Label: v.T("All"), Href: ui.HrefWith(l.Path, l.Query, "status", ""), Current: l.Filter.Status == ""}}
	for _, c := range l.Counts {
		t := ui.Tab{Label: fleet.StatusName(v, c.Status), Href: ui.HrefWith(l.Path, l.Query, "status", c.Status), Current: l.Filter.Status == c.Status}
		if !narrowed {
			t.Count = fleet.Count(v, c.N, c.More)
		}
		tabs = append(tabs, t)
	}
	return ui.Tabs(v, tabs)
}

func assetListCard(v *ui.View, l assetsList) g.Node {
	first, next := ui.Around(l.Path, l.Query, l.Page.Next)
	customers := v.Base + "/customers/"
	if l.Of != nil {
		customers = ""
	}
	return ui.List("assets", assetFilters(v, l), fleet.Table(v, fleet.TableSpec{Path: l.Path, AssetPath: v.Base + "/assets/", Query: l.Query, Sort: l.Filter.Sort,
		Now: l.Staff.Now(), Customers: customers, Meters: true, Bulk: assetBulk(v, l), Empty: noAssets(v, l)}, l.Page.Rows),
		ui.Pager(v, len(l.Page.Rows), total(v, l.Page.Total, l.Page.More), first, next))
}

func assetFilters(v *ui.View, l assetsList) g.Node {
	filters := []ui.Filter{}
	if l.Of == nil {
		filters = append(filters, ui.Filter{Name: "customer", Label: v.T("Customer"), Value: l.Query.Get("customer"), Options: customerOptions(v, v.T("Not assigned"), l.Customers.Rows, l.Filter.Customer)})
	}
	if len(l.Types) > 0 {
		types := []ui.Option{{Label: v.T("Any type")}}
		for _, t := range l.Types {
			types = append(types, ui.Option{Value: t, Label: t})
		}
		filters = append(filters, ui.Filter{Name: "type", Label: v.T("Type"), Value: l.Filter.Type, Options: types})
	}
	if len(l.Groups) > 0 {
		groups := []ui.Option{{Label: v.T("Any group")}}
		for _, gr := range l.Groups {
			groups = append(groups, ui.Option{Value: id(gr.ID), Label: gr.Name})
		}
		filters = append(filters, ui.Filter{Name: "group", Label: v.T("Group"), Value: l.Query.Get("group"), Options: groups})
	}
	return ui.Filters(v, ui.FilterSpec{Action: l.Path, Query: l.Query, Placeholder: v.T("Name, ID, serial, PIN, make or model"), Keep: []string{"sort", "status", "for"},
		Filters: filters, Right: l.matching(v)})
}

// matching acts on everything the filter lets through, not on the page alone.
func (l assetsList) matching(v *ui.View) []g.Node {
	if len(l.Page.Rows) == 0 || !l.Staff.May(store.AssetAssign) {
		return nil
	}
	at := v.Base + "/assets"
	label := v.T("All %s", total(v, l.Page.Total, l.Page.More))
	items := []g.Node{ui.MenuLink(ui.HrefWith(at+"/assign", l.all()), v.T("Assign to a customer"), "switch-horizontal"),
		ui.MenuLink(ui.HrefWith(at+"/return", l.all()), v.T("Take back"), "arrow-back-up")}
	if l.Staff.May(store.GroupAssets) {
		items = append(items, ui.MenuLink(ui.HrefWith(at+"/group", l.all()), v.T("Put into a group"), "folder"))
	}
	return []g.Node{ui.Menu(label, "checks", items...)}
}

// assetBulk acts on the chosen rows; nil for who may not.
func assetBulk(v *ui.View, l assetsList) g.Node {
	if !l.Staff.May(store.AssetAssign) {
		return nil
	}
	at := v.Base + "/assets"
	to := func(path string) g.Node {
		return g.Group{g.Attr("formaction", at+path), g.Attr("formmethod", "get")}
	}
	assign := v.T("Assign")
	var hidden g.Node
	if l.For != nil {
		assign, hidden = v.T("Assign to %s", l.For.Name), ui.HiddenFields("for", id(l.For.ID))
	}
	buttons := []g.Node{hidden, ui.Button(assign, to("/assign"), ui.Icon("switch-horizontal")), ui.Button(v.T("Take back"), to("/return"), ui.Icon("arrow-back-up"))}
	if l.Staff.May(store.GroupAssets) {
		buttons = append(buttons, ui.Button(v.T("Group"), to("/group"), ui.Icon("folder")))
	}
	return ui.Bulk(v, fleet.TableID, at+"/assign", buttons...)
}

func noAssets(v *ui.View, l assetsList) g.Node {
	switch {
	case l.filtered():
		return ui.Empty("search", v.T("Nothing matches"), v.T("No asset fits this search and these filters."), ui.LinkButton(l.Path, v.T("Show all assets"), ""))
	case l.Of != nil && l.Staff.May(store.AssetAssign):
		return ui.Empty("bulldozer", v.T("Nothing assigned yet"), v.T("%s sees an asset in its portal from the day you assign it.", l.Of.Name),
			ui.PrimaryLink(v.Base+"/assets?customer=none&for="+id(l.Of.ID), v.T("Assign assets"), "plus"))
	case l.Of != nil:
		return ui.Empty("bulldozer", v.T("Nothing assigned yet"), v.T("%s sees an asset in its portal from the day it is assigned.", l.Of.Name))
	case !l.Staff.May(store.AssetAdd):
		return ui.Empty("bulldozer", v.T("No assets yet"), v.T("Nobody has added an asset that you may see."))
	}
	return ui.Empty("bulldozer", v.T("No assets yet"), v.T("Add your first machine, or import your fleet from a spreadsheet or an ISO 15143-3 feed."), ui.PrimaryLink(v.Base+"/assets/new", v.T("Add asset"), "plus"),
		ui.LinkButton(v.Base+"/imports/new?kind="+store.ImportAssets, v.T("Import"), "file-import"), ui.LinkButton(v.Base+"/feeds", v.T("Feeds"), "plug"))
}

func customerAssetsPage(v *ui.View, l assetsList) g.Node {
	var assign g.Node
	if l.Staff.May(store.AssetAssign) && (len(l.Page.Rows) > 0 || l.filtered()) {
		assign = ui.Actions(ui.PrimaryLink(v.Base+"/assets?customer=none&for="+id(l.Of.ID), v.T("Assign assets"), "plus"),
			ui.LinkButton(v.Base+"/assets/map?customer="+id(l.Of.ID), v.T("Map"), "map-2"))
	}
	return ui.Page(v, l.Of.Name, customerHead(v, l.Staff, *l.Of, "/assets"), assign, assetListCard(v, l))
}

func assetMapPage(v *ui.View, l assetsList) g.Node {
	marks := ui.HrefWith(v.Base+"/assets/map.json", l.Query)
	list := ui.HrefWith(v.Base+"/assets", l.Query)
	return ui.Page(v, v.T("Map"), ui.PageHead(v, v.T("Map"), []ui.Link{{Label: v.T("Assets"), Href: v.Base + "/assets"}}),
		ui.List("assets", assetFilters(v, l), ui.Grid(
			ui.Col(8, ui.Map(v, "fleet-map", marks, ui.MapOpts{Label: v.T("Map of the assets"), Tall: true, Poll: 60, ListTo: list})),
			ui.Col(4, placeList(v, l)))))
}

// placeList names what the map shows, for whoever reads rather than looks.
func placeList(v *ui.View, l assetsList) g.Node {
	return ui.Table(v, ui.TableSpec[store.Asset]{ID: "places", Caption: v.T("Assets"), Columns: []ui.Column[store.Asset]{
		{Label: v.T("Asset"), Bytes: func(b []byte, a store.Asset) []byte {
			return ui.AppendTwoNum(b, v.Base+"/assets/", int64(a.ID), a.Name, a.CustomerName)
		}},
		{Label: v.T("Last reading"), Quiet: true, Bytes: func(b []byte, a store.Asset) []byte { return v.AppendAgo(b, a.SeenAt, l.Staff.Now()) }},
	}, Empty: noAssets(v, l)}, l.Page.Rows)
}

// activityPage is the feed of all assets, or of one.
type activityPage struct {
	Query  url.Values
	Asset  store.Asset // zero: of all
	Events store.Page[store.Event]
	Now    time.Time
}

func (p activityPage) node(v *ui.View) g.Node {
	at := v.Base + "/assets"
	crumbs, f := []ui.Link{{Label: v.T("Assets"), Href: at}}, fleet.FeedSpec{AssetPath: at + "/", Named: true, Now: p.Now}
	if p.Asset.ID != 0 {
		crumbs, f = append(crumbs, ui.Link{Label: p.Asset.Name, Href: at + "/" + id(p.Asset.ID)}), fleet.FeedSpec{Now: p.Now}
	}
	return ui.Page(v, v.T("Activity"), ui.PageHead(v, v.T("Activity"), crumbs), fleet.FeedCard(v, f, at+"/activity", p.Query, p.Events))
}
