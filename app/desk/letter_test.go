package desk

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"gatehouse/app/mailtext"
	"gatehouse/store"
	"gatehouse/store/storetest"
)

// tray catches drafts on their way into the outbox.
type tray struct {
	store.Staff
	got []store.Draft
}

func (t *tray) Mail(_ context.Context, d store.Draft) (store.MailID, error) {
	t.got = append(t.got, d)
	return 1, nil
}

func TestPost_writesInTheProvidersNameAndTheReadersFormats(t *testing.T) {
	db, _ := storetest.Open(t)
	s := storetest.Provider(t, db, "nordlift")
	settings := map[string]string{store.OwnHelpTitle: "First steps", store.OwnHelpHref: "https://nordlift.test/help", store.OwnSupportEmail: "help@nordlift.test"}
	if err := s.SetOwnSettings(t.Context(), settings); err != nil {
		t.Fatal(err)
	}
	if err := db.System("test", store.Origin{}).SetSettings(t.Context(), map[string]string{store.SetBaseURL: "https://portal.test:8443/"}); err != nil {
		t.Fatal(err)
	}
	d, out := New(t.Context(), db, slog.New(slog.NewTextHandler(new(bytes.Buffer), nil))), &tray{Staff: s}
	until := time.Date(2026, 12, 31, 22, 5, 0, 0, time.UTC)
	c := mailtext.Activation{Link: "https://portal.test:8443/x", Life: mailtext.Life{For: time.Hour, Until: until}}
	to := store.Account{ID: 7, Name: "Jürgen", Email: "j@kunde.test", Formats: store.Formats{Date: "DMY", Sep: ".", Clock24: true, Zone: "Europe/Berlin", Language: "de"}}
	for _, a := range []store.Account{to, {Name: "Ann", Email: "ann@kunde.test"}} {
		if _, err := d.post(t.Context(), out, c, a, store.Draft{Link: c.Link, Token: 3}); err != nil {
			t.Fatal(err)
		}
	}
	german, plain := out.got[0], out.got[1]
	for _, want := range []string{"Guten Tag Jürgen", "31.12.2026 23:05 CET", "First steps", "https://nordlift.test/help", "help@nordlift.test"} {
		if !strings.Contains(german.Text, want) {
			t.Errorf("the letter lacks %q:\n%s", want, german.Text)
		}
	}
	if german.ReplyTo != "help@nordlift.test" || german.Domain != "portal.test" || german.User != 7 || german.Token != 3 || german.Kind != "activation" || german.FromName == "" {
		t.Errorf("got %+v", german)
	}
	if want := "12/31/2026 10:05 PM UTC"; !strings.Contains(plain.Text, want) || !strings.Contains(plain.Text, "Hello Ann") {
		t.Errorf("the letter lacks %q:\n%s", want, plain.Text)
	}
}
