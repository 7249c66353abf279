package bench

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"gatehouse/app/secret"
	"gatehouse/store"
)

// How many people load a data set: so many at customers of ordinary size, so
// many at the big one.
const (
	smallPeople = 200
	bigPeople   = 20
)

// seedTool is "bench seed".
func seedTool(ctx context.Context, args []string, out io.Writer) error {
	f := newFlags("seed", out)
	data := f.String("data", "bench.db", "data file to make; it must not exist")
	tokens := f.String("tokens", "", "file for the people's session tokens (default: the data file's name with .people.json)")
	assets := f.Int("assets", 1_000_000, "how many assets")
	providers := f.Int("providers", 100, "how many providers")
	customers := f.Int("customers", 100, "how many customers each provider has")
	jobs := f.Int("jobs", 0, "how many jobs: deliveries, collections and work orders of two years")
	seed := f.Uint64("seed", 1, "another number makes another fleet")
	if err := f.Parse(args); err != nil {
		return err
	}
	fleet := Fleet{Assets: *assets, Jobs: *jobs, Providers: *providers, Customers: *customers, Seed: *seed}
	if *tokens == "" {
		*tokens = peopleFile(*data)
	}
	return Seed(ctx, fleet, *data, *tokens, out)
}

func peopleFile(data string) string { return data + ".people.json" }

// Seed makes a data file with a fleet in it, every customer with a portal and
// a person, and writes down how the people come in.
func Seed(ctx context.Context, f Fleet, data, tokens string, out io.Writer) error {
	if f.Assets < 1 || f.Providers < 1 || f.Customers < 1 || f.Assets > 5_000_000 || f.Jobs > 5_000_000 || f.Providers*f.Customers > 100_000 {
		return fmt.Errorf("give between 1 and 5,000,000 assets and 1 and 100,000 customers in all")
	}
	if _, err := os.Stat(data); err == nil {
		return fmt.Errorf("%s exists already; give a new file", data)
	}
	began := time.Now()
	db, err := store.Open(ctx, store.Options{Path: data})
	if err != nil {
		return err
	}
	s := seeding{Fleet: f, db: db, y: db.System("benchmark", store.Origin{Source: "bench"}), dice: dice(f.Seed)}
	err = s.run(ctx, tokens, out)
	if e := db.Close(); err == nil {
		err = e
	}
	if err == nil {
		fmt.Fprintf(out, "%d assets, %d customers, %d people in %.1f s\n", f.Assets, f.Providers*f.Customers, len(s.people), time.Since(began).Seconds())
	}
	return err
}

// seeding is a data set while it is made.
type seeding struct {
	Fleet
	db     *store.DB
	y      store.System
	dice   dice
	owners []owner // by provider and customer
	people People
}

// owner is a customer that exists, with the ids its machines need.
type owner struct {
	provider store.ProviderID
	customer store.CustomerID
	groups   []store.GroupID
	first    int64 // id of its first asset
}

func (s *seeding) run(ctx context.Context, tokens string, out io.Writer) error {
	if err := s.y.SetSettings(ctx, map[string]string{store.SetReady: "yes"}); err != nil {
		return err
	}
	for p := range s.Providers {
		if err := s.provider(ctx, p); err != nil {
			return fmt.Errorf("provider %d: %w", p, err)
		}
	}
	fmt.Fprintf(out, "%d providers with their customers, portals and people\n", s.Providers)
	if err := s.y.BulkAssets(ctx, s.Assets, s.asset); err != nil {
		return fmt.Errorf("assets: %w", err)
	}
	if s.Jobs > 0 {
		if err := s.y.BulkJobs(ctx, s.Jobs, s.job); err != nil {
			return fmt.Errorf("jobs: %w", err)
		}
		fmt.Fprintf(out, "%d jobs\n", s.Jobs)
	}
	return s.choose().save(tokens)
}

// Read gives chance to tokens, so that a data set is the same at every making.
func (s *seeding) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(s.dice.next() >> 32)
	}
	return len(b), nil
}

func (s *seeding) asset(i int) store.BulkAsset {
	m := s.At(i)
	o := &s.owners[m.Provider*s.Customers+m.Customer]
	if o.first == 0 {
		o.first = int64(i + 1) // ids count from 1 in a new file
	}
	a := store.BulkAsset{Provider: o.provider, Customer: o.customer, Group: o.groups[m.Group], Name: m.Name, ExternalID: m.ExternalID, Serial: m.Serial, PIN: m.PIN,
		Make: m.Make, Model: m.Model, Type: m.Type, Status: m.Status, Year: m.Year, Since: m.Since, SeenAt: m.SeenAt,
		Hours: m.Hours, IdleHours: m.IdleHours, Fuel: m.Fuel, DEF: m.DEF, Odometer: m.Odometer, Lat: m.Lat, Lon: m.Lon, Running: m.Running}
	if i%500 == 0 || o.first == int64(i+1) { // a sample, and every asset whose page is loaded
		a.Readings = 30
	}
	return a
}

// provider makes provider p and all that is not a machine, through the
// product's own verbs.
func (s *seeding) provider(ctx context.Context, p int) error {
	slug := fmt.Sprintf("p%d", p+1)
	id, err := s.y.AddProvider(ctx, store.NewProvider{Slug: slug, Name: fmt.Sprintf("Provider %d", p+1), Starter: "rental"})
	if err != nil {
		return err
	}
	admin, err := s.admin(ctx, id, slug)
	if err != nil {
		return err
	}
	terms, err := s.y.ProviderTerms(ctx, id)
	if err != nil {
		return err
	}
	var guests []guest
	err = admin.Update(ctx, func(a store.Staff) (err error) {
		guests, err = s.customers(ctx, a, slug)
		return err
	})
	if err != nil {
		return err
	}
	return s.y.Update(ctx, func(y store.System) error {
		for _, g := range guests {
			if err := s.accept(ctx, y, g, terms.Version); err != nil {
				return err
			}
		}
		return s.groups(ctx, y, id)
	})
}

func (s *seeding) admin(ctx context.Context, id store.ProviderID, slug string) (store.Staff, error) {
	user, err := s.y.AddUser(ctx, id, store.NewUser{Kind: "staff", Name: "Admin of " + slug, Email: "admin@" + slug + ".test", Role: "admin", Owner: true, Password: "x"})
	if err != nil {
		return store.Staff{}, err
	}
	token, hash := secret.NewToken(s, secret.Session)
	if err := s.y.StartSession(ctx, store.Account{ID: user, Provider: id}, 0, hash); err != nil {
		return store.Staff{}, err
	}
	s.people = append(s.people, Who{Kind: "staff", Base: "/admin/" + slug, Token: token})
	return s.db.Staff(ctx, slug, hash, store.Origin{Source: "bench"})
}
