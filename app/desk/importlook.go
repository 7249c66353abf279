package desk

import (
	"context"

	"gatehouse/store"
)

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
