//go:build compare

package bench

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/gorilla/mux"
	"github.com/gorilla/sessions"
	_ "modernc.org/sqlite" // the driver that database/sql knows as sqlite

	"gatehouse/app/secret"
)

// compares says that this program holds the server to compare with. It does so
// only with the build tag compare: a template calls methods by name, and a
// program in which anything does that keeps every method of every type, six
// megabytes of them.
const compares = true

// naive serves the portal's list of assets in the obvious way, over the same
// data file and with the same page: database/sql without prepared statements,
// a count(*), html/template, gorilla's router and sessions. It knows whose
// rows to show and nothing else of what the product does. It is what figures
// are compared with, since it can be measured wherever the product can.
type naive struct {
	db    *sql.DB
	page  *template.Template
	store *sessions.CookieStore
}

//go:embed naive.html
var naivePage string

func newNaive(data string) (http.Handler, error) {
	db, err := sql.Open("sqlite", "file:"+data+"?_pragma=busy_timeout(5000)&_pragma=query_only(1)")
	if err != nil {
		return nil, err
	}
	n := &naive{db: db, store: sessions.NewCookieStore(make([]byte, 32)), page: template.Must(template.New("").Funcs(template.FuncMap{
		"badge": func(s string) string { return map[string]string{"active": "ok", "idle": "", "service": "warn"}[s] },
		"word":  func(s string) string { return strings.ToUpper(s[:1]) + s[1:] },
		"hours": func(v float64) string { return fmt.Sprintf("%.1f", v) },
		"iso":   func(at int64) string { return time.Unix(at, 0).UTC().Format(time.RFC3339) },
		"stamp": func(at int64) string { return time.Unix(at, 0).UTC().Format("01/02/2006 3:04 PM") },
		"day":   func(at int64) string { return time.Unix(at, 0).UTC().Format("01/02/2006") },
	}).Parse(naivePage))}
	r := mux.NewRouter()
	r.HandleFunc("/portal/{portal}/assets", n.list).Methods("GET")
	r.HandleFunc("/livez", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "alive") })
	return r, nil
}

type naiveRow struct {
	ID, SeenAt                                     int64
	Name, ExternalID, Make, Model, Type, Status    string
	Hours, Fuel                                    float64
	serial, since, until, hoursAt, fuelAt, engine1 any
}

type naiveGroup struct {
	ID   int64
	Name string
}

type naiveCount struct {
	Status string
	N      int
}

type naiveData struct {
	Base, User, Customer, Portal, Next string
	Rows                               []naiveRow
	Counts                             []naiveCount
	Types                              []string
	Groups                             []naiveGroup
	Total                              int
	provider, customer                 int64
}

func (n *naive) list(w http.ResponseWriter, r *http.Request) {
	if _, err := n.store.Get(r, "settings"); err != nil {
		slog.Debug("no session of that kind", "err", err)
	}
	d := naiveData{Base: "/portal/" + mux.Vars(r)["portal"], Next: "x"}
	if err := n.fill(r, &d); err != nil {
		http.Error(w, err.Error(), http.StatusForbidden)
		return
	}
	var b strings.Builder
	if err := n.page.Execute(&b, d); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", fmt.Sprint(b.Len()))
	_, _ = w.Write([]byte(b.String()))
	slog.Info("request", "method", r.Method, "path", r.URL.Path, "status", 200)
}

const naiveMine = ` FROM assets a WHERE a.provider_id = ? AND a.customer_id = ? AND a.since <= unixepoch() AND (a.until IS NULL OR a.until > unixepoch())`

func (n *naive) fill(r *http.Request, d *naiveData) error {
	ctx := r.Context()
	if err := n.who(r, d); err != nil {
		return err
	}
	if err := n.db.QueryRowContext(ctx, `SELECT count(*)`+naiveMine, d.provider, d.customer).Scan(&d.Total); err != nil {
		return err
	}
	err := n.each(ctx, `SELECT a.id, a.name, coalesce(a.external_id, ''), a.serial, a.make, a.model, a.type, a.status, a.since, a.until, coalesce(a.hours, 0), a.hours_at, coalesce(a.fuel, 0), a.fuel_at, a.engine, a.seen_at`+naiveMine+` ORDER BY a.name, a.id LIMIT 50`, d, func(rows *sql.Rows) error {
		var a naiveRow
		d.Rows = append(d.Rows, a)
		p := &d.Rows[len(d.Rows)-1]
		return rows.Scan(&p.ID, &p.Name, &p.ExternalID, &p.serial, &p.Make, &p.Model, &p.Type, &p.Status, &p.since, &p.until, &p.Hours, &p.hoursAt, &p.Fuel, &p.fuelAt, &p.engine1, &p.SeenAt)
	})
	if err != nil {
		return err
	}
	err = n.each(ctx, `SELECT a.status, count(*)`+naiveMine+` GROUP BY +a.status`, d, func(rows *sql.Rows) error {
		var c naiveCount
		err := rows.Scan(&c.Status, &c.N)
		d.Counts = append(d.Counts, c)
		return err
	})
	if err != nil {
		return err
	}
	err = n.each(ctx, `SELECT DISTINCT +a.type`+naiveMine+` ORDER BY 1`, d, func(rows *sql.Rows) error {
		var kind string
		err := rows.Scan(&kind)
		d.Types = append(d.Types, kind)
		return err
	})
	if err != nil {
		return err
	}
	return n.each(ctx, `SELECT id, name FROM groups WHERE provider_id = ? AND customer_id = ? ORDER BY name`, d, func(rows *sql.Rows) error {
		var g naiveGroup
		err := rows.Scan(&g.ID, &g.Name)
		d.Groups = append(d.Groups, g)
		return err
	})
}

func (n *naive) each(ctx context.Context, text string, d *naiveData, fn func(*sql.Rows) error) error {
	rows, err := n.db.QueryContext(ctx, text, d.provider, d.customer)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := fn(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// who finds the session's person, customer and portal.
func (n *naive) who(r *http.Request, d *naiveData) error {
	cookie, err := r.Cookie("gatehouse")
	if err != nil {
		return err
	}
	hash, err := secret.HashToken(cookie.Value, secret.Session)
	if err != nil {
		return err
	}
	return n.db.QueryRowContext(r.Context(), `SELECT o.provider_id, o.customer_id, u.name, c.name, o.name FROM sessions s JOIN users u ON u.id = s.user_id
		JOIN portals o ON o.id = s.portal_id JOIN customers c ON c.id = o.customer_id WHERE s.hash = ? AND s.expires_at > unixepoch() AND o.slug = ?`, hash, mux.Vars(r)["portal"]).
		Scan(&d.provider, &d.customer, &d.User, &d.Customer, &d.Portal)
}
