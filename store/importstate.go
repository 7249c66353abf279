package store

import (
	"context"
	"strings"

	"gatehouse/store/fault"
)

// importSays tells somebody who wants to do something with an import why it
// cannot be done in its present state.
var importSays = map[string]string{
	ImportUploaded: "Check this import first.",
	ImportChecking: "This import is being checked right now. Wait until it is done.",
	ImportChecked:  "This import has been checked and waits to be applied.",
	ImportApplying: "This import is being applied right now. Wait until it is done.",
	ImportApplied:  "This import has already been applied.",
	ImportUndoing:  "This import is being undone right now. Wait until it is done.",
	ImportUndone:   "This import has already been undone. Upload the file again to import it once more.",
	ImportFailed:   "This import failed. Check it again first.",
}

// moveImport brings an import from one of the states in from to another, inside
// Update; in any other state it is a Conflict that says why.
func (s Staff) moveImport(ctx context.Context, v Verb, id ImportID, to string, from ...string) error {
	n, err := s.write(ctx, v, `UPDATE <imports> SET state = :to WHERE {mine:imports} AND id = :id AND instr(:from, ' ' || state || ' ') > 0`,
		p(":id", id), p(":to", to), p(":from", " "+strings.Join(from, " ")+" "))
	if err != nil || n > 0 {
		return err
	}
	is, err := s.Import(ctx, id)
	if err != nil {
		return err
	}
	return fault.New(fault.Conflict, "%s", importSays[is.State])
}

// BeginCheck starts a dry run: what an earlier one found is forgotten.
func (s Staff) BeginCheck(ctx context.Context, id ImportID) error {
	return s.Update(ctx, func(s Staff) error {
		if err := s.moveImport(ctx, ImportMap, id, ImportChecking, ImportUploaded, ImportChecked, ImportFailed); err != nil {
			return err
		}
		if _, err := s.write(ctx, ImportMap, `DELETE FROM <import_rows> WHERE {mine:import_rows} AND import_id = :id`, p(":id", id)); err != nil {
			return err
		}
		return s.settleImport(ctx, ImportMap, id, Tally{}, "")
	})
}

// FinishCheck ends a dry run.
func (s Staff) FinishCheck(ctx context.Context, id ImportID, t Tally, says string) error {
	return s.Update(ctx, func(s Staff) error {
		if err := s.moveImport(ctx, ImportMap, id, ImportChecked, ImportChecking); err != nil {
			return err
		}
		return s.settleImport(ctx, ImportMap, id, t, says)
	})
}

// BeginApply claims a checked import for being applied.
func (s Staff) BeginApply(ctx context.Context, id ImportID) error {
	return s.Update(ctx, func(s Staff) error { return s.moveImport(ctx, ImportApply, id, ImportApplying, ImportChecked) })
}

// FinishApply belongs into the transaction that applied the rows: an import
// is applied if, and only if, its rows are.
func (s Staff) FinishApply(ctx context.Context, id ImportID, t Tally) error {
	return s.Update(ctx, func(s Staff) error {
		if err := s.moveImport(ctx, ImportApply, id, ImportApplied, ImportApplying); err != nil {
			return err
		}
		if err := s.settleImport(ctx, ImportApply, id, t, ""); err != nil {
			return err
		}
		if _, err := s.write(ctx, ImportApply, `UPDATE <imports> SET applied_at = :now WHERE {mine:imports} AND id = :id`, p(":id", id)); err != nil {
			return err
		}
		return s.logImport(ctx, ImportApply, id, t)
	})
}

// BeginUndo claims an applied import for being undone.
func (s Staff) BeginUndo(ctx context.Context, id ImportID) error {
	return s.Update(ctx, func(s Staff) error { return s.moveImport(ctx, ImportUndo, id, ImportUndoing, ImportApplied) })
}

// FinishUndo belongs into the transaction that took the rows back; kept
// counts those that were left alone.
func (s Staff) FinishUndo(ctx context.Context, id ImportID, kept int64) error {
	return s.Update(ctx, func(s Staff) error {
		if err := s.moveImport(ctx, ImportUndo, id, ImportUndone, ImportUndoing); err != nil {
			return err
		}
		if _, err := s.write(ctx, ImportUndo, `UPDATE <imports> SET undone_at = :now, kept = :kept WHERE {mine:imports} AND id = :id`, p(":id", id), p(":kept", kept)); err != nil {
			return err
		}
		return s.logImport(ctx, ImportUndo, id, Tally{Kept: kept})
	})
}

// FailImport says why a step did not go through. Checking goes back to
// uploaded, undoing to applied: only applying leaves a failed import, and
// nothing of it applied.
func (s Staff) FailImport(ctx context.Context, id ImportID, says string) error {
	_, err := s.write(ctx, ImportMap, `UPDATE <imports> SET says = :says, state = `+afterFailure+` WHERE {mine:imports} AND id = :id AND state IN ('checking', 'applying', 'undoing')`,
		p(":id", id), p(":says", clip(says, 1000)))
	return err
}

const afterFailure = `CASE state WHEN 'checking' THEN 'uploaded' WHEN 'undoing' THEN 'applied' ELSE 'failed' END`

// settleImport writes the counts of an import.
func (s Staff) settleImport(ctx context.Context, v Verb, id ImportID, t Tally, says string) error {
	_, err := s.write(ctx, v, `UPDATE <imports> SET total = :total, added = :added, changed = :changed, same = :same, refused = :refused, kept = :kept, parked = :parked, says = :says
		WHERE {mine:imports} AND id = :id`, p(":id", id), p(":total", t.Total), p(":added", t.Added), p(":changed", t.Changed), p(":same", t.Same),
		p(":refused", t.Refused), p(":kept", t.Kept), p(":parked", t.Parked), p(":says", clip(says, 1000)))
	return err
}

func (s Staff) logImport(ctx context.Context, v Verb, id ImportID, t Tally) error {
	i, err := s.Import(ctx, id)
	if err != nil {
		return err
	}
	return s.log(ctx, Line{Verb: v, ID: int64(id), Label: i.FileName, Note: map[string]any{"import": i.Number, "kind": i.Kind,
		"added": t.Added, "changed": t.Changed, "same": t.Same, "refused": t.Refused, "kept": t.Kept, "parked": t.Parked}})
}

// RemoveImport forgets an import that is not running, with its file and its
// verdicts. What it brought stays, and can no longer be undone.
func (s Staff) RemoveImport(ctx context.Context, id ImportID) error {
	return s.Update(ctx, func(s Staff) error {
		i, err := s.Import(ctx, id)
		if err != nil {
			return err
		}
		if i.Running() {
			return fault.New(fault.Conflict, "%s", importSays[i.State])
		}
		if err := s.remove(ctx, ImportRemove, "imports", int64(id)); err != nil {
			return err
		}
		return s.drop(ctx, ImportRemove, i.File)
	})
}

// SettleImports ends what a stop of the appliance interrupted. The
// transactions of those imports never came to their end, so nothing of them
// is there. Call it once, before anybody is served.
func (y System) SettleImports(ctx context.Context) error {
	_, _, err := y.run(ctx, `UPDATE imports SET says = CASE state WHEN 'checking' THEN 'The appliance was stopped during the check. Check it again.'
			WHEN 'undoing' THEN 'The appliance was stopped during the undo. Nothing was undone; undo it again.'
			ELSE 'The appliance was stopped while this was being applied. Nothing was applied; check and apply it again.' END,
		state = `+afterFailure+` WHERE state IN ('checking', 'applying', 'undoing')`)
	return err
}
