package operator

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/gorilla/mux"

	"gatehouse/app/desk"
	"gatehouse/app/secret"
	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (c *Console) setUpRoutes(r *mux.Router) {
	r.Handle("/setup/{token}", c.public(c.showSetUp)).Methods("GET", "HEAD").Name("setup")
	r.Handle("/setup/{token}", c.publicForm(c.setUp)).Methods("POST").Name("setup.post")
}

// publicForm answers a form of anybody.
func (c *Console) publicForm(f web.Handler) http.Handler {
	return c.public(func(w http.ResponseWriter, r *http.Request) error {
		if err := web.Form(r); err != nil {
			return err
		}
		return f(w, r)
	})
}

// showSetUp shows the set-up to whoever has the link. Looking uses nothing up.
func (c *Console) showSetUp(w http.ResponseWriter, r *http.Request) error {
	hash, err := secret.HashToken(mux.Vars(r)["token"], secret.SetUp)
	if err != nil {
		return err
	}
	if err := c.site.DB.System("set-up", c.site.Origin(r)).SetUpLink(r.Context(), hash); err != nil {
		return err
	}
	f := setUpForm{WithProvider: true}
	f.BaseURL, f.Mail.Security, f.Provider.Starter = c.suggestedBase(r), "starttls", "rental"
	c.fix(&f)
	return web.Page(w, r, http.StatusOK, setUpPage(c.bare(w, r), f))
}

// suggestedBase is what the browser's own address would be as a base URL. It
// is a suggestion in a field, for the person to confirm, and used for nothing.
func (c *Console) suggestedBase(r *http.Request) string {
	scheme := "http://"
	if r.TLS != nil {
		scheme = "https://"
	}
	suggestion, err := store.BaseURL(scheme + r.Host)
	if err != nil {
		return ""
	}
	return suggestion
}

// setUpForm is the set-up as its form shows it.
type setUpForm struct {
	desk.FirstSetUp
	WithMail     bool
	WithProvider bool
	OtherAdmin   bool // the provider's first admin is somebody else
	Problem      error
	BaseFixed    string // what decides the base URL, if the form does not
	MailFixed    string // what decides the mail server, if the form does not
}

// fix takes out of the form's hands what the start of the program decides.
func (c *Console) fix(f *setUpForm) {
	f.BaseFixed, f.MailFixed = c.Fixed[store.SetBaseURL], c.Fixed[store.SetMailHost]
	if f.BaseFixed != "" {
		f.BaseURL = c.site.URL("")
	}
	if f.MailFixed != "" {
		f.WithMail = false
	}
}

func decodeSetUp(r *http.Request) setUpForm {
	f := setUpForm{WithMail: web.Str(r, "with_mail") != "", WithProvider: web.Str(r, "with_provider") != "", OtherAdmin: web.Str(r, "other_admin") != ""}
	f.Name, f.Email, f.Password, f.BaseURL = web.Str(r, "name"), web.Str(r, "email"), r.PostForm.Get("password"), web.Str(r, "base_url")
	f.Mail = decodeMail(r, "mail_")
	f.Provider = store.NewProvider{Name: web.Str(r, "provider_name"), Slug: strings.ToLower(web.Str(r, "provider_slug")), Starter: web.Str(r, "provider_starter")}
	f.AdminName, f.AdminEmail, f.SameAdmin = web.Str(r, "admin_name"), web.Str(r, "admin_email"), !f.OtherAdmin
	return f
}

// asked is the set-up as the person means it: what is switched off counts for
// nothing, however it is filled in.
func (f setUpForm) asked() desk.FirstSetUp {
	s := f.FirstSetUp
	if !f.WithMail {
		s.Mail = desk.MailForm{}
	}
	switch {
	case !f.WithProvider:
		s.Provider = store.NewProvider{}
	case s.Provider.Slug == "" && s.Provider.Name != "":
		s.Provider.Slug = store.Slug(s.Provider.Name)
	}
	return s
}

// missing are problems the form alone can know.
func (f setUpForm) missing() map[string]string {
	bad := fault.Problems{}
	if f.WithMail && f.Mail.Host == "" {
		bad.Add("mail_host", "Give the mail server, or untick mail for now.")
	}
	if f.WithProvider && f.Provider.Name == "" {
		bad.Add("provider_name", "Give the provider's name, or untick the first provider.")
	}
	return bad
}

func (c *Console) setUp(w http.ResponseWriter, r *http.Request) error {
	f := decodeSetUp(r)
	c.fix(&f)
	asked := f.asked()
	if bad := f.missing(); len(bad) > 0 {
		for name, says := range fault.Fields(asked.Validate()) {
			bad[name] = says
		}
		return c.setUpAgain(w, r, f, fault.Problems(bad).Err())
	}
	done, err := c.desk.SetUp(r.Context(), mux.Vars(r)["token"], asked, c.site.Origin(r))
	if isForm(err) {
		return c.setUpAgain(w, r, f, err)
	}
	if err != nil {
		return err
	}
	return c.afterSetUp(w, r, asked, done)
}

func (c *Console) setUpAgain(w http.ResponseWriter, r *http.Request, f setUpForm, problem error) error {
	f.Problem = problem
	return web.Page(w, r, http.StatusUnprocessableEntity, setUpPage(c.bare(w, r), f))
}

// afterSetUp signs the operator in and shows the next steps. Somebody who came
// over another address than the base URL has to sign in there: a cookie
// belongs to one host.
func (c *Console) afterSetUp(w http.ResponseWriter, r *http.Request, f desk.FirstSetUp, done desk.SetUpDone) error {
	if err := c.site.LoadBase(r.Context()); err != nil {
		return err
	}
	if err := c.site.SetToken(w, r, base, done.Console, store.OperatorSession); err != nil {
		return err
	}
	if done.Staff != "" {
		if err := c.site.SetToken(w, r, "/admin/"+done.Provider, done.Staff, store.StaffSession); err != nil {
			return err
		}
	}
	here, err := url.Parse(f.BaseURL)
	if err != nil {
		return err
	}
	v := c.bare(nil, r)
	return web.Page(w, r, http.StatusOK, setUpDonePage(v, nextSteps{Base: f.BaseURL, Elsewhere: !strings.EqualFold(here.Host, r.Host), MailOff: f.Mail.Host == "" && c.Fixed[store.SetMailHost] == "",
		Provider: f.Provider, Mine: done.Staff != "", Link: done.Link, AdminName: f.AdminName}))
}
