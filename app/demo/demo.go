// Package demo fills an empty data file with two providers as they could be:
// their fleets, customers, portals in every state, people of every kind and
// months of readings. Everything goes through the same doors people use.
package demo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"gatehouse/app/desk"
	"gatehouse/app/secret"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// Password is what everybody in the sample data signs in with.
const Password = "show me the machines"

// Door is one way into the sample data.
type Door struct {
	Path  string // such as /admin/nordlift
	Who   string // in words
	Login string // "": open to whoever has the link
}

// doors lists who can sign in where, one of each kind.
var doors = []Door{
	{"/operator", "the operator, who runs the appliance", "ops@gatehouse.test"},
	{"/admin/nordlift", "Nordlift Rental: Nora, its admin", "nora@nordlift.test"},
	{"/admin/nordlift", "Nordlift Rental: Finn, fleet admin", "finn@nordlift.test"},
	{"/admin/nordlift", "Nordlift Rental: Tarek, technician", "tarek@nordlift.test"},
	{"/portal/hafenbau", "Hafenbau's portal: Anna, its portal admin", "anna@hafenbau.test"},
	{"/portal/hafenbau", "Hafenbau's portal: Ben, who sees the northern site only", "ben@hafenbau.test"},
	{"/portal/hafenbau", "Hafenbau's portal: Jule, who also works for Lübecker Gleisbau and switches", "jule@bauleitung.test"},
	{"/admin/swift", "Swift Couriers: Sam, its admin", "sam@swift.test"},
	{"/admin/swift", "Swift Couriers: Pete, who drives: On the road", "pete@swift.test"},
	{"/portal/marlow-foods", "Marlow Foods' portal: Maya", "maya@marlow.test"},
	{"/track/" + trackLink, "Where one of today's deliveries is", ""},
}

// Build fills the data file, unless that was done before, and says who can
// sign in where.
func Build(ctx context.Context, db *store.DB, d *desk.Desk) ([]Door, error) {
	return doors, build(ctx, db, d)
}

func build(ctx context.Context, db *store.DB, d *desk.Desk) error {
	y := db.System("sample data", store.Origin{Source: "system"})
	all, err := y.Providers(ctx)
	if err != nil {
		return err
	}
	if len(all) > 0 {
		return whole(ctx, y)
	}
	phc, err := secret.Hash(ctx, Password)
	if err != nil {
		return err
	}
	b := &builder{db: db, desk: d, y: y, phc: phc, now: y.Now()}
	if _, err := y.AddOperator(ctx, store.NewOperator{Name: "Olga Ops", Email: "ops@gatehouse.test", Password: phc}); err != nil {
		return fmt.Errorf("operator: %w", err)
	}
	for _, f := range []firm{nordlift, swift} {
		if err := b.build(ctx, f); err != nil {
			return fmt.Errorf("%s: %w", f.slug, err)
		}
	}
	return y.SetSettings(ctx, map[string]string{store.SetReady: "yes", store.SetContactName: "Olga Ops", store.SetContactMail: "ops@gatehouse.test"})
}

// whole refuses a file whose sample data somebody interrupted half way.
func whole(ctx context.Context, y store.System) error {
	ready, err := y.Ready(ctx)
	if err == nil && !ready {
		err = fault.New(fault.Conflict, "the sample data in this file is only half made: delete the file and start again")
	}
	return err
}

// builder makes one firm after the other.
type builder struct {
	db        *store.DB
	desk      *desk.Desk
	y         store.System
	phc       string
	now       time.Time
	id        store.ProviderID
	admin     store.Staff
	customers map[string]store.CustomerID
	groups    map[string]store.GroupID
	people    map[string]store.UserID
}

func (b *builder) build(ctx context.Context, f firm) error {
	b.customers, b.groups, b.people = map[string]store.CustomerID{}, map[string]store.GroupID{}, map[string]store.UserID{}
	var err error
	if b.id, err = b.y.AddProvider(ctx, store.NewProvider{Slug: f.slug, Name: f.name, Starter: f.starter, Formats: f.formats}); err != nil {
		return err
	}
	for i, p := range f.staff {
		u, err := b.y.AddUser(ctx, b.id, store.NewUser{Kind: "staff", Name: p.name, Email: p.email, Role: p.role, Owner: i == 0, Password: b.phc})
		if err != nil {
			return err
		}
		b.people[p.email] = u
		if i == 0 {
			if err := b.signIn(ctx, f, u); err != nil {
				return err
			}
		}
	}
	for _, step := range []func(context.Context, firm) error{b.settings, b.addCustomers, b.addFleet, b.addVans, b.addJobs, b.openPortals, b.addClients, b.addAccess, b.changeAddress} {
		if err := step(ctx, f); err != nil {
			return err
		}
	}
	return nil
}

// signIn makes the firm's first admin the one who does all that follows.
func (b *builder) signIn(ctx context.Context, f firm, u store.UserID) error {
	_, hash := secret.NewToken(b.db.Rand(), secret.Session)
	if err := b.y.StartSession(ctx, store.Account{ID: u, Provider: b.id}, 0, hash); err != nil {
		return err
	}
	var err error
	b.admin, err = b.db.Staff(ctx, f.slug, hash, store.Origin{Source: "system"})
	return err
}

func (b *builder) settings(ctx context.Context, f firm) error {
	return b.admin.SetOwnSettings(ctx, map[string]string{
		store.OwnHelpTitle: "Getting started", store.OwnHelpText: "What you find where, in five minutes.", store.OwnHelpHref: "https://help." + f.slug + ".test/start",
		store.OwnCommunityTitle: "Community", store.OwnCommunityText: "Ask other people who work with our machines.", store.OwnCommunityHref: "https://community." + f.slug + ".test",
		store.OwnSupportName: f.name + " support", store.OwnSupportEmail: "support@" + f.slug + ".test", store.OwnSupportPhone: f.phone})
}

func (b *builder) addCustomers(ctx context.Context, f firm) error {
	types, err := b.admin.CustomerTypes(ctx)
	if err != nil {
		return err
	}
	for _, c := range f.customers {
		e := store.CustomerEdit{ExternalID: c.code, CustomerInput: store.CustomerInput{Name: c.name, Email: c.email, Phone: c.phone, Street: c.street, PostalCode: c.zip, City: c.city, Country: f.country}}
		for _, t := range types {
			if t.Name == c.kind {
				e.Type = t.ID
			}
		}
		id, err := b.admin.AddCustomer(ctx, e)
		if err != nil {
			return fmt.Errorf("customer %s: %w", c.name, err)
		}
		b.customers[c.key] = id
		if c.contact != "" {
			if _, err := b.admin.AddContact(ctx, id, store.ContactEdit{Name: c.contact, Title: "Site manager", Email: c.email, Phone: c.phone}); err != nil {
				return err
			}
		}
		for _, g := range c.groups {
			if b.groups[g], err = b.admin.AddGroup(ctx, store.GroupEdit{Name: g, Customer: id}); err != nil {
				return err
			}
		}
	}
	return nil
}

// openPortals brings every customer's portal into its state.
func (b *builder) openPortals(ctx context.Context, f firm) error {
	for _, c := range f.customers {
		if err := b.openPortal(ctx, f, c); err != nil {
			return fmt.Errorf("portal of %s: %w", c.name, err)
		}
	}
	return nil
}

func (b *builder) openPortal(ctx context.Context, f firm, c customer) error {
	id := b.customers[c.key]
	if c.portal == "" {
		return nil
	}
	if _, err := b.admin.AddPortal(ctx, id, store.PortalEdit{Slug: c.slug}); err != nil || c.portal == "draft" {
		return err
	}
	link, err := b.desk.EnablePortal(ctx, b.admin, id, desk.Enabling{Areas: c.areas})
	if err != nil {
		return err
	}
	if err := b.pickTheme(ctx, link.Portal.ID, c.theme); err != nil || c.portal == "pending" {
		return err
	}
	for i, p := range c.people {
		if i > 0 {
			if link, err = b.desk.Invite(ctx, b.admin, link.Portal.ID, store.InviteEdit{Name: p.name, Email: p.email}, false); err != nil {
				return err
			}
		}
		if err := b.join(ctx, f, link, p); err != nil {
			return fmt.Errorf("%s: %w", p.email, err)
		}
	}
	if c.portal == "suspended" {
		return b.admin.SuspendPortal(ctx, link.Portal.ID)
	}
	return nil
}

func (b *builder) pickTheme(ctx context.Context, portal store.PortalID, name string) error {
	themes, err := b.admin.Themes(ctx)
	if err != nil {
		return err
	}
	for _, t := range themes {
		if t.Name == name {
			return b.admin.SetTheme(ctx, portal, t.ID)
		}
	}
	return nil
}

// join takes up an invitation the way its receiver would.
func (b *builder) join(ctx context.Context, f firm, link desk.Link, p person) error {
	token := link.URL[strings.LastIndex(link.URL, "/")+1:]
	terms, err := b.y.ProviderTerms(ctx, b.id)
	if err != nil {
		return err
	}
	at := desk.Where{Provider: b.id, Portal: link.Portal.ID, Path: "/portal/" + link.Portal.Slug, Sender: f.name}
	_, _, err = b.desk.Register(ctx, at, token, desk.Joining{Name: p.name, Email: p.email, Password: Password, Accepted: true, Terms: terms.Version}, store.Origin{IP: "192.0.2.17", Agent: "Mozilla/5.0 (iPhone; sample)"})
	if err != nil || len(p.groups) == 0 {
		return err
	}
	members, err := b.admin.Members(ctx, link.Portal.ID)
	if err != nil {
		return err
	}
	for _, m := range members {
		if m.Email == p.email {
			ids := []store.GroupID{}
			for _, g := range p.groups {
				ids = append(ids, b.groups[g])
			}
			return b.admin.SetMemberGroups(ctx, m.ID, false, ids)
		}
	}
	return nil
}
