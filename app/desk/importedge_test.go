package desk_test

import (
	"io"
	"strings"
	"testing"

	"gatehouse/app/desk"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// endless is a body that never ends, and counts what was taken of it.
type endless struct{ taken int64 }

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = "Name,Number\n"[(int(e.taken)+i)%12]
	}
	e.taken += int64(len(p))
	return len(p), nil
}

func TestUpload_withoutEndIsRefusedEarly(t *testing.T) {
	o := newOffice(t)
	peak, body := watchHeap(t), &endless{}
	_, err := o.Upload(t.Context(), o.s, desk.Upload{Kind: "customers", Name: "b.csv", Once: "b", Body: body})
	if fault.Of(err) != fault.Invalid || !strings.Contains(fault.Fields(err)["file"], "larger than 64 MB") {
		t.Errorf("got %v", err)
	}
	if heap := peak(); body.taken > 65<<20 || heap > 16<<20 {
		t.Errorf("%d MB were read, with %d MB of memory", body.taken>>20, heap>>20)
	}
}

func TestUpload_filesThatCannotBeRead(t *testing.T) {
	o := newOffice(t)
	whole := workbook(t, []string{"Name", "Customer number"}, []string{"Hafenbau", "K-1"})
	for name, c := range map[string]struct{ file, says string }{
		"ten thousand columns": {strings.Repeat("A,", 9_999) + "A\n" + strings.Repeat("1,", 9_999) + "1\n", "columns"},
		"half a workbook":      {whole[:len(whole)/2], "complete"},
		"a line of a megabyte": {strings.Repeat("x", 1<<20), "more than 32,767 characters"},
		"a NUL":                {"Name,Customer number\nGood,K-1\nBa\x00d,K-2\n", "zero byte"},
		"nothing but nothing":  {"\n\n\n", "nothing in this file"},
	} {
		_, err := o.Upload(t.Context(), o.s, desk.Upload{Kind: "customers", Name: "file.csv", Once: name, Body: io.Reader(strings.NewReader(c.file))})
		if fault.Of(err) != fault.Invalid || !strings.Contains(fault.Fields(err)["file"], c.says) {
			t.Errorf("%s: got %v %v", name, err, fault.Fields(err))
		}
	}
}

// TestImport_rowsAtTheEdge brings rows that no field can hold: each is refused
// with a sentence, and the good row beside it comes in.
func TestImport_rowsAtTheEdge(t *testing.T) {
	for name, c := range map[string]struct{ kind, file, says string }{
		"an impossible day": {"assets", "Name,ID,Operating hours,Read at\nGood,G-1,5,2026-03-01\nBad,B-1,5,2026-02-30\n", "3 refuse"},
		"a month thirteen":  {"assets", "Name,ID,Operating hours,Read at\nGood,G-1,5,2026-03-01\nBad,B-1,5,13/13/2026\n", "3 refuse"},
		"the year 20266":    {"assets", "Name,ID,Operating hours,Read at\nGood,G-1,5,2026-03-01\nBad,B-1,5,20266-01-01\n", "3 refuse"},
		"infinite hours":    {"assets", "Name,ID,Operating hours\nGood,G-1,5\nBad,B-1,1e999\n", "3 refuse"},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			i := o.checked(c.kind, c.file)
			got := o.verdicts(i.ID)
			if len(got) != 2 || !strings.HasPrefix(got[0], "2 add Good") || !strings.HasPrefix(got[1], c.says) {
				t.Fatalf("got %.300q", got)
			}
			if rows, err := o.s.ImportRows(t.Context(), i.ID, store.VerdictRefuse, 0, 10); err != nil || len(rows) == 1 && rows[0].Says == "" {
				t.Errorf("refused without a word: %+v %v", rows, err)
			}
			o.must(o.ApplyImport(t.Context(), o.s, i.ID))
			o.Wait()
			if i = o.see(i.ID); i.State != store.ImportApplied || i.Tally.Added < 1 {
				t.Errorf("it is %s with %+v: %s", i.State, i.Tally, i.Says)
			}
		})
	}
}

// TestImport_filesThatBreakOffChangeNothing says in which line the rest of a
// file cannot be read, and keeps nothing of what stood before it.
func TestImport_filesThatBreakOffChangeNothing(t *testing.T) {
	for name, c := range map[string][2]string{
		"a cell of a megabyte":    {"Name,Customer number\nGood,K-1\n" + strings.Repeat("x", 1<<20) + ",K-2\n", "Column 1 of line 3"},
		"a quote that never ends": {"Name,Customer number\nGood,K-1\n\"Half,K-2\n", "line 3 is never closed"},
	} {
		o := newOffice(t)
		id := o.upload("customers", "file.csv", c[0])
		o.must(o.CheckImport(t.Context(), o.s, id))
		o.Wait()
		if i := o.see(id); i.State != store.ImportUploaded || !strings.Contains(i.Says, c[1]) {
			t.Errorf("%s: it is %s: %.300s", name, i.State, i.Says)
		}
		if err := o.ApplyImport(t.Context(), o.s, id); fault.Of(err) != fault.Conflict || len(o.customers()) != 0 {
			t.Errorf("%s: applied with %v, %d customers", name, err, len(o.customers()))
		}
	}
}

// TestImport_ambiguousDatesAreAskedFor and are not guessed.
func TestImport_ambiguousDatesAreAskedFor(t *testing.T) {
	o := newOffice(t)
	id := o.upload("assets", "file.csv", "Name,ID,Operating hours,Read at\nA,A-1,5,03/04/2026\nB,B-1,5,05/06/2026\n")
	v, err := o.PreviewImport(t.Context(), o.s, o.see(id))
	o.must(err)
	if len(v.Unsure) != 1 || !strings.Contains(v.Unsure[0], "two ways") {
		t.Errorf("the preview is sure: %q", v.Unsure)
	}
	o.must(o.CheckImport(t.Context(), o.s, id))
	o.Wait()
	if i := o.see(id); i.Tally.Refused != 2 {
		t.Errorf("got %+v", i.Tally)
	}
}
