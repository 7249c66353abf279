package admin

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	g "maragu.dev/gomponents"

	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func feedsPage(v *ui.View, s store.Staff, all []store.Feed) g.Node {
	path := v.Base + "/feeds"
	var actions []g.Node
	if s.May(store.FeedAdd) {
		actions = append(actions, ui.PrimaryLink(path+"/new", v.T("Add feed"), "plus"))
	}
	return ui.Page(v, v.T("Feeds"), ui.PageHead(v, v.T("Feeds"), []ui.Link{{Label: v.T("Assets"), Href: v.Base + "/assets"}}, actions...),
		ui.PageLead(v.T("A feed asks a telematics system for its fleet again and again (ISO 15143-3, AEMP 2.0), and brings in its machines and their readings.")),
		ui.Live(v, v.Path, ui.List("feeds", feedTable(v, path, s, all))))
}

func feedTable(v *ui.View, path string, s store.Staff, all []store.Feed) g.Node {
	now := s.Now()
	return ui.Table(v, ui.TableSpec[store.Feed]{ID: "feed-table", Caption: v.T("Feeds"), Path: path,
		Columns: []ui.Column[store.Feed]{
			{Label: v.T("Feed"), Bytes: func(b []byte, f store.Feed) []byte { return ui.AppendTwo(b, path+"/"+id(f.ID), f.Name, hostOf(f.URL)) }},
			{Label: v.T("State"), Bytes: func(b []byte, f store.Feed) []byte {
				kind, says := feedState(v, f)
				return ui.AppendBadge(b, kind, says)
			}},
			{Label: v.T("Last asked"), Quiet: true, Bytes: func(b []byte, f store.Feed) []byte { return v.AppendAgo(b, f.Last.StartedAt, now) }},
			{Label: v.T("Machines"), Align: "end", Bytes: func(b []byte, f store.Feed) []byte { return v.AppendN(b, f.Last.Machines) }},
			{Label: v.T("New readings"), Align: "end", Bytes: func(b []byte, f store.Feed) []byte { return v.AppendN(b, f.Last.Readings) }},
			{Label: v.T("Every"), Quiet: true, Bytes: func(b []byte, f store.Feed) []byte { return ui.AppendText(b, everyWords(v, f.Every)) }},
		},
		Empty: noFeeds(v, path, s)}, all)
}

func noFeeds(v *ui.View, path string, s store.Staff) g.Node {
	if !s.May(store.FeedAdd) {
		return ui.Empty("plug", v.T("No feeds yet"), v.T("An admin can add one."))
	}
	return ui.Empty("plug", v.T("No feeds yet"), v.T("With the address of a fleet snapshot and a login, machines and readings come in by themselves. A single snapshot can also be imported as a file."),
		ui.PrimaryLink(path+"/new", v.T("Add feed"), "plus"), ui.LinkButton(v.Base+"/imports/new?kind="+store.ImportFleet, v.T("Import a file"), "file-import"))
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}

// feedState is how a feed fares, as a badge.
func feedState(v *ui.View, f store.Feed) (kind, says string) {
	switch {
	case f.Last.ID != 0 && f.Last.FinishedAt.IsZero():
		return "info", v.T("Being asked")
	case !f.Enabled:
		return "neutral", v.T("Switched off")
	case f.Last.ID == 0:
		return "neutral", v.T("Not asked yet")
	case f.Last.OK:
		return "ok", v.T("Works")
	}
	return "crit", v.T("Fails")
}

// feedTimes are the times between two pulls to choose from, in minutes.
var feedTimes = []int64{15, 30, 60, 120, 240, 360, 720, 1440, 10080}

func everyWords(v *ui.View, minutes int64) string {
	switch {
	case minutes%10080 == 0:
		return v.Plural(minutes/10080, "%s week", "%s weeks")
	case minutes%1440 == 0:
		return v.Plural(minutes/1440, "%s day", "%s days")
	case minutes%60 == 0:
		return v.Plural(minutes/60, "%s hour", "%s hours")
	}
	return v.Plural(minutes, "%s minute", "%s minutes")
}

type feedForm struct {
	Feed    *store.Feed // nil: a new one
	Edit    store.FeedEdit
	Version int64
	Problem error
}

func feedFormPage(v *ui.View, f feedForm) g.Node {
	title, action, back, kept := v.T("Add feed"), v.Base+"/feeds/new", v.Base+"/feeds", false
	if f.Feed != nil {
		back, kept = v.Base+"/feeds/"+id(f.Feed.ID), f.Feed.HasSecret
		title, action = v.T("Edit %s", f.Feed.Name), back+"/edit"
	}
	e, bad := f.Edit, fault.Fields(f.Problem)
	secret := v.T("It is kept, and never shown again.")
	if kept {
		secret = v.T("One is kept. Leave this empty to keep it.")
	}
	return ui.Page(v, title, ui.PageHead(v, title, []ui.Link{{Label: v.T("Feeds"), Href: v.Base + "/feeds"}}), problemNotice(v, f.Problem),
		ui.Card("", ui.Form(action, ui.HiddenFields("version", strconv.FormatInt(f.Version, 10)),
			ui.Two(ui.Input(ui.Field{Name: "name", Label: v.T("Name"), Value: e.Name, Required: true, Max: 100, Error: bad["name"], Autocomplete: "off", Placeholder: "Trackunit"}),
				ui.Select(ui.Field{Name: "every", Label: v.T("Ask every"), Value: strconv.FormatInt(e.Every, 10), Error: bad["every"]}, feedTimeOptions(v, e.Every))),
			ui.Input(ui.Field{Name: "url", Label: v.T("Address of the fleet"), Type: "url", Value: e.URL, Required: true, Max: 1000, Error: bad["url"], Autocomplete: "off", Placeholder: "https://example.com/aemp/v2/15143/-3/Fleet/1",
				Hint: v.T("The first page. Further pages are followed, on the same server only. Over http:// the password can be read on its way.")}),
			ui.Radios(ui.Field{Name: "auth", Label: v.T("Sign in with"), Value: e.Auth, Error: bad["auth"]}, []ui.Option{{Value: "basic", Label: v.T("User name and password")}, {Value: "bearer", Label: v.T("Token"), Hint: v.T("Sent as “Authorization: Bearer …”.")}, {Value: "none", Label: v.T("Nothing")}}),
			ui.Two(ui.Input(ui.Field{Name: "username", Label: v.T("User name"), Value: e.Username, Max: 200, Error: bad["username"], Autocomplete: "off"}),
				ui.Input(ui.Field{Name: "secret", Label: v.T("Password or token"), Type: "password", Max: 2000, Error: bad["secret"], Hint: secret, Autocomplete: "new-password"})),
			ui.Switch("enabled", "1", v.T("Ask on the schedule"), v.T("Off, nothing is asked."), e.Enabled, false),
			ui.FormActions(ui.Primary(v.T("Save")), ui.LinkButton(back, v.T("Cancel"), "")))))
}

func feedTimeOptions(v *ui.View, now int64) (out []ui.Option) {
	listed := false
	for _, m := range feedTimes {
		out = append(out, ui.Option{Value: strconv.FormatInt(m, 10), Label: everyWords(v, m)})
		listed = listed || m == now
	}
	if !listed {
		out = append(out, ui.Option{Value: strconv.FormatInt(now, 10), Label: everyWords(v, now)})
	}
	return out
}

type feedView struct {
	Staff store.Staff
	Feed  store.Feed
	Log   store.Page[store.Pull]
	Query url.Values
	Now   time.Time
}

func feedPage(v *ui.View, p feedView) g.Node {
	f, at := p.Feed, v.Base+"/feeds/"+id(p.Feed.ID)
	var actions []g.Node
	if p.Staff.May(store.FeedPull) && f.Enabled {
		actions = append(actions, ui.PostPrimary(at+"/pull", v.T("Pull now"), "refresh"))
	}
	if p.Staff.May(store.FeedChange) {
		actions = append(actions, ui.LinkButton(at+"/edit", v.T("Edit"), "pencil"))
	}
	if p.Staff.May(store.FeedRemove) {
		actions = append(actions, ui.LinkButton(at+"/remove", v.T("Remove"), "trash"))
	}
	return ui.Page(v, f.Name, ui.PageHead(v, f.Name, []ui.Link{{Label: v.T("Assets"), Href: v.Base + "/assets"}, {Label: v.T("Feeds"), Href: v.Base + "/feeds"}}, actions...),
		ui.LiveFast(v, v.Path, feedPace(f), ui.Stack(feedFacts(v, p), pullList(v, p))))
}

// feedPace is how often the page looks again: soon while something happens.
func feedPace(f store.Feed) int {
	if f.Last.ID != 0 && f.Last.FinishedAt.IsZero() {
		return 2
	}
	return 15
}

func feedFacts(v *ui.View, p feedView) g.Node {
	f := p.Feed
	kind, says := feedState(v, f)
	auth := map[string]string{"none": v.T("Nothing"), "basic": v.T("User name and password") + " (" + f.Username + ")", "bearer": v.T("Token")}[f.Auth]
	next := v.T("Not asked while it is switched off")
	if f.Enabled {
		next = v.DateTime(f.NextAt)
	}
	var notice g.Node
	if !f.Last.OK && f.Last.Says != "" {
		notice = ui.Notice("crit", f.Last.Says)
		if f.Failures > 1 {
			notice = ui.Notice("crit", f.Last.Says, ui.Muted(v.T("It failed %s times in a row; it is asked less often until it works.", v.N(f.Failures))))
		}
	}
	return g.Group{notice, ui.Card(v.T("Feed"), ui.DL(ui.Pair{Label: v.T("State"), Value: ui.Badge(kind, says)}, ui.Row(v.T("Address"), f.URL), ui.Row(v.T("Signs in with"), strings.TrimSpace(auth)),
		ui.Row(v.T("Every"), everyWords(v, f.Every)), ui.Row(v.T("Next time"), next)))}
}

func pullList(v *ui.View, p feedView) g.Node {
	at, next, first := v.Base+"/feeds/"+id(p.Feed.ID), "", ""
	if p.Log.Next != "" {
		next = ui.HrefWith(at, p.Query, "after", p.Log.Next)
	}
	if p.Query.Get("after") != "" {
		first = at
	}
	return ui.List("pulls", ui.Table(v, ui.TableSpec[store.Pull]{ID: "pull-table", Caption: v.T("What came of asking"), Path: at,
		Columns: []ui.Column[store.Pull]{
			{Label: v.T("Asked"), Bytes: func(b []byte, l store.Pull) []byte {
				return ui.AppendTwo(b, "", v.DateTime(l.StartedAt), tookWords(v, l))
			}},
			{Label: v.T("Outcome"), Bytes: func(b []byte, l store.Pull) []byte {
				switch {
				case l.FinishedAt.IsZero():
					return ui.AppendBadge(b, "info", v.T("Being asked"))
				case l.OK:
					return ui.AppendBadge(b, "ok", v.T("Done"))
				}
				return ui.AppendBadge(b, "crit", v.T("Failed"))
			}},
			{Label: v.T("Pages"), Align: "end", Bytes: func(b []byte, l store.Pull) []byte { return v.AppendN(b, l.Pages) }},
			{Label: v.T("Machines"), Align: "end", Bytes: func(b []byte, l store.Pull) []byte { return v.AppendN(b, l.Machines) }},
			{Label: v.T("New assets"), Align: "end", Bytes: func(b []byte, l store.Pull) []byte { return v.AppendN(b, l.Added) }},
			{Label: v.T("New readings"), Align: "end", Bytes: func(b []byte, l store.Pull) []byte { return v.AppendN(b, l.Readings) }},
			{Label: v.T("Left out"), Align: "end", Bytes: func(b []byte, l store.Pull) []byte { return v.AppendN(b, l.Skipped) }},
			{Label: v.T("What it says"), Wide: true, Quiet: true, Bytes: func(b []byte, l store.Pull) []byte { return ui.AppendText(b, l.Says) }},
		},
		Empty: ui.Empty("plug", v.T("Not asked yet"), v.T("What comes of asking this feed is listed here."))}, p.Log.Rows),
		ui.Pager(v, len(p.Log.Rows), total(v, p.Log.Total, p.Log.More), first, next))
}

func tookWords(v *ui.View, l store.Pull) string {
	if l.FinishedAt.IsZero() {
		return ""
	}
	return v.Plural(int64(l.FinishedAt.Sub(l.StartedAt)/time.Second), "%s second", "%s seconds")
}

func removeFeedPage(v *ui.View, f store.Feed) g.Node {
	at, title := v.Base+"/feeds/"+id(f.ID), v.T("Remove this feed?")
	return ui.Page(v, title, ui.PageHead(v, title, []ui.Link{{Label: v.T("Feeds"), Href: v.Base + "/feeds"}, {Label: f.Name, Href: at}}),
		ui.ConfirmPage(v, f.Name, v.T("It is no longer asked, and its log is removed. Machines and readings that it brought stay."), at+"/remove", v.T("Remove the feed"), at))
}
