package store_test

import (
	"maps"

	"gatehouse/store"
)

func init() { maps.Copy(staffCases, clientUserCases) }

var clientUserCases = map[string]twinCase{
	"Clients": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
		return s.Clients(c, store.ClientFilter{Customer: o.Customer})
	}),
	"ClientUser":    staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.ClientUser(c, o.Client.Me().ID) }),
	"ClientHistory": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.ClientHistory(c, o.Client.Me().ID, 0, 50) }),
	"Memberships":   staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.Memberships(c, o.Client.Me().ID) }),
	"Membership":    staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.Membership(c, o.Member) }),
	"OpenPortalFor": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.OpenPortalFor(c, o.Customer) }),
	"AddClient": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return s.AddClient(c, store.NewClient{Name: "N", Email: "new@x.test", Customer: o.Customer, MembershipEdit: store.MembershipEdit{Groups: []store.GroupID{o.Group}}})
	}),
}

func init() {
	maps.Copy(clientCases, map[string]twinCase{
		"Places":   clientCase(false, func(c ctx, s store.Client, o twin) (any, error) { return s.Places(c) }),
		"SwitchTo": clientCase(true, func(c ctx, s store.Client, o twin) (any, error) { return s.SwitchTo(c, o.Portal.Slug, []byte("x")) }),
		"SignOut":  clientCase(false, func(c ctx, s store.Client, o twin) (any, error) { return nil, s.SignOut(c) }),
	})
}
