package store

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gatehouse/store/fault"
)

func openTest(t *testing.T) *DB {
	t.Helper()
	db, err := Open(t.Context(), Options{Path: filepath.Join(t.TempDir(), "g.db"), Now: func() time.Time { return time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func testProvider(t *testing.T, db *DB, slug string) Staff {
	t.Helper()
	y := db.System("test", Origin{})
	id, err := y.AddProvider(t.Context(), NewProvider{Slug: slug, Name: slug})
	if err != nil {
		t.Fatal(err)
	}
	s, err := y.Provider(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestOpen_everyPragmaOnEveryConnection(t *testing.T) {
	db := openTest(t)
	want := map[string]string{"busy_timeout": "5000", "journal_mode": "wal", "synchronous": "2", "foreign_keys": "1",
		"recursive_triggers": "1", "trusted_schema": "0", "temp_store": "2", "application_id": "1197569125", "page_size": "8192"}
	check := func(who string, ask func(string) string) {
		for name, w := range want {
			if got := ask(name); got != w {
				t.Errorf("%s: PRAGMA %s = %s, want %s", who, name, got, w)
			}
		}
	}
	check("writer", func(name string) (v string) {
		_ = db.query(t.Context(), db.write, "PRAGMA "+name, nil, func(r *row) error { v = r.str(); return nil })
		return v
	})
	for range 4 {
		c, err := db.read.Take(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer db.read.Put(c)
		ask := func(name string) (v string) {
			_ = db.query(t.Context(), c.Conn, "PRAGMA "+name, nil, func(r *row) error { v = r.str(); return nil })
			return v
		}
		check("reader", ask)
		if ask("query_only") != "1" {
			t.Error("a reader may write")
		}
	}
}

func TestOpen_secondServerIsRefused(t *testing.T) {
	db := openTest(t)
	_, err := Open(t.Context(), Options{Path: db.Path()})
	if err == nil || !strings.Contains(err.Error(), "already using") {
		t.Fatalf("got %v, want a sentence that another gatehouse uses the file", err)
	}
}

func TestOpen_foreignFileIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	if err := os.WriteFile(path, []byte(strings.Repeat("not a database ", 400)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), Options{Path: path}); err == nil {
		t.Fatal("opened a text file")
	}
}

func TestOpen_newerAndEditedSchemaAreRefused(t *testing.T) {
	for name, spoil := range map[string]string{
		"newer":  `INSERT INTO goose_db_version (version_id, is_applied, tstamp) VALUES (9999, 1, '2026-01-01')`,
		"edited": `UPDATE schema_steps SET sha256 = 'x' WHERE version = 2`,
	} {
		t.Run(name, func(t *testing.T) {
			db := openTest(t)
			if err := db.exec(db.write, spoil, nil); err != nil {
				t.Fatal(err)
			}
			_ = db.Close()
			if _, err := Open(t.Context(), Options{Path: db.Path()}); fault.Of(err) != fault.Invalid {
				t.Fatalf("got %v, want a refusal", err)
			}
		})
	}
}

func TestSchema_rules(t *testing.T) {
	db := openTest(t)
	text := func(q string) (out []string) {
		if err := db.query(t.Context(), nil, q, nil, func(r *row) error { out = append(out, r.str()); return nil }); err != nil {
			t.Fatal(err)
		}
		return out
	}
	for _, name := range text(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'goose%' AND sql NOT LIKE '%STRICT%' AND sql NOT LIKE '%VIRTUAL%' AND name NOT LIKE 'asset\_search\_%' ESCAPE '\' AND name NOT LIKE 'job\_search\_%' ESCAPE '\' AND name NOT LIKE '%\_terms\_%' ESCAPE '\'`) {
		t.Errorf("%s is not STRICT", name)
	}
	for name := range db.tables {
		if _, ok := walls[name]; !ok {
			t.Errorf("%s has no entry in walls", name)
		}
		sql := strings.Join(text(`SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = '`+name+`'`), "")
		if strings.Contains(sql, "\tid ") && !strings.Contains(sql, "UNIQUE (provider_id, id)") {
			t.Errorf("%s lacks UNIQUE (provider_id, id)", name)
		}
		for _, to := range text(`SELECT f."table" || ' by ' || group_concat(f."from") FROM pragma_foreign_key_list('` + name + `') f GROUP BY f.id`) {
			target, by, _ := strings.Cut(to, " by ")
			if target != "providers" && !strings.Contains(by, "provider_id") {
				t.Errorf("%s refers to %s by %s, not with two columns", name, target, by)
			}
		}
	}
	for name := range walls {
		if !db.tables[name] {
			t.Errorf("walls names %s, which is no tenant table", name)
		}
	}
}

func TestWall_bareNameDoesNotRun(t *testing.T) {
	db := openTest(t)
	s := testProvider(t, db, "one")
	for _, bare := range []string{`SELECT id FROM customers`, `SELECT c.id FROM {assets} a JOIN CUSTOMERS c ON 1`} {
		_, err := list(t.Context(), s.scope, intoInt, bare)
		if err == nil || !strings.Contains(err.Error(), "named bare") {
			t.Errorf("%s: got %v, want a refusal", bare, err)
		}
	}
}

func TestScope_zeroRefusesEverything(t *testing.T) {
	if _, err := (Staff{}).Customers(context.Background(), CustomerFilter{}); fault.Of(err) != fault.Unauthenticated {
		t.Errorf("got %v, want Unauthenticated", err)
	}
}

func TestAudit_linesCannotBeChangedOrDeleted(t *testing.T) {
	db := openTest(t)
	testProvider(t, db, "one")
	for _, text := range []string{`UPDATE audit SET actor = 'x'`, `DELETE FROM audit`, `INSERT OR REPLACE INTO audit SELECT * FROM audit`} {
		if err := db.exec(db.write, text, nil); err == nil {
			t.Errorf("%s went through", text)
		}
	}
}

func TestUpdate_failedOrPanickedLeavesNothing(t *testing.T) {
	db := openTest(t)
	s := testProvider(t, db, "one")
	func() {
		defer func() { _ = recover() }()
		_ = s.Update(t.Context(), func(s Staff) error {
			if _, err := s.AddCustomer(t.Context(), CustomerEdit{CustomerInput: CustomerInput{Name: "Gone"}}); err != nil {
				t.Error(err)
			}
			panic("half way")
		})
	}()
	p, err := s.Customers(t.Context(), CustomerFilter{})
	if err != nil || len(p.Rows) != 0 {
		t.Fatalf("got %d customers and %v, want none", len(p.Rows), err)
	}
	if _, err := s.AddCustomer(t.Context(), CustomerEdit{CustomerInput: CustomerInput{Name: "Stays"}}); err != nil {
		t.Fatalf("the writer is stuck: %v", err)
	}
}

func TestThrottle_limitsAndForgets(t *testing.T) {
	now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	db, err := Open(t.Context(), Options{Path: filepath.Join(t.TempDir(), "g.db"), Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	y := db.System("test", Origin{})
	th := Throttle{Key: "k", Most: 3, Window: time.Minute, Pause: 5 * time.Minute}
	for i := range 3 {
		if err := y.Attempt(t.Context(), th); err != nil {
			t.Fatalf("attempt %d: %v", i+1, err)
		}
	}
	for range 3 {
		if err := y.Attempt(t.Context(), th); fault.Of(err) != fault.Limited {
			t.Fatalf("got %v, want Limited", err)
		}
	}
	now = now.Add(5*time.Minute + time.Second)
	if err := y.Attempt(t.Context(), th); err != nil {
		t.Errorf("after the pause: %v", err)
	}
}

func TestCustomers_pagesByKeyAndCounts(t *testing.T) {
	db := openTest(t)
	s := testProvider(t, db, "one")
	err := s.Update(t.Context(), func(s Staff) error {
		for i := range 120 {
			name := string(rune('a'+i%26)) + strings.Repeat("x", i/26)
			if _, err := s.AddCustomer(t.Context(), CustomerEdit{CustomerInput: CustomerInput{Name: name}}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, sort := range []string{"name", "-name", "updated", "-assets"} {
		seen, after := map[CustomerID]bool{}, ""
		for {
			p, err := s.Customers(t.Context(), CustomerFilter{Sort: sort, After: after})
			if err != nil {
				t.Fatal(err)
			}
			if p.Total != 120 {
				t.Errorf("%s: total %d, want 120", sort, p.Total)
			}
			for _, c := range p.Rows {
				if seen[c.ID] {
					t.Fatalf("%s: %d twice", sort, c.ID)
				}
				seen[c.ID] = true
			}
			if after = p.Next; after == "" {
				break
			}
		}
		if len(seen) != 120 {
			t.Errorf("%s: saw %d of 120", sort, len(seen))
		}
	}
}
