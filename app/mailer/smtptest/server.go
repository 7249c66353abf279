// Package smtptest is a mail server for tests: it listens on this machine only,
// keeps what it is sent, and misbehaves on request.
//
// Whom a letter is for decides how it fares: an address that begins with "soft"
// is refused for now (451), with "hard" for good (550), with "drop" the
// connection is cut after the final dot, with "refuse" the letter itself is
// refused (554), with "slow" the answer takes Options.Slow.
package smtptest

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"slices"
	"sync"
	"time"
)

// Options say what kind of server to start. The zero value speaks STARTTLS,
// wants no password and takes everything.
type Options struct {
	Security   string // "starttls", "tls" or "none"; empty is starttls
	Cert       Cert
	NoSTARTTLS bool // hides the extension, as somebody in between would
	MaxTLS     uint16

	Username, Password string   // wanted when set
	Mechanisms         []string // offered then; PLAIN and LOGIN when empty

	Greeting  string        // instead of "220 …"; "-" says nothing at all
	SMTPUTF8  bool          // offers the extension
	Most      int           // letters per connection, then 421; 0 is no limit
	IdleClose bool          // hangs up after each letter without a word
	Slow      time.Duration // before answering for slow@
	Delay     time.Duration // before every answer
	From      string        // answer to MAIL FROM instead of "250 ok"
	Data      string        // answer to DATA instead of "354 …"
	Chatter   int           // lines sent before the end of the answer to EHLO
}

// Received is one letter that was taken.
type Received struct {
	Helo      string
	From      string // the whole argument of MAIL FROM, brackets and all
	To        []string
	Raw       []byte // as on the wire, dots taken back
	Encrypted bool
	User      string // signed in as
	Mechanism string
	Conn      int // which connection, from 1
}

// Server is a running server.
type Server struct {
	Host string
	Port int
	// Roots trust the certificate, if anybody does.
	Roots *x509.CertPool

	opt  Options
	tls  *tls.Config
	l    net.Listener
	done sync.WaitGroup

	mu       sync.Mutex
	open     map[net.Conn]bool
	got      []Received
	commands []string
	conns    int
	closed   bool
	news     chan struct{}
}

// TB is what Start needs of a test.
type TB interface {
	Helper()
	Fatal(args ...any)
	Cleanup(func())
}

// Start runs a server until the end of the test.
func Start(t TB, opt Options) *Server {
	t.Helper()
	s, err := New(opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// New runs a server on a free port of the loopback address until Close.
func New(opt Options) (*Server, error) {
	cert, roots, err := certificate(opt.Cert)
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen: %w", err)
	}
	if len(opt.Mechanisms) == 0 {
		opt.Mechanisms = []string{"PLAIN", "LOGIN"}
	}
	s := &Server{
		Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, Roots: roots, opt: opt, l: l,
		tls:  &tls.Config{Certificates: []tls.Certificate{cert}, MaxVersion: opt.MaxTLS},
		open: map[net.Conn]bool{}, news: make(chan struct{}),
	}
	s.done.Go(s.accept)
	return s, nil
}

func (s *Server) accept() {
	for {
		conn, err := s.l.Accept()
		if err != nil {
			return
		}
		id, ok := s.take(conn)
		if !ok {
			_ = conn.Close()
			return
		}
		s.done.Go(func() {
			s.converse(conn, id)
			_ = conn.Close()
			s.mu.Lock()
			delete(s.open, conn)
			s.mu.Unlock()
		})
	}
}

// take counts a connection, unless the server ends.
func (s *Server) take(conn net.Conn) (id int, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conns++
	s.open[conn] = true
	return s.conns, !s.closed
}

// Close ends the server and every conversation. It may be called twice.
func (s *Server) Close() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	_ = s.l.Close()
	s.Hangup()
	s.done.Wait()
}

// Hangup cuts every open connection; new ones are taken.
func (s *Server) Hangup() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for conn := range s.open {
		_ = conn.Close()
	}
}

// Received returns the letters taken so far.
func (s *Server) Received() []Received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.got)
}

// Wait returns the letters once there are n of them, or those that came in time.
func (s *Server) Wait(n int, most time.Duration) []Received {
	late := time.After(most)
	for {
		s.mu.Lock()
		got, news := slices.Clone(s.got), s.news
		s.mu.Unlock()
		if len(got) >= n {
			return got
		}
		select {
		case <-news:
		case <-late:
			return got
		}
	}
}

// Commands returns the words of every command so far, without their arguments.
func (s *Server) Commands() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.commands)
}

// Connections counts the connections taken so far.
func (s *Server) Connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.conns
}

func (s *Server) keep(r Received) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.got = append(s.got, r)
	close(s.news)
	s.news = make(chan struct{})
}

func (s *Server) note(command string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.commands = append(s.commands, command)
}
