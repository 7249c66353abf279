package storetest

import (
	"context"

	"gatehouse/store"
)

// TwinMail is a twin's letter that waits, with a link in it.
type TwinMail struct{ Mail store.MailID }

func (w *Twin) addMail(ctx context.Context) (err error) {
	link := "https://" + w.Slug + ".test/inv_" + w.Slug
	w.Mail, err = w.Staff.Mail(ctx, store.Draft{Kind: "invitation", To: "guest@" + w.Slug + ".test", Subject: "Letter of " + w.Slug, Text: "go to " + link,
		HTML: `<a href="` + link + `">` + w.Slug + `</a>`, Link: link, User: w.Client.Me().ID, Portal: w.Portal.ID, Invitation: w.Invitation})
	return err
}
