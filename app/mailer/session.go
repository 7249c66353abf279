package mailer

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"gatehouse/app/mailer/smtp"
	"gatehouse/store"
)

// longestGo is after which time a session ends although letters are due.
const longestGo = 10 * time.Second

// linger is how long an answer waits for others to be written down with it.
const linger = 5 * time.Millisecond

// session is one go at what is due: claimed letters wait in jobs for a
// connection, their results in done for the next commit.
type session struct {
	m      *Mailer
	y      store.System
	server smtp.Server
	alive  context.Context // outlives the appliance's own by a moment
	jobs   chan store.Mail
	done   chan store.MailResult
	slots  chan struct{} // sent, or being sent, and not written down
	halted atomic.Bool   // the server takes nothing: no more letters
	broken atomic.Pointer[error]
	sent   atomic.Int64
	gone   time.Duration // how long the server is left alone after it took nothing
}

// send hands over what is due, until nothing is or the server takes nothing.
// After trouble a single letter goes first, to see whether it is over.
func (m *Mailer) send(ctx context.Context, server smtp.Server) error {
	workers, n := connections, claimSize
	if m.fails > 0 {
		workers, n = 1, 1
	}
	alive, end := context.WithCancel(context.WithoutCancel(ctx))
	defer end()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(grace, end) })()
	s := &session{m: m, y: m.system(), server: server, alive: alive, jobs: make(chan store.Mail, n), done: make(chan store.MailResult, unsettled),
		slots: make(chan struct{}, unsettled), gone: pause(m.DB.Rand(), m.fails)}
	var sending, settling sync.WaitGroup
	for range workers {
		sending.Go(func() { s.work(ctx) })
	}
	settling.Go(s.settle)
	err := s.claim(ctx, n, m.fails > 0)
	close(s.jobs)
	sending.Wait()
	close(s.done)
	settling.Wait()
	m.after(s)
	if broken := s.broken.Load(); err == nil && broken != nil {
		err = *broken
	}
	return err
}

// after remembers how the server did.
func (m *Mailer) after(s *session) {
	n := s.sent.Load()
	if n > 0 || !s.halted.Load() {
		m.fails, m.until = 0, time.Time{}
	}
	if s.halted.Load() {
		m.fails++
		m.until = m.DB.Now().Add(s.gone)
	}
	if n > 0 {
		m.Log.Info("letters sent", "letters", n)
	}
}

// claim feeds the connections until nothing is due, or it is time to look at
// the settings again.
func (s *session) claim(ctx context.Context, n int, once bool) error {
	for began := s.y.Now(); ctx.Err() == nil && !s.halted.Load() && s.y.Now().Sub(began) < longestGo; {
		all, err := s.y.ClaimMail(ctx, n, lease)
		if err != nil || len(all) == 0 {
			return err
		}
		for _, m := range all {
			s.jobs <- m
		}
		if once {
			return nil
		}
	}
	return nil
}

// work is one connection. Whatever happens to a letter, each comes out again.
func (s *session) work(ctx context.Context) {
	var line connection
	defer line.close()
	for m := range s.jobs {
		s.slots <- struct{}{}
		if ctx.Err() != nil || s.halted.Load() {
			s.done <- store.MailResult{ID: m.ID, State: "queued"}
			continue
		}
		s.done <- s.deliver(&line, m)
	}
}

// settle writes results down, as many at once as there are.
func (s *session) settle() {
	for first := range s.done {
		batch := s.more([]store.MailResult{first})
		if err := s.write(batch); err != nil {
			s.halted.Store(true)
			s.broken.Store(&err)
		}
		for range batch {
			<-s.slots
		}
	}
}

func (s *session) more(batch []store.MailResult) []store.MailResult {
	late := time.NewTimer(linger)
	defer late.Stop()
	for len(batch) < unsettled/2 { // the connections go on with the other half
		select {
		case r, ok := <-s.done:
			if !ok {
				return batch
			}
			batch = append(batch, r)
		case <-late.C:
			return batch
		}
	}
	return batch
}

// write tries a few times: what was sent and is not written down goes out
// again.
func (s *session) write(batch []store.MailResult) (err error) {
	for wait := 100 * time.Millisecond; wait < 10*time.Second; wait *= 3 {
		if err = s.y.SettleMail(context.WithoutCancel(s.alive), batch...); err == nil {
			return nil
		}
		s.m.Log.Error("cannot write down what was sent", "letters", len(batch), "err", err)
		time.Sleep(wait)
	}
	return fmt.Errorf("settle letters: %w", err)
}
