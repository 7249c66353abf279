package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"gatehouse/app/desk"
	"gatehouse/app/mailer/smtp"
	"gatehouse/store"
)

// A finding of the doctor begins with one of these words.
const (
	well    = "ok    "
	careful = "warn  "
	ill     = "FAIL  "
)

// doDoctor looks at everything that the one who has the data file can see.
func (a *App) doDoctor(ctx context.Context) ([]string, error) {
	lines, err := a.doctorFile(ctx)
	if err != nil {
		return nil, err
	}
	lines = append(lines, a.doctorPlaces()...)
	all, err := a.system().Settings(ctx)
	if err != nil {
		return nil, err
	}
	lines = append(lines, doctorSetUp(all)...)
	return append(lines, doctorMail(ctx, all)), nil
}

func (a *App) doctorFile(ctx context.Context) ([]string, error) {
	wrong, err := a.Site.DB.FullCheck(ctx)
	if err != nil {
		return nil, err
	}
	h, err := a.system().Health(ctx)
	if err != nil {
		return nil, err
	}
	size := fmt.Sprintf("%s (%.1f MB, schema %d)", a.Site.DB.Path(), float64(h.FileBytes)/1e6, h.Schema)
	lines := []string{well + "data file " + size}
	for _, w := range wrong {
		lines = append(lines, ill+"data file: "+w)
	}
	return lines, nil
}

// doctorPlaces looks at where the file lies.
func (a *App) doctorPlaces() (lines []string) {
	path := a.Site.DB.Path()
	if st, err := os.Stat(path); err != nil {
		lines = append(lines, ill+"permissions: "+err.Error())
	} else if loose := st.Mode().Perm() & 0o077; loose != 0 {
		lines = append(lines, careful+fmt.Sprintf("permissions: %s is %s; it holds passwords and keys. Try: chmod 600 %s", path, st.Mode(), path))
	} else {
		lines = append(lines, well+"permissions "+st.Mode().String())
	}
	if w := fileWarning(path); w != "" {
		lines = append(lines, careful+w)
	}
	if free, total, ok := diskSpace(path); ok {
		word := well
		if free < 500e6 || free*20 < total {
			word = careful
		}
		lines = append(lines, fmt.Sprintf("%sdisk space %.1f GB free of %.1f GB", word, float64(free)/1e9, float64(total)/1e9))
	}
	if _, err := time.LoadLocation("Europe/Berlin"); err != nil {
		return append(lines, ill+"time zones: "+err.Error())
	}
	return append(lines, well+"time zones")
}

func doctorSetUp(all map[string]string) []string {
	if all[store.SetReady] != "yes" {
		return []string{careful + "set-up is not done; run: gatehouse setup-link"}
	}
	base := all[store.SetBaseURL]
	if base == "" {
		return []string{careful + "base URL is not set; letters cannot hold links"}
	}
	if strings.HasPrefix(base, "http://") && !strings.Contains(base, "//127.") && !strings.Contains(base, "//localhost") && !strings.Contains(base, "//[::1]") {
		return []string{careful + "base URL " + base + " is not encrypted; passwords can be read on their way"}
	}
	return []string{well + "base URL " + base}
}

// doctorMail calls the mail server, signs in and hangs up.
func doctorMail(ctx context.Context, all map[string]string) string {
	server, on := desk.MailServer(all)
	if !on {
		return careful + "mail is off; letters are held and their links can be copied"
	}
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	conn, err := server.Dial(ctx)
	if err == nil {
		conn.Close()
		return well + "mail server " + server.Host
	}
	var f *smtp.Failure
	if errors.As(err, &f) {
		return ill + fmt.Sprintf("mail server %s: stage “%s”: %s %s", server.Host, f.Stage, f.Reply, f.Hint)
	}
	return ill + "mail server " + server.Host + ": " + err.Error()
}
