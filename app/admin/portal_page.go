package admin

import (
	"slices"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// contact is whom a provider asks about its plan.
type contact struct{ Name, Href string }

// portalBadge is the state of a customer's portal; to whoever may change it, it
// opens what can be done about it (row 179).
func portalBadge(v *ui.View, s store.Staff, c store.Customer) g.Node {
	at, state := v.Base+"/customers/"+id(c.ID)+"/portal", portalStates[c.PortalState]
	if !s.May(store.PortalSuspend) {
		return ui.Badge(state[0], v.T(state[1]))
	}
	disable := ui.MenuLink(at+"/suspend", v.T("Disable portal access"), "power")
	show := ui.MenuLink(at, v.T("Show the portal"), "eye")
	switch store.PortalState(c.PortalState) {
	case store.PortalPending:
		return ui.BadgeMenu(state[0], v.T(state[1]), ui.PostButton(at+"/activation", v.T("Resend activation email"), "send"), disable, show)
	case store.PortalActive:
		return ui.BadgeMenu(state[0], v.T(state[1]), show, disable)
	case store.PortalSuspended:
		return ui.BadgeMenu(state[0], v.T(state[1]), ui.PostButton(at+"/resume", v.T("Enable portal access again"), "player-play"), show)
	}
	return ui.Badge(state[0], v.T(state[1]))
}

// portalFrame is a page of the tab Customer Portal.
func portalFrame(v *ui.View, s store.Staff, c store.Customer, body ...g.Node) g.Node {
	return ui.Page(v, v.T("Customer Portal of %s", c.Name), customerHead(v, s, c, "/portal"), g.Group(body))
}

// portalSteps shows the three steps; each can be reached again at any time.
func portalSteps(v *ui.View, s store.Staff, c store.Customer, o store.Portal, current string) g.Node {
	if !s.May(store.PortalSetup) {
		return nil
	}
	at := v.Base + "/customers/" + id(c.ID) + "/portal/"
	steps := []ui.Step{{Label: "Portal Setup", Href: at + "setup", State: done(o.SetupDone)}, {Label: "Branding", Href: at + "branding", State: done(o.BrandingDone)},
		{Label: "Portal Access", Href: at + "access", State: done(o.State != store.PortalDraft)}}
	for i := range steps {
		if strings.HasSuffix(steps[i].Href, "/"+current) {
			steps[i].State = "current"
		}
		steps[i].Label = v.T(steps[i].Label)
	}
	return g.Group{ui.Steps(v, steps), helpLink(v, current)}
}

func done(yes bool) string {
	if yes {
		return "done"
	}
	return "todo"
}

// preflight is what should be right before anything is shared (row 17).
func preflight(v *ui.View, c store.Customer) g.Node {
	edit := v.Base + "/customers/" + id(c.ID) + "/edit"
	kind := ui.Tick{OK: true, Text: v.T("The customer type is %s.", c.TypeName)}
	if c.TypeName == "Other" {
		kind = ui.Tick{Text: v.T("The customer type is still “Other”."), Fix: v.T("Choose a type"), Href: edit}
	}
	assets := ui.Tick{OK: true, Text: v.Plural(c.Assets, "%s asset is assigned.", "%s assets are assigned.")}
	if c.Assets == 0 {
		assets = ui.Tick{Text: v.T("No assets are assigned yet. The portal would open on an empty list."), Fix: v.T("Assign assets"), Href: v.Base + "/assets?customer=none&for=" + id(c.ID)}
	}
	mail := ui.Tick{OK: true, Text: v.T("Mail goes to %s.", c.Email)}
	switch {
	case c.Email == "":
		mail = ui.Tick{Text: v.T("There is no e-mail address. A link can still be copied and handed over."), Fix: v.T("Add an address"), Href: edit}
	case store.CheckEmail(c.Email) != nil:
		mail = ui.Tick{Text: v.T("“%s” is not a full e-mail address.", c.Email), Fix: v.T("Correct it"), Href: edit}
	}
	return ui.Card(v.T("Before you share"), ui.Ticks(kind, assets, mail))
}

func portalStartPage(v *ui.View, s store.Staff, c store.Customer) g.Node {
	at := v.Base + "/customers/" + id(c.ID) + "/portal"
	if !s.May(store.PortalSetup) {
		return portalFrame(v, s, c, ui.Card("", ui.Empty("world", v.T("Not set up"), v.T("This customer has no portal. Somebody with the role Admin can open one."))))
	}
	return portalFrame(v, s, c, ui.Grid(
		ui.Col(8, ui.Card("", ui.Empty("world", v.T("No portal yet"),
			v.T("A portal shows %s the assets you assigned, in your brand, and nothing else. Start small: what is shared can grow with what they ask for.", c.Name),
			ui.PostPrimary(at, v.T("Set up in three steps"), "settings"), ui.LinkButton(at+"/enable", v.T("Turn on customer portal"), "power"))),
			h.P(ui.Muted(v.T("The three steps let you choose every view, the look and who is invited. Turning it on takes one page and mails the activation at once.")))),
		ui.Col(4, preflight(v, c))))
}

// seesCard says in plain words what the customer gets (row 63).
func seesCard(v *ui.View, shared map[store.Feature]bool, more ...g.Node) g.Node {
	sees, may := store.Sees(shared)
	item := func(text string) g.Node { return h.Li(ui.Icon("check"), g.Text(v.T(text))) }
	return h.Div(h.ID("sees"), h.Aria("live", "polite"), ui.Card(v.T("Your customer sees:"),
		g.If(len(sees) == 0, h.P(ui.Muted(v.T("Nothing yet.")))),
		h.Ul(h.Class("sees"), g.Map(sees, item)),
		g.If(len(may) > 0, g.Group{h.P(h.Strong(g.Text(v.T("They may also:")))), h.Ul(h.Class("sees"), g.Map(may, item))}),
		h.P(ui.Muted(v.T("Only their own assets, only as long as they have them."))), g.Group(more)))
}

// seesChange says what the boxes as they stand add and take away, before they
// are saved; nothing where the portal was never set up.
func seesChange(v *ui.View, f setupForm) g.Node {
	if !f.Portal.SetupDone {
		return nil
	}
	now := f.within()
	line := func(in, out map[store.Feature]bool, mark func(...g.Node) g.Node) (all []g.Node) {
		for _, i := range store.Features {
			if in[i.Feature] && !out[i.Feature] {
				all = append(all, h.Li(mark(g.Text(v.T(i.Label)))))
			}
		}
		return all
	}
	more, less := line(now, f.Portal.Shares, h.Ins), line(f.Portal.Shares, now, h.Del)
	if len(more)+len(less) == 0 {
		return h.P(ui.Muted(v.T("No change against what is shared now.")))
	}
	return h.Div(h.Class("changes"), g.If(len(more) > 0, g.Group{h.P(h.Strong(g.Text(v.T("Saving adds:")))), h.Ul(more...)}), g.If(len(less) > 0, g.Group{h.P(h.Strong(g.Text(v.T("Saving takes away:")))), h.Ul(less...)}))
}

func suspendPage(v *ui.View, s store.Staff, c store.Customer, o store.Portal) g.Node {
	at := v.Base + "/customers/" + id(c.ID) + "/portal"
	return portalFrame(v, s, c, ui.ConfirmPage(v, v.T("Disable portal access?"), suspendText(v, c), at+"/suspend", v.T("Disable portal access"), at))
}

func suspendText(v *ui.View, c store.Customer) string {
	return v.T("Everybody of %s is signed out at once, and every open link stops working. Data, people and settings stay, and you can enable it again.", c.Name)
}

// named shows an error of a feature at the box it belongs to.
func named(err error) map[string]string {
	out := map[string]string{}
	for field, says := range fault.Fields(err) {
		if slices.ContainsFunc(store.Features, func(i store.FeatureInfo) bool { return string(i.Feature) == field }) {
			field = "feature-" + field
		}
		out[field] = says
	}
	return out
}
