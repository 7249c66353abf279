package store

import "context"

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
)

// OwnSettings reads the provider's settings; a client gets the public ones.
func (s scope) OwnSettings(ctx context.Context) (map[string]string, error) {
	out := map[string]string{}
	err := s.each(ctx, `SELECT o.name, o.value FROM {provider_settings} o`, func(r *row) error { out[r.str()] = r.str(); return nil })
	return out, err
}

// SetOwnSettings stores settings of the provider.
func (s Staff) SetOwnSettings(ctx context.Context, values map[string]string) error {
	return s.Update(ctx, func(s Staff) error {
		for name, v := range values {
			if _, err := s.write(ctx, SettingsChange, `INSERT INTO <provider_settings> (provider_id, name, value) VALUES (:provider, :name, :v)
				ON CONFLICT (provider_id, name) DO UPDATE SET value = :v`, p(":name", name), p(":v", v)); err != nil {
				return err
			}
		}
		return s.log(ctx, Line{Verb: SettingsChange, Note: map[string]any{"settings": values}})
	})
}
