package desk_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"gatehouse/app/desk"
	"gatehouse/app/sheet"
	"gatehouse/store"
	"gatehouse/store/fault"
	"gatehouse/store/storetest"
)

func TestImport_customersBringTheirGroups(t *testing.T) {
	o := newOffice(t)
	o.must2(o.s.AddGroup(t.Context(), store.GroupEdit{Name: "Own yard"}))
	file := "Name,Customer number,Groups\nA,K-1,North; South\nB,K-2,north\nC,K-3,Own yard\n"
	i := o.applied("customers", file)
	o.want(i.ID, "2 add A: K-1; Groups: North, South", "3 refuse B: Groups: The group “north” stands in line 2 too; each can belong to one customer only.", "4 refuse C: Groups: “Own yard” is one of your own groups, not a customer's.")
	a := o.customers()["A"]
	if g, err := o.s.GroupsOf(t.Context(), a.ID); err != nil || len(g) != 2 {
		t.Errorf("got %v, %v", g, err)
	}
	again := o.checked("customers", file)
	if again.Tally.Same != 1 {
		t.Errorf("again: %v", o.verdicts(again.ID))
	}
	more := o.applied("customers", "Name,Customer number,Groups\nA,K-1,West\n")
	o.undone(more.ID)
	if g, _ := o.s.GroupsOf(t.Context(), a.ID); len(g) != 2 {
		t.Errorf("after the undo: %v", g)
	}
	o.undone(i.ID)
	if len(o.customers()) != 0 {
		t.Error("customers are left")
	}
}

// workbook is an Excel file with the given rows.
func workbook(t *testing.T, rows ...[]string) string {
	t.Helper()
	var b bytes.Buffer
	cols := make([]sheet.OutColumn, len(rows[0]))
	for i, title := range rows[0] {
		cols[i].Title = title
	}
	w, err := sheet.NewXLSX(&b, "Kunden", cols, sheet.Format{})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows[1:] {
		var cells []sheet.Cell
		for _, c := range r {
			cells = append(cells, sheet.Text(c))
		}
		if err := w.Write(cells...); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestImport_filesAsPeopleSaveThem(t *testing.T) {
	utf16le := func(s string) string {
		out := []byte{0xff, 0xfe}
		for _, u := range utf16.Encode([]rune(s)) {
			out = append(out, byte(u), byte(u>>8))
		}
		return string(out)
	}
	table := "Name;Kundennummer;Ort\r\nSöder & Söhne;K-2;Kiel\r\n=1+1;K-3;Malmö\r\n"
	for name, file := range map[string]string{
		"UTF-8 with a mark": "\xef\xbb\xbf" + table,
		"UTF-16":            utf16le(table),
		"Windows-1252":      "Name;Kundennummer;Ort\r\nS\xf6der & S\xf6hne;K-2;Kiel\r\n=1+1;K-3;Malm\xf6\r\n",
		"tabs":              strings.ReplaceAll(table, ";", "\t"),
		"lines ended by CR": strings.ReplaceAll(table, "\r\n", "\r"),
		"Excel":             workbook(t, []string{"Name", "Kundennummer", "Ort"}, []string{"Söder & Söhne", "K-2", "Kiel"}, []string{"=1+1", "K-3", "Malmö"}),
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			i := o.applied("customers", file)
			c := o.customers()
			if c["Söder & Söhne"].City != "Kiel" || c["=1+1"].City != "Malmö" || i.Tally.Added != 2 {
				t.Errorf("got %v", c)
			}
		})
	}
}

// bomb is a workbook whose sheet unpacks to size bytes of nothing.
func bomb(t *testing.T, size int) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	part := func(name, text string) io.Writer {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(w, text)
		return w
	}
	part("[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`)
	part("xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets><sheet name="A" sheetId="1"/></sheets></workbook>`)
	w := part("xl/worksheets/sheet1.xml", `<worksheet><sheetData>`)
	zeros := make([]byte, 1<<20)
	for range size >> 20 {
		_, _ = w.Write(zeros)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestUpload_bombsAreRefusedAtOnce(t *testing.T) {
	storetest.Alone(t)
	o := newOffice(t)
	file := bomb(t, 700<<20)
	began := time.Now()
	peak := watchHeap(t)
	_, err := o.Upload(t.Context(), o.s, desk.Upload{Kind: "customers", Name: "b.xlsx", Once: "b", Body: strings.NewReader(file)})
	if fault.Of(err) != fault.Invalid || !strings.Contains(fault.Fields(err)["file"], "unpack") {
		t.Errorf("got %v, want a sentence about unpacking", err)
	}
	if took, heap := time.Since(began), peak(); took > 5*time.Second || heap > 64<<20 {
		t.Errorf("it took %v and %d MB", took, heap>>20)
	}
}

func TestUpload_roomOfThePlan(t *testing.T) {
	db, _ := storetest.Open(t)
	d := desk.New(t.Context(), db, slog.New(slog.NewTextHandler(io.Discard, nil)))
	t.Cleanup(d.Wait)
	s := storetest.Provider(t, db, "small")
	o := &office{Desk: d, t: t, db: db, s: s}
	y := db.System("test", store.Origin{})
	o.must2(y.AddOperator(t.Context(), store.NewOperator{Email: "op@example.com", Name: "Olive", Password: "x"}))
	who, err := y.OperatorAccount(t.Context(), "op@example.com")
	o.must(err)
	o.must(y.StartOperatorSession(t.Context(), who, []byte("session")))
	olive, err := db.Operator(t.Context(), []byte("session"), store.Origin{})
	o.must(err)
	o.must(olive.SetLimits(t.Context(), s.Home(), store.Limits{StorageMB: 1}))
	o.s, err = db.System("test", store.Origin{}).Provider(t.Context(), s.Home().ID)
	o.must(err)
	_, err = o.Upload(t.Context(), o.s, desk.Upload{Kind: "customers", Name: "a.csv", Once: "1", Body: strings.NewReader("name\n" + strings.Repeat("somebody\n", 200_000))})
	if fault.Of(err) != fault.Limited || !strings.Contains(fault.Says(err), "1 MB") {
		t.Errorf("got %v, want Limited", err)
	}
}

func manyCustomers(n int) string {
	var b strings.Builder
	b.WriteString("Name,Customer number\n")
	for i := range n {
		fmt.Fprintf(&b, "Customer %d,K-%d\n", i, i)
	}
	return b.String()
}

// TestImport_stoppedWhileApplyingAppliesNothing stops the appliance at
// different moments of an import and looks at the file afterwards.
func TestImport_stoppedWhileApplyingAppliesNothing(t *testing.T) {
	for _, after := range []int64{1, 500, 1500, 2900} {
		t.Run(fmt.Sprint(after), func(t *testing.T) {
			db, _ := storetest.Open(t)
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			o := &office{Desk: desk.New(ctx, db, slog.New(slog.NewTextHandler(io.Discard, nil))), t: t, db: db, s: storetest.Provider(t, db, "nordlift")}
			i := o.checked("customers", manyCustomers(3000))
			o.must(o.ApplyImport(t.Context(), o.s, i.ID))
			for {
				if done, _, running := o.ImportProgress(i.ID); done >= after || !running {
					break
				}
				time.Sleep(100 * time.Microsecond)
			}
			stop()
			o.Wait()
			i = o.see(i.ID)
			n := len(o.customers())
			if i.State == store.ImportApplied && n == 500 { // it was faster than the stop
				return
			}
			if i.State != store.ImportFailed || n != 0 || !strings.Contains(i.Says, "stopped") {
				t.Errorf("it is %s with %d customers: %s", i.State, n, i.Says)
			}
		})
	}
}

func TestImport_interruptedOnesEndAtStart(t *testing.T) {
	o := newOffice(t)
	i := o.checked("customers", threeCustomers)
	o.must(o.s.BeginApply(t.Context(), i.ID)) // and then the machine lost its power
	other := o.upload("customers", "other.csv", threeCustomers+"\n")
	o.must(o.s.BeginCheck(t.Context(), other))
	o.must(o.db.System("start", store.Origin{}).SettleImports(t.Context()))
	if got := o.see(i.ID); got.State != store.ImportFailed || !strings.Contains(got.Says, "Nothing was applied") {
		t.Errorf("got %s: %s", got.State, got.Says)
	}
	if got := o.see(other); got.State != store.ImportUploaded || !strings.Contains(got.Says, "during the check") {
		t.Errorf("got %s: %s", got.State, got.Says)
	}
	o.must(o.CheckImport(t.Context(), o.s, i.ID))
	o.Wait()
	o.must(o.ApplyImport(t.Context(), o.s, i.ID))
	o.Wait()
	if len(o.customers()) != 3 {
		t.Error("it cannot be applied after all")
	}
}

func TestImport_rowThatNoLongerFitsIsRefused(t *testing.T) {
	o := newOffice(t)
	i := o.checked("customers", "Name,Customer number,Groups\nA,K-1,North\nB,K-2,South\n")
	o.must2(o.s.AddCustomer(t.Context(), store.CustomerEdit{ExternalID: "K-2", CustomerInput: store.CustomerInput{Name: "B"}}))
	o.must2(o.s.AddGroup(t.Context(), store.GroupEdit{Name: "South"}))
	o.must(o.ApplyImport(t.Context(), o.s, i.ID))
	o.Wait()
	i = o.see(i.ID)
	o.want(i.ID, "2 add A: K-1; Groups: North", "3 refuse B: Groups: “South” is one of your own groups, not a customer's.")
	if got, want := i.Tally, (store.Tally{Total: 2, Added: 1, Refused: 1}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestImport_twoAtOnceAndTwiceAtOnce(t *testing.T) {
	o := newOffice(t)
	i := o.checked("customers", manyCustomers(200))
	errs := make(chan error, 8)
	for range 8 {
		go func() { errs <- o.ApplyImport(t.Context(), o.s, i.ID) }()
	}
	won := 0
	for range 8 {
		if err := <-errs; err == nil {
			won++
		} else if fault.Of(err) != fault.Conflict {
			t.Error(err)
		}
	}
	o.Wait()
	if won != 1 || len(o.customers()) != 200 {
		t.Errorf("%d of 8 clicks applied it, and there are %d customers", won, len(o.customers()))
	}
}
