package e2e

import (
	"context"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"gatehouse/app"
	"gatehouse/app/browsertest"
	"gatehouse/app/mailer/smtptest"
)

// told is what a command said, and its exit code.
func told(t *testing.T, args ...string) (string, int) {
	t.Helper()
	var out lockedBuffer
	code := app.Main(t.Context(), args, app.Terminal{In: strings.NewReader(""), Out: &out, Err: &out})
	return out.String(), code
}

// serving runs “gatehouse serve” on a data file until stop is called.
func serving(t *testing.T, data, listen string) (out *lockedBuffer, stop func()) {
	t.Helper()
	out = &lockedBuffer{}
	ctx, cancel := context.WithCancel(context.Background())
	code := make(chan int, 1)
	go func() {
		code <- app.Main(ctx, []string{"serve", "--data", data, "--listen", listen}, app.Terminal{In: strings.NewReader(""), Out: out, Err: out})
	}()
	stopped := false
	stop = func() {
		t.Helper()
		if cancel(); !stopped {
			stopped = true
			if got := <-code; got != 0 {
				t.Errorf("serve ended with %d: %s", got, out)
			}
		}
	}
	t.Cleanup(stop)
	return out, stop
}

var listening = regexp.MustCompile(`msg=serving address=(\S+)`)

// says waits until the program has written what pattern describes, and returns its last group.
func says(t *testing.T, out *lockedBuffer, pattern *regexp.Regexp) string {
	t.Helper()
	for range 200 {
		if m := pattern.FindStringSubmatch(out.String()); m != nil {
			return m[len(m)-1]
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("the program never said %s. It said: %s", pattern, out)
	return ""
}

// arrived waits for the n-th letter and reads it.
func arrived(t *testing.T, sink *smtptest.Server, n int) letter {
	t.Helper()
	all := sink.Wait(n, 20*time.Second)
	if len(all) < n {
		t.Fatalf("%d letters arrived, want %d", len(all), n)
	}
	return opened(t, all[n-1])
}

func TestStory_fromAnEmptyFolderToAProvidersAdmin(t *testing.T) {
	for _, name := range []string{"light", "dark"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fromAnEmptyFolder(t, name, ways[name])
		})
	}
}

func fromAnEmptyFolder(t *testing.T, name string, how browsertest.How) {
	data, sink := filepath.Join(t.TempDir(), "gatehouse.db"), smtptest.Start(t, smtptest.Options{Security: "none"})
	out, stop := serving(t, data, "127.0.0.1:0")
	at := says(t, out, listening)
	url, first := "http://"+at, says(t, out, regexp.MustCompile(`(http://\S+/setup/set_\S+)`))
	line, code := told(t, "setup-link", "--data", data)
	link, _, _ := strings.Cut(line, "\n")
	if code != 0 || link == first {
		t.Fatalf("setup-link ended with %d: %s", code, line)
	}

	b := browsertest.Open(t, url, how).Go(first).Sees("was replaced by a newer one").Go(link).Sees("Set up Gatehouse")
	b.Fill("name", "Olga Ops").Fill("email", "olga@example.com").Fill("password", "a heron walked over the ice")
	b.Fill("provider_name", "Nordlift Rental").Fill("other_admin", "on").Fill("admin_name", "Nora Lind").Fill("admin_email", "nora@nordlift.test")
	b.Fill("with_mail", "on").Fill("mail_host", sink.Host).Fill("mail_port", strconv.Itoa(sink.Port)).Fill("mail_security", "none").Fill("mail_from", "portal@example.com")
	look(b, how, "appliance-setup-"+name)
	b.Click("Finish set-up").Sees("Gatehouse is set up", "Let Nora Lind in")
	b.Click("Open the console").Sees("Providers", "Nordlift Rental").Go(link).Sees("already set up")

	l := arrived(t, sink, 1)
	nora := browsertest.Open(t, url, how).Go(strings.TrimPrefix(l.link(t, url), url)).Sees("Welcome to Nordlift Rental", "Choose a password")
	look(nora, how, "appliance-activate-"+name)
	nora.Fill("password", "short").Click("Activate and enter").Sees("at least 12 characters")
	nora.Fill("password", "six swans over the harbour").Click("Activate and enter").Sees("Your account is active", "Nora Lind")
	look(nora, how, "appliance-home-"+name)
	planIsTakenBack(t, b, nora, sink, url, how, name)

	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"admin", "list"}, "olga@example.com"}, {[]string{"login-link", "nora@nordlift.test"}, url + "/admin/nordlift-rental/reset/"},
		{[]string{"healthcheck", "--listen", at}, "ready"}, {[]string{"doctor"}, "mail"}, {[]string{"testmail", "olga@example.com"}, "olga@example.com"},
	} {
		if got, code := told(t, append(c.args, "--data", data)...); code != 0 || !strings.Contains(got, c.want) {
			t.Errorf("%s ended with %d and said %s", strings.Join(c.args, " "), code, got)
		}
	}
	if got, code := told(t, "serve", "--data", data, "--listen", "127.0.0.1:0"); code == 0 {
		t.Errorf("a second server on the same file started: %s", got)
	}
	stop()
	again, _ := serving(t, data, at)
	says(t, again, listening)
	if s := again.String(); strings.Contains(s, "/setup/") {
		t.Errorf("the second start asks for a set-up: %s", s)
	}
	nora.Go("/admin/nordlift-rental").Sees("Nora Lind")
}

// planIsTakenBack opens a portal with a map, whose customer watches the
// operator take maps out of the plan and give them back.
func planIsTakenBack(t *testing.T, operator, nora *browsertest.Tab, sink *smtptest.Server, url string, how browsertest.How, name string) {
	t.Helper()
	at := "/admin/nordlift-rental"
	nora.Go(at+"/customers/new").Fill("name", "Brightwater Civil").Fill("email", "ana@brightwater.test").Click("Add customer").Sees("Brightwater Civil", "added")
	nora.Click("Customer Portal").Sees("No portal yet").Click("Set up in three steps").Sees("Name of the portal").Click("Map and position").Sees("where their assets are, on a map")
	nora.Click("Save Portal Setup").Sees("Pick the look").Click("Save Branding").Sees("Nobody is invited yet")
	nora.Click("Create invitation").Fill("name", "Ana Kowalska").Fill("email", "ana@brightwater.test").Fill("mail", "on").Click("Create invitation").Sees("only time the whole link is shown")
	ana := browsertest.Open(t, url, browsertest.How{Dark: how.Dark, Phone: true}).Go(strings.TrimPrefix(arrived(t, sink, 2).link(t, url), url))
	ana.Click("Continue").Sees("Create your sign-in").Fill("password", "a heron walked over the ice").Fill("terms", "on").Click("Create sign-in and enter").Sees("You are in")
	ana.Click("Map").Sees("No positions yet")

	operator.Go("/operator/providers/nordlift-rental").Click("Map and position").Click("Save plan").Sees("The plan is changed, at once", "1 portal")
	look(operator, how, "appliance-plan-"+name)
	ana.Go(ana.Path()).Sees("There is nothing at this address").SeesNot("No positions yet")
	ana.Go(strings.TrimSuffix(ana.Path(), "/map")).Sees("Welcome, Ana").SeesNot("Map")
	if l := arrived(t, sink, 4); !strings.Contains(l.Text, "Map and position") {
		t.Errorf("the letter about the plan names no map: %s", l.Text)
	}
	operator.Go("/operator/providers/nordlift-rental").Click("Map and position").Click("Save plan").Sees("The plan is changed, at once")
	ana.Go(ana.Path()).Sees("Map").Click("Map").Sees("No positions yet")
}
