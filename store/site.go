package store

import (
	"context"
	"strings"
	"time"

	"gatehouse/store/fault"
)

// Site is a place where jobs are done: a customer's yard, plant or shop, or
// the provider's own. How to get in is for the provider's people only.
type Site struct {
	ID           SiteID
	CustomerName string
	GroupName    string
	SiteEdit
	Version   int64
	CreatedAt time.Time
}

// SiteEdit is a site as a form brings it.
type SiteEdit struct {
	Name, ExternalID                        string
	Customer                                CustomerID // 0: the provider's own
	Group                                   GroupID
	Street, PostalCode, City, Country       string
	Lat, Lon                                Num
	ContactName, ContactPhone, ContactEmail string
	Access                                  string
}

// Address is the site's address on one line.
func (e SiteEdit) Address() string {
	parts := []string{}
	for _, part := range []string{e.Street, strings.TrimSpace(e.PostalCode + " " + e.City), e.Country} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}

const siteColumns = `o.id, coalesce((SELECT c.name FROM {customers} c WHERE c.id = o.customer_id), ''), coalesce((SELECT g.name FROM {groups} g WHERE g.id = o.group_id), ''),
	o.name, coalesce(o.external_id, ''), coalesce(o.customer_id, 0), coalesce(o.group_id, 0), o.street, o.postal_code, o.city, o.country, o.lat, o.lon,
	o.contact_name, o.contact_phone, o.contact_email, o.access, o.version, o.created_at`

func (o *Site) row(r *row) {
	o.ID, o.CustomerName, o.GroupName = SiteID(r.int()), r.str(), r.str()
	o.Name, o.ExternalID, o.Customer, o.Group = r.str(), r.str(), CustomerID(r.int()), GroupID(r.int())
	o.Street, o.PostalCode, o.City, o.Country, o.Lat, o.Lon = r.str(), r.str(), r.str(), r.str(), r.num(), r.num()
	o.ContactName, o.ContactPhone, o.ContactEmail, o.Access, o.Version, o.CreatedAt = r.str(), r.str(), r.str(), r.str(), r.int(), r.unix()
}

// SiteFilter says which sites to list, by name.
type SiteFilter struct {
	Search   string
	Customer CustomerID
	Sort     string // name; "-name"
	After    string
	Limit    int
}

// Sites lists sites by name, a page at a time.
func (s scope) Sites(ctx context.Context, f SiteFilter) (Page[Site], error) {
	q := pageQuery[Site]{columns: siteColumns, from: `{sites} o`, id: `o.id`, sorts: map[string]string{"name": `o.name`}, sort: pick(f.Sort, "name"), after: f.After, limit: f.Limit,
		into: (*Site).row, key: func(o *Site, _ string) (any, int64) { return o.Name, int64(o.ID) }}
	if f.Customer != 0 {
		q.where(`o.customer_id = :of`, p(":of", f.Customer))
	}
	q.like(f.Search, `o.name`, `o.street`, `o.city`, `o.contact_name`)
	return page(ctx, s, q)
}

// Site reads one site.
func (s scope) Site(ctx context.Context, id SiteID) (Site, error) {
	return one(ctx, s, "site", (*Site).row, `SELECT `+siteColumns+` FROM {sites} o WHERE o.id = :id`, p(":id", id))
}

func (e *SiteEdit) clean() error {
	var bad fault.Problems
	for _, f := range []struct {
		name string
		v    *string
		most int
	}{{"name", &e.Name, 200}, {"external_id", &e.ExternalID, 100}, {"street", &e.Street, 200}, {"postal_code", &e.PostalCode, 20}, {"city", &e.City, 100}, {"country", &e.Country, 100},
		{"contact_name", &e.ContactName, 200}, {"contact_phone", &e.ContactPhone, 60}, {"contact_email", &e.ContactEmail, 254}} {
		*f.v = strings.TrimSpace(*f.v)
		checkText(&bad, f.name, *f.v, f.most)
	}
	e.Access = cleanLines(&bad, "access", e.Access, 2000)
	if e.Name == "" {
		bad.Add("name", "Give the site a name.")
	}
	if e.ContactEmail != "" {
		if err := CheckEmail(e.ContactEmail); err != nil {
			bad.Add("contact_email", "%s", fault.Says(err))
		}
	}
	if e.Lat.OK != e.Lon.OK || e.Lat.OK && (e.Lat.V < -90 || e.Lat.V > 90 || e.Lon.V < -180 || e.Lon.V > 180) {
		bad.Add("position", "Give a latitude between -90 and 90 and a longitude between -180 and 180, or neither.")
	}
	return bad.Err()
}

func (e SiteEdit) sets() []set {
	return []set{{"name", e.Name}, {"external_id", orNull(e.ExternalID)}, {"customer_id", orNull(e.Customer)}, {"group_id", orNull(e.Group)}, {"street", e.Street}, {"postal_code", e.PostalCode},
		{"city", e.City}, {"country", e.Country}, {"lat", e.Lat}, {"lon", e.Lon}, {"contact_name", e.ContactName}, {"contact_phone", e.ContactPhone}, {"contact_email", e.ContactEmail}, {"access", e.Access}}
}

// known refuses a customer or a group that is not the scope's, and a group of
// another customer.
func (e SiteEdit) known(ctx context.Context, s Staff) error {
	if e.Customer != 0 {
		if _, err := s.Customer(ctx, e.Customer); err != nil {
			return fault.Field("customer", "Choose one of your customers, or none.")
		}
	}
	if s.groups && e.Group == 0 {
		return fault.Field("group", "Choose one of your groups, otherwise you would not see this site again.")
	}
	if e.Group == 0 {
		return nil
	}
	g, err := s.Group(ctx, e.Group)
	if err != nil {
		return fault.Field("group", "Choose one of your groups.")
	}
	if g.Customer != 0 && g.Customer != e.Customer {
		return fault.Field("group", "The group %s belongs to %s. Choose that customer, or another group.", g.Name, g.CustomerName)
	}
	return nil
}

// AddSite adds a site.
func (s Staff) AddSite(ctx context.Context, e SiteEdit) (id SiteID, err error) {
	if err := s.Can(SiteAdd); err != nil {
		return 0, err
	}
	if err := e.clean(); err != nil {
		return 0, err
	}
	err = s.Update(ctx, func(s Staff) error {
		if err := e.known(ctx, s); err != nil {
			return err
		}
		n, err := s.insert(ctx, SiteAdd, "sites", append(e.sets(), set{"created_at", s.Now()}, set{"updated_at", s.Now()})...)
		id = SiteID(n)
		return err
	})
	return id, err
}

// ChangeSite saves an edit made of version; a newer one is a Conflict. Jobs
// keep the address they have.
func (s Staff) ChangeSite(ctx context.Context, id SiteID, version int64, e SiteEdit) error {
	if err := s.Can(SiteChange); err != nil {
		return err
	}
	if err := e.clean(); err != nil {
		return err
	}
	return s.Update(ctx, func(s Staff) error {
		was, err := s.Site(ctx, id)
		if err != nil {
			return err
		}
		if version != 0 && was.Version != version {
			return fault.New(fault.Conflict, "Somebody else changed this site meanwhile. Your entries are kept below; check them and save again.")
		}
		if err := e.known(ctx, s); err != nil {
			return err
		}
		if was.Customer != e.Customer {
			n, err := s.number(ctx, `SELECT count(*) FROM (SELECT 1 FROM {jobs} j WHERE j.site_id = :id`+upTo(countUpTo)+`)`, p(":id", id))
			if err != nil {
				return err
			}
			if n > 0 {
				return fault.Field("customer", "There are jobs at this site, which %s sees. Add a new site for another customer instead.", pick(was.CustomerName, "its customer"))
			}
		}
		return s.change(ctx, SiteChange, "sites", int64(id), append(e.sets(), set{"version", was.Version + 1}, set{"updated_at", s.Now()})...)
	})
}

// RemoveSite removes a site. Jobs done there keep their address.
func (s Staff) RemoveSite(ctx context.Context, id SiteID) error {
	return s.Update(ctx, func(s Staff) error {
		if err := s.Can(SiteRemove); err != nil {
			return err
		}
		if _, err := s.Site(ctx, id); err != nil {
			return err
		}
		if _, err := s.write(ctx, SiteRemove, `UPDATE <jobs> SET site_id = NULL WHERE site_id = :id AND {mine:jobs}`, p(":id", id)); err != nil {
			return err
		}
		return s.remove(ctx, SiteRemove, "sites", int64(id))
	})
}
