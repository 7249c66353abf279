package desk

import (
	"context"
	"crypto/sha256"
	"io"
	"os"

	"gatehouse/app/sheet"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// MaxUpload is how big a file may be that somebody imports.
const MaxUpload = sheet.MaxBytes

// Upload is a file on its way in. Once is drawn for each form, so that one
// sent twice makes one import.
type Upload struct {
	Kind, Once, Name string
	For              string // jobs: whose all of them are, as in ImportOptions
	Body             io.Reader
}

// Upload takes a file in, if it can be read at all: what it is is recognised
// by its content, whatever its name says. The file is kept, its columns are
// mapped as far as that can be guessed or is remembered, nothing else happens.
func (d *Desk) Upload(ctx context.Context, s store.Staff, u Upload) (store.ImportID, error) {
	if err := s.Can(store.ImportUpload); err != nil {
		return 0, err
	}
	if kindOf(u.Kind) == nil {
		return 0, fault.Field("kind", "Choose what the file holds.")
	}
	tmp, err := spool(u.Body)
	if err != nil {
		return 0, err
	}
	defer func() { _ = tmp.Close() }()
	n, err := d.recognise(ctx, s, u, tmp)
	if err != nil {
		return 0, err
	}
	id, _, err := s.AddImport(ctx, n)
	return id, err
}

// spooled is an upload on disk, where nobody else can open it: a slow sender
// must not hold the data file's one writer.
type spooled struct {
	*os.File
	size int64
	sum  []byte
}

func (f *spooled) reader() io.Reader { return io.NewSectionReader(f, 0, f.size) }

func spool(body io.Reader) (*spooled, error) {
	f, err := os.CreateTemp("", "gatehouse-upload-*")
	if err != nil {
		return nil, err
	}
	_ = os.Remove(f.Name()) // the open file stays readable, and goes with us
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(f, sum), io.LimitReader(body, MaxUpload+1))
	switch {
	case n > MaxUpload:
		err = fault.Field("file", "This file is larger than %d MB. Split it into parts.", MaxUpload>>20)
	case err != nil:
		err = &fault.Fault{Kind: fault.Invalid, Says: "The file did not arrive completely. Choose it again.", Fields: map[string]string{"file": "The file did not arrive completely. Choose it again."}, Cause: err}
	case n == 0:
		err = fault.Field("file", "Choose a file that is not empty.")
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return &spooled{f, n, sum.Sum(nil)}, nil
}

// recognise looks into an upload and refuses what can never be imported.
func (d *Desk) recognise(ctx context.Context, s store.Staff, u Upload, f *spooled) (n store.NewImport, err error) {
	n = store.NewImport{Kind: u.Kind, Once: u.Once, File: store.NewFile{Name: u.Name, Size: f.size, Sum: f.sum, Body: f.reader()}}
	if looksLikeSnapshot(f) && n.Kind != store.ImportCustomers && n.Kind != store.ImportAssignments {
		return n, d.recogniseFleet(&n, f)
	}
	if n.Kind == store.ImportFleet {
		n.Kind = store.ImportAssets // a table of machines: just as good
	}
	r, err := sheet.Open(f, f.size, u.Name, sheet.Options{})
	if err != nil {
		return n, err
	}
	defer func() { _ = r.Close() }()
	n.File.Media = mediaOf[r.Found.Kind]
	n.Options.For = u.For
	last, err := s.RememberedMapping(ctx, n.Kind, rememberedAs(r.Header, u.For))
	if last.Mapping != nil && u.For != "" { // a customer's own files are read as they were last time
		n.Mapping, n.Options.Order, n.Options.Decimal, n.Options.JobKind = last.Mapping, last.Options.Order, last.Options.Decimal, last.Options.JobKind
		return n, err
	}
	if err == nil {
		n.Mapping, err = d.suggest(ctx, s, n.Kind, r.Header)
	}
	return n, err
}

// rememberedAs is the key under which the mapping of a header is remembered,
// for everybody's files or for those of one customer or group.
func rememberedAs(header []string, whose string) string {
	if whose == "" {
		return sheet.HeaderKey(header)
	}
	return sheet.HeaderKey(header) + "|" + whose
}

var mediaOf = map[sheet.Kind]string{sheet.CSV: "text/csv", sheet.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}

// suggest is the mapping somebody last chose for such a header, else a guess
// by the names of the columns.
func (d *Desk) suggest(ctx context.Context, s store.Staff, kind string, header []string) (map[string]int, error) {
	m, err := s.RememberedMapping(ctx, kind, sheet.HeaderKey(header))
	if err != nil || m.Mapping != nil {
		return m.Mapping, err
	}
	cols, err := kindOf(kind).columns(ctx, s)
	if err != nil {
		return nil, err
	}
	want := make([]sheet.Column, len(cols))
	for i, c := range cols {
		want[i] = sheet.Column{Key: c.Key, Label: c.Label, Synonyms: c.synonyms}
	}
	return sheet.Suggest(header, want), nil
}
