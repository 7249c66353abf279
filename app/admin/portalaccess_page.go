package admin

import (
	"net/url"
	"time"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/desk"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

type access struct {
	Customer    store.Customer
	Portal      store.Portal
	Theme       store.Theme
	Address     string
	Query       url.Values
	Invitations store.Page[store.Invitation]
	Mails       map[store.InvitationID]store.InvitationMail
	Members     []store.Member
	Terms       store.Terms // that hold in it
	Invite      inviteForm
	MailOff     bool
	Now         time.Time
}

// accessPage is the step Portal Access, and the tab once the portal is open.
// What can change while it is looked at keeps itself fresh.
func accessPage(v *ui.View, s store.Staff, d access) g.Node {
	at := v.Base + "/customers/" + id(d.Customer.ID) + "/portal"
	return ui.Page(v, v.T("Customer Portal of %s", d.Customer.Name),
		ui.LiveFast(v, at+"/access", 5, ui.Stack(customerHead(v, s, d.Customer, "/portal"), portalSteps(v, s, d.Customer, d.Portal, "access"), accessNotices(v, s, d),
			membersCard(v, d), invitationsCard(v, s, at, d), ui.Grid(ui.Col(6, summaryCard(v, s, at, d), delegationCard(v, s, at, d)), ui.Col(6, seesCard(v, d.Portal.Shares), termsCard(v, s, at, d))))),
		inviteDialog(v, s, at, d), g.If(s.May(store.PortalSuspend), ui.Confirm(v, "suspend", v.T("Disable portal access?"), suspendText(v, d.Customer), at+"/suspend", v.T("Disable portal access"))))
}

func accessNotices(v *ui.View, s store.Staff, d access) g.Node {
	switch {
	case !s.May(store.PortalSetup):
		return ui.Notice("info", v.T("You can look at this. Changing it takes the role Admin."))
	case d.Portal.State == store.PortalSuspended:
		return ui.Notice("warn", v.T("Portal access is disabled. Nobody can sign in, and no link works."))
	case !d.Portal.SetupDone:
		return ui.Notice("warn", v.T("Save Portal Setup first. Nobody should be invited to an empty portal."))
	case len(d.Portal.Shares) == 0:
		return ui.Notice("warn", v.T("Your plan no longer has anything of what this portal shares. Members meet an empty portal."))
	case undelivered(d) != "":
		return ui.Notice("error", v.T("The letter of the newest invitation could not be delivered. The server said: %s", undelivered(d)),
			h.P(g.Text(v.T("Check the address and resend, or make a link and hand it over yourself."))))
	case d.MailOff:
		return ui.Notice("info", v.T("Mail is switched off. Letters wait in the outbox, and links can be copied."))
	}
	return nil
}

// undelivered is what the mail server said to the newest invitation, if that is
// still waited for.
func undelivered(d access) string {
	if len(d.Invitations.Rows) == 0 {
		return ""
	}
	newest := d.Invitations.Rows[0]
	m, state := d.Mails[newest.ID], newest.State(d.Now)
	if m.State != "failed" || state != "open" && state != "opened" {
		return ""
	}
	return m.Reply
}

func summaryCard(v *ui.View, s store.Staff, at string, d access) g.Node {
	state := portalStates[string(d.Portal.State)]
	var actions []g.Node
	if s.May(store.PortalSuspend) {
		switch d.Portal.State {
		case store.PortalPending:
			actions = append(actions, ui.PostButton(at+"/activation", v.T("Resend activation email"), "send"), suspendLink(v, at))
		case store.PortalActive:
			actions = append(actions, suspendLink(v, at))
		case store.PortalSuspended:
			actions = append(actions, ui.PostPrimary(at+"/resume", v.T("Enable portal access again"), "player-play"))
		}
	}
	return ui.Card(v.T("Portal"), ui.DL(ui.Row(v.T("Name"), d.Portal.Name), ui.Pair{Label: v.T("State"), Value: ui.Badge(state[0], v.T(state[1]))},
		ui.Row(v.T("Theme"), d.Theme.Name), ui.Row(v.T("Members"), v.N(int64(len(d.Members))))),
		ui.CopyField("address", v.T("Address to sign in"), d.Address),
		g.If(s.May(store.NoticeChange), h.P(ui.TextLink(at+"/notices", v.T("Mail notices of this portal")))),
		g.If(s.May(store.FeedbackRead), h.P(ui.TextLink(v.Base+"/feedback?customer="+id(d.Customer.ID), v.T("Feedback of this customer")))),
		g.If(len(actions) > 0, ui.Actions(actions...)))
}

// delegationCard says whether portal admins manage their colleagues, and
// switches it.
func delegationCard(v *ui.View, s store.Staff, at string, d access) g.Node {
	says, label, value := v.T("Portal admins may manage colleagues: invite, disable, delete, and give roles and groups up to their own. You see all of it under Clients, and can override it."), v.T("Do not let them"), ""
	if !d.Portal.Delegated {
		says, label, value = v.T("Only you manage the people of this portal."), v.T("Let portal admins manage colleagues"), "yes"
	}
	return ui.Card(v.T("Delegation"), h.P(g.Text(says)), g.If(s.May(store.PortalSetup), ui.Actions(ui.PostButton(at+"/delegate", label, "users", "delegated", value))),
		g.If(s.May(store.UserJoin), h.P(ui.TextLink(v.Base+"/clients/new?customer="+id(d.Customer.ID), v.T("Create a client of this customer")))))
}

func suspendLink(v *ui.View, at string) g.Node {
	return ui.DialogLink(at+"/suspend", v.T("Disable portal access"), "power", "suspend")
}

func membersCard(v *ui.View, d access) g.Node {
	if len(d.Members) == 0 {
		return nil
	}
	return ui.CardWith(ui.CardSpec{Title: v.T("Members"), Flush: true}, ui.Table(v, ui.TableSpec[store.Member]{ID: "members", Caption: v.T("List of members"), Columns: []ui.Column[store.Member]{
		{Label: v.T("Person"), Bytes: func(b []byte, m store.Member) []byte {
			return ui.AppendTwo(b, v.Base+"/clients/"+id(m.User), m.Name, m.Email)
		}},
		{Label: v.T("Role"), Bytes: func(b []byte, m store.Member) []byte { return ui.AppendText(b, v.T(memberRoles[m.Role])) }},
		{Label: v.T("Terms accepted"), Bytes: func(b []byte, m store.Member) []byte {
			if m.Terms == 0 {
				return ui.AppendText(b, v.T("Not yet"))
			}
			return ui.AppendText(b, v.T("Version %d, %s", m.Terms, v.DateTime(m.AcceptedAt)))
		}},
		{Label: v.T("Last login"), Bytes: func(b []byte, m store.Member) []byte {
			switch m.State {
			case "pending":
				return ui.AppendBadge(b, "warn", v.T("Activation pending"))
			case "disabled":
				return ui.AppendBadge(b, "crit", v.T("Disabled"))
			}
			return v.AppendDateTime(b, m.LastLogin)
		}},
	}}, d.Members))
}

var memberRoles = map[string]string{"admin": "Portal admin", "user": "Portal user"}

func invitationsCard(v *ui.View, s store.Staff, at string, d access) g.Node {
	if !s.May(store.InvitationRead) {
		return nil
	}
	card := ui.CardSpec{Title: v.T("Invitations"), Note: v.T("Each link lets one person in, works for 7 days, and can be withdrawn."), Flush: true}
	if s.May(store.InvitationCreate) && d.Portal.SetupDone && d.Portal.State != store.PortalSuspended {
		card.Actions = []g.Node{ui.DialogPrimary(at+"/invite", v.T("Create invitation"), "plus", "invite")}
	}
	next, first := "", ""
	if d.Invitations.Next != "" {
		next = ui.HrefWith(at+"/access", d.Query, "after", d.Invitations.Next)
	}
	if d.Query.Get("after") != "" {
		first = at + "/access"
	}
	return ui.CardWith(card, ui.Table(v, ui.TableSpec[store.Invitation]{ID: "invitations", Caption: v.T("List of invitations"), Columns: invitationColumns(v, d),
		RowActions: func(i store.Invitation) g.Node { return invitationMenu(v, s, at, d, i) },
		Empty:      ui.Empty("mail", v.T("Nobody is invited yet"), v.T("Create an invitation, copy its link and hand it over, or have it mailed. The first person who registers becomes the portal's admin."))},
		d.Invitations.Rows), g.If(next != "" || first != "", ui.Pager(v, len(d.Invitations.Rows), total(v, d.Invitations.Total, d.Invitations.More), first, next)))
}

// invitationStates are the badge and the word for each state.
var invitationStates = map[string][2]string{"open": {"info", "Open"}, "opened": {"info", "Opened"}, "accepted": {"ok", "Accepted"},
	"expired": {"neutral", "Expired"}, "revoked": {"neutral", "Revoked"}, "superseded": {"neutral", "Superseded"}}

func invitationColumns(v *ui.View, d access) []ui.Column[store.Invitation] {
	return []ui.Column[store.Invitation]{
		{Label: v.T("For"), Bytes: func(b []byte, i store.Invitation) []byte {
			return ui.AppendTwo(b, "", invitee(v, i), v.T("Link ending in %s", i.Hint))
		}},
		{Label: v.T("State"), Cell: func(i store.Invitation) g.Node { return invitationState(v, i, d.Now) }},
		{Label: v.T("Letter"), Wide: true, Bytes: func(b []byte, i store.Invitation) []byte { return ui.AppendText(b, mailSays(v, d.Mails[i.ID])) }},
		{Label: v.T("Created"), Quiet: true, Wide: true, Bytes: func(b []byte, i store.Invitation) []byte {
			return ui.AppendText(b, v.T("%s by %s", v.DateTime(i.CreatedAt), i.Inviter))
		}},
	}
}

func invitee(v *ui.View, i store.Invitation) string {
	switch {
	case i.AcceptedBy != "":
		return i.AcceptedBy
	case i.Name != "":
		return i.Name
	case i.Email != "":
		return i.Email
	}
	return v.T("Whoever has the link")
}

func invitationState(v *ui.View, i store.Invitation, now time.Time) g.Node {
	state := i.State(now)
	word := invitationStates[state]
	return g.Group{ui.Badge(word[0], v.T(word[1])),
		g.If(state == "accepted", h.Div(ui.Muted(v.DateTime(i.AcceptedAt)))),
		g.If(state == "open" || state == "opened" || state == "expired", h.Div(ui.Muted(v.T("until %s", v.DateTime(i.ExpiresAt))))),
		g.If(!i.AskedAt.IsZero() && state != "superseded", h.Div(ui.Badge("warn", v.T("Asks for a new link"))))}
}

// mailSays is what became of an invitation's letter, with the server's words.
func mailSays(v *ui.View, m store.InvitationMail) string {
	switch m.State {
	case "":
		return v.T("Not mailed")
	case "sent":
		return v.T("Sent %s to %s", v.DateTime(m.SentAt), m.To)
	case "held":
		return v.T("Held: mail is switched off")
	case "deferred":
		return v.T("Tried, will try again: %s", m.Reply)
	case "failed":
		return v.T("Failed: %s", m.Reply)
	case "cancelled":
		return v.T("Not sent any more")
	}
	return v.T("In the outbox")
}

func invitationMenu(v *ui.View, s store.Staff, at string, d access, i store.Invitation) g.Node {
	state := i.State(d.Now)
	if !s.May(store.InvitationCreate) || state == "accepted" || state == "superseded" || d.Portal.State == store.PortalSuspended {
		return nil
	}
	here := at + "/invitations/" + id(i.ID)
	items := []g.Node{ui.PostButton(here+"/resend", v.T("Resend with a new link"), "send")}
	if state == "open" || state == "opened" {
		if d.Mails[i.ID].Link != "" {
			items = append(items, ui.MenuLink(here, v.T("Copy link"), "copy"))
		}
		items = append(items, ui.PostDanger(here+"/revoke", v.T("Revoke"), "ban"))
	}
	if m := d.Mails[i.ID]; m.ID != 0 {
		items = append(items, ui.MenuLink(v.Base+"/outbox/"+id(m.ID), v.T("Show the letter"), "mail"))
	}
	return ui.RowMenu(v.T("What to do with the invitation for %s", invitee(v, i)), items...)
}

type inviteForm struct {
	Customer store.Customer
	Portal   store.Portal
	Edit     store.InviteEdit
	Groups   []store.Group
	Roles    []store.Role
	Mail     bool
	Problem  error
}

func inviteDialog(v *ui.View, s store.Staff, at string, d access) g.Node {
	if !s.May(store.InvitationCreate) {
		return nil
	}
	return ui.Dialog(v, "invite", v.T("Create invitation"), at+"/invite", inviteFields(v, d.Invite), ui.CancelButton(v), ui.Primary(v.T("Create invitation")))
}

func inviteFields(v *ui.View, f inviteForm) g.Node {
	bad := fault.Fields(f.Problem)
	begins := membershipFields(v, *f.Edit.Gives, f.Customer.Name, f.Roles, f.Groups, bad)
	return g.Group{
		h.P(ui.Muted(v.T("All of this may stay empty: then the link is for whoever you give it to. It works once, for 7 days. The first person who registers becomes portal admin in any case."))),
		ui.Two(ui.Input(ui.Field{Name: "name", Label: v.T("Name"), Value: f.Edit.Name, Max: 200, Error: bad["name"], Autocomplete: "off"}),
			ui.Input(ui.Field{Name: "email", Label: v.T("E-mail"), Type: "email", Value: f.Edit.Email, Max: 254, Error: bad["email"], Autocomplete: "off", Hint: v.T("With an address, the link is for that person only.")})),
		g.If(f.Problem != nil, begins), g.If(f.Problem == nil, ui.Details(v.T("Roles and groups to begin with"), begins)),
		ui.Checkbox("mail", "yes", v.T("Send the link by e-mail"), v.T("Without this, copy the link on the next page."), f.Mail, false),
	}
}

func invitePage(v *ui.View, s store.Staff, f inviteForm) g.Node {
	at := v.Base + "/customers/" + id(f.Customer.ID) + "/portal"
	return portalFrame(v, s, f.Customer, problemNotice(v, f.Problem), ui.Card(v.T("Create invitation"),
		ui.Form(at+"/invite", inviteFields(v, f), ui.FormActions(ui.Primary(v.T("Create invitation")), ui.LinkButton(at+"/access", v.T("Cancel"), "")))))
}

type madeLink struct {
	Customer store.Customer
	Title    string
	Link     desk.Link
	MailOff  bool
}

// linkPage shows a link once in full, for copying, scanning and passing on.
func linkPage(v *ui.View, s store.Staff, m madeLink) g.Node {
	at := v.Base + "/customers/" + id(m.Customer.ID) + "/portal"
	mailed := v.T("Not mailed. Copy the link and hand it over.")
	if m.Link.Email != "" {
		mailed = v.T("A letter to %s is in the outbox.", m.Link.Email)
	}
	return portalFrame(v, s, m.Customer,
		g.If(m.MailOff && m.Link.Email != "", ui.Notice("warn", v.T("Mail is switched off, so the letter waits. Copy the link and hand it over yourself."))),
		ui.Card(v.T(m.Title), h.P(g.Text(v.T("This is the only time the whole link is shown. Copy it, or let somebody scan it."))),
			ui.CopyField("link", v.T("Link"), m.Link.URL),
			ui.Grid(ui.Col(4, ui.QR(m.Link.URL)), ui.Col(8, ui.DL(ui.Row(v.T("Letter"), mailed), ui.Row(v.T("Works until"), v.DateTime(m.Link.Until)), ui.Row(v.T("Works for"), v.T("One person, once"))))),
			h.P(g.Text(v.T("What happens next: they open the link, choose a password and accept the terms. Then they are listed under Members, and the portal is active."))),
			ui.FormActions(ui.PrimaryLink(at+"/access", v.T("Done"), "check"))))
}

type oneInvitation struct {
	Customer   store.Customer
	Invitation store.Invitation
	Mail       store.InvitationMail
	MailOff    bool
	Now        time.Time
}

func invitationPage(v *ui.View, s store.Staff, d oneInvitation) g.Node {
	at, i := v.Base+"/customers/"+id(d.Customer.ID)+"/portal", d.Invitation
	state := i.State(d.Now)
	alive := state == "open" || state == "opened"
	var link g.Node
	switch {
	case alive && d.Mail.Link != "":
		link = g.Group{ui.CopyField("link", v.T("Link"), d.Mail.Link), ui.QR(d.Mail.Link)}
	case alive:
		link = h.P(g.Text(v.T("Only the link's last characters (%s) are known here. If it was lost, resend the invitation: that makes a new one.", i.Hint)))
	}
	return portalFrame(v, s, d.Customer, ui.Card(v.T("Invitation for %s", invitee(v, i)), link,
		ui.DL(ui.Pair{Label: v.T("State"), Value: invitationState(v, i, d.Now)}, ui.Row(v.T("Letter"), mailSays(v, d.Mail)), ui.Row(v.T("Works until"), v.DateTime(i.ExpiresAt)),
			ui.Row(v.T("Created by"), i.Inviter)),
		ui.FormActions(ui.LinkButton(at+"/access", v.T("Back"), ""))))
}
