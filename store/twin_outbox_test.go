package store_test

import (
	"maps"

	"gatehouse/store"
)

func init() {
	maps.Copy(staffCases, map[string]twinCase{
		"Outbox": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
			return s.Outbox(c, store.MailFilter{Search: o.Slug})
		}),
		"Letter":     staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.Letter(c, o.Mail) }),
		"RevealLink": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.RevealLink(c, o.Mail) }),
		"RetryMail":  staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.RetryMail(c, o.Mail) }),
		"CancelMail": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.CancelMail(c, o.Mail) }),
		"MailState":  staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.MailState(c) }),
		"MailsOfInvitations": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
			return s.MailsOfInvitations(c, o.Invitation)
		}),
		"MailsOfUsers": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.MailsOfUsers(c, o.Client.Me().ID) }),
	})
}
