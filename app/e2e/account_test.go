package e2e

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"gatehouse/app/apptest"
	"gatehouse/app/browsertest"
	"gatehouse/app/mailer/smtptest"
	"gatehouse/app/secret"
	"gatehouse/store/storetest"
)

var sixDigits = regexp.MustCompile(`(?m)^  (\d{6})$`)

// letterTo sends what is due and reads the newest letter to an address.
func letterTo(t *testing.T, a *apptest.Appliance, sink *smtptest.Server, email string) letter {
	t.Helper()
	a.SendMail()
	all := sink.Received()
	for i := len(all) - 1; i >= 0; i-- {
		if l := opened(t, all[i]); l.To.Address == email {
			return l
		}
	}
	t.Fatalf("no letter to %s among %d", email, len(all))
	return letter{}
}

func (l letter) code(t *testing.T) string {
	t.Helper()
	m := sixDigits.FindStringSubmatch(l.Text)
	if m == nil || !strings.Contains(l.HTML, m[1]) {
		t.Fatalf("no code in both parts of “%s”: %s", l.Subject, l.Text)
	}
	return m[1]
}

// TestStory_ownAccount: a technician takes another e-mail address, which counts
// once the code from its letter was entered; sets up a second factor; signs in
// with it; and once with a code from a letter, on another device.
func TestStory_ownAccount(t *testing.T) {
	for _, name := range []string{"light", "dark", "phone"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := apptest.New(t)
			sink := a.MailServer(smtptest.Options{})
			s := a.Provider("nordlift")
			a.SetPassword(storetest.Staff(t, a.DB, s.Home().ID, "nordlift", "tech@nordlift.test", "technician").Me().ID)
			how := ways[name]
			b := in(t, a, how, "/admin/nordlift", "tech@nordlift.test")
			otherAddress(t, a, sink, b, how, name)
			key := secondFactor(t, a, b, how, name)
			a.SendMail()
			a.Clock.Add(time.Minute)
			b.Go("/admin/nordlift/profile").Click("End this session")
			stepIn(t, a, sink, how, name, key)
		})
	}
}

func otherAddress(t *testing.T, a *apptest.Appliance, sink *smtptest.Server, b *browsertest.Tab, how browsertest.How, name string) {
	t.Helper()
	b.Go("/admin/nordlift/profile").Sees("My profile", "You sign in with this address.")
	b.FullShot("account-profile-" + name).Axe()
	b.Fill("email", "ted@nordlift.test").Fill("current", apptest.Password).Click("Change e-mail").Sees("pending", "ted@nordlift.test")
	b.Shot("account-pending-" + name).Axe()
	told := letterTo(t, a, sink, "tech@nordlift.test")
	guest := browsertest.Open(t, a.URL, how).Go(told.link(t, a.URL)).Sees("Do you want to stop this change?")
	guest.Shot("account-stop-" + name).Axe()
	fresh := letterTo(t, a, sink, "ted@nordlift.test")
	guest.Go(fresh.link(t, a.URL)).Sees("Confirm your new e-mail address")
	guest.Fill("code", "12").Click("Confirm").Sees("The code has six digits")
	guest.Shot("account-confirm-" + name).Axe()
	guest.Fill("code", fresh.code(t)).Click("Confirm").Sees("is confirmed")
	b.Go("/admin/nordlift/profile").Sees("ted@nordlift.test").SeesNot("pending")
}

func secondFactor(t *testing.T, a *apptest.Appliance, b *browsertest.Tab, how browsertest.How, name string) (key string) {
	t.Helper()
	b.Click("Set up a second factor").Sees("Scan this picture with it")
	b.FullShot("account-factor-" + name).Axe()
	key = b.Value(`document.querySelector('input[name=secret]').value`)
	b.Fill("code", secret.CodeTOTP(key, a.Clock.Now())).Fill("current", apptest.Password).Click("Turn on").Sees("Keep your recovery codes")
	b.FullShot("account-codes-" + name).Axe()
	b.Click("I have kept them").Sees("On since")
	b.Go("/admin/nordlift/profile/factor").Sees("Make new recovery codes")
	b.FullShot("account-factor-on-" + name).Axe()
	return key
}

func stepIn(t *testing.T, a *apptest.Appliance, sink *smtptest.Server, how browsertest.How, name, key string) {
	t.Helper()
	b := browsertest.Open(t, a.URL, how).Go("/admin/nordlift/sign-in").Sees("Sign in with a code by e-mail")
	b.Shot("account-signin-" + name).Axe()
	b.Fill("email", "ted@nordlift.test").Fill("password", apptest.Password).Click("Sign in").Sees("Enter the code from your phone")
	b.Fill("code", "000000").Click("Sign in").Sees("This code does not match")
	b.Shot("account-step-" + name).Axe()
	b.Fill("code", secret.CodeTOTP(key, a.Clock.Now())).Click("Sign in").Sees("Good to see you")

	desk := browsertest.Open(t, a.URL, how).Go("/admin/nordlift/sign-in").Click("Sign in with a code by e-mail").Sees("You need no password")
	desk.Fill("email", "ted@nordlift.test").Click("Send the code").Sees("a code is on its way")
	desk.Shot("account-asked-" + name).Axe()
	l := letterTo(t, a, sink, "ted@nordlift.test")
	other := browsertest.Open(t, a.URL, how).Go("/admin/nordlift/code").Sees("Enter your code")
	other.Shot("account-code-" + name).Axe()
	other.Fill("email", "ted@nordlift.test").Fill("code", l.code(t)).Click("Continue").Sees("Enter the code from your phone")
	a.Clock.Add(time.Minute)
	other.Fill("code", secret.CodeTOTP(key, a.Clock.Now())).Click("Sign in").Sees("Good to see you")
}
