package demo

import (
	"context"

	"gatehouse/store"
)

// addAccess gives a firm roles of its own, somebody who was just invited, and
// one whose rights differ from the role.
func (b *builder) addAccess(ctx context.Context, f firm) error {
	desk, err := b.admin.AddRole(ctx, store.RoleEdit{Kind: "staff", Name: "Front desk", About: "Answers the phone: contacts, invitations and letters.",
		Verbs: []store.Verb{store.ContactAdd, store.ContactChange, store.InvitationRead, store.OutboxRead, store.HistoryRead}})
	if err != nil {
		return err
	}
	if _, err := b.admin.AddRole(ctx, store.RoleEdit{Kind: "client", Name: "Foreman", About: "Sees the machines and where they are.",
		Features: []store.Feature{store.FeatureList, store.FeatureMap}}); err != nil {
		return err
	}
	_, err = b.admin.AddPerson(ctx, store.NewPerson{Email: "mila@" + f.slug + ".test", UserEdit: store.UserEdit{Name: "Mila Sommer", EmployeeNo: "IPAF 4711-20", Phone: "+49 40 5550 118", Role: desk, AllGroups: true}})
	if err != nil {
		return err
	}
	for email, rights := range map[string][]store.Right{"ute@nordlift.test": {store.RightHideHistory}, "tarek@nordlift.test": {store.RightExport, store.RightNoDelete}} {
		id, ok := b.people[email]
		if !ok {
			continue
		}
		u, err := b.admin.User(ctx, id)
		if err != nil {
			return err
		}
		if err := b.admin.ChangeUser(ctx, id, u.Version, store.UserEdit{Name: u.Name, Role: u.RoleID, AllGroups: true, Rights: rights}); err != nil {
			return err
		}
	}
	return nil
}
