package admin

import (
	"context"
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (a *Admin) outboxRoutes(r *mux.Router) {
	r.Handle("/outbox", a.staff(a.listOutbox)).Methods("GET", "HEAD").Name("admin.outbox")
	r.Handle("/outbox/{mail}", a.staff(a.showLetter)).Methods("GET", "HEAD").Name("admin.letter")
	r.Handle("/outbox/{mail}/html", a.staff(a.letterHTML)).Methods("GET", "HEAD").Name("admin.letter.html")
	r.Handle("/outbox/{mail}/link", a.staff(a.letterLink)).Methods("POST").Name("admin.letter.link")
	r.Handle("/outbox/{mail}/retry", a.staff(a.retryLetter)).Methods("POST").Name("admin.letter.retry")
	r.Handle("/outbox/{mail}/cancel", a.staff(a.cancelLetter)).Methods("POST").Name("admin.letter.cancel")
}

// mailState is how the provider's mail is doing, for those who may know. A page
// is worth more than its mark, so a failure shows as nothing to tell.
func (a *Admin) mailState(r *http.Request, s store.Staff) store.MailState {
	if !s.May(store.OutboxRead) {
		return store.MailState{}
	}
	m, err := s.MailState(r.Context())
	if err != nil {
		return store.MailState{}
	}
	return m
}

func (a *Admin) listOutbox(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	q := r.URL.Query()
	list, err := s.Outbox(r.Context(), store.MailFilter{State: q.Get("state"), Search: q.Get("q"), After: q.Get("after")})
	if err != nil {
		return err
	}
	m, err := s.MailState(r.Context())
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, outboxPage(a.view(w, r, s), outbox{Query: q, Page: list, Mail: m, Now: s.Now()}))
}

func (a *Admin) letter(r *http.Request, s store.Staff) (store.Mail, error) {
	id, err := web.ID[store.MailID](r, "mail")
	if err != nil {
		return store.Mail{}, err
	}
	return s.Letter(r.Context(), id)
}

func (a *Admin) showLetter(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	m, err := a.letter(r, s)
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, letterPage(a.view(w, r, s), s, m, ""))
}

// letterHTML serves a letter's HTML to the frame on its page. Whatever got into
// it, nothing runs, nothing is fetched, and no other page can show it.
func (a *Admin) letterHTML(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	m, err := a.letter(r, s)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'")
	return web.Send(w, r, http.StatusOK, "text/html; charset=utf-8", []byte(m.HTML))
}

// letterLink shows the link of a letter that was not sent, once, and notes who
// wanted it.
func (a *Admin) letterLink(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.OutboxLink); err != nil {
		return err
	}
	m, err := a.letter(r, s)
	if err != nil {
		return err
	}
	link, err := s.RevealLink(r.Context(), m.ID)
	if fault.Of(err) == fault.Conflict {
		return a.site.Warn(w, r, letterPath(r, m), fault.Says(err))
	}
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, letterPage(a.view(w, r, s), s, m, link))
}

func (a *Admin) retryLetter(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	return a.decide(w, r, s, store.OutboxRetry, s.RetryMail, "The letter is on its way.")
}

func (a *Admin) cancelLetter(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	return a.decide(w, r, s, store.OutboxCancel, s.CancelMail, "The letter was taken out of the outbox.")
}

func (a *Admin) decide(w http.ResponseWriter, r *http.Request, s store.Staff, v store.Verb, do func(context.Context, store.MailID) error, says string) error {
	if err := s.Can(v); err != nil {
		return err
	}
	m, err := a.letter(r, s)
	if err != nil {
		return err
	}
	err = do(r.Context(), m.ID)
	if fault.Of(err) == fault.Conflict {
		return a.site.Warn(w, r, letterPath(r, m), fault.Says(err))
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, letterPath(r, m), says)
}

func letterPath(r *http.Request, m store.Mail) string { return base(r) + "/outbox/" + id(m.ID) }
