package app_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"math/rand/v2"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"gatehouse/app"
	"gatehouse/app/demo"
	"gatehouse/store/storetest"
)

// killedChild says to the test's own binary that it is the appliance that will
// be killed: its data file and its address.
const killedChild = "GATEHOUSE_TEST_CHILD"

func TestMain(m *testing.M) {
	if data, listen, ok := strings.Cut(os.Getenv(killedChild), "|"); ok {
		os.Exit(app.Main(context.Background(), []string{"demo", "--data", data, "--listen", listen}, app.Terminal{Out: os.Stdout, Err: os.Stderr}))
	}
	os.Exit(m.Run())
}

// mortal is an appliance that is killed in the middle of its work, again and
// again, and comes back at the same address with the same data file.
type mortal struct {
	t          *testing.T
	data, addr string
	run        *exec.Cmd
	mu         sync.Mutex
	acked      []string // what was answered with 303
}

// TestKilled_keepsWhatItAcknowledged: people who save while the process dies
// send again until they are answered. What was answered is there, once, with
// its photo, and the file is whole. GATEHOUSE_KILLS sets how often.
func TestKilled_keepsWhatItAcknowledged(t *testing.T) {
	storetest.Alone(t)
	kills := 15
	if n, err := strconv.Atoi(os.Getenv("GATEHOUSE_KILLS")); err == nil {
		kills = n
	}
	m := &mortal{t: t, data: filepath.Join(t.TempDir(), "demo.db"), addr: freeAddress(t)}
	m.start()
	ctx, stop := context.WithCancel(t.Context())
	var all sync.WaitGroup
	for _, save := range []func(context.Context, *http.Client, string) error{m.customer, m.report} {
		for range 2 {
			c := m.person(save)
			all.Go(func() { m.saveOn(ctx, c, save) })
		}
	}
	for range kills {
		time.Sleep(time.Duration(20+rand.IntN(180)) * time.Millisecond)
		m.kill(syscall.SIGKILL)
		m.start()
	}
	stop()
	all.Wait()
	m.kill(syscall.SIGTERM)
	m.verify(kills)
}

func freeAddress(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

func (m *mortal) start() {
	m.t.Helper()
	m.run = exec.CommandContext(m.t.Context(), os.Args[0])
	m.run.Env = append(os.Environ(), killedChild+"="+m.data+"|"+m.addr)
	if err := m.run.Start(); err != nil {
		m.t.Fatal(err)
	}
	for range 2400 {
		if res, err := http.Get("http://" + m.addr + "/readyz"); err == nil {
			_ = res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return
			}
		}
		time.Sleep(25 * time.Millisecond)
	}
	m.t.Fatal("it did not come back")
}

func (m *mortal) kill(how os.Signal) {
	_ = m.run.Process.Signal(how)
	_ = m.run.Wait()
}

// person is signed in at the door that a way of saving needs; its session
// outlives the process.
func (m *mortal) person(save func(context.Context, *http.Client, string) error) *http.Client {
	m.t.Helper()
	c := browser(m.t)
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	for door, login := range map[string]string{"/admin/swift": "sam@swift.test", "/portal/hafenbau": "anna@hafenbau.test"} {
		if code, _ := post(m.t, c, "http://"+m.addr+door+"/sign-in", url.Values{"email": {login}, "password": {demo.Password}}); code != http.StatusSeeOther {
			m.t.Fatalf("%s at %s: %d", login, door, code)
		}
	}
	return c
}

// saveOn saves one thing after another, each until it is acknowledged.
func (m *mortal) saveOn(ctx context.Context, c *http.Client, save func(context.Context, *http.Client, string) error) {
	for n := 0; ctx.Err() == nil; n++ {
		key := fmt.Sprintf("K%x", rand.Uint64())
		for tries := 0; ; tries++ {
			err := save(context.WithoutCancel(ctx), c, key)
			if err == nil {
				m.mu.Lock()
				m.acked = append(m.acked, key)
				m.mu.Unlock()
				break
			}
			if errors.As(err, new(refused)) || tries > 2000 {
				m.t.Errorf("%s: %v", key, err)
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
}

// refused is an answer that is no acknowledgement.
type refused int

func (r refused) Error() string { return fmt.Sprintf("answered %d", int(r)) }

func (m *mortal) customer(ctx context.Context, c *http.Client, key string) error {
	form := url.Values{"name": {key}, "external_id": {key}, "once": {key}}
	return m.send(ctx, c, "/admin/swift/customers/new", "application/x-www-form-urlencoded", []byte(form.Encode()))
}

func (m *mortal) report(ctx context.Context, c *http.Client, key string) error {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, value := range map[string]string{"subject": key, "description": "It stopped", "contact_name": "Anna", "once": key} {
		_ = w.WriteField(name, value) // a buffer does not fail
	}
	part, _ := w.CreateFormFile("photos", "photo.jpg")
	_ = jpeg.Encode(part, image.NewGray(image.Rect(0, 0, 64, 48)), nil)
	_ = w.Close()
	return m.send(ctx, c, "/portal/hafenbau/report", w.FormDataContentType(), b.Bytes())
}

func (m *mortal) send(ctx context.Context, c *http.Client, path, media string, body []byte) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+m.addr+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", media)
	res, err := c.Do(r)
	if err != nil {
		return err
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusSeeOther {
		return refused(res.StatusCode)
	}
	return nil
}

// verify reads the file with SQLite alone.
func (m *mortal) verify(kills int) {
	m.t.Helper()
	c, err := sqlite.OpenConn(m.data, sqlite.OpenReadOnly)
	if err != nil {
		m.t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	times := map[string]int{}
	m.each(c, `SELECT name FROM customers WHERE name GLOB 'K*' AND external_id = name
		UNION ALL SELECT subject FROM jobs j WHERE subject GLOB 'K*' AND (SELECT count(*) FROM job_files f JOIN files b ON b.id = f.file_id WHERE f.job_id = j.id) = 1`, func(s string) { times[s]++ })
	for _, key := range m.acked {
		if times[key] != 1 {
			m.t.Errorf("%s was acknowledged and is there %d times", key, times[key])
		}
	}
	m.each(c, `PRAGMA integrity_check`, func(s string) {
		if s != "ok" {
			m.t.Errorf("the file: %s", s)
		}
	})
	m.each(c, `PRAGMA foreign_key_check`, func(s string) { m.t.Errorf("a row of %s refers to nothing", s) })
	m.t.Logf("%d kills, %d acknowledged, each there once", kills, len(m.acked))
	if len(m.acked) < kills {
		m.t.Errorf("only %d were acknowledged: nothing was tried", len(m.acked))
	}
}

func (m *mortal) each(c *sqlite.Conn, text string, take func(string)) {
	m.t.Helper()
	err := sqlitex.ExecuteTransient(c, text, &sqlitex.ExecOptions{ResultFunc: func(s *sqlite.Stmt) error { take(s.ColumnText(0)); return nil }})
	if err != nil {
		m.t.Fatalf("%s: %v", text, err)
	}
}
