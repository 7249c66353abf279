package desk

import (
	"context"
	"encoding/json"
	"fmt"

	"gatehouse/store"
)

// batch is how many verdicts are written, or rows taken back, at once.
const batch = 1000

// check gives every row of the file a verdict and notes it.
func (d *Desk) check(ctx context.Context, s store.Staff, i store.Import, p *progress) error {
	src, t, err := openImport(ctx, s, i)
	if err != nil {
		return err
	}
	defer src.close()
	defer letGo(t)
	c := checker{s: s, id: i.ID, twice: newTwice()}
	defer c.look.away()
	for e, err := range src.rows {
		if err != nil {
			return err
		}
		p.row()
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

// openImport opens the file of an import and what its rows become. The caller
// closes the one and lets go of the other.
func openImport(ctx context.Context, s store.Staff, i store.Import) (source, target, error) {
	src, err := openSource(ctx, s, i)
	if err != nil {
		return source{}, nil, err
	}
	t, err := kindOf(i.Kind).open(ctx, s, i, src.found)
	if err != nil {
		src.close()
		return source{}, nil, err
	}
	return src, t, nil
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
