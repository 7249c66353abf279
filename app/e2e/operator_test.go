package e2e

import (
	"bytes"
	"context"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"gatehouse/app"
	"gatehouse/app/browsertest"
	"gatehouse/app/mailer/smtptest"
)

// program is the real program, started on an empty folder.
func program(t *testing.T) (url, setUp string) {
	t.Helper()
	up, down := make(chan string, 1), make(chan error, 1)
	var out lockedBuffer
	ctx, cancel := context.WithCancel(context.Background())
	c := app.Config{Data: filepath.Join(t.TempDir(), "g.db"), Listen: "127.0.0.1:0", Log: "text:error", Serving: func(u string) { up <- u }}
	go func() { down <- app.Run(ctx, c, &out) }()
	t.Cleanup(func() {
		cancel()
		if err := <-down; err != nil {
			t.Errorf("the program ended with %v", err)
		}
	})
	select {
	case url = <-up:
	case err := <-down:
		down <- nil
		t.Fatalf("the program did not start: %v", err)
	}
	return url, regexp.MustCompile(`/setup/set_\S+`).FindString(out.String())
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string { l.mu.Lock(); defer l.mu.Unlock(); return l.b.String() }

func TestStory_operatorSetsUpAndRunsTheAppliance(t *testing.T) {
	for name, how := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url, setUp := program(t)
			b := browsertest.Open(t, url, how).Go("/operator").Sees("Not set up yet", "gatehouse setup-link")
			look(b, how, "gate-"+name)
			b.Go(setUp).Sees("Set up Gatehouse")
			look(b, how, "setup-"+name)
			b.Fill("name", "Olga Ops").Fill("email", "olga@example.com").Fill("password", "short").Fill("provider_name", "Nordlift Rental").Click("Finish set-up").Sees("at least 12 characters")
			look(b, how, "setup-wrong-"+name)
			b.Fill("password", "correct horse battery staple").Click("Finish set-up").Sees("Gatehouse is set up", "You are the admin of Nordlift Rental")
			look(b, how, "setup-done-"+name)
			b.Click("Open the console").Sees("Providers", "Nordlift Rental", "Mail is off")
			look(b, how, "console-"+name)

			b.Click("New provider").Fill("name", "Swift Couriers").Fill("admin_name", "Sam Swift").Fill("admin_email", "sam@").Click("Create provider").Sees("full e-mail address")
			look(b, how, "console-new-"+name)
			b.Fill("admin_email", "sam@swift.test").Click("Create provider").Sees("Swift Couriers is ready", "Activation link for Sam Swift", "Letter")
			look(b, how, "console-provider-"+name)
			link := b.Value(`document.getElementById('activation').value`)
			b.Fill("portals", "many").Click("Save limits").Sees("Give a whole number")
			b.Fill("portals", "3").Click("Save limits").Sees("The limits are saved", "0 of 3")
			b.Click("Suspend").Sees("Nothing is deleted")
			if how.NoScript {
				look(b, how, "console-suspend-"+name)
			}
			sam := browsertest.Open(t, url, how).Go(strings.TrimPrefix(link, url)).Sees("Swift Couriers")
			look(sam, how, "activate-staff-"+name)
			operatorMail(t, b, how, name)
			for _, page := range []string{"health", "audit", "settings", "operators", "profile"} {
				b.Go("/operator/" + page)
				look(b, how, "console-"+page+"-"+name)
			}
			b.Go("/operator/audit").Sees("Created a provider", "Changed the limits", "Sent a test mail").SeesNot("sesame")
		})
	}
}

// operatorMail enters a wrong mail server, then a right one.
func operatorMail(t *testing.T, b *browsertest.Tab, how browsertest.How, name string) {
	t.Helper()
	sink := smtptest.Start(t, smtptest.Options{Security: "none", From: "550 5.7.1 not from you"})
	b.Go("/operator/mail").Fill("host", sink.Host).Fill("port", strconv.Itoa(sink.Port)).Fill("security", "none").Fill("from", "portal@example.com")
	b.Click("Save and send me a test mail").Sees("it failed at", "550 5.7.1 not from you", "Name the sender")
	look(b, how, "console-mail-wrong-"+name)
	good := smtptest.Start(t, smtptest.Options{Security: "none"})
	b.Fill("port", strconv.Itoa(good.Port)).Click("Save and send me a test mail").Sees("took the test mail for olga@example.com")
	look(b, how, "console-mail-"+name)
}
