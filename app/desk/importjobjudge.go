package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gatehouse/store"
	"gatehouse/store/fault"
)

func (t *jobs) judge(ctx context.Context, s store.Staff, e entry) (plan, error) {
	set := t.rows.set(e.line)
	if set == nil {
		return t.judgeJob(ctx, s, []entry{e}, nil)
	}
	if set.left--; int(set.first) != e.line {
		return set.follower()
	}
	rows, err := t.rows.all(set)
	if err != nil {
		return plan{}, err
	}
	out, err := t.judgeJob(ctx, s, rows, set)
	out, err = settled(out, err)
	set.lead = &lead{out.verdict, out.label, out.says, out.object, out.before}
	return out, err
}

// settled turns what a person caused into a refusal, which the other rows of
// the job share.
func settled(out plan, err error) (plan, error) {
	if says := rowSays(err); says != "" {
		return refuse(out.label, "%s", says), nil
	}
	return out, err
}

// follower is the verdict on a further row of a job: that on its first one.
func (set *rowSet) follower() (plan, error) {
	lead := set.lead
	if lead == nil {
		return plan{}, fmt.Errorf("a row comes before the first of its job, line %d", set.first)
	}
	if set.left == 0 {
		set.lead = nil
	}
	out := plan{verdict: lead.verdict, label: lead.label, object: lead.object, says: fmt.Sprintf("An item of the job in line %d.", set.first)}
	switch lead.verdict {
	case store.VerdictRefuse:
		out.says = fmt.Sprintf("The job in line %d, of which this is an item, is refused.", set.first)
	case store.VerdictPark:
		out.before, out.says = lead.before, lead.says
	case store.VerdictAdd, store.VerdictChange:
		out.do = func(context.Context, store.Staff) (int64, any, error) { return lead.object, nil, nil }
	}
	return out, nil
}

// judgeJob is the verdict on a job of one or more rows.
func (t *jobs) judgeJob(ctx context.Context, s store.Staff, rows []entry, set *rowSet) (plan, error) {
	c := &cells{of: rows[0].cells, how: t.reading}
	w := jobPlan{}
	w.edit.Kind, w.edit.ExternalID = t.kind(c), c.text("external_id")
	out := plan{label: orElse(w.edit.ExternalID, c.text("subject"))}
	if w.edit.ExternalID == "" {
		return out, fault.New(fault.Invalid, "This row has no number of its own, so that it would be added again with every file.")
	}
	id, err := s.MatchJob(ctx, w.edit.Kind, w.edit.ExternalID)
	if err != nil {
		return out, err
	}
	if err := t.load(ctx, s, id, &w); err != nil {
		return out, err
	}
	parked, err := t.readTag(ctx, s, c, &w)
	if err != nil {
		return out, err
	}
	if parked != nil {
		parked.label, parked.object = out.label, int64(id)
		return *parked, nil
	}
	if err := t.read(ctx, s, c, rows, &w); err != nil {
		return out, err
	}
	says := w.diff.String()
	if id == 0 {
		says = w.words()
	}
	out = out.outcome(int64(id), len(w.diff) > 0, says, func(ctx context.Context, s store.Staff) (int64, any, error) {
		made, before, err := w.do(ctx, s)
		if set != nil {
			set.lead.object = made // for the rows that follow
		}
		return made, before, err
	})
	t.count(w.tag, out.verdict, len(rows))
	return out, nil
}

func (t *jobs) summary() []store.ImportCount {
	out := make([]store.ImportCount, 0, len(t.counts))
	for _, c := range t.counts {
		out = append(out, *c)
	}
	slices.SortFunc(out, func(a, b store.ImportCount) int {
		if a.Rows != b.Rows {
			return int(b.Rows - a.Rows)
		}
		return strings.Compare(a.Name+a.In, b.Name+b.In)
	})
	return out[:min(len(out), 200)]
}

func (t *jobs) count(tag store.JobTag, verdict string, rows int) {
	key := fmt.Sprint(tag.Customer, " ", tag.Group)
	c := t.counts[key]
	if c == nil {
		c = &store.ImportCount{Customer: tag.Customer, Group: tag.Group, Name: tag.CustomerName, In: tag.GroupName}
		t.counts[key] = c
	}
	c.Rows += int64(rows)
	switch verdict {
	case store.VerdictAdd:
		c.New++
	case store.VerdictChange:
		c.Changed++
	}
}
