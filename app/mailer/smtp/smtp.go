// Package smtp hands a letter to a mail server and says in plain words what the
// server made of it.
//
// It keeps no queue, tries nothing twice and knows no rows: what to send again,
// and when, is the mailer's business.
package smtp

import (
	"context"
	"crypto/x509"
	"strings"
	"time"
)

// How a connection is protected. The empty word means StartTLS.
const (
	StartTLS = "starttls" // begins in the clear, then must become encrypted
	TLS      = "tls"      // encrypted from the first byte
	None     = "none"     // never encrypted, and so never with a password except on this machine
)

const usualTimeout = 30 * time.Second

// Server is how to reach a mail server, and as whom.
type Server struct {
	Host     string
	Port     int // 0: the usual one, 587, 465 or 25
	Security string

	// Username and Password are offered when Username is set. Which mechanism
	// is used is settled with the server.
	Username, Password string

	// From and FromName stand on a letter that names no sender of its own.
	From, FromName string
	// EnvelopeFrom is where the server reports letters that it could not
	// deliver; empty for the letter's sender.
	EnvelopeFrom string
	// HelloName is how we introduce ourselves; empty for the domain of From.
	HelloName string

	// Timeout limits each step of the conversation, 30 seconds when zero. The
	// last word on a letter may take four times as long: who hangs up too early
	// sends it twice.
	Timeout time.Duration

	// RootCAs are trusted instead of the system's when set.
	RootCAs *x509.CertPool
}

// Send opens a connection, hands over one letter and closes it. It returns the
// server's own words. Any error is a *Failure.
func (s Server) Send(ctx context.Context, m Message) (reply string, err error) {
	if _, err := s.compose(m); err != nil {
		return "", err // so that nobody is called for nothing
	}
	conn, err := s.Dial(ctx)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	return conn.Send(ctx, m)
}

func (s Server) port() int {
	switch {
	case s.Port != 0:
		return s.Port
	case s.Security == TLS:
		return 465
	case s.Security == None:
		return 25
	}
	return 587
}

func (s Server) timeout() time.Duration {
	if s.Timeout > 0 {
		return s.Timeout
	}
	return usualTimeout
}

// hello is a name that any server accepts; a wrong one would be refused before
// the first letter.
func (s Server) hello() string {
	for _, name := range []string{s.HelloName, s.From[strings.LastIndex(s.From, "@")+1:]} {
		if name, err := domain(name); err == nil {
			return name
		}
	}
	return "localhost"
}
