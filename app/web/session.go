package web

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/netip"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gorilla/sessions"

	"gatehouse/app/secret"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

const (
	cookieName = "gatehouse"
	flashName  = "gatehouse_flash"
)

// tokens is a gorilla session store whose cookie is the bare token: what it
// opens is looked up in the data file at every request, so that a session can
// be ended there.
type tokens struct{}

func (t tokens) Get(r *http.Request, name string) (*sessions.Session, error) {
	return sessions.GetRegistry(r).Get(t, name)
}

func (t tokens) New(r *http.Request, name string) (*sessions.Session, error) {
	s := sessions.NewSession(t, name)
	s.IsNew = true
	if c, err := r.Cookie(name); err == nil {
		s.ID, s.IsNew = c.Value, false
	}
	return s, nil
}

func (t tokens) Save(_ *http.Request, w http.ResponseWriter, s *sessions.Session) error {
	http.SetCookie(w, sessions.NewCookie(s.Name(), s.ID, s.Options))
	return nil
}

// Token is the hash of the session token the request carries; without a whole
// one it is Unauthenticated.
func Token(r *http.Request) ([]byte, error) {
	s, err := tokens{}.Get(r, cookieName)
	if err != nil || s.ID == "" {
		return nil, fault.New(fault.Unauthenticated, "Please sign in first.")
	}
	hash, err := secret.HashToken(s.ID, secret.Session)
	if err != nil {
		return nil, fault.New(fault.Unauthenticated, "Please sign in first.")
	}
	return hash, nil
}

// CookieToken is the token the request carries, of whatever kind: "" without
// one. That of somebody half signed in is not one of a session.
func CookieToken(r *http.Request) string {
	s, err := tokens{}.Get(r, cookieName)
	if err != nil {
		return ""
	}
	return s.ID
}

// SetToken gives the browser a session token for the addresses below path.
func (s *Site) SetToken(w http.ResponseWriter, r *http.Request, path, token string, life time.Duration) error {
	return s.cookie(w, r, path, token, int(life/time.Second))
}

// ClearToken takes the session token away again.
func (s *Site) ClearToken(w http.ResponseWriter, r *http.Request, path string) error {
	return s.cookie(w, r, path, "", -1)
}

func (s *Site) cookie(w http.ResponseWriter, r *http.Request, path, token string, age int) error {
	e, err := tokens{}.New(r, cookieName)
	if err != nil {
		return err
	}
	e.ID = token
	e.Options = &sessions.Options{Path: path, MaxAge: age, HttpOnly: true, Secure: s.Secure(), SameSite: http.SameSiteLaxMode}
	return e.Save(r, w)
}

// NewToken makes a session token and the hash to keep of it.
func (s *Site) NewToken() (token string, hash []byte) {
	return secret.NewToken(s.DB.Rand(), secret.Session)
}

// Done tells the person what was done on the next page, and sends them there.
func (s *Site) Done(w http.ResponseWriter, r *http.Request, to, says string) error {
	return s.flash(w, r, to, "ok", says)
}

// Warn is Done for an outcome that needs attention.
func (s *Site) Warn(w http.ResponseWriter, r *http.Request, to, says string) error {
	return s.flash(w, r, to, "warn", says)
}

func (s *Site) flash(w http.ResponseWriter, r *http.Request, to, kind, says string) error {
	if says != "" {
		http.SetCookie(w, &http.Cookie{Name: flashName, Value: base64.RawURLEncoding.EncodeToString([]byte(kind + "|" + says)), Path: "/", MaxAge: 60,
			HttpOnly: true, Secure: s.Secure(), SameSite: http.SameSiteLaxMode})
	}
	if wantsJSON(r) { // a script sent it, and goes on by itself
		b, err := json.Marshal(map[string]string{"to": to})
		if err != nil {
			return err
		}
		return Send(w, r, http.StatusOK, "application/json", b)
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// Flash reads what the last request left to say, and takes it away.
func (s *Site) Flash(w http.ResponseWriter, r *http.Request) *ui.Flash {
	c, err := r.Cookie(flashName)
	if err != nil || r.Header.Get("HX-Request") != "" && r.Header.Get("HX-Boosted") == "" { // a part of a page; a boosted form gets a whole one
		return nil
	}
	if w != nil {
		http.SetCookie(w, &http.Cookie{Name: flashName, Path: "/", MaxAge: -1, HttpOnly: true, Secure: s.Secure(), SameSite: http.SameSiteLaxMode})
	}
	b, err := base64.RawURLEncoding.DecodeString(c.Value)
	kind, says, ok := strings.Cut(string(b), "|")
	if err != nil || !ok || !utf8.ValidString(says) || len(says) > 1000 || kind != "ok" && kind != "warn" {
		return nil
	}
	return &ui.Flash{Kind: kind, Text: says}
}

// Origin is where the request came from. Forwarded addresses count only when
// the peer is a proxy the operator trusts.
func (s *Site) Origin(r *http.Request) store.Origin {
	return store.Origin{IP: s.clientIP(r), Agent: r.UserAgent(), Source: "web"}
}

func (s *Site) clientIP(r *http.Request) string {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return ""
	}
	ip := peer.Addr().Unmap()
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && s.trusted(ip); i-- { // from the right: only what our own proxies added
		next, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		ip = next.Unmap()
	}
	return ip.String()
}

func (s *Site) trusted(ip netip.Addr) bool {
	for _, p := range s.Trust {
		if p.Contains(ip) {
			return true
		}
	}
	return false
}
