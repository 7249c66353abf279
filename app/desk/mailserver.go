package desk

import (
	"context"
	"encoding/hex"
	"errors"
	"io"
	"net"
	"strconv"
	"strings"
	"time"

	"gatehouse/app/mailer/smtp"
	"gatehouse/app/mailtext"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// MailForm is how the appliance reaches its mail server, as people enter it.
// An empty Host switches mail off; letters are held then.
type MailForm struct {
	Host, Port, Security, User, Password, From, FromName, Hello string

	KeepPassword bool // an empty Password leaves the stored one as it is
}

// MailFormOf is the form for what is stored, without the password.
func MailFormOf(s map[string]string) MailForm {
	return MailForm{Host: s[store.SetMailHost], Port: s[store.SetMailPort], Security: s[store.SetMailSecurity], User: s[store.SetMailUser],
		From: s[store.SetMailFrom], FromName: s[store.SetMailFromName], Hello: s[store.SetMailHello], KeepPassword: s[store.SetMailPassword] != ""}
}

// Clean trims what was typed and reports all that is wrong with it. Without a
// host there is nothing to be wrong: mail is off.
func (m *MailForm) Clean() error {
	for _, p := range []*string{&m.Host, &m.Port, &m.Security, &m.User, &m.From, &m.FromName, &m.Hello} {
		*p = strings.TrimSpace(*p)
	}
	if m.Host == "" {
		return nil
	}
	var bad fault.Problems
	if strings.ContainsAny(m.Host, "/:@ \t\r\n") && net.ParseIP(m.Host) == nil {
		bad.Add("host", "Give the name of the server alone, such as mail.example.com; the port has its own field.")
	}
	if n, err := strconv.Atoi(m.Port); m.Port != "" && (err != nil || n < 1 || n > 65535) {
		bad.Add("port", "The port is a number from 1 to 65535: usually 587, 465 or 25.")
	}
	if m.Security != smtp.StartTLS && m.Security != smtp.TLS && m.Security != smtp.None {
		bad.Add("security", "Choose how the connection is protected.")
	}
	if store.CheckEmail(m.From) != nil {
		bad.Add("from", "Give the sender's address, such as portal@example.com.")
	}
	for name, v := range map[string]string{"user": m.User, "from_name": m.FromName, "hello": m.Hello, "password": m.Password} {
		if len(v) > 500 || strings.ContainsAny(v, "\r\n\x00") {
			bad.Add(name, "This is too long, or has line breaks in it.")
		}
	}
	if m.User != "" && m.Password == "" && !m.KeepPassword {
		bad.Add("password", "Give the password that belongs to the user name, or leave both empty.")
	}
	return bad.Err()
}

// settings are the form as it is stored.
func (m MailForm) settings() map[string]string {
	s := map[string]string{store.SetMailHost: m.Host, store.SetMailPort: m.Port, store.SetMailSecurity: m.Security, store.SetMailUser: m.User,
		store.SetMailFrom: m.From, store.SetMailFromName: m.FromName, store.SetMailHello: m.Hello}
	if m.Password != "" || m.User == "" {
		s[store.SetMailPassword] = m.Password
	}
	return s
}

// SaveMail stores how mail is sent.
func (d *Desk) SaveMail(ctx context.Context, o store.Operator, m MailForm) error {
	if err := m.Clean(); err != nil {
		return err
	}
	return o.SetSettings(ctx, m.settings())
}

// MailServer is the mail server of the settings; false while mail is off.
func MailServer(s map[string]string) (smtp.Server, bool) {
	port, _ := strconv.Atoi(s[store.SetMailPort]) // what is no number is the usual port
	return smtp.Server{Host: s[store.SetMailHost], Port: port, Security: s[store.SetMailSecurity], Username: s[store.SetMailUser],
		Password: s[store.SetMailPassword], From: s[store.SetMailFrom], FromName: s[store.SetMailFromName], HelloName: s[store.SetMailHello]}, s[store.SetMailHost] != ""
}

// MailTest is what became of a test mail: the server's words, and where it
// failed if it did.
type MailTest struct {
	To, Server string
	Encrypted  bool // as the settings have it
	SignedIn   bool // with a user name
	Reply      string
	Failure    *smtp.Failure // nil: the server took it
}

// TestMail sends a letter at once, the way all letters go, and tells what the
// server made of it. With mail switched off it is a Conflict.
func (d *Desk) TestMail(ctx context.Context, to, by string, from store.Origin) (MailTest, error) {
	test := MailTest{To: strings.TrimSpace(to)}
	if err := store.CheckEmail(test.To); err != nil {
		return test, fault.Field("to", "%s", fault.Says(err))
	}
	y := d.db.System(by, from)
	if err := y.Attempt(ctx, store.Throttle{Key: "test-mail", Most: 20, Window: 10 * time.Minute, Pause: 5 * time.Minute}); err != nil {
		return test, err
	}
	all, err := y.Settings(ctx)
	if err != nil {
		return test, err
	}
	server, on := MailServer(all)
	if !on {
		return test, fault.New(fault.Conflict, "Mail is switched off. Enter a mail server first.")
	}
	test.Server, test.Encrypted, test.SignedIn = net.JoinHostPort(server.Host, portOf(server)), server.Security != smtp.None, server.Username != ""
	server.Timeout = 15 * time.Second // somebody waits for the page
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	l := mailtext.TestMail{By: by, Server: test.Server, At: y.Now()}.Letter(mailtext.Brand{Name: "Gatehouse"}, mailtext.Reader{})
	test.Reply, err = server.Send(ctx, smtp.Message{ID: d.messageID(all[store.SetBaseURL]), To: test.To, Subject: l.Subject, Text: l.Text, HTML: l.HTML, Date: y.Now()})
	if err != nil && !errors.As(err, &test.Failure) {
		return test, err
	}
	return test, y.Note(context.WithoutCancel(ctx), "mail.test", "mail", test.To, test.note())
}

func (t MailTest) note() map[string]any {
	if t.Failure == nil {
		return map[string]any{"server": t.Server, "reply": t.Reply}
	}
	return map[string]any{"server": t.Server, "stage": t.Failure.Stage, "reply": t.Failure.Reply}
}

func (d *Desk) messageID(base string) string {
	b := make([]byte, 16)
	_, _ = io.ReadFull(d.db.Rand(), b) // an ID that is not new only looks like a letter sent twice
	host := domain(base)
	if host == "" {
		host = "gatehouse.invalid"
	}
	return hex.EncodeToString(b) + "@" + host
}

// portOf is the port as people know it.
func portOf(s smtp.Server) string {
	switch {
	case s.Port != 0:
		return strconv.Itoa(s.Port)
	case s.Security == smtp.TLS:
		return "465"
	case s.Security == smtp.None:
		return "25"
	}
	return "587"
}
