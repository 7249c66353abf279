package app_test

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"gatehouse/app/secret"
	"gatehouse/store"
)

// mark is in every hostile text, to find it again.
const mark = "zq4711"

// hostile are texts that break what takes them on trust.
var hostile = map[string]string{
	"markup":       `<script>` + mark + `</script>"'><img src=x onerror=` + mark + `>`,
	"formula":      `=1+1` + mark,
	"line breaks":  mark + "\r\nBcc: eve@evil.test\r\n\r\nmore",
	"NUL":          mark + "\x00tail",
	"override":     mark + "\u202egnp.exe\u2066",
	"10,000 long":  mark + strings.Repeat("x", 10_000),
	"not UTF-8":    mark + "\xff\xfe\xc0\xaf",
	"template":     `{{.}}${` + mark + `}%s%d%!`,
	"huge number":  "99999999999999999999999",
	"empty":        "",
	"only spaces":  " \t ",
	"wild path":    "../../../../etc/passwd",
	"far number":   "-9223372036854775808",
	"script link":  "javascript:alert(1)//" + mark,
	"other entity": "&lt;b&gt;" + mark + "&amp;",
}

// forAll are the texts for fields that nobody types into, and where each answer
// takes its time; what people type into gets all.
var forAll = []string{"markup", "line breaks", "NUL", "not UTF-8", "huge number", "far number", "empty"}

// offered is a form and who was offered it.
type offered struct {
	form
	by *principal
}

// TestAttack_hostileFields fills every field of every form of every page with
// hostile texts, one at a time. Each gets a sentence, with nothing changed and
// nothing else that was typed lost, or is stored and shown as the text it is.
func TestAttack_hostileFields(t *testing.T) {
	heavy(t)
	w := newWorld(t)
	h := &hostileWalk{world: w, done: map[string]bool{}, seen: map[string]bool{}, told: map[string]bool{}, answers: map[int]int{}, links: w.realLinks()}
	for _, turn := range []func(){func() {}, h.later, h.muchLater} {
		turn()
		h.spy.keep()
		h.was = h.spy.hashes()
		for _, f := range h.walkers() {
			h.form(f.by, f.form)
		}
	}
	blind := []string{}
	for _, r := range w.routes {
		if r.method == "POST" && !h.done[r.name] {
			blind = append(blind, r.name)
			h.blind(r)
		}
	}
	t.Logf("no page of this world offers a form for %s: they were sent every field there is", strings.Join(blind, ", "))
	t.Logf("%d fields of %d routes in %d requests, %d forms taken as they are filled in; answers: %v", len(h.seen), len(h.done), h.asked, h.taken, h.answers)
	if h.asked < 1000 || h.taken*2 < len(h.done) {
		t.Error("that is too few to say anything")
	}
}

type hostileWalk struct {
	*world
	was          map[string]string
	done, seen   map[string]bool // routes; fields of routes
	asked, taken int
	answers      map[int]int
	told         map[string]bool
	links        []string // one-time links, and pages that nothing leads to
}

// later is the world when there is more to decide: mail is set up and a letter
// failed, a portal is off, a provider's admin has not come yet, a file waits
// for its columns, the operator forgot a password.
func (h *hostileWalk) later() {
	h.t.Helper()
	y := h.DB.System("test", store.Origin{})
	h.must(y.SetSettings(h.t.Context(), map[string]string{store.SetMailHost: "127.0.0.1", store.SetMailPort: "9", store.SetMailSecurity: "none", store.SetMailFrom: "portal@example.test"}))
	for _, f := range h.walkersOf("admin", "operator") {
		switch name := h.routeOf(f.method, f.action); {
		case name == "operator.provider.admin.add", name == "admin.imports.upload" && strings.Contains(f.action, "kind=customers"):
			f.fillIn()
			a := h.send(f.ask(f.by, url.Values{"email": {"late@" + wordOne + ".test"}}))
			if a.status >= 400 {
				h.t.Errorf("%s answers %d: %s", f.action, a.status, sentence(a.body))
			}
			h.links = append(h.links, a.header.Get("Location"))
		}
	}
	h.Desk.Wait()
	h.spy.do(`UPDATE outbox SET state = 'failed'`)
	h.spy.do(`UPDATE portals SET state = 'suspended' WHERE id = ?`, int64(h.one.SiblingPortal.ID))
	h.spy.do(`UPDATE customers SET portal_state = 'suspended' WHERE id = ?`, int64(h.one.Sibling))
	who, err := y.Operators(h.t.Context())
	h.must(err)
	token, hash := secret.NewToken(h.DB.Rand(), secret.Reset)
	h.must(y.AddOperatorToken(h.t.Context(), store.OperatorAccount{OperatorPerson: who[0]}, hash, time.Hour))
	h.links = append(h.links, "/operator/link/"+token)
}

// muchLater is the world when links have died, terms are new and somebody has
// not answered an activation.
func (h *hostileWalk) muchLater() {
	h.t.Helper()
	h.spy.do(`UPDATE user_tokens SET expires_at = created_at`)
	h.spy.do(`UPDATE invitations SET expires_at = created_at WHERE accepted_at IS NULL`)
	h.spy.do(`UPDATE portals SET state = 'pending' WHERE id = ?`, int64(h.one.SiblingPortal.ID))
	h.spy.do(`UPDATE customers SET portal_state = 'pending' WHERE id = ?`, int64(h.one.Sibling))
	h.spy.do(`UPDATE users SET state = 'pending' WHERE email LIKE 'left-client@%'`)
	y, at := h.DB.System("test", store.Origin{}), h.one.Staff.Home().ID
	for where, portal := range map[string]store.PortalID{"/admin/" + wordOne: 0, "/portal/" + h.one.Portal.Slug: h.one.Portal.ID} {
		id := h.spy.number(`SELECT id FROM users WHERE state = 'pending' AND provider_id = ? AND (kind = 'staff') = ? LIMIT 1`, int64(at), portal == 0)
		token, hash := secret.NewToken(h.DB.Rand(), secret.Activation)
		_, err := y.AddToken(h.t.Context(), store.Account{ID: store.UserID(id), Provider: at}, portal, secret.Activation, hash, -time.Hour)
		h.must(err)
		h.links = append(h.links, where+"/activate/"+token)
	}
	_, err := h.one.Staff.PublishTerms(h.t.Context(), "Terms", "Other rules", false)
	h.must(err)
}

// walkers are those who see the most at each door, and strangers with links.
func (h *hostileWalk) walkers() []offered {
	return h.walkersOf("admin", "client", "operator", "stranger")
}

// walkersOf collects the forms that pages offer to people of these names.
func (h *hostileWalk) walkersOf(names ...string) (all []offered) {
	for _, name := range names {
		p := h.who[name]
		pages, _ := h.crawl(name)
		paths := slices.Concat(pages[name], h.links, []string{"/operator/sign-in"})
		for _, path := range paths {
			for _, f := range formsOf(path, h.send(ask{who: p, method: "GET", path: path}).body) {
				all = append(all, offered{f, p})
			}
		}
	}
	return all
}

// form sends one form with each of its fields, once for each route.
func (h *hostileWalk) form(p *principal, f form) {
	h.t.Helper()
	if f.method == "GET" || !strings.HasPrefix(f.action, "/") {
		return
	}
	name := h.routeOf(f.method, f.action)
	f.fillIn()
	if !h.done[name] {
		if a := h.ask(p, f, "", ""); a.status < 400 {
			h.taken++
		}
		h.spy.restore()
		h.done[name] = true
	}
	fields := slices.Collect(func(yield func(string) bool) {
		for field := range f.kinds {
			if !yield(field) {
				return
			}
		}
	})
	slices.Sort(fields)
	for _, field := range fields {
		if key := name + " " + field; !h.seen[key] {
			h.seen[key] = true
			for what := range hostile {
				if typed := slices.Contains(f.text, field) && !(route{name: name, method: "POST"}).slow(); typed || slices.Contains(forAll, what) {
					h.judge(p, f, name, field, what)
				}
			}
		}
	}
}

// blind sends a route whose form this world does not show every field that any
// form has, all of them hostile.
func (h *hostileWalk) blind(r route) {
	h.t.Helper()
	p := h.who["stranger"]
	for door, name := range map[string]string{"/admin/": "admin", "/portal/": "client", "/operator/": "operator"} {
		if strings.HasPrefix(r.path, door) {
			p = h.who[name]
		}
	}
	for what, text := range hostile {
		f := form{action: h.ownPath(r), method: "POST", values: url.Values{}}
		for key := range h.seen {
			_, field, _ := strings.Cut(key, " ")
			f.values.Set(field, text)
		}
		if what != "10,000 long" { // so many of them are more than a form may have
			h.judge(p, f, r.name, "", what)
		}
	}
}

// fillIn gives each empty field that people type into something that fits.
func (f *form) fillIn() {
	for _, name := range f.text {
		if f.values.Get(name) != "" {
			continue
		}
		switch f.kinds[name] {
		case "email":
			f.values.Set(name, "probe@probe.test")
		case "number":
			f.values.Set(name, "7")
		case "date":
			f.values.Set(name, "2026-11-20")
		case "password":
			f.values.Set(name, "a heron walked over the ice")
		case "url", "tel", "search", "time", "datetime-local":
		default:
			f.values.Set(name, "Probe")
		}
	}
	for name, all := range f.options {
		if f.values.Get(name) == "" && len(all) > 0 {
			f.values.Set(name, all[len(all)-1])
		}
	}
}

// ask sends a form and waits until all of it is done.
func (h *hostileWalk) ask(p *principal, f form, field, text string) answer {
	h.t.Helper()
	other := url.Values{}
	if field != "" {
		other.Set(field, text)
	}
	h.asked++
	a := h.send(f.ask(p, other))
	h.answers[a.status]++
	h.Desk.Wait()
	return a
}

// judge sends one hostile text in one field and looks at what came of it.
func (h *hostileWalk) judge(p *principal, f form, route, field, what string) {
	h.t.Helper()
	a := h.ask(p, f, field, hostile[what])
	bad := func(format string, args ...any) {
		key := route + field + format
		if !h.told[key] {
			h.told[key] = true
			h.t.Errorf("%s, %s in %q (%s): "+format, append([]any{route, what, field, f.action}, args...)...)
		}
	}
	switch {
	case a.status >= 500 || a.status < 200:
		bad("answers %d: %s", a.status, sentence(a.body))
	case a.status >= 400 && len(sentence(a.body)) < 10:
		bad("answers %d without a sentence", a.status)
	case a.status == http.StatusUnprocessableEntity:
		h.kept(f, field, a, bad)
	}
	if to := a.header.Get("Location"); strings.ContainsAny(to, "\r\n\x00") || to != "" && !strings.HasPrefix(to, "/") && !strings.HasPrefix(to, h.URL) {
		bad("leads to %q", to)
	}
	h.escaped(a.body, bad)
	if !h.spy.changed() {
		return
	}
	if a.status >= 400 {
		for _, table := range changedTables(h.was, h.spy.hashes()) {
			bad("was refused with %d, and changed %s", a.status, table)
		}
	} else {
		h.stored(p, a, what, bad)
	}
	h.spy.back()
}

// stored looks at what was taken: text that is text, letters of one subject,
// and a page that shows it as it is.
func (h *hostileWalk) stored(p *principal, a answer, what string, bad func(string, ...any)) {
	h.t.Helper()
	if what == "NUL" || what == "not UTF-8" || what == "line breaks" {
		for _, at := range h.spy.broken() {
			bad("left broken text in %s", at)
		}
	}
	if to := a.header.Get("Location"); to != "" {
		to = strings.TrimPrefix(to, h.URL)
		page := h.send(ask{who: p, method: "GET", path: to})
		if page.status >= 500 {
			bad("and then %s answers %d", to, page.status)
		}
		h.escaped(page.body, bad)
	}
}

// escaped reports markup of ours that a page shows as markup.
func (h *hostileWalk) escaped(body string, bad func(string, ...any)) {
	for _, raw := range []string{"<script>" + mark, "onerror=" + mark + ">"} {
		if i := strings.Index(body, raw); i >= 0 && (raw[0] == '<' || strings.Contains(body, "<img src=x")) {
			bad("is shown as markup: %s", body[max(0, i-60):min(len(body), i+60)])
		}
	}
	for part := range strings.SplitSeq(body, `href="`) {
		if strings.HasPrefix(strings.ToLower(html.UnescapeString(part[:min(len(part), 40)])), "javascript:") {
			bad("is a link that runs: %.60s", part)
		}
	}
}

// kept reports what people typed into other fields and a refused form lost.
func (h *hostileWalk) kept(f form, field string, a answer, bad func(string, ...any)) {
	h.t.Helper()
	for _, again := range formsOf(f.action, a.body) {
		if h.routeOf(again.method, again.action) != h.routeOf(f.method, f.action) {
			continue
		}
		for _, name := range f.text {
			want := strings.TrimSpace(f.values.Get(name))
			if name == field || want == "" || name == "code" || f.kinds[name] == "password" || again.kinds[name] == "" { // codes are used once
				continue
			}
			if got := strings.TrimSpace(strings.Join(again.values[name], " ")); !strings.Contains(folded(got), folded(want)) {
				bad("was refused, and lost “%s” in %s: “%s”", want, name, got)
			}
		}
		return
	}
}

// folded is a text without the differences that forms are free to make.
func folded(s string) string { return strings.ToLower(strings.ReplaceAll(s, "\r\n", "\n")) }

// sentence is what a page says, without its frame.
func sentence(body string) string {
	if _, main, ok := strings.Cut(body, "<main"); ok {
		body = main
	}
	text := strings.Join(strings.Fields(textOfPage(body)), " ")
	return text[:min(len(text), 300)]
}

func textOfPage(body string) string {
	var out strings.Builder
	in := true
	for _, r := range body {
		switch r {
		case '<':
			in = false
			out.WriteByte(' ')
		case '>':
			in = true
		default:
			if in {
				out.WriteRune(r)
			}
		}
	}
	return out.String()
}

// hashes is a hash of each table, throttles and what runs by itself aside.
func (s *spy) hashes() map[string]string {
	s.t.Helper()
	out := map[string]string{}
	for _, t := range s.tables {
		if t.name == "throttle" || t.name == "throttles" || t.name == "once" || t.name == "sessions" || t.name == "operator_sessions" {
			continue
		}
		n := 0
		var sum uint64 = 14695981039346656037
		for _, row := range s.read(`SELECT quote(json_array(` + t.quoted() + `)) FROM "` + t.name + `"`) {
			n++
			for i := range len(row) {
				sum = (sum ^ uint64(row[i])) * 1099511628211
			}
		}
		out[t.name] = strconv.Itoa(n) + " " + strconv.FormatUint(sum, 16)
	}
	return out
}

// quoted are the columns of a table, binary ones as text.
func (t table) quoted() string {
	cols := strings.Split(t.columns, ", ")
	for i, c := range cols {
		cols[i] = "quote(" + c + ")"
	}
	return strings.Join(cols, ", ")
}

func changedTables(a, b map[string]string) (out []string) {
	for name, sum := range a {
		if b[name] != sum {
			out = append(out, fmt.Sprintf("%s (%s → %s)", name, sum, b[name]))
		}
	}
	slices.Sort(out)
	return out
}

// broken are the text columns that hold a mark beside what is no text, and
// subjects and addresses of letters with a line break.
func (s *spy) broken() (out []string) {
	s.t.Helper()
	for _, t := range s.tables {
		for _, col := range strings.Split(t.columns, ", ") {
			for _, v := range s.read(`SELECT hex(` + col + `) FROM "` + t.name + `" WHERE typeof(` + col + `) = 'text' AND instr(` + col + `, '` + mark + `') > 0`) {
				text := unhex(v)
				oneLine := t.name == "outbox" && (col == `"subject"` || strings.Contains(col, "to_"))
				if !utf8.ValidString(text) || strings.ContainsRune(text, 0) || oneLine && strings.ContainsAny(text, "\r\n") {
					out = append(out, t.name+"."+col)
				}
			}
		}
	}
	return out
}

func unhex(s string) string {
	b := make([]byte, len(s)/2)
	_, _ = fmt.Sscanf(s, "%x", &b)
	return string(b)
}
