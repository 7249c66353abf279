package operator

import (
	"net/http"
	"strings"

	"github.com/gorilla/mux"

	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (c *Console) settingRoutes(r *mux.Router) {
	r.Handle("/settings", c.operator(c.showSettings)).Methods("GET", "HEAD").Name("operator.settings")
	r.Handle("/settings", c.operator(c.saveSettings)).Methods("POST").Name("operator.settings.save")
}

// settingsForm is the settings page.
type settingsForm struct {
	BaseURL, ContactName, ContactMail, ContactURL string
	FeedsPrivate                                  bool
	BaseFixed                                     string
	Problem                                       error
}

func (c *Console) showSettings(w http.ResponseWriter, r *http.Request, o store.Operator) error {
	all, err := o.Settings(r.Context())
	if err != nil {
		return err
	}
	return c.settingsAnswer(w, r, o, http.StatusOK, settingsForm{BaseURL: all[store.SetBaseURL], ContactName: all[store.SetContactName], ContactMail: all[store.SetContactMail],
		ContactURL: all[store.SetContactURL], FeedsPrivate: all[store.SetFeedPrivate] == "yes"})
}

func (c *Console) settingsAnswer(w http.ResponseWriter, r *http.Request, o store.Operator, status int, f settingsForm) error {
	f.BaseFixed = c.Fixed[store.SetBaseURL]
	return web.Page(w, r, status, settingsPage(c.view(w, r, o), f))
}

func (c *Console) saveSettings(w http.ResponseWriter, r *http.Request, o store.Operator) error {
	f := settingsForm{BaseURL: web.Str(r, "base_url"), ContactName: web.Str(r, "contact_name"), ContactMail: web.Str(r, "contact_email"), ContactURL: web.Str(r, "contact_url"),
		FeedsPrivate: web.Str(r, "feeds_private") != ""}
	values, err := c.settingsOf(&f)
	if isForm(err) {
		f.Problem = err
		return c.settingsAnswer(w, r, o, http.StatusUnprocessableEntity, f)
	}
	before := c.site.URL("")
	if err := o.SetSettings(r.Context(), values); err != nil {
		return err
	}
	if err := c.site.LoadBase(r.Context()); err != nil {
		return err
	}
	if after := c.site.URL(""); after != before { // this browser's session belongs to the old address
		http.Redirect(w, r, after+base+"/settings", http.StatusSeeOther)
		return nil
	}
	return c.site.Done(w, r, base+"/settings", "Saved.")
}

// settingsOf checks the form and says what is to be stored.
func (c *Console) settingsOf(f *settingsForm) (map[string]string, error) {
	var bad fault.Problems
	values := map[string]string{store.SetContactName: f.ContactName, store.SetContactMail: f.ContactMail, store.SetContactURL: f.ContactURL, store.SetFeedPrivate: ""}
	if f.FeedsPrivate {
		values[store.SetFeedPrivate] = "yes"
	}
	if c.Fixed[store.SetBaseURL] == "" {
		u, err := store.BaseURL(f.BaseURL)
		if err != nil {
			bad.Add("base_url", "%s", fault.Says(err))
		}
		values[store.SetBaseURL] = u
	}
	if len(f.ContactName) > 200 || strings.ContainsAny(f.ContactName, "\r\n\x00") {
		bad.Add("contact_name", "Give a name of up to 200 characters, on one line.")
	}
	if f.ContactMail != "" && store.CheckEmail(f.ContactMail) != nil {
		bad.Add("contact_email", "Enter a full e-mail address, such as ana@example.com, or leave it empty.")
	}
	if f.ContactURL != "" && (ui.SafeHref(f.ContactURL) == "#" || !strings.HasPrefix(f.ContactURL, "http") || len(f.ContactURL) > 500) {
		bad.Add("contact_url", "Enter a full address that begins with https://, or leave it empty.")
	}
	return values, bad.Err()
}
