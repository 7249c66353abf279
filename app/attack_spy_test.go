package app_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// spy looks at the data file from beside the appliance, over a connection of
// its own: whose rows changed, and how to take a change back.
type spy struct {
	t       testing.TB
	c       *sqlite.Conn
	saved   string
	version int64
	tables  []table
}

// table is a table with the expression that says whose a row is.
type table struct {
	name, columns     string
	tenant            bool
	provider, company string
}

// fleeting are columns that say only when somebody was last here.
var fleeting = map[string]bool{"sessions.seen_at": true, "operator_sessions.seen_at": true, "users.last_login_at": true}

func newSpy(t testing.TB, path string) *spy {
	t.Helper()
	c, err := sqlite.OpenConn(path, sqlite.OpenReadWrite|sqlite.OpenURI)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	s := &spy{t: t, c: c, saved: filepath.Join(t.TempDir(), "saved.db")}
	s.do(`PRAGMA busy_timeout = 5000`)
	s.do(`PRAGMA synchronous = OFF`)
	s.learn()
	return s
}

func (s *spy) do(text string, args ...any) {
	s.t.Helper()
	if err := sqlitex.Execute(s.c, text, &sqlitex.ExecOptions{Args: args}); err != nil {
		s.t.Fatalf("%s: %v", text, err)
	}
}

// read collects the first column of every row.
func (s *spy) read(text string, args ...any) (out []string) {
	s.t.Helper()
	err := sqlitex.Execute(s.c, text, &sqlitex.ExecOptions{Args: args, ResultFunc: func(st *sqlite.Stmt) error {
		out = append(out, st.ColumnText(0))
		return nil
	}})
	if err != nil {
		s.t.Fatalf("%s: %v", text, err)
	}
	return out
}

func (s *spy) number(text string, args ...any) (n int64) {
	s.t.Helper()
	if all := s.read(text, args...); len(all) > 0 {
		_, _ = fmt.Sscan(all[0], &n)
	}
	return n
}

func (s *spy) learn() {
	for _, name := range s.read(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY 1`) {
		t := table{name: name, provider: "0", company: "0"}
		cols := s.read(`SELECT name FROM pragma_table_info(?)`, name)
		keep := slices.DeleteFunc(slices.Clone(cols), func(c string) bool { return fleeting[name+"."+c] })
		t.columns = `"` + strings.Join(keep, `", "`) + `"`
		has := func(c string) bool { return slices.Contains(cols, c) }
		if has("provider_id") {
			t.tenant, t.provider = true, "provider_id"
		}
		switch {
		case name == "providers":
			t.provider = "id"
		case name == "customers":
			t.company = "id"
		case has("customer_id"):
			t.company = "customer_id"
		case has("asset_id"):
			t.company = "(SELECT a.customer_id FROM assets a WHERE a.id = asset_id)"
		case has("portal_id"):
			t.company = "(SELECT o.customer_id FROM portals o WHERE o.id = portal_id)"
		}
		s.tables = append(s.tables, t)
	}
}

// owner is somebody whose rows are counted together.
type owner struct{ provider, company int64 }

// sums is a hash of the rows of each owner; company 0 are the provider's own.
func (s *spy) sums() map[owner]string {
	s.t.Helper()
	sums := map[owner][]byte{}
	for _, t := range s.tables {
		err := sqlitex.Execute(s.c, `SELECT `+t.provider+`, coalesce(`+t.company+`, 0), `+t.columns+` FROM "`+t.name+`"`, &sqlitex.ExecOptions{ResultFunc: func(st *sqlite.Stmt) error {
			o := owner{st.ColumnInt64(0), st.ColumnInt64(1)}
			h := sha256.New()
			h.Write(sums[o])
			h.Write([]byte(t.name))
			for i := 2; i < st.ColumnCount(); i++ {
				fmt.Fprintf(h, "|%d:%s", st.ColumnLen(i), st.ColumnText(i))
			}
			sums[o] = h.Sum(nil)
			return nil
		}})
		if err != nil {
			s.t.Fatalf("sum %s: %v", t.name, err)
		}
	}
	out := map[owner]string{}
	for o, sum := range sums {
		out[o] = hex.EncodeToString(sum[:8])
	}
	return out
}

// differ lists whose rows are not the same in both.
func differ(a, b map[owner]string) (who []owner) {
	for o, sum := range a {
		if b[o] != sum {
			who = append(who, o)
		}
	}
	for o := range b {
		if _, ok := a[o]; !ok {
			who = append(who, o)
		}
	}
	return who
}

// changed reports whether anybody committed since it was asked last.
func (s *spy) changed() bool {
	v := s.number(`PRAGMA data_version`)
	was := s.version
	s.version = v
	return v != was
}

// keep remembers the file as it is now.
func (s *spy) keep() {
	s.t.Helper()
	s.copy(s.saved, func(saved *sqlite.Conn) (*sqlite.Backup, error) { return sqlite.NewBackup(saved, "main", s.c, "main") })
	s.changed()
}

// back makes the file what it was when it was kept.
func (s *spy) back() {
	s.t.Helper()
	s.copy(s.saved, func(saved *sqlite.Conn) (*sqlite.Backup, error) { return sqlite.NewBackup(s.c, "main", saved, "main") })
	s.changed()
}

func (s *spy) copy(path string, begin func(*sqlite.Conn) (*sqlite.Backup, error)) {
	s.t.Helper()
	saved, err := sqlite.OpenConn(path, sqlite.OpenReadWrite|sqlite.OpenCreate|sqlite.OpenURI)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = saved.Close() }()
	b, err := begin(saved)
	if err != nil {
		s.t.Fatal(err)
	}
	_, err = b.Step(-1)
	if e := b.Close(); err == nil {
		err = e
	}
	if err != nil {
		s.t.Fatalf("copy: %v", err)
	}
}
