package store

import (
	"context"
	"regexp"
	"strconv"
	"strings"
)

// CustomerFilter says which customers to list and in which order. Search looks
// into name, own number, e-mail and city, into the names and addresses of
// contacts, and finds "C-12" by its number; accents and case do not matter.
type CustomerFilter struct {
	Search string
	Type   TypeID
	Portal string // a portal state
	Sort   string // name, updated, assets; "-" before it for descending
	After  string // cursor
	Limit  int
}

// Customers lists customers, a page at a time.
func (s Staff) Customers(ctx context.Context, f CustomerFilter) (Page[Customer], error) {
	q := pageQuery[Customer]{columns: customerColumns, from: `{customers} c CROSS JOIN {customer_types} t ON t.id = c.type_id`, counts: `{customers} c`, id: `c.id`,
		sorts: map[string]string{"name": `c.find`, "updated": `c.updated_at`, "assets": `c.asset_count`},
		sort:  pick(f.Sort, "name"), after: f.After, limit: f.Limit, into: (*Customer).row, key: (*Customer).sortKey}
	f.find(&q)
	if f.Type != 0 {
		q.where(`c.type_id = :type`, p(":type", f.Type))
	}
	if f.Portal != "" {
		q.where(`c.portal_state = :portal_state`, p(":portal_state", f.Portal))
	}
	return page(ctx, s.scope, q)
}

func (c *Customer) sortKey(sort string) (any, int64) {
	switch sort {
	case "updated":
		return c.UpdatedAt, int64(c.ID)
	case "assets":
		return c.Assets, int64(c.ID)
	}
	return CustomerEdit{CustomerInput: c.CustomerInput, ExternalID: c.ExternalID}.find(), int64(c.ID)
}

var customerNumber = regexp.MustCompile(`^(?:[cC][- ]?)?([0-9]{1,15})$`)

// find adds the search, if there is anything to search for.
func (f CustomerFilter) find(q *pageQuery[Customer]) {
	typed := strings.TrimSpace(clip(f.Search, 200))
	if typed == "" {
		return
	}
	cond := `(c.find LIKE :find ESCAPE '\' OR c.id IN (SELECT k.customer_id FROM {contacts} k WHERE k.email LIKE :typed ESCAPE '\' OR k.name LIKE :typed ESCAPE '\')`
	args := []arg{p(":find", `%`+likeEscape.Replace(fold(typed))+`%`), p(":typed", `%`+likeEscape.Replace(typed)+`%`)}
	if m := customerNumber.FindStringSubmatch(typed); m != nil {
		n, _ := strconv.ParseInt(m[1], 10, 64) // fifteen digits fit
		cond, args = cond+` OR c.number = :number`, append(args, p(":number", n))
	}
	q.where(cond+`)`, args...)
}
