package operator

import (
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/account"
	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// adminRoutes help an admin of a provider who cannot help itself: another
// e-mail address, with the same double confirmation (row 95), and a lost phone.
func (c *Console) adminRoutes(r *mux.Router) {
	at := "/providers/{slug}/admins/{user:[0-9]+}"
	r.Handle(at, c.operator(c.showAdmin)).Methods("GET", "HEAD").Name("operator.admin")
	r.Handle(at+"/email", c.operator(c.startEmail)).Methods("POST").Name("operator.admin.email")
	r.Handle(at+"/email/resend", c.operator(c.resendEmail)).Methods("POST").Name("operator.admin.email.resend")
	r.Handle(at+"/email/cancel", c.operator(c.cancelEmail)).Methods("POST").Name("operator.admin.email.cancel")
	r.Handle(at+"/factor", c.operator(c.resetFactor)).Methods("POST").Name("operator.admin.factor")
}

// oneAdmin is an admin of a provider, and who may change its address.
type oneAdmin struct {
	account.Other
	home   store.Usage
	emails store.OperatorEmails
}

func (c *Console) oneAdmin(r *http.Request, o store.Operator) (a oneAdmin, err error) {
	id, err := web.ID[store.UserID](r, "user")
	if err != nil {
		return a, err
	}
	if a.home, err = o.Provider(r.Context(), mux.Vars(r)["slug"]); err != nil {
		return a, err
	}
	a.emails, a.At = o.Emails(a.home.ID), base+"/providers/"+a.home.Slug+"/admins/"+itoa(int64(id))
	if a.Account, err = a.emails.Account(r.Context(), id); err != nil {
		return a, err
	}
	if a.Pending, err = a.emails.EmailChange(r.Context(), id); fault.Of(err) == fault.NotFound {
		err = nil
	}
	return a, err
}

func (c *Console) showAdmin(w http.ResponseWriter, r *http.Request, o store.Operator) error {
	a, err := c.oneAdmin(r, o)
	if err != nil {
		return err
	}
	return c.adminAnswer(w, r, o, http.StatusOK, a)
}

func (c *Console) adminAnswer(w http.ResponseWriter, r *http.Request, o store.Operator, status int, a oneAdmin) error {
	v := c.view(w, r, o)
	title := a.Account.Name
	return web.Page(w, r, status, ui.Page(v, title,
		ui.PageHead(v, title, []ui.Link{{Label: v.T("Providers"), Href: base}, {Label: a.home.Name, Href: base + "/providers/" + a.home.Slug}}),
		ui.Grid(ui.Col(6, account.EmailOf(v, a.Other)), ui.Col(6, account.FactorOf(v, a.Other)))))
}

func (c *Console) startEmail(w http.ResponseWriter, r *http.Request, o store.Operator) error {
	a, err := c.oneAdmin(r, o)
	if err != nil {
		return err
	}
	a.Email = web.Str(r, "email")
	e, err := c.desk.StartEmailChange(r.Context(), a.emails, a.Account.ID, a.Email, c.site.Origin(r))
	if k := fault.Of(err); k == fault.Invalid || k == fault.Limited || k == fault.Conflict {
		a.Problem = err
		return c.adminAnswer(w, r, o, web.Status(w, err), a)
	}
	if err != nil {
		return err
	}
	return c.site.Done(w, r, a.At, "The old address was told, and a code is on its way to "+e.New+".")
}

func (c *Console) resendEmail(w http.ResponseWriter, r *http.Request, o store.Operator) error {
	a, err := c.oneAdmin(r, o)
	if err != nil {
		return err
	}
	e, err := c.desk.ResendEmailChange(r.Context(), a.emails, a.Account.ID, c.site.Origin(r))
	return c.told(w, r, a, err, "A new code is on its way to "+e.New+". The one before no longer works.")
}

func (c *Console) cancelEmail(w http.ResponseWriter, r *http.Request, o store.Operator) error {
	a, err := c.oneAdmin(r, o)
	if err != nil {
		return err
	}
	return c.told(w, r, a, a.emails.CancelEmailChange(r.Context(), a.Account.ID), "The e-mail address stays as it is.")
}

func (c *Console) resetFactor(w http.ResponseWriter, r *http.Request, o store.Operator) error {
	a, err := c.oneAdmin(r, o)
	if err != nil {
		return err
	}
	err = c.desk.OperatorResetFactor(r.Context(), o, a.home.ID, a.Account.ID, c.site.Origin(r))
	return c.told(w, r, a, err, "The second factor is reset. A letter tells "+a.Account.Name+".")
}

// told goes back to the admin's page and says what came of it.
func (c *Console) told(w http.ResponseWriter, r *http.Request, a oneAdmin, err error, says string) error {
	if k := fault.Of(err); err != nil && (k == fault.Conflict || k == fault.Limited) {
		return c.site.Warn(w, r, a.At, fault.Says(err))
	}
	if err != nil {
		return err
	}
	return c.site.Done(w, r, a.At, says)
}
