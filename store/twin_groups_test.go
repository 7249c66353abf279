package store_test

import (
	"maps"

	"gatehouse/store"
)

func init() { maps.Copy(staffCases, groupCases) }

var groupCases = map[string]twinCase{
	"Groups":       staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.Groups(c, store.GroupFilter{}) }),
	"Group":        staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.Group(c, o.Group) }),
	"GroupsOf":     staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.GroupsOf(c, o.Customer) }),
	"GroupChoices": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.GroupChoices(c) }),
	"AddGroup": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return s.AddGroup(c, store.GroupEdit{Name: "New", Customer: o.Customer})
	}),
	"ChangeGroup": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return nil, s.ChangeGroup(c, o.Group, store.GroupEdit{Name: "New"})
	}),
	"RemoveGroup": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.RemoveGroup(c, o.Group, 0) }),
	"StaffSight":  staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.StaffSight(c, o.Tech) }),
	"MemberSight": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.MemberSight(c, o.Member) }),
	"SetStaffGroups": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return nil, s.SetStaffGroups(c, o.Tech, false, []store.GroupID{o.Group})
	}),
	"SetMemberGroups": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return nil, s.SetMemberGroups(c, o.Member, true, nil)
	}),

	"CustomerTypeUse": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.CustomerTypeUse(c) }),
	"RenameCustomerType": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return nil, s.RenameCustomerType(c, o.Type, "New")
	}),
	"RemoveCustomerType": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return nil, s.RemoveCustomerType(c, o.Type)
	}),
	"OpenCustomer": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return s.OpenCustomer(c, "key", store.CustomerEdit{Type: o.Type, CustomerInput: store.CustomerInput{Name: "N"}}, store.ContactEdit{Name: "K"})
	}),
	"Once": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
		return s.Once(c, "key", func(store.Staff) (int64, error) { return 1, nil })
	}),
	"AuditLog": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
		return s.AuditLog(c, store.AuditFilter{Of: o.Customer, Limit: 100})
	}),
	"AuditEntry": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.AuditEntry(c, o.Line) }),
	"ChangeHome": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
		return nil, s.ChangeHome(c, store.HomeEdit{Name: "Me", Formats: s.Home().Formats, Words: s.Home().Words})
	}),
	"TermsVersions": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.TermsVersions(c) }),
	"PortalTerms":   staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.PortalTerms(c, o.Portal.ID) }),
	"PublishPortalTerms": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return s.PublishPortalTerms(c, o.Portal.ID, "T", "b", false)
	}),
	"EndPortalTerms": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.EndPortalTerms(c, o.Portal.ID) }),
	"Acceptances":    staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.Acceptances(c, o.Terms, "") }),
	"TermsOf":        staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.TermsOf(c, o.Terms) }),
}
