package portal

import (
	"net/url"
	"time"

	g "maragu.dev/gomponents"

	"gatehouse/app/fleet"
	"gatehouse/app/progress"
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// assetsList is the client's list or map of assets.
type assetsList struct {
	Client store.Client
	Query  url.Values
	Filter store.AssetFilter
	Page   store.Page[store.Asset]
	Points store.Points
	store.Facets
	Groups []store.GroupRef
}

func (l assetsList) filtered() bool {
	f := l.Filter
	return f.Search != "" || f.Status != "" || f.Type != "" || f.Group != 0
}

func (l assetsList) page(v *ui.View) g.Node {
	path, c := v.Base+"/assets", l.Client
	var actions []g.Node
	if c.Shares(store.FeatureExport) && len(l.Page.Rows) > 0 {
		actions = append(actions, ui.Menu(v.T("Export"), "download", ui.MenuLink(ui.HrefWith(path+"/export", l.Query, "format", "xlsx"), v.T("Excel (XLSX)"), "file-spreadsheet"),
			ui.MenuLink(ui.HrefWith(path+"/export", l.Query, "format", "csv"), v.T("CSV"), "file-text")))
	}
	first, next := ui.Around(path, l.Query, l.Page.Next)
	return ui.Page(v, v.T("Assets"), ui.PageHead(v, v.T("Assets"), nil, actions...), viewTabs(v, c, "/assets"),
		ui.List("assets", l.filters(v, path), fleet.Table(v, fleet.TableSpec{Path: path, AssetPath: path + "/", Query: l.Query, Sort: l.Filter.Sort, Now: c.Now(),
			Meters: c.Shares(store.FeatureMeters), Empty: l.none(v, path)}, l.Page.Rows),
			ui.Pager(v, len(l.Page.Rows), fleet.Count(v, l.Page.Total, l.Page.More), first, next)))
}

func (l assetsList) filters(v *ui.View, path string) g.Node {
	status := []ui.Option{{Label: v.T("Any status")}}
	for _, n := range l.Counts {
		if n.N > 0 || n.Status == l.Filter.Status {
			status = append(status, ui.Option{Value: n.Status, Label: fleet.StatusName(v, n.Status) + " (" + fleet.Count(v, n.N, n.More) + ")"})
		}
	}
	filters := []ui.Filter{{Name: "status", Label: v.T("Status"), Value: l.Filter.Status, Options: status}}
	if len(l.Types) > 1 {
		types := []ui.Option{{Label: v.T("Any type")}}
		for _, t := range l.Types {
			types = append(types, ui.Option{Value: t, Label: t})
		}
		filters = append(filters, ui.Filter{Name: "type", Label: v.T("Type"), Value: l.Filter.Type, Options: types})
	}
	if len(l.Groups) > 0 {
		groups := []ui.Option{{Label: v.T("Any group")}}
		for _, gr := range l.Groups {
			groups = append(groups, ui.Option{Value: fleet.ID(gr.ID), Label: gr.Name})
		}
		filters = append(filters, ui.Filter{Name: "group", Label: v.T("Group"), Value: l.Query.Get("group"), Options: groups})
	}
	return ui.Filters(v, ui.FilterSpec{Action: path, Query: l.Query, Placeholder: v.T("Name, serial number, make or model"), Keep: []string{"sort"}, Filters: filters})
}

// none says why there is nothing: too narrow a filter, no group yet, or nothing
// assigned at the moment.
func (l assetsList) none(v *ui.View, path string) g.Node {
	win := l.Client.Window()
	switch {
	case l.filtered():
		return ui.Empty("search", v.T("Nothing matches"), v.T("None of your assets fits this search and these filters."), ui.LinkButton(path, v.T("Show all assets"), ""))
	case !win.AllGroups:
		return ui.Empty("bulldozer", v.T("No assets in your groups"), v.T("You see the assets of your groups at %s. There is none in them at the moment; ask your portal admin if that should not be so.", win.CustomerName))
	}
	return ui.Empty("bulldozer", v.T("No assets at the moment"), v.T("As soon as %s assigns a machine to %s, it appears here, for as long as you have it.", win.ProviderName, win.CustomerName))
}

func (l assetsList) mapPage(v *ui.View) g.Node {
	path, c := v.Base+"/map", l.Client
	marks := ui.HrefWith(v.Base+"/map.json", l.Query)
	body := g.Node(ui.Grid(ui.Col(8, ui.Map(v, "fleet-map", marks, ui.MapOpts{Label: v.T("Map of your assets"), Tall: true, Poll: 60})), ui.Col(4, l.places(v))))
	if l.Points.Total == 0 {
		body = l.nowhere(v, path)
	}
	return ui.Page(v, v.T("Map"), ui.PageHead(v, v.T("Map"), nil), viewTabs(v, c, "/map"), ui.List("assets", l.filters(v, path), body))
}

func (l assetsList) nowhere(v *ui.View, path string) g.Node {
	if l.filtered() {
		return l.none(v, path)
	}
	return ui.Empty("map-pin", v.T("No positions yet"), v.T("An asset appears on the map with the first position it reports after it came to you."))
}

// places names what the map shows, for whoever reads rather than looks.
func (l assetsList) places(v *ui.View) g.Node {
	at := v.Base + "/assets/"
	if !l.Client.Shares(store.FeatureList) {
		at = ""
	}
	named := make([]store.Point, 0, len(l.Points.Points))
	for _, p := range l.Points.Points {
		if p.Asset != 0 && len(named) < 200 {
			named = append(named, p)
		}
	}
	return ui.Table(v, ui.TableSpec[store.Point]{ID: "places", Caption: v.T("Assets on the map"), Columns: []ui.Column[store.Point]{
		{Label: v.T("Asset"), Bytes: func(b []byte, p store.Point) []byte {
			if at == "" {
				return ui.AppendTwo(b, "", p.Name, p.Model)
			}
			return ui.AppendTwoNum(b, at, int64(p.Asset), p.Name, p.Model)
		}},
		{Label: v.T("Position taken"), Quiet: true, Bytes: func(b []byte, p store.Point) []byte { return v.AppendAgo(b, p.At, l.Client.Now()) }},
	}}, named)
}

// assetPage is what the client sees of one asset.
type assetPage struct {
	Client store.Client
	Now    time.Time
	Asset  store.Asset
	Fields []store.FieldValue
	Groups []store.GroupRef
	Events store.Page[store.Event]
	Faults []store.FaultCode
	Chart  *fleet.ChartSpec
	Jobs   []store.Job
	Today  string
}

func (a assetPage) page(v *ui.View) g.Node {
	one := a.Asset
	state := []g.Node{fleet.Status(v, one.Status), ui.Muted(v.T("with you since %s", v.Date(one.Since)))}
	if !one.Until.IsZero() {
		state = append(state, ui.Badge("info", v.T("until %s", v.Date(one.Until.Add(-time.Second)))))
	}
	return ui.Page(v, one.Name, ui.PageHead(v, one.Name, []ui.Link{{Label: v.T("Assets"), Href: v.Base + "/assets"}}, reportButton(v, a.Client, "?asset="+fleet.ID(one.ID))), ui.Actions(state...), a.meters(v),
		ui.Grid(ui.Col(8, a.chart(v), a.faults(v), a.jobs(v), a.activity(v)), ui.Col(4, a.place(v), ui.Card(v.T("Details"), fleet.Details(v, one, a.Fields, a.Groups, a.Now)))))
}

// jobs are what was done to the asset, and what will be.
func (a assetPage) jobs(v *ui.View) g.Node {
	if len(a.Jobs) == 0 {
		return nil
	}
	return ui.CardWith(ui.CardSpec{Title: v.T("Jobs"), Flush: true}, ui.Table(v, ui.TableSpec[store.Job]{ID: "asset-jobs", Caption: v.T("Jobs"), Columns: []ui.Column[store.Job]{
		{Label: v.T("Job"), Wide: true, Bytes: func(b []byte, j store.Job) []byte {
			return ui.AppendTwo(b, v.Base+jobPath(j), j.Title(), store.JobNumber(j.Number))
		}},
		{Label: v.T("Status"), Bytes: func(b []byte, j store.Job) []byte { return progress.AppendBadge(v, b, j, a.Today) }},
		{Label: v.T("Appointment"), Bytes: func(b []byte, j store.Job) []byte { return ui.AppendText(b, progress.Appointment(v, j)) }},
	}}, a.Jobs))
}

func (a assetPage) meters(v *ui.View) g.Node {
	if !a.Client.Shares(store.FeatureMeters) {
		return nil
	}
	if m := fleet.Meters(v, a.Asset, a.Now); m != nil {
		return m
	}
	return ui.Notice("info", v.T("No readings since it came to you. They appear here with the next one it reports."))
}

func (a assetPage) chart(v *ui.View) g.Node {
	if a.Chart == nil || len(a.Chart.Points) == 0 {
		return nil
	}
	return ui.CardWith(ui.CardSpec{Title: v.T("Readings"), ID: "readings"}, fleet.Chart(v, *a.Chart))
}

func (a assetPage) faults(v *ui.View) g.Node {
	if len(a.Faults) == 0 {
		return nil
	}
	return ui.CardWith(ui.CardSpec{Title: v.T("Fault codes"), Flush: true}, fleet.Faults(v, a.Faults))
}

func (a assetPage) activity(v *ui.View) g.Node {
	if len(a.Events.Rows) == 0 {
		return nil
	}
	return ui.Card(v.T("Activity"), fleet.Feed(v, fleet.FeedSpec{Provider: a.Client.Window().ProviderName, Now: a.Now}, a.Events.Rows))
}

func (a assetPage) place(v *ui.View) g.Node {
	one := a.Asset
	if !a.Client.Shares(store.FeatureMap) {
		return nil
	}
	if !one.Lat.OK {
		return ui.Card(v.T("Position"), ui.Empty("map-pin", v.T("No position yet"), v.T("It appears with the first one it reports after it came to you.")))
	}
	return ui.CardWith(ui.CardSpec{Title: v.T("Position"), Note: fleet.Place(v, one, a.Now), Flush: true},
		ui.Map(v, "place", v.Base+"/assets/"+fleet.ID(one.ID)+"/map.json", ui.MapOpts{Label: v.T("Where %s is", one.Name), Lat: one.Lat.V, Lon: one.Lon.V, Zoom: 8}))
}
