package mailer

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"gatehouse/app/mailer/smtptest"
	"gatehouse/store"
	"gatehouse/store/storetest"
)

// childFile says to the test's own binary that it is the process to be killed,
// and which data file it serves.
const childFile = "MAILER_TEST_CHILD"

func TestMain(m *testing.M) {
	if path := os.Getenv(childFile); path != "" {
		child(path)
	}
	os.Exit(m.Run())
}

func child(path string) {
	db, err := store.Open(context.Background(), store.Options{Path: path})
	if err == nil {
		fmt.Println("running")
		err = (&Mailer{DB: db, Log: slog.New(slog.DiscardHandler)}).Run(context.Background())
	}
	fmt.Println(err)
	os.Exit(1)
}

// TestKill_losesNoLetter kills the process that sends, again and again, and
// then lets it finish. MAILER_TEST_KILLS sets how often.
func TestKill_losesNoLetter(t *testing.T) {
	kills := 50
	if n, err := strconv.Atoi(os.Getenv("MAILER_TEST_KILLS")); err == nil {
		kills = n
	}
	if testing.Short() || storetest.Raced { // the killed processes are the same program
		kills = 5
	}
	letters := kills * 50
	sink := smtptest.Start(t, smtptest.Options{Security: "none", Delay: time.Millisecond / 2})
	path := filepath.Join(t.TempDir(), "gatehouse.db")
	wrote := fill(t, path, sink, letters)
	seen := 0
	for n := range kills {
		stop := start(t, path)
		got := sink.Wait(seen+5+n*7%40, 10*time.Second) // another moment each time
		stop()
		if seen = len(got); seen >= letters {
			t.Fatalf("all letters had left after %d kills: nothing was tried", n)
		}
	}
	stop := start(t, path)
	defer stop()
	times := map[string]int{}
	for late := time.Now().Add(30 * time.Second); len(times) < letters && time.Now().Before(late); {
		clear(times)
		for _, r := range sink.Wait(seen+1, time.Second) {
			seen++
			times[messageID(t, r.Raw)]++
		}
	}
	twice, most := 0, 0
	for id, n := range times {
		if !wrote[id] {
			t.Fatalf("a Message-ID nobody wrote: %s", id)
		}
		twice, most = twice+n-1, max(most, n)
	}
	t.Logf("%d letters, %d kills: %d lost, %d repeated (%.1f a kill), one of them %d times", letters, kills, letters-len(times), twice, float64(twice)/float64(kills), most)
	if len(times) != letters {
		t.Errorf("%d letters were lost", letters-len(times))
	}
	if twice > kills*unsettled {
		t.Errorf("%d letters came again, more than %d a kill", twice, unsettled)
	}
}

// fill makes the data file, with letters in its outbox, and returns their
// Message-IDs.
func fill(t *testing.T, path string, sink *smtptest.Server, letters int) map[string]bool {
	t.Helper()
	db, err := store.Open(t.Context(), store.Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	y := db.System("test", store.Origin{})
	id, err := y.AddProvider(t.Context(), store.NewProvider{Slug: "nordlift", Name: "Nordlift"})
	if err == nil {
		err = y.SetSettings(t.Context(), map[string]string{store.SetMailHost: sink.Host, store.SetMailPort: strconv.Itoa(sink.Port), store.SetMailSecurity: "none", store.SetMailFrom: "portal@nordlift.test"})
	}
	if err == nil {
		err = y.Update(t.Context(), func(y store.System) error {
			for i := range letters {
				if _, err := y.MailFor(t.Context(), id, store.Draft{Kind: "note", To: fmt.Sprintf("p%d@k.test", i), Subject: "S", Text: "T", HTML: "<p>T</p>", Domain: "nordlift.test"}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	return written(t, y, id, letters)
}

func written(t *testing.T, y store.System, of store.ProviderID, letters int) map[string]bool {
	t.Helper()
	s, err := y.Provider(t.Context(), of)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	for after := ""; ; {
		page, err := s.Outbox(t.Context(), store.MailFilter{After: after})
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range page.Rows {
			out[m.MessageID] = true
		}
		if after = page.Next; after == "" {
			break
		}
	}
	if len(out) != letters {
		t.Fatalf("%d Message-IDs for %d letters", len(out), letters)
	}
	return out
}

// start runs the mailer in a process of its own; stop kills it.
func start(t *testing.T, path string) (stop func()) {
	t.Helper()
	c := exec.CommandContext(t.Context(), os.Args[0])
	c.Env = append(os.Environ(), childFile+"="+path)
	out, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	line, _ := bufio.NewReader(out).ReadString('\n')
	if strings.TrimSpace(line) != "running" {
		_ = c.Wait()
		t.Fatalf("the child said %q", line)
	}
	return func() {
		_ = c.Process.Kill()
		_ = c.Wait()
	}
}

func messageID(t *testing.T, raw []byte) string {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(string(raw)))
	if err != nil {
		t.Fatal(err)
	}
	return m.Header.Get("Message-Id")
}
