package store

import (
	"context"
	"time"

	"gatehouse/store/fault"
)

// AssignInput says who gets which assets, and for which days. Of From and To
// only year, month and day count; the last day is included. From zero is
// today, To zero leaves it open.
type AssignInput struct {
	Assets   []AssetID
	Customer CustomerID
	From, To time.Time

	// Decided says that somebody has seen the conflicts: the assignments in
	// End are ended where the new one begins, all others that stand in the way
	// are left alone and their assets passed over. Without it nothing at all
	// is done while there are conflicts.
	Decided bool
	End     []AssignmentID
}

// Conflict is another customer's assignment in the way of a new one.
type Conflict struct {
	Assignment
	CanEnd bool // it begins before the new one, so it can end there
}

// Assigned says what Assign did.
type Assigned struct {
	New       int // assets that have a new or a longer assignment now
	Already   int // had it for that time anyway
	Ended     int // assignments of others that were ended
	Skipped   int // assets passed over because of a conflict
	Stale     int // assets whose newest reading is older than the first day: the customer sees none of it
	From, To  time.Time
	Conflicts []Conflict // with Decided false: what has to be decided; nothing was done
}

// mostAssigned bounds one call, which holds the writer while it runs.
const mostAssigned = 20000

// Assign gives assets to a customer, or returns the conflicts that somebody
// has to decide first. Assets it cannot see are NotFound, and nothing is done.
func (s Staff) Assign(ctx context.Context, in AssignInput) (out Assigned, err error) {
	if err := s.Can(AssetAssign); err != nil {
		return out, err
	}
	err = s.Update(ctx, func(s Staff) error {
		from, to, err := s.period(ctx, in)
		if err != nil {
			return err
		}
		a := assigning{Staff: s, in: in, out: Assigned{From: from, To: to}, end: map[AssignmentID]bool{}, others: map[CustomerID][]Assignment{}}
		for _, id := range in.End {
			a.end[id] = true
		}
		if !in.Decided {
			if err := a.look(ctx); err != nil || len(a.out.Conflicts) > 0 {
				out = a.out
				return err
			}
		}
		if err := a.all(ctx); err != nil {
			return err
		}
		out = a.out
		out.Stale, err = s.StaleBefore(ctx, in.Assets, from)
		return err
	})
	return out, err
}

// period checks an input and turns its days into moments.
func (s Staff) period(ctx context.Context, in AssignInput) (from, to time.Time, err error) {
	var bad fault.Problems
	if len(in.Assets) == 0 {
		bad.Add("assets", "Choose at least one asset.")
	}
	if len(in.Assets) > mostAssigned {
		bad.Add("assets", "These are %d assets; up to %d can be assigned at once. Do it in parts.", len(in.Assets), mostAssigned)
	}
	if err := s.known(ctx, in.Customer); err != nil {
		if fault.Of(err) != fault.NotFound {
			return from, to, err
		}
		bad.Add("customer", "Choose one of your customers.")
	}
	if in.From.IsZero() {
		in.From = s.Today()
	}
	from = s.DayStart(in.From)
	for name, d := range map[string]time.Time{"from": in.From, "to": in.To} {
		if !d.IsZero() && (d.Year() < 1990 || d.Year() > 2200) {
			bad.Add(name, "This date cannot be right. Give a year between 1990 and 2200.")
		}
	}
	if !in.To.IsZero() {
		to = s.DayStart(in.To.AddDate(0, 0, 1))
		if !to.After(from) {
			bad.Add("to", "The last day lies before the first day.")
		}
	}
	return from, to, bad.Err()
}

// assigning is one Assign under way.
type assigning struct {
	Staff
	in     AssignInput
	out    Assigned
	end    map[AssignmentID]bool
	done   []Assignment
	others map[CustomerID][]Assignment
}

// look collects the conflicts without touching anything.
func (a *assigning) look(ctx context.Context) error {
	for _, id := range unique(a.in.Assets) {
		start, _, others, err := a.around(ctx, id)
		if err != nil {
			return err
		}
		for _, o := range others {
			a.out.Conflicts = append(a.out.Conflicts, Conflict{Assignment: o, CanEnd: o.From.Before(start)})
		}
	}
	return nil
}

// around splits what overlaps the new time of one asset into the customer's
// own and others'. On the day one customer gives it back another may get it:
// then the new time starts at that moment instead of midnight.
func (a *assigning) around(ctx context.Context, id AssetID) (start time.Time, own, others []Assignment, err error) {
	if err := a.there(ctx, id); err != nil {
		return start, nil, nil, err
	}
	start = a.out.From
	nextDay := a.DayStart(start.In(a.zone()).AddDate(0, 0, 1))
	all, err := a.overlapping(ctx, id, start, a.out.To)
	for _, o := range all {
		if o.Customer != a.in.Customer && !o.To.IsZero() && o.To.Before(nextDay) && !o.To.After(a.Now()) && o.To.After(start) {
			start = o.To
		}
	}
	for _, o := range all {
		switch {
		case !o.To.IsZero() && !o.To.After(start):
		case o.Customer == a.in.Customer:
			own = append(own, o)
		default:
			others = append(others, o)
		}
	}
	return start, own, others, err
}

func (a *assigning) all(ctx context.Context) error {
	for _, id := range unique(a.in.Assets) {
		if err := a.one(ctx, id); err != nil {
			return err
		}
	}
	for of, all := range a.others {
		if err := a.log(ctx, lineOf(AssetUnassign, of, all, map[string]any{"to": a.out.From.Unix(), "for": int64(a.in.Customer)})); err != nil {
			return err
		}
	}
	if len(a.done) == 0 {
		return nil
	}
	return a.log(ctx, lineOf(AssetAssign, a.in.Customer, a.done, noteOfPeriod(a.out.From, a.out.To)))
}

func noteOfPeriod(from, to time.Time) map[string]any {
	note := map[string]any{"from": from.Unix()}
	if !to.IsZero() {
		note["to"] = to.Unix()
	}
	return note
}

func (a *assigning) one(ctx context.Context, id AssetID) error {
	start, own, others, err := a.around(ctx, id)
	if err != nil {
		return err
	}
	for _, o := range others {
		if !a.end[o.ID] || !o.From.Before(start) {
			a.out.Skipped++
			return nil
		}
	}
	for _, o := range others {
		if err := a.reshape(ctx, AssetAssign, o, o.From, start); err != nil {
			return err
		}
		a.out.Ended++
		a.others[o.Customer] = append(a.others[o.Customer], o)
	}
	if len(own) > 0 {
		return a.extend(ctx, id, own, start)
	}
	return a.begin(ctx, id, start)
}

const addAssignment = `INSERT INTO <assignments> (provider_id, asset_id, customer_id, starts_at, ends_at, planned, created_at, created_by)
	VALUES (:provider, :asset, :of, :from, :to, :planned, :now, :by)`

// begin adds an assignment.
func (a *assigning) begin(ctx context.Context, id AssetID, start time.Time) error {
	to := a.out.To
	if _, err := a.write(ctx, AssetAssign, addAssignment, p(":asset", id), p(":of", a.in.Customer), p(":from", start), p(":to", to),
		p(":planned", start.After(a.Now())), p(":by", a.actor)); err != nil {
		return err
	}
	if err := a.tell(ctx, AssetAssign, id, a.in.Customer, start, to); err != nil {
		return err
	}
	return a.finish(ctx, id)
}

// extend makes the customer's own assignment begin no later than start and end
// when the new one does.
func (a *assigning) extend(ctx context.Context, id AssetID, own []Assignment, start time.Time) error {
	first, to := own[0], a.out.To
	if first.From.Before(start) {
		start = first.From
	}
	if len(own) == 1 && first.From.Equal(start) && first.To.Equal(to) {
		a.out.Already++
		return nil
	}
	for _, o := range own[1:] {
		if err := a.forget(ctx, AssetAssign, o); err != nil {
			return err
		}
	}
	if err := a.reshape(ctx, AssetAssign, first, start, to); err != nil {
		return err
	}
	return a.finish(ctx, id)
}

func (a *assigning) finish(ctx context.Context, id AssetID) error {
	name, err := one(ctx, a.scope, "asset", intoStr, `SELECT a.name FROM {assets} a WHERE a.id = :id`, p(":id", id))
	if err != nil {
		return err
	}
	a.out.New++
	a.done = append(a.done, Assignment{Asset: id, AssetName: name})
	return a.settle(ctx, AssetAssign, id)
}
