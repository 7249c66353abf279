// Package store keeps every row of the appliance in one SQLite file: types
// with their rules, the SQL behind them, and the walls that keep tenants
// apart. It knows nothing of HTTP, letters or files of other formats.
//
// A DB has no query methods. Doors (Staff, Client, Operator, System) turn a
// credential into a scope, and only a scope reaches rows.
package store

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"gatehouse/store/fault"
)

// Options says how to open a data file. Zero fields mean: the system's clock
// and random source.
type Options struct {
	Path string
	Now  func() time.Time
	Rand io.Reader
}

// DB is the data file. It can be opened, asked for doors, and closed.
type DB struct {
	path        string
	lock        *os.File
	read        *readers
	write       *sqlite.Conn  // the one writer, held for the life of the file
	turn        chan struct{} // whose turn it is to write
	many        atomic.Bool   // whoever's turn it is writes very many rows
	patience    time.Duration // how long a person waits for that
	now         func() time.Time
	rand        io.Reader
	tables      map[string]bool // tenant tables, read from the schema
	hasCustomer map[string]bool // those with a customer_id
	seen        func(string)    // tests listen to every statement

	mu      sync.RWMutex
	walls   map[wallKey]*walled
	changed chan struct{} // closed at each commit
}

// pragmas are set on every connection, busy_timeout first: WAL needs it.
var pragmas = []string{
	"busy_timeout = 5000", "journal_mode = WAL", "synchronous = FULL", "foreign_keys = 1",
	"recursive_triggers = 1", "trusted_schema = 0", "temp_store = MEMORY",
	"cache_size = -4000", "mmap_size = 1073741824", "journal_size_limit = 67108864",
}

func setPragmas(c *sqlite.Conn, settings ...string) error {
	for _, s := range settings {
		if err := sqlitex.ExecuteTransient(c, "PRAGMA "+s, nil); err != nil {
			return fmt.Errorf("pragma %s: %w", s, err)
		}
	}
	return nil
}

// Open opens the data file, makes it if it is not there, and brings its
// schema up to date. It refuses a file that another process serves, one that
// a newer gatehouse wrote, and one that is not a gatehouse file.
func Open(ctx context.Context, o Options) (*DB, error) {
	db := &DB{path: o.Path, turn: make(chan struct{}, 1), patience: patience, now: o.Now, rand: o.Rand,
		walls: map[wallKey]*walled{}, changed: make(chan struct{})}
	if db.now == nil {
		db.now = time.Now
	}
	if db.rand == nil {
		db.rand = rand.Reader
	}
	var err error
	if db.lock, err = lockFile(o.Path); err != nil {
		return nil, err
	}
	if err := db.open(ctx); err != nil {
		_ = db.Close()
		return nil, err
	}
	return db, nil
}

func (db *DB) open(ctx context.Context) (err error) {
	if err := migrate(ctx, db.path, db.now()); err != nil {
		return err
	}
	if db.write, err = sqlite.OpenConn(db.path, sqlite.OpenReadWrite|sqlite.OpenURI); err != nil {
		return fmt.Errorf("open writer: %w", err)
	}
	if err := setPragmas(db.write, pragmas...); err != nil {
		return err
	}
	db.read = openReaders(db.path, max(4, runtime.GOMAXPROCS(0)))
	return db.readSchema(ctx)
}

// Close writes the log back into the file and lets go of it. Closing twice is
// harmless.
func (db *DB) Close() error {
	var first error
	if db.read != nil {
		first = db.read.Close()
		db.read = nil
	}
	if db.write != nil {
		db.write.SetInterrupt(nil)
		_ = setPragmas(db.write, "wal_checkpoint(TRUNCATE)")
		if err := db.write.Close(); first == nil {
			first = err
		}
		db.write = nil
	}
	if db.lock != nil {
		_ = db.lock.Close()
		db.lock = nil
	}
	return first
}

// Now is the appliance's clock, in UTC, to the second.
func (db *DB) Now() time.Time { return db.now().UTC().Truncate(time.Second) }

// Rand is the appliance's source of chance, for tokens.
func (db *DB) Rand() io.Reader { return db.rand }

// Path is where the data file lies.
func (db *DB) Path() string { return db.path }

// Changed returns a channel that is closed at the next commit.
func (db *DB) Changed() <-chan struct{} {
	db.mu.RLock()
	defer db.mu.RUnlock()
	return db.changed
}

func (db *DB) commitSeen() {
	db.mu.Lock()
	defer db.mu.Unlock()
	close(db.changed)
	db.changed = make(chan struct{})
}

// Ping reports whether the file answers.
func (db *DB) Ping(ctx context.Context) error {
	return db.query(ctx, nil, `SELECT 1`, nil, func(*row) error { return nil })
}

// Check runs SQLite's quick check and reports the first thing it finds.
func (db *DB) Check(ctx context.Context) error {
	return db.query(ctx, nil, `PRAGMA quick_check(1)`, nil, func(r *row) error {
		if s := r.str(); s != "ok" {
			return fault.New(fault.Internal, "the data file is damaged: %s", s)
		}
		return nil
	})
}

// update runs fn in one transaction on the writer, as soon as it is its turn.
// Whatever happens in it, the writer leaves without a transaction.
func (db *DB) update(ctx context.Context, fn func(*sqlite.Conn, time.Time) error) error {
	return db.updateIn(ctx, nil, fn)
}

// updateIn is update for who gives up when tired says so.
func (db *DB) updateIn(ctx context.Context, tired func() error, fn func(*sqlite.Conn, time.Time) error) error {
	if err := db.takeTurn(ctx, tired); err != nil {
		return err
	}
	defer func() { <-db.turn }()
	if db.write == nil {
		return errClosed
	}
	db.write.SetInterrupt(ctx.Done())
	if err := db.exec(db.write, `BEGIN IMMEDIATE`, nil); err != nil {
		return explain(ctx, err) // whoever asked may be gone: that is no fault of ours
	}
	done := false
	defer func() {
		db.write.SetInterrupt(nil) // a closed browser tab must not keep us from rolling back
		if !done {
			_ = db.exec(db.write, `ROLLBACK`, nil)
		}
	}()
	if err := fn(db.write, db.Now()); err != nil {
		return err
	}
	if err := db.exec(db.write, `COMMIT`, nil); err != nil {
		return explain(ctx, err)
	}
	done = true
	db.commitSeen()
	return nil
}

// query steps through the rows of text, on conn or on a reader of the pool.
func (db *DB) query(ctx context.Context, conn *sqlite.Conn, text string, bind func(*sqlite.Stmt), each func(*row) error) error {
	if conn == nil {
		if db.read == nil {
			return errClosed
		}
		c, err := db.read.Take(ctx)
		if err != nil {
			return err
		}
		defer db.read.Put(c)
		conn = c.Conn
	}
	if db.seen != nil {
		db.seen(text)
	}
	st, err := conn.Prepare(text)
	if err != nil {
		return explain(ctx, fmt.Errorf("prepare %s: %w", text, err))
	}
	defer func() { _ = st.Reset() }()
	if bind != nil {
		bind(st)
	}
	r := row{Stmt: st}
	for {
		more, err := st.Step()
		if err != nil {
			return explain(ctx, err)
		}
		if !more {
			return nil
		}
		r.at = 0
		if err := each(&r); err != nil {
			return err
		}
	}
}

// exec runs text on the writer for its effect.
func (db *DB) exec(conn *sqlite.Conn, text string, bind func(*sqlite.Stmt)) error {
	return db.query(context.Background(), conn, text, bind, func(*row) error { return nil })
}
