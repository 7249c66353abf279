package store_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"gatehouse/store"
	"gatehouse/store/fault"
	"gatehouse/store/storetest"
)

// twinCase calls one method as a twin, with the other twin's ids wherever the
// method takes any. Nothing of the other may come back, and no byte of the
// other may change. A method without a case fails the build.
type twinCase struct {
	staff   func(ctx context.Context, mine store.Staff, theirs storetest.Twin) (any, error)
	client  func(ctx context.Context, mine store.Client, theirs storetest.Twin) (any, error)
	refuses bool // the method takes an id: the call must fail
}

// harmless are methods that reach no rows.
var harmless = map[string]bool{"Me": true, "Home": true, "Session": true, "May": true, "Can": true, "Now": true, "Changed": true, "Window": true, "Shares": true, "Update": true, "UpdateMany": true, "View": true, "Here": true, "Covers": true}

func staffCase(refuses bool, f func(ctx context.Context, mine store.Staff, theirs storetest.Twin) (any, error)) twinCase {
	return twinCase{staff: f, refuses: refuses}
}

func TestTwins_everyMethodOfStaffKeepsToItsOwn(t *testing.T) {
	storetest.Alone(t)
	covered(t, reflect.TypeFor[store.Staff](), staffCases)
	for name, c := range staffCases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, mine, theirs := storetest.Twins(t)
			was := rowsOf(t, db, theirs)
			got, err := c.staff(t.Context(), mine.Staff, theirs)
			judge(t, c, theirs, got, err)
			if now := rowsOf(t, db, theirs); now != was {
				t.Errorf("rows of %s changed", theirs.Slug)
			}
		})
	}
}

func covered(t *testing.T, of reflect.Type, cases map[string]twinCase) {
	t.Helper()
	for i := range of.NumMethod() {
		name := of.Method(i).Name
		if _, ok := cases[name]; !ok && !harmless[name] {
			t.Errorf("%s.%s has no twin case", of.Name(), name)
		}
	}
	for name := range cases {
		if _, ok := of.MethodByName(name); !ok {
			t.Errorf("a case for %s.%s, which does not exist", of.Name(), name)
		}
	}
}

func judge(t *testing.T, c twinCase, theirs storetest.Twin, got any, err error) {
	t.Helper()
	if c.refuses && err == nil {
		t.Errorf("went through with ids of %s", theirs.Slug)
	}
	if err != nil && fault.Of(err) == fault.Internal {
		t.Errorf("failed as our bug: %v", err)
	}
	if said := fmt.Sprintf("%+v %v", got, err); strings.Contains(said, theirs.Slug) {
		t.Errorf("gave away something of %s: %s", theirs.Slug, said)
	}
}

// rowsOf is a hash over every row of a provider, in every table.
func rowsOf(t *testing.T, db *store.DB, of storetest.Twin) string {
	t.Helper()
	c, err := sqlite.OpenConn(db.Path(), sqlite.OpenReadOnly|sqlite.OpenURI)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	sum := sha256.New()
	read := func(text string, each func(*sqlite.Stmt) error) {
		t.Helper()
		if err := sqlitex.ExecuteTransient(c, text, &sqlitex.ExecOptions{ResultFunc: each}); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	}
	var tables []string
	read(`SELECT m.name FROM sqlite_schema m WHERE m.type = 'table' AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) c WHERE c.name = 'provider_id') ORDER BY 1`,
		func(s *sqlite.Stmt) error { tables = append(tables, s.ColumnText(0)); return nil })
	if len(tables) < 20 {
		t.Fatalf("only %d tables have a provider", len(tables))
	}
	for _, name := range tables {
		read(fmt.Sprintf(`SELECT * FROM %s WHERE provider_id = %d`, name, of.Staff.Home().ID), func(s *sqlite.Stmt) error {
			for i := range s.ColumnCount() {
				fmt.Fprintf(sum, "%s|", s.ColumnText(i))
			}
			return nil
		})
	}
	return string(sum.Sum(nil))
}
