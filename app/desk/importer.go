package desk

import (
	"context"
	"encoding/json"
	"fmt"

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
	do                   doing
}

// doing carries a plan out: the thing it made or changed, and what an undo
// needs to know.
type doing func(ctx context.Context, s store.Staff) (object int64, before any, err error)

// outcome ends a judge: what is not there is added, what differs is changed,
// and otherwise there is nothing to do.
func (p plan) outcome(object int64, differs bool, says string, do doing) plan {
	p.object, p.says = object, says
	switch {
	case object == 0:
		p.verdict, p.do = store.VerdictAdd, do
	case differs:
		p.verdict, p.do = store.VerdictChange, do
	default:
		p.verdict = store.VerdictSame
	}
	return p
}

// beforeOf is what a target noted for the undo of a row.
func beforeOf[T any](r store.ImportRow) (b T, err error) {
	err = json.Unmarshal([]byte(r.Before), &b)
	return b, err
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
