package desk_test

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"gatehouse/store"
)

// TestImport_manyRows imports as many customers as GATEHOUSE_IMPORT_ROWS says
// (2,000 where it says nothing), tells how fast each step went, and fails when
// memory grows with the file.
func TestImport_manyRows(t *testing.T) {
	rows, _ := strconv.Atoi(os.Getenv("GATEHOUSE_IMPORT_ROWS"))
	if rows == 0 {
		rows = 2000
	}
	o := newOffice(t)
	var b strings.Builder
	b.WriteString("Number,Name,E-mail,Phone,Street,Postal code,City,Country\n")
	for i := range rows {
		fmt.Fprintf(&b, "K-%06d,Customer %d of the coast,office%d@example.com,+49 40 %07d,Harbour street %d,%05d,Hamburg,Germany\n", i, i, i, i, i%400, i%100000)
	}
	file := b.String()
	step := func(name string, fn func()) {
		t.Helper()
		began := time.Now()
		fn()
		took := time.Since(began)
		t.Logf("%-16s %8.2f s %9.0f rows/s", name, took.Seconds(), float64(rows)/took.Seconds())
	}
	peak := watchHeap(t)
	var id store.ImportID
	step("upload", func() { id = o.upload("customers", "many.csv", file) })
	step("check", func() { o.must(o.CheckImport(t.Context(), o.s, id)); o.Wait() })
	step("apply", func() { o.must(o.ApplyImport(t.Context(), o.s, id)); o.Wait() })
	if i := o.see(id); i.State != store.ImportApplied || i.Tally.Added != int64(rows) {
		t.Fatalf("got %s, %+v: %s", i.State, i.Tally, i.Says)
	}
	step("check again", func() { o.checked("customers", file) })
	changed := strings.ReplaceAll(file, "Hamburg", "Bremen")
	var again store.Import
	step("check changed", func() { again = o.checked("customers", changed) })
	step("apply changed", func() { o.must(o.ApplyImport(t.Context(), o.s, again.ID)); o.Wait() })
	step("undo changed", func() { o.undone(again.ID) })
	step("undo", func() { o.undone(id) })
	t.Logf("heap at most %d MB above the start", peak()>>20)
	if got := len(o.customers()); got != 0 {
		t.Errorf("%d customers are left", got)
	}
}

// TestImport_manyAssets is the same for machines with a reading each, half of
// them with a customer.
func TestImport_manyAssets(t *testing.T) {
	rows, _ := strconv.Atoi(os.Getenv("GATEHOUSE_IMPORT_ROWS"))
	if rows == 0 {
		rows = 500
	}
	o := newOffice(t)
	o.customer("K-1", "Hafenbau")
	var b strings.Builder
	b.WriteString("ID,Name,Serial number,Make,Model,Operating hours,Read at,Customer number,From\n")
	for i := range rows {
		fmt.Fprintf(&b, "L-%d,Loader %d,S-%d,Kramer,5085,%d,2026-11-%02d,%s,\n", i, i, i, i%9000, 1+i%19, []string{"", "K-1"}[i%2])
	}
	file := b.String()
	step := func(name string, fn func()) {
		t.Helper()
		began := time.Now()
		fn()
		t.Logf("%-16s %8.2f s %9.0f rows/s", name, time.Since(began).Seconds(), float64(rows)/time.Since(began).Seconds())
	}
	peak := watchHeap(t)
	var i store.Import
	step("check", func() { i = o.checked("assets", file) })
	step("apply", func() { o.must(o.ApplyImport(t.Context(), o.s, i.ID)); o.Wait() })
	if i = o.see(i.ID); i.Tally.Added != int64(rows) || i.State != store.ImportApplied {
		t.Fatalf("got %s %+v: %s", i.State, i.Tally, i.Says)
	}
	step("check again", func() {
		if again := o.checked("assets", file); again.Tally.Same != int64(rows) {
			t.Errorf("again: %+v", again.Tally)
		}
	})
	step("undo", func() { o.undone(i.ID) })
	t.Logf("heap at most %d MB above the start", peak()>>20)
	if got := len(o.assets()); got != 0 {
		t.Errorf("%d assets are left", got)
	}
}

// watchHeap samples the heap until asked for its highest growth.
func watchHeap(t *testing.T) func() int64 {
	t.Helper()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	start, most, stop, done := int64(m.HeapAlloc), int64(0), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-stop:
				return
			case <-time.After(50 * time.Millisecond):
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				most = max(most, int64(m.HeapAlloc)-start)
			}
		}
	}()
	return func() int64 { close(stop); <-done; return most }
}
