package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/maphash"
	"strings"

	"gatehouse/app/sheet"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// batch is how many verdicts are written, or rows taken back, at once.
const batch = 1000

// check gives every row of the file a verdict and notes it.
func (d *Desk) check(ctx context.Context, s store.Staff, i store.Import, p *progress) error {
	src, err := openSource(ctx, s, i)
	if err != nil {
		return err
	}
	defer src.close()
	t, err := kindOf(i.Kind).open(ctx, s, i, src.found)
	if err != nil {
		return err
	}
	defer letGo(t)
	c := checker{s: s, id: i.ID, twice: newTwice()}
	defer c.look.away()
	for e, err := range src.rows {
		if err != nil {
			return err
		}
		p.done.Add(1)
		if err := c.row(ctx, t, e); err != nil {
			return fmt.Errorf("line %d: %w", e.line, err)
		}
	}
	if err := c.finish(ctx); err != nil {
		return err
	}
	says := ""
	if c.tally.Total == 0 {
		says = "There are column names in this file, but no rows below them."
	}
	if t, ok := t.(summarizer); ok {
		if err := s.SummarizeImport(ctx, i.ID, t.summary()); err != nil {
			return err
		}
	}
	return s.FinishCheck(ctx, i.ID, c.tally, says)
}

// letGo closes what a target holds open.
func letGo(t target) {
	if t, ok := t.(interface{ close() }); ok {
		t.close()
	}
}

// summarizer is a target that counts whose the rows are.
type summarizer interface{ summary() []store.ImportCount }

// checker collects verdicts. A key that comes a second time spoils the first
// row as well, which may have been written down by then.
type checker struct {
	s     store.Staff
	id    store.ImportID
	twice *twice
	rows  []store.ImportRow
	tally store.Tally
	look  look
}

// look is a view of the data, held for a while.
type look struct {
	view store.Staff
	done func()
	rows int
}

// at is the scope to judge the next row with. What is there is looked at anew
// with every batch.
func (l *look) at(ctx context.Context, s store.Staff) (_ store.Staff, err error) {
	if l.rows++; l.done != nil && l.rows <= batch {
		return l.view, nil
	}
	l.away()
	l.view, l.done, err = s.View(ctx)
	return l.view, err
}

func (l *look) away() {
	if l.done != nil {
		l.done()
	}
	l.done, l.rows = nil, 0
}

func (c *checker) row(ctx context.Context, t target, e entry) error {
	s, err := c.look.at(ctx, c.s)
	if err != nil {
		return err
	}
	pl, err := judge(ctx, s, t, e)
	if err != nil {
		return err
	}
	for _, k := range pl.keys {
		if other := c.twice.seen(k, e.line); other > 0 {
			pl = refuse(pl.label, "%s is also in line %d. Each may stand in a file only once.", k, other)
			c.twice.also(k, other, e.line)
		}
	}
	c.tally.Count(pl.verdict)
	row := store.ImportRow{Line: int64(e.line), Verdict: pl.verdict, Label: pl.label, Says: pl.says, Object: pl.object}
	if pl.before != nil {
		b, err := json.Marshal(pl.before)
		if err != nil {
			return err
		}
		row.Before = string(b)
	}
	c.rows = append(c.rows, row)
	if len(c.rows) < batch {
		return nil
	}
	return c.flush(ctx)
}

func (c *checker) flush(ctx context.Context) error {
	err := c.s.AddImportRows(ctx, c.id, c.rows)
	c.rows = c.rows[:0]
	return err
}

// finish refuses the first rows of those that came twice, too.
func (c *checker) finish(ctx context.Context) error {
	if err := c.flush(ctx); err != nil {
		return err
	}
	for line, says := range c.twice.spoiled {
		old, err := c.s.ImportRows(ctx, c.id, "", int64(line-1), 1)
		if err != nil {
			return err
		}
		if len(old) == 0 || old[0].Verdict == store.VerdictRefuse {
			continue
		}
		c.tally.Recount(old[0].Verdict, store.VerdictRefuse)
		old[0].Verdict, old[0].Says = store.VerdictRefuse, says
		c.rows = append(c.rows, old[0])
		if len(c.rows) >= batch {
			if err := c.flush(ctx); err != nil {
				return err
			}
		}
	}
	return c.flush(ctx)
}

// judge is a target's verdict; what a person caused becomes a refusal of that
// row, everything else ends the step.
func judge(ctx context.Context, s store.Staff, t target, e entry) (plan, error) {
	if e.problem != "" {
		return refuse(strings.Join(e.cells[:min(2, len(e.cells))], " "), "%s", e.problem), nil
	}
	pl, err := t.judge(ctx, s, e)
	if says := rowSays(err); says != "" {
		keys := pl.keys
		pl = refuse(pl.label, "%s", says)
		pl.keys = keys
		return pl, nil
	}
	return pl, err
}

// rowSays is what is wrong with a row, "" when the error is not the row's.
func rowSays(err error) string {
	switch fault.Of(err) {
	case fault.Invalid, fault.NotFound, fault.Conflict, fault.Forbidden:
		return fault.Says(err)
	}
	return ""
}

// twice remembers which keys a file has claimed, in a few bytes each.
type twice struct {
	seed    maphash.Seed
	first   map[uint64]int32
	spoiled map[int]string // lines whose key came again, and what to say
}

func newTwice() *twice {
	return &twice{seed: maphash.MakeSeed(), first: map[uint64]int32{}, spoiled: map[int]string{}}
}

// seen is the line that claimed key before, 0 if this one is the first.
func (t *twice) seen(key string, line int) int {
	h := maphash.String(t.seed, strings.ToLower(key))
	if other, ok := t.first[h]; ok {
		return int(other)
	}
	t.first[h] = int32(line)
	return 0
}

func (t *twice) also(key string, first, line int) {
	if _, known := t.spoiled[first]; !known {
		t.spoiled[first] = fmt.Sprintf("%s is also in line %d. Each may stand in a file only once.", key, line)
	}
}

// apply carries out, in one transaction, what the check found to be added or
// changed. Every row is judged again against what is there now.
func (d *Desk) apply(ctx context.Context, s store.Staff, i store.Import, p *progress) error {
	src, err := openSource(ctx, s, i)
	if err != nil {
		return err
	}
	defer src.close()
	t, err := kindOf(i.Kind).open(ctx, s, i, src.found)
	if err != nil {
		return err
	}
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
			p.done.Add(1)
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

// undo takes back, in one transaction and from the last row to the first,
// what was not touched since. The rest is listed and left alone.
func (d *Desk) undo(ctx context.Context, s store.Staff, i store.Import, p *progress) error {
	t, err := kindOf(i.Kind).open(ctx, s, i, sheet.Found{})
	if err != nil {
		return err
	}
	p.total.Store(i.Tally.Added + i.Tally.Changed)
	return s.UpdateMany(ctx, func(s store.Staff) error {
		var kept, before int64
		for {
			rows, err := s.ImportRowsBack(ctx, i.ID, before, batch)
			if err != nil {
				return err
			}
			for _, r := range rows {
				left, err := undoRow(ctx, s, t, i.ID, r)
				if err != nil {
					return fmt.Errorf("undo line %d: %w", r.Line, err)
				}
				kept += left
				p.done.Add(1)
			}
			if len(rows) < batch {
				return s.FinishUndo(ctx, i.ID, kept)
			}
			before = rows[len(rows)-1].Line
		}
	})
}

// undoRow returns 1 when the row is left alone.
func undoRow(ctx context.Context, s store.Staff, t target, id store.ImportID, r store.ImportRow) (int64, error) {
	err := t.undo(ctx, s, r)
	if err == nil {
		return 0, nil
	}
	says := rowSays(err)
	if says == "" {
		return 0, err
	}
	if fault.Of(err) == fault.NotFound {
		says = "It is no longer there."
	}
	was := r
	r.Verdict, r.Says = store.VerdictKept, "Left as it is: "+says
	return 1, s.SetImportRow(ctx, id, was, r)
}
