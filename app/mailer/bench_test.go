package mailer

import (
	"fmt"
	"log/slog"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"gatehouse/app/desk"
	"gatehouse/app/mailer/smtptest"
	"gatehouse/store"
)

// BenchmarkMail sends letters of 2 KB out of a real data file to a server on
// this machine that answers at once, or 5 ms later: the mailer, and beside it
// the plain way, a connection and two commits for each letter.
//
//	go test ./app/mailer -run - -bench Mail -benchtime 3000x
func BenchmarkMail(b *testing.B) {
	for _, delay := range []time.Duration{0, 5 * time.Millisecond} {
		b.Run(fmt.Sprintf("mailer/answer=%s", delay), func(b *testing.B) {
			db := loaded(b, delay)
			m := &Mailer{DB: db, Log: slog.New(slog.DiscardHandler)}
			b.ResetTimer()
			if err := m.Drain(b.Context()); err != nil {
				b.Fatal(err)
			}
			report(b, db)
		})
		b.Run(fmt.Sprintf("plain/answer=%s", delay), func(b *testing.B) {
			db := loaded(b, delay)
			b.ResetTimer()
			plain(b, db)
			report(b, db)
		})
	}
}

// loaded is a data file with b.N letters and a server to send them to.
func loaded(b *testing.B, delay time.Duration) *store.DB {
	b.Helper()
	sink := smtptest.Start(b, smtptest.Options{Security: "none", Delay: delay})
	db, err := store.Open(b.Context(), store.Options{Path: filepath.Join(b.TempDir(), "gatehouse.db")})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	y := db.System("test", store.Origin{})
	id, err := y.AddProvider(b.Context(), store.NewProvider{Slug: "nordlift", Name: "Nordlift"})
	if err == nil {
		err = y.SetSettings(b.Context(), map[string]string{store.SetMailHost: sink.Host, store.SetMailPort: strconv.Itoa(sink.Port), store.SetMailSecurity: "none", store.SetMailFrom: "portal@nordlift.test"})
	}
	if err == nil {
		err = y.Update(b.Context(), func(y store.System) error {
			for i := range b.N {
				link := "https://portal.test/portal/acme/invitation/inv_" + strings.Repeat("x", 43)
				d := store.Draft{Kind: "note", To: fmt.Sprintf("p%d@k.test", i), Subject: "Come in", Text: link + "\n" + strings.Repeat("a word ", 100), HTML: "<p>" + link + strings.Repeat(" a word", 170) + "</p>", Link: link, Domain: "portal.test"}
				if _, err := y.MailFor(b.Context(), id, d); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err != nil {
		b.Fatal(err)
	}
	return db
}

// plain is the obvious way.
func plain(b *testing.B, db *store.DB) {
	b.Helper()
	y := db.System("test", store.Origin{})
	all, err := y.Settings(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	server, _ := desk.MailServer(all)
	s := &session{m: &Mailer{DB: db}, server: server}
	for {
		due, err := y.ClaimMail(b.Context(), 1, lease)
		if err != nil {
			b.Fatal(err)
		}
		if len(due) == 0 {
			return
		}
		reply, err := server.Send(b.Context(), s.message(due[0]))
		if err == nil {
			err = y.SettleMail(b.Context(), store.MailResult{ID: due[0].ID, State: "sent", Reply: reply, Tried: true})
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}

func report(b *testing.B, db *store.DB) {
	b.Helper()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "mails/s")
	if q, err := db.System("test", store.Origin{}).MailQueue(b.Context()); err != nil || q.Waits {
		b.Fatalf("letters were left: %+v, %v", q, err)
	}
}
