package desk_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"

	"gatehouse/app/desk"
	"gatehouse/store"
	"gatehouse/store/fault"
	"gatehouse/store/storetest"
)

// office is a provider's admin at a desk of its own.
type office struct {
	*desk.Desk
	t  *testing.T
	db *store.DB
	s  store.Staff
	n  int
}

func newOffice(t *testing.T) *office {
	t.Helper()
	db, _ := storetest.Open(t)
	d := desk.New(t.Context(), db, slog.New(slog.NewTextHandler(io.Discard, nil)))
	t.Cleanup(d.Wait)
	return &office{Desk: d, t: t, db: db, s: storetest.Provider(t, db, "nordlift")}
}

// upload brings a file in as a person would, each time with a form of its own.
func (o *office) upload(kind, name, content string) store.ImportID {
	o.t.Helper()
	o.n++
	id, err := o.Upload(o.t.Context(), o.s, desk.Upload{Kind: kind, Name: name, Once: fmt.Sprint("form", o.n), Body: strings.NewReader(content)})
	if err != nil {
		o.t.Fatalf("upload %s: %v", name, err)
	}
	return id
}

func (o *office) checked(kind, content string) store.Import {
	o.t.Helper()
	id := o.upload(kind, "file.csv", content)
	o.must(o.CheckImport(o.t.Context(), o.s, id))
	o.Wait()
	i := o.see(id)
	if i.State != store.ImportChecked {
		o.t.Fatalf("the check left it %s: %s", i.State, i.Says)
	}
	return i
}

func (o *office) applied(kind, content string) store.Import {
	o.t.Helper()
	i := o.checked(kind, content)
	o.must(o.ApplyImport(o.t.Context(), o.s, i.ID))
	o.Wait()
	if i = o.see(i.ID); i.State != store.ImportApplied {
		o.t.Fatalf("applying left it %s: %s", i.State, i.Says)
	}
	return i
}

func (o *office) undone(id store.ImportID) store.Import {
	o.t.Helper()
	o.must(o.UndoImport(o.t.Context(), o.s, id))
	o.Wait()
	i := o.see(id)
	if i.State != store.ImportUndone {
		o.t.Fatalf("the undo left it %s: %s", i.State, i.Says)
	}
	return i
}

func (o *office) see(id store.ImportID) store.Import {
	o.t.Helper()
	i, err := o.s.Import(context.WithoutCancel(o.t.Context()), id)
	o.must(err)
	return i
}

func (o *office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

// verdicts is one line for each row: "2 add Hafenbau: words".
func (o *office) verdicts(id store.ImportID) []string {
	o.t.Helper()
	rows, err := o.s.ImportRows(o.t.Context(), id, "", 0, 1000)
	o.must(err)
	var out []string
	for _, r := range rows {
		out = append(out, strings.TrimSuffix(fmt.Sprintf("%d %s %s: %s", r.Line, r.Verdict, r.Label, r.Says), ": "))
	}
	return out
}

func (o *office) want(id store.ImportID, want ...string) {
	o.t.Helper()
	got := o.verdicts(id)
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		o.t.Errorf("got verdicts\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func (o *office) customers() map[string]store.Customer {
	o.t.Helper()
	p, err := o.s.Customers(o.t.Context(), store.CustomerFilter{Limit: 500})
	o.must(err)
	out := map[string]store.Customer{}
	for _, c := range p.Rows {
		out[c.Name] = c
	}
	return out
}

func (o *office) auditLines() int {
	o.t.Helper()
	all, err := o.s.Audit(o.t.Context(), 0, 100000)
	o.must(err)
	return len(all)
}

const threeCustomers = "Kundennummer;Firma;E-Mail;Ort;Ansprechpartner\n" +
	"K-1;Hafenbau GmbH;office@hafenbau.example;Hamburg;Jana Petersen\n" +
	"K-2;Söder & Söhne;;Kiel;\n" +
	"K-3;Öresund Kran;kran@oresund.example;Malmö;Åke\n"

func TestImport_customersAreAddedChangedAndLeftAlone(t *testing.T) {
	o := newOffice(t)
	i := o.checked("customers", threeCustomers)
	if len(o.customers()) != 0 {
		t.Fatal("the check added customers")
	}
	o.want(i.ID, "2 add Hafenbau GmbH: K-1; Hamburg; Contact: Jana Petersen", "3 add Söder & Söhne: K-2; Kiel", "4 add Öresund Kran: K-3; Malmö; Contact: Åke")
	i = o.applied("customers", threeCustomers)
	if got, want := i.Tally, (store.Tally{Total: 3, Added: 3}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	c := o.customers()["Hafenbau GmbH"]
	if c.ExternalID != "K-1" || c.City != "Hamburg" || c.Email != "office@hafenbau.example" || c.TypeName != "Other" {
		t.Errorf("got %+v", c)
	}
	if k, err := o.s.Contacts(t.Context(), c.ID); err != nil || len(k) != 1 || k[0].Name != "Jana Petersen" {
		t.Errorf("got contacts %v, %v", k, err)
	}

	second := o.applied("customers", strings.NewReplacer("Kiel", "Lübeck", "K-1", "K-4", "Hafenbau GmbH", "Neubau").Replace(threeCustomers))
	o.want(second.ID, "2 add Neubau: K-4; Hamburg; Contact: Jana Petersen", "3 change Söder & Söhne: City: Kiel → Lübeck", "4 same Öresund Kran")
}

func TestImport_sameFileAgainChangesNothing(t *testing.T) {
	o := newOffice(t)
	o.applied("customers", threeCustomers)
	i := o.checked("customers", threeCustomers)
	lines := o.auditLines()
	if got, want := i.Tally, (store.Tally{Total: 3, Same: 3}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if err := o.ApplyImport(t.Context(), o.s, i.ID); fault.Of(err) != fault.Conflict {
		t.Errorf("got %v, want a sentence that there is nothing to apply", err)
	}
	if got := o.auditLines(); got != lines {
		t.Errorf("%d audit lines for a file that changes nothing", got-lines)
	}
}

func TestImport_sameFormSentTwiceIsOneImport(t *testing.T) {
	o := newOffice(t)
	send := func(once, body string) store.ImportID {
		id, err := o.Upload(t.Context(), o.s, desk.Upload{Kind: "customers", Name: "a.csv", Once: once, Body: strings.NewReader(body)})
		o.must(err)
		return id
	}
	first := send("x", threeCustomers)
	if again := send("x", threeCustomers); again != first {
		t.Errorf("sent twice it became %d and %d", first, again)
	}
	if other := send("x", threeCustomers+"K-9;Neun;;;\n"); other == first {
		t.Error("another file in the same form was taken for the first one")
	}
	if other := send("y", threeCustomers); other == first {
		t.Error("the same file in another form was taken for the first one")
	}
}

func TestImport_undoRestoresExactly(t *testing.T) {
	o := newOffice(t)
	o.applied("customers", threeCustomers)
	was := o.customers()
	i := o.applied("customers", strings.NewReplacer("Kiel", "Lübeck", "Jana Petersen", "Jana Petersen", "K-1", "K-4", "Hafenbau GmbH", "Neubau", "kran@", "neu@").Replace(threeCustomers))
	if got := len(o.customers()); got != 4 {
		t.Fatalf("got %d customers, want 4", got)
	}
	if u := o.undone(i.ID); u.Tally.Kept != 0 {
		t.Errorf("%d rows were left alone: %v", u.Tally.Kept, o.verdicts(i.ID))
	}
	now := o.customers()
	if len(now) != len(was) {
		t.Fatalf("got %d customers, want %d", len(now), len(was))
	}
	for name, w := range was {
		if n := now[name]; n.CustomerInput != w.CustomerInput || n.ExternalID != w.ExternalID || n.Type != w.Type || n.ID != w.ID {
			t.Errorf("%s: got %+v, want %+v", name, n, w)
		}
		before, _ := o.s.Contacts(t.Context(), w.ID)
		if name == "Söder & Söhne" && len(before) != 0 || name != "Söder & Söhne" && len(before) != 1 {
			t.Errorf("%s: %d contacts", name, len(before))
		}
	}
	if err := o.UndoImport(t.Context(), o.s, i.ID); fault.Of(err) != fault.Conflict {
		t.Errorf("undone twice: got %v, want Conflict", err)
	}
}

func TestImport_undoLeavesAloneWhatSomebodyChanged(t *testing.T) {
	o := newOffice(t)
	i := o.applied("customers", threeCustomers)
	c := o.customers()["Söder & Söhne"]
	c.Phone = "+49 1"
	o.must(o.s.ChangeCustomer(t.Context(), c.ID, c.Version, store.CustomerEdit{CustomerInput: c.CustomerInput, ExternalID: c.ExternalID, Type: c.Type}))
	u := o.undone(i.ID)
	if u.Tally.Kept != 1 {
		t.Errorf("got %d kept, want 1", u.Tally.Kept)
	}
	kept, err := o.s.ImportRows(t.Context(), i.ID, store.VerdictKept, 0, 10)
	o.must(err)
	if len(kept) != 1 || !strings.Contains(kept[0].Says, "changed after the import") || kept[0].Line != 3 {
		t.Errorf("got %+v", kept)
	}
	if now := o.customers(); len(now) != 1 || now["Söder & Söhne"].Phone != "+49 1" {
		t.Errorf("got %v", now)
	}
}

func TestImport_customerRowsThatAreRefused(t *testing.T) {
	o := newOffice(t)
	o.must2(o.s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "Twin"}, ExternalID: "T1"}))
	o.must2(o.s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "twin"}, ExternalID: "T2"}))
	long := strings.Repeat("ä", 10_000)
	i := o.checked("customers", "name,code,email,type\n"+
		"One,D-1,,\n"+
		"<script>alert(1)</script>,S-1,,\n"+
		"=1+1,S-2,,\n"+
		"\"line\r\nbreak\",S-3,,\n"+
		"مؤسسة الميناء,S-5,,Dealer\n"+
		long+",S-6,,\n"+
		"Two,d-1,,\n"+
		"Bad mail,S-7,not-a-mail,\n"+
		",S-8,,\n"+
		"Twin,,,\n"+
		"short\n"+
		"Unknown kind,S-9,,Spaceport\n")
	want := []string{
		"2 refuse One: Customer number “d-1” is also in line 9.", "3 add <script>alert(1)</script>", "4 add =1+1",
		"5 refuse line\nbreak: Name: This contains line breaks", "7 add مؤسسة الميناء", "8 refuse ääää", "9 refuse Two: Customer number “d-1” is also in line 2.",
		"10 refuse Bad mail: E-mail: Enter a full e-mail address", "11 refuse S-8: Name: Give the customer's name.", "12 refuse Twin: There is more than one customer called “Twin”",
		"13 refuse short : This row has 1 column, the header has 4.", "14 add Unknown kind: S-9; The type “Spaceport” is not known here; it becomes “Other”.",
	}
	got := o.verdicts(i.ID)
	for n, w := range want {
		if n >= len(got) || !strings.HasPrefix(strings.ReplaceAll(got[n], "\r\n", "\n"), w) {
			t.Errorf("got %q, want %q", got[min(n, len(got)-1)], w)
		}
	}
	if len(got) != len(want) || i.Tally.Refused != 8 || i.Tally.Added != 4 {
		t.Errorf("got %d verdicts and %+v", len(got), i.Tally)
	}
}

func (o *office) must2(_ any, err error) { o.t.Helper(); o.must(err) }

// uploadFor brings a file of one customer's or group's jobs in.
func (o *office) uploadFor(kind, content, whose string) store.ImportID {
	o.t.Helper()
	o.n++
	id, err := o.Upload(o.t.Context(), o.s, desk.Upload{Kind: kind, Name: "file.csv", Once: fmt.Sprint("form", o.n), For: whose, Body: strings.NewReader(content)})
	o.must(err)
	return id
}
