package app_test

import (
	"os/exec"
	"strings"
	"testing"
)

// floors says who stands on whom: a package may import only what its line
// names. HOUSE's table, kept true by this test.
var floors = map[string]string{
	"":                    "app",
	"migrations":          "",
	"assets":              "",
	"store/fault":         "",
	"store":               "migrations store/fault",
	"store/storetest":     "store store/fault",
	"app/secret":          "store/fault",
	"app/sheet":           "store/fault",
	"app/aemp":            "store/fault",
	"app/photo":           "store/fault",
	"app/pdf":             "",
	"app/mailtext":        "store/fault",
	"app/mailer/smtp":     "store/fault",
	"app/mailer/smtptest": "",
	"app/mailer":          "store store/fault app/mailer/smtp app/desk", // the desk reads the settings: the test mail goes the same way
	"app/feeder":          "store store/fault app/desk",
	"app/keeper":          "store store/fault app/desk",
	"app/desk":            "store store/fault app/secret app/sheet app/photo app/aemp app/mailtext app/mailer/smtp",
	"app/web/ui":          "assets",
	"app/web":             "store store/fault assets app/secret app/web/ui",
	"app/progress":        "app/web/ui store store/fault",
	"app/fleet":           "app/web app/web/ui app/desk store store/fault",
	"app/work":            "app/web app/web/ui app/fleet app/progress app/desk store store/fault",
	"app/account":         "app/web app/web/ui app/desk app/secret store store/fault",
	"app/proof":           "app/progress app/web app/web/ui app/pdf store store/fault",
	"app/admin":           "app/account app/proof app/web app/fleet app/progress app/work app/web/ui app/desk app/secret app/sheet store store/fault",
	"app/portal":          "app/account app/proof app/web app/fleet app/progress app/photo app/web/ui app/desk app/secret store store/fault",
	"app/public":          "app/progress app/proof app/web app/web/ui app/desk store store/fault",
	"app/operator":        "app/account app/web app/web/ui app/desk app/secret app/mailer/smtp store store/fault",
	"app/demo":            "app/desk app/secret app/aemp store store/fault",
	"app/bench":           "store store/fault app/secret app/desk app/mailer app/mailer/smtptest",
	"app/apptest":         "app app/secret app/mailer/smtptest store store/fault store/storetest",
	"app/browsertest":     "store/storetest",
	"app/e2e":             "app",
	"app":                 "*",
}

// never says which packages of others a floor must not touch.
var never = map[string][]string{
	"app/desk":    {"net/http", "zombiezen.com/", "database/sql"},
	"store":       {"net/http", "log/slog"},
	"app/web":     {"zombiezen.com/", "database/sql"},
	"app/account": {"zombiezen.com/", "database/sql"},
	"app/admin":   {"zombiezen.com/", "database/sql"},
	"app/portal":  {"zombiezen.com/", "database/sql"},
}

func TestFloors(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "gatehouse/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		pkg, imports, _ := strings.Cut(strings.TrimSpace(line), " ")
		name := strings.TrimPrefix(strings.TrimPrefix(pkg, "gatehouse"), "/")
		allowed, known := floors[name]
		if !known {
			t.Errorf("%s has no floor: add it to the table", name)
		}
		for _, imp := range strings.Fields(imports) {
			dep, ours := strings.CutPrefix(imp, "gatehouse/")
			if ours && allowed != "*" && !strings.Contains(" "+allowed+" ", " "+dep+" ") {
				t.Errorf("%s may not import %s", name, dep)
			}
			for _, bad := range never[name] {
				if imp == bad || strings.HasPrefix(imp, bad) && strings.HasSuffix(bad, "/") {
					t.Errorf("%s may not import %s", name, imp)
				}
			}
		}
	}
}

// TestBackdate_onlySampleData: times of changes come from the clock, but in
// data that is made up.
func TestBackdate_onlySampleData(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "grep", "-rlE", `store\.Backdate\(`, "--include=*.go", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	for f := range strings.Lines(string(out)) {
		if f = strings.TrimSpace(f); !strings.HasPrefix(f, "./demo/") && f != "./floors_test.go" {
			t.Errorf("%s gives changes another time than the clock's", f)
		}
	}
}
