package store

import (
	"context"
	"time"

	"gatehouse/store/fault"
)

// JobWeek is what became of the jobs of one week. OnTime and Late are those of
// the done ones that had a time to be done by: the end of their window, else
// their Due by.
type JobWeek struct {
	Monday                                  string
	Total, Completed, Partial, Failed, Open int64
	OnTime, Late                            int64
}

// longestReport is how many days a report covers at most.
const longestReport = 371

// JobWeeks reports on the client's jobs week by week, weeks without one
// included; kind is as in JobFilter.
func (c Client) JobWeeks(ctx context.Context, from, to, kind string) ([]JobWeek, error) {
	if err := c.Can(ReportRead); err != nil {
		return nil, err
	}
	first, err := time.Parse(time.DateOnly, from)
	if err != nil {
		return nil, fault.Field("from", "Give a date.")
	}
	last, err := time.Parse(time.DateOnly, to)
	if err != nil || last.Before(first) || last.Sub(first) > longestReport*24*time.Hour {
		return nil, fault.Field("to", "A report covers up to a year, and ends after it begins.")
	}
	weeks, at := emptyWeeks(first, last)
	cond := ` AND j.kind = :kind`
	if kind == "deliveries" {
		cond = ` AND j.kind <> 'work'`
	}
	args := []arg{p(":from", from), p(":to", to)}
	if kind != "deliveries" {
		args = append(args, p(":kind", kind))
	}
	err = c.each(ctx, `SELECT j.day, j.status, count(*), coalesce(sum(`+doneInTime+` <= coalesce(j.ends_at, j.due_by)), 0), coalesce(sum(`+doneInTime+` > coalesce(j.ends_at, j.due_by)), 0)
		FROM {jobs} j WHERE j.day >= :from AND j.day <= :to`+cond+` GROUP BY j.day, j.status`, func(r *row) error {
		day, _ := time.Parse(time.DateOnly, r.str())
		w := &weeks[at[monday(day)]]
		status, n := r.str(), r.int()
		w.add(status, n)
		w.OnTime, w.Late = w.OnTime+r.int(), w.Late+r.int()
		return nil
	}, args...)
	return weeks, err
}

// doneInTime is when a job was done, null for one that was not.
const doneInTime = `CASE WHEN j.status IN ('completed', 'completed_partial', 'closed') THEN j.done_at END`

func (w *JobWeek) add(status string, n int64) {
	w.Total += n
	switch status {
	case JobCompleted, JobClosed:
		w.Completed += n
	case JobPartial:
		w.Partial += n
	case JobFailed, JobReturn, JobCancelled:
		w.Failed += n
	default:
		w.Open += n
	}
}

func emptyWeeks(first, last time.Time) (weeks []JobWeek, at map[string]int) {
	at = map[string]int{}
	for d := first; !d.After(last); d = d.AddDate(0, 0, 1) {
		m := monday(d)
		if _, known := at[m]; !known {
			at[m] = len(weeks)
			weeks = append(weeks, JobWeek{Monday: m})
		}
	}
	return weeks, at
}

// monday is the first day of the week of a day.
func monday(d time.Time) string {
	return d.AddDate(0, 0, -(int(d.Weekday())+6)%7).Format(time.DateOnly)
}
