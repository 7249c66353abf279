package admin

import (
	"context"
	"slices"
	"time"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/fleet"
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// ahead is how far ahead the start page looks for machines that come back, and
// shown how many lines each of its lists has.
const (
	ahead = 14 * 24 * time.Hour
	shown = 6
)

// home is what a provider's people see first: what waits, and what happened.
type home struct {
	Counts  store.Overview
	Waiting []store.Waiting
	Endings []store.Ending
	Biggest []store.Customer // those with the most assets
	News    []store.Event
}

func readHome(ctx context.Context, s store.Staff) (m home, err error) {
	if m.Counts, err = s.Overview(ctx); err != nil || m.Counts.Customers == 0 {
		return m, err
	}
	if m.Waiting, err = s.Waiting(ctx, shown); err != nil {
		return m, err
	}
	if m.Endings, err = s.Endings(ctx, s.Now().Add(ahead), shown); err != nil {
		return m, err
	}
	biggest, err := s.Customers(ctx, store.CustomerFilter{Sort: "-assets", Limit: 8})
	if err != nil {
		return m, err
	}
	m.Biggest = slices.DeleteFunc(biggest.Rows, func(c store.Customer) bool { return c.Assets == 0 })
	news, err := s.Events(ctx, store.EventFilter{Limit: shown})
	m.News = news.Rows
	return m, err
}

func homePage(v *ui.View, s store.Staff, m home, mail store.MailState) g.Node {
	o := m.Counts
	return ui.Page(v, v.T("Overview"), ui.PageHead(v, v.T("Good to see you, %s", s.Me().Name), nil), failedNotice(v, mail),
		ui.Stats(
			ui.StatLink(v.Base+"/customers", v.T("Customers"), v.N(o.Customers), ""),
			ui.StatLink(v.Base+"/customers?portal=active", v.T("Active portals"), v.N(o.Active), ""),
			ui.StatLink(v.Base+"/customers?portal=pending", v.T("Portal access pending"), v.N(o.Pending), ""),
			ui.StatLink(v.Base+"/assets", v.T("Assets"), v.N(o.Assets), v.T("%s with a customer", v.N(o.Assigned)))),
		g.If(o.Customers == 0, beginHere(v, s)),
		g.If(o.Customers > 0, ui.Grid(ui.Col(6, ui.Stack(waitingCard(v, m), biggestCard(v, m))), ui.Col(6, ui.Stack(endingsCard(v, m), newsCard(v, s, m))))))
}

func beginHere(v *ui.View, s store.Staff) g.Node {
	return ui.Empty("building", v.T("Begin with a customer"), v.T("Add one, or import your list from a spreadsheet. Then assign assets and open a portal."),
		g.If(s.May(store.CustomerAdd), ui.PrimaryLink(v.Base+"/customers/new", v.T("Add customer"), "plus")),
		g.If(s.May(store.ImportUpload), ui.LinkButton(v.Base+"/imports/new?kind="+store.ImportCustomers, v.T("Import customers"), "file-import")))
}

func waitingCard(v *ui.View, m home) g.Node {
	body := g.Node(h.P(ui.Muted(v.T("Every invited customer has taken up its portal."))))
	if len(m.Waiting) > 0 {
		body = h.Ul(h.Class("plain-list"), g.Map(m.Waiting, func(w store.Waiting) g.Node {
			return h.Li(ui.TextLink(v.Base+"/customers/"+id(w.Customer)+"/portal", w.Name), g.Text(" "), ui.Badge("warn", v.T("Portal access pending")), g.Text(" "), ui.Muted(v.Date(w.Since)))
		}))
	}
	return ui.Card(v.T("Waiting for the customer"), body)
}

func endingsCard(v *ui.View, m home) g.Node {
	body := g.Node(h.P(ui.Muted(v.T("Nothing comes back in the next 14 days."))))
	if len(m.Endings) > 0 {
		body = h.Ul(h.Class("plain-list"), g.Map(m.Endings, func(e store.Ending) g.Node {
			return h.Li(ui.TextLink(v.Base+"/assets/"+id(e.Asset), e.AssetName), g.Text(" "), g.Text(e.CustomerName), g.Text(" "), ui.Muted(v.T("last day %s", v.Date(e.Until.Add(-time.Second)))))
		}))
	}
	return ui.Card(v.T("Coming back soon"), body)
}

func biggestCard(v *ui.View, m home) g.Node {
	if len(m.Biggest) == 0 {
		return nil
	}
	pairs := make([]ui.Pair, len(m.Biggest))
	for i, c := range m.Biggest {
		pairs[i] = ui.Pair{Label: c.Name, Value: ui.MeterWith(float64(c.Assets), float64(m.Biggest[0].Assets), 0, v.Plural(c.Assets, "%s asset", "%s assets"), v.N(c.Assets))}
	}
	return ui.Card(v.T("Who has the most assets"), ui.DL(pairs...))
}

func newsCard(v *ui.View, s store.Staff, m home) g.Node {
	if len(m.News) == 0 {
		return nil
	}
	return ui.Card(v.T("What is new"), fleet.Feed(v, fleet.FeedSpec{AssetPath: v.Base + "/assets/", Named: true, Now: s.Now()}, m.News))
}
