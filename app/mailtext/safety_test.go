package mailtext

import (
	"fmt"
	"html"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// hostile are names that have become markup, links or headers elsewhere.
var hostile = []string{
	`[click](http://x.example)`,
	`<img src=http://x.example/p.png>`,
	`<https://x.example>`,
	`</p><script>alert(1)</script><p>`,
	`javascript:alert(1)`,
	`"><a href="http://x.example">free</a>`,
	`' onmouseover='alert(1)`,
	`http://x.example/login`,
	`www.x.example`,
	`x.example`,
	`{{.Link}} %s %[1]s %!d(MISSING) &amp; &#60;b&#62;`,
	`<!-- --> ]]> <style>body{display:none}</style>`,
	"line\r\nBcc: victim@x.example",
	"line\u2028Bcc: victim@x.example",
	"NUL\x00 and \x1b[31m and \x85",
	"right-to-left \u202eexe.fdp\u202c",
	"not text \xff\xfe",
	"`code` **bold** _it_ # title",
	strings.Repeat("ü", 10000),
	"",
}

// filled by reflection: every string a letter has, except those that are links
// of our own making, is what somebody could have typed.
func withText(c Content, text string) Content {
	v := reflect.New(reflect.TypeOf(c)).Elem()
	v.Set(reflect.ValueOf(c))
	fill(v, text)
	return v.Interface().(Content)
}

func (n JobNotice) way() string { return n.Quit.Link }
func (d JobDigest) way() string { return d.Quit.Link }

func fill(v reflect.Value, text string) {
	for i := range v.NumField() {
		f := v.Field(i)
		switch {
		case v.Type().Field(i).Name == "Link":
		case f.Kind() == reflect.String:
			f.SetString(text)
		case f.Type() == reflect.TypeFor[Job]() || f.Type() == reflect.TypeFor[Quit]():
			fill(f, text)
		case f.Type() == reflect.TypeFor[[]PlanPortal]():
			f.Set(reflect.ValueOf([]PlanPortal{{Customer: text, Lost: []string{text}, Back: []string{text, "and"}}}))
		case f.Type() == reflect.TypeFor[[]JobLine]():
			f.Set(reflect.ValueOf([]JobLine{{Number: text, About: text, Event: text}}))
		case f.Kind() == reflect.Slice:
			f.Set(reflect.ValueOf([]string{text, "and"}))
		}
	}
}

func hostileBrand(text string) Brand {
	block := Block{Title: text, Text: text + "\n" + text, Href: text, LinkLabel: text}
	return Brand{Name: text, Primary: text, OnPrimary: text, LogoURL: text, FooterLines: []string{text, text}, Help: block, Community: block, Support: block}
}

var tags = regexp.MustCompile(`<(/?[a-zA-Z!][^\s>/]*)`)
var attributes = regexp.MustCompile(`\s([a-zA-Z-]+)="`)
var links = regexp.MustCompile(`(?:href|src)="([^"]*)"`)

func TestLetters_whatPeopleTypeIsNeverMarkup(t *testing.T) {
	allowed := strings.Fields("!doctype html head meta title style body div table tbody tr td p h1 h2 span a br img")
	for name, letter := range letters {
		for i, text := range hostile {
			t.Run(fmt.Sprintf("%s %d", name, i), func(t *testing.T) {
				got := withText(letter, text).Letter(hostileBrand(text), Reader{Name: text, Lang: text})
				for _, tag := range tags.FindAllStringSubmatch(got.HTML, -1) {
					if !slices.Contains(allowed, strings.TrimPrefix(tag[1], "/")) {
						t.Errorf("a tag <%s>", tag[1])
					}
				}
				for _, a := range attributes.FindAllStringSubmatch(got.HTML, -1) {
					if strings.HasPrefix(a[1], "on") {
						t.Errorf("an attribute %s", a[1])
					}
				}
				if strings.Contains(got.HTML, "<img") || strings.Contains(got.HTML, "url(") {
					t.Error("a picture from elsewhere")
				}
				own := reflect.ValueOf(letter).FieldByName("Link")
				out, _ := reflect.ValueOf(letter).Interface().(interface{ way() string })
				for _, l := range links.FindAllStringSubmatch(got.HTML, -1) {
					mine := own.IsValid() && html.UnescapeString(l[1]) == own.String() || out != nil && html.UnescapeString(l[1]) == out.way()
					if to := html.UnescapeString(l[1]); !mine && (to != text || !strings.HasPrefix(text, "http://")) {
						t.Errorf("a link to %q", to)
					}
				}
			})
		}
	}
}

func TestLetters_whatPeopleTypeIsShownAsTyped(t *testing.T) {
	bare := strings.NewReplacer("\u200c", "")
	for _, name := range hostile[:12] {
		got := PortalInvitation{InvitedBy: name, Customer: "Brightwater", Link: link, Life: life}.Letter(fernhill, readers["en"])
		if text := bare.Replace(strings.Join(strings.Fields(got.Text), " ")); !strings.Contains(text, strings.Join(strings.Fields(name), " ")) {
			t.Errorf("the text part does not show %q:\n%s", name, text)
		}
		if !strings.Contains(bare.Replace(html.UnescapeString(got.HTML)), name) {
			t.Errorf("the HTML part does not show %q", name)
		}
	}
}

func TestLetters_namesAreNotTurnedIntoLinksByMailPrograms(t *testing.T) {
	auto := regexp.MustCompile(`(?i)\bhttps?://\w|\bwww\.\w|\b\w+\.(example|com)\b`)
	for _, name := range []string{"http://evil.com/login", "www.evil.com", "evil.com", "Visit evil.com now", "HTTPS://EVIL.COM"} {
		got := InvitationRevoked{RevokedBy: name, Customer: name, At: at}.Letter(Brand{Name: name}, Reader{Name: name})
		if found := auto.FindString(got.Text); found != "" {
			t.Errorf("%q: the text part has %q", name, found)
		}
		body := got.HTML[strings.Index(got.HTML, "</head>"):]
		if found := auto.FindString(body); found != "" {
			t.Errorf("%q: the HTML part has %q", name, found)
		}
	}
	if got := plain("J. R. Smith & Co. KG, 3.5 t"); strings.Contains(got, "\u200c") {
		t.Errorf("an ordinary name was changed: %q", got)
	}
}

func TestLetters_subjects(t *testing.T) {
	for name, letter := range letters {
		for _, text := range hostile {
			got := withText(letter, text).Letter(hostileBrand(text), Reader{Name: text, Lang: "de"}).Subject
			if n := utf8.RuneCountInString(got); n > 200 || n == 0 {
				t.Errorf("%s: %d characters", name, n)
			}
			if strings.ContainsAny(got, "\r\n\x00\x1b\u0085\u2028\u2029\u202e") || !utf8.ValidString(got) {
				t.Errorf("%s: %q", name, got)
			}
		}
	}
}

func TestLetters_bothPartsTellTheSame(t *testing.T) {
	space := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	strip := regexp.MustCompile(`<[^>]*>`)
	for name, letter := range letters {
		for lang, reader := range readers {
			got := letter.Letter(fernhill, reader)
			body := got.HTML[strings.Index(got.HTML, "<h1"):]
			shown := strings.ReplaceAll(space(html.UnescapeString(strip.ReplaceAllString(body, " "))), "\u200c", "")
			for paragraph := range strings.SplitSeq(got.Text, "\n\n") {
				for l := range strings.SplitSeq(paragraph, "\n") {
					l = strings.TrimPrefix(strings.TrimSpace(l), "* ")
					for _, piece := range strings.Split(strings.TrimSuffix(l, ":"), ": ") {
						if piece = strings.ReplaceAll(space(piece), "\u200c", ""); piece != "--" && piece != "" && !strings.HasPrefix(piece, "https://fernhill") && !strings.Contains(got.HTML, `href="`+piece+`"`) && !strings.Contains(shown, piece) {
							t.Errorf("%s %s: only the text part says %q", name, lang, piece)
						}
					}
				}
			}
			if own := reflect.ValueOf(letter).FieldByName("Link"); own.IsValid() {
				if !strings.Contains(got.Text, "\n"+own.String()+"\n") || strings.Count(got.HTML, own.String()) != 3 {
					t.Errorf("%s: the link does not stand as it is in both parts", name)
				}
			}
		}
	}
}

func TestLetters_sayTheLifeThatTheCallerPromised(t *testing.T) {
	got := PasswordReset{At: at, Link: link, Life: Life{30 * time.Minute, at.Add(30 * time.Minute)}}.Letter(fernhill, readers["en"])
	if want := "The link works for 30 minutes, until 03/01/2026 03:34 PM UTC, and only\nonce."; !strings.Contains(got.Text, want) {
		t.Errorf("got %s", got.Text)
	}
}

func TestBlock_isShownOnlyWithSomethingInIt(t *testing.T) {
	a := letters["activation-portal"]
	b := fernhill
	b.Help, b.Community, b.Support = Block{}, Block{Href: "javascript:alert(1)"}, Block{Text: "Call us."}
	got := a.Letter(b, readers["en"])
	if strings.Contains(got.Text, "Getting started") || strings.Contains(got.Text, "Community") || !strings.Contains(got.Text, "* Questions?\nCall us.\n") {
		t.Errorf("got %s", got.Text)
	}
}

func TestHref(t *testing.T) {
	for text, want := range map[string]bool{
		"https://a.example/x?y=1&z=2#f": true, "http://a.example": true, "mailto:a@b.example": true, "tel:+44113496": true,
		"javascript:alert(1)": false, "data:text/html,x": false, "//a.example": false, "/x": false, "": false, "ftp://a.example": false,
		"https://": false, "https://user:pw@a.example": false, "java\nscript:x": false, "https://a.example/ x": false, "JAVASCRIPT:x": false, "mailto:": false,
	} {
		if got := href(text) != ""; got != want {
			t.Errorf("%q: got %v", text, got)
		}
	}
}

func TestBrand_coloursCanBeRead(t *testing.T) {
	for _, b := range []Brand{
		{}, {Primary: "#0f766e", OnPrimary: "#ffffff"}, {Primary: "#f2a900", OnPrimary: "#ffffff"}, {Primary: "#ffffff"}, {Primary: "#000000", OnPrimary: "#111111"},
		{Primary: "red;background:url(http://x)", OnPrimary: "\"><script>"}, {Primary: "#777777", OnPrimary: "#777777"},
	} {
		primary, on, edge := b.colours()
		if !hex.MatchString(primary) || !hex.MatchString(on) || !hex.MatchString(edge) || contrast(primary, on) < 4.5 {
			t.Errorf("%+v: %s on %s, edge %s, contrast %.2f", b, on, primary, edge, contrast(primary, on))
		}
	}
	if _, on, _ := (Brand{Primary: "#0f766e", OnPrimary: "#fffffe"}).colours(); on != "#fffffe" {
		t.Errorf("a good choice was replaced by %s", on)
	}
	if got := contrast("#000000", "#ffffff"); got < 20.99 || got > 21.01 {
		t.Errorf("black on white is %v", got)
	}
}

func TestBrand_logoTravelsWithTheLetterOrIsNotShown(t *testing.T) {
	for logo, shown := range map[string]bool{
		"cid:logo@fernhill.example": true, "": false, "https://x.example/logo.png": false, "data:image/png;base64,AA": false, "cid:\"><script>": true,
	} {
		got := TestMail{At: at}.Letter(Brand{Name: "Fernhill", LogoURL: logo}, Reader{}).HTML
		if strings.Contains(got, "<img") != shown || strings.Contains(got, "<script") || strings.Contains(got, "x.example") {
			t.Errorf("%q: %v", logo, strings.Contains(got, "<img"))
		}
		if !strings.Contains(got, "Fernhill") {
			t.Errorf("%q: the name is missing", logo)
		}
	}
}

func TestSheet_survivesEscaping(t *testing.T) {
	if strings.ContainsAny(sheet, `<>&"'`) || strings.Count(sheet, "{") != strings.Count(sheet, "}") {
		t.Error("the sheet has signs that would be escaped, or a brace too many")
	}
	got := TestMail{At: at}.Letter(fernhill, Reader{}).HTML
	if !strings.Contains(got, "<style>"+sheet+"</style>") {
		t.Error("the sheet is not in the letter as it is")
	}
}
