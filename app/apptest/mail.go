package apptest

import (
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strconv"
	"strings"

	"gatehouse/app/mailer/smtptest"
	"gatehouse/store"
)

// MailServer gives the appliance a mail server that keeps what it is sent.
// Without one, mail is off and letters are held.
func (a *Appliance) MailServer(opt smtptest.Options) *smtptest.Server {
	a.t.Helper()
	opt.Security = "none"
	sink := smtptest.Start(a.t, opt)
	err := a.DB.System("test", store.Origin{}).SetSettings(a.t.Context(), map[string]string{store.SetMailHost: sink.Host, store.SetMailPort: strconv.Itoa(sink.Port),
		store.SetMailSecurity: "none", store.SetMailFrom: "portal@gatehouse.test", store.SetMailFromName: "Gatehouse"})
	if err != nil {
		a.t.Fatal(err)
	}
	return sink
}

// SendMail sends what is due at this moment.
func (a *Appliance) SendMail() {
	a.t.Helper()
	if err := a.Mailer.Drain(a.t.Context()); err != nil {
		a.t.Fatal(err)
	}
}

// Letter is a letter as a mail program reads it.
type Letter struct {
	mail.Header
	Text, HTML string
}

// Letters sends what is due and returns every letter that arrived so far.
func (a *Appliance) Letters(sink *smtptest.Server) []Letter {
	a.t.Helper()
	a.SendMail()
	var out []Letter
	for _, r := range sink.Received() {
		out = append(out, a.open(r.Raw))
	}
	return out
}

func (a *Appliance) open(raw []byte) Letter {
	a.t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(string(raw)))
	if err != nil {
		a.t.Fatal(err)
	}
	l := Letter{Header: m.Header}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		a.t.Fatal(err)
	}
	for parts := multipart.NewReader(m.Body, params["boundary"]); ; {
		part, err := parts.NextRawPart()
		if err != nil {
			return l
		}
		body, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			a.t.Fatal(err)
		}
		if text := strings.ReplaceAll(string(body), "\r\n", "\n"); strings.HasPrefix(part.Header.Get("Content-Type"), "text/html") {
			l.HTML = text
		} else {
			l.Text = text
		}
	}
}
