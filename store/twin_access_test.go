package store_test

import (
	"maps"

	"gatehouse/store"
)

func init() { maps.Copy(staffCases, accessCases) }

var accessCases = map[string]twinCase{
	"Users": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.Users(c, store.UserFilter{Group: o.Group}) }),
	"User":  staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.User(c, o.Tech) }),
	"UserAccount": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return s.UserAccount(c, o.Client.Me().ID)
	}),
	"UserRights":   staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.UserRights(c, o.Tech) }),
	"UserSessions": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.UserSessions(c, o.Tech) }),
	"LastLetter":   staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.LastLetter(c, o.Client.Me().ID) }),
	"Seats":        staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.Seats(c) }),
	"AddPerson": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return s.AddPerson(c, store.NewPerson{Email: "new@person.test", UserEdit: store.UserEdit{Name: "N", Role: o.StaffRole, Groups: []store.GroupID{o.Group}}})
	}),
	"ChangeUser": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return nil, s.ChangeUser(c, o.Client.Me().ID, 0, store.UserEdit{Name: "N"})
	}),
	"SetUsername": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.SetUsername(c, o.Tech, "name") }),
	"DisableUser": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.DisableUser(c, o.Tech) }),
	"EnableUser":  staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.EnableUser(c, o.Tech) }),
	"DeleteUser": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return nil, s.DeleteUser(c, o.Tech, "tech@"+o.Slug+".test")
	}),
	"EndUserSessions": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.EndUserSessions(c, o.Tech) }),
	"AskLink": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		a, _, err := s.AskLink(c, o.Tech)
		return a, err
	}),
	"StaffPermissions":  staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.StaffPermissions(c, o.Tech) }),
	"MemberPermissions": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.MemberPermissions(c, o.Member) }),

	"Choice":    staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.Choice(c, "columns") }),
	"SetChoice": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.SetChoice(c, "columns", "x") }),

	"Roles": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.Roles(c, "staff") }),
	"Role":  staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.Role(c, o.StaffRole) }),
	"AddRole": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
		return s.AddRole(c, store.RoleEdit{Kind: "staff", Name: "Watch"})
	}),
	"ChangeRole": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return nil, s.ChangeRole(c, o.StaffRole, 0, store.RoleEdit{Name: "N"})
	}),
	"RemoveRole":  staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.RemoveRole(c, o.SpareRole) }),
	"MemberRoles": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.MemberRoles(c, o.Member) }),
	"SetMemberRoles": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return nil, s.SetMemberRoles(c, o.Member, []store.RoleID{o.ClientRole})
	}),
}
