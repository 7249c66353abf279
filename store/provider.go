package store

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	"gatehouse/store/fault"
)

// Provider is a tenant: a rental company, dealer, courier, field-service firm
// or repair shop. Limits of 0 mean unlimited.
type Provider struct {
	ID      ProviderID
	Slug    string
	Name    string
	State   string // active, suspended
	Starter string // rental, dealer, courier, field, repair
	Limits
	Formats   // defaults for its people
	Words     Words
	CreatedAt time.Time
}

// Limits is what the operator allows a provider at most; 0 is unlimited.
type Limits struct {
	Portals, Staff, MailsDay, StorageMB int64
}

const providerColumns = `p.id, p.slug, p.name, p.state, p.starter, p.max_portals, p.max_staff, p.max_mails_day, p.max_storage_mb,
	p.date_format, p.date_sep, p.clock24, p.time_zone, p.language, p.created_at, ` + wordColumns

func (p *Provider) row(r *row) {
	p.ID, p.Slug, p.Name, p.State, p.Starter = ProviderID(r.int()), r.str(), r.str(), r.str(), r.str()
	p.Portals, p.Staff, p.MailsDay, p.StorageMB = r.int(), r.int(), r.int(), r.int()
	p.Formats.row(r)
	p.CreatedAt = r.unix()
	p.Words.row(r)
}

// Starters are the kinds of business a provider can start as; the starter
// pack gives it customer types and words to begin with.
var Starters = []string{"rental", "dealer", "courier", "field", "repair"}

var slugForm = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])$`)

// ValidSlug reports what is wrong with an address part, if anything.
func ValidSlug(slug string) error {
	if !slugForm.MatchString(slug) || strings.Contains(slug, "--") {
		return fault.Field("slug", "Use 2 to 40 lower-case letters, digits and single hyphens, such as “nordlift”.")
	}
	return nil
}

// NewProvider is what it takes to make one.
type NewProvider struct {
	Slug, Name, Starter string
	Formats             Formats
}

// Validate reports all that is wrong at once.
func (n NewProvider) Validate() error {
	var bad fault.Problems
	if s := strings.TrimSpace(n.Name); s == "" || len(s) > 200 {
		bad.Add("name", "Give the provider's name, up to 200 characters.")
	}
	checkText(&bad, "name", strings.TrimSpace(n.Name), 200)
	if err := ValidSlug(n.Slug); err != nil {
		bad.Add("slug", "%s", fault.Says(err))
	}
	if n.Starter != "" && !slices.Contains(Starters, n.Starter) {
		bad.Add("starter", "Choose one of the kinds of business.")
	}
	return bad.Err()
}

// customerTypes are those of row 6; "Other" is the default.
var customerTypes = []string{"OEM", "Dealer", "Rental company", "Contractor", "End user", "Service provider", "Other"}

// AddProvider makes a provider with its starter pack: customer types, three
// themes, a plan with every feature, first terms.
func (y System) AddProvider(ctx context.Context, n NewProvider) (id ProviderID, err error) {
	if err := n.Validate(); err != nil {
		return 0, err
	}
	f := n.Formats
	err = y.Update(ctx, func(y System) error {
		i, _, err := y.run(ctx, `INSERT INTO providers (slug, name, starter, date_format, date_sep, clock24, time_zone, language, created_at, updated_at)
			VALUES (:slug, :name, :starter, :df, :ds, :c24, :tz, :lang, :now, :now) RETURNING id`,
			p(":slug", n.Slug), p(":name", strings.TrimSpace(n.Name)), p(":starter", pick(n.Starter, "rental")), p(":df", pick(f.Date, "MDY")), p(":ds", pick(f.Sep, "/")),
			p(":c24", f.Clock24), p(":tz", pick(f.Zone, "UTC")), p(":lang", pick(f.Language, "en")), p(":now", y.Now()))
		if err != nil {
			return err
		}
		id = ProviderID(i)
		for _, info := range Features {
			if _, _, err := y.run(ctx, `INSERT INTO plan_features VALUES (:id, :f)`, p(":id", id), p(":f", info.Feature)); err != nil {
				return err
			}
		}
		s, err := y.Provider(ctx, id)
		if err != nil {
			return err
		}
		return s.starterPack(ctx)
	})
	return id, err
}

func pick(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func (s Staff) starterPack(ctx context.Context) error {
	for i, name := range customerTypes {
		if _, err := s.insert(ctx, CustomerTypeAdd, "customer_types", set{"name", name}, set{"position", i}); err != nil {
			return err
		}
	}
	for i, t := range starterThemes {
		if _, err := s.insert(ctx, ThemeAdd, "themes", set{"name", t.Name}, set{"primary_hex", t.Primary}, set{"menu_hex", t.Menu}, set{"notify_hex", t.Notify},
			set{"is_default", i == 0}, set{"created_at", s.Now()}, set{"updated_at", s.Now()}); err != nil {
			return err
		}
	}
	if err := s.addRoles(ctx); err != nil {
		return err
	}
	if err := s.jobStarters(ctx); err != nil {
		return err
	}
	_, err := s.PublishTerms(ctx, "Terms of use", starterTerms, false)
	return err
}

const starterTerms = `This portal shows information that your provider shares with your company. Use it for your company's own work, keep your password to yourself, and tell your provider when somebody should no longer have access.

Readings, positions and times come from devices and people; they can be late or wrong. Nothing in this portal changes a contract between your company and your provider.

Your provider sees who signed in and when. Your name and e-mail address are used for this portal and for letters about it.`
