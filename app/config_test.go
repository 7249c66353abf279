package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestConfig_flagsBeatEnvironmentBeatsDefaults(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "smtp")
	if err := os.WriteFile(secret, []byte("smtp://me:hunter2@mail.example.com:587?from=portal@example.com\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, errs, code := cli(t, []string{"HOME=/", "GATEHOUSE_DATA=/env.db", "GATEHOUSE_LISTEN=:1", "GATEHOUSE_SMTP_FILE=" + secret, "GATEHOUSE_ADMIN_PASSWORD=hunter2"}, "config", "print", "--listen", ":2")
	if code != 0 {
		t.Fatal(errs)
	}
	for _, want := range [][3]string{{"data", "/env.db", "GATEHOUSE_DATA"}, {"listen", ":2", "--listen"}, {"log", "text", "default"}, {"smtp", "********", "GATEHOUSE_SMTP_FILE"}, {"admin-password", "********", "GATEHOUSE_ADMIN_PASSWORD"}} {
		found := false
		for line := range strings.Lines(out) {
			f := strings.Fields(line)
			found = found || len(f) == 3 && [3]string(f) == want
		}
		if !found {
			t.Errorf("no line %v in\n%s", want, out)
		}
	}
	if strings.Contains(out, "hunter2") {
		t.Error("a secret is shown")
	}
}

func TestConfig_refusesWithAWordOfHelp(t *testing.T) {
	for name, c := range map[string]struct {
		env  []string
		args []string
		want string
	}{
		"unknown name":       {env: []string{"GATEHOUSE_LISTN=:1"}, want: "did you mean GATEHOUSE_LISTEN?"},
		"no such secret":     {env: []string{"GATEHOUSE_LISTEN_FILE=/x"}, want: "GATEHOUSE_LISTEN_FILE is not a setting"},
		"both":               {env: []string{"GATEHOUSE_SMTP=x", "GATEHOUSE_SMTP_FILE=x"}, want: "both set"},
		"file not there":     {env: []string{"GATEHOUSE_SMTP_FILE=/no/such/file"}, want: "GATEHOUSE_SMTP_FILE"},
		"unknown flag":       {args: []string{"--lisen", ":1"}, want: "did you mean --listen?"},
		"unknown command":    {args: []string{"server"}, want: "did you mean serve?"},
		"admin what":         {args: []string{"admin", "remove"}, want: "there is no command \"admin remove\""},
		"listen":             {args: []string{"config", "print", "--listen", "8080"}, want: "--listen: \"8080\" is not address:port"},
		"base URL":           {args: []string{"config", "print", "--base-url", "https://example.com/x"}, want: "--base-url: Leave out"},
		"log":                {args: []string{"config", "print", "--log", "xml"}, want: "choose text or json"},
		"level":              {args: []string{"config", "print", "--log", "json:loud"}, want: "choose debug, info"},
		"everybody a proxy":  {args: []string{"config", "print", "--trust-proxy", "0.0.0.0/0"}, want: "would believe everybody"},
		"no proxy":           {args: []string{"config", "print", "--trust-proxy", "proxy"}, want: "neither an address nor a network"},
		"smtp without from":  {args: []string{"config", "print", "--smtp", "smtp://mail.example.com"}, want: "?from="},
		"smtp what":          {args: []string{"config", "print", "--smtp", "smtp://mail.example.com?from=a@example.com&secure=1"}, want: "\"secure\" is not known here; did you mean security?"},
		"smtp scheme":        {args: []string{"config", "print", "--smtp", "http://mail.example.com?from=a@example.com"}, want: "smtps://"},
		"too many":           {args: []string{"admin", "list", "everybody"}, want: "does not take \"everybody\""},
		"too few":            {args: []string{"testmail"}, want: "needs EMAIL"},
		"data file is a URI": {args: []string{"config", "print", "--data", "g.db?mode=memory"}, want: "cannot be the name of the data file"},
	} {
		t.Run(name, func(t *testing.T) {
			args := c.args
			if args == nil {
				args = []string{"config", "print"}
			}
			out, errs, code := cli(t, c.env, args...)
			if code == 0 || !strings.Contains(errs, c.want) || strings.Contains(errs, "hunter2") {
				t.Errorf("got %d, %s%s", code, out, errs)
			}
		})
	}
}

func TestConfig_badSMTPAddressDoesNotShowThePassword(t *testing.T) {
	_, errs, code := cli(t, []string{"GATEHOUSE_SMTP=smtp://me:hunter2%zz@mail.example.com"}, "config", "print")
	if code == 0 || strings.Contains(errs, "hunter2") {
		t.Errorf("got %d %s", code, errs)
	}
}

func TestHelp_listsEveryCommand(t *testing.T) {
	out, _, code := cli(t, nil, "help")
	for _, name := range []string{"serve", "demo", "setup-link", "admin create", "login-link", "doctor", "healthcheck", "testmail", "config print", "version", "bench", "GATEHOUSE_ADMIN_PASSWORD"} {
		if code != 0 || !strings.Contains(out, name) {
			t.Errorf("help does not name %s", name)
		}
	}
}
