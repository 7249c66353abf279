package demo

import (
	"context"

	"gatehouse/app/desk"
	"gatehouse/store"
)

// addClients gives people of one customer access to further ones.
func (b *builder) addClients(ctx context.Context, f firm) error {
	role, err := b.admin.AddRole(ctx, store.RoleEdit{Kind: "client", Name: "Exports", About: "Takes the asset list along.", Features: []store.Feature{store.FeatureAssets, store.FeatureList, store.FeatureExport}})
	if err != nil {
		return err
	}
	for _, c := range f.customers {
		for _, p := range c.people {
			for _, key := range p.also {
				n := store.NewClient{Name: p.name, Email: p.email, Title: p.title, Customer: b.customers[key], MembershipEdit: store.MembershipEdit{Roles: []store.RoleID{role}, Builtin: "viewer", All: true, Sees: store.SeesOwn}}
				if _, err := b.desk.AddClient(ctx, b.admin, "", n, desk.ClientWay{}); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
