package app

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (a *App) healthRoutes() {
	r := a.Router
	r.HandleFunc("/livez", a.livez).Methods("GET", "HEAD").Name("livez")
	r.HandleFunc("/readyz", a.readyz).Methods("GET", "HEAD").Name("readyz")
	r.Handle("/metrics", a.Site.Handle(a.door(), a.metrics)).Methods("GET", "HEAD").Name("metrics")
}

// livez answers as long as the program runs; it does not touch the file.
func (a *App) livez(w http.ResponseWriter, _ *http.Request) { says(w, http.StatusOK, "alive") }

// readyz answers whether people can be served, with the set-up if nothing else
// yet: who probes decides who may come. Why not is in the log.
func (a *App) readyz(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 3*time.Second)
	defer cancel()
	if err := a.Site.DB.Ping(ctx); err != nil {
		a.Site.Log.Error("not ready", "err", err)
		says(w, http.StatusServiceUnavailable, "not ready")
		return
	}
	says(w, http.StatusOK, "ready")
}

func says(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text+"\n")
}

// metrics shows figures to programs on this machine and to operators. To
// anybody else there is nothing at this address.
func (a *App) metrics(w http.ResponseWriter, r *http.Request) error {
	if !onThisMachine(r) && !a.fromOperator(r) {
		return fault.New(fault.NotFound, "There is nothing at this address.")
	}
	h, err := a.Site.DB.System("metrics", store.Origin{}).Health(r.Context())
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	writeMetrics(w, h, a.Site.DB.Now(), a.started)
	return nil
}

func (a *App) fromOperator(r *http.Request) bool {
	hash, err := web.Token(r)
	if err == nil {
		_, err = a.Site.DB.Operator(r.Context(), hash, a.Site.Origin(r))
	}
	return err == nil
}

// onThisMachine reports whether a program on this machine asked for itself: a
// proxy on this machine, which speaks for others, names itself or them.
func onThisMachine(r *http.Request) bool {
	for _, name := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via"} {
		if r.Header.Get(name) != "" {
			return false
		}
	}
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	host := r.Host
	if name, _, e := net.SplitHostPort(host); e == nil {
		host = name
	}
	ip, _ := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && peer.Addr().Unmap().IsLoopback() && (host == "localhost" || ip.IsLoopback())
}

func writeMetrics(w io.Writer, h store.Health, now, started time.Time) {
	gauge := func(name, help string, v any) {
		_, _ = fmt.Fprintf(w, "# HELP gatehouse_%s %s\n# TYPE gatehouse_%s gauge\ngatehouse_%s %v\n", name, help, name, name, v)
	}
	age := int64(0)
	if !h.Oldest.IsZero() {
		age = int64(now.Sub(h.Oldest).Seconds())
	}
	gauge("uptime_seconds", "Since the program was started.", int64(now.Sub(started).Seconds()))
	gauge("schema_version", "Step of the data file's schema.", h.Schema)
	gauge("file_bytes", "Size of the data file.", h.FileBytes)
	gauge("wal_bytes", "Size of the write-ahead log.", h.WALBytes)
	gauge("providers", "Providers on the appliance.", h.Providers)
	gauge("people", "People with an account, operators aside.", h.People)
	gauge("mail_oldest_seconds", "Age of the oldest mail that should have left.", age)
	gauge("mail_waiting", "Mails on their way out.", h.Waiting)
	gauge("mail_deferred", "Mails that are tried again.", h.Deferred)
	gauge("mail_held", "Mails held while mail is off.", h.Held)
	gauge("mail_failed", "Mails that were given up.", h.Failed)
	gauge("sign_ins_paused", "Accounts and addresses that must wait after too many attempts.", h.Paused)
	gauge("feeds", "Feeds that are pulled.", h.Feeds)
	gauge("feeds_failing", "Feeds whose newest pull failed.", h.FeedsFailing)
}
