package admin_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"gatehouse/store"
)

// ticked are the values of the boxes that are ticked on the page.
func ticked(body string) (out []string) {
	for _, m := range regexp.MustCompile(`<input[^>]*name="feature"[^>]*>`).FindAllString(body, -1) {
		if strings.Contains(m, "checked") {
			out = append(out, regexp.MustCompile(`value="([^"]*)"`).FindStringSubmatch(m)[1])
		}
	}
	return out
}

func TestPortalTemplate_openTheNextPortalWithIt(t *testing.T) {
	_, s, b := nordlift(t)
	acme, err := s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "Acme"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddPortal(t.Context(), acme, store.PortalEdit{}); err != nil {
		t.Fatal(err)
	}
	at := "/admin/nordlift/customers/" + idOf(acme) + "/portal/setup"
	form := url.Values{"version": {"1"}, "name": {"My own name"}, "slug": {"my-own"}, "feature": {"assets", "assets.list", "assets.map"}}
	b.Post(at+"/template", form).Is(http.StatusUnprocessableEntity).Sees("Give the template a name")
	form.Set("template_name", "Rental, wide")
	b.Post(at+"/template", form).Is(http.StatusOK).Sees("The template “Rental, wide” is saved")
	if !strings.Contains(b.Page.Body, `value="My own name"`) {
		t.Error("what was typed is gone")
	}
	b.Post(at+"/template", form).Is(http.StatusUnprocessableEntity).Sees("already a template of this name")
	form.Set("feature", "assets")
	form.Set("template_name", "Nothing to see")
	b.Post(at+"/template", form).Is(http.StatusUnprocessableEntity).Sees("Tick at least one view")
	b.Get(at).Sees("Rental, wide")
	link := regexp.MustCompile(at + `\?template=\d+`).FindString(b.Page.Body)
	if got := ticked(b.Get(link).Page.Body); strings.Join(got, " ") != "assets assets.list assets.map" {
		t.Errorf("the template ticks %v", got)
	}
	if o, err := s.PortalOf(t.Context(), acme); err != nil || o.SetupDone {
		t.Error("a template saved the portal")
	}
	b.Post(strings.Replace(link, "?template=", "/template/", 1)+"/remove", nil).Is(http.StatusOK).Sees("Template removed").SeesNot("Rental, wide")
}

func TestSettings_ownWords(t *testing.T) {
	_, s, b := nordlift(t)
	home := s.Home()
	form := url.Values{"name": {home.Name}, "date_format": {"MDY"}, "date_sep": {"/"}, "clock24": {"0"}, "time_zone": {"UTC"}, "language": {"en"}, "asset_word": {"machine"}, "job_word": {"spell"}}
	b.Post("/admin/nordlift/settings", form).Is(http.StatusUnprocessableEntity).Sees("Choose one")
	form.Set("job_word", "order")
	b.Post("/admin/nordlift/settings", form).Is(http.StatusOK).Sees("Saved")
	b.Get("/admin/nordlift/assets").Sees("Machines", "Add machine").SeesNot("Assets")
}
