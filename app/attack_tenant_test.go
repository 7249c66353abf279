package app_test

import (
	"html"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// matrix sends requests in the name of everybody and judges each answer: by
// the policy of its route, by words that the asker must never read, and by
// whose rows changed.
type matrix struct {
	*world
	was    map[owner]string
	probes int
	seen   map[string]int // answers by policy and status
	failed map[string]bool
}

// TestAttack_tenants is the matrix of every route, everybody, and every kind
// of id. GATEHOUSE_PROBES=n repeats it with n more ids of others.
func TestAttack_tenants(t *testing.T) {
	heavy(t)
	m := &matrix{world: newWorld(t), seen: map[string]int{}, failed: map[string]bool{}}
	m.was = m.spy.sums()
	more, _ := strconv.Atoi(os.Getenv("GATEHOUSE_PROBES"))
	_, forms := m.crawl("admin", "client", "operator")
	for _, r := range m.routes {
		if r.method == "HEAD" {
			continue // the same handler as GET
		}
		for _, p := range m.everybody() {
			if !r.slow() || p.name == "stranger" || p.name == "foreign" {
				m.everyID(r, p, forms, more)
			}
		}
	}
	m.foreignFields(forms)
	t.Logf("%d probes over %d routes, %d forms, %d kinds of people; answers: %v", m.probes, len(m.routes), len(forms), len(m.who), m.seen)
	if m.probes < 30*len(m.routes) {
		t.Errorf("only %d probes", m.probes)
	}
}

// places are the addresses of a route to try: everything one's own, then each
// id in turn somebody else's, and what is no id at all.
func (m *matrix) places(r route, more int) (all []probe) {
	own := func(name string) string { return m.idOf(name, m.one.own()) }
	for _, slug := range [][2]string{{wordOne, m.one.Portal.Slug}, {wordTwo, m.two.Portal.Slug}, {"no-such", "no-such"}} {
		all = append(all, probe{path: r.fill(slug[0], slug[1], own), kind: "whole " + slug[0], absent: slug[0] == "no-such"})
	}
	for _, name := range r.ids() {
		swap := func(kind, id string) {
			all = append(all, probe{kind: kind, swapped: name, id: id, path: r.fill(wordOne, m.one.Portal.Slug, func(n string) string {
				if n == name {
					return id
				}
				return own(n)
			})})
		}
		swap("absent", none)
		swap("sibling", m.idOf(name, m.one.sibling()))
		swap("foreign", m.idOf(name, m.two.own()))
		swap("foreign", m.idOf(name, m.two.sibling()))
		for _, odd := range []string{"0", "-1", "9223372036854775808", "9223372036854775807", "1e3", "0x1", "text", "%00", "' OR 1=1 --"} {
			swap("odd", odd)
		}
		for i := range more {
			swap("foreign", m.nth(name, m.two.own().provider, i))
		}
	}
	return all
}

// nth is one more id of a provider's rows.
func (m *matrix) nth(name string, provider int64, n int) string {
	t, ok := m.spy.table(name)
	if !ok || !t.tenant {
		return none
	}
	if all := m.spy.read(`SELECT id FROM "`+t.name+`" WHERE provider_id = ? ORDER BY id LIMIT 1 OFFSET ?`, provider, n); len(all) > 0 {
		return all[0]
	}
	return none
}

type probe struct {
	path, kind, swapped, id string
	absent                  bool
}

func (m *matrix) everyID(r route, p *principal, forms []form, more int) {
	m.t.Helper()
	var absent answer
	for _, pr := range m.places(r, more) {
		q := ask{who: p, method: r.method, path: pr.path}
		if r.method == "POST" {
			q = m.filled(r, q, forms)
		}
		if pr.kind == "odd" && !p.curious() || p.dead && pr.kind != "foreign" && pr.swapped != "" {
			continue // whom the door refuses, it refuses before it reads an id
		}
		a := m.probe(r, p, q, pr)
		switch {
		case pr.kind == "absent":
			absent = a
		case pr.kind == "foreign" && pr.id != none, pr.kind == "sibling" && p.narrow() && pr.id != none && pr.id != m.idOf(pr.swapped, m.one.own()):
			m.alike(r, p, pr, absent, a)
		case pr.kind == "odd" && r.policy(m.world) != "open" && a.status < 300:
			m.wrong(r, p, pr, "an id that is none answers %d", a.status)
		}
	}
}

// curious are those who try what is no id at all.
func (p *principal) curious() bool {
	return slices.Contains([]string{"admin", "client", "operator", "limited", "stranger"}, p.name)
}

// narrow is true of those who see one customer only.
func (p *principal) narrow() bool {
	return p.name == "limited" || p.name == "client" || p.name == "colleague"
}

// filled gives a request the form that a page offers for its route, so that
// nothing is refused only for being empty.
func (m *matrix) filled(r route, q ask, forms []form) ask {
	for _, f := range forms {
		if m.routeOf(f.method, f.action) == r.name {
			f.action = q.path
			return f.ask(q.who, nil)
		}
	}
	q.form = url.Values{"name": {"Probe"}, "title": {"Probe"}}
	return q
}

// probe sends one request, judges the answer and takes back what it changed.
func (m *matrix) probe(r route, p *principal, q ask, pr probe) answer {
	m.t.Helper()
	m.probes++
	a := m.send(q)
	m.seen[r.policy(m.world)+" "+strconv.Itoa(a.status)]++
	m.judge(r, p, q, pr, a)
	if m.Desk.Wait(); m.spy.changed() {
		m.blame(r, p, pr, differ(m.was, m.spy.sums()))
		m.spy.back()
	}
	return a
}

func (m *matrix) judge(r route, p *principal, q ask, pr probe, a answer) {
	m.t.Helper()
	policy := r.policy(m.world)
	if a.status >= 500 {
		m.wrong(r, p, pr, "our own failure: %d", a.status)
	}
	if m.outsider(r, p, q.path) && policy != "open" && !slices.Contains([]int{http.StatusSeeOther, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusMovedPermanently}, a.status) {
		m.wrong(r, p, pr, "somebody who may not come is answered %d", a.status)
	}
	if policy == "admin" && r.method == "POST" && !m.outsider(r, p, q.path) && p.role == "technician" && a.status < 400 {
		m.wrong(r, p, pr, "a technician is answered %d", a.status)
	}
	body := m.withoutAddresses(a.body, q.path)
	for _, values := range q.said {
		for _, said := range values {
			if len(said) > len(wordOne) {
				body = strings.ReplaceAll(body, html.EscapeString(said), "…")
			}
		}
	}
	for _, word := range p.taboo {
		if i := strings.Index(body, word); i >= 0 {
			m.wrong(r, p, pr, "shows %q: …%s…", word, body[max(0, i-80):min(len(body), i+80)])
		}
	}
}

// outsider reports whether somebody has no business behind the door at all.
func (m *matrix) outsider(r route, p *principal, path string) bool {
	switch {
	case p.door == "" || p.dead:
		return true
	case strings.HasPrefix(path, "/admin/"):
		return p.door != "staff" || !strings.HasPrefix(path+"/", "/admin/"+p.of+"/")
	case strings.HasPrefix(path, "/portal/"):
		return p.door != "client" || !strings.HasPrefix(path+"/", "/portal/"+p.of+"/")
	}
	return p.door != "operator"
}

var slugs = regexp.MustCompile(`(/portal/|/admin/)[a-z0-9-]+`)

// withoutAddresses leaves out what the asker said itself, and names that stand
// at a door for everybody to read.
func (m *matrix) withoutAddresses(body, path string) string {
	for _, h := range []home{m.one, m.two} { // whom a portal is for stands at its door
		if under := path + "/"; strings.HasPrefix(under, "/portal/"+h.Portal.Slug+"/") {
			body = strings.ReplaceAll(body, "Customer of "+h.Slug, "…")
		}
	}
	for _, s := range []string{path, html.EscapeString(path), url.QueryEscape(path), "Provider twin-one", "Provider twin-two", m.one.SiblingPortal.Slug, m.two.SiblingPortal.Slug} {
		body = strings.ReplaceAll(body, s, "…")
	}
	return slugs.ReplaceAllString(body, "…")
}

// alike holds the answer for somebody else's thing against the one for a thing
// that does not exist.
func (m *matrix) alike(r route, p *principal, pr probe, absent, a answer) {
	m.t.Helper()
	if m.outsider(r, p, pr.path) || p.door == "operator" {
		return // refused before any id is looked at, or in charge of all of them
	}
	if a.status != absent.status {
		m.wrong(r, p, pr, "answers %d, what does not exist %d", a.status, absent.status)
	} else if x, y := plainBody(a.body, pr.id), plainBody(absent.body, none); x != y {
		m.wrong(r, p, pr, "can be told from what does not exist: %s", firstDifference(x, y))
	}
}

var hexID = regexp.MustCompile(`\b[0-9a-f]{16}\b`)

func plainBody(body, id string) string {
	body = regexp.MustCompile(`([/=F"])`+regexp.QuoteMeta(id)+`\b`).ReplaceAllString(body, "${1}ID")
	return hexID.ReplaceAllString(body, "REQUEST")
}

func firstDifference(x, y string) string {
	i := 0
	for i < len(x) && i < len(y) && x[i] == y[i] {
		i++
	}
	return "…" + x[max(0, i-60):min(len(x), i+60)] + "… against …" + y[max(0, i-60):min(len(y), i+60)] + "…"
}

// blame judges whose rows a request changed.
func (m *matrix) blame(r route, p *principal, pr probe, whose []owner) {
	m.t.Helper()
	for _, o := range whose {
		mine := m.one
		if p.second {
			mine = m.two
		}
		switch {
		case o.provider == 0 || p.door == "operator": // the appliance's own rows: throttles, settings
		case p.door == "" || p.dead:
			m.wrong(r, p, pr, "somebody without a session changed rows of %v", o)
		case o.provider != mine.own().provider:
			m.wrong(r, p, pr, "changed rows of another provider")
		case p.narrow() && o.company == mine.sibling().company, p.name == "neighbour" && o.company == mine.own().company:
			m.wrong(r, p, pr, "changed rows of another customer")
		}
	}
}

// wrong reports a finding once for each route and kind of person.
func (m *matrix) wrong(r route, p *principal, pr probe, format string, args ...any) {
	m.t.Helper()
	key := r.name + p.name + format
	if !m.failed[key] {
		m.failed[key] = true
		m.t.Errorf("%s %s (%s) by %s, %s %s: "+format, append([]any{r.method, r.path, r.policy(m.world), p.name, pr.kind, pr.swapped}, args...)...)
	}
}

// foreignFields sends every form of the pages with one field at a time holding
// the id of somebody else's thing, and with fields the form does not have.
func (m *matrix) foreignFields(forms []form) {
	m.t.Helper()
	for _, f := range forms {
		r := m.route(f)
		if r.slow() && !strings.Contains(r.name, "invit") {
			continue
		}
		people := []string{"admin", "limited", "technician"}
		if strings.HasPrefix(f.action, "/operator") {
			people = []string{"operator"}
		}
		if strings.HasPrefix(f.action, "/portal/") {
			people = []string{"client", "colleague"}
		}
		for _, name := range people {
			made := [2]url.Values{{}, {}}
			for field, ids := range m.others(f) {
				for i, id := range ids {
					made[i].Set(field, id)
					if f.kinds[field] != "" && name != "technician" && (i == 1) == m.who[name].narrow() {
						m.probe(r, m.who[name], f.ask(m.who[name], url.Values{field: {id}}), probe{path: f.action, kind: "field " + field, swapped: field, id: id})
					}
				}
			}
			for _, all := range made {
				m.probe(r, m.who[name], f.ask(m.who[name], all), probe{path: f.action, kind: "every field"})
			}
		}
	}
}

func (m *matrix) route(f form) route {
	name := m.routeOf(f.method, f.action)
	for _, r := range m.routes {
		if r.name == name && r.method == f.method {
			return r
		}
	}
	return route{name: name, method: f.method, path: f.action}
}

// others are ids of others for the fields of a form that take ids, and for
// fields people only make up.
func (m *matrix) others(f form) map[string][]string {
	out := map[string][]string{}
	names := []string{"provider", "provider_id", "customer", "customer_id", "portal", "portal_id", "user", "user_id", "member", "asset", "assets", "group", "groups", "theme", "type", "invitation", "session", "import", "id", "ids"}
	for name := range f.kinds {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		for _, word := range []string{name, strings.TrimSuffix(name, "_id"), strings.TrimSuffix(name, "s")} {
			if t, ok := m.spy.table(word); ok && t.tenant && !slices.Contains(textFields, name) {
				out[name] = []string{m.idOf(word, m.two.own()), m.idOf(word, m.one.sibling())}
				break
			}
		}
		if len(out[name]) == 0 && (f.kinds[name] == "" || f.kinds[name] == "select" || f.kinds[name] == "radio" || f.kinds[name] == "checkbox") {
			out[name] = []string{strconv.FormatInt(m.two.own().company, 10), strconv.FormatInt(m.one.sibling().company, 10)}
		}
	}
	return out
}

// textFields are names of fields that happen to be tables' names.
var textFields = []string{"name", "kind"}
