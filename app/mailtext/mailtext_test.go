package mailtext

import (
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the golden files anew")

const link = "https://portal.fernhill.example/portal/brightwater/activate/act_k3J9x2mQpLr7TvWz0yBcDfGhJkMnPqRsTuVwXyZ1234"

const codePage = "https://portal.fernhill.example/portal/brightwater/code"

var (
	at   = time.Date(2026, 3, 1, 15, 4, 0, 0, time.UTC)
	life = Life{For: 7 * 24 * time.Hour, Until: at.Add(7 * 24 * time.Hour)}

	fernhill = Brand{
		Name: "Fernhill Rental", Primary: "#0f766e", OnPrimary: "#ffffff",
		FooterLines: []string{"12 Quarry Lane, Leeds LS2 7AB", "Company number 04512345 · +44 113 496 0000"},
		Help:        Block{"First steps", "How to find a machine, read its hours and report a problem.", "https://fernhill.example/help", "To the guide"},
		Community:   Block{"", "Site managers compare notes here every Thursday.", "https://fernhill.example/community", ""},
		Support:     Block{"", "We answer from 7 to 18 o'clock on working days.", "mailto:support@fernhill.example", "support@fernhill.example"},
	}
	berlin = func() *time.Location {
		zone, err := time.LoadLocation("Europe/Berlin")
		if err != nil {
			return time.FixedZone("CET", 3600)
		}
		return zone
	}()
	readers = map[string]Reader{
		"en": {Name: "Ana Kowalska", Lang: "en"},
		"de": {Name: "Anna Müller", Lang: "de", Zone: berlin, Date: func(t time.Time) string { return t.Format("02.01.2006 15:04") }},
	}
)

var delivery = Job{Shape: "delivery", Number: "J-1042", About: "Kestrel Homes", Where: "12 Quarry Lane, Leeds", When: "03/01/2026, 8:00 AM–12:00 PM", Link: "https://portal.fernhill.example/portal/brightwater/deliveries/42"}

func quit(event string) Quit {
	return Quit{"https://portal.fernhill.example/notices/unb_k3J9x2mQpLr7TvWz0yBcDfGhJkMnPqRsTuVwXyZ1234", event}
}

// letters are one of each kind, and of those that differ much, one of each sort.
var letters = map[string]Content{
	"activation-portal":   Activation{InvitedBy: "Tom Hale", Portal: "Brightwater Civil", Username: "ana@brightwater.example", Link: link, Life: life},
	"activation-staff":    Activation{Username: "ana@fernhill.example", Link: link, Life: Life{48 * time.Hour, at.Add(48 * time.Hour)}, Again: true},
	"invitation":          PortalInvitation{InvitedBy: "Tom Hale", Customer: "Brightwater Civil", Portal: "Brightwater portal", Areas: []string{"Machines", "Map", "Activity"}, Link: link, Life: life},
	"invitation-resent":   InvitationResent{Customer: "Brightwater Civil", Portal: "Brightwater portal", Link: link, Life: life},
	"invitation-revoked":  InvitationRevoked{RevokedBy: "Tom Hale", Customer: "Brightwater Civil", At: at},
	"invitation-accepted": InvitationAccepted{Who: "Ana Kowalska", Email: "ana@brightwater.example", Customer: "Brightwater Civil", Portal: "Brightwater portal", At: at, Link: "https://portal.fernhill.example/admin/fernhill/customers/12/portal"},
	"invitation-joins":    PortalInvitation{InvitedBy: "Tom Hale", Customer: "Brightwater Civil", Portal: "Brightwater portal", Joins: true, Link: link, Life: life},
	"invitation-joined":   InvitationAccepted{Who: "Ana Kowalska", Email: "ana@brightwater.example", Customer: "Brightwater Civil", Portal: "Brightwater portal", Joins: true, At: at, Link: "https://portal.fernhill.example/admin/fernhill/customers/12/portal"},
	"link-asked":          LinkAsked{Name: "Ana Kowalska", Email: "ana@brightwater.example", Customer: "Brightwater Civil", At: at, Link: "https://portal.fernhill.example/admin/fernhill/customers/12/portal"},
	"feedback":            Feedback{Who: "Ana Kowalska", Email: "ana@brightwater.example", Customer: "Brightwater Civil", Page: "/portal/brightwater/assets", Text: "Very handy.\nCould the list show the next service?", At: at, Link: "https://portal.fernhill.example/admin/fernhill/feedback"},
	"reset":               PasswordReset{At: at, Where: "Firefox on Windows, 192.0.2.17", Link: link, Life: Life{30 * time.Minute, at.Add(30 * time.Minute)}},
	"reset-code":          PasswordReset{At: at, Link: link, Life: Life{30 * time.Minute, at.Add(30 * time.Minute)}, Code: "042137", CodePage: codePage},
	"activation-code":     Activation{Portal: "Brightwater Civil", Username: "ana@brightwater.example", Link: link, Life: life, Code: "042137", CodePage: codePage},
	"sign-in-code":        SignInCode{At: at, Where: "192.0.2.17", Link: link, Code: "042137", CodePage: codePage, Life: Life{10 * time.Minute, at.Add(10 * time.Minute)}},
	"username-changed":    UsernameChanged{By: "Tom Hale", Old: "ana", New: "ana.k", Email: "ana@brightwater.example", At: at, Link: "https://portal.fernhill.example/portal/brightwater"},
	"factor-on":           FactorChanged{On: true, At: at, Where: "192.0.2.17", Link: "https://portal.fernhill.example/portal/brightwater/profile/factor"},
	"factor-off":          FactorChanged{By: "Tom Hale", At: at, Link: "https://portal.fernhill.example/portal/brightwater/profile/factor"},
	"recovery-used":       RecoveryUsed{At: at, Where: "192.0.2.17", Left: 9},
	"password-changed":    PasswordChanged{At: at, By: "Tom Hale", Where: "Firefox on Windows, 192.0.2.17", Link: "https://portal.fernhill.example/portal/brightwater/forgot"},
	"account-disabled":    AccountDisabled{Portal: "Brightwater portal", At: at},
	"access-added":        AccessAdded{By: "Tom Hale", Portal: "Kestrel Homes portal", Username: "ana@brightwater.example", Link: "https://portal.fernhill.example/portal/kestrel"},
	"email-change-old":    EmailChangeOld{By: "Tom Hale", OldEmail: "ana@brightwater.example", NewEmail: "ana.k@brightwater.example", At: at, Link: "https://portal.fernhill.example/portal/brightwater/profile", ContactAddress: "support@fernhill.example"},
	"email-change-new":    EmailChangeNew{NewEmail: "ana.k@brightwater.example", Code: "042137", Link: link, Life: Life{time.Hour, at.Add(time.Hour)}},
	"plan-changed": PlanChanged{Lost: []string{"Map and position"}, Back: []string{"Export"}, Contact: "operator@portal.example",
		Portals: []PlanPortal{{Customer: "Brightwater Civil", Lost: []string{"Map and position"}, Back: []string{"Export"}}, {Customer: "Kestrel Homes", Lost: []string{"Map and position"}}}},
	"job-scheduled":    JobNotice{Job: delivery, Event: "scheduled", Track: "scheduled", Quit: quit("scheduled")},
	"job-on-the-way":   JobNotice{Job: delivery, Event: "on_the_way", Track: "out", At: at, Quit: quit("on_the_way")},
	"job-done":         JobNotice{Job: delivery, Event: "done", Partly: true, Track: "partial", Receiver: "Željko Żółć", At: at, Quit: quit("done")},
	"job-failed":       JobNotice{Job: delivery, Event: "failed", Track: "failed", Reason: "Nobody there", At: at, Quit: quit("failed")},
	"job-problem":      JobNotice{Job: Job{Shape: "work", Number: "J-1043", About: "Oil leak", Customer: "Brightwater Civil", Link: "https://portal.fernhill.example/admin/fernhill/jobs/43"}, Event: "problem", By: "Ana Kowalska", Words: "It drips.\nSince Monday.", At: at, Quit: quit("problem")},
	"job-problem-mine": JobNotice{Job: Job{Shape: "work", Number: "J-1043", About: "Oil leak", Link: "https://portal.fernhill.example/portal/brightwater/jobs/43"}, Event: "problem", Mine: true, By: "Ana Kowalska", At: at, Quit: quit("problem")},
	"job-status":       JobNotice{Job: delivery, Event: "status", Track: "on_hold", At: at, Quit: quit("status")},
	"job-comment":      JobNotice{Job: delivery, Event: "comment", By: "Tom Hale", Words: "See http://evil.example", At: at, Quit: quit("comment")},
	"job-digest":       JobDigest{Lines: []JobLine{{"J-1042", "Kestrel Homes", "delivery", "done", "completed", at}, {"J-1043", "", "work", "comment", "", at}}, More: 3, Link: "https://portal.fernhill.example/portal/brightwater", Quit: quit("digest")},
	"test":             TestMail{By: "Tom Hale", Server: "mail.fernhill.example:587", At: at},
}

func TestLetters_areAsAgreed(t *testing.T) {
	for name, letter := range letters {
		for lang, reader := range readers {
			got := letter.Letter(fernhill, reader)
			golden(t, name+"."+lang+".txt", "Subject: "+got.Subject+"\n\n"+got.Text)
			golden(t, name+"."+lang+".html", got.HTML)
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; look at it after running with -update\n%s", name, got)
	}
}

func TestLetters_goldenFilesAreAllOfTheLetters(t *testing.T) {
	files, err := os.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if name, _, _ := strings.Cut(f.Name(), "."); letters[name] == nil {
			t.Errorf("%s belongs to no letter", f.Name())
		}
	}
	if want := len(letters) * len(readers) * 2; len(files) != want {
		t.Errorf("%d files, want %d", len(files), want)
	}
}

func TestLetters_everyStructIsTested(t *testing.T) {
	tested := map[string]bool{}
	for _, l := range letters {
		tested[l.Kind()] = true
	}
	for kind := range kindsInSource(t) {
		if !tested[kind] {
			t.Errorf("no letter of kind %q is tested", kind)
		}
	}
}

// kindsInSource are what the Kind methods return.
func kindsInSource(t *testing.T) map[string]bool {
	kinds := map[string]bool{}
	inspect(t, func(n ast.Node) {
		if f, ok := n.(*ast.FuncDecl); ok && f.Name.Name == "Kind" {
			ast.Inspect(f.Body, func(n ast.Node) bool {
				if lit, ok := n.(*ast.BasicLit); ok {
					kind, _ := strconv.Unquote(lit.Value)
					kinds[kind] = true
				}
				return true
			})
		}
	})
	return kinds
}

func inspect(t *testing.T, visit func(ast.Node)) {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool { visit(n); return true })
	}
}

func TestLanguages_haveEveryTextAndNoOther(t *testing.T) {
	used := map[string]bool{}
	inspect(t, func(n ast.Node) {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return
		}
		name := ""
		switch f := call.Fun.(type) {
		case *ast.Ident:
			name = f.Name
		case *ast.SelectorExpr:
			name = f.Sel.Name
		}
		if !slices.Contains([]string{"t", "say", "subject"}, name) {
			return
		}
		for _, arg := range call.Args {
			if lit, ok := arg.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				text, _ := strconv.Unquote(lit.Value)
				used[text] = true
			}
		}
	})
	if len(used) < 50 {
		t.Fatalf("only %d texts found in the source", len(used))
	}
	raw, err := os.ReadFile("lang/de.json")
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	if err := json.Unmarshal(raw, &texts); err != nil {
		t.Fatal(err)
	}
	verbs := regexp.MustCompile(`%(\[\d\])?[sd]`)
	sorted := func(text string) []string { v := verbs.FindAllString(text, -1); slices.Sort(v); return v }
	for text := range used {
		german, ok := texts[text]
		if !ok {
			t.Errorf("no German for %q", text)
		}
		if ok && !slices.Equal(sorted(text), sorted(german)) {
			t.Errorf("%q and %q take different arguments", text, german)
		}
	}
	for text := range texts {
		if !used[text] {
			t.Errorf("%q is said nowhere", text)
		}
	}
}

func TestReader(t *testing.T) {
	if got, want := readers["en"].when(at), "03/01/2026 03:04 PM UTC"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := readers["de"].when(at), "01.03.2026 16:04 CET"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for d, want := range map[time.Duration]string{
		24 * time.Hour: "1 day", 7 * 24 * time.Hour: "7 days", 48 * time.Hour: "2 days", 36 * time.Hour: "36 hours",
		time.Hour: "1 hour", 90 * time.Minute: "90 minutes", 30 * time.Minute: "30 minutes", time.Minute: "1 minute",
	} {
		if got := readers["en"].spoken(d); got != want {
			t.Errorf("%v: got %q, want %q", d, got, want)
		}
	}
	austria := Reader{Lang: "de-AT"}
	if got := austria.spoken(48 * time.Hour); got != "2 Tage" {
		t.Errorf("got %q", got)
	}
	if got := (Reader{Lang: "xx"}).say("Hello,"); got != "Hello," {
		t.Errorf("got %q", got)
	}
}
