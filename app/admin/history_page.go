package admin

import (
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

type historyPage struct {
	Staff    store.Staff
	Customer store.Customer
	Lines    []store.AuditLine // one more than a page shows, if there is one
	Before   int64
	Words    words
}

func (p historyPage) node(v *ui.View) g.Node {
	at := v.Base + "/customers/" + id(p.Customer.ID) + "/history"
	lines, first, next := p.Lines, "", ""
	if len(lines) > historyPageSize {
		lines = lines[:historyPageSize]
		next = at + "?before=" + strconv.FormatInt(lines[historyPageSize-1].ID, 10)
	}
	if p.Before != 0 {
		first = at
	}
	body := historyList(v, p.Words, lines)
	if len(lines) == 0 {
		body = ui.Empty("history", v.T("Nothing yet"), v.T("What is done to this customer shows up here."))
	}
	return ui.Page(v, v.T("History of %s", p.Customer.Name), customerHead(v, p.Staff, p.Customer, "/history"),
		ui.Card("", body, newerOlder(v, first, next)))
}

// newerOlder leads through a list that is read backwards.
func newerOlder(v *ui.View, first, next string) g.Node {
	if first == "" && next == "" {
		return nil
	}
	return ui.Actions(g.If(first != "", ui.LinkButton(first, v.T("Newest"), "chevron-left")), g.If(next != "", ui.LinkButton(next, v.T("Older"), "chevron-right")))
}

func historyList(v *ui.View, t words, lines []store.AuditLine) g.Node {
	items := make([]ui.TimelineItem, 0, len(lines))
	for _, l := range lines {
		items = append(items, ui.TimelineItem{At: l.At, When: v.DateTime(l.At), Title: t.title(l), Who: t.who(l), Icon: historyIcon(l.Verb), Body: factList(t.changes(l))})
	}
	return ui.Timeline(items)
}

// historyIcon is a picture for what a line is about.
func historyIcon(v store.Verb) string {
	icons := map[string]string{"customer": "building", "contact": "user", "group": "users-group", "asset": "bulldozer", "portal": "world", "invitation": "mail", "member": "user-check", "user": "user", "profile": "user-circle",
		"import": "file-import", "outbox": "send", "terms": "file-text", "settings": "settings"}
	return icons[v.Object()]
}

// factList shows old and new values, and what else a line says.
func factList(facts []fact) g.Node {
	if len(facts) == 0 {
		return nil
	}
	return h.Ul(h.Class("changes"), g.Map(facts, func(f fact) g.Node {
		if !f.Changed {
			return h.Li(h.Span(h.Class("muted"), g.Text(f.Label+" ")), g.Text(f.New))
		}
		return h.Li(h.Span(h.Class("muted"), g.Text(f.Label+" ")), h.Del(g.Text(f.Old)), g.Text(" → "), h.Ins(g.Text(f.New)))
	}))
}
