package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"gatehouse/app"
)

// said collects what a program writes, from any goroutine.
type said struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *said) Write(p []byte) (int, error) { s.mu.Lock(); defer s.mu.Unlock(); return s.b.Write(p) }
func (s *said) String() string              { s.mu.Lock(); defer s.mu.Unlock(); return s.b.String() }

// cli runs the command line as a person would and returns what it said.
func cli(t *testing.T, env []string, args ...string) (out, errs string, code int) {
	t.Helper()
	var o, e said
	code = app.Main(t.Context(), args, app.Terminal{In: strings.NewReader(""), Out: &o, Err: &e, Environ: env})
	return o.String(), e.String(), code
}

// served is a running program.
type served struct {
	url, data string
	out       *said
	stop      func() error // asks it to stop and waits for it
}

// serve runs the real program on a free port.
func serve(t *testing.T, c app.Config) served {
	t.Helper()
	if c.Data == "" {
		c.Data = filepath.Join(t.TempDir(), "g.db")
	}
	c.Listen = "127.0.0.1:0"
	if c.Log == "" {
		c.Log = "text"
	}
	up, down := make(chan string, 1), make(chan error, 1)
	c.Serving = func(url string) { up <- url }
	ctx, cancel := context.WithCancel(context.Background())
	s := served{data: c.Data, out: &said{}}
	go func() { down <- app.Run(ctx, c, s.out) }()
	s.stop = sync.OnceValue(func() error { cancel(); return <-down })
	t.Cleanup(func() { _ = s.stop() })
	select {
	case s.url = <-up:
	case err := <-down:
		down <- err
		t.Fatalf("it did not start: %v\n%s", err, s.out)
	}
	return s
}

var setUpLink = regexp.MustCompile(`http\S+/setup/set_\S+`)

// browser keeps cookies and says it is one.
func browser(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Jar: jar, Timeout: 20 * time.Second}
}

func get(t *testing.T, c *http.Client, address string) (int, string) {
	t.Helper()
	res, err := c.Get(address)
	return read(t, res, err)
}

func post(t *testing.T, c *http.Client, address string, form url.Values) (int, string) {
	t.Helper()
	res, err := c.PostForm(address, form)
	return read(t, res, err)
}

func read(t *testing.T, res *http.Response, err error) (int, string) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(b)
}

const password = "correct horse battery staple"

func setUpForm(base string) url.Values {
	return url.Values{"name": {"Olive"}, "email": {"olive@example.com"}, "password": {password}, "base_url": {base},
		"with_provider": {"1"}, "provider_name": {"Nordlift Rental"}, "provider_starter": {"rental"}}
}

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

func TestServe_secondServerIsRefused(t *testing.T) {
	s := serve(t, app.Config{})
	_, errs, code := cli(t, nil, "serve", "--data", s.data, "--listen", "127.0.0.1:0")
	if code != 1 || !strings.Contains(errs, "another gatehouse is already using") {
		t.Errorf("got %d %s", code, errs)
	}
}

func TestServe_stopsGracefully(t *testing.T) {
	s := serve(t, app.Config{})
	entered := make(chan struct{})
	body, send := io.Pipe()
	result := make(chan int, 1)
	go func() {
		req, _ := http.NewRequest("POST", setUpLink.FindString(s.out.String()), body)
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		close(entered)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			result <- 0
			return
		}
		_ = res.Body.Close()
		result <- res.StatusCode
	}()
	<-entered
	_, _ = send.Write([]byte("name=Olive&")) // the server is now reading the form
	time.Sleep(50 * time.Millisecond)
	stopped := make(chan error, 1)
	go func() { stopped <- s.stop() }()
	time.Sleep(100 * time.Millisecond)
	_, _ = send.Write([]byte("email=x"))
	_ = send.Close()
	if got := <-result; got != http.StatusUnprocessableEntity {
		t.Errorf("the request that was under way: %d, want its answer", got)
	}
	if err := <-stopped; err != nil {
		t.Errorf("stop: %v", err)
	}
	for _, left := range []string{s.data + "-wal", s.data + ".sock"} {
		if st, err := os.Stat(left); err == nil && st.Size() > 0 {
			t.Errorf("%s is left behind", left)
		}
	}
}

func TestHealthcheck_asksTheRunningServer(t *testing.T) {
	s := serve(t, app.Config{})
	listen := strings.TrimPrefix(s.url, "http://")
	_, _ = post(t, browser(t), setUpLink.FindString(s.out.String()), setUpForm("https://portal.example.com")) // the base URL's host is not asked
	if out, errs, code := cli(t, nil, "healthcheck", "--listen", listen); code != 0 || !strings.Contains(out, "ready") {
		t.Errorf("while it serves: %d %s", code, errs)
	}
	_ = s.stop()
	if _, _, code := cli(t, nil, "healthcheck", "--listen", listen); code != 1 {
		t.Errorf("nobody there: %d, want 1", code)
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
	again := serve(t, app.Config{Data: s.data})
	req, _ := http.NewRequest("POST", again.url+"/operator/sign-in", strings.NewReader(url.Values{"email": {"olive@example.com"}, "password": {"another good long one"}}.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Host = strings.TrimPrefix(s.url, "http://") // the base URL is still the one of before
	res, err := browser(t).Do(req)
	if status, body := read(t, res, err); status != http.StatusUnprocessableEntity || !strings.Contains(body, "do not match") {
		t.Errorf("the old password: %d %s", status, body)
	}
}

func TestControl_socketIsForTheOwnerAlone(t *testing.T) {
	s := serve(t, app.Config{})
	st, err := os.Stat(s.data + ".sock")
	if err != nil {
		t.Fatal(err)
	}
	if got := st.Mode().Perm(); got != 0o600 {
		t.Errorf("mode %o, want 600", got)
	}
}

func TestControl_longFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), strings.Repeat("long", 40))
	s := serve(t, app.Config{Data: filepath.Join(dir, "g.db")})
	if out, errs, code := cli(t, nil, "--data", s.data, "admin", "list"); code != 0 {
		t.Errorf("%d %s %s", code, out, errs)
	}
}

func TestDoctor_findsWhatIsWrong(t *testing.T) {
	s := serve(t, app.Config{})
	_ = os.Chmod(s.data, 0o644)
	out, errs, code := cli(t, nil, "--data", s.data, "doctor")
	if code != 0 || !strings.Contains(out, "ok    a server is running") || !strings.Contains(out, "ok    data file") || !strings.Contains(out, "chmod 600") || !strings.Contains(out, "set-up is not done") {
		t.Errorf("while serving: %d %s %s", code, out, errs)
	}
	_ = s.stop()
	out, errs, code = cli(t, nil, "--data", s.data, "--smtp", "smtp://127.0.0.1:1?from=a@example.com", "doctor")
	if code != 1 || !strings.Contains(out, "ok    no server is running") || !strings.Contains(out, "FAIL  mail server 127.0.0.1: stage “connect”") {
		t.Errorf("with a dead mail server: %d %s %s", code, out, errs)
	}
}

func TestProbes_tellStrangersNothing(t *testing.T) {
	s := serve(t, app.Config{BaseURL: "https://portal.example.com", SetUp: app.Unattended{AdminEmail: "root@example.com", AdminPassword: password}})
	for path, want := range map[string]string{"/livez": "alive\n", "/readyz": "ready\n"} {
		if status, body := get(t, browser(t), s.url+path); status != http.StatusOK || body != want {
			t.Errorf("%s: %d %q", path, status, body)
		}
	}
	if status, body := get(t, browser(t), s.url+"/metrics"); status != http.StatusOK || !strings.Contains(body, "gatehouse_mail_oldest_seconds 0") {
		t.Errorf("metrics on this machine: %d %s", status, body)
	}
	for _, head := range []map[string]string{{"X-Forwarded-For": "192.0.2.1"}, {"Via": "1.1 proxy"}, {"Host": "portal.example.com"}} {
		req, _ := http.NewRequest("GET", s.url+"/metrics", nil)
		for k, v := range head {
			req.Header.Set(k, v)
		}
		if h := head["Host"]; h != "" {
			req.Host = h
		}
		res, err := browser(t).Do(req)
		if status, body := read(t, res, err); status != http.StatusNotFound || strings.Contains(body, "gatehouse_") {
			t.Errorf("metrics with %v: %d", head, status)
		}
	}
}

func TestLog_asJSONHoldsTheLink(t *testing.T) {
	s := serve(t, app.Config{Log: "json"})
	for line := range strings.Lines(s.out.String()) {
		var v map[string]any
		if err := json.Unmarshal([]byte(line), &v); err != nil {
			t.Errorf("not JSON: %s", line)
		}
	}
	if !setUpLink.MatchString(s.out.String()) {
		t.Error("no link")
	}
}

func TestDemo_isReadyWithoutASetUp(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	var out, errs said
	done := make(chan int, 1)
	data := filepath.Join(t.TempDir(), "demo.db")
	go func() {
		done <- app.Main(ctx, []string{"demo", "--listen", "127.0.0.1:0", "--data", data}, app.Terminal{Out: &out, Err: &errs})
	}()
	defer func() {
		cancel()
		if code := <-done; code != 0 {
			t.Errorf("it ended with %d: %s", code, errs.String())
		}
	}()
	var door string
	for range 200 {
		if door = regexp.MustCompile(`http://127\.0\.0\.1:\d+/admin/\S+`).FindString(out.String()); door != "" && strings.Contains(out.String(), "msg=serving") {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if status, body := get(t, browser(t), door); status != http.StatusOK || !strings.Contains(body, "Sign in") {
		t.Errorf("%s: %d\n%s", door, status, out.String())
	}
}
