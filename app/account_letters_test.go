package app_test

import (
	"strings"
	"testing"
	"time"

	"gatehouse/app/apptest"
	"gatehouse/app/mailer/smtptest"
	"gatehouse/app/mailtext"
	"gatehouse/store"
)

// TestLetters_everyOneArrives puts every letter about an account into the
// outbox and reads it from a mail server: subject, both parts, code and link;
// and what the outbox keeps of it afterwards opens nothing.
func TestLetters_everyOneArrives(t *testing.T) {
	a := apptest.New(t)
	sink := a.MailServer(smtptest.Options{})
	home := a.Provider("nordlift")
	at, life := home.Now(), mailtext.Life{For: time.Hour, Until: home.Now().Add(time.Hour)}
	const link, code = "https://portal.example/admin/nordlift/x/rst_0123456789", "042137"
	page := "https://portal.example/admin/nordlift/code"
	all := []struct {
		letter     mailtext.Content
		link, code bool
	}{
		{mailtext.Activation{Username: "ana", Link: link, Life: life, Code: code, CodePage: page}, true, true},
		{mailtext.AccessAdded{Portal: "Acme", Username: "ana", Link: "https://portal.example/portal/acme"}, false, false},
		{mailtext.PasswordReset{At: at, Link: link, Life: life, Code: code, CodePage: page}, true, true},
		{mailtext.EmailChangeOld{OldEmail: "a@x.test", NewEmail: "b@x.test", At: at, Link: link}, true, false},
		{mailtext.EmailChangeNew{NewEmail: "b@x.test", Code: code, Link: link, Life: life}, true, true},
		{mailtext.PasswordChanged{At: at, Link: "https://portal.example/admin/nordlift/forgot"}, false, false},
		{mailtext.AccountDisabled{At: at}, false, false},
		{mailtext.UsernameChanged{By: "Nora", New: "ana.k", At: at}, false, false},
		{mailtext.InvitationResent{Customer: "Acme", Portal: "Acme", Link: link, Life: life}, true, false},
		{mailtext.InvitationRevoked{Customer: "Acme", At: at}, false, false},
		{mailtext.SignInCode{At: at, Link: link, Code: code, CodePage: page, Life: life}, true, true},
		{mailtext.FactorChanged{On: true, At: at}, false, false},
		{mailtext.RecoveryUsed{At: at, Left: 3}, false, false},
	}
	for _, c := range all {
		m := c.letter.Letter(mailtext.Brand{Name: "Nordlift"}, mailtext.Reader{Name: "Ana", Lang: "en"})
		d := store.Draft{Kind: c.letter.Kind(), To: "ana+" + c.letter.Kind() + "@x.test", Subject: m.Subject, Text: m.Text, HTML: m.HTML}
		if c.link {
			d.Link = link
		}
		if c.code {
			d.Code = code
		}
		if !c.link && strings.Contains(m.Text+m.HTML, "rst_") {
			t.Errorf("%s holds a one-time link that it does not need", c.letter.Kind())
		}
		if _, err := home.Mail(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	got := a.Letters(sink)
	if len(got) != len(all) {
		t.Fatalf("%d letters arrived, want %d", len(got), len(all))
	}
	for _, c := range all {
		l := to(t, got, "ana+"+c.letter.Kind()+"@x.test")
		if l.Get("Subject") == "" || l.Text == "" || l.HTML == "" || c.link != strings.Contains(l.Text, link) || c.code != strings.Contains(l.HTML, code) {
			t.Errorf("%s arrived as %q: %s", c.letter.Kind(), l.Get("Subject"), l.Text)
		}
	}
	kept, err := home.Outbox(t.Context(), store.MailFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range kept.Rows {
		one, err := home.Letter(t.Context(), m.ID)
		if err != nil || m.State != "sent" || strings.Contains(one.Text+one.HTML, link) || strings.Contains(one.Text+one.HTML, code) {
			t.Errorf("the outbox keeps of %s what opens something (%s, %v)", m.Kind, m.State, err)
		}
	}
}
