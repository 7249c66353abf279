package app_test

import (
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gatehouse/app"
)

func TestSetUp_onePageAndTheOperatorIsIn(t *testing.T) {
	s := serve(t, app.Config{})
	link := setUpLink.FindString(s.out.String())
	if link == "" {
		t.Fatalf("no set-up link in %s", s.out)
	}
	b := browser(t)
	for _, path := range []string{"/", "/operator", "/admin/nordlift", "/nothing", "/setup"} {
		if status, body := get(t, b, s.url+path); status != http.StatusServiceUnavailable || !strings.Contains(body, "gatehouse setup-link") {
			t.Errorf("%s before the set-up: %d", path, status)
		}
	}
	for range 3 { // looking uses nothing up
		if status, body := get(t, b, link); status != http.StatusOK || !strings.Contains(body, s.url) {
			t.Fatalf("the set-up page: %d %s", status, body)
		}
	}
	bad := setUpForm("https://example.com/path")
	bad.Set("email", "not an address")
	bad.Set("password", "short")
	bad.Set("provider_slug", "a b")
	status, body := post(t, b, link, bad)
	for _, want := range []string{"Leave out", "full e-mail address", "at least 12", "Use 2 to 40 lower-case", `value="Olive"`, `value="https://example.com/path"`} {
		if status != http.StatusUnprocessableEntity || !strings.Contains(body, want) {
			t.Errorf("a wrong form: %d, without %q", status, want)
		}
	}
	if strings.Contains(body, `value="short"`) {
		t.Error("the password came back")
	}
	if status, body := post(t, b, link, setUpForm(s.url)); status != http.StatusOK || !strings.Contains(body, "Gatehouse is set up") || !strings.Contains(body, s.url+"/admin/nordlift-rental") {
		t.Fatalf("the set-up: %d %s", status, body)
	}
	for path, want := range map[string]string{"/operator": "Nordlift Rental", "/admin/nordlift-rental": "Overview"} {
		if status, body := get(t, b, s.url+path); status != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%s after the set-up: %d", path, status)
		}
	}
	if status, _ := get(t, browser(t), link); status != http.StatusNotFound {
		t.Errorf("the link afterwards: %d, want 404", status)
	}
	if err := s.stop(); err != nil {
		t.Fatalf("stop: %v", err)
	}
	if again := serve(t, app.Config{Data: s.data}); setUpLink.MatchString(again.out.String()) {
		t.Error("a second start asks again")
	}
}

func TestSetUp_ofTwoBrowsersOneWins(t *testing.T) {
	s := serve(t, app.Config{})
	link := setUpLink.FindString(s.out.String())
	got := make(chan int, 2)
	for i := range 2 {
		form := setUpForm(s.url)
		form.Set("email", string(rune('a'+i))+"@example.com")
		go func() {
			res, err := browser(t).PostForm(link, form)
			if err != nil {
				got <- 0
				return
			}
			_ = res.Body.Close()
			got <- res.StatusCode
		}()
	}
	if a, b := <-got, <-got; a+b != http.StatusOK+http.StatusNotFound {
		t.Errorf("got %d and %d, want one 200 and one 404", a, b)
	}
	if out, _, _ := cli(t, nil, "--data", s.data, "admin", "list"); strings.Count(out, "@example.com") != 1 {
		t.Errorf("operators: %s", out)
	}
}

func TestSetUpLink_ofTheRunningServerReplacesTheFirst(t *testing.T) {
	s := serve(t, app.Config{})
	first := setUpLink.FindString(s.out.String())
	out, errs, code := cli(t, nil, "setup-link", "--data", s.data)
	second := setUpLink.FindString(out)
	if code != 0 || second == "" || !strings.HasPrefix(second, s.url) {
		t.Fatalf("setup-link: %d %s %s", code, out, errs)
	}
	if status, body := get(t, browser(t), first); status != http.StatusNotFound || !strings.Contains(body, "setup-link") {
		t.Errorf("the first link: %d", status)
	}
	if status, _ := get(t, browser(t), second); status != http.StatusOK {
		t.Errorf("the second link: %d", status)
	}
}

func TestUnattended_idempotentAndChecked(t *testing.T) {
	data := filepath.Join(t.TempDir(), "g.db")
	secret := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(secret, []byte(password+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c := app.Config{Data: data, BaseURL: "https://portal.example.com", SetUp: app.Unattended{AdminEmail: "root@example.com", AdminPassword: password, ProviderName: "Nordlift"}}
	for range 2 {
		s := serve(t, c)
		if status, body := get(t, browser(t), s.url+"/readyz"); status != http.StatusOK {
			t.Fatalf("readyz: %d %s", status, body)
		}
		if setUpLink.MatchString(s.out.String()) {
			t.Error("it still asks for a set-up")
		}
		if err := s.stop(); err != nil {
			t.Fatal(err)
		}
	}
	env := []string{"GATEHOUSE_ADMIN_EMAIL=other@example.com", "GATEHOUSE_ADMIN_PASSWORD_FILE=" + secret, "GATEHOUSE_DATA=" + data}
	if out, errs, _ := cli(t, env, "admin", "list"); strings.Count(out, "@example.com") != 1 || !strings.Contains(out, "root@example.com") {
		t.Errorf("operators: %s %s", out, errs)
	}
	c = app.Config{Data: filepath.Join(t.TempDir(), "x.db"), Listen: "127.0.0.1:0", Log: "text", SetUp: app.Unattended{AdminEmail: "root@example.com", AdminPassword: "password"}}
	err := app.Run(t.Context(), c, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "GATEHOUSE_ADMIN_PASSWORD: Use at least") || !strings.Contains(err.Error(), "GATEHOUSE_BASE_URL: Give") {
		t.Errorf("a weak password without an address: %v", err)
	}
}

func TestHostileHeaders_doNotChangeLinks(t *testing.T) {
	s := serve(t, app.Config{})
	link := setUpLink.FindString(s.out.String())
	send := func(method, address string, form url.Values, head map[string]string) (int, string) {
		req, _ := http.NewRequest(method, address, strings.NewReader(form.Encode()))
		if method == "POST" {
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		for k, v := range head {
			req.Header.Set(k, v)
		}
		if h := head["Host"]; h != "" {
			req.Host = h
		}
		res, err := browser(t).Do(req)
		return read(t, res, err)
	}
	hostile := map[string]string{"Host": "evil.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "Forwarded": "host=evil.example"}
	form := setUpForm("https://portal.example.com")
	maps.Copy(form, url.Values{"other_admin": {"1"}, "admin_name": {"Mara"}, "admin_email": {"mara@nordlift.example"}})
	status, body := send("POST", link, form, hostile)
	if status != http.StatusOK || !strings.Contains(body, "https://portal.example.com/admin/nordlift-rental/activate/act_") || strings.Contains(body, "evil.example") {
		t.Errorf("the set-up over a foreign host: %d %s", status, body)
	}
	if status, _ := send("GET", s.url+"/operator/sign-in", nil, map[string]string{"Host": "evil.example"}); status != http.StatusMisdirectedRequest {
		t.Errorf("a foreign host afterwards: %d, want 421", status)
	}
	if out, errs, _ := cli(t, nil, "--data", s.data, "login-link", "mara@nordlift.example"); !strings.HasPrefix(out, "https://portal.example.com/admin/nordlift-rental/reset/rst_") {
		t.Errorf("login-link: %s %s", out, errs)
	}
}

func TestLoginLink_whileServingAndWithout(t *testing.T) {
	s := serve(t, app.Config{})
	_, _ = post(t, browser(t), setUpLink.FindString(s.out.String()), setUpForm(s.url))
	if _, errs, code := cli(t, nil, "--data", s.data, "login-link", "olive@example.com"); code != 1 || !strings.Contains(errs, "--at: operator, admin/nordlift-rental") {
		t.Errorf("two doors: %d %s", code, errs)
	}
	if _, errs, code := cli(t, nil, "--data", s.data, "login-link", "nobody@example.com"); code != 1 || !strings.Contains(errs, "nobody with the address") {
		t.Errorf("nobody: %d %s", code, errs)
	}
	out, errs, code := cli(t, nil, "--data", s.data, "login-link", "olive@example.com", "--at", "operator")
	link := strings.SplitN(out, "\n", 2)[0]
	if code != 0 || !strings.HasPrefix(link, s.url+"/operator/link/rst_") {
		t.Fatalf("login-link: %d %s %s", code, out, errs)
	}
	b := browser(t)
	if status, body := get(t, b, link); status != http.StatusOK || !strings.Contains(body, "Hello Olive") {
		t.Fatalf("the link: %d", status)
	}
	if status, body := post(t, b, link, url.Values{"password": {"another good long one"}}); status != http.StatusOK || !strings.Contains(body, "you are signed in") {
		t.Fatalf("the new password: %d %s", status, body)
	}
	if status, _ := post(t, browser(t), link, url.Values{"password": {"another good long one"}}); status != http.StatusConflict {
		t.Errorf("the link a second time: %d, want 409", status)
	}
	if _, body := get(t, b, s.url+"/operator/audit"); !strings.Contains(body, "Made a one-time link") || !strings.Contains(body, "command line") {
		t.Error("the audit log does not tell")
	}
	_ = s.stop()
	out, errs, code = cli(t, nil, "--data", s.data, "admin", "reset-password", "olive@example.com")
	if code != 0 || !strings.Contains(out, "/operator/link/rst_") {
		t.Errorf("without a server: %d %s %s", code, out, errs)
	}
	if out, errs, code = cli(t, nil, "--data", s.data, "admin", "reset-factor", "olive@example.com"); code == 0 || !strings.Contains(errs, "no second factor to take away") {
		t.Errorf("a factor that is not there: %d %s %s", code, out, errs)
	}
	again := serve(t, app.Config{Data: s.data})
	req, _ := http.NewRequest("POST", again.url+"/operator/sign-in", strings.NewReader(url.Values{"email": {"olive@example.com"}, "password": {"another good long one"}}.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Host = strings.TrimPrefix(s.url, "http://") // the base URL is still the one of before
	res, err := browser(t).Do(req)
	if status, body := read(t, res, err); status != http.StatusUnprocessableEntity || !strings.Contains(body, "do not match") {
		t.Errorf("the old password: %d %s", status, body)
	}
}
