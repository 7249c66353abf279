package ui

import (
	"fmt"
	"io"
	"net/url"
	"strings"
	"testing"
)

func fastTable(v *View) TableSpec[sampleRow] {
	t := sampleTable(v)
	t.RowActions = nil
	t.Columns[0].Bytes = func(b []byte, r sampleRow) []byte { return AppendTwoNum(b, "/assets/", r.hours, r.id, r.name) }
	t.RowLabel = func(r sampleRow) string { return r.name }
	t.Columns[3].Cell, t.Columns[3].Bytes = nil, func(b []byte, r sampleRow) []byte { return AppendBadge(b, r.kind, r.status) }
	t.Columns[5].Bytes = func(b []byte, r sampleRow) []byte { return v.AppendF(b, r.fuel, 0) }
	t.Columns[6].Bytes = func(b []byte, r sampleRow) []byte { return v.AppendDateTime(b, galleryNow.Add(-r.seen)) }
	t.Query = url.Values{"status": {"ok"}}
	return t
}

func manyRows(n int) []sampleRow {
	rows := make([]sampleRow, n)
	for i := range rows {
		rows[i] = sampleRows[i%len(sampleRows)]
	}
	return rows
}

func TestATableOfBytesHardlyAllocates(t *testing.T) {
	v, rows := &View{}, manyRows(50)
	spec := fastTable(v)
	got := testing.AllocsPerRun(50, func() {
		if err := Table(v, spec, rows).Render(io.Discard); err != nil {
			t.Fatal(err)
		}
	})
	if got > 25 {
		t.Errorf("50 rows took %.0f allocations, 25 are allowed", got)
	}
}

func BenchmarkTable(b *testing.B) {
	v, rows := &View{}, manyRows(50)
	spec := fastTable(v)
	b.ReportAllocs()
	for b.Loop() {
		_ = Table(v, spec, rows).Render(io.Discard)
	}
}

func TestSortLinksTurnAroundAndStartOver(t *testing.T) {
	spec := fastTable(&View{})
	spec.Query = url.Values{"status": {"ok"}, "sort": {"id"}, "after": {"77"}}
	got := render(t, Table(&View{}, spec, sampleRows))
	for _, want := range []string{
		`aria-sort="ascending"><a href="/assets?status=ok&amp;sort=-id">Asset`,
		`<a href="/assets?status=ok&amp;sort=customer">Customer`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got[:2000])
		}
	}
	if strings.Contains(got, "after=77") {
		t.Error("a sort link keeps the place in the old order")
	}
}

func TestEveryRowCanBeChosenWithoutAScript(t *testing.T) {
	got := render(t, Table(&View{}, sampleTable(&View{}), sampleRows))
	if n := strings.Count(got, `type="checkbox" name="id" form="fleet-bulk"`); n != len(sampleRows) {
		t.Errorf("%d of %d rows have a checkbox", n, len(sampleRows))
	}
	if !strings.Contains(got, `<form class="bulk" id="fleet-bulk" method="post" action="/assets/bulk"`) {
		t.Error("there is no form to send them with")
	}
	if !strings.Contains(got, `aria-label="Select EX-1041"`) {
		t.Error("a checkbox does not say what it selects")
	}
}

func TestAnEmptyTableSaysSo(t *testing.T) {
	spec := sampleTable(&View{})
	spec.Empty = Empty("inbox", "Nothing here", "")
	if got := render(t, Table(&View{}, spec, nil)); !strings.Contains(got, "Nothing here") || strings.Contains(got, "<table") {
		t.Errorf("got %s", got)
	}
}

func TestTablesRenderedAtOnceDoNotMix(t *testing.T) {
	spec, want := fastTable(&View{}), render(t, Table(&View{}, fastTable(&View{}), sampleRows))
	done := make(chan error)
	for range 8 {
		go func() {
			for range 20 {
				var b strings.Builder
				if err := Table(&View{}, spec, sampleRows).Render(&b); err != nil || b.String() != want {
					done <- fmt.Errorf("differs (%v)", err)
					return
				}
			}
			done <- nil
		}()
	}
	for range 8 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

func TestHrefWithReplacesAndRestarts(t *testing.T) {
	q := url.Values{"q": {"a b"}, "status": {"ok"}, "after": {"9"}}
	for _, c := range []struct {
		set  []string
		want string
	}{
		{nil, "/x?q=a+b&status=ok"},
		{[]string{"status", ""}, "/x?q=a+b"},
		{[]string{"q", "", "status", ""}, "/x"},
		{[]string{"after", "12"}, "/x?after=12&q=a+b&status=ok"},
	} {
		if got := HrefWith("/x", q, c.set...); got != c.want {
			t.Errorf("%v: got %s, want %s", c.set, got, c.want)
		}
	}
}
