package e2e

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"gatehouse/app/browsertest"
	"gatehouse/app/mailer/smtptest"
)

// postbox finds letters that a mail server took, each once.
type postbox struct {
	t    *testing.T
	sink *smtptest.Server
	url  string
	read map[int]bool
}

// take waits for a letter to somebody whose subject holds a text, and reads it.
func (p *postbox) take(to, subject string) letter {
	p.t.Helper()
	for deadline := time.Now().Add(60 * time.Second); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		for i, r := range p.sink.Received() {
			if p.read[i] {
				continue
			}
			if l := opened(p.t, r); l.To.Address == to && strings.Contains(l.Subject, subject) {
				p.read[i] = true
				if l.HTML == "" || l.Header.Get("Message-ID") == "" || l.Header.Get("Date") == "" || strings.Contains(l.Text+l.HTML, "//127.0.0.1:25") {
					p.t.Errorf("“%s” lacks a part, or leads elsewhere", l.Subject)
				}
				return l
			}
		}
	}
	p.t.Fatalf("no letter to %s about “%s” arrived", to, subject)
	return letter{}
}

// follow waits for a letter and opens its link where it leads to.
func (p *postbox) follow(to, subject string) *browsertest.Tab {
	p.t.Helper()
	link := p.take(to, subject).link(p.t, p.url)
	return browsertest.Open(p.t, p.url, browsertest.How{Phone: true}).Go(strings.TrimPrefix(link, p.url))
}

// TestStory_everyLetterIsReceivedOpenedAndFollowed has the real program send
// each of its letters over SMTP, reads them as a mail program does, and follows
// their links.
func TestStory_everyLetterIsReceivedOpenedAndFollowed(t *testing.T) {
	t.Parallel()
	url, setUp := program(t)
	post := &postbox{t: t, sink: smtptest.Start(t, smtptest.Options{Security: "none"}), url: url, read: map[int]bool{}}

	ops := browsertest.Open(t, url, browsertest.How{}).Go(setUp).Fill("name", "Olga Ops").Fill("email", "olga@example.com").Fill("password", "a heron walked over the ice")
	ops.Fill("provider_name", "Nordlift Rental").Fill("other_admin", "on").Fill("admin_name", "Nora Lind").Fill("admin_email", "nora@nordlift.test")
	ops.Fill("with_mail", "on").Fill("mail_host", post.sink.Host).Fill("mail_port", strconv.Itoa(post.sink.Port)).Fill("mail_security", "none").Fill("mail_from", "portal@example.com")
	ops.Click("Finish set-up").Sees("Gatehouse is set up").Go("/operator/mail").Click("Send test mail").Sees("took the test mail")
	post.take("olga@example.com", "Test message")

	// The provider's admin is let in, and forgets the password at once.
	post.follow("nora@nordlift.test", "is ready").Sees("Welcome to Nordlift Rental").Fill("password", "six swans over the harbour").Click("Activate and enter").Sees("Your account is active")
	browsertest.Open(t, url, browsertest.How{}).Go("/admin/nordlift-rental/forgot").Fill("email", "nora@nordlift.test").Click("Send the link").Sees("Check your mail")
	post.follow("nora@nordlift.test", "Set a new password").Fill("password", "nine herons at the quay").Click("Set password").SeesNot("This link does not work", "Set a new password")
	post.take("nora@nordlift.test", "was changed")

	// A customer is invited, the link is replaced, asked for again, and used.
	at := "/admin/nordlift-rental"
	nora := browsertest.Open(t, url, browsertest.How{}).Go(at+"/sign-in").Fill("email", "nora@nordlift.test").Fill("password", "nine herons at the quay").Click("Sign in").Sees("Nora Lind")
	nora.Go(at+"/customers/new").Fill("name", "Brightwater Civil").Fill("email", "ana@brightwater.test").Click("Add customer").Sees("added")
	nora.Go(at + "/customers/1/portal").Click("Set up in three steps").Sees("Name of the portal").Click("Map and position").Click("Save Portal Setup").Sees("Pick the look").Click("Save Branding").Sees("Nobody is invited yet")
	nora.Click("Create invitation").Fill("name", "Ana Kowalska").Fill("email", "ana@brightwater.test").Fill("mail", "on").Click("Create invitation").Sees("only time the whole link is shown")
	old := post.follow("ana@brightwater.test", "invites you").Sees("invites you")
	nora.Go(at + "/customers/1/portal/access").Click("What to do with the invitation for Ana Kowalska").Click("Resend with a new link").Sees("only time the whole link is shown")
	fresh := post.follow("ana@brightwater.test", "A new link").Sees("invites you")
	old.Go(old.Path()).Sees("Ask for a new link").Click("Ask for a new link").Sees("We have passed it on")
	post.take("nora@nordlift.test", "asks for a new link")
	fresh.Click("Continue").Sees("Create your sign-in").Fill("password", "a heron walked over the ice").Fill("terms", "on").Click("Create sign-in and enter").Sees("You are in")
	post.take("nora@nordlift.test", "has accepted the invitation")

	// The customer forgets the password, and the portal's letter mends it.
	browsertest.Open(t, url, browsertest.How{}).Go("/portal/brightwater-civil/forgot").Fill("email", "ana@brightwater.test").Click("Send the link").Sees("Check your mail")
	ana := post.follow("ana@brightwater.test", "Set a new password").Fill("password", "ten geese along the river").Click("Set password").SeesNot("This link does not work", "Set a new password")
	post.take("ana@brightwater.test", "was changed")
	ana.Go("/portal/brightwater-civil/sign-in").Fill("email", "ana@brightwater.test").Fill("password", "ten geese along the river").Click("Sign in").Sees("Welcome, Ana")

	// The quick way lets another customer in; its letter can be sent again.
	nora.Go(at+"/customers/new").Fill("name", "Kestrel Homes").Fill("email", "kim@kestrel.test").Click("Add customer").Sees("added")
	nora.Go(at + "/customers/2/portal/enable").Click("Turn on and send activation").Sees("The portal is on")
	post.follow("kim@kestrel.test", "is ready").Sees("Kestrel Homes")
	nora.Go(at + "/customers/2").Click("Portal access pending").Click("Resend activation email").Sees("A new activation is on its way")
	kim := post.follow("kim@kestrel.test", "is ready").Sees("Kestrel Homes").Click("Continue").Sees("Create your sign-in")
	kim.Fill("name", "Kim Doe").Fill("password", "a heron walked over the ice").Fill("terms", "on").Click("Create sign-in and enter").Sees("You are in")

	// What the provider may share becomes less, and it is told.
	ops.Go("/operator/providers/nordlift-rental").Click("Map and position").Click("Save plan").Sees("The plan is changed, at once")
	post.take("nora@nordlift.test", "may share has changed")
}
