// Package mailer is the engine that empties the outbox: it claims letters that
// are due, asks once more whether each may still leave, hands them to the mail
// server over a few connections, and writes down what the server said. It
// writes no letters and decides nothing about people.
//
// A letter leaves at least once: a process that is killed loses none, and
// repeats at most those whose answer was not written down yet, under the same
// Message-ID.
package mailer

import (
	"context"
	"crypto/x509"
	"log/slog"
	"sync"
	"time"

	"gatehouse/app/desk"
	"gatehouse/app/mailer/smtp"
	"gatehouse/store"
)

// How the work is cut. What was sent and is not written down yet is what a
// crash repeats, so it is bounded by itself.
const (
	connections = 4
	claimSize   = 100
	unsettled   = 50
	lease       = 15 * time.Minute
	oneLetter   = 5 * time.Minute // then it is broken off, well before the lease ends
	grace       = 10 * time.Second
	longestNap  = time.Minute // clocks are set, files are restored: look now and then
)

// Mailer is the engine. One serves the whole appliance.
type Mailer struct {
	DB    *store.DB
	Log   *slog.Logger
	Roots *x509.CertPool // trusted instead of the system's, if set

	watch  func(store.Mail) // tests look on before each letter
	turn   sync.Mutex       // one round at a time
	server smtp.Server
	fails  int // how often in a row the server took nothing at all
	until  time.Time
}

func (m *Mailer) system() store.System {
	return m.DB.System("mailer", store.Origin{Source: "system"})
}

// Run empties the outbox until ctx ends: at once when a letter is written or
// the settings change, and when a letter is due again. Letters under way are
// given a moment to arrive. It returns early only when the data file fails.
func (m *Mailer) Run(ctx context.Context) error {
	if err := m.resume(ctx); err != nil {
		return err
	}
	for ctx.Err() == nil {
		changed := m.DB.Changed() // before looking, so that nothing slips in between
		nap, err := m.round(ctx)
		if err != nil {
			return err
		}
		if nap == 0 {
			continue
		}
		alarm := time.NewTimer(min(nap, longestNap))
		select {
		case <-ctx.Done():
		case <-changed:
		case <-alarm.C:
		}
		alarm.Stop()
	}
	return ctx.Err()
}

// Drain sends everything that is due at this moment, and returns. It is Run for
// tests and for whoever cannot wait.
func (m *Mailer) Drain(ctx context.Context) error {
	if err := m.resume(ctx); err != nil {
		return err
	}
	for {
		if nap, err := m.round(ctx); err != nil || nap > 0 || ctx.Err() != nil {
			return err
		}
	}
}

func (m *Mailer) resume(ctx context.Context) error {
	m.turn.Lock()
	defer m.turn.Unlock()
	return m.system().ResumeMail(ctx)
}

// round does what is to be done now and says how long there is nothing more;
// 0 means to look again at once.
func (m *Mailer) round(ctx context.Context) (nap time.Duration, err error) {
	m.turn.Lock()
	defer m.turn.Unlock()
	y := m.system()
	q, err := y.MailQueue(ctx)
	if err != nil || q.Due.IsZero() && !q.Held {
		return longestNap, err
	}
	server, on, err := m.settings(ctx, y)
	switch {
	case err != nil:
		return longestNap, err
	case !on && q.Waits:
		return longestNap, y.HoldMail(ctx)
	case !on:
		return longestNap, nil
	case q.Held:
		return 0, y.ReleaseMail(ctx)
	}
	now := m.DB.Now()
	if server != m.server { // somebody may have mended it
		m.server, m.fails, m.until = server, 0, time.Time{}
	}
	if now.Before(m.until) {
		return m.until.Sub(now), nil
	}
	if q.Due.After(now) {
		return q.Due.Sub(now), nil
	}
	return 0, m.send(ctx, server)
}

func (m *Mailer) settings(ctx context.Context, y store.System) (smtp.Server, bool, error) {
	all, err := y.Settings(ctx)
	if err != nil {
		return smtp.Server{}, false, err
	}
	server, on := desk.MailServer(all)
	server.RootCAs = m.Roots
	return server, on, nil
}
