package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	g "maragu.dev/gomponents"

	"gatehouse/app/web/ui"
	"gatehouse/store/fault"
)

// statuses maps each kind of failure to its answer, once.
var statuses = map[fault.Kind]int{
	fault.Internal: http.StatusInternalServerError, fault.Invalid: http.StatusUnprocessableEntity, fault.Unauthenticated: http.StatusUnauthorized,
	fault.Forbidden: http.StatusForbidden, fault.NotFound: http.StatusNotFound, fault.Conflict: http.StatusConflict, fault.Limited: http.StatusTooManyRequests,
}

// Status is the status of an answer that shows err beside a form, or says it
// on a page of its own. With a failure that passes by itself it also says when.
func Status(w http.ResponseWriter, err error) int {
	var big *http.MaxBytesError
	if errors.As(err, &big) {
		return http.StatusRequestEntityTooLarge
	}
	if f, ok := errors.AsType[*fault.Fault](err); ok && f.Retry > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(f.Retry.Seconds())+1))
	}
	return statuses[fault.Of(err)]
}

func (s *Site) fail(w http.ResponseWriter, r *http.Request, d Door, err error) {
	if errors.Is(err, r.Context().Err()) && r.Context().Err() != nil {
		w.WriteHeader(http.StatusServiceUnavailable) // nobody listens any more, but whoever does must not take silence for success
		return
	}
	err = tooLarge(err)
	kind := fault.Of(err)
	if kind == fault.Internal {
		s.Log.Error("request failed", "id", RequestID(r), "method", r.Method, "path", safePath(r.URL.Path), "err", err)
	}
	switch {
	case wantsJSON(r):
		failJSON(w, r, kind, err)
	case kind == fault.Unauthenticated && d.SignIn != nil:
		http.Redirect(w, r, signInAt(d, r), http.StatusSeeOther)
	default:
		s.failPage(w, r, d, kind, err)
	}
}

func tooLarge(err error) error {
	var big *http.MaxBytesError
	if errors.As(err, &big) {
		return &fault.Fault{Kind: fault.Invalid, Says: "This is too large. Up to " + strconv.FormatInt(big.Limit>>20, 10) + " MB can be sent here.", Cause: err}
	}
	return err
}

func signInAt(d Door, r *http.Request) string {
	to := d.SignIn(r)
	if r.Method == http.MethodGet {
		to += "?" + url.Values{"next": {r.URL.RequestURI()}}.Encode()
	}
	return to
}

func wantsJSON(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Accept"), "json") && !strings.Contains(r.Header.Get("Accept"), "html")
}

func failJSON(w http.ResponseWriter, r *http.Request, kind fault.Kind, err error) {
	w.Header().Set("Content-Type", "application/problem+json")
	status := Status(w, err)
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"status": status, "title": http.StatusText(status), "detail": words(r, kind, err), "fields": fault.Fields(err)})
}

var titles = map[fault.Kind]string{
	fault.Internal: "Something went wrong on our side", fault.Invalid: "That did not work", fault.Unauthenticated: "Please sign in",
	fault.Forbidden: "Not allowed", fault.NotFound: "Not found", fault.Conflict: "That did not work", fault.Limited: "A little too fast",
}

func words(r *http.Request, kind fault.Kind, err error) string {
	if kind == fault.Internal {
		return "Nothing you sent was half saved. If it happens again, tell us this number: " + RequestID(r)
	}
	return fault.Says(err)
}

func (s *Site) failPage(w http.ResponseWriter, r *http.Request, d Door, kind fault.Kind, err error) {
	v := d.View(r)
	title, says := v.T(titles[kind]), words(r, kind, err)
	home := v.Base
	if home == "" {
		home = "/"
	}
	back := ui.Actions(ui.LinkButton(home, v.T("Go to the start page"), "home"))
	var page g.Node
	if len(v.Nav) > 0 {
		page = ui.Page(v, title, ui.Empty("alert-triangle", title, says, back))
	} else {
		page = ui.Plain(v, title, ui.Empty("alert-triangle", title, says, back))
	}
	if e := Page(w, r, Status(w, err), page); e != nil {
		s.Log.Error("render failure page", "id", RequestID(r), "err", e)
	}
}
