package web

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"net"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"time"
)

type ctxKey int

const requestIDKey ctxKey = 1

// RequestID is the number under which the log knows a request.
func RequestID(r *http.Request) string {
	id, _ := r.Context().Value(requestIDKey).(string)
	return id
}

// Stack is the order in which every request passes: recover and log, headers,
// host, cross-origin, then the routes.
func (s *Site) Stack(next http.Handler) http.Handler {
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		plain(w, http.StatusForbidden, "This form was sent from another site. Open the page here and send it again.")
	}))
	return s.logged(s.headers(s.hosts(methods(cross.Handler(next)))))
}

func (s *Site) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var b [8]byte
		_, _ = rand.Read(b[:]) // never fails
		id := hex.EncodeToString(b[:])
		r = r.WithContext(context.WithValue(r.Context(), requestIDKey, id))
		started, rec := time.Now(), &recorder{ResponseWriter: w}
		defer func() {
			if p := recover(); p != nil && p != http.ErrAbortHandler {
				s.Log.Error("panic", "id", id, "path", safePath(r.URL.Path), "panic", p, "stack", string(debug.Stack()))
				if rec.status == 0 {
					plain(rec, http.StatusInternalServerError, "Something went wrong on our side. If it happens again, tell us this number: "+id)
				}
			}
			s.Log.Info("request", "id", id, "method", r.Method, "path", safePath(r.URL.Path), "status", rec.status, "bytes", rec.bytes, "ip", s.clientIP(r), "took", time.Since(started).Round(10*time.Microsecond))
		}()
		next.ServeHTTP(rec, r)
	})
}

// safePath keeps one-time links out of the log.
func safePath(path string) string {
	for _, kind := range []string{"/inv_", "/act_", "/rst_", "/set_", "/eml_", "/obj_", "/sgn_", "/fac_", "/trk_", "/unb_"} {
		if at := strings.Index(path, kind); at >= 0 {
			return path[:at+len(kind)] + "…"
		}
	}
	return path
}

type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(b)
	r.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

func (s *Site) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin") // no-referrer would make the Origin of our own forms "null"
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "private, no-store") // also of redirects; what may be kept says so itself
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(self)")
		if s.Secure() {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// hosts refuses a Host that is not the configured one, so that nothing can be
// built from it and no other name leads here (S21). Before the first set-up
// there is none to compare with; on a loopback address all loopback names are
// one.
func (s *Site) hosts(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if b := s.base.Load(); b != nil && !sameHost(b, r.Host) && !probes[r.URL.Path] {
			plain(w, http.StatusMisdirectedRequest, "This address is not served here. Use "+b.String())
			return
		}
		next.ServeHTTP(w, r)
	})
}

// probes are asked by machines that know the appliance by another name, and
// tell nothing to strangers.
var probes = map[string]bool{"/livez": true, "/readyz": true, "/metrics": true}

func sameHost(base *url.URL, host string) bool {
	if strings.EqualFold(base.Host, host) {
		return true
	}
	name, port, err := net.SplitHostPort(host)
	if err != nil {
		name, port = host, ""
	}
	return loopback(base.Hostname()) && loopback(name) && port == base.Port()
}

func loopback(name string) bool {
	ip := net.ParseIP(strings.Trim(name, "[]"))
	return name == "localhost" || ip != nil && ip.IsLoopback()
}

// methods lets only the methods through that anything here answers.
func methods(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.Method {
		case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
			next.ServeHTTP(w, r)
		default:
			plain(w, http.StatusMethodNotAllowed, "This method is not used here.")
		}
	})
}

func plain(w http.ResponseWriter, status int, says string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(says + "\n"))
}
