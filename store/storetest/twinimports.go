package storetest

import (
	"bytes"
	"context"
	"crypto/sha256"

	"gatehouse/store"
)

// TwinImports are a twin's imports, one in each state, and its contact.
type TwinImports struct {
	Contact                                               store.ContactID
	Import, Checking, Checked, Applying, Applied, Undoing store.ImportID
}

func (w *Twin) addImports(ctx context.Context) (err error) {
	if w.Contact, err = w.Staff.AddContact(ctx, w.Customer, store.ContactEdit{Name: "Contact of " + w.Slug}); err != nil {
		return err
	}
	for _, at := range []struct {
		state string
		id    *store.ImportID
	}{{store.ImportUploaded, &w.Import}, {store.ImportChecking, &w.Checking}, {store.ImportChecked, &w.Checked},
		{store.ImportApplying, &w.Applying}, {store.ImportApplied, &w.Applied}, {store.ImportUndoing, &w.Undoing}} {
		if *at.id, err = addImport(ctx, w.Staff, w.Slug, at.state); err != nil {
			return err
		}
	}
	return nil
}

// addImport brings an import as far as state.
func addImport(ctx context.Context, s store.Staff, name, state string) (store.ImportID, error) {
	body := []byte("name\n" + name + state + "\n")
	sum, one := sha256.Sum256(body), store.Tally{Total: 1, Added: 1}
	id, _, err := s.AddImport(ctx, store.NewImport{Kind: store.ImportCustomers, Once: state, Mapping: map[string]int{"name": 0},
		File: store.NewFile{Name: name + ".csv", Size: int64(len(body)), Sum: sum[:], Body: bytes.NewReader(body)}})
	if err != nil || state == store.ImportUploaded {
		return id, err
	}
	for _, step := range []struct {
		to string
		do func() error
	}{
		{"", func() error {
			return s.MapImport(ctx, id, store.ImportOptions{}, map[string]int{"name": 0}, "header "+name)
		}},
		{store.ImportChecking, func() error { return s.BeginCheck(ctx, id) }},
		{"", func() error {
			return s.AddImportRows(ctx, id, []store.ImportRow{{Line: 2, Verdict: store.VerdictAdd, Label: name}})
		}},
		{store.ImportChecked, func() error { return s.FinishCheck(ctx, id, one, "") }},
		{store.ImportApplying, func() error { return s.BeginApply(ctx, id) }},
		{store.ImportApplied, func() error { return s.FinishApply(ctx, id, one) }},
		{store.ImportUndoing, func() error { return s.BeginUndo(ctx, id) }},
	} {
		if err := step.do(); err != nil || step.to == state {
			return id, err
		}
	}
	return id, nil
}
