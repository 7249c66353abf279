package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // goose speaks database/sql; nothing else here does
	"zombiezen.com/go/sqlite"

	"gatehouse/migrations"
	"gatehouse/store/fault"
)

// applicationID marks a file as ours ("Gate").
const applicationID = 0x47617465

// migrate brings the schema of the file at path up to date, on a connection
// of its own that is closed again. Before the first pending step on a file
// that holds something it leaves a copy beside it.
func migrate(ctx context.Context, path string, now time.Time) error {
	wal, _ := os.Stat(path + "-wal")
	unclean := wal != nil && wal.Size() > 0
	st, err := os.Stat(path)
	existing := err == nil && st.Size() > 0
	if !existing {
		if err := create(path); err != nil {
			return err
		}
	}
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)"+
		"&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_pragma=recursive_triggers(1)&_pragma=trusted_schema(0)&_txlock=immediate")
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	db.SetMaxOpenConns(1)
	if existing {
		if err := ours(ctx, db, path, unclean); err != nil {
			return err
		}
	}
	return stepUp(ctx, db, path, now, existing)
}

// create makes an empty file of ours with the page size we want, which only the
// very first write can choose, and for our own eyes only: it holds secrets. The
// mark is in it from the first write on: a start that is killed can be made
// again.
func create(path string) error {
	c, err := sqlite.OpenConn(path, sqlite.OpenReadWrite|sqlite.OpenCreate|sqlite.OpenURI)
	if err != nil {
		return hint(err, filepath.Dir(path))
	}
	err = setPragmas(c, "page_size = 8192", fmt.Sprintf("application_id = %d", applicationID), "journal_mode = WAL")
	if e := c.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Chmod(path, 0o600)
	}
	return err
}

// ours refuses a file of another program, and, after a stop that was not
// clean, one that is damaged.
func ours(ctx context.Context, db *sql.DB, path string, unclean bool) error {
	var id int64
	if err := db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return fault.New(fault.Invalid, "%s is not a gatehouse data file: %v", path, err)
	}
	if id != applicationID {
		return fault.New(fault.Invalid, "%s is a database of another program (application id %d)", path, id)
	}
	if !unclean {
		return nil // the keeper checks it while we serve
	}
	var says string
	if err := db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&says); err != nil || says != "ok" {
		return fault.New(fault.Invalid, "%s is damaged (%s%v); restore a backup", path, says, errText(err))
	}
	return nil
}

func errText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func stepUp(ctx context.Context, db *sql.DB, path string, now time.Time, existing bool) error {
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, migrations.FS)
	if err != nil {
		return err
	}
	have, err := provider.GetDBVersion(ctx)
	if err != nil {
		return fmt.Errorf("read schema version: %w", err)
	}
	sources := provider.ListSources()
	newest := sources[len(sources)-1].Version
	if have > newest {
		return fault.New(fault.Invalid, "%s was written by a newer gatehouse (schema %d; this one knows %d). Start the newer version, or restore a copy from before the upgrade", path, have, newest)
	}
	if err := unedited(ctx, db, sources, have); err != nil {
		return err
	}
	if have == newest {
		return nil
	}
	if existing && have > 0 {
		copyTo := fmt.Sprintf("%s.pre-%04d-%s.db", path, have, now.UTC().Format("20060102T150405"))
		if _, err := db.ExecContext(ctx, "VACUUM INTO ?", copyTo); err != nil {
			return fmt.Errorf("copy before upgrade to %s: %w", copyTo, err)
		}
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("upgrade schema from %d to %d: %w", have, newest, err)
	}
	return remember(ctx, db, sources)
}

// unedited refuses a file whose applied steps are not the ones we carry.
func unedited(ctx context.Context, db *sql.DB, sources []*goose.Source, have int64) error {
	if have == 0 {
		return nil
	}
	for _, s := range sources {
		if s.Version > have {
			return nil
		}
		var known string
		err := db.QueryRowContext(ctx, "SELECT sha256 FROM schema_steps WHERE version = ?", s.Version).Scan(&known)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("read schema steps: %w", err)
		}
		if known != stepSum(s.Path) {
			return fault.New(fault.Invalid, "schema step %d was applied from another text than this gatehouse carries; use the version that wrote the file", s.Version)
		}
	}
	return nil
}

func remember(ctx context.Context, db *sql.DB, sources []*goose.Source) error {
	_, err := db.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS schema_steps (version INTEGER PRIMARY KEY, sha256 TEXT NOT NULL) STRICT")
	for _, s := range sources {
		if err == nil {
			_, err = db.ExecContext(ctx, "INSERT INTO schema_steps VALUES (?, ?) ON CONFLICT DO NOTHING", s.Version, stepSum(s.Path))
		}
	}
	return err
}

func stepSum(path string) string {
	b, err := fs.ReadFile(migrations.FS, path)
	if err != nil {
		return "missing " + path
	}
	sum := sha256.Sum256([]byte(strings.ReplaceAll(string(b), "\r\n", "\n")))
	return hex.EncodeToString(sum[:])
}
