package store

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"gatehouse/store/fault"
)

// TestUpdateMany_othersWaitAndLoseNothing saves things while very many rows are
// written: whoever waits has saved it afterwards, whoever left has not, and
// whoever waits too long is told so.
func TestUpdateMany_othersWaitAndLoseNothing(t *testing.T) {
	w := newWorld(t)
	began, end := make(chan struct{}), make(chan struct{})
	many := make(chan error, 1)
	go func() {
		many <- w.staff.UpdateMany(t.Context(), func(s Staff) error {
			close(began)
			<-end
			_, err := s.AddGroup(t.Context(), GroupEdit{Name: "Of the import"})
			return err
		})
	}()
	<-began

	var all sync.WaitGroup
	saved := make(chan error, 20)
	for n := range 20 {
		all.Go(func() {
			_, err := w.staff.AddGroup(t.Context(), GroupEdit{Name: "Group " + string(rune('A'+n))})
			saved <- err
		})
	}
	gone, leave := context.WithCancel(t.Context())
	left := make(chan error, 1)
	go func() { _, err := w.staff.AddGroup(gone, GroupEdit{Name: "Left"}); left <- err }()
	time.Sleep(20 * time.Millisecond)
	leave()
	if err := <-left; !errors.Is(err, context.Canceled) {
		t.Errorf("who left is told %v", err)
	}
	if p, err := w.staff.Assets(t.Context(), AssetFilter{}); err != nil {
		t.Errorf("nobody can read meanwhile: %v %v", p, err)
	}
	close(end)
	w.must(<-many)
	all.Wait()
	for range 20 {
		if err := <-saved; err != nil {
			t.Error(err)
		}
	}
	groups, err := w.staff.GroupChoices(t.Context())
	w.must(err)
	has := map[string]bool{}
	for _, g := range groups {
		has[g.Name] = true
	}
	for _, name := range []string{"Group A", "Group T", "Of the import"} {
		if !has[name] {
			t.Errorf("%s is lost", name)
		}
	}
	if has["Left"] {
		t.Error("what nobody was told of is saved")
	}
}

func TestUpdateMany_whoWaitsTooLongIsToldSo(t *testing.T) {
	w := newWorld(t)
	w.db.patience = 10 * time.Millisecond
	w.must(w.staff.UpdateMany(t.Context(), func(Staff) error {
		_, err := w.staff.AddGroup(t.Context(), GroupEdit{Name: "North"})
		if fault.Of(err) != fault.Conflict || !strings.Contains(fault.Says(err), "nothing you typed is lost") {
			t.Errorf("got %v", err)
		}
		return nil
	}))
	_, err := w.staff.AddGroup(t.Context(), GroupEdit{Name: "North"})
	w.must(err)

	slow := make(chan struct{})
	go func() {
		time.Sleep(50 * time.Millisecond)
		close(slow)
	}()
	done := make(chan error, 1)
	w.must(w.staff.Update(t.Context(), func(Staff) error {
		go func() { _, err := w.staff.AddGroup(t.Context(), GroupEdit{Name: "South"}); done <- err }()
		<-slow // something short, however slow the disk is
		return nil
	}))
	w.must(<-done)
}
