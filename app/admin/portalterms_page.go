package admin

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

type portalTerms struct {
	Customer store.Customer
	Portal   store.Portal
	store.PortalTerms
}

func (p portalTerms) path(v *ui.View) string {
	return v.Base + "/customers/" + id(p.Customer.ID) + "/portal/terms"
}

// termsCard says which terms hold in a portal and leads to where that changes.
func termsCard(v *ui.View, s store.Staff, at string, d access) g.Node {
	if !s.May(store.TermsPublish) {
		return nil
	}
	says := v.T("Your terms of use hold here, version %s.", v.N(d.Terms.Version))
	switch {
	case d.Terms.ID == 0:
		says = v.T("There are no terms of use. Nobody is asked to accept anything.")
	case d.Terms.Own:
		says = v.T("This portal has terms of its own, version %s.", v.N(d.Terms.Version))
	}
	return ui.Card(v.T("Terms of use"), h.P(g.Text(says)), ui.Actions(ui.LinkButton(at+"/terms", v.T("Terms of this portal"), "file-text")))
}

func portalTermsPage(v *ui.View, s store.Staff, p portalTerms) g.Node {
	path := p.path(v)
	actions := []g.Node{ui.PrimaryLink(path+"/new", v.T("Give this portal its own terms"), "pencil")}
	says := v.T("Your terms of use hold in this portal as in the others. If this customer agreed on others, give the portal its own; they take the place of yours here and nowhere else.")
	if p.Current.Own {
		actions = []g.Node{ui.PrimaryLink(path+"/new", v.T("Publish a new version"), "pencil"), ui.LinkButton(path+"/end", v.T("Use your own terms again"), "history")}
		says = v.T("This portal has terms of its own. A new version of yours does not reach it.")
	}
	holds := g.Node(ui.Muted(v.T("None: nobody is asked to accept anything.")))
	if p.Current.ID != 0 {
		holds = ui.TextLink(v.Base+"/settings/terms/"+id(p.Current.ID), v.T("%s, version %d", p.Current.Title, p.Current.Version))
	}
	var table g.Node
	if len(p.Versions) > 0 {
		table = ui.CardWith(ui.CardSpec{Title: v.T("Versions of this portal"), Flush: true, Note: v.T("Versions are counted over all your terms, so that each number means one text.")},
			ui.Table(v, ui.TableSpec[store.TermsVersion]{ID: "portal-terms", Caption: v.T("Versions of the terms"), Columns: termsColumns(v, v.Base+"/settings/terms", p.Current.ID)}, p.Versions))
	}
	return portalFrame(v, s, p.Customer, portalSteps(v, s, p.Customer, p.Portal, "terms"),
		ui.Card(v.T("Terms of use"), h.P(g.Text(says)), ui.DL(ui.Pair{Label: v.T("They accept"), Value: holds}), ui.Actions(actions...)), table)
}

func newPortalTermsPage(v *ui.View, s store.Staff, p portalTerms, f newTerms) g.Node {
	return portalFrame(v, s, p.Customer, problemNotice(v, f.Problem),
		ui.CardWith(ui.CardSpec{Title: v.T("Terms of use"), Note: v.T("They hold in the portal of %s and nowhere else.", p.Customer.Name)},
			termsForm(v, p.path(v), f, p.Current.Own)))
}

func endPortalTermsPage(v *ui.View, s store.Staff, p portalTerms) g.Node {
	return portalFrame(v, s, p.Customer, ui.ConfirmPage(v, v.T("Use your own terms again?"),
		v.T("Your terms of use hold in this portal again. Whoever has not accepted them yet is asked at the next click. What was accepted of the portal's own terms is kept."),
		p.path(v)+"/end", v.T("Use your own terms again"), p.path(v)))
}
