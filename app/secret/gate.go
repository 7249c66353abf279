package secret

import (
	"context"
	"runtime"

	"gatehouse/store/fault"
)

// queueLength is how many passwords may wait for a core. Behind it people are
// told to try again: a queue that grows without end helps nobody.
const queueLength = 64

// cores is the one gate of the process: each hash takes 19 MiB and a core, so
// more of them at once only make every one slower.
var cores = newGate(runtime.GOMAXPROCS(0), queueLength)

// gate lets a fixed number of people through at a time and a fixed number wait.
type gate struct {
	inside chan struct{}
	queue  chan struct{}
}

func newGate(width, length int) *gate {
	return &gate{inside: make(chan struct{}, width), queue: make(chan struct{}, width+length)}
}

// do runs f when there is room. It returns a Limited fault when the queue is
// full and the context's error when the caller gave up waiting; then f did not run.
func (g *gate) do(ctx context.Context, f func()) error {
	select {
	case g.queue <- struct{}{}:
		defer func() { <-g.queue }()
	default:
		return fault.New(fault.Limited, "Many people are signing in at this moment. Please try again in a few seconds.")
	}
	select {
	case g.inside <- struct{}{}:
		defer func() { <-g.inside }()
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	f()
	return nil
}
