package app_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"gatehouse/app/apptest"
	"gatehouse/app/secret"
	"gatehouse/store"
	"gatehouse/store/storetest"
)

// world is an appliance with two equal providers, two customers in each, and
// somebody of every kind, all signed in; and a spy that sees each change of
// the data file and can take it back.
type world struct {
	*apptest.Appliance
	t        testing.TB
	spy      *spy
	handler  http.Handler
	routes   []route
	policy   map[string]string
	one, two home
	who      map[string]*principal
	known    map[idKey]string  // ids that were looked up
	reached  map[string]string // routes that were looked up
}

// home is a provider with its second customer, whose texts bear another word.
type home struct {
	storetest.Twin
	Sibling       store.CustomerID
	SiblingPortal store.Portal
}

// principal is somebody who asks. Its token goes with every request, whatever
// path its cookie was meant for.
type principal struct {
	name   string
	door   string // staff, client, operator; "" for strangers
	of     string // slug of the provider or the portal it belongs to
	role   string
	token  string
	taboo  []string // words that no answer to it may hold
	dead   bool     // its session must open nothing
	second bool     // belongs to twin-two
}

const (
	wordOne, wordTwo     = "twin-one", "twin-two"
	wordSibOne, wordSib2 = "sibling-one", "sibling-two"
)

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{Appliance: apptest.New(t), t: t, who: map[string]*principal{}, known: map[idKey]string{}, reached: map[string]string{}}
	w.handler = w.Handler()
	w.one, w.two = w.newHome(wordOne, wordSibOne), w.newHome(wordTwo, wordSib2)
	w.spy = newSpy(t, w.DB.Path())
	w.people()
	phc, err := secret.Hash(t.Context(), apptest.Password)
	w.must(err)
	w.spy.do(`UPDATE users SET password = ?`, phc)
	w.spy.do(`UPDATE feeds SET url = 'http://127.0.0.1:9/' || id, next_at = next_at + 1000000000`) // asked only by whom a test means
	w.spy.do(`UPDATE operators SET password = ?`, phc)
	w.spy.keep()
	if tt, ok := t.(*testing.T); ok {
		w.routes, w.policy = routes(tt, w.Router), policies(tt)
	}
	return w
}

func (w *world) newHome(slug, sibling string) home {
	w.t.Helper()
	h := home{Twin: storetest.NewTwin(w.t, w.DB, slug)}
	var err error
	h.Sibling, err = h.Staff.AddCustomer(w.t.Context(), store.CustomerEdit{ExternalID: "K-2", CustomerInput: store.CustomerInput{Name: "Customer " + sibling, Email: "info@" + sibling + ".test", City: "City " + sibling}})
	w.must(err)
	h.SiblingPortal, _ = storetest.Portal(w.t, w.DB, h.Staff, h.Sibling, "sue@"+sibling+".test")
	_, err = h.Staff.AddContact(w.t.Context(), h.Sibling, store.ContactEdit{Name: "Contact " + sibling})
	w.must(err)
	_, err = h.Staff.Invite(w.t.Context(), h.SiblingPortal.ID, store.NewInvitation{InviteEdit: store.InviteEdit{Name: "Guest " + sibling}, Hash: []byte("waits " + sibling), Hint: "wait"})
	w.must(err)
	for _, p := range []store.PortalID{h.Portal.ID, h.SiblingPortal.ID} {
		w.must(h.Staff.SetFeatures(w.t.Context(), p, allFeatures()))
	}
	return h
}

func allFeatures() (all []store.Feature) {
	for _, f := range store.Features {
		all = append(all, f.Feature)
	}
	return all
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// people signs everybody in.
func (w *world) people() {
	w.t.Helper()
	w.who["stranger"] = &principal{name: "stranger"}
	for _, role := range []string{"admin", "fleet_admin", "user", "technician", "agent"} {
		w.staff(role, w.one, role)
	}
	w.staff("limited", w.one, "fleet_admin")
	w.spy.do(`UPDATE users SET all_groups = 0 WHERE email LIKE 'limited@%'`)
	w.group("limited@twin-one.test", w.one.Customer)
	w.staff("disabled", w.one, "admin")
	w.spy.do(`UPDATE users SET state = 'disabled' WHERE email LIKE 'disabled@%'`)
	w.staff("expired", w.one, "admin")
	w.spy.do(`UPDATE sessions SET expires_at = created_at WHERE user_id IN (SELECT id FROM users WHERE email LIKE 'expired@%')`)
	w.staff("idle", w.one, "admin")
	w.spy.do(`UPDATE sessions SET seen_at = seen_at - 400000, created_at = created_at - 400000 WHERE user_id IN (SELECT id FROM users WHERE email LIKE 'idle@%')`)
	w.staff("foreign", w.two, "admin")
	w.client("client", w.one, w.one.Portal, "admin")
	w.client("colleague", w.one, w.one.Portal, "user")
	w.client("neighbour", w.one, w.one.SiblingPortal, "admin")
	w.client("far-client", w.two, w.two.Portal, "admin")
	w.client("left-client", w.one, w.one.Portal, "user")
	w.spy.do(`UPDATE memberships SET state = 'disabled' WHERE user_id IN (SELECT id FROM users WHERE email LIKE 'left-client@%')`)
	w.operator()
	for _, name := range []string{"disabled", "expired", "idle", "left-client"} {
		w.who[name].dead = true
	}
	w.taboos()
}

// taboos says which words each of them must never read.
func (w *world) taboos() {
	for _, p := range w.who {
		switch {
		case p.door == "" || p.dead:
			p.taboo = []string{" of " + wordOne, " of " + wordTwo, wordSibOne, wordSib2}
		case p.second:
			p.taboo = []string{wordOne, wordSibOne}
		default:
			p.taboo = []string{wordTwo, wordSib2}
		}
		if p.name == "limited" || p.door == "client" && !p.dead && p.name != "neighbour" {
			p.taboo = append(p.taboo, wordSibOne)
		}
		if p.name == "neighbour" {
			p.taboo = append(p.taboo, "Customer of "+wordOne, "ana@")
		}
		if p.door == "operator" { // no tenant's business
			p.taboo = []string{" of " + wordOne, " of " + wordTwo, wordSibOne, wordSib2, "ana@twin"}
		}
		if p.door == "client" {
			p.taboo = append(p.taboo, "Contact of", "Bare of", "Guest of")
		}
	}
}

func (w *world) staff(name string, h home, role string) {
	w.t.Helper()
	email := name + "@" + h.Slug + ".test"
	y := w.DB.System("test", store.Origin{})
	id, err := y.AddUser(w.t.Context(), h.Staff.Home().ID, store.NewUser{Kind: "staff", Name: "Staff " + name, Email: email, Role: role, Password: "x"})
	if name == "admin" { // the twin's own
		id, err = h.Staff.Me().ID, nil
	}
	w.must(err)
	p := &principal{name: name, door: "staff", of: h.Slug, role: role, second: h.Slug == wordTwo}
	p.token = w.session(store.Account{ID: id, Provider: h.Staff.Home().ID}, 0)
	w.who[name] = p
}

func (w *world) client(name string, h home, to store.Portal, role string) {
	w.t.Helper()
	c := storetest.Member(w.t, w.DB, h.Staff, to.ID, name+"@client-"+h.Slug+".test", role)
	p := &principal{name: name, door: "client", of: to.Slug, role: role, second: h.Slug == wordTwo}
	p.token = w.session(store.Account{ID: c.Me().ID, Provider: h.Staff.Home().ID}, to.ID)
	w.who[name] = p
}

func (w *world) session(a store.Account, portal store.PortalID) string {
	w.t.Helper()
	token, hash := secret.NewToken(w.DB.Rand(), secret.Session)
	w.must(w.DB.System("test", store.Origin{}).StartSession(w.t.Context(), a, portal, hash))
	return token
}

// operator signs in whoever runs the appliance.
func (w *world) operator() {
	w.t.Helper()
	y := w.DB.System("test", store.Origin{})
	id, err := y.AddOperator(w.t.Context(), store.NewOperator{Name: "Olga Operator", Email: "olga@operator.test", Password: "x"})
	w.must(err)
	token, hash := secret.NewToken(w.DB.Rand(), secret.Session)
	w.must(y.StartOperatorSession(w.t.Context(), store.OperatorAccount{OperatorPerson: store.OperatorPerson{ID: id, Name: "Olga Operator", Email: "olga@operator.test"}}, hash))
	w.who["operator"] = &principal{name: "operator", door: "operator", of: "operator", token: token}
}

// group puts a person into a group of its own for one customer.
func (w *world) group(email string, of store.CustomerID) {
	w.spy.do(`INSERT INTO groups (provider_id, customer_id, name, key, created_at)
		SELECT provider_id, id, 'Attack group', 'attack group', created_at FROM customers WHERE id = ?`, int64(of))
	w.spy.do(`INSERT INTO user_groups (provider_id, user_id, group_id)
		SELECT u.provider_id, u.id, g.id FROM users u, groups g WHERE u.email = ? AND g.key = 'attack group'`, email)
}

// ask is one request.
type ask struct {
	who          *principal
	method, path string
	form         url.Values // nil: no body
	body         string     // in place of form
	media        string
	said         url.Values // what somebody filled in; a refused form shows it again
	header       map[string]string
	host         *string // nil is the configured one
	from         string  // address and port; "" is one in common
}

type answer struct {
	status int
	header http.Header
	body   string
}

// send asks the appliance, without a network between.
func (w *world) send(q ask) answer {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), 20*time.Second)
	defer cancel()
	r := httptest.NewRequestWithContext(ctx, q.method, "http://placeholder.test/", strings.NewReader(q.text()))
	u, err := url.ParseRequestURI(q.path)
	if err != nil {
		return answer{status: http.StatusBadRequest, header: http.Header{}} // no server lets it in
	}
	r.URL, r.RequestURI, r.Host = u, q.path, strings.TrimPrefix(w.URL, "http://")
	r.Header.Set("Accept", "text/html")
	if q.method != "GET" && q.method != "HEAD" {
		r.Header.Set("Content-Type", q.mediaType())
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	if q.host != nil {
		r.Host = *q.host
	}
	if q.from != "" {
		r.RemoteAddr = q.from
	}
	if q.who != nil && q.who.token != "" {
		r.Header.Set("Cookie", "gatehouse="+q.who.token)
	}
	for k, v := range q.header {
		r.Header.Set(k, v)
	}
	rec := &streamed{ResponseRecorder: httptest.NewRecorder(), end: cancel}
	w.handler.ServeHTTP(rec, r)
	return answer{rec.Code, rec.Result().Header, rec.Body.String()}
}

func (q ask) text() string {
	if q.form != nil {
		return q.form.Encode()
	}
	return q.body
}

func (q ask) mediaType() string {
	if q.media != "" {
		return q.media
	}
	return "application/x-www-form-urlencoded"
}

// streamed hangs up on answers without an end shortly after they began.
type streamed struct {
	*httptest.ResponseRecorder
	end context.CancelFunc
}

func (s *streamed) WriteHeader(status int) {
	if strings.HasPrefix(s.Header().Get("Content-Type"), "text/event-stream") {
		time.AfterFunc(30*time.Millisecond, s.end)
	}
	s.ResponseRecorder.WriteHeader(status)
}

func (s *streamed) Write(b []byte) (int, error) {
	if !s.ResponseRecorder.Flushed && strings.HasPrefix(s.Header().Get("Content-Type"), "text/event-stream") {
		time.AfterFunc(30*time.Millisecond, s.end)
	}
	return s.ResponseRecorder.Write(b)
}

// token makes one-time links of a kind for the twin's people.
func (w *world) token(kind string) func(portal bool) string {
	return func(portal bool) string {
		a, at := store.Account{ID: w.one.Staff.Me().ID, Provider: w.one.Staff.Home().ID}, store.PortalID(0)
		if portal {
			a.ID, at = w.one.Client.Me().ID, w.one.Portal.ID
		}
		secretOf, hash := secret.NewToken(w.DB.Rand(), kind)
		_, err := w.DB.System("test", store.Origin{}).AddToken(w.t.Context(), a, at, kind, hash, time.Hour)
		w.must(err)
		return secretOf
	}
}

// invitation makes a link into the twin's portal.
func (w *world) invitation(bool) string {
	token, hash := secret.NewToken(w.DB.Rand(), secret.Invitation)
	_, err := w.one.Staff.Invite(w.t.Context(), w.one.Portal.ID, store.NewInvitation{Hash: hash, Hint: token[len(token)-4:]})
	w.must(err)
	return token
}
