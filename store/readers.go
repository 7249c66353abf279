package store

import (
	"context"
	"errors"
	"fmt"

	"zombiezen.com/go/sqlite"
)

// readers are the connections that statements read on. The pool that comes
// with the driver starts and ends a goroutine for each use, which costs more
// than a small statement; here a reader keeps the one it has.
type readers struct {
	path string
	free chan *reader
	shut chan struct{}
}

// reader is a connection and what ends its running statement.
type reader struct {
	*sqlite.Conn
	stop    chan struct{}
	forgive func() bool // takes back the order to stop, false if it was carried out
}

var errClosed = errors.New("the data file is closed")

// openReaders makes n readers of the file at path. Each opens it when it is
// first needed, so that a start does not wait for them.
func openReaders(path string, n int) *readers {
	p := &readers{path: path, free: make(chan *reader, n), shut: make(chan struct{})}
	for range n {
		p.free <- &reader{}
	}
	return p
}

func (r *reader) open(path string) (err error) {
	if r.Conn, err = sqlite.OpenConn(path, sqlite.OpenReadWrite|sqlite.OpenURI); err != nil {
		r.Conn = nil
		return fmt.Errorf("open reader: %w", err)
	}
	if err := setPragmas(r.Conn, append([]string{"query_only = 1"}, pragmas...)...); err != nil {
		err = errors.Join(err, r.Conn.Close())
		r.Conn = nil
		return err
	}
	r.arm()
	return nil
}

// arm lets the next statement run until it is told to stop.
func (r *reader) arm() {
	r.stop = make(chan struct{})
	r.SetInterrupt(r.stop)
}

// Take waits for a reader that nobody uses. Whatever runs on it ends with ctx.
func (p *readers) Take(ctx context.Context) (*reader, error) {
	select {
	case <-p.shut:
		return nil, errClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	case r := <-p.free:
		if r.Conn == nil {
			if err := r.open(p.path); err != nil {
				p.free <- r
				return nil, err
			}
		}
		stop := r.stop
		r.forgive = context.AfterFunc(ctx, func() { close(stop) })
		return r, nil
	}
}

// Put gives a reader back.
func (p *readers) Put(r *reader) {
	if !r.forgive() {
		<-r.stop // it is on its way
		r.arm()
	}
	p.free <- r
}

// Close waits until nobody reads any more and closes every reader.
func (p *readers) Close() (err error) {
	close(p.shut)
	for range cap(p.free) {
		if r := <-p.free; r.Conn != nil {
			r.SetInterrupt(nil)
			err = errors.Join(err, r.Conn.Close())
		}
	}
	return err
}
