package desk

import (
	"context"
	"encoding/json"
	"fmt"

	"gatehouse/store"
	"gatehouse/store/fault"
)

// apply carries out, in one transaction, what the check found to be added or
// changed. Every row is judged again against what is there now.
func (d *Desk) apply(ctx context.Context, s store.Staff, i store.Import, p *progress) error {
	src, t, err := openImport(ctx, s, i)
	if err != nil {
		return err
	}
	defer src.close()
	defer letGo(t)
	p.total.Store(i.Tally.Total)
	verdicts := verdicts{s: s, id: i.ID}
	return s.UpdateMany(ctx, func(s store.Staff) error {
		var tally store.Tally
		for e, err := range src.rows {
			if err != nil {
				return err
			}
			r, err := verdicts.of(ctx, e.line)
			if err != nil {
				return err
			}
			if err := applyRow(ctx, s, t, i.ID, e, &r); err != nil {
				return err
			}
			tally.Count(r.Verdict)
			p.row()
		}
		return s.FinishApply(ctx, i.ID, tally)
	})
}

// applyRow makes a row so, and notes what it did where that is news.
func applyRow(ctx context.Context, s store.Staff, t target, id store.ImportID, e entry, r *store.ImportRow) error {
	if r.Verdict == store.VerdictRefuse || r.Verdict == store.VerdictPark {
		return nil
	}
	pl, err := judge(ctx, s, t, e)
	if err != nil {
		return fmt.Errorf("line %d: %w", e.line, err)
	}
	if pl.verdict == store.VerdictSame && r.Verdict == store.VerdictSame {
		return nil
	}
	was := *r
	r.Verdict, r.Says, r.Object = pl.verdict, pl.says, pl.object
	if pl.do != nil {
		if err := carryOut(ctx, s, pl, r); err != nil {
			return atLine(e.line, err)
		}
	}
	return s.SetImportRow(ctx, id, was, *r)
}

func carryOut(ctx context.Context, s store.Staff, pl plan, r *store.ImportRow) error {
	object, before, err := pl.do(ctx, s)
	if err != nil {
		return err
	}
	b, err := json.Marshal(before)
	r.Object, r.Before = object, string(b)
	return err
}

// atLine puts the line before what a fault says: a row that was fine when it
// was checked, and is not now, ends the whole import.
func atLine(line int, err error) error {
	says := fault.Says(err)
	if says == "" {
		return fmt.Errorf("line %d: %w", line, err)
	}
	return &fault.Fault{Kind: fault.Of(err), Says: fmt.Sprintf("Line %d: %s Nothing was applied; check the file again.", line, says), Cause: err}
}

// verdicts reads the verdicts of the check in the order of the file.
type verdicts struct {
	s    store.Staff
	id   store.ImportID
	rows []store.ImportRow
}

func (v *verdicts) of(ctx context.Context, line int) (store.ImportRow, error) {
	for {
		if len(v.rows) == 0 {
			var err error
			if v.rows, err = v.s.ImportRows(ctx, v.id, "", int64(line-1), batch); err != nil {
				return store.ImportRow{}, err
			}
		}
		if len(v.rows) == 0 || v.rows[0].Line > int64(line) {
			return store.ImportRow{}, fault.New(fault.Conflict, "The file no longer gives the rows that were checked. Check it again.")
		}
		r := v.rows[0]
		if v.rows = v.rows[1:]; r.Line == int64(line) {
			return r, nil
		}
	}
}
