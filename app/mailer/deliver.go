package mailer

import (
	"context"
	"errors"
	"time"

	"gatehouse/app/mailer/smtp"
	"gatehouse/store"
)

// connection is dialled when the first letter needs it, and kept.
type connection struct{ *smtp.Conn }

func (c *connection) close() {
	if c.Conn != nil {
		c.Conn.Close()
	}
}

func (c *connection) send(ctx context.Context, server smtp.Server, m smtp.Message) (reply string, err error) {
	if c.Conn == nil {
		if c.Conn, err = server.Dial(ctx); err != nil {
			c.Conn = nil
			return "", err
		}
	}
	return c.Conn.Send(ctx, m)
}

// deliver hands one letter over and says what became of it. A panic costs this
// letter an attempt, and the connection.
func (s *session) deliver(line *connection, m store.Mail) (r store.MailResult) {
	defer func() {
		if p := recover(); p != nil {
			s.m.Log.Error("a letter made us panic", "letter", m.ID, "panic", p)
			line.close()
			line.Conn = nil
			r = s.again(m, store.MailResult{ID: m.ID, Stage: string(smtp.StageMessage), Reply: "internal error", Hint: "Something went wrong on our side. The log says more."})
		}
	}()
	if s.m.DB.Now().Add(oneLetter).After(m.NextAt) { // the claim is nearly over: somebody may take it next
		return store.MailResult{ID: m.ID, State: "queued"}
	}
	ctx, cancel := context.WithTimeout(s.alive, oneLetter)
	defer cancel()
	may, otherwise, err := s.y.MailStop(ctx, m.ID)
	if err != nil {
		s.halted.Store(true)
		s.broken.Store(&err)
		return store.MailResult{ID: m.ID, State: "queued"}
	}
	if !may {
		return otherwise
	}
	if s.m.watch != nil {
		s.m.watch(m)
	}
	reply, err := line.send(ctx, s.server, s.message(m))
	if err == nil {
		s.sent.Add(1)
		return store.MailResult{ID: m.ID, State: "sent", Reply: reply, Tried: true}
	}
	return s.failed(m, err)
}

func (s *session) message(m store.Mail) smtp.Message {
	from := m.FromName
	if from == "" {
		from = s.server.FromName
	}
	out := smtp.Message{ID: m.MessageID, From: s.server.From, FromName: from, ReplyTo: m.ReplyTo, To: m.To, ToName: m.ToName,
		Subject: m.Subject, Text: m.Text, HTML: m.HTML, Date: s.m.DB.Now()}
	if m.Quit != "" { // RFC 8058: programs can take the way out for their reader
		out.Headers = map[string]string{"List-Unsubscribe": "<" + m.Quit + ">", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
	}
	return out
}

// failed sorts failures: ours to wait for, the letter's to try again, and those
// for good.
func (s *session) failed(m store.Mail, err error) store.MailResult {
	f, known := errors.AsType[*smtp.Failure](err)
	if !known {
		f = &smtp.Failure{Stage: smtp.StageMessage, Cause: err}
	}
	r := store.MailResult{ID: m.ID, Stage: string(f.Stage), Reply: f.Reply, Hint: f.Hint, Tried: true}
	if r.Reply == "" && f.Cause != nil {
		r.Reply = f.Cause.Error()
	}
	switch {
	case s.alive.Err() != nil:
		return store.MailResult{ID: m.ID, State: "queued"}
	case f.Setup(): // not this letter's fault, and no other would fare better
		if s.halted.CompareAndSwap(false, true) {
			s.m.Log.Warn("the mail server takes no letters", "stage", f.Stage, "reply", r.Reply, "again_in", s.gone)
		}
		r.State, r.Tried, r.Next = "deferred", false, s.m.DB.Now().Add(s.gone)
		return r
	case f.Temporary:
		return s.again(m, r)
	}
	r.State = "failed"
	return r
}

// again defers a letter, or gives it up when it was tried for two days.
func (s *session) again(m store.Mail, r store.MailResult) store.MailResult {
	r.Tried = true
	wait, more := backOff(s.m.DB.Rand(), m.Attempts+1)
	if !more {
		r.State = "failed"
		return r
	}
	r.State, r.Next = "deferred", s.m.DB.Now().Add(wait.Round(time.Second))
	return r
}
