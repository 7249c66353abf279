package admin

import (
	"strconv"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// clientLines is how many lines of history a profile shows at once.
const clientLines = 20

type clientProfile struct {
	Staff       store.Staff
	Client      store.ClientUser
	Memberships []store.Membership
	Lines       []store.AuditLine // one more than is shown, if there is one
	Words       words
	Before      int64
}

func clientPage(v *ui.View, p clientProfile) g.Node {
	c := p.Client
	return ui.Page(v, c.Name, ui.PageHead(v, c.Name, clientCrumbs(v)),
		h.Div(h.Class("facts"), ui.Badge(personStates[c.State][0], v.T(personStates[c.State][1])), h.Span(g.Text(c.Email))),
		ui.Grid(ui.Col(4, personCard(v, p)), ui.Col(8, membershipsCard(v, p)), ui.Col(12, clientHistory(v, p))))
}

func personCard(v *ui.View, p clientProfile) g.Node {
	c := p.Client
	login := v.DateTime(c.LastLogin)
	if c.State == "pending" {
		login = v.T("Activation pending")
	} else if c.LastLogin.IsZero() {
		login = v.T("Never")
	}
	return ui.Card(v.T("Person"), ui.DL(ui.Row(v.T("ID"), "U-"+id(c.ID)), ui.Row(v.T("Full name"), c.Name), ui.Row(v.T("Title"), c.Title), addressPair(v.T("E-mail"), "mailto:", c.Email),
		ui.Row(v.T("User name"), c.Username), addressPair(v.T("Phone"), "tel:", c.Phone), ui.Row(v.T("Last login"), login), ui.Row(v.T("Created"), v.DateTime(c.CreatedAt))))
}

func membershipsCard(v *ui.View, p clientProfile) g.Node {
	card := ui.CardSpec{Title: v.T("Portals"), Note: v.T("Each customer this person belongs to, with what they are there."), Flush: true}
	empty := ui.Empty("lock", v.T("In no portal"), v.T("This person can sign in nowhere. Add a customer to let them in again."))
	return ui.CardWith(card, ui.Table(v, ui.TableSpec[store.Membership]{ID: "memberships", Caption: v.T("Portals"), Columns: membershipColumns(v), Empty: empty}, p.Memberships))
}

func membershipColumns(v *ui.View) []ui.Column[store.Membership] {
	return []ui.Column[store.Membership]{
		{Label: v.T("Customer"), Bytes: func(b []byte, m store.Membership) []byte {
			return ui.AppendTwo(b, v.Base+"/customers/"+id(m.Customer), m.CustomerName, "/portal/"+m.Slug)
		}},
		{Label: v.T("Role"), Bytes: func(b []byte, m store.Membership) []byte { return ui.AppendText(b, roleList(v, m.Roles)) }},
		{Label: v.T("Groups"), Wide: true, Bytes: func(b []byte, m store.Membership) []byte { return ui.AppendText(b, sightText(v, m.Sight)) }},
		{Label: v.T("Sees records of"), Wide: true, Bytes: func(b []byte, m store.Membership) []byte { return ui.AppendText(b, seesText(v, m.Sees)) }},
		{Label: v.T("Last login"), Quiet: true, Bytes: func(b []byte, m store.Membership) []byte { return v.AppendDateTime(b, m.LastLogin) }},
		{Label: v.T("State"), Bytes: func(b []byte, m store.Membership) []byte {
			return ui.AppendBadge(b, personStates[m.State][0], v.T(personStates[m.State][1]))
		}},
	}
}

// roleList names the roles of a membership.
func roleList(v *ui.View, roles []store.Role) string {
	names := make([]string, len(roles))
	for i, o := range roles {
		names[i] = roleTitle(v, o)
	}
	if len(names) == 0 {
		return v.T("No role yet")
	}
	return strings.Join(names, ", ")
}

func sightText(v *ui.View, s store.Sight) string {
	if s.All {
		return v.T("ALL groups")
	}
	names := []string{}
	for _, u := range s.Groups {
		names = append(names, u.Name)
	}
	if len(names) == 0 {
		return v.T("None")
	}
	return strings.Join(names, ", ")
}

func seesText(v *ui.View, sees string) string {
	for _, o := range seesOptions(v) {
		if o.Value == sees {
			return o.Label
		}
	}
	return sees
}

// clientHistory is what happened to the account and its memberships.
func clientHistory(v *ui.View, p clientProfile) g.Node {
	if !p.Staff.May(store.HistoryRead) {
		return nil
	}
	path, lines, first, next := v.Base+"/clients/"+id(p.Client.ID), p.Lines, "", ""
	if len(lines) > clientLines {
		lines = lines[:clientLines]
		next = path + "?before=" + strconv.FormatInt(lines[clientLines-1].ID, 10) + "#history"
	}
	if p.Before != 0 {
		first = path + "#history"
	}
	body := ui.Muted(v.T("Nothing was changed so far."))
	if len(lines) > 0 {
		body = historyList(v, p.Words, lines)
	}
	return ui.CardWith(ui.CardSpec{Title: v.T("History"), ID: "history"}, body, newerOlder(v, first, next))
}
