package desk

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"gatehouse/store"
)

// importing is what goes on with imports right now.
type importing struct {
	lane sync.Mutex // one import works at a time: memory and the writer are one's own
	mu   sync.Mutex
	now  map[store.ImportID]*progress
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

// progress is how far a running step is. over is closed at its end.
type progress struct {
	done, total atomic.Int64
	over        chan struct{}
	yielded     time.Time
}

// slice is how long an import works before it lets others: without that whoever
// opens a page waits until the runtime takes its core away.
const slice = time.Millisecond

// row counts a row, and lets others work who wait for a core.
func (p *progress) row() {
	if p.done.Add(1)%4 != 0 {
		return
	}
	if now := time.Now(); now.Sub(p.yielded) > slice {
		runtime.Gosched()
		p.yielded = time.Now()
	}
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
