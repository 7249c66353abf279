package smtptest

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"fmt"
	"net"
	"strings"
	"time"
)

// talk is one conversation.
type talk struct {
	s       *Server
	conn    net.Conn
	in      *bufio.Reader
	letter  Received
	letters int
}

func (s *Server) converse(conn net.Conn, id int) {
	t := &talk{s: s, conn: conn, letter: Received{Conn: id}}
	if s.opt.Security == "tls" && !t.secure() {
		return
	}
	t.in = bufio.NewReader(t.conn)
	if !t.greet() {
		return
	}
	for {
		line, err := t.in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		word, rest, _ := strings.Cut(line, " ")
		word = strings.ToUpper(word)
		s.note(word)
		if !t.answer(word, rest) {
			return
		}
	}
}

func (t *talk) secure() bool {
	secure := tls.Server(t.conn, t.s.tls)
	if secure.Handshake() != nil {
		return false
	}
	t.conn, t.in, t.letter.Encrypted = secure, bufio.NewReader(secure), true
	return true
}

func (t *talk) greet() bool {
	switch t.s.opt.Greeting {
	case "":
		t.say("220 sink ESMTP")
	case "-":
		_, _ = t.in.ReadByte() // until the other side gives up
		return false
	default:
		t.say(t.s.opt.Greeting)
	}
	return true
}

func (t *talk) say(format string, args ...any) {
	time.Sleep(t.s.opt.Delay)
	_, _ = fmt.Fprintf(t.conn, format+"\r\n", args...)
}

// answer reports whether the conversation goes on.
func (t *talk) answer(word, rest string) bool {
	switch word {
	case "EHLO", "HELO":
		t.letter.Helo = rest
		t.hello()
	case "STARTTLS":
		t.say("220 go ahead")
		return t.secure()
	case "AUTH":
		return t.auth(rest)
	case "MAIL":
		return t.mail(rest)
	case "RCPT":
		t.rcpt(rest)
	case "DATA":
		return t.data()
	case "RSET":
		t.letter.From, t.letter.To = "", nil
		t.say("250 forgotten")
	case "NOOP":
		t.say("250 ok")
	case "QUIT":
		t.say("221 bye")
		return false
	default:
		t.say("502 5.5.2 what is %s", word)
	}
	return true
}

func (t *talk) hello() {
	for range t.s.opt.Chatter {
		t.say("250-%s", strings.Repeat("X", 500))
	}
	t.say("250-sink greets you")
	t.say("250-8BITMIME")
	if t.s.opt.SMTPUTF8 {
		t.say("250-SMTPUTF8")
	}
	if t.s.opt.Username != "" {
		t.say("250-AUTH %s", strings.Join(t.s.opt.Mechanisms, " "))
	}
	if t.s.opt.Security != "none" && !t.s.opt.NoSTARTTLS && !t.letter.Encrypted {
		t.say("250-STARTTLS")
	}
	t.say("250 SIZE 10485760")
}

func (t *talk) mail(rest string) bool {
	o := t.s.opt
	switch {
	case o.Username != "" && t.letter.User == "":
		t.say("530 5.7.0 Authentication required")
	case o.Most > 0 && t.letters >= o.Most:
		t.say("421 4.7.0 Enough for now")
		return false
	case o.From != "":
		t.say("%s", o.From)
	case !bracketed(rest, "FROM:"):
		t.say("501 5.5.4 Syntax: MAIL FROM:<address>")
	default:
		t.letter.From, t.letter.To = rest[len("FROM:"):], nil
		t.say("250 2.1.0 ok")
	}
	return true
}

func (t *talk) rcpt(rest string) {
	if !bracketed(rest, "TO:") || t.letter.From == "" {
		t.say("501 5.5.4 Syntax: RCPT TO:<address>")
		return
	}
	switch to := rest[len("TO:"):]; {
	case strings.HasPrefix(to, "<soft"):
		t.say("451 4.2.1 Mailbox is being moved, try later")
	case strings.HasPrefix(to, "<hard"):
		t.say("550 5.1.1 No such user here")
	case strings.HasPrefix(to, "<relay"):
		t.say("554 5.7.1 Relay access denied")
	default:
		t.letter.To = append(t.letter.To, to)
		t.say("250 2.1.5 ok")
	}
}

func bracketed(rest, name string) bool {
	return len(rest) > len(name)+1 && strings.EqualFold(rest[:len(name)], name) && rest[len(name)] == '<' && strings.Contains(rest, ">")
}

func (t *talk) data() bool {
	if len(t.letter.To) == 0 {
		t.say("503 5.5.1 RCPT first")
		return true
	}
	if t.s.opt.Data != "" {
		t.say("%s", t.s.opt.Data)
		return true
	}
	t.say("354 go on, end with a dot")
	raw, err := t.body()
	if err != nil {
		return false
	}
	to := t.letter.To[0]
	switch {
	case strings.HasPrefix(to, "<drop"):
		return false
	case strings.HasPrefix(to, "<refuse"):
		t.say("554 5.7.1 This looks like spam")
		return true
	case strings.HasPrefix(to, "<slow"):
		time.Sleep(t.s.opt.Slow)
	}
	t.letters++
	taken := t.letter
	taken.Raw = raw
	t.s.keep(taken)
	t.letter.From, t.letter.To = "", nil
	t.say("250 2.0.0 queued as %d", t.letters)
	return !t.s.opt.IdleClose
}

// body reads up to the one true end, CR LF dot CR LF. Servers that know others
// can be talked into taking two letters for one.
func (t *talk) body() ([]byte, error) {
	var raw bytes.Buffer
	whole := true // the line before ended with CR LF
	for {
		line, err := t.in.ReadBytes('\n')
		if err != nil {
			return nil, err
		}
		if whole && bytes.Equal(line, []byte(".\r\n")) {
			return raw.Bytes(), nil
		}
		if whole {
			line = bytes.TrimPrefix(line, []byte("."))
		}
		whole = bytes.HasSuffix(line, []byte("\r\n"))
		raw.Write(line)
	}
}
