package smtp_test

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"slices"
	"strings"
	"testing"
	"time"

	"gatehouse/app/mailer/smtp"
	"gatehouse/app/mailer/smtptest"
)

// arrived is a letter as the person's program reads it.
type arrived struct {
	smtptest.Received
	mail.Header
	text, html string
}

func deliver(t *testing.T, sink *smtptest.Server, s smtp.Server, m smtp.Message) arrived {
	t.Helper()
	before := len(sink.Received())
	if _, err := s.Send(t.Context(), m); err != nil {
		t.Fatalf("%v (%+v)", err, m)
	}
	got := sink.Received()
	if len(got) != before+1 {
		t.Fatalf("%d letters arrived, want 1", len(got)-before)
	}
	return read(t, got[before])
}

func read(t *testing.T, r smtptest.Received) arrived {
	t.Helper()
	msg, err := mail.ReadMessage(bytes.NewReader(r.Raw))
	if err != nil {
		t.Fatal(err)
	}
	a := arrived{Received: r, Header: msg.Header}
	kind, params, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	if kind == "text/plain" {
		a.text = decoded(t, msg.Body)
		return a
	}
	parts := multipart.NewReader(msg.Body, params["boundary"])
	var kinds []string
	for {
		part, err := parts.NextRawPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		text := decoded(t, part)
		switch kind := part.Header.Get("Content-Type"); kind {
		case "text/plain; charset=UTF-8":
			a.text = text
			kinds = append(kinds, "text")
		case "text/html; charset=UTF-8":
			a.html = text
			kinds = append(kinds, "html")
		default:
			t.Errorf("a part of type %q", kind)
		}
	}
	if !slices.Equal(kinds, []string{"text", "html"}) {
		t.Errorf("parts %v", kinds)
	}
	return a
}

func decoded(t *testing.T, body io.Reader) string {
	t.Helper()
	text, err := io.ReadAll(quotedprintable.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func (a arrived) words(t *testing.T, header string) string {
	t.Helper()
	text, err := new(mime.WordDecoder).DecodeHeader(a.Get(header))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

var always = []string{"Auto-Submitted", "Content-Type", "Date", "From", "Message-Id", "Mime-Version", "Subject", "To"}

func TestMessage_hasTheseHeadersAndNoOthers(t *testing.T) {
	sink := smtptest.Start(t, smtptest.Options{})
	got := deliver(t, sink, server(sink), message("anna@acme.example"))
	if keys := slices.Sorted(maps.Keys(got.Header)); !slices.Equal(keys, always) {
		t.Errorf("got %v, want %v", keys, always)
	}
	for name, want := range map[string]string{
		"Message-Id":     "<42.outbox@portal.fernhill.example>",
		"Date":           "Sun, 01 Mar 2026 21:30:00 +0000",
		"Auto-Submitted": "auto-generated",
		"Mime-Version":   "1.0",
		"From":           `"Fernhill Rental" <portal@fernhill.example>`,
		"To":             `=?utf-8?q?Anna_M=C3=BCller?= <anna@acme.example>`,
		"Subject":        "Your portal is ready",
	} {
		if value := got.Get(name); value != want || len(got.Header[name]) != 1 {
			t.Errorf("%s: got %q, want %q once", name, got.Header[name], want)
		}
	}
	if got.Received.From[:len("<portal@fernhill.example>")] != "<portal@fernhill.example>" || got.Received.To[0] != "<anna@acme.example>" {
		t.Errorf("envelope %q to %q", got.Received.From, got.Received.To)
	}
}

func TestMessage_umlautsLongLinesAndDots(t *testing.T) {
	sink := smtptest.Start(t, smtptest.Options{})
	m := message("anna@acme.example")
	m.Subject = "Zugang für Müller & Söhne 🚜 – " + strings.Repeat("wörter ", 20)
	m.Text = "Grüße aus Köln 🚜\n.\n..\n.leading dot\r\ntrailing space \n" + strings.Repeat("länger", 2000) + "\nfrom here\nFrom there\n\n\tend"
	m.HTML = "<p>" + strings.Repeat("Straße", 5000) + "</p>\n.\n<p>=3D =\t</p>"
	got := deliver(t, sink, server(sink), m)
	if want := strings.TrimSpace(m.Subject); got.words(t, "Subject") != want {
		t.Errorf("subject %q, want %q", got.words(t, "Subject"), want)
	}
	crlf := func(s string) string {
		return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\n", "\r\n") + "\r\n"
	}
	// The last line end belongs to the boundary or to the end of the letter.
	if got.text != crlf(m.Text) {
		t.Errorf("text differs: %q", clip(got.text))
	}
	if got.html != crlf(m.HTML) {
		t.Errorf("html differs: %q", clip(got.html))
	}
	for line := range strings.SplitSeq(string(got.Raw), "\r\n") {
		if len(line) > 100 || strings.ContainsAny(line, "\r\n\x00") {
			t.Errorf("a line of %d characters: %q", len(line), clip(line))
		}
		for _, b := range []byte(line) {
			if b >= 0x80 {
				t.Fatalf("not plain ASCII: %q", clip(line))
			}
		}
	}
}

func clip(s string) string { return s[:min(len(s), 300)] }

func TestMessage_textAlone(t *testing.T) {
	sink := smtptest.Start(t, smtptest.Options{})
	m := message("anna@acme.example")
	m.HTML = ""
	got := deliver(t, sink, server(sink), m)
	if got.Get("Content-Type") != "text/plain; charset=UTF-8" || got.text != "Hello Anna\r\n" {
		t.Errorf("%q %q", got.Get("Content-Type"), got.text)
	}
}

func TestMessage_senderEnvelopeAndAnswers(t *testing.T) {
	sink := smtptest.Start(t, smtptest.Options{})
	s := server(sink)
	s.EnvelopeFrom, s.HelloName = "bounce@appliance.example", "portal.appliance.example"
	m := message("anna@bäcker.example")
	m.From, m.FromName, m.ReplyTo = "post@nordlift.example", "Nordlift \"Kräne\", Köln", "office@nordlift.example"
	m.Headers = map[string]string{"List-Unsubscribe": "<https://portal.example/u/1>", "X-Umlaut": "Grüße"}
	got := deliver(t, sink, s, m)
	if !strings.HasPrefix(got.Received.From, "<bounce@appliance.example>") || got.Helo != "portal.appliance.example" || got.Received.To[0] != "<anna@xn--bcker-gra.example>" {
		t.Errorf("envelope %+v", got.Received)
	}
	from, err := mail.ParseAddress(got.Get("From"))
	if err != nil || from.Name != m.FromName || from.Address != m.From {
		t.Errorf("from %v %v", from, err)
	}
	if got.Get("Reply-To") != "<office@nordlift.example>" || got.Get("List-Unsubscribe") != "<https://portal.example/u/1>" || got.words(t, "X-Umlaut") != "Grüße" {
		t.Errorf("headers %v", got.Header)
	}
}

func TestMessage_utf8LocalPartOnlyWhereItIsSpoken(t *testing.T) {
	sink := smtptest.Start(t, smtptest.Options{SMTPUTF8: true})
	got := deliver(t, sink, server(sink), message("anna@acme.example"))
	if strings.Contains(got.Received.From, "SMTPUTF8") {
		t.Errorf("asked for an extension it does not need: %q", got.Received.From)
	}
	got = deliver(t, sink, server(sink), message("müller@acme.example"))
	if !strings.Contains(got.Received.From, "SMTPUTF8") || got.Received.To[0] != "<müller@acme.example>" {
		t.Errorf("got %+v", got.Received)
	}
}

// evil are values that have made other programs write headers of the
// attacker's choice.
var evil = []string{
	"x\r\nBcc: victim@evil.example",
	"x\nBcc: victim@evil.example",
	"x\rBcc: victim@evil.example",
	"x\r\n\r\n<h1>body</h1>",
	"x\x00\r\nBcc: victim@evil.example",
	"x\u2028Bcc: victim@evil.example",
	"x\u2029Bcc: victim@evil.example",
	"x\u0085Bcc: victim@evil.example",
	"x\vBcc: y\fCc: z",
	"x\r\n.\r\nMAIL FROM:<evil@evil.example>\r\nRCPT TO:<victim@evil.example>\r\nDATA\r\n",
	"=?utf-8?q?x=0D=0ABcc:_victim@evil.example?=",
	"=?utf-8?b?eA0KQmNjOiB2aWN0aW1AZXZpbC5leGFtcGxl?=",
	`"x" <victim@evil.example>, `,
	"x> , <victim@evil.example>",
	"x\u202egnp.exe",
	"\xff\xfe\r\nBcc: victim@evil.example",
	strings.Repeat("very long ", 200),
	strings.Repeat("x", 2000),
	"   \t ",
	"",
}

func TestMessage_noFieldCanWriteHeaders(t *testing.T) {
	sink := smtptest.Start(t, smtptest.Options{})
	for i, bad := range evil {
		for field, set := range map[string]func(*smtp.Server, *smtp.Message){
			"server's FromName": func(s *smtp.Server, _ *smtp.Message) { s.FromName = bad },
			"FromName":          func(_ *smtp.Server, m *smtp.Message) { m.From, m.FromName = "a@b.example", bad },
			"ToName":            func(_ *smtp.Server, m *smtp.Message) { m.ToName = bad },
			"Subject":           func(_ *smtp.Server, m *smtp.Message) { m.Subject = bad },
			"HelloName":         func(s *smtp.Server, _ *smtp.Message) { s.HelloName = bad },
			"a header":          func(_ *smtp.Server, m *smtp.Message) { m.Headers = map[string]string{"X-Note": bad} },
			"Text":              func(_ *smtp.Server, m *smtp.Message) { m.Text = bad },
			"HTML":              func(_ *smtp.Server, m *smtp.Message) { m.HTML = bad + "x" },
		} {
			t.Run(fmt.Sprintf("%s %d", field, i), func(t *testing.T) {
				s, m := server(sink), message("anna@acme.example")
				set(&s, &m)
				got := deliver(t, sink, s, m)
				want := slices.Clone(always)
				if m.Headers != nil {
					want = append(want, "X-Note")
				}
				if keys := slices.Sorted(maps.Keys(got.Header)); !slices.Equal(keys, want) {
					t.Errorf("headers %v, want %v", keys, want)
				}
				for name, values := range got.Header {
					if len(values) != 1 {
						t.Errorf("%s stands %d times", name, len(values))
					}
					if text := got.words(t, name); strings.ContainsAny(text, "\r\n\x00\u2028\u2029\u0085\u202e") {
						t.Errorf("%s decodes to %q", name, text)
					}
				}
				to, err := mail.ParseAddressList(got.Get("To"))
				if err != nil || len(to) != 1 || to[0].Address != "anna@acme.example" {
					t.Errorf("To: %q", got.Get("To"))
				}
				if from, err := mail.ParseAddressList(got.Get("From")); err != nil || len(from) != 1 {
					t.Errorf("From: %q", got.Get("From"))
				}
				if len(got.Received.To) != 1 || strings.Contains(got.Received.From, "evil") {
					t.Errorf("envelope %q %q", got.Received.From, got.Received.To)
				}
				for line := range strings.SplitSeq(string(got.Raw), "\r\n") {
					if len(line) > 998 || strings.ContainsAny(line, "\r\n\x00") {
						t.Errorf("a line that servers refuse: %q", clip(line))
					}
				}
			})
		}
	}
}

func TestMessage_addressesThatServersReadDifferentlyAreRefused(t *testing.T) {
	sink := smtptest.Start(t, smtptest.Options{})
	bad := append(slices.Clone(evil),
		"a b@acme.example", `"a b"@acme.example`, `"a@evil.example>"@acme.example`, "a@b@acme.example", "a@evil.example,b@acme.example",
		"<a@acme.example>", "a@acme.example> SIZE=1", "a@acme.example>\r\nRCPT TO:<b@evil.example", "a@", "@acme.example", "a@.example",
		"a@acme..example", ".a@acme.example", "a.@acme.example", "a..b@acme.example", "a@acme.example.", "a(comment)@acme.example",
		"a@[127.0.0.1]", "a@acme_x.example", "a\u202eb@acme.example", "a\u200b@acme.example", "a@acme.example\x00", "a@-acme.example",
		strings.Repeat("a", 65)+"@acme.example", "a@"+strings.Repeat("acme.", 60)+"example")
	for i, text := range bad {
		for field, set := range map[string]func(*smtp.Server, *smtp.Message){
			"To":           func(_ *smtp.Server, m *smtp.Message) { m.To = text },
			"From":         func(_ *smtp.Server, m *smtp.Message) { m.From = text + "\t" },
			"ReplyTo":      func(_ *smtp.Server, m *smtp.Message) { m.ReplyTo = text + "\t" },
			"EnvelopeFrom": func(s *smtp.Server, _ *smtp.Message) { s.EnvelopeFrom = text + "\t" },
			"ID":           func(_ *smtp.Server, m *smtp.Message) { m.ID = text + " " },
			"Header name":  func(_ *smtp.Server, m *smtp.Message) { m.Headers = map[string]string{text + ":": "x"} },
		} {
			t.Run(fmt.Sprintf("%s %d", field, i), func(t *testing.T) {
				s, m := server(sink), message("anna@acme.example")
				set(&s, &m)
				_, err := s.Send(t.Context(), m)
				if f := failure(t, err); f.Temporary || f.Code != 0 {
					t.Errorf("got %+v", f)
				}
			})
		}
	}
	if n := sink.Connections(); n != 0 {
		t.Errorf("%d connections were made for letters that cannot go", n)
	}
}

func TestMessage_goodAddresses(t *testing.T) {
	sink := smtptest.Start(t, smtptest.Options{SMTPUTF8: true})
	for _, to := range []string{"a@b.example", "first.last+tag@sub.acme.example", "o'brien@acme.example", "a_b-c%d@acme.example", "root@localhost", "ñandú@acme.example", "ANNA@Acme.Example", strings.Repeat("a", 64) + "@acme.example"} {
		if got := deliver(t, sink, server(sink), message(to)); !strings.EqualFold(got.Received.To[0], "<"+to+">") {
			t.Errorf("%q went to %q", to, got.Received.To)
		}
	}
}

func TestMessage_headersOfOursCannotBeSet(t *testing.T) {
	sink := smtptest.Start(t, smtptest.Options{})
	for _, name := range []string{"From", "to", "BCC", "Subject", "Content-Type", "content-transfer-encoding", "Message-ID", "DKIM-Signature", "Resent-To", "Received", "", "X Y", "X\r\nBcc"} {
		m := message("anna@acme.example")
		m.Headers = map[string]string{name: "x"}
		if _, err := server(sink).Send(t.Context(), m); err == nil {
			t.Errorf("%q could be set", name)
		}
	}
}

func TestMessage_idsOfPlainHosts(t *testing.T) {
	sink := smtptest.Start(t, smtptest.Options{})
	for _, id := range []string{"<0a1b@localhost>", "<0a1b@127.0.0.1:8080>", "<0a1b@[::1]>", "0a1b@portal.example"} {
		m := message("anna@acme.example")
		m.ID = id
		if got := deliver(t, sink, server(sink), m).Get("Message-Id"); strings.Trim(got, "<>") != strings.Trim(id, "<>") {
			t.Errorf("got %q, want %q", got, id)
		}
	}
}

func TestMessage_withoutDateOrIDIsNotSent(t *testing.T) {
	sink := smtptest.Start(t, smtptest.Options{})
	m := message("anna@acme.example")
	m.Date = time.Time{}
	if _, err := server(sink).Send(t.Context(), m); err == nil {
		t.Error("sent without a date")
	}
	m = message("anna@acme.example")
	m.ID = ""
	if _, err := server(sink).Send(t.Context(), m); err == nil {
		t.Error("sent without an id: twice would look like two")
	}
}
