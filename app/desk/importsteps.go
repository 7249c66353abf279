package desk

import (
	"context"
	"fmt"

	"gatehouse/store"
	"gatehouse/store/fault"
)

// CheckImport starts the dry run of an import.
func (d *Desk) CheckImport(ctx context.Context, s store.Staff, id store.ImportID) error {
	i, err := s.Import(ctx, id)
	if err != nil {
		return err
	}
	if err := d.mapped(ctx, s, i); err != nil {
		return err
	}
	if err := s.BeginCheck(ctx, id); err != nil {
		return err
	}
	d.work("check", s, i, d.check)
	return nil
}

// ApplyImport starts carrying out what the check promised.
func (d *Desk) ApplyImport(ctx context.Context, s store.Staff, id store.ImportID) error {
	i, err := s.Import(ctx, id)
	if err != nil {
		return err
	}
	if i.State == store.ImportChecked && i.Tally.Added+i.Tally.Changed == 0 {
		return fault.New(fault.Conflict, "There is nothing to apply: no row would add or change anything.")
	}
	if err := s.BeginApply(ctx, id); err != nil {
		return err
	}
	d.work("apply", s, i, d.apply)
	return nil
}

// UndoImport starts taking back what an import did.
func (d *Desk) UndoImport(ctx context.Context, s store.Staff, id store.ImportID) error {
	i, err := s.Import(ctx, id)
	if err != nil {
		return err
	}
	if err := s.BeginUndo(ctx, id); err != nil {
		return err
	}
	d.work("undo", s, i, d.undo)
	return nil
}

// step is one of check, apply and undo.
type step func(ctx context.Context, s store.Staff, i store.Import, p *progress) error

// work runs a step in the background. However it ends, the import is left in
// a state from which one can go on, and says why.
func (d *Desk) work(what string, s store.Staff, i store.Import, fn step) {
	p := d.imports.begin(i.ID)
	d.background(fmt.Sprintf("%s import %d", what, i.ID), func(ctx context.Context) (err error) {
		d.imports.lane.Lock()
		defer d.imports.lane.Unlock()
		defer d.imports.end(i.ID)
		defer func() {
			if r := recover(); r != nil {
				err = fmt.Errorf("panic: %v", r)
			}
			if err != nil {
				err = d.failed(ctx, s, i.ID, err)
			}
		}()
		return fn(ctx, s.Importing(), i, p)
	})
}

// failed writes down why a step ended early. What a person caused is said and
// done with; anything else is ours, and is handed on to be logged.
func (d *Desk) failed(ctx context.Context, s store.Staff, id store.ImportID, cause error) error {
	says := fault.Says(cause)
	switch {
	case ctx.Err() != nil:
		says, cause = "The appliance was stopped meanwhile. Nothing was changed; do it again.", nil
	case says == "":
		says = "Something went wrong here, and nothing was changed. The log of the appliance says more."
	default:
		cause = nil
	}
	if err := s.FailImport(context.WithoutCancel(ctx), id, says); err != nil {
		return fmt.Errorf("fail import: %w", err)
	}
	return cause
}
