package store

import "testing"

func init() {
	planned["outbox"] = planOutbox
	planned["outbox, the mailer's side"] = planMailer
	shortened = append(shortened, mailFacts)
	sorted["FROM json_each(:ids) CROSS JOIN"] = "the letters of one page's rows"
	sorted["AND stage IN ('resolve'"] = "letters in trouble, for the operator"
}

func planOutbox(t *testing.T, s Staff) {
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.enqueue(t.Context(), Draft{Kind: "note", To: "a@b.test"}); err != nil {
		t.Fatal(err)
	}
	raw := func(text string) { must(s.db.exec(s.db.write, text, nil)) }
	raw(`UPDATE outbox SET state = 'deferred'`)
	for _, state := range []string{"", "failed"} {
		for _, f := range []MailFilter{{State: state}, {State: state, After: writeCursor(9, 9)}, {State: state, Search: "ann"}} {
			_, err := s.Outbox(t.Context(), f)
			must(err)
		}
	}
	_, _ = s.Letter(t.Context(), 1)
	_, err := s.MailState(t.Context())
	must(err)
	_, err = s.MailsOfInvitations(t.Context(), 1, 2)
	must(err)
	_, err = s.MailsOfUsers(t.Context(), 1, 2)
	must(err)
	raw(`DELETE FROM outbox`)
}

func planMailer(t *testing.T, s Staff) {
	y := s.db.System("test", Origin{})
	if _, err := y.MailQueue(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := y.Queue(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := y.days(t.Context(), []Mail{{Provider: 1, To: "a"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := y.hours(t.Context(), []Mail{{Provider: 1, To: "a"}}); err != nil {
		t.Fatal(err)
	}
	_, _ = y.stop(t.Context(), 1)
}
