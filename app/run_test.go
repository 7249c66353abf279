package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
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
	for range 2400 { // two minutes: a busy machine builds slowly under the race detector
		if door = regexp.MustCompile(`http://127\.0\.0\.1:\d+/admin/\S+`).FindString(out.String()); door != "" && strings.Contains(out.String(), "msg=serving") {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if status, body := get(t, browser(t), door); status != http.StatusOK || !strings.Contains(body, "Sign in") {
		t.Errorf("%s: %d\n%s", door, status, out.String())
	}
}
