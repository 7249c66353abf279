package store_test

import (
	"context"

	"gatehouse/store"
	"gatehouse/store/storetest"
)

type (
	ctx  = context.Context
	twin = storetest.Twin
)

// staffCases hold every method of Staff against the other provider.
var staffCases = map[string]twinCase{
	"Endings":     staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.Endings(c, s.Now().AddDate(5, 0, 0), 50) }),
	"Waiting":     staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.Waiting(c, 50) }),
	"Overview":    staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.Overview(c) }),
	"Themes":      staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.Themes(c) }),
	"OwnSettings": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.OwnSettings(c) }),
	"SetOwnSettings": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
		return nil, s.SetOwnSettings(c, map[string]string{store.OwnHelpText: "x"})
	}),
	"CurrentTerms":     staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.CurrentTerms(c) }),
	"PublishTerms":     staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.PublishTerms(c, "T", "b", false) }),
	"Sessions":         staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.Sessions(c) }),
	"EndSession":       staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.EndSession(c, o.Staff.Session()) }),
	"EndOtherSessions": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.EndOtherSessions(c, o.Staff.Session()) }),
	"SetFormats": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
		return nil, s.SetFormats(c, "Me", store.Formats{Date: "DMY", Zone: "UTC"}, false)
	}),
	"PasswordHash": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.PasswordHash(c) }),
	"SetPassword": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
		return nil, s.SetPassword(c, "y", o.Staff.Session(), nil)
	}),
	"Mail": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
		return s.Mail(c, store.Draft{Kind: "x", To: "a@b.test"})
	}),
	"Letterhead": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.Letterhead(c, 0) }),
	"Audit":      staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.Audit(c, 0, 100) }),

	"Customers":       staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.Customers(c, store.CustomerFilter{}) }),
	"Customer":        staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.Customer(c, o.Customer) }),
	"CustomerHistory": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.CustomerHistory(c, o.Customer, 0, 100) }),
	"CustomerTypes":   staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.CustomerTypes(c) }),
	"AddCustomer": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return s.AddCustomer(c, store.CustomerEdit{Type: o.Type, CustomerInput: store.CustomerInput{Name: "N"}})
	}),
	"ChangeCustomer": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return nil, s.ChangeCustomer(c, o.Customer, 0, store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "N"}})
	}),
}
