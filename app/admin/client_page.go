package admin

import (
	"strconv"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// clientLines is how many lines of history a profile shows at once.
const clientLines = 20

type clientProfile struct {
	Staff       store.Staff
	Client      store.ClientUser
	Account     store.Account
	Memberships []store.Membership
	Letter      store.Mail
	Sessions    []store.Session
	Pending     store.EmailChange
	Lines       []store.AuditLine // one more than is shown, if there is one
	Words       words
	Before      int64
}

func clientPage(v *ui.View, p clientProfile) g.Node {
	c, at := p.Client, v.Base+"/clients/"+id(p.Client.ID)
	return ui.Page(v, c.Name, ui.PageHead(v, c.Name, clientCrumbs(v), clientActions(v, p, at)...),
		h.Div(h.Class("facts"), ui.Badge(personStates[c.State][0], v.T(personStates[c.State][1])), h.Span(g.Text(c.Email)), g.If(c.MustChange, ui.Badge("info", v.T("Must change the password")))),
		ui.Grid(ui.Col(4, personCard(v, p), formatsCard(v, p), signInCard(v, p, at), factorCard(v, p.Staff, p.Account, at)), ui.Col(8, membershipsCard(v, p, at), clientHistory(v, p))))
}

// clientActions stand at the top of a profile.
func clientActions(v *ui.View, p clientProfile, at string) (out []g.Node) {
	if p.Staff.May(store.UserPassword) && p.Client.State != "disabled" {
		out = append(out, ui.LinkButton(at+"/password", v.T("Change Password"), "key"))
	}
	if p.Staff.May(store.UserChange) {
		out = append(out, ui.LinkButton(at+"/edit", v.T("Edit"), "pencil"))
	}
	if p.Staff.May(store.UserDelete) {
		out = append(out, ui.Menu(v.T("More"), "", ui.MenuLink(at+"/delete", v.T("Delete client"), "trash")))
	}
	return out
}

func personCard(v *ui.View, p clientProfile) g.Node {
	c := p.Client
	login := v.DateTime(c.LastLogin)
	if c.State == "pending" {
		login = v.T("Activation pending")
	} else if c.LastLogin.IsZero() {
		login = v.T("Never")
	}
	rows := []ui.Pair{ui.Row(v.T("ID"), "U-"+id(c.ID)), ui.Row(v.T("Full name"), c.Name), ui.Row(v.T("Title"), c.Title), addressPair(v.T("E-mail"), "mailto:", c.Email)}
	if p.Pending.ID != 0 {
		rows = append(rows, ui.Pair{Label: v.T("New e-mail"), Value: g.Group{g.Text(p.Pending.New + " "), ui.Badge("warn", v.T("pending"))}})
	}
	return ui.Card(v.T("Person"), ui.DL(append(rows, ui.Row(v.T("User name"), c.Username), addressPair(v.T("Phone"), "tel:", c.Phone), ui.Row(v.T("Last login"), login), ui.Row(v.T("Created"), v.DateTime(c.CreatedAt)))...))
}

var dateForms = map[string]string{"MDY": "MM/DD/YYYY", "DMY": "DD/MM/YYYY", "YMD": "YYYY/MM/DD"}

func formatsCard(v *ui.View, p clientProfile) g.Node {
	f, clock := p.Account.Formats, v.T("12-hour (AM/PM)")
	if f.Clock24 {
		clock = v.T("24-hour")
	}
	return ui.Card(v.T("Dates, times and language"), ui.DL(ui.Row(v.T("Date format"), dateForms[f.Date]), ui.Row(v.T("Separator"), f.Sep), ui.Row(v.T("Time format"), clock),
		ui.Row(v.T("Language"), web.Language(f.Language)), ui.Row(v.T("Time zone"), f.Zone)))
}

// signInCard is the account itself: its toggle, its last letter, its sessions.
func signInCard(v *ui.View, p clientProfile, at string) g.Node {
	c, s := p.Client, p.Staff
	rows := []ui.Pair{{Label: v.T("Last letter"), Value: letterState(v, p)}}
	if s.May(store.UserSessions) {
		rows = append(rows, ui.Row(v.T("Signed in"), v.Plural(int64(len(p.Sessions)), "%s session", "%s sessions")))
	}
	var actions []g.Node
	if s.May(store.UserLink) && c.State != "disabled" && len(p.Memberships) > 0 {
		label := v.T("Request password reset")
		if c.State == "pending" {
			label = v.T("Resend activation email")
		}
		actions = append(actions, ui.PostButton(at+"/link", label, "send"))
	}
	if s.May(store.UserSessions) && len(p.Sessions) > 0 {
		actions = append(actions, ui.PostButton(at+"/sessions/end", v.T("End all sessions"), "logout"))
	}
	return ui.Card(v.T("Sign-in"), ui.DL(rows...), g.If(len(actions) > 0, ui.Actions(actions...)), disableToggle(v, p, at))
}

// disableToggle is the switch Disable Account; it counts once it is saved.
func disableToggle(v *ui.View, p clientProfile, at string) g.Node {
	if !p.Staff.May(store.UserDisable) {
		return nil
	}
	return ui.Form(at+"/state", ui.Switch("disabled", "yes", v.T("Disable Account"), v.T("They can no longer sign in anywhere, sessions and links end at once. What they made stays, and it can be switched back."), p.Client.State == "disabled", false),
		ui.FormActions(ui.Button(v.T("Save"))))
}

func letterState(v *ui.View, p clientProfile) g.Node {
	m := p.Letter
	if m.ID == 0 {
		return ui.Muted(v.T("None so far"))
	}
	kind := mailKinds[m.Kind]
	if kind == "" {
		kind = m.Kind
	}
	return g.Group{ui.TextLink(v.Base+"/outbox/"+id(m.ID), v.T(kind)), g.Text(" "), ui.Badge(mailStates[m.State][0], v.T(mailStates[m.State][1])), h.Div(ui.Muted(v.DateTime(m.CreatedAt))), g.If(m.Reply != "", h.Div(ui.Muted(m.Reply)))}
}

func membershipsCard(v *ui.View, p clientProfile, at string) g.Node {
	card := ui.CardSpec{Title: v.T("Portals"), Note: v.T("Each customer this person belongs to, with what they are there."), Flush: true}
	if p.Staff.May(store.UserJoin) {
		card.Actions = []g.Node{ui.LinkButton(at+"/portals/new", v.T("Add customer"), "plus")}
	}
	empty := ui.Empty("lock", v.T("In no portal"), v.T("This person can sign in nowhere. Add a customer to let them in again."))
	return ui.CardWith(card, ui.Table(v, ui.TableSpec[store.Membership]{ID: "memberships", Caption: v.T("Portals"), Columns: membershipColumns(v), Empty: empty,
		RowActions: func(m store.Membership) g.Node { return memberMenu(v, p.Staff, at, m) }}, p.Memberships))
}

func memberMenu(v *ui.View, s store.Staff, at string, m store.Membership) g.Node {
	here := at + "/portals/" + id(m.ID)
	items := []g.Node{ui.MenuLink(here, v.T("Roles, groups and permissions"), "user-cog"), ui.MenuLink(v.Base+"/customers/"+id(m.Customer)+"/portal/access", v.T("Portal access of this customer"), "world")}
	if s.May(store.UserLeave) {
		items = append(items, ui.MenuLink(here+"/remove", v.T("Remove from this portal"), "user-minus"))
	}
	return ui.RowMenu(v.T("Actions for %s", m.CustomerName), items...)
}

func membershipColumns(v *ui.View) []ui.Column[store.Membership] {
	return []ui.Column[store.Membership]{
		{Label: v.T("Customer"), Bytes: func(b []byte, m store.Membership) []byte {
			return ui.AppendTwo(b, v.Base+"/clients/"+id(m.User)+"/portals/"+id(m.ID), m.CustomerName, "/portal/"+m.Slug)
		}},
		{Label: v.T("Roles"), Wide: true, Bytes: func(b []byte, m store.Membership) []byte { return ui.AppendText(b, roleList(v, m.Roles)) }},
		{Label: v.T("Groups"), Wide: true, Cell: func(m store.Membership) g.Node {
			return g.Group{g.Text(sightText(v, m.Sight)), h.Small(g.Text(v.T("Sees records of") + ": " + seesText(v, m.Sees)))}
		}},
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
