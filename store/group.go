package store

import (
	"context"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"gatehouse/store/fault"
)

// Group is a business unit of a customer, or the provider's own cut of its
// fleet and people. Its name is unique at the provider, whatever the case and
// the spaces it is typed with.
type Group struct {
	ID           GroupID
	CustomerName string
	GroupEdit
	Assets    int64 // up to a thousand and one, as the next three
	Jobs      int64
	Staff     int64 // people who are limited to it
	Members   int64 // the same in the customer's portal
	Vehicles  int64
	CreatedAt time.Time
}

// Used reports whether anything is in the group.
func (u Group) Used() bool { return u.Assets+u.Jobs+u.Staff+u.Members+u.Vehicles > 0 }

// GroupEdit is a group as a form brings it.
type GroupEdit struct {
	Name     string
	Code     string
	Customer CustomerID // 0: no customer's
}

const groupColumns = `g.id, coalesce(c.name, ''), g.name, g.code, coalesce(g.customer_id, 0), g.created_at, ` +
	countOfAssets + `, ` + countOfJobs + `, ` + countOfStaff + `, ` + countOfMembers + `, ` + countOfVehicles

// What is in a group, each up to a thousand and one.
const (
	countOfAssets   = `(SELECT count(*) FROM (SELECT 1 FROM {asset_groups} x WHERE x.group_id = g.id LIMIT 1001))`
	countOfJobs     = `(SELECT count(*) FROM (SELECT 1 FROM {jobs} x WHERE x.group_id = g.id LIMIT 1001))`
	countOfStaff    = `(SELECT count(*) FROM (SELECT 1 FROM {user_groups} x WHERE x.group_id = g.id LIMIT 1001))`
	countOfMembers  = `(SELECT count(*) FROM (SELECT 1 FROM {membership_groups} x WHERE x.group_id = g.id LIMIT 1001))`
	countOfVehicles = `(SELECT count(*) FROM (SELECT 1 FROM {vehicle_groups} x WHERE x.group_id = g.id LIMIT 1001))`
)

// groupColumns counts nothing of what somebody may not read.
func (s Staff) groupColumns() string {
	out := groupColumns
	for count, v := range map[string]Verb{countOfJobs: JobRead, countOfStaff: UserRead, countOfMembers: MemberRead, countOfVehicles: VehicleRead} {
		if !s.May(v) {
			out = strings.Replace(out, count, `0`, 1)
		}
	}
	return out
}

const groupFrom = `{groups} g LEFT JOIN {customers} c ON c.id = g.customer_id`

func (u *Group) row(r *row) {
	u.ID, u.CustomerName, u.Name, u.Code, u.Customer, u.CreatedAt = GroupID(r.int()), r.str(), r.str(), r.str(), CustomerID(r.int()), r.unix()
	u.Assets, u.Jobs, u.Staff, u.Members, u.Vehicles = r.int(), r.int(), r.int(), r.int(), r.int()
}

// groupKey is the form under which a group's name is unique.
func groupKey(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(name))
}

// clean trims what was typed and reports all that is wrong with it.
func (e *GroupEdit) clean() error {
	var bad fault.Problems
	e.Name, e.Code = strings.Join(strings.Fields(e.Name), " "), strings.TrimSpace(e.Code)
	checkText(&bad, "name", e.Name, 100)
	checkText(&bad, "code", e.Code, 50)
	if e.Name == "" {
		bad.Add("name", "Give the group's name.")
	}
	return bad.Err()
}

func (e GroupEdit) sets() []set {
	return []set{{"name", e.Name}, {"key", groupKey(e.Name)}, {"code", e.Code}, {"customer_id", orNull(e.Customer)}}
}

// known refuses a customer that is not the scope's, so that a group never
// hangs on somebody else's.
func (e GroupEdit) known(ctx context.Context, s Staff) error {
	if e.Customer == 0 {
		return nil
	}
	if _, err := s.Customer(ctx, e.Customer); err != nil {
		return fault.Field("customer", "Choose one of your customers, or none.")
	}
	return nil
}

// GroupFilter says which groups to list.
type GroupFilter struct {
	Search string
	After  string
	Limit  int
}

// Groups lists groups by name, a page at a time: all for an admin, their own
// for staff who are limited to some.
func (s Staff) Groups(ctx context.Context, f GroupFilter) (Page[Group], error) {
	q := pageQuery[Group]{columns: s.groupColumns(), from: groupFrom, id: `g.id`, sorts: map[string]string{"name": `g.key`}, sort: "name",
		after: f.After, limit: f.Limit, into: (*Group).row, key: func(u *Group, _ string) (any, int64) { return groupKey(u.Name), int64(u.ID) }}
	q.like(f.Search, `g.name`, `g.code`, `c.name`)
	return page(ctx, s.scope, q)
}

// Group reads one group.
func (s Staff) Group(ctx context.Context, id GroupID) (Group, error) {
	return one(ctx, s.scope, "group", (*Group).row, `SELECT `+s.groupColumns()+` FROM `+groupFrom+` WHERE g.id = :id`, p(":id", id))
}

// GroupsOf lists the groups of one customer by name.
func (s Staff) GroupsOf(ctx context.Context, of CustomerID) ([]Group, error) {
	return list(ctx, s.scope, (*Group).row, `SELECT `+s.groupColumns()+` FROM `+groupFrom+` WHERE g.customer_id = :of ORDER BY g.name LIMIT 500`, p(":of", of))
}

// GroupChoices lists groups by name for a picker, without what they hold.
func (s Staff) GroupChoices(ctx context.Context) ([]Group, error) {
	return list(ctx, s.scope, func(u *Group, r *row) { u.ID, u.Name, u.Customer = GroupID(r.int()), r.str(), CustomerID(r.int()) },
		`SELECT g.id, g.name, coalesce(g.customer_id, 0) FROM {groups} g ORDER BY g.key LIMIT 2000`)
}

// AddGroup adds a group.
func (s Staff) AddGroup(ctx context.Context, e GroupEdit) (id GroupID, err error) {
	if err := s.Can(GroupAdd); err != nil {
		return 0, err
	}
	if err := e.clean(); err != nil {
		return 0, err
	}
	err = s.Update(ctx, func(s Staff) error {
		if err := e.known(ctx, s); err != nil {
			return err
		}
		n, err := s.insert(ctx, GroupAdd, "groups", append(e.sets(), set{"created_at", s.Now()})...)
		id = GroupID(n)
		return err
	})
	return id, err
}

// ChangeGroup renames a group or hangs it on another customer; the latter only
// while nobody in the customer's portal is limited to it.
func (s Staff) ChangeGroup(ctx context.Context, id GroupID, e GroupEdit) error {
	if err := s.Can(GroupChange); err != nil {
		return err
	}
	if err := e.clean(); err != nil {
		return err
	}
	return s.Update(ctx, func(s Staff) error {
		was, err := s.Group(ctx, id)
		if err != nil {
			return err
		}
		if err := e.known(ctx, s); err != nil {
			return err
		}
		if was.Customer != e.Customer && was.Members > 0 {
			return fault.Field("customer", "%d people in the portal of %s are limited to this group. Change their groups first.", was.Members, was.CustomerName)
		}
		return s.change(ctx, GroupChange, "groups", int64(id), e.sets()...)
	})
}

// RemoveGroup removes a group. What is in it goes to the group into; without
// one, a group that is in use stays.
func (s Staff) RemoveGroup(ctx context.Context, id, into GroupID) error {
	return s.Update(ctx, func(s Staff) error {
		if err := s.Can(GroupRemove); err != nil {
			return err
		}
		was, err := s.Group(ctx, id)
		if err != nil {
			return err
		}
		if was.Used() {
			if err := s.moveGroup(ctx, was, into); err != nil {
				return err
			}
		}
		return s.remove(ctx, GroupRemove, "groups", int64(id))
	})
}

func (s Staff) moveGroup(ctx context.Context, was Group, into GroupID) error {
	if into == 0 || into == was.ID {
		return fault.Field("into", "Choose the group that its assets, vehicles and people go to.")
	}
	to, err := s.Group(ctx, into)
	if err != nil {
		return fault.Field("into", "Choose one of your groups.")
	}
	if was.Members > 0 && to.Customer != was.Customer {
		return fault.Field("into", "People in the portal of %s are limited to this group. Choose another group of %s, or change their groups first.", was.CustomerName, was.CustomerName)
	}
	for table, of := range map[string]string{"asset_groups": "asset_id", "vehicle_groups": "vehicle_id", "user_groups": "user_id", "membership_groups": "membership_id"} {
		if _, err := s.write(ctx, GroupRemove, `INSERT INTO <`+table+`> (provider_id, `+of+`, group_id) SELECT :provider, x.`+of+`, :into FROM {`+table+`} x WHERE x.group_id = :id ON CONFLICT DO NOTHING`,
			p(":into", into), p(":id", was.ID)); err != nil {
			return err
		}
	}
	if err := s.moveGroupJobs(ctx, was, to); err != nil {
		return err
	}
	return s.log(ctx, Line{Verb: GroupAssets, ID: int64(into), Customer: to.Customer, Label: to.Name, Note: map[string]any{"from": was.Name, "assets": was.Assets, "jobs": was.Jobs, "vehicles": was.Vehicles, "people": was.Staff + was.Members}})
}

// moveGroupJobs takes jobs and sites along. Jobs that belong to a customer
// because of their group belong to the next group's from now on; a job that
// somebody gave to a customer goes into no group of another.
func (s Staff) moveGroupJobs(ctx context.Context, was, to Group) error {
	if to.Customer != 0 {
		n, err := s.number(ctx, `SELECT count(*) FROM (SELECT 1 FROM {jobs} j WHERE j.group_id = :id AND +j.by_group = 0 AND j.customer_id <> :of LIMIT 1)`, p(":id", was.ID), p(":of", to.Customer))
		if err != nil {
			return err
		}
		if n > 0 {
			return fault.Field("into", "There are jobs of another customer in this group. Choose a group that is not %s's.", to.CustomerName)
		}
	}
	if _, err := s.write(ctx, GroupRemove, `UPDATE <jobs> SET group_id = :into, version = version + 1, customer_id = CASE WHEN by_group THEN nullif(:of, 0) ELSE customer_id END WHERE group_id = :id AND {mine:jobs}`,
		p(":into", to.ID), p(":of", to.Customer), p(":id", was.ID)); err != nil {
		return err
	}
	_, err := s.write(ctx, GroupRemove, `UPDATE <sites> SET group_id = :into WHERE group_id = :id AND {mine:sites}`, p(":into", to.ID), p(":id", was.ID))
	return err
}
