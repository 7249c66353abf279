package bench

import (
	"context"
	"fmt"

	"gatehouse/app/secret"
	"gatehouse/store"
)

// guest is somebody who was invited and is about to accept.
type guest struct {
	portal store.PortalID
	slug   string
	hash   []byte
	kind   string
	email  string
}

// customers makes a provider's customers, each with an open portal that shares
// everything the list and the asset page can show.
func (s *seeding) customers(ctx context.Context, a store.Staff, slug string) (guests []guest, err error) {
	for c := range s.Customers {
		name := fmt.Sprintf("Customer %d of %s", c+1, slug)
		id, err := a.AddCustomer(ctx, store.CustomerEdit{ExternalID: fmt.Sprintf("K-%d", c+1), CustomerInput: store.CustomerInput{Name: name, Email: "office@example.com", City: "Example"}})
		if err != nil {
			return nil, err
		}
		s.owners = append(s.owners, owner{provider: a.Home().ID, customer: id})
		g := guest{slug: fmt.Sprintf("%s-c%d", slug, c+1)}
		if g.portal, err = a.AddPortal(ctx, id, store.PortalEdit{Name: a.Home().Name, Slug: g.slug}); err != nil {
			return nil, err
		}
		if err := a.SetFeatures(ctx, g.portal, s.shares()); err != nil {
			return nil, err
		}
		some, err := s.invite(ctx, a, g)
		if err != nil {
			return nil, err
		}
		guests = append(guests, some...)
	}
	return guests, nil
}

// shares is what the portals share: deliveries as well where there are some.
func (s *seeding) shares() []store.Feature {
	out := store.Preset(store.PresetStandard)
	if s.Jobs > 0 {
		out = append(out, store.FeatureDeliveries, store.FeatureDeliveryList, store.FeatureJobs, store.FeatureJobList)
	}
	return out
}

// invite invites as many people as the data set needs at this customer: one,
// more where there are few customers, and some more at the big one.
func (s *seeding) invite(ctx context.Context, a store.Staff, g guest) (guests []guest, err error) {
	all := s.Providers * s.Customers
	small, big := (smallPeople+all-1)/all, 0
	if len(s.owners) == 1 {
		big = bigPeople
	}
	for n := range small + big {
		g.kind, g.email = "small", fmt.Sprintf("user%d@%s.test", n+1, g.slug)
		if n >= small {
			g.kind = "big"
		}
		var token string
		token, g.hash = secret.NewToken(s, secret.Invitation)
		if _, err := a.Invite(ctx, g.portal, store.NewInvitation{Hash: g.hash, Hint: token[len(token)-4:]}); err != nil {
			return nil, err
		}
		guests = append(guests, g)
	}
	return guests, nil
}

func (s *seeding) accept(ctx context.Context, y store.System, g guest, terms int64) error {
	token, hash := secret.NewToken(s, secret.Session)
	_, err := y.Accept(ctx, g.portal, g.hash, store.Registration{Name: "User of " + g.slug, Email: g.email, Password: "x", Terms: terms, Session: hash})
	s.people = append(s.people, Who{Kind: g.kind, Base: "/portal/" + g.slug, Token: token})
	return err
}

func (s *seeding) groups(ctx context.Context, y store.System, of store.ProviderID) (err error) {
	for i := range s.owners {
		if o := &s.owners[i]; o.provider == of {
			if o.groups, err = y.BulkGroups(ctx, o.provider, o.customer, "North", "South", "East", "West", "Pool"); err != nil {
				return err
			}
		}
	}
	return nil
}

// choose picks who loads the data set: people of ordinary customers all over
// it, those of the big one, and the staff. Each gets an asset to look at.
func (s *seeding) choose() (out People) {
	first := map[string]int64{}
	for i, o := range s.owners {
		first[fmt.Sprintf("/portal/p%d-c%d", i/s.Customers+1, i%s.Customers+1)] = o.first
		if at := fmt.Sprintf("/admin/p%d", i/s.Customers+1); first[at] == 0 {
			first[at] = o.first
		}
	}
	for i := range s.people {
		s.people[i].Asset = first[s.people[i].Base]
	}
	small := s.people.Of("small")
	for len(out) < min(smallPeople, len(small)) {
		at := len(out) + s.dice.n(len(small)-len(out)) // a shuffle, as far as it is needed
		small[len(out)], small[at] = small[at], small[len(out)]
		out = append(out, small[len(out)])
	}
	return append(append(out, s.people.Of("big")...), s.people.Of("staff")...)
}
