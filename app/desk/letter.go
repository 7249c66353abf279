package desk

import (
	"context"
	"time"

	"gatehouse/app/mailtext"
	"gatehouse/store"
)

// poster is whoever puts letters into the outbox: staff, a client, or the
// provider's side opened by the appliance (store.System.Provider).
type poster interface {
	Letterhead(ctx context.Context, portal store.PortalID) (store.Letterhead, error)
	Mail(ctx context.Context, d store.Draft) (store.MailID, error)
	Now() time.Time
}

// post writes a letter and puts it into the outbox, in the running
// transaction. Of about, the caller fills in what the letter hangs on: its
// link, the portal, the invitation or token. To somebody without an account
// (ID 0, no formats) it is written in the provider's language and formats.
func (d *Desk) post(ctx context.Context, s poster, c mailtext.Content, to store.Account, about store.Draft) (store.MailID, error) {
	on, err := s.Letterhead(ctx, about.Portal)
	if err != nil {
		return 0, err
	}
	return s.Mail(ctx, letterTo(on, to, c, about))
}

// postFor is post where nobody is signed in: the appliance writes in the name
// of a provider.
func (d *Desk) postFor(ctx context.Context, y store.System, of store.ProviderID, c mailtext.Content, to store.Account, about store.Draft) (store.MailID, error) {
	s, err := y.Provider(ctx, of)
	if err != nil {
		return 0, err
	}
	return d.post(ctx, s, c, to, about)
}

// letterTo is a letter to a person, ready for the outbox.
func letterTo(on store.Letterhead, to store.Account, c mailtext.Content, about store.Draft) store.Draft {
	m := c.Letter(brandOf(on), readerOf(on, to))
	about.Kind, about.Subject, about.Text, about.HTML = c.Kind(), m.Subject, m.Text, m.HTML
	about.To, about.ToName, about.User, about.Domain = to.Email, to.Name, to.ID, domain(on.BaseURL)
	if about.FromName == "" {
		about.FromName = on.Name
	}
	if reply := on.Settings[store.OwnSupportEmail]; about.ReplyTo == "" && store.CheckEmail(reply) == nil {
		about.ReplyTo = reply
	}
	return about
}

// brandOf is the provider as its letters show it: names, colour, and the
// blocks help, community and support of its settings.
func brandOf(on store.Letterhead) mailtext.Brand {
	s := on.Settings
	return mailtext.Brand{Name: on.Name, Primary: on.Theme.Primary,
		Help:      mailtext.Block{Title: s[store.OwnHelpTitle], Text: s[store.OwnHelpText], Href: s[store.OwnHelpHref]},
		Community: mailtext.Block{Title: s[store.OwnCommunityTitle], Text: s[store.OwnCommunityText], Href: s[store.OwnCommunityHref]},
		Support:   supportBlock(s)}
}

func supportBlock(s map[string]string) mailtext.Block {
	b := mailtext.Block{Title: s[store.OwnSupportName], Text: s[store.OwnSupportPhone], Href: s[store.OwnSupportHref]}
	if mail := s[store.OwnSupportEmail]; mail != "" && b.Href == "" {
		b.Href, b.LinkLabel = "mailto:"+mail, mail
	}
	return b
}

// readerOf says how the person reads: language, time zone, form of dates.
func readerOf(on store.Letterhead, to store.Account) mailtext.Reader {
	f := to.Formats
	if f == (store.Formats{}) {
		f = on.Formats
	}
	zone, err := time.LoadLocation(f.Zone)
	if err != nil {
		zone = time.UTC
	}
	layout := layoutOf(f)
	return mailtext.Reader{Name: to.Name, Lang: f.Language, Zone: zone, Date: func(t time.Time) string { return t.Format(layout) }}
}

func layoutOf(f store.Formats) string {
	sep, clock := "/", " 3:04 PM"
	if f.Sep == "." {
		sep = "."
	}
	if f.Clock24 {
		clock = " 15:04"
	}
	switch f.Date {
	case "DMY":
		return "02" + sep + "01" + sep + "2006" + clock
	case "YMD":
		return "2006" + sep + "01" + sep + "02" + clock
	}
	return "01" + sep + "02" + sep + "2006" + clock
}
