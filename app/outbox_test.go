package app_test

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gatehouse/app/apptest"
	"gatehouse/app/mailer/smtptest"
	"gatehouse/store"
	"gatehouse/store/storetest"
)

var resetLink = regexp.MustCompile(`http://\S+/reset/rst_[\w-]{43}`)

func TestOutbox_heldLetterGivesItsLinkToTheAdminAlone(t *testing.T) {
	a := apptest.New(t)
	s := a.Provider("nordlift")
	agent := storetest.Staff(t, a.DB, s.Home().ID, "nordlift", "agent@nordlift.test", "agent")
	a.SetPassword(agent.Me().ID)
	a.Browser().Post("/admin/nordlift/forgot", url.Values{"email": {"admin@nordlift.test"}}).Is(http.StatusOK)

	b := a.Browser().SignIn("/admin/nordlift", "admin@nordlift.test")
	b.Get("/admin/nordlift").Sees("Mail is held: no mail server is set up yet")
	b.Get("/admin/nordlift/outbox").Is(http.StatusOK).Sees("admin@nordlift.test", "New password", "Held", "Waits until a mail server is set up").SeesNot("rst_")
	b.Get("/admin/nordlift/outbox?state=failed").Sees("Nothing matches")
	b.Get("/admin/nordlift/outbox?q=ADMIN%40nord").Sees("admin@nordlift.test")
	b.Get("/admin/nordlift/outbox?state=nonsense").Is(http.StatusUnprocessableEntity)
	b.Get("/admin/nordlift/outbox/1").Is(http.StatusOK).Sees("Set a new password", "Show the link", "(the link is hidden here)").SeesNot("rst_")
	b.Get("/admin/nordlift/outbox/1/html").Is(http.StatusOK).Sees("Set a new password").SeesNot("rst_")
	if csp := b.Page.Header.Get("Content-Security-Policy"); !strings.HasPrefix(csp, "sandbox; default-src 'none'") || !strings.Contains(csp, "frame-ancestors 'self'") {
		t.Errorf("the letter is served with %q", csp)
	}

	g := a.Browser().SignIn("/admin/nordlift", "agent@nordlift.test")
	g.Get("/admin/nordlift/outbox/1").Is(http.StatusOK).SeesNot("rst_", "Show the link")
	g.Post("/admin/nordlift/outbox/1/link", nil).Is(http.StatusForbidden).SeesNot("rst_")
	g.Post("/admin/nordlift/outbox/1/cancel", nil).Is(http.StatusForbidden)

	link := regexp.MustCompile(`http://[^"]+rst_[\w-]{43}`).FindString(b.Post("/admin/nordlift/outbox/1/link", nil).Is(http.StatusOK).Page.Body)
	if link == "" {
		t.Fatal("the admin does not get the link")
	}
	b.Post("/admin/nordlift/outbox/1/retry", nil).Sees("Mail is switched off")
	a.Browser().Post(strings.TrimPrefix(link, a.URL), url.Values{"password": {"new horse battery staple"}}).Sees("Your new password is set")
	b.SignIn("/admin/nordlift", "agent@nordlift.test") // all her sessions ended: somebody else looks
	b.Get("/admin/nordlift/outbox").Sees("Cancelled", "The link was used before the letter left.")
	lines, err := s.Audit(t.Context(), 0, 20)
	if err != nil || !slices.ContainsFunc(lines, func(l store.AuditLine) bool { return l.Verb == store.OutboxLink }) {
		t.Errorf("nobody knows who took the link: %v", err)
	}
	sink := a.MailServer(smtptest.Options{})
	for _, got := range a.Letters(sink) { // the notice that the password was changed may leave
		if !strings.Contains(got.Get("Subject"), "was changed") || strings.Contains(got.Text+got.HTML, "rst_") {
			t.Errorf("the letter left although its link was used: %s", got.Get("Subject"))
		}
	}
	b.Get("/admin/nordlift/outbox").Sees("Cancelled", "The link was used before the letter left.").SeesNot("Mail is held")
}

func TestOutbox_sentLetterShowsTheServersWordsAndNoLink(t *testing.T) {
	a := apptest.New(t)
	a.Provider("nordlift")
	sink := a.MailServer(smtptest.Options{})
	a.Browser().Post("/admin/nordlift/forgot", url.Values{"email": {"admin@nordlift.test"}}).Is(http.StatusOK)
	got := a.Letters(sink)
	if len(got) != 1 {
		t.Fatalf("got %d letters", len(got))
	}
	link := resetLink.FindString(got[0].Text)
	if link == "" || !strings.HasPrefix(link, a.URL+"/admin/nordlift/reset/") || !strings.Contains(got[0].HTML, link) {
		t.Fatalf("the letter leads to %q:\n%s", link, got[0].Text)
	}
	b := a.Browser().SignIn("/admin/nordlift", "admin@nordlift.test")
	b.Get("/admin/nordlift/outbox/1").Sees("Sent", "250 2.0.0 queued", store.LinkRemoved).SeesNot("rst_", "Show the link", "Retry now")
	b.Post("/admin/nordlift/outbox/1/cancel", nil).Sees("This letter was sent already.")
	a.Browser().Post(strings.TrimPrefix(link, a.URL), url.Values{"password": {"new horse battery staple"}}).Sees("Your new password is set")
}

func TestOutbox_failedLetterAsksForAttention(t *testing.T) {
	a := apptest.New(t)
	s := a.Provider("nordlift")
	a.MailServer(smtptest.Options{})
	hard, err := s.Mail(t.Context(), store.Draft{Kind: "invitation", To: "hard@k.test", Subject: "Come in", Text: "T", HTML: "<p>T</p>"})
	if err != nil {
		t.Fatal(err)
	}
	soft, _ := s.Mail(t.Context(), store.Draft{Kind: "invitation", To: "soft@k.test", Subject: "Come in", Text: "T", HTML: "<p>T</p>"})
	a.SendMail()
	b := a.Browser().SignIn("/admin/nordlift", "admin@nordlift.test")
	b.Get("/admin/nordlift").Sees("1 letter could not be delivered.")
	b.Get("/admin/nordlift/outbox?state=failed").Sees("hard@k.test", "550 5.1.1 No such user here").SeesNot("soft@k.test")
	b.Get("/admin/nordlift/outbox/"+itoa(int64(hard))).Sees("Failed", "Recipient", "550 5.1.1 No such user here", "does not exist or takes no mail", "Retry now")
	b.Get("/admin/nordlift/outbox/"+itoa(int64(soft))).Sees("Tried, waits", "451 4.2.1", "Next try")
	a.Clock.Add(10 * time.Second)
	b.Post("/admin/nordlift/outbox/"+itoa(int64(soft))+"/retry", nil).Sees("The letter is on its way.", "Waiting")
	b.Post("/admin/nordlift/outbox/"+itoa(int64(hard))+"/cancel", nil).Sees("taken out of the outbox", "Cancelled by Staff admin@nordlift.test")
	b.Get("/admin/nordlift").SeesNot("could not be delivered")
}

// TestOutbox_namesStayNames puts everything that could become a header, a link
// or markup into every name that reaches a letter, and reads what the mail
// server received (S22, S23).
func TestOutbox_namesStayNames(t *testing.T) {
	evil := []string{"A\r\nBcc: x@evil.test", "B\nSubject: free money\n\n<script>alert(1)</script>", "C\u2028Bcc: y@evil.test", "D\x00E\x85F", "=?utf-8?q?=0ABcc:_z@evil.test?=",
		`"Q" <q@evil.test>, r@evil.test`, "[click](https://evil.test)", "<https://evil.test/a>", `<img src="https://evil.test/p.gif">`, "javascript:alert(1)", "\u202egnp.exe", strings.Repeat("L", 195)}
	for _, name := range evil {
		t.Run(name[:min(len(name), 12)], func(t *testing.T) {
			a := apptest.New(t)
			s := a.Provider("nordlift")
			sink := a.MailServer(smtptest.Options{})
			w := newSpy(t, a.DB.Path()) // the doors refuse most of it: what an import or an older version let in
			w.do(`UPDATE providers SET name = ?`, name)
			w.do(`UPDATE customers SET name = ?`, name)
			w.do(`UPDATE users SET name = ?`, name)
			c, _ := addCustomer(t, s, "K", "ana@k.test")
			w.do(`UPDATE customers SET name = ?`, name)
			if _, err := s.AddPortal(t.Context(), c, store.PortalEdit{}); err != nil {
				t.Fatal(err)
			}
			w.do(`UPDATE portals SET name = ?`, name)
			b := a.Browser().SignIn("/admin/nordlift", "admin@nordlift.test")
			o, _ := s.PortalOf(t.Context(), c)
			if err := s.SetFeatures(t.Context(), o.ID, store.Preset(store.PresetMinimal)); err != nil {
				t.Fatal(err)
			}
			b.Post("/admin/nordlift/customers/"+itoa(int64(c))+"/portal/invite", url.Values{"email": {"ana@k.test"}, "mail": {"yes"}}).Is(http.StatusOK)
			a.Browser().Post("/admin/nordlift/forgot", url.Values{"email": {"admin@nordlift.test"}}).Is(http.StatusOK)
			got := a.Letters(sink)
			if len(got) != 2 {
				t.Fatalf("got %d letters", len(got))
			}
			for _, l := range got {
				harmless(t, a.URL, l)
			}
			for _, id := range []string{"1", "2"} {
				if page := b.Get("/admin/nordlift/outbox/" + id + "/html").Is(http.StatusOK).Page.Body; strings.Contains(page, "<script") || strings.Contains(page, "<img") {
					t.Error("markup of a name became markup of the preview")
				}
			}
		})
	}
}

var mailHeaders = []string{"Auto-Submitted", "Content-Type", "Date", "From", "Message-Id", "Mime-Version", "Subject", "To"}

var hrefs = regexp.MustCompile(`(?:href|src)="([^"]*)"`)

// harmless holds a received letter against what any letter of ours may be.
func harmless(t *testing.T, base string, l apptest.Letter) {
	t.Helper()
	var names []string
	for name, values := range l.Header {
		names = append(names, name)
		if len(values) != 1 {
			t.Errorf("%d headers %s", len(values), name)
		}
	}
	slices.Sort(names)
	if !slices.Equal(names, mailHeaders) {
		t.Errorf("headers %v, want %v", names, mailHeaders)
	}
	to, err := l.AddressList("To")
	if err != nil || len(to) != 1 || !strings.HasSuffix(to[0].Address, ".test") || strings.Contains(to[0].Address, "evil") {
		t.Errorf("To is %v, %v", to, err)
	}
	from, err := l.AddressList("From")
	if err != nil || len(from) != 1 || from[0].Address != "portal@gatehouse.test" {
		t.Errorf("From is %v, %v", from, err)
	}
	for _, m := range hrefs.FindAllStringSubmatch(l.HTML, -1) {
		if !strings.HasPrefix(m[1], base+"/") {
			t.Errorf("the letter leads to %s", m[1])
		}
	}
	if strings.Contains(l.HTML, "<script") || strings.Contains(l.HTML, "<img") {
		t.Error("markup of a name became markup of the letter")
	}
}
