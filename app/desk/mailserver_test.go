package desk_test

import (
	"log/slog"
	"net"
	"strconv"
	"strings"
	"testing"

	"gatehouse/app/desk"
	"gatehouse/app/mailer/smtp"
	"gatehouse/app/mailer/smtptest"
	"gatehouse/store"
	"gatehouse/store/fault"
	"gatehouse/store/storetest"
)

// freePort is a port at which nobody listens.
func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port
}

func TestTestMail_namesTheFailingStageAndTheServersWords(t *testing.T) {
	none := smtptest.Options{Security: "none"}
	with := func(change func(*smtptest.Options)) *smtptest.Options { o := none; change(&o); return &o }
	for name, c := range map[string]struct {
		server   *smtptest.Options // nil: nobody listens
		host     string
		settings map[string]string
		to       string
		stage    smtp.Stage
		words    string
	}{
		"no such host":  {host: "no..host", stage: smtp.StageResolve},
		"nobody there":  {stage: smtp.StageConnect},
		"unwelcome":     {server: with(func(o *smtptest.Options) { o.Greeting = "554 5.7.1 go away" }), stage: smtp.StageGreeting, words: "554 5.7.1 go away"},
		"no STARTTLS":   {server: &none, settings: map[string]string{store.SetMailSecurity: "starttls"}, stage: smtp.StageTLS},
		"unknown CA":    {server: &smtptest.Options{Security: "tls"}, settings: map[string]string{store.SetMailSecurity: "tls"}, stage: smtp.StageTLS},
		"password":      {server: with(func(o *smtptest.Options) { o.Username, o.Password = "u", "right" }), settings: map[string]string{store.SetMailUser: "u", store.SetMailPassword: "wrong"}, stage: smtp.StageAuth},
		"sender":        {server: with(func(o *smtptest.Options) { o.From = "550 5.7.1 not you" }), stage: smtp.StageFrom, words: "550 5.7.1 not you"},
		"recipient":     {server: &none, to: "hard@example.com", stage: smtp.StageTo, words: "550"},
		"letter itself": {server: &none, to: "refuse@example.com", stage: smtp.StageData, words: "554"},
		"taken":         {server: &none},
	} {
		t.Run(name, func(t *testing.T) {
			db, _ := storetest.Open(t)
			d := desk.New(t.Context(), db, slog.New(slog.DiscardHandler))
			settings := map[string]string{store.SetMailHost: "127.0.0.1", store.SetMailPort: strconv.Itoa(freePort(t)), store.SetMailSecurity: "none", store.SetMailFrom: "portal@example.com"}
			if c.server != nil {
				settings[store.SetMailPort] = strconv.Itoa(smtptest.Start(t, *c.server).Port)
			}
			if c.host != "" {
				settings[store.SetMailHost] = c.host
			}
			for k, v := range c.settings {
				settings[k] = v
			}
			if err := db.System("test", store.Origin{}).SetSettings(t.Context(), settings); err != nil {
				t.Fatal(err)
			}
			if c.to == "" {
				c.to = "olga@example.com"
			}
			got, err := d.TestMail(t.Context(), c.to, "Olga", store.Origin{})
			switch {
			case err != nil:
				t.Fatal(err)
			case c.stage == "" && got.Failure != nil:
				t.Errorf("it failed: %v", got.Failure)
			case c.stage != "" && (got.Failure == nil || got.Failure.Stage != c.stage || got.Failure.Hint == "" || !strings.Contains(got.Failure.Reply, c.words)):
				t.Errorf("got %+v, want stage %s with %q and a hint", got.Failure, c.stage, c.words)
			}
		})
	}
}

func TestTestMail_offOrNoAddress(t *testing.T) {
	db, _ := storetest.Open(t)
	d := desk.New(t.Context(), db, slog.New(slog.DiscardHandler))
	if _, err := d.TestMail(t.Context(), "olga@example.com", "Olga", store.Origin{}); fault.Of(err) != fault.Conflict {
		t.Errorf("mail off: got %v, want Conflict", err)
	}
	if _, err := d.TestMail(t.Context(), "olga@example.com\r\nBcc: x@example.com", "Olga", store.Origin{}); fault.Fields(err)["to"] == "" {
		t.Errorf("two lines: got %v, want a sentence at the field", err)
	}
}

func TestMailForm_says(t *testing.T) {
	m := desk.MailForm{Host: "https://mail.example.com", Port: "99999", Security: "ssl", User: "u", From: "portal"}
	bad := fault.Fields(m.Clean())
	for _, field := range []string{"host", "port", "security", "from", "password"} {
		if bad[field] == "" {
			t.Errorf("nothing is said at %s", field)
		}
	}
}
