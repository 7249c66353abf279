package store

import (
	"context"
	"strconv"

	"gatehouse/store/fault"
)

// The verdicts on a row of an import. Kept is what an undo left alone.
const (
	VerdictAdd    = "add"
	VerdictChange = "change"
	VerdictSame   = "same"
	VerdictRefuse = "refuse"
	VerdictPark   = "park" // waits for somebody to decide whose it is
	VerdictKept   = "kept"
)

// ImportRow is what an import decided about one row of its file. Line is the
// line a person finds it at; Before is what an undo needs.
type ImportRow struct {
	Line    int64
	Verdict string
	Label   string // what the row is about
	Says    string // why it is refused, what it changes
	Object  int64  // the row's customer or asset, once there is one
	Before  string // JSON
}

const importRowColumns = `r.line, r.verdict, r.label, r.says, r.object_id, r.before`

func (i *ImportRow) row(r *row) {
	*i = ImportRow{r.int(), r.str(), r.str(), r.str(), r.int(), r.str()}
}

// Count adds one row of the verdict.
func (t *Tally) Count(verdict string) {
	t.Total++
	t.add(verdict, 1)
}

// Recount moves a row that was counted from one verdict to another.
func (t *Tally) Recount(from, to string) {
	t.add(from, -1)
	t.add(to, 1)
}

func (t *Tally) add(verdict string, n int64) {
	switch verdict {
	case VerdictAdd:
		t.Added += n
	case VerdictChange:
		t.Changed += n
	case VerdictSame:
		t.Same += n
	case VerdictRefuse:
		t.Refused += n
	case VerdictPark:
		t.Parked += n
	}
}

const putImportRow = `INSERT INTO <import_rows> (provider_id, import_id, line, verdict, label, says, object_id, before)
	VALUES (:provider, :import, :line, :verdict, :label, :says, :object, :before)
	ON CONFLICT DO UPDATE SET verdict = :verdict, label = :label, says = :says, object_id = :object, before = :before`

// AddImportRows notes verdicts of a dry run, in one transaction. It is a
// Conflict once the import is no longer being checked.
func (s Staff) AddImportRows(ctx context.Context, id ImportID, rows []ImportRow) error {
	return s.Update(ctx, func(s Staff) error {
		i, err := s.Import(ctx, id)
		if err != nil {
			return err
		}
		if i.State != ImportChecking {
			return fault.New(fault.Conflict, "%s", importSays[i.State])
		}
		for _, r := range rows {
			if err := s.putImportRow(ctx, ImportMap, id, r); err != nil {
				return err
			}
		}
		return nil
	})
}

// SetImportRow notes what became of a row, in the transaction that made it so.
// was is the row before. Most become what the check promised, and then neither
// the verdict nor its index need be written.
func (s Staff) SetImportRow(ctx context.Context, id ImportID, was, r ImportRow) error {
	if was.Line != r.Line || was.Verdict != r.Verdict || was.Says != r.Says || was.Label != r.Label {
		return s.putImportRow(ctx, ImportApply, id, r)
	}
	n, err := s.write(ctx, ImportApply, `UPDATE <import_rows> SET object_id = :object, before = :before WHERE {mine:import_rows} AND import_id = :import AND line = :line`,
		p(":import", id), p(":line", r.Line), p(":object", r.Object), p(":before", r.Before))
	if err == nil && n == 0 {
		err = fault.New(fault.NotFound, "There is no such row in this import.")
	}
	return err
}

func (s Staff) putImportRow(ctx context.Context, v Verb, id ImportID, r ImportRow) error {
	_, err := s.write(ctx, v, putImportRow, p(":import", id), p(":line", r.Line), p(":verdict", r.Verdict), p(":label", clip(r.Label, 300)),
		p(":says", clip(r.Says, 1000)), p(":object", r.Object), p(":before", r.Before))
	return err
}

// ImportRows lists the rows of a verdict ("": all) below a line, in the order
// of the file.
func (s Staff) ImportRows(ctx context.Context, id ImportID, verdict string, after int64, limit int) ([]ImportRow, error) {
	cond := ` AND r.line > :after`
	if verdict != "" {
		// A few refused rows among many are found by the index of verdicts.
		cond = ` AND r.line IN (SELECT v.line FROM {import_rows} v WHERE v.import_id = :import AND v.verdict = :verdict AND v.line > :after ORDER BY v.line LIMIT ` + strconv.Itoa(limit) + `)`
	}
	args := []arg{p(":import", id), p(":after", after)}
	if verdict != "" {
		args = append(args, p(":verdict", verdict))
	}
	return list(ctx, s.scope, (*ImportRow).row, `SELECT `+importRowColumns+` FROM {import_rows} r WHERE r.import_id = :import`+cond+` ORDER BY r.line`+upTo(limit), args...)
}

// ImportRowsBack lists the rows that changed something above a line, from the
// end of the file towards its beginning: the order in which to undo.
func (s Staff) ImportRowsBack(ctx context.Context, id ImportID, before int64, limit int) ([]ImportRow, error) {
	return list(ctx, s.scope, (*ImportRow).row, `SELECT `+importRowColumns+` FROM {import_rows} r WHERE r.import_id = :import AND r.verdict IN ('add', 'change')
		AND r.line < :before ORDER BY r.line DESC`+upTo(limit), p(":import", id), p(":before", below(before)))
}

// Importing is the same scope, whose changes the audit log shows as those of
// an import.
func (s Staff) Importing() Staff {
	s.from.Source = "import"
	return s
}
