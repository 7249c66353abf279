package store

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gatehouse/store/fault"
)

// Settings of the appliance, by name. What is not set is "".
const (
	SetBaseURL      = "base_url"
	SetMailHost     = "mail.host" // empty: mail is off, letters are held
	SetMailPort     = "mail.port"
	SetMailSecurity = "mail.security" // starttls, tls, none
	SetMailUser     = "mail.user"
	SetMailPassword = "mail.password"
	SetMailFrom     = "mail.from"
	SetMailFromName = "mail.from_name"
	SetMailHello    = "mail.hello"
	SetContactName  = "contact.name" // whom providers ask about their plan (row 2)
	SetContactMail  = "contact.email"
	SetContactURL   = "contact.url"
	SetFeedPrivate  = "feeds.private" // "yes": feeds may reach private addresses
	SetReady        = "ready"         // "yes" once the first set-up is done
)

// Setting reads one setting of the appliance.
func (y System) Setting(ctx context.Context, name string) (string, error) {
	all, err := sysList(ctx, y, intoStr, `SELECT value FROM settings WHERE name = :name`, p(":name", name))
	if err != nil || len(all) == 0 {
		return "", err
	}
	return all[0], nil
}

// Settings reads all settings of the appliance.
func (y System) Settings(ctx context.Context) (map[string]string, error) {
	out := map[string]string{}
	err := y.db.query(ctx, y.conn, `SELECT name, value FROM settings`, nil, func(r *row) error { out[r.str()] = r.str(); return nil })
	return out, err
}

// SetSettings stores settings of the appliance.
func (y System) SetSettings(ctx context.Context, values map[string]string) error {
	return y.Update(ctx, func(y System) error {
		for name, v := range values {
			if _, _, err := y.run(ctx, `INSERT INTO settings VALUES (:name, :v) ON CONFLICT (name) DO UPDATE SET value = :v`, p(":name", name), p(":v", v)); err != nil {
				return err
			}
		}
		return nil
	})
}

// Names of a provider's settings. Those that begin with "public." are shown
// to its customers: help, community and support in letters and portals.
const (
	OwnHelpTitle      = "public.help.title"
	OwnHelpText       = "public.help.text"
	OwnHelpHref       = "public.help.href"
	OwnCommunityTitle = "public.community.title"
	OwnCommunityText  = "public.community.text"
	OwnCommunityHref  = "public.community.href"
	OwnSupportName    = "public.support.name"
	OwnSupportEmail   = "public.support.email"
	OwnSupportPhone   = "public.support.phone"
	OwnSupportHref    = "public.support.href"
	OwnEmployeeLabel  = "people.employee_label" // what the provider calls the number of its people
	OwnFirstPassword  = "people.first_password" // "no": admins may not set a client's first password
)

// OwnSettings reads the provider's settings; a client gets the public ones.
func (s scope) OwnSettings(ctx context.Context) (map[string]string, error) {
	out := map[string]string{}
	err := s.each(ctx, `SELECT o.name, o.value FROM {provider_settings} o`, func(r *row) error { out[r.str()] = r.str(); return nil })
	return out, err
}

// ownHrefs are the settings that people click on, ownLong those of several lines.
var (
	ownHrefs = []string{OwnHelpHref, OwnCommunityHref, OwnSupportHref}
	ownLong  = []string{OwnHelpText, OwnCommunityText}
)

// cleanOwn trims settings of a provider and reports all that is wrong.
func cleanOwn(values map[string]string) (map[string]string, error) {
	var bad fault.Problems
	out := map[string]string{}
	for name, v := range values {
		v = strings.TrimSpace(v)
		switch {
		case slices.Contains(ownLong, name):
			v = cleanLines(&bad, name, v, 2000)
		case slices.Contains(ownHrefs, name):
			checkText(&bad, name, v, 500)
			checkHref(&bad, name, v)
		case name == OwnPasswordMin && v != "":
			if n, err := strconv.Atoi(v); err != nil || n < PasswordLeast || n > PasswordMost {
				bad.Add(name, "Give a number from %d to %d.", PasswordLeast, PasswordMost)
			}
		case name == OwnFactor:
			if v != "" && v != "staff" && v != "all" {
				bad.Add(name, "Choose one of the answers.")
			}
		case name == OwnUserNames:
			if v != "" && v != "optional" && v != "required" {
				bad.Add(name, "Choose one of the answers.")
			}
		case name == OwnSupportEmail && v != "":
			if err := CheckEmail(v); err != nil {
				bad.Add(name, "%s", fault.Says(err))
			}
		default:
			checkText(&bad, name, v, 200)
		}
		out[name] = v
	}
	return out, bad.Err()
}

// checkHref lets through what a letter may link to: http, https, mailto, tel.
func checkHref(bad *fault.Problems, field, v string) {
	if v == "" {
		return
	}
	u, err := url.Parse(v)
	ok := err == nil && !strings.ContainsAny(v, " \\\"<>")
	if ok {
		switch strings.ToLower(u.Scheme) {
		case "http", "https":
			ok = u.Hostname() != "" && u.User == nil
		case "mailto", "tel":
			ok = u.Opaque != ""
		default:
			ok = false
		}
	}
	if !ok {
		bad.Add(field, "Enter a whole address that begins with https://, http://, mailto: or tel:.")
	}
}

// SetOwnSettings stores settings of the provider, "" to clear one, and keeps
// what changed in the audit log.
func (s Staff) SetOwnSettings(ctx context.Context, values map[string]string) error {
	if err := s.Can(SettingsChange); err != nil {
		return err
	}
	values, err := cleanOwn(values)
	if err != nil {
		return err
	}
	return s.Update(ctx, func(s Staff) error {
		was, err := s.OwnSettings(ctx)
		if err != nil {
			return err
		}
		diff := map[string][2]any{}
		for name, v := range values {
			if was[name] == v {
				continue
			}
			diff[name] = [2]any{was[name], v}
			if _, err := s.write(ctx, SettingsChange, `INSERT INTO <provider_settings> (provider_id, name, value) VALUES (:provider, :name, :v)
				ON CONFLICT (provider_id, name) DO UPDATE SET value = :v`, p(":name", name), p(":v", v)); err != nil {
				return err
			}
		}
		if len(diff) == 0 {
			return nil
		}
		return s.log(ctx, Line{Verb: SettingsChange, Changes: diff})
	})
}
