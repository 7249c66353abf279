package desk

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"gatehouse/app/sheet"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// An import goes through four steps: a file is uploaded, its columns are
// mapped, it is checked (a dry run that gives every row a verdict and changes
// nothing), and it is applied, as a whole or not at all. Undo takes it back.
// Checking, applying and undoing go on in the background, one at a time.

// ImportKind is a kind of thing that can be imported.
type ImportKind struct {
	Kind, Label string
	columns     func(context.Context, store.Staff) ([]Column, error)
	open        func(context.Context, store.Staff, store.Import, sheet.Found) (target, error)
}

// Column is something a row can say about a thing.
type Column struct {
	Key, Label string
	Help       string
	Required   bool
	Example    string
	synonyms   []string
}

// target turns the rows of one import into rows of the provider. judge only
// reads, so that a check changes nothing; what it decides to do stands in the
// plan. undo takes one row back; a Conflict means that it is better left alone.
type target interface {
	judge(ctx context.Context, s store.Staff, e entry) (plan, error)
	undo(ctx context.Context, s store.Staff, r store.ImportRow) error
}

// entry is one row of a file.
type entry struct {
	line    int
	problem string // what is wrong with the line as such
	cells   []string
	machine any // a fleet snapshot has machines in place of cells
}

// plan is the verdict on an entry, and how to carry it out.
type plan struct {
	verdict, label, says string
	keys                 []string // what no other row of the file may claim too, in words
	object               int64
	news                 int // readings it brings
	before               any // of a row that is parked: what it waits for
	do                   func(ctx context.Context, s store.Staff) (object int64, before any, err error)
}

func refuse(label, says string, args ...any) plan {
	return plan{verdict: store.VerdictRefuse, label: label, says: fmt.Sprintf(says, args...)}
}

var kinds = [...]ImportKind{
	{store.ImportCustomers, "Customers", fixed(customerColumns), openCustomers},
	{store.ImportAssets, "Assets", assetColumnsOf, openAssets},
	{store.ImportAssignments, "Assignments", fixed(assignmentColumns), openAssignments},
	{store.ImportFleet, "Fleet snapshot", fixed(nil), openFleetTarget},
	{store.ImportVehicles, "Vehicles", fixed(vehicleColumns), openVehicles},
	{store.ImportJobs, "Jobs", jobColumnsOf, openJobs},
}

func fixed(cols []Column) func(context.Context, store.Staff) ([]Column, error) {
	return func(context.Context, store.Staff) ([]Column, error) { return cols, nil }
}

// ImportKinds are the kinds people choose from. What comes with a fleet
// snapshot is recognised by its content.
func ImportKinds() []ImportKind { return kinds[:] }

func kindOf(name string) *ImportKind {
	for i := range kinds {
		if kinds[i].Kind == name {
			return &kinds[i]
		}
	}
	return nil
}

// ImportColumns are the columns that a kind knows, those of the provider's
// own fields included.
func (d *Desk) ImportColumns(ctx context.Context, s store.Staff, kind string) ([]Column, error) {
	k := kindOf(kind)
	if k == nil {
		return nil, fault.New(fault.NotFound, "Nothing of the kind “%s” can be imported.", kind)
	}
	return k.columns(ctx, s)
}

// importing is what goes on with imports right now.
type importing struct {
	lane sync.Mutex // one import works at a time: memory and the writer are one's own
	mu   sync.Mutex
	now  map[store.ImportID]*progress
}

// progress is how far a running step is. over is closed at its end.
type progress struct {
	done, total atomic.Int64
	over        chan struct{}
}

// ImportProgress tells how far the running step of an import is, false when
// nothing runs. While a total is not known yet it is 0.
func (d *Desk) ImportProgress(id store.ImportID) (done, total int64, running bool) {
	d.imports.mu.Lock()
	defer d.imports.mu.Unlock()
	p := d.imports.now[id]
	if p == nil {
		return 0, 0, false
	}
	return p.done.Load(), p.total.Load(), true
}

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

func (m *importing) begin(id store.ImportID) *progress {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.now == nil {
		m.now = map[store.ImportID]*progress{}
	}
	m.now[id] = &progress{over: make(chan struct{})}
	return m.now[id]
}

func (m *importing) end(id store.ImportID) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if p := m.now[id]; p != nil {
		close(p.over)
	}
	delete(m.now, id)
}

// AwaitImport waits for the running step of an import, but no longer than
// most: what is quick needs no page that says to wait.
func (d *Desk) AwaitImport(ctx context.Context, id store.ImportID, most time.Duration) {
	d.imports.mu.Lock()
	p := d.imports.now[id]
	d.imports.mu.Unlock()
	if p == nil {
		return
	}
	select {
	case <-p.over:
	case <-ctx.Done():
	case <-time.After(most):
	}
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
