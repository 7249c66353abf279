package portal

import (
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/progress"
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// home is what the first page after signing in shows: what is new, what needs
// attention, and the way to everything else.
type home struct {
	Client  store.Client
	Counts  []store.StatusCount
	Latest  []store.Asset
	Faults  []store.FaultCode
	News    []store.Activity
	Today   string
	Tally   store.JobTally // of today's deliveries
	Open    []store.Job    // work that is not done
	Support map[string]string
}

var statusLabels = map[string][2]string{"active": {"ok", "Active"}, "idle": {"idle", "Idle"}, "service": {"info", "In service"}, "retired": {"neutral", "Retired"}}

func homePage(v *ui.View, m home) g.Node {
	c := m.Client
	return ui.Page(v, c.Window().Name, ui.PageHead(v, v.T("Welcome, %s", c.Me().Name), nil, reportButton(v, c, ""), manageButton(v, c)),
		ui.PageLead(v.T("What %s shares with %s.", c.Window().ProviderName, c.Window().CustomerName)),
		viewTabs(v, c, ""),
		g.If(c.Window().Shared > 0 && len(c.Window().Features) == 0, ui.Empty("lock", v.T("Nothing is open to you yet"), v.T("You can sign in, but you have no role in this portal, or none that opens what it shares. The portal admin of %s or %s can give you one; it counts at your next click.", c.Window().CustomerName, c.Window().ProviderName))),
		g.If(c.Window().Shared == 0, ui.Empty("lock", v.T("Nothing is shared yet"), v.T("%s has not shared anything with %s yet. Once it does, it appears here.", c.Window().ProviderName, c.Window().CustomerName))),
		g.If(c.Shares(store.FeatureAssets) && m.none(), ui.Empty("backhoe", v.T("You have no assets at the moment"), v.T("As soon as %s assigns one to %s, it appears here.", c.Window().ProviderName, c.Window().CustomerName))),
		stats(append(deliveriesToday(v, m), counts(v, m)...)),
		cards(v, m))
}

// cards are what is under way and what is new, side by side where there is
// both.
func cards(v *ui.View, m home) g.Node {
	var now, news []g.Node
	if len(m.Open) > 0 {
		now = append(now, ui.Card(v.T("Jobs under way"), openJobs(v, m)))
	}
	if len(m.Faults) > 0 {
		now = append(now, ui.Card(v.T("Needs attention"), faultList(v, m)))
	}
	if len(m.Latest) > 0 {
		now = append(now, ui.Card(v.T("Last heard of"), latestList(v, m)))
	}
	if len(m.News) > 0 {
		news = append(news, ui.Card(v.T("What is new"), newsList(v, m)))
	}
	if s := support(v, m); s != nil {
		news = append(news, s)
	}
	if len(now) == 0 {
		return ui.Grid(g.Map(news, func(n g.Node) g.Node { return ui.Col(6, n) })...)
	}
	return ui.Grid(ui.Col(6, now...), ui.Col(6, news...))
}

// none reports whether there is no asset in any status.
func (m home) none() bool {
	for _, n := range m.Counts {
		if n.N > 0 {
			return false
		}
	}
	return true
}

// stats is the row of counters, if there is one.
func stats(all []g.Node) g.Node {
	if len(all) == 0 {
		return nil
	}
	return ui.Stats(all...)
}

// counts are how many assets are in each status, each leading to its own.
func counts(v *ui.View, m home) (stats []g.Node) {
	for _, n := range m.Counts {
		if n.N == 0 {
			continue
		}
		href := ""
		if m.Client.Shares(store.FeatureList) {
			href = v.Base + "/assets?status=" + n.Status
		}
		text := v.N(int64(n.N))
		if n.More {
			text += "+"
		}
		stats = append(stats, ui.StatLink(href, v.T(statusLabels[n.Status][1]), text, v.T("Assets")))
	}
	return stats
}

// assetHref leads to an asset's page, nowhere where that is not shared.
func (m home) assetHref(v *ui.View, id store.AssetID) string {
	if !m.Client.Shares(store.FeatureList) {
		return ""
	}
	return v.Base + "/assets/" + strconv.FormatInt(int64(id), 10)
}

func faultList(v *ui.View, m home) g.Node {
	items := make([]ui.TimelineItem, 0, len(m.Faults))
	for _, f := range m.Faults {
		kind := "warn"
		if f.Severity == "critical" {
			kind = "crit"
		}
		items = append(items, ui.TimelineItem{Icon: "alert-triangle", Kind: kind, Title: f.AssetName + ": " + f.Description, Href: m.assetHref(v, f.Asset), When: v.DateTime(f.At), At: f.At, Who: f.Code})
	}
	return ui.Timeline(items)
}

func latestList(v *ui.View, m home) g.Node {
	return h.Ul(h.Class("plain-list"), g.Map(m.Latest, func(a store.Asset) g.Node {
		return h.Li(ui.TextLink(m.assetHref(v, a.ID), a.Name), g.Text(" "), ui.Badge(statusLabels[a.Status][0], v.T(statusLabels[a.Status][1])), g.Text(" "), ui.Muted(v.Ago(a.SeenAt, m.Client.Now())))
	}))
}

func newsList(v *ui.View, m home) g.Node {
	items := make([]ui.TimelineItem, 0, len(m.News))
	for _, a := range m.News {
		items = append(items, newsItem(v, m.Client, a))
	}
	return ui.Timeline(items)
}

// support is whom to ask, as the provider set it.
func support(v *ui.View, m home) g.Node {
	name, mail, phone := m.Support[store.OwnSupportName], m.Support[store.OwnSupportEmail], m.Support[store.OwnSupportPhone]
	if name+mail+phone == "" {
		return nil
	}
	pairs := []ui.Pair{ui.Row(v.T("Contact"), name)}
	if mail != "" {
		pairs = append(pairs, ui.Pair{Label: v.T("E-mail"), Value: ui.TextLink("mailto:"+mail, mail)})
	}
	if phone != "" {
		pairs = append(pairs, ui.Pair{Label: v.T("Phone"), Value: ui.TextLink("tel:"+phone, phone)})
	}
	return ui.Card(v.T("Ask %s", m.Client.Window().ProviderName), ui.DL(pairs...))
}

// deliveriesToday are the day's counters, each leading to its own.
func deliveriesToday(v *ui.View, m home) []g.Node {
	if !m.Client.Shares(store.FeatureDeliveryList) {
		return nil
	}
	at := v.Base + "/deliveries"
	stats := []g.Node{ui.StatLink(at, v.T("Deliveries today"), v.N(m.Tally.Total), "")}
	for _, track := range store.Tracks(store.JobDelivery) {
		if n := m.Tally.Track[track]; n > 0 {
			stats = append(stats, ui.StatLink(at+"?track="+track, progress.TrackName(v, track, ""), v.N(n), ""))
		}
	}
	return stats
}

// openJobs are the jobs that are not done yet, the newest first.
func openJobs(v *ui.View, m home) g.Node {
	return h.Ul(h.Class("plain-list"), g.Map(m.Open, func(j store.Job) g.Node {
		return h.Li(ui.TextLink(v.Base+jobPath(j), store.JobNumber(j.Number)+" "+j.Title()), g.Text(" "), progress.Badge(v, j, m.Today), g.Text(" "), ui.Muted(progress.Appointment(v, j)))
	}))
}
