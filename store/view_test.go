package store

import (
	"context"
	"testing"
)

// TestView_readsOneStateAndNeverWrites looks twice while somebody writes, and
// after the one who asked is gone the reader is free.
func TestView_readsOneStateAndNeverWrites(t *testing.T) {
	w := newWorld(t)
	p, err := w.staff.Customers(t.Context(), CustomerFilter{})
	w.must(err)
	start := len(p.Rows)
	w.customer("Hafenbau")
	for range 10 { // more often than there are readers
		ctx, cancel := context.WithCancel(t.Context())
		view, done, err := w.staff.View(ctx)
		w.must(err)
		before, err := view.Customers(ctx, CustomerFilter{})
		w.must(err)
		w.customer("Werft")
		after, err := view.Customers(ctx, CustomerFilter{})
		w.must(err)
		if len(after.Rows) != len(before.Rows) {
			t.Errorf("a view of %d customers sees %d later", len(before.Rows), len(after.Rows))
		}
		if _, err := view.AddGroup(ctx, GroupEdit{Name: "North"}); err == nil {
			t.Error("a view writes")
		}
		cancel()
		done()
	}
	p, err = w.staff.Customers(t.Context(), CustomerFilter{})
	w.must(err)
	if len(p.Rows) != start+11 {
		t.Errorf("%d customers, want %d", len(p.Rows), start+11)
	}
	if _, _, err := (Staff{}).View(t.Context()); err == nil {
		t.Error("nobody looks")
	}
}
