package desk

import (
	"context"
	"fmt"

	"gatehouse/app/sheet"
	"gatehouse/store"
	"gatehouse/store/fault"
)

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
				p.row()
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
