package admin

import (
	"net/url"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/desk"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func termsPage(v *ui.View, s store.Staff, all []store.TermsVersion) g.Node {
	path := v.Base + "/settings/terms"
	title := v.T("Terms of use")
	var actions []g.Node
	if len(all) > 0 {
		actions = []g.Node{ui.PrimaryLink(path+"/new", v.T("Publish a new version"), "pencil")}
	}
	empty := ui.Empty("file-text", v.T("No terms yet"), v.T("Without terms nobody is asked to accept anything."), ui.PrimaryLink(path+"/new", v.T("Write terms"), "pencil"))
	return settingsFrame(v, s, "/terms", title, actions, nil,
		ui.CardWith(ui.CardSpec{Title: title, Flush: true, Note: v.T("People of your customers accept them before a portal shows them anything. A published version is never changed; whoever accepted it is kept with it.")}, ui.Table(v, ui.TableSpec[store.TermsVersion]{ID: "terms", Caption: v.T("Versions of the terms"), Empty: empty, Columns: termsColumns(v, path, newest(all))}, all)))
}

func newest(all []store.TermsVersion) store.TermsID {
	if len(all) == 0 {
		return 0
	}
	return all[0].ID
}

// termsColumns are of a list of versions, of which current holds.
func termsColumns(v *ui.View, path string, current store.TermsID) []ui.Column[store.TermsVersion] {
	return []ui.Column[store.TermsVersion]{
		{Label: v.T("Version"), Bytes: func(b []byte, t store.TermsVersion) []byte {
			return ui.AppendTwo(b, path+"/"+id(t.ID), v.T("Version %s", v.N(t.Version)), t.Title)
		}},
		{Label: v.T("State"), Bytes: func(b []byte, t store.TermsVersion) []byte {
			if t.ID == current {
				return ui.AppendBadge(b, "ok", v.T("Current"))
			}
			return ui.AppendBadge(b, "neutral", v.T("Earlier"))
		}},
		{Label: v.T("Kind"), Bytes: func(b []byte, t store.TermsVersion) []byte {
			if t.Minor {
				return ui.AppendText(b, v.T("Minor edit, nobody was asked again"))
			}
			return ui.AppendText(b, v.T("Everybody was asked"))
		}},
		{Label: v.T("Accepted"), Align: "end", Bytes: func(b []byte, t store.TermsVersion) []byte { return v.AppendN(b, t.Accepted) }},
		{Label: v.T("Published"), Quiet: true, Bytes: func(b []byte, t store.TermsVersion) []byte { return v.AppendDateTime(b, t.PublishedAt) }},
	}
}

type newTerms struct {
	Title, Body string
	Minor       bool
	Problem     error
}

func newTermsPage(v *ui.View, f newTerms) g.Node {
	path, title := v.Base+"/settings/terms", v.T("Publish a new version")
	return ui.Page(v, title, ui.PageHead(v, title, []ui.Link{{Label: v.T("Settings"), Href: v.Base + "/settings"}, {Label: v.T("Terms"), Href: path}}), problemNotice(v, f.Problem),
		ui.Card("", termsForm(v, path, f, true)))
}

// termsForm is where a version is written; the first one of a portal cannot be
// a minor edit.
func termsForm(v *ui.View, path string, f newTerms, again bool) g.Node {
	bad := fault.Fields(f.Problem)
	return ui.Form(path+"/new",
		ui.Input(ui.Field{Name: "title", Label: v.T("Title"), Value: f.Title, Required: true, Max: 200, Error: bad["title"], Autocomplete: "off"}),
		ui.Textarea(ui.Field{Name: "body", Label: v.T("Text"), Value: f.Body, Required: true, Error: bad["body"], Hint: v.T("An empty line begins a new paragraph.")}, 18),
		g.If(again, ui.Checkbox("minor", "yes", v.T("Minor edit"), v.T("A slip of the pen was mended and nothing else. Nobody is asked to accept again."), f.Minor, false)),
		ui.FormActions(ui.Primary(v.T("Publish")), ui.LinkButton(path, v.T("Cancel"), "")))
}

func termsVersionPage(v *ui.View, t store.Terms, who store.Page[store.Acceptance], query url.Values) g.Node {
	path, title := v.Base+"/settings/terms/"+id(t.ID), v.T("Version %s", v.N(t.Version))
	return ui.Page(v, title, ui.PageHead(v, title, []ui.Link{{Label: v.T("Settings"), Href: v.Base + "/settings"}, {Label: v.T("Terms"), Href: v.Base + "/settings/terms"}}),
		ui.Grid(ui.Col(8, ui.Card(t.Title, g.Map(strings.Split(t.Body, "\n\n"), func(p string) g.Node { return h.P(h.Class("lines"), g.Text(p)) }))),
			ui.Col(4, ui.Card(v.T("Record"), ui.DL(ui.Row(v.T("Published"), v.DateTime(t.PublishedAt)), ui.Row(v.T("Kind"), kindOfTerms(v, t)), ui.Row(v.T("Length"), v.Plural(int64(len([]rune(t.Body))), "%s character", "%s characters"))),
				ui.CopyField("sha256", v.T("Fingerprint (SHA-256), kept with every acceptance"), t.SHA256)))),
		acceptedCard(v, path, who, query))
}

// acceptedCard lists who accepted a version, with what is kept of it.
func acceptedCard(v *ui.View, path string, who store.Page[store.Acceptance], query url.Values) g.Node {
	next, first := "", ""
	if who.Next != "" {
		next = ui.HrefWith(path, query, "after", who.Next)
	}
	if query.Get("after") != "" {
		first = path
	}
	return ui.CardWith(ui.CardSpec{Title: v.T("Accepted by"), Flush: true}, ui.Table(v, ui.TableSpec[store.Acceptance]{ID: "accepted", Caption: v.T("Accepted by"), Empty: ui.Empty("user-check", v.T("Nobody yet"), v.T("Whoever accepts this version shows up here.")),
		Columns: []ui.Column[store.Acceptance]{
			{Label: v.T("Person"), Bytes: func(b []byte, a store.Acceptance) []byte {
				if a.Name == "" {
					return ui.AppendTwo(b, "", desk.UserNumber(a.User), v.T("Deleted"))
				}
				return ui.AppendTwo(b, v.Base+"/clients/"+id(a.User), a.Name, a.Email)
			}},
			{Label: v.T("Portal"), Wide: true, Bytes: func(b []byte, a store.Acceptance) []byte { return ui.AppendText(b, a.Portal) }},
			{Label: v.T("Time"), Bytes: func(b []byte, a store.Acceptance) []byte { return v.AppendDateTime(b, a.At) }},
			{Label: v.T("Address"), Wide: true, Bytes: func(b []byte, a store.Acceptance) []byte { return ui.AppendTwo(b, "", a.IP, cut(a.Agent)) }},
		}}, who.Rows), g.If(next != "" || first != "", ui.Pager(v, len(who.Rows), total(v, who.Total, who.More), first, next)))
}

func kindOfTerms(v *ui.View, t store.Terms) string {
	if t.Minor {
		return v.T("Minor edit, nobody was asked again")
	}
	return v.T("Everybody was asked")
}
