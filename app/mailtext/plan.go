package mailtext

import "strings"

// PlanChanged tells a provider's own admins that what they may share has
// changed, and which of their portals it concerns.
type PlanChanged struct {
	Lost, Back []string // areas, in the reader's words
	Portals    []PlanPortal
	Contact    string // whom to ask
}

// PlanPortal is what the portal of one customer lost or got back.
type PlanPortal struct {
	Customer   string
	Lost, Back []string
}

// mostPortals are named in a letter; the others are counted.
const mostPortals = 40

// Kind names the letter in the outbox.
func (PlanChanged) Kind() string { return "plan-changed" }

// Letter writes it.
func (p PlanChanged) Letter(b Brand, r Reader) Letter {
	c := content{
		subject: r.subject("What %s may share has changed", b.Name),
		preview: r.say("Some of your customers' portals are concerned."),
		heading: r.say("Your plan has changed"),
	}
	if len(p.Lost) > 0 {
		c.body = append(c.body, r.say("Your plan no longer includes: %s. Your customers' portals do not show it any more.", strings.Join(p.Lost, ", ")),
			r.say("What was chosen for each portal is kept. Should it be included again, it comes back as it was."))
	}
	if len(p.Back) > 0 {
		c.body = append(c.body, r.say("Your plan now includes: %s. Portals that had it show it again, as it was.", strings.Join(p.Back, ", ")))
	}
	for i, portal := range p.Portals {
		if i == mostPortals {
			c.fact(r.say("And more"), t(r.Lang, "%d portals", int64(len(p.Portals)-mostPortals)))
			break
		}
		c.fact(plain(portal.Customer), portal.said(r))
	}
	c.fact(r.say("Questions to"), line(p.Contact, longestName))
	return c.letter(b, r)
}

func (p PlanPortal) said(r Reader) string {
	var parts []string
	if len(p.Lost) > 0 {
		parts = append(parts, r.say("without %s", strings.Join(p.Lost, ", ")))
	}
	if len(p.Back) > 0 {
		parts = append(parts, r.say("again with %s", strings.Join(p.Back, ", ")))
	}
	return strings.Join(parts, "; ")
}
