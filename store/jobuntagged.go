package store

import (
	"context"
	"strconv"
	"strings"

	"gatehouse/store/fault"
)

// UntaggedCode is a code that stands in jobs of no customer and no group, and
// in how many of them.
type UntaggedCode struct {
	Code string
	Jobs int64
}

// codeOf is where a job's code stands: in a field of the provider's own
// ("field.3"), or in the name of its contact ("contact").
func codeOf(by string) (expr, from string, args []arg, err error) {
	if by == "contact" {
		return `j.contact_name`, `{jobs} j`, nil, nil
	}
	if n, e := strconv.ParseInt(strings.TrimPrefix(by, "field."), 10, 64); e == nil && n > 0 {
		return `v.value`, `{jobs} j JOIN {job_values} v ON v.job_id = j.id AND v.field_id = :field`, []arg{p(":field", n)}, nil
	}
	return "", "", nil, fault.New(fault.Invalid, "Choose where the customer code stands.")
}

const untagged = ` WHERE j.customer_id IS NULL AND j.group_id IS NULL`

// UntaggedCodes lists the codes of jobs that are nobody's, those of most jobs
// first.
func (s Staff) UntaggedCodes(ctx context.Context, by string) ([]UntaggedCode, error) {
	expr, from, args, err := codeOf(by)
	if err != nil {
		return nil, err
	}
	return list(ctx, s.scope, func(c *UntaggedCode, r *row) { c.Code, c.Jobs = r.str(), r.int() },
		`SELECT `+expr+`, count(*) FROM `+from+untagged+` AND `+expr+` <> '' GROUP BY lower(`+expr+`) ORDER BY 2 DESC, 1`+upTo(mostCodes), args...)
}

// TagUntagged gives the jobs that are nobody's and have the code to a customer
// or a group. It returns how many.
func (s Staff) TagUntagged(ctx context.Context, by, code string, to JobTag) (n int, err error) {
	expr, from, args, err := codeOf(by)
	if err != nil {
		return 0, err
	}
	if to.Customer == 0 && to.Group == 0 {
		return 0, fault.New(fault.Invalid, "Choose a customer or a group.")
	}
	err = s.Update(ctx, func(s Staff) error {
		all, err := list(ctx, s.scope, (*Job).row, `SELECT `+s.jobFull()+` FROM `+from+untagged+` AND lower(`+expr+`) = lower(:code)`, append(args, p(":code", code))...)
		for _, j := range all {
			if err == nil {
				e := JobEdit{JobInput: j.JobInput}
				e.Customer, e.Group = to.Customer, to.Group
				err = s.ChangeJob(ctx, j.ID, j.Version, e)
			}
		}
		n = len(all)
		return err
	})
	return n, err
}
