package e2e

import (
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"regexp"
	"strings"
	"testing"

	"gatehouse/app/mailer/smtptest"
)

// letter is a letter as a mail program reads it.
type letter struct {
	mail.Header
	To, From   mail.Address
	Subject    string
	Text, HTML string
}

// opened reads a letter by the book: any part that is missing, unknown or
// twice there fails the test.
func opened(t *testing.T, r smtptest.Received) letter {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(string(r.Raw)))
	if err != nil {
		t.Fatal(err)
	}
	l := letter{Header: m.Header, To: address(t, m.Header, "To"), From: address(t, m.Header, "From")}
	if l.Subject, err = new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject")); err != nil {
		t.Error(err)
	}
	if len(r.To) != 1 || r.To[0] != "<"+l.To.Address+">" {
		t.Errorf("the envelope is for %q, the letter for %q", r.To, l.To.Address)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("content type %q: %v", kind, err)
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for _, want := range []struct {
		kind string
		into *string
	}{{"text/plain", &l.Text}, {"text/html", &l.HTML}} {
		part, err := parts.NextRawPart()
		if err != nil {
			t.Fatalf("no part %s: %v", want.kind, err)
		}
		*want.into = body(t, part, want.kind)
	}
	if p, err := parts.NextRawPart(); err != io.EOF {
		t.Errorf("one part too many: %v %v", p, err)
	}
	return l
}

func address(t *testing.T, h mail.Header, name string) mail.Address {
	t.Helper()
	all, err := h.AddressList(name)
	if err != nil || len(all) != 1 {
		t.Fatalf("%s is %q: %v", name, h.Get(name), err)
	}
	return *all[0]
}

func body(t *testing.T, part *multipart.Part, want string) string {
	t.Helper()
	kind, params, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
	if err != nil || kind != want || !strings.EqualFold(params["charset"], "utf-8") {
		t.Errorf("a part is %q: %v", part.Header.Get("Content-Type"), err)
	}
	var r io.Reader = part
	switch part.Header.Get("Content-Transfer-Encoding") {
	case "quoted-printable":
		r = quotedprintable.NewReader(part)
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, part)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(b), "\r\n", "\n")
}

var aToken = regexp.MustCompile(`https?://[^\s"'<>)]+/(?:activate|invitation|reset|email|email/stop|sign-in/link)/[a-z]+_[\w-]+`)

// link is the one link of the letter that lets somebody in: the same in both parts.
func (l letter) link(t *testing.T, base string) string {
	t.Helper()
	got := aToken.FindString(l.Text)
	if !strings.HasPrefix(got, base+"/") {
		t.Fatalf("the letter “%s” holds no link to %s: %s", l.Subject, base, l.Text)
	}
	if !strings.Contains(l.HTML, got) {
		t.Errorf("the HTML of “%s” lacks the link of its text", l.Subject)
	}
	return got
}
