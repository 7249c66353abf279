package smtp

import (
	"bytes"
	"net/mail"
	"net/textproto"
	"regexp"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Message is one letter to one person.
type Message struct {
	// ID is the Message-ID, with or without its angle brackets. The caller fixes
	// it, so that a letter sent twice is recognised as one.
	ID string

	From, FromName string // empty: the server's
	ReplyTo        string // empty: answers go to the sender
	To, ToName     string
	Subject        string
	Text, HTML     string // HTML may be empty
	// Headers are further ones, such as List-Unsubscribe. Those that a letter
	// has anyway cannot be set here.
	Headers map[string]string
	Date    time.Time
}

// letter is a message ready to go: envelope and bytes.
type letter struct {
	from, to string
	raw      []byte
}

// messageID also lets hosts through that are numbers or have a port, as base
// URLs on an intranet do.
var messageID = regexp.MustCompile(`^[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,150}@[A-Za-z0-9.:\[\]-]{1,255}$`)

// ours are the headers that say what a letter is; nobody else writes them.
var ours = map[string]bool{
	"From": true, "Sender": true, "To": true, "Cc": true, "Bcc": true, "Reply-To": true, "Subject": true, "Date": true,
	"Message-Id": true, "Mime-Version": true, "Auto-Submitted": true, "Received": true, "Return-Path": true,
	"User-Agent": true, "X-Mailer": true, "Dkim-Signature": true,
}

func (s Server) compose(m Message) (letter, error) {
	if m.From == "" {
		m.From, m.FromName = s.From, s.FromName
	}
	from, err := person(m.FromName, m.From)
	if err != nil {
		return letter{}, unfit(StageFrom, hintSenderForm, err)
	}
	to, err := person(m.ToName, m.To)
	if err != nil {
		return letter{}, unfit(StageTo, hintRecipientForm, err)
	}
	envelope := from.Address
	if s.EnvelopeFrom != "" {
		if envelope, err = address(s.EnvelopeFrom); err != nil {
			return letter{}, unfit(StageFrom, hintSenderForm, err)
		}
	}
	msg, err := m.build(from, to)
	if err != nil {
		return letter{}, err
	}
	var raw bytes.Buffer
	if _, err := msg.WriteTo(&raw); err != nil {
		return letter{}, unfit(StageMessage, hintMessageForm, err)
	}
	return letter{from: envelope, to: to.Address, raw: raw.Bytes()}, nil
}

func (m Message) build(from, to *mail.Address) (*gomail.Msg, error) {
	msg := gomail.NewMsg(gomail.WithCharset(gomail.CharsetUTF8), gomail.WithEncoding(gomail.EncodingQP), gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(from)
	msg.ToMailAddress(to)
	if m.ReplyTo != "" {
		reply, err := person("", m.ReplyTo)
		if err != nil {
			return nil, unfit(StageMessage, hintReplyForm, err)
		}
		msg.ReplyToMailAddress(reply)
	}
	id := strings.TrimSuffix(strings.TrimPrefix(m.ID, "<"), ">")
	if !messageID.MatchString(id) || m.Date.IsZero() {
		return nil, unfit(StageMessage, hintMessageForm, errHeader)
	}
	msg.SetMessageIDWithValue(id)
	msg.SetDateWithValue(m.Date.UTC())
	msg.Subject(line(m.Subject, 200))
	// RFC 3834: so that no out-of-office note answers us.
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	if err := m.further(msg); err != nil {
		return nil, err
	}
	msg.SetBodyString(gomail.TypeTextPlain, body(m.Text))
	if m.HTML != "" {
		msg.AddAlternativeString(gomail.TypeTextHTML, body(m.HTML))
	}
	return msg, nil
}

func (m Message) further(msg *gomail.Msg) error {
	for name, value := range m.Headers {
		if name == "" || strings.ContainsFunc(name, notInName) {
			return unfit(StageMessage, hintMessageForm, errHeader)
		}
		key := textproto.CanonicalMIMEHeaderKey(name)
		if ours[key] || strings.HasPrefix(key, "Content-") || strings.HasPrefix(key, "Resent-") {
			return unfit(StageMessage, hintMessageForm, errHeader)
		}
		msg.SetGenHeader(gomail.Header(name), line(value, 900))
	}
	return nil
}

func notInName(r rune) bool {
	return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '-')
}

// body has one kind of line end and no NUL, which some servers cut at.
func body(text string) string {
	text = strings.ToValidUTF8(text, "\ufffd")
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "").Replace(text)
	if !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return strings.ReplaceAll(text, "\n", "\r\n")
}
