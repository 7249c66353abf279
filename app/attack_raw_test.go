package app_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gatehouse/app"
	"gatehouse/app/apptest"
	"gatehouse/app/web"
	"gatehouse/app/web/ui"
)

// listen serves a world on a real listener with the real server's settings.
func (w *world) listen() (addr string) {
	w.t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	w.must(err)
	base, err := url.Parse("http://" + l.Addr().String())
	w.must(err)
	w.Site.SetBase(base)
	ctx, stop := context.WithCancel(w.t.Context())
	done := make(chan error, 1)
	go func() { done <- app.Serve(w.App, ctx, l) }()
	w.t.Cleanup(func() { stop(); <-done })
	return l.Addr().String()
}

var statusLine = regexp.MustCompile(`HTTP/1\.[01] ([0-9]{3})`)

// speak sends bytes and returns the status of each answer that came back.
func speak(t *testing.T, addr, text string) (statuses []string, all string) {
	t.Helper()
	c, err := net.DialTimeout("tcp", addr, 2*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	_ = c.SetDeadline(time.Now().Add(1500 * time.Millisecond))
	_, _ = io.WriteString(c, text) // the server may hang up before the end
	b, _ := io.ReadAll(c)
	for _, m := range statusLine.FindAllStringSubmatch(string(b), -1) {
		statuses = append(statuses, m[1])
	}
	return statuses, string(b)
}

// TestAttack_rawHTTP holds the listener to a table of requests that proxies
// and servers have read differently. One request gets one answer.
func TestAttack_rawHTTP(t *testing.T) {
	w := newWorld(t)
	addr := w.listen()
	h, form := "Host: "+addr+"\r\n", "Content-Type: application/x-www-form-urlencoded\r\n"
	in := "POST /admin/twin-one/sign-in HTTP/1.1\r\n" + h + form
	for name, c := range map[string]struct {
		send string
		want []string // any of these, and nothing after it
	}{
		"CL and TE":           {in + "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG", []string{"422", "429", "400", "422 400", "429 400"}},
		"TE xchunked":         {in + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", []string{"501"}},
		"TE with \\v":         {in + "Transfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n", []string{"501", "400"}},
		"two lengths":         {in + "Content-Length: 3\r\nContent-Length: 5\r\n\r\nabcde", []string{"400"}},
		"length with plus":    {in + "Content-Length: +5\r\n\r\nabcde", []string{"400"}},
		"negative length":     {in + "Content-Length: -5\r\n\r\nabcde", []string{"400"}},
		"bare LF in chunk":    {in + "Transfer-Encoding: chunked\r\n\r\n1;a\nX\r\n0\r\n\r\n", []string{"400", "422", "429", "422 400", "429 400"}},
		"two hosts":           {"GET / HTTP/1.1\r\n" + h + "Host: evil.test\r\n\r\n", []string{"400"}},
		"absolute elsewhere":  {"GET http://evil.test/ HTTP/1.1\r\n" + h + "\r\n", []string{"421"}},
		"absolute here":       {"GET http://" + addr + "/ HTTP/1.1\r\nHost: evil.test\r\n\r\n", []string{"200", "303"}},
		"no host":             {"GET / HTTP/1.1\r\n\r\n", []string{"400"}},
		"HTTP/1.0 no host":    {"GET / HTTP/1.0\r\n\r\n", []string{"421"}},
		"space before colon":  {"GET / HTTP/1.1\r\nHost : " + addr + "\r\n\r\n", []string{"400"}},
		"folded header":       {"GET / HTTP/1.1\r\n" + h + "X: a\r\n b\r\n\r\n", []string{"200", "400"}},
		"dots":                {"GET /portal/../admin/twin-one/profile HTTP/1.1\r\n" + h + "\r\n", []string{"301", "308", "404"}},
		"encoded dots":        {"GET /portal/..%2fadmin/twin-one/profile HTTP/1.1\r\n" + h + "\r\n", []string{"301", "308", "404"}},
		"double slash":        {"GET //admin/twin-one HTTP/1.1\r\n" + h + "\r\n", []string{"301", "308", "404"}},
		"nul":                 {"GET /admin/%00 HTTP/1.1\r\n" + h + "\r\n", []string{"303", "404"}},
		"header of 64 KB":     {"GET / HTTP/1.1\r\n" + h + "X: " + strings.Repeat("a", 65536) + "\r\n\r\n", []string{"431"}},
		"lower-case method":   {"get / HTTP/1.1\r\n" + h + "\r\n", []string{"405"}},
		"TRACE":               {"TRACE / HTTP/1.1\r\n" + h + "\r\n", []string{"405"}},
		"CONNECT":             {"CONNECT evil.test:443 HTTP/1.1\r\nHost: evil.test:443\r\n\r\n", []string{"421", "405"}},
		"OPTIONS *":           {"OPTIONS * HTTP/1.1\r\n" + h + "\r\n", []string{"200", "404", "405"}},
		"HTTP/0.9":            {"GET /\r\n\r\n", []string{"400"}},
		"HTTP/2 preface":      {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", []string{"505", "400", "421"}},
		"no HTTP":             {"\x16\x03\x01\x00\xa5\x01\x00", []string{"400", ""}},
		"method of 10,000":    {strings.Repeat("A", 10000) + " / HTTP/1.1\r\n" + h + "\r\n", []string{"405", "431"}},
		"host with a slash":   {"GET / HTTP/1.1\r\nHost: " + addr + "/x\r\n\r\n", []string{"400", "421"}},
		"address of 16 KB":    {"GET /" + strings.Repeat("a", 20000) + " HTTP/1.1\r\n" + h + "\r\n", []string{"431", "404"}},
		"pipelined smuggling": {in + "Content-Length: 0\r\n\r\nTRACE / HTTP/1.1\r\n" + h + "\r\n", []string{"422 405", "429 405"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // each waits for more than comes
			got, all := speak(t, addr, c.send)
			if s := strings.Join(got, " "); !slices.Contains(c.want, s) {
				t.Errorf("answered %q, want one of %q", s, c.want)
			}
			if strings.Contains(all, "Server:") || strings.Contains(all, "goroutine") {
				t.Errorf("the answer names its software: %s", all)
			}
		})
	}
}

// TestAttack_bodyOverTheCap sends one byte more than a form may have.
func TestAttack_bodyOverTheCap(t *testing.T) {
	w := newWorld(t)
	addr := w.listen()
	for _, chunked := range []bool{false, true} {
		req, err := http.NewRequestWithContext(t.Context(), "POST", "http://"+addr+"/admin/twin-one/sign-in", io.LimitReader(letters{}, 1<<20+1))
		w.must(err)
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if req.ContentLength = 1<<20 + 1; chunked {
			req.ContentLength = -1
		}
		res, err := http.DefaultClient.Do(req)
		w.must(err)
		body, _ := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if text := (&apptest.Page{Body: string(body)}).Text(); res.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(text, "too large") {
			t.Errorf("chunked %t: %d %.100s, want 413 and a sentence", chunked, res.StatusCode, text)
		}
	}
}

type letters struct{}

func (letters) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = 'a'
	}
	return len(b), nil
}

// TestAttack_slowSendersAreShed opens many connections that send a header, or
// a body, a byte at a time: people are served meanwhile, and the slow ones are
// let go in time.
func TestAttack_slowSendersAreShed(t *testing.T) {
	heavy(t) // takes as long as the server's patience
	w := newWorld(t)
	addr := w.listen()
	const many = 400
	before := descriptors(t)
	var slow []net.Conn
	for i := range many {
		c, err := net.DialTimeout("tcp", addr, 2*time.Second)
		w.must(err)
		text := "GET / HTTP/1.1\r\nHost: " + addr + "\r\nX-Slow: "
		if i%2 == 1 {
			text = "POST /admin/twin-one/sign-in HTTP/1.1\r\nHost: " + addr + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\n"
		}
		_, _ = fmt.Fprint(c, text)
		slow = append(slow, c)
	}
	began := time.Now()
	res, err := http.Get("http://" + addr + "/admin/twin-one/sign-in")
	w.must(err)
	_ = res.Body.Close()
	if took := time.Since(began); took > time.Second || res.StatusCode != http.StatusOK {
		t.Errorf("meanwhile a page took %s and got %d", took, res.StatusCode)
	}
	var shed atomic.Int64
	var wg sync.WaitGroup
	for _, c := range slow {
		wg.Go(func() {
			_ = c.SetReadDeadline(time.Now().Add(40 * time.Second))
			if _, err := bufio.NewReader(c).ReadString('\n'); err == nil || !errors.Is(err, os.ErrDeadlineExceeded) {
				shed.Add(1)
			}
			_ = c.Close()
		})
	}
	wg.Wait()
	if shed.Load() != many {
		t.Errorf("%d of %d slow senders were let go", shed.Load(), many)
	}
	if after := descriptors(t); after > before+50 {
		t.Errorf("%d descriptors before, %d after", before, after)
	}
}

func descriptors(t *testing.T) int {
	t.Helper()
	all, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Skip("no /proc here")
	}
	return len(all)
}

// TestAttack_cancelledIsNotSuccess has a request given up while it works; a
// proxy that still listens must not read silence as success.
func TestAttack_cancelledIsNotSuccess(t *testing.T) {
	w := newWorld(t)
	w.Router.Handle("/wait", w.Site.Handle(web.Door{View: func(r *http.Request) *ui.View { return w.Site.View(nil, r) }}, func(_ http.ResponseWriter, r *http.Request) error {
		ctx, cancel := context.WithTimeout(r.Context(), time.Second)
		defer cancel()
		<-ctx.Done()
		return fmt.Errorf("work: %w", ctx.Err())
	})).Methods("POST").Name("wait")
	c, err := net.Dial("tcp", w.listen())
	w.must(err)
	defer func() { _ = c.Close() }()
	_, _ = fmt.Fprintf(c, "POST /wait HTTP/1.1\r\nHost: %s\r\nContent-Length: 0\r\n\r\n", c.RemoteAddr())
	_ = c.(*net.TCPConn).CloseWrite()
	b, _ := io.ReadAll(c)
	if strings.HasPrefix(string(b), "HTTP/1.1 2") {
		t.Errorf("what was given up is answered %.40q", b)
	}
}
