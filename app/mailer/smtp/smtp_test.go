package smtp_test

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"gatehouse/app/mailer/smtp"
	"gatehouse/app/mailer/smtptest"
)

func server(sink *smtptest.Server) smtp.Server {
	return smtp.Server{
		Host: sink.Host, Port: sink.Port, RootCAs: sink.Roots, Timeout: 5 * time.Second,
		From: "portal@fernhill.example", FromName: "Fernhill Rental",
	}
}

func message(to string) smtp.Message {
	return smtp.Message{
		ID: "42.outbox@portal.fernhill.example", To: to, ToName: "Anna Müller", Subject: "Your portal is ready",
		Text: "Hello Anna", HTML: "<p>Hello Anna</p>", Date: time.Date(2026, 3, 1, 23, 30, 0, 0, time.FixedZone("", 2*3600)),
	}
}

func failure(t *testing.T, err error) *smtp.Failure {
	t.Helper()
	f, ok := errors.AsType[*smtp.Failure](err)
	if !ok {
		t.Fatalf("got %v, want a Failure", err)
	}
	if !strings.HasSuffix(f.Hint, ".") || len(f.Hint) < 20 {
		t.Errorf("the hint %q is not a sentence", f.Hint)
	}
	return f
}

func TestSend_overSTARTTLSAndTLSAndInTheClear(t *testing.T) {
	for security, encrypted := range map[string]bool{"": true, smtp.StartTLS: true, smtp.TLS: true, smtp.None: false} {
		t.Run(security, func(t *testing.T) {
			sink := smtptest.Start(t, smtptest.Options{Security: security})
			s := server(sink)
			s.Security = security
			reply, err := s.Send(t.Context(), message("anna@acme.example"))
			if err != nil {
				t.Fatal(err)
			}
			if want := "250 2.0.0 queued as 1"; reply != want {
				t.Errorf("reply %q, want %q", reply, want)
			}
			got := sink.Received()
			if len(got) != 1 || got[0].Encrypted != encrypted || got[0].Helo != "fernhill.example" {
				t.Errorf("got %+v", got)
			}
			if c := sink.Commands(); c[len(c)-1] != "QUIT" {
				t.Errorf("left without goodbye: %v", c)
			}
		})
	}
}

func TestSend_signsInWithWhateverIsOffered(t *testing.T) {
	for _, mechanism := range []string{"PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-256"} {
		for _, security := range []string{smtp.StartTLS, smtp.TLS, smtp.None} {
			t.Run(mechanism+" "+security, func(t *testing.T) {
				sink := smtptest.Start(t, smtptest.Options{Security: security, Username: "post", Password: "päss wörd", Mechanisms: []string{"XOAUTH2", mechanism}})
				s := server(sink)
				s.Security, s.Username, s.Password = security, "post", "päss wörd"
				if _, err := s.Send(t.Context(), message("anna@acme.example")); err != nil {
					t.Fatal(err)
				}
				if got := sink.Received()[0]; got.Mechanism != mechanism || got.User != "post" {
					t.Errorf("got %q as %q", got.Mechanism, got.User)
				}
				s.Password = "wrong"
				_, err := s.Send(t.Context(), message("anna@acme.example"))
				f := failure(t, err)
				if f.Stage != smtp.StageAuth || f.Code != 535 || f.Temporary || !f.Setup() || f.Reply != "535 5.7.8 Bad user name or password" {
					t.Errorf("got %+v", f)
				}
				if strings.Contains(err.Error(), "wrong") {
					t.Errorf("%q shows the password", err)
				}
			})
		}
	}
}

func TestSend_failureSaysTheStage(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	free := closed.Addr().(*net.TCPAddr).Port
	_ = closed.Close()
	type want struct {
		stage     smtp.Stage
		code      int
		temporary bool
		setup     bool
		hint      string // a piece of it
	}
	for name, c := range map[string]struct {
		opt    smtptest.Options
		server func(*smtp.Server)
		to     string
		want
	}{
		"no such host": {
			server: func(s *smtp.Server) { s.Host = "no such host.invalid" },
			want:   want{smtp.StageResolve, 0, false, true, "spelling"},
		},
		"nobody listens": {
			server: func(s *smtp.Server) { s.Port = free },
			want:   want{smtp.StageConnect, 0, true, true, "587"},
		},
		"says nothing": {
			opt:    smtptest.Options{Greeting: "-"},
			server: func(s *smtp.Server) { s.Timeout = 200 * time.Millisecond },
			want:   want{smtp.StageGreeting, 0, true, true, "465"},
		},
		"not a mail server": {
			opt:  smtptest.Options{Greeting: "HTTP/1.1 400 Bad Request"},
			want: want{smtp.StageGreeting, 0, true, true, "not a mail server"},
		},
		"not welcome": {
			opt:  smtptest.Options{Greeting: "554 5.7.1 Your address is on a list"},
			want: want{smtp.StageGreeting, 554, false, true, "allow this machine"},
		},
		"busy": {
			opt:  smtptest.Options{Greeting: "421 4.3.2 Come back later"},
			want: want{smtp.StageGreeting, 421, true, true, "busy"},
		},
		"talks without end": {
			opt:  smtptest.Options{Chatter: 2000},
			want: want{smtp.StageGreeting, 0, true, true, "Check the port"},
		},
		"encryption hidden": {
			opt:  smtptest.Options{NoSTARTTLS: true},
			want: want{smtp.StageTLS, 0, false, true, "offers no encryption"},
		},
		"TLS where STARTTLS is spoken": {
			server: func(s *smtp.Server) { s.Security = smtp.TLS },
			want:   want{smtp.StageTLS, 0, false, true, "choose STARTTLS"},
		},
		"STARTTLS where TLS is spoken": {
			opt:    smtptest.Options{Security: smtp.TLS},
			server: func(s *smtp.Server) { s.Timeout = 200 * time.Millisecond },
			want:   want{smtp.StageGreeting, 0, true, true, "TLS instead of STARTTLS"},
		},
		"unknown authority": {
			server: func(s *smtp.Server) { s.RootCAs = nil },
			want:   want{smtp.StageTLS, 0, false, true, "nobody this machine trusts"},
		},
		"self-signed": {
			opt:  smtptest.Options{Cert: smtptest.SelfSigned},
			want: want{smtp.StageTLS, 0, false, true, "nobody this machine trusts"},
		},
		"expired": {
			opt:  smtptest.Options{Cert: smtptest.Expired},
			want: want{smtp.StageTLS, 0, false, true, "not valid today"},
		},
		"expired, TLS from the start": {
			opt:    smtptest.Options{Cert: smtptest.Expired, Security: smtp.TLS},
			server: func(s *smtp.Server) { s.Security = smtp.TLS },
			want:   want{smtp.StageTLS, 0, false, true, "not valid today"},
		},
		"another name": {
			opt:  smtptest.Options{Cert: smtptest.OtherName},
			want: want{smtp.StageTLS, 0, false, true, "another name"},
		},
		"old TLS": {
			opt:  smtptest.Options{MaxTLS: tls.VersionTLS11},
			want: want{smtp.StageTLS, 0, false, true, "did not come about"},
		},
		"no mechanism in common": {
			opt:    smtptest.Options{Username: "post", Mechanisms: []string{"GSSAPI"}},
			server: func(s *smtp.Server) { s.Username = "post" },
			want:   want{smtp.StageAuth, 0, false, true, "no way to sign in"},
		},
		"password wanted": {
			opt:  smtptest.Options{Username: "post", Password: "secret"},
			want: want{smtp.StageFrom, 530, false, true, "sign in first"},
		},
		"sender refused": {
			opt:  smtptest.Options{From: "553 5.7.1 Sender address rejected: not owned by user"},
			want: want{smtp.StageFrom, 553, false, true, "belongs to the account"},
		},
		"sender refused for now": {
			opt:  smtptest.Options{From: "451 4.3.0 Database is busy"},
			want: want{smtp.StageFrom, 451, true, false, "later"},
		},
		"sender is no address": {
			server: func(s *smtp.Server) { s.From = "Fernhill" },
			want:   want{smtp.StageFrom, 0, false, true, "portal@example.com"},
		},
		"recipient unknown": {
			to:   "hard@acme.example",
			want: want{smtp.StageTo, 550, false, false, "does not exist"},
		},
		"recipient later": {
			to:   "soft@acme.example",
			want: want{smtp.StageTo, 451, true, false, "later"},
		},
		"no relaying": {
			to:   "relay@acme.example",
			want: want{smtp.StageTo, 554, false, false, "other people's domains"},
		},
		"recipient is no address": {
			to:   "anna",
			want: want{smtp.StageTo, 0, false, false, "Correct it"},
		},
		"too large": {
			opt:  smtptest.Options{Data: "552 5.3.4 Message too big"},
			want: want{smtp.StageData, 552, false, false, "too large"},
		},
		"letter refused": {
			to:   "refuse@acme.example",
			want: want{smtp.StageData, 554, false, false, "unwanted"},
		},
		"cut off after the last dot": {
			to:   "drop@acme.example",
			want: want{smtp.StageData, 0, true, false, "arrive twice"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sink := smtptest.Start(t, c.opt)
			s := server(sink)
			if c.server != nil {
				c.server(&s)
			}
			if c.to == "" {
				c.to = "anna@acme.example"
			}
			_, err := s.Send(t.Context(), message(c.to))
			f := failure(t, err)
			got := want{f.Stage, f.Code, f.Temporary, f.Setup(), c.hint}
			if got != c.want || !strings.Contains(f.Hint, c.hint) {
				t.Errorf("got %+v (%v, %q), want %+v", got, err, f.Hint, c.want)
			}
			if (f.Code != 0) != (f.Reply != "") {
				t.Errorf("code %d with reply %q", f.Code, f.Reply)
			}
			if len(sink.Received()) != 0 {
				t.Error("the letter was taken all the same")
			}
		})
	}
}

func TestSend_strippedSTARTTLSGetsNoPassword(t *testing.T) {
	sink := smtptest.Start(t, smtptest.Options{NoSTARTTLS: true, Username: "post", Password: "secret"})
	s := server(sink)
	s.Username, s.Password = "post", "secret"
	_, err := s.Send(t.Context(), message("anna@acme.example"))
	if f := failure(t, err); f.Stage != smtp.StageTLS {
		t.Errorf("got %+v", f)
	}
	if c := sink.Commands(); slices.Contains(c, "AUTH") || slices.Contains(c, "MAIL") {
		t.Errorf("went on in the clear: %v", c)
	}
}

func TestSend_timeoutAndCancellation(t *testing.T) {
	sink := smtptest.Start(t, smtptest.Options{Slow: 3 * time.Second})
	s := server(sink)
	s.Timeout = 100 * time.Millisecond
	began := time.Now()
	_, err := s.Send(t.Context(), message("slow@acme.example"))
	if f := failure(t, err); f.Stage != smtp.StageData || !f.Temporary || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %+v", f)
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("took %v, want about four times the timeout", took)
	}
	s.Timeout = time.Minute
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	began = time.Now()
	if _, err = s.Send(ctx, message("slow@acme.example")); err == nil || time.Since(began) > 2*time.Second {
		t.Errorf("got %v after %v; the caller had stopped", err, time.Since(began))
	}
}

func TestSend_waitsLongerForTheLastWord(t *testing.T) {
	sink := smtptest.Start(t, smtptest.Options{Slow: 400 * time.Millisecond})
	s := server(sink)
	s.Timeout = 250 * time.Millisecond
	if _, err := s.Send(t.Context(), message("slow@acme.example")); err != nil {
		t.Errorf("hung up too early, the letter would go twice: %v", err)
	}
}

func TestConn_takesManyLetters(t *testing.T) {
	sink := smtptest.Start(t, smtptest.Options{})
	conn, err := server(sink).Dial(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for _, c := range []struct {
		to string
		ok bool
	}{{"one@a.example", true}, {"hard@a.example", false}, {"two@a.example", true}, {"soft@a.example", false}, {"refuse@a.example", false}, {"nonsense", false}, {"three@a.example", true}} {
		if _, err := conn.Send(t.Context(), message(c.to)); (err == nil) != c.ok || !conn.Alive() {
			t.Errorf("%s: %v, alive %v", c.to, err, conn.Alive())
		}
	}
	got := sink.Received()
	if len(got) != 3 || sink.Connections() != 1 {
		t.Fatalf("%d letters over %d connections, want 3 over 1", len(got), sink.Connections())
	}
	for i, to := range []string{"<one@a.example>", "<two@a.example>", "<three@a.example>"} {
		if !slices.Equal(got[i].To, []string{to}) {
			t.Errorf("letter %d went to %v, want %s alone", i, got[i].To, to)
		}
	}
}

func TestConn_isOpenedAgain(t *testing.T) {
	for name, opt := range map[string]smtptest.Options{
		"when the server has had enough":    {Most: 1, Username: "post", Password: "secret"},
		"when the server hung up silently":  {IdleClose: true, Username: "post", Password: "secret"},
		"and also without a user, over TLS": {IdleClose: true, Security: "tls"},
	} {
		t.Run(name, func(t *testing.T) {
			sink := smtptest.Start(t, opt)
			s := server(sink)
			s.Username, s.Password, s.Security = opt.Username, opt.Password, opt.Security
			conn, err := s.Dial(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			for range 3 {
				if _, err := conn.Send(t.Context(), message("anna@acme.example")); err != nil {
					t.Fatal(err)
				}
			}
			if got := len(sink.Received()); got != 3 || sink.Connections() != 3 {
				t.Errorf("%d letters over %d connections", got, sink.Connections())
			}
		})
	}
}

func TestConn_afterABrokenLetter(t *testing.T) {
	sink := smtptest.Start(t, smtptest.Options{})
	conn, err := server(sink).Dial(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := conn.Send(t.Context(), message("drop@a.example")); err == nil || conn.Alive() {
		t.Fatalf("got %v, alive %v", err, conn.Alive())
	}
	if _, err := conn.Send(t.Context(), message("anna@a.example")); err != nil {
		t.Error(err)
	}
	if got := len(sink.Received()); got != 1 {
		t.Errorf("%d letters", got)
	}
}

func TestConn_sayingGoodbyeDoesNotHang(t *testing.T) {
	sink := smtptest.Start(t, smtptest.Options{})
	conn, err := server(sink).Dial(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	sink.Hangup()
	began := time.Now()
	conn.Close()
	conn.Close()
	if time.Since(began) > 3*time.Second {
		t.Errorf("took %v", time.Since(began))
	}
}
