package admin

import (
	"net/url"
	"time"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// mailStates are the states of a letter in words, with the kind of badge.
var mailStates = map[string][2]string{
	"queued": {"info", "Waiting"}, "sending": {"info", "Being sent"}, "sent": {"ok", "Sent"}, "deferred": {"warn", "Tried, waits"},
	"failed": {"crit", "Failed"}, "held": {"warn", "Held"}, "cancelled": {"neutral", "Cancelled"},
}

// mailKinds are the letters there are, in words.
var mailKinds = map[string]string{
	"job-notice": "Notice about a job", "job-digest": "Daily summary",
	"activation": "Activation", "invitation": "Invitation", "invitation-resent": "Invitation, new link", "invitation-revoked": "Invitation withdrawn",
	"invitation-accepted": "Invitation accepted", "link-asked": "New link asked for", "feedback": "Feedback", "reset": "New password", "password-changed": "Password changed",
	"account-disabled": "Access switched off", "access-added": "Access added", "email-change-old": "E-mail address changes", "email-change-new": "E-mail address to confirm",
	"plan-changed": "Plan changed", "sign-in-code": "Sign-in code", "username-changed": "User name changed", "factor-changed": "Second factor changed",
	"recovery-used": "Recovery code used", "test": "Test letter",
}

// mailStages say how far a letter came, or what keeps it.
var mailStages = map[string]string{
	"message": "Putting the letter together", "resolve": "Looking up the mail server", "connect": "Reaching the mail server", "greeting": "Greeting of the mail server",
	"tls": "Encryption", "auth": "Signing in to the mail server", "from": "Sender", "to": "Recipient", "data": "Handing over the letter",
}

// outboxItem is the outbox in the menu, with what asks for attention.
func outboxItem(v *ui.View, m store.MailState) ui.NavItem {
	item := ui.NavItem{Label: v.T("Outbox"), Href: v.Base + "/outbox", Icon: "mail"}
	if n := m.Failed + m.Held; n > 0 {
		item.Count, item.Hot = total(v, int(n), n >= 1000), m.Failed > 0
	}
	return item
}

// mailBanner tells on every page that letters do not leave.
func mailBanner(v *ui.View, s store.Staff, m store.MailState) g.Node {
	if !s.May(store.SettingsChange) || !m.Off && m.Stage == "" {
		return nil
	}
	says := v.T("Mail is held: no mail server is set up yet. Letters wait in the outbox, and their links can be copied.")
	if !m.Off {
		says = v.T("Mail waits: the mail server takes no letters at the moment. They are sent as soon as it does.")
	}
	return g.Group{h.Span(g.Text(says)), h.A(h.Href(v.Base+"/outbox"), g.Text(v.T("Outbox")))}
}

// failedNotice tells on the start page that letters could not be delivered.
func failedNotice(v *ui.View, m store.MailState) g.Node {
	if m.Failed == 0 {
		return nil
	}
	return ui.Notice("crit", v.Plural(m.Failed, "%s letter could not be delivered.", "%s letters could not be delivered."),
		h.P(h.A(h.Href(v.Base+"/outbox?state=failed"), g.Text(v.T("See why, and what to do")))))
}

type outbox struct {
	Query url.Values
	Page  store.Page[store.Mail]
	Mail  store.MailState
	Now   time.Time
}

func outboxPage(v *ui.View, o outbox) g.Node {
	path := v.Base + "/outbox"
	first, next := ui.Around(path, o.Query, o.Page.Next)
	return ui.Page(v, v.T("Outbox"), ui.PageHead(v, v.T("Outbox"), nil), ui.PageLead(v.T("Every letter to your customers and colleagues, and what became of it.")),
		troubleNotice(v, o.Mail),
		ui.List("outbox", outboxFilters(v, path, o), ui.Live(v, v.Path, outboxTable(v, path, o), ui.Pager(v, len(o.Page.Rows), total(v, o.Page.Total, o.Page.More), first, next))))
}

// troubleNotice says why the mail server takes nothing, in its own words.
func troubleNotice(v *ui.View, m store.MailState) g.Node {
	if m.Off || m.Stage == "" {
		return nil
	}
	return ui.Notice("warn", v.T("%s: %s", v.T(mailStages[m.Stage]), m.Reply), g.If(m.HintWords != "", h.P(g.Text(v.T(m.HintWords)))),
		h.P(g.Text(v.T("No letter is lost. Whoever runs this appliance sees the same."))))
}

func outboxFilters(v *ui.View, path string, o outbox) g.Node {
	states := []ui.Option{{Value: "", Label: v.T("Any state")}}
	for _, s := range store.MailStates {
		states = append(states, ui.Option{Value: s, Label: v.T(mailStates[s][1])})
	}
	return ui.Filters(v, ui.FilterSpec{Action: path, Query: o.Query, Placeholder: v.T("Recipient or subject"),
		Filters: []ui.Filter{{Name: "state", Label: v.T("State"), Value: o.Query.Get("state"), Options: states}}})
}

func outboxTable(v *ui.View, path string, o outbox) g.Node {
	return ui.Table(v, ui.TableSpec[store.Mail]{ID: "outbox-table", Caption: v.T("Outbox"), Path: path, Query: o.Query,
		Columns: []ui.Column[store.Mail]{
			{Label: v.T("Letter"), Bytes: func(b []byte, m store.Mail) []byte {
				return ui.AppendTwo(b, path+"/"+id(m.ID), m.Subject, kindOf(v, m)+" · "+v.Ago(m.CreatedAt, o.Now))
			}},
			{Label: v.T("To"), Bytes: func(b []byte, m store.Mail) []byte { return ui.AppendTwo(b, "", m.To, m.ToName) }},
			{Label: v.T("State"), Bytes: func(b []byte, m store.Mail) []byte {
				return ui.AppendBadge(b, mailStates[m.State][0], v.T(mailStates[m.State][1]))
			}},
			{Label: v.T("What happened"), Wide: true, Bytes: func(b []byte, m store.Mail) []byte { return ui.AppendText(b, happened(v, m)) }},
			{Label: v.T("Attempts"), Align: "end", Bytes: func(b []byte, m store.Mail) []byte { return v.AppendN(b, m.Attempts) }},
			{Label: v.T("Next try"), Quiet: true, Bytes: func(b []byte, m store.Mail) []byte { return v.AppendDateTime(b, nextTry(m)) }},
		},
		RowClass: func(m store.Mail) string {
			if m.State == "failed" {
				return "hot"
			}
			return ""
		},
		Empty: noLetters(v, path, o)}, o.Page.Rows)
}

func noLetters(v *ui.View, path string, o outbox) g.Node {
	if o.Query.Get("q") != "" || o.Query.Get("state") != "" {
		return ui.Empty("search", v.T("Nothing matches"), v.T("No letter fits this search and this state."), ui.LinkButton(path, v.T("Show all letters"), ""))
	}
	return ui.Empty("mail", v.T("No letters yet"), v.T("Invitations, activations and new passwords pass through here. You will see whether each was delivered, in the mail server's own words."))
}

func kindOf(v *ui.View, m store.Mail) string {
	if words := mailKinds[m.Kind]; words != "" {
		return v.T(words)
	}
	return m.Kind
}

// nextTry is when a letter is tried again, or first.
func nextTry(m store.Mail) time.Time {
	if m.State == "deferred" {
		return m.NextAt
	}
	return time.Time{}
}

// happened is what became of a letter in one line: ours where we kept it, the
// server's own words where it was asked.
func happened(v *ui.View, m store.Mail) string {
	switch {
	case m.State == "held":
		return v.T("Waits until a mail server is set up.")
	case m.Stage == "by":
		return v.T("Cancelled by %s", m.Reply)
	case mailStages[m.Stage] != "":
		return v.T(mailStages[m.Stage]) + ": " + m.Reply
	}
	return v.T(m.Reply)
}
