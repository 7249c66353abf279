package ui

import (
	"gatehouse/assets"
	"net/url"
	"regexp"
	"time"

	"strings"
	"testing"

	g "maragu.dev/gomponents"
)

func render(t *testing.T, n g.Node) string {
	t.Helper()
	var b strings.Builder
	if err := n.Render(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func sampleView() *View {
	return &View{Brand: Brand{Name: "Fernhill Rental", SupportText: "Call the yard", SupportHref: "tel:+441234"}, Base: "/admin/fernhill", Path: "/admin/fernhill",
		Nav: []NavItem{
			{Label: "Overview", Href: "#", Icon: "layout-dashboard", Section: "Fleet", Current: true}, {Label: "Assets", Href: "#", Icon: "backhoe", Section: "Fleet", Count: "214"},
			{Label: "Faults", Href: "#", Icon: "alert-triangle", Section: "Fleet", Count: "2", Hot: true}, {Label: "Customers", Href: "#", Icon: "building", Section: "Manage"}, {Label: "Settings", Href: "#", Icon: "settings", Section: "Manage"}},
		Who: Who{Name: "Ana Kowalska", Sub: "Portal administrator", Links: []Link{{"Your account", "#", "user"}}, SignOut: "/sign-out"}, Flash: &Flash{"ok", "The invitation is on its way."},
		Search: &SearchBox{Action: "/search", Placeholder: "Search assets, customers, users"}}
}

func TestGalleryHasNoInlineStyleOrScript(t *testing.T) {
	page := render(t, Gallery(sampleView()))
	for _, bad := range []string{" style=", "<style", "javascript:", " onclick=", "hx-on", "<script>"} {
		if strings.Contains(page, bad) {
			t.Errorf("the gallery contains %q, which the content security policy refuses", bad)
		}
	}
	if !strings.HasPrefix(page, "<!doctype html>") {
		t.Errorf("the page begins with %q", page[:40])
	}
}

func readCSS(t *testing.T, name string) string {
	t.Helper()
	b, err := assets.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

const hostile = `"><script>alert(1)</script><img src=x onerror=alert(1)>'&`

// everyPart is every part with hostile texts wherever a text can be handed in.
func everyPart(x string) g.Node {
	v := &View{Lang: x, Brand: Brand{Name: x, CSS: x, LogoURL: x, SupportText: x, SupportHref: x}, Base: x, Path: x, Theme: x, Live: x,
		Nav: []NavItem{{Label: x, Href: x, Icon: x, Count: x, Section: x}}, Who: Who{Name: x, Sub: x, Links: []Link{{x, x, x}}, SignOut: x},
		Flash: &Flash{x, x}, Banner: g.Text(x), Search: &SearchBox{x, x, x}}
	f := Field{Name: x, Label: x, Value: x, Type: x, Hint: x, Error: x, Placeholder: x, Autocomplete: x, Inputmode: x, Min: x, Top: x, Step: x, Pattern: x, Suffix: x}
	q := url.Values{x: {x}, "q": {x}}
	bytes := func(b []byte, s string) []byte { return AppendTwo(AppendBadge(AppendLink(b, s, s), s, s), s, s, s) }
	spec := TableSpec[string]{ID: x, Caption: x, Path: x, Query: q, Sort: x, Select: true, RowID: func(s string) string { return s }, RowLabel: func(s string) string { return s },
		RowClass: func(s string) string { return s }, RowActions: func(s string) g.Node { return RowMenu(s, MenuLink(s, s, s), PostButton(s, s, s, s, s)) }, Bulk: Bulk(v, x, x, Button(x)),
		Columns: []Column[string]{{Label: x, Sort: x, Bytes: bytes}, {Label: x, Cell: func(s string) g.Node { return g.Text(s) }}, {Label: x, Bytes: func(b []byte, s string) []byte { return v.AppendMeter(AppendText(b, s), 1, 2, 1, s, s) }}}}
	parts := []g.Node{
		PageHead(v, x, []Link{{x, x, x}}, LinkButton(x, x, x), PrimaryLink(x, x, x), Danger(x), Primary(x), PlainButton(x), IconButton(x, x), TextLink(x, x), PostPrimary(x, x, x, x, x)),
		Tabs(v, []Tab{{x, x, true, x}}), CardWith(CardSpec{Title: x, ID: x, Note: x}, Muted(x), Hidden(x), PageLead(x)), StatLink(x, x, x, x), Empty(x, x, x), Badge(x, x), Notice(x, x), DL(Row(x, x)), Details(x),
		Steps(v, []Step{{x, x, x}, {x, x, "current"}}), Timeline([]TimelineItem{{Icon: x, Kind: x, Title: x, Who: x, When: x, Body: g.Text(x)}}), Avatar(x), CopyField(x, x, x), QR(x), Meter(1, 2, 0, x), Menu(x, x, MenuLink(x, x, x)),
		Form(x, Input(f), Textarea(f, 3), Select(f, []Option{{Value: x, Label: x, Group: x}}), Checkbox(x, x, x, x, true, false), Switch(x, x, x, x, true, false), Radios(f, []Option{{Value: x, Label: x, Hint: x}}), Checks(f), FileField(f, x), Fieldset(x, x), HiddenFields(x, x)),
		ErrorSummary(v, map[string]string{x: x, "": x}, x), UploadForm(x), GetForm(x), Table(v, spec, []string{x}),
		List(x, Filters(v, FilterSpec{Action: x, Query: q, Placeholder: x, Filters: []Filter{{x, x, x, []Option{{Value: x, Label: x}}}}, Chips: []Chip{{x, x}}, Keep: []string{x}}), Pager(v, 1, x, x, x)),
		Dialog(v, x, x, x, g.Text(x)), DialogLink(x, x, x, x), DialogPrimary(x, x, x, x), DialogMenuLink(x, x, x, x), Confirm(v, x, x, x, x, x, x, x), ConfirmPage(v, x, x, x, x, x, x, x),
		BarChart(v, BarSpec{x, x, x, x, []string{x}, []Series{{x, []float64{1}}, {x, nil}}}), LineChart(v, LineSpec{x, x, x, x, []time.Time{galleryNow, galleryNow.Add(time.Hour)}, []Series{{x, []float64{1, 2}}}}), Sparkline(x, []float64{1, 2}),
		Map(v, x, x, MapOpts{Label: x, ListTo: x}), Live(v, x), Progress(v, 1, 2, x),
	}
	return g.Group{Page(v, x, parts...), Plain(v, x, parts...)}
}

func TestHostileTextIsEscapedEverywhere(t *testing.T) {
	page := render(t, everyPart(hostile))
	for _, bad := range []string{"<script>", "<img src=x", `"><`, "onerror=alert(1)>"} {
		if i := strings.Index(page, bad); i >= 0 {
			// an attribute value may end and its element too; what follows must then be our own markup
			if bad == `"><` && !strings.Contains(page, `"><script>alert`) {
				continue
			}
			t.Errorf("%q got through: …%s…", bad, page[max(0, i-80):min(len(page), i+80)])
		}
	}
	if !strings.Contains(page, "&lt;script&gt;alert(1)&lt;/script&gt;") {
		t.Error("the hostile text does not show at all")
	}
}

func TestHostileAddressesLeadNowhere(t *testing.T) {
	page := render(t, everyPart("javascript:alert(1)"))
	for _, bad := range []string{`href="javascript:`, `action="javascript:`, `src="javascript:`, `formaction="javascript:`, `hx-get="javascript:`} {
		if strings.Contains(page, bad) {
			t.Errorf("%s got through", bad)
		}
	}
}

func TestSafeHref(t *testing.T) {
	for in, want := range map[string]string{
		"https://example.com/a?b=c": "https://example.com/a?b=c", "mailto:a@example.com": "mailto:a@example.com", "tel:+4412": "tel:+4412",
		"/assets": "/assets", "?after=1": "?after=1", "#top": "#top", "": "#",
		"//evil.example": "#", "/\\evil.example": "#", "javascript:alert(1)": "#", "JaVaScRiPt:alert(1)": "#", " javascript:alert(1)": "#", "java\nscript:x": "#",
		"data:text/html,x": "#", "https:evil": "#", "vbscript:x": "#", "assets": "#",
	} {
		if got := SafeHref(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// Ids must be unique, and what points at an id must find it.
func TestReferencesInTheGalleryLeadSomewhere(t *testing.T) {
	page := render(t, Gallery(sampleView()))
	ids := map[string]bool{}
	for _, m := range regexp.MustCompile(` id="([^"]+)"`).FindAllStringSubmatch(page, -1) {
		if ids[m[1]] {
			t.Errorf("id %q stands twice", m[1])
		}
		ids[m[1]] = true
	}
	for _, m := range regexp.MustCompile(` (?:for|form|aria-labelledby|aria-describedby|data-open|popovertarget)="([^"]+)"`).FindAllStringSubmatch(page, -1) {
		for id := range strings.FieldsSeq(m[1]) {
			if !ids[id] {
				t.Errorf("%q points at nothing", id)
			}
		}
	}
}

func TestAFieldsErrorIsTiedToIt(t *testing.T) {
	got := render(t, Input(Field{Name: "email", Label: "Email", Error: "Enter an address.", Hint: "Any will do."}))
	for _, want := range []string{`aria-describedby="f-email-hint f-email-error"`, `aria-invalid="true"`, `id="f-email-error"`, `<label for="f-email">`} {
		if !strings.Contains(got, want) {
			t.Errorf("%s lacks %s", got, want)
		}
	}
}

func TestErrorsStandInTheOrderOfTheForm(t *testing.T) {
	got := render(t, ErrorSummary(&View{}, map[string]string{"b": "Second.", "a": "First.", "z": "Forgotten."}, "a", "b"))
	a, b, z := strings.Index(got, "First."), strings.Index(got, "Second."), strings.Index(got, "Forgotten.")
	if a < 0 || a > b || b > z {
		t.Errorf("order is %d %d %d in %s", a, b, z, got)
	}
	if !strings.Contains(got, `href="#f-a"`) {
		t.Errorf("%s does not lead to the field", got)
	}
}
