package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"gatehouse/app/mailer"
	"gatehouse/app/mailer/smtptest"
	"gatehouse/store"
)

// MeasureMail empties an outbox of so many letters of 2 KB, in a new data file
// in dir, into a mail server on this machine that answers after delay. It
// returns letters per second.
func MeasureMail(ctx context.Context, dir string, letters int, delay time.Duration) (float64, error) {
	tmp, err := os.MkdirTemp(dir, "mail-")
	if err != nil {
		return 0, err
	}
	defer func() { _ = os.RemoveAll(tmp) }()
	sink, err := smtptest.New(smtptest.Options{Security: "none", Delay: delay})
	if err != nil {
		return 0, err
	}
	defer sink.Close()
	db, err := store.Open(ctx, store.Options{Path: filepath.Join(tmp, "mail.db")})
	if err != nil {
		return 0, err
	}
	defer func() { _ = db.Close() }()
	if err := writeLetters(ctx, db.System("benchmark", store.Origin{Source: "bench"}), sink, letters); err != nil {
		return 0, err
	}
	began := time.Now()
	if err := (&mailer.Mailer{DB: db, Log: slog.New(slog.DiscardHandler)}).Drain(ctx); err != nil {
		return 0, err
	}
	took := time.Since(began).Seconds()
	if got := len(sink.Received()); got != letters {
		return 0, fmt.Errorf("%d letters arrived, want %d", got, letters)
	}
	return float64(letters) / took, nil
}

func writeLetters(ctx context.Context, y store.System, sink *smtptest.Server, letters int) error {
	id, err := y.AddProvider(ctx, store.NewProvider{Slug: "nordlift", Name: "Nordlift"})
	if err != nil {
		return err
	}
	if err := y.SetSettings(ctx, map[string]string{store.SetMailHost: sink.Host, store.SetMailPort: strconv.Itoa(sink.Port), store.SetMailSecurity: "none", store.SetMailFrom: "portal@nordlift.test"}); err != nil {
		return err
	}
	return y.Update(ctx, func(y store.System) error {
		for i := range letters {
			d := store.Draft{Kind: "note", To: fmt.Sprintf("p%d@k.test", i), Subject: "Come in", Domain: "portal.test",
				Text: strings.Repeat("a word ", 110), HTML: "<p>" + strings.Repeat(" a word", 180) + "</p>"}
			if _, err := y.MailFor(ctx, id, d); err != nil {
				return err
			}
		}
		return nil
	})
}

// mailTool is "bench mail".
func mailTool(ctx context.Context, args []string, out io.Writer) error {
	f := newFlags("mail", out)
	dir := f.String("dir", os.TempDir(), "where the data file for it is made, and removed again")
	letters := f.Int("letters", 3000, "how many letters wait")
	delay := f.Duration("delay", 0, "how long the mail server takes for each answer")
	asJSON := f.Bool("json", false, "print JSON")
	if err := f.Parse(args); err != nil {
		return err
	}
	rate, err := MeasureMail(ctx, *dir, *letters, *delay)
	if err != nil {
		return err
	}
	if *asJSON {
		return json.NewEncoder(out).Encode(map[string]any{"letters": *letters, "delay_ms": delay.Milliseconds(), "letters_s": rate})
	}
	_, err = fmt.Fprintf(out, "%.0f letters/s, each answer of the mail server after %s   load %s\n", rate, *delay, loadAverage())
	return err
}
