package admin

import (
	g "maragu.dev/gomponents"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// letterPage shows one letter as its reader gets it, and what became of it.
// link is its link, for whoever asked to see it.
func letterPage(v *ui.View, s store.Staff, m store.Mail, link string) g.Node {
	path := v.Base + "/outbox"
	return ui.Page(v, m.Subject, ui.PageHead(v, m.Subject, []ui.Link{{Label: v.T("Outbox"), Href: path}}, letterActions(v, s, path+"/"+id(m.ID), m)...),
		ui.Grid(
			ui.Col(8,
				ui.Card(v.T("The letter"), ui.LetterFrame(path+"/"+id(m.ID)+"/html", v.T("The letter as it is read"))),
				ui.Card(v.T("As plain text"), ui.Verbatim(v.T("As plain text"), m.Text))),
			ui.Col(4, letterFate(v, m), linkCard(v, s, path+"/"+id(m.ID), m, link), letterFacts(v, m))))
}

// undecided reports whether something can still be decided about the letter.
func undecided(m store.Mail) bool {
	return m.State != "sent" && m.State != "cancelled" && m.State != "sending"
}

func letterActions(v *ui.View, s store.Staff, at string, m store.Mail) (actions []g.Node) {
	if undecided(m) && m.State != "held" && s.May(store.OutboxRetry) {
		actions = append(actions, ui.PostPrimary(at+"/retry", v.T("Retry now"), "send"))
	}
	if undecided(m) && s.May(store.OutboxCancel) {
		actions = append(actions, ui.PostDanger(at+"/cancel", v.T("Cancel the letter"), "ban"))
	}
	return actions
}

// letterFate is where the letter stands, with what the server said and what can
// be done about it.
func letterFate(v *ui.View, m store.Mail) g.Node {
	pairs := []ui.Pair{{Label: v.T("State"), Value: ui.Badge(mailStates[m.State][0], v.T(mailStates[m.State][1]))}}
	if stage := mailStages[m.Stage]; stage != "" {
		pairs = append(pairs, ui.Row(v.T("How far it came"), v.T(stage)), ui.Row(v.T("In the server's words"), m.Reply))
	} else if says := happened(v, m); says != "" {
		pairs = append(pairs, ui.Row(v.T("What happened"), says))
	}
	pairs = append(pairs, ui.Row(v.T("Attempts"), v.N(m.Attempts)))
	if next := nextTry(m); !next.IsZero() {
		pairs = append(pairs, ui.Row(v.T("Next try"), v.DateTime(next)))
	}
	if !m.SentAt.IsZero() {
		pairs = append(pairs, ui.Row(v.T("Sent"), v.DateTime(m.SentAt)))
	}
	return ui.Card(v.T("What became of it"), ui.DL(pairs...), g.If(m.Hint != "", ui.Notice("info", v.T(m.Hint))))
}

func letterFacts(v *ui.View, m store.Mail) g.Node {
	return ui.Card(v.T("Details"), ui.DL(ui.Row(v.T("To"), m.To), ui.Row(v.T("Name"), m.ToName), ui.Row(v.T("In the name of"), m.FromName), ui.Row(v.T("Answers go to"), m.ReplyTo),
		ui.Row(v.T("Kind"), kindOf(v, m)), ui.Row(v.T("Written"), v.DateTime(m.CreatedAt)), ui.Row(v.T("Message-ID"), m.MessageID)))
}

// linkCard lets whoever may have it take the link of a letter that was not
// sent, so that nobody has to wait for mail.
func linkCard(v *ui.View, s store.Staff, at string, m store.Mail, link string) g.Node {
	switch {
	case link != "":
		return ui.Card(v.T("Link"), ui.Stack(ui.CopyField("link", v.T("Link"), link), ui.QR(link),
			ui.Muted(v.T("Give it to nobody but %s. The history notes that you have seen it.", m.To))))
	case !m.HasLink || !s.May(store.OutboxLink):
		return nil
	}
	return ui.Card(v.T("Link"), ui.Stack(ui.Text(v.T("This letter holds a link that was not sent yet. You can hand it over yourself.")),
		ui.PostButton(at+"/link", v.T("Show the link"), "link")))
}
