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

func init() {
	edit := func(o twin) store.MembershipEdit {
		return store.MembershipEdit{Roles: []store.RoleID{o.ClientRole}, Groups: []store.GroupID{o.Group}, Sees: store.SeesOwn}
	}
	maps.Copy(staffCases, map[string]twinCase{
		"AddMembership": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
			return s.AddMembership(c, o.Client.Me().ID, o.Bare, edit(o))
		}),
		"ChangeMembership": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
			return nil, s.ChangeMembership(c, o.Member, store.MembershipEdit{All: true})
		}),
		"SetMembershipState": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.SetMembershipState(c, o.Member, false) }),
		"RemoveMembership":   staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.RemoveMembership(c, o.Member) }),
		"SetDelegated":       staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.SetDelegated(c, o.Portal.ID, false) }),
		"SetClientFormats": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
			return nil, s.SetClientFormats(c, o.Client.Me().ID, store.Formats{Date: "YMD", Zone: "UTC"}, true)
		}),
		"SetClientPassword": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
			return nil, s.SetClientPassword(c, o.Client.Me().ID, "z")
		}),
	})
	maps.Copy(clientCases, map[string]twinCase{
		"Manages":        clientCase(false, func(c ctx, s store.Client, o twin) (any, error) { return s.Manages(), nil }),
		"ManagerChoices": clientCase(false, func(c ctx, s store.Client, o twin) (any, error) { return s.ManagerChoices(c) }),
		"Colleagues": clientCase(false, func(c ctx, s store.Client, o twin) (any, error) {
			return s.Colleagues(c, store.ColleagueFilter{Group: o.Group})
		}),
		"Colleague": clientCase(true, func(c ctx, s store.Client, o twin) (any, error) { return s.Colleague(c, o.Member) }),
		"InviteColleague": clientCase(true, func(c ctx, s store.Client, o twin) (any, error) {
			return s.InviteColleague(c, store.NewClient{Name: "N", Email: "n@n.test", Customer: o.Customer, MembershipEdit: edit(o)})
		}),
		"ChangeColleague": clientCase(true, func(c ctx, s store.Client, o twin) (any, error) {
			return nil, s.ChangeColleague(c, o.Member, store.ColleagueEdit{Name: "N", MembershipEdit: store.MembershipEdit{All: true}})
		}),
		"SetColleagueState": clientCase(true, func(c ctx, s store.Client, o twin) (any, error) { return nil, s.SetColleagueState(c, o.Member, false) }),
		"RemoveColleague": clientCase(true, func(c ctx, s store.Client, o twin) (any, error) {
			return nil, s.RemoveColleague(c, o.Member, "ana@"+o.Slug+".test")
		}),
		"EndColleagueSessions": clientCase(true, func(c ctx, s store.Client, o twin) (any, error) { return s.EndColleagueSessions(c, o.Member) }),
		"ColleagueLink": clientCase(true, func(c ctx, s store.Client, o twin) (any, error) {
			a, _, err := s.ColleagueLink(c, o.Member)
			return a, err
		}),
	})
}
