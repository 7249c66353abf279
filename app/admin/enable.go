package admin

import (
	"net/http"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/desk"
	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// enableForm is the quick way: one page from nothing to a mailed activation.
type enableForm struct {
	Customer store.Customer
	Areas    map[store.Feature]bool
	Email    string
	Plan     map[store.Feature]bool
	Contact  contact
	Problem  error
}

func (a *Admin) showEnable(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	c, err := a.customer(r, s)
	if err == nil {
		err = s.Can(store.PortalSetup)
	}
	if err != nil {
		return err
	}
	if state := store.PortalState(c.PortalState); state == store.PortalPending || state == store.PortalActive {
		http.Redirect(w, r, portalPath(r, c), http.StatusSeeOther)
		return nil
	}
	return a.enablePage(w, r, s, http.StatusOK, enableForm{Customer: c, Areas: map[store.Feature]bool{store.FeatureAssets: true}, Email: c.Email})
}

func (a *Admin) enablePage(w http.ResponseWriter, r *http.Request, s store.Staff, status int, f enableForm) (err error) {
	if f.Plan, err = s.Plan(r.Context()); err != nil {
		return err
	}
	if f.Contact, err = a.contact(r); err != nil {
		return err
	}
	return web.Page(w, r, status, enablePage(a.view(w, r, s), s, f))
}

func (a *Admin) enablePortal(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	c, err := a.customer(r, s)
	if err != nil {
		return err
	}
	in := desk.Enabling{Areas: features(r.PostForm["area"]), Email: web.Str(r, "email")}
	link, err := a.desk.EnablePortal(r.Context(), s, c.ID, in)
	if isForm(err) {
		return a.enablePage(w, r, s, http.StatusUnprocessableEntity, enableForm{Customer: c, Areas: setOf(in.Areas), Email: in.Email, Problem: err})
	}
	if err != nil {
		return err
	}
	if link.URL == "" {
		return a.site.Done(w, r, portalPath(r, c), "The portal is open again. Its members sign in as before.")
	}
	return a.linkPage(w, r, s, c, "The portal is on", link)
}

// resendActivation is behind the badge Portal access pending.
func (a *Admin) resendActivation(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	c, err := a.customer(r, s)
	if err == nil {
		err = s.Can(store.InvitationResend)
	}
	if err != nil {
		return err
	}
	link, err := a.desk.ResendActivation(r.Context(), s, c.ID)
	if isForm(err) || fault.Of(err) == fault.Limited {
		return a.site.Warn(w, r, portalPath(r, c), fault.Says(err))
	}
	if err != nil {
		return err
	}
	return a.linkPage(w, r, s, c, "A new activation is on its way", link)
}

func enablePage(v *ui.View, s store.Staff, f enableForm) g.Node {
	at, bad := v.Base+"/customers/"+id(f.Customer.ID)+"/portal", named(f.Problem)
	var boxes g.Group
	for _, i := range store.Features {
		if i.Kind == "app" {
			hint := v.T("They see %s.", v.T(i.Sees))
			if !f.Plan[i.Feature] {
				hint = v.T("Not in your plan.")
			}
			boxes = append(boxes, ui.Checkbox("area", string(i.Feature), v.T(i.Label), hint, f.Areas[i.Feature] && f.Plan[i.Feature], !f.Plan[i.Feature]))
		}
	}
	email := ui.Field{Name: "email", Label: v.T("Send the activation to"), Type: "email", Value: f.Email, Required: true, Max: 254, Error: bad["email"], Hint: v.T("The customer's address. It becomes the user name.")}
	return portalFrame(v, s, f.Customer, problemFields(v, f.Problem, bad),
		ui.Grid(ui.Col(8, ui.Card(v.T("Turn on customer portal"),
			ui.Form(at+"/enable", ui.Checks(ui.Field{Name: "areas", Label: v.T("Areas %s can view", f.Customer.Name), Error: bad["areas"]}, boxes),
				planNotice(v, setupForm{Plan: f.Plan, Contact: f.Contact}), ui.Input(email),
				h.P(ui.Muted(v.T("The activation is mailed at once. Until somebody activates, the customer shows “Portal access pending”."))),
				ui.FormActions(ui.Primary(v.T("Turn on and send activation")), ui.LinkButton(at, v.T("Cancel"), ""))))),
			ui.Col(4, preflight(v, f.Customer))))
}
