package store

import (
	"context"
	"encoding/json"
	"strings"

	"gatehouse/store/fault"
)

// What a code in a file of jobs stands for.
const (
	CodeCustomer = "customer"
	CodeGroup    = "group"
)

// JobTag is whose a job is: a customer's, a group's, or both. None says that
// somebody decided it shall be without.
type JobTag struct {
	Customer     CustomerID
	CustomerName string
	Group        GroupID
	GroupName    string
	None         bool
}

func (t *JobTag) row(r *row) {
	t.Customer, t.CustomerName, t.Group, t.GroupName = CustomerID(r.int()), r.str(), GroupID(r.int()), r.str()
}

const (
	customerTag = `SELECT c.id, c.name, 0, '' FROM {customers} c WHERE `
	groupTag    = `SELECT coalesce(g.customer_id, 0), coalesce((SELECT c.name FROM {customers} c WHERE c.id = g.customer_id), ''), g.id, g.name FROM {groups} g WHERE `
)

// FindTag finds the customer or the group a file means by a code: by the
// number of another system, by our own, by name; then by what somebody decided
// before. A customer's code may be a group's, for that is how many tag their
// deliveries; a group's code is never a customer's. NotFound when nobody goes by
// it, and when two do: a guess would show somebody's job to somebody else.
func (s Staff) FindTag(ctx context.Context, what, code string) (JobTag, error) {
	code = strings.TrimSpace(code)
	if what == CodeCustomer {
		if c, err := s.CustomerByCode(ctx, code); err == nil || fault.Of(err) != fault.NotFound {
			return JobTag{Customer: c.ID, CustomerName: c.Name}, err
		}
		if t, found, err := s.oneTag(ctx, customerTag+`c.name = :code LIMIT 2`, p(":code", code)); err != nil || found {
			return t, err
		}
	}
	for _, cond := range []string{`g.code = :code COLLATE NOCASE AND g.code <> ''`, `g.key = :key`} {
		if t, found, err := s.oneTag(ctx, groupTag+cond+` LIMIT 2`, p(":code", code), p(":key", groupKey(code))); err != nil || found {
			return t, err
		}
	}
	return s.decided(ctx, what, code)
}

// oneTag is found when there is exactly one.
func (s Staff) oneTag(ctx context.Context, text string, args ...arg) (JobTag, bool, error) {
	used := args[:0:0]
	for _, a := range args {
		if strings.Contains(text, a.name) {
			used = append(used, a)
		}
	}
	all, err := list(ctx, s.scope, (*JobTag).row, text, used...)
	if err != nil || len(all) != 1 {
		return JobTag{}, false, err
	}
	return all[0], true, nil
}

func (s Staff) decided(ctx context.Context, what, code string) (t JobTag, err error) {
	type decision struct {
		customer CustomerID
		group    GroupID
	}
	d, err := list(ctx, s.scope, func(d *decision, r *row) { d.customer, d.group = CustomerID(r.int()), GroupID(r.int()) },
		`SELECT coalesce(d.customer_id, 0), coalesce(d.group_id, 0) FROM {import_codes} d WHERE d.what = :what AND d.code = :code`, p(":what", what), p(":code", code))
	switch {
	case err != nil:
		return t, err
	case len(d) == 0:
	case d[0].group != 0:
		if t, found, err := s.oneTag(ctx, groupTag+`g.id = :id`, p(":id", d[0].group)); err != nil || found {
			return t, err
		}
	case d[0].customer != 0:
		if t, found, err := s.oneTag(ctx, customerTag+`c.id = :id`, p(":id", d[0].customer)); err != nil || found {
			return t, err
		}
	default:
		return JobTag{None: true}, nil
	}
	return t, fault.New(fault.NotFound, "Nobody here goes by “%s”.", clip(code, 60))
}

// CodeDecision says what a code means from now on: a customer's, a group's, or
// nobody's.
type CodeDecision struct {
	What, Code string
	Customer   CustomerID
	Group      GroupID
}

// DecideCode keeps a decision for this file and all that come.
func (s Staff) DecideCode(ctx context.Context, d CodeDecision) error {
	d.Code = strings.TrimSpace(d.Code)
	if d.What != CodeCustomer && d.What != CodeGroup || d.Code == "" || len(d.Code) > 300 {
		return fault.New(fault.Invalid, "There is no such code in this file.")
	}
	return s.Update(ctx, func(s Staff) error {
		if err := s.Can(ImportMap); err != nil {
			return err
		}
		if d.Customer != 0 {
			if _, err := s.Customer(ctx, d.Customer); err != nil {
				return err
			}
		}
		if d.Group != 0 {
			if _, err := s.group(ctx, d.Group); err != nil {
				return err
			}
		}
		if _, err := s.write(ctx, ImportMap, `INSERT INTO <import_codes> (provider_id, what, code, customer_id, group_id, decided_by, decided_at) VALUES (:provider, :what, :code, :of, :group, :by, :now)
			ON CONFLICT (provider_id, what, code) DO UPDATE SET customer_id = :of, group_id = :group, decided_by = :by, decided_at = :now`,
			p(":what", d.What), p(":code", d.Code), p(":of", orNull(d.Customer)), p(":group", orNull(d.Group)), p(":by", s.actor)); err != nil {
			return err
		}
		return s.log(ctx, Line{Verb: ImportMap, Customer: d.Customer, Label: d.Code, Note: map[string]any{"code": d.What, "group": int64(d.Group)}})
	})
}

// ParkedCode is a code that nobody here goes by, and how many rows of a file
// wait for somebody to say what it means.
type ParkedCode struct {
	What string `json:"what"`
	Code string `json:"code"`
	Name string `json:"name,omitempty"` // what stood beside it
	Rows int64  `json:"-"`
	Line int64  `json:"-"` // the first of them
}

// mostCodes is how many codes of one file can be decided on one page.
const mostCodes = 500

// ParkedCodes lists the codes that rows of an import wait for, those with most
// rows first, each with the name that most of its rows give it.
func (s Staff) ParkedCodes(ctx context.Context, id ImportID) ([]ParkedCode, error) {
	if _, err := s.Import(ctx, id); err != nil {
		return nil, err
	}
	return list(ctx, s.scope, func(c *ParkedCode, r *row) {
		c.What, c.Code, c.Name, c.Rows, c.Line = r.str(), r.str(), r.str(), r.int(), r.int()
	},
		`SELECT what, code, name, n, line FROM (SELECT what, code, name, line, row_number() OVER (PARTITION BY what, lower(code) ORDER BY n DESC, line) AS nth,
			sum(n) OVER (PARTITION BY what, lower(code)) AS n FROM (SELECT r.before ->> 'what' AS what, min(r.before ->> 'code') AS code, coalesce(r.before ->> 'name', '') AS name, count(*) AS n, min(r.line) AS line
				FROM {import_rows} r WHERE r.import_id = :import AND r.verdict = 'park' GROUP BY 1, lower(r.before ->> 'code'), 3))
		WHERE nth = 1 ORDER BY n DESC, code`+upTo(mostCodes), p(":import", id))
}

// ImportCount tells how many rows of an import are whose.
type ImportCount struct {
	Customer CustomerID `json:"customer,omitempty"`
	Group    GroupID    `json:"group,omitempty"`
	Name     string     `json:"name"` // "" for rows of nobody
	In       string     `json:"in,omitempty"`
	Rows     int64      `json:"rows"`
	New      int64      `json:"new,omitempty"`
	Changed  int64      `json:"changed,omitempty"`
}

// SummarizeImport keeps what a check counted for each customer and group.
func (s Staff) SummarizeImport(ctx context.Context, id ImportID, all []ImportCount) error {
	b, err := json.Marshal(all)
	if err != nil {
		return err
	}
	n, err := s.write(ctx, ImportMap, `UPDATE <imports> SET summary = :summary WHERE {mine:imports} AND id = :id`, p(":id", id), p(":summary", string(b)))
	if err == nil && n == 0 {
		err = fault.New(fault.NotFound, "There is no such import.")
	}
	return err
}

// ImportSummary reads it back.
func (s Staff) ImportSummary(ctx context.Context, id ImportID) (out []ImportCount, err error) {
	text, err := one(ctx, s.scope, "import", intoStr, `SELECT i.summary FROM {imports} i WHERE i.id = :id`, p(":id", id))
	if err != nil {
		return nil, err
	}
	return out, json.Unmarshal([]byte(text), &out)
}

// MatchJob finds the job a file means by its D.O. number: the newest attempt at
// it. 0 means there is none.
func (s Staff) MatchJob(ctx context.Context, kind, externalID string) (JobID, error) {
	id, err := s.number(ctx, `SELECT j.id FROM {jobs} j WHERE j.external_id = :external_id AND j.kind = :kind ORDER BY j.attempt DESC LIMIT 1`, p(":external_id", externalID), p(":kind", kind))
	return JobID(id), err
}

// Validate trims a job as saving it would, and reports all that is wrong with
// it as such. Whether what it refers to is there, only saving tells.
func (e *JobEdit) Validate() error {
	var bad fault.Problems
	zone := e.Zone
	e.Zone = pick(zone, "UTC")
	e.clean(&bad)
	e.Zone = zone
	cleanItems(&bad, e.Items)
	return bad.Err()
}

// Doer is somebody who can be given a job.
type Doer struct {
	ID          UserID
	Name, Email string
}

// JobDoers lists the provider's people, for files that name who does a job.
func (s Staff) JobDoers(ctx context.Context) ([]Doer, error) {
	return list(ctx, s.scope, func(d *Doer, r *row) { d.ID, d.Name, d.Email = UserID(r.int()), r.str(), r.str() },
		`SELECT u.id, u.name, u.email FROM {users} u WHERE u.kind = 'staff' AND u.state <> 'disabled' ORDER BY u.id LIMIT 5000`)
}

// VehicleName is a vehicle by its name.
type VehicleName struct {
	ID   VehicleID
	Name string
}

// VehicleNames lists the provider's vehicles, for files that name one.
func (s Staff) VehicleNames(ctx context.Context) ([]VehicleName, error) {
	return list(ctx, s.scope, func(v *VehicleName, r *row) { v.ID, v.Name = VehicleID(r.int()), r.str() }, `SELECT v.id, v.name FROM {vehicles} v ORDER BY v.id LIMIT 5000`)
}
