package store_test

import (
	"bytes"
	"fmt"
	"maps"

	"gatehouse/store"
	"gatehouse/store/fault"
)

func init() { maps.Copy(staffCases, importCases) }

var importCases = map[string]twinCase{
	"AddContact": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return s.AddContact(c, o.Customer, store.ContactEdit{Name: "X"})
	}),
	"Contacts": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.Contacts(c, o.Customer) }),
	"Contact":  staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.Contact(c, o.Contact) }),
	"ChangeContact": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return nil, s.ChangeContact(c, o.Contact, store.ContactEdit{Name: "X"})
	}),
	"RemoveContact": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.RemoveContact(c, o.Contact) }),

	"MatchCustomer": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
		return s.MatchCustomer(c, "K-none", "Customer of "+o.Slug)
	}),
	"CustomerByCode":  staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.CustomerByCode(c, "K-1") }),
	"UnaddCustomer":   staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.UnaddCustomer(c, o.Customer, 1) }),
	"AddCustomerType": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.AddCustomerType(c, "New") }),

	"AddImport": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
		id, again, err := s.AddImport(c, store.NewImport{Kind: store.ImportCustomers, Once: "seed", File: store.NewFile{Name: "a.csv", Size: 1, Sum: []byte("x"), Body: bytes.NewReader([]byte("x"))}})
		return []any{id, again}, err
	}),
	"Imports":        staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.Imports(c, "") }),
	"Import":         staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.Import(c, o.Import) }),
	"ImportFile":     staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.ImportFile(c, o.Import) }),
	"ImportRows":     staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.ImportRows(c, o.Applied, "", 0, 10) }),
	"ImportRowsBack": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.ImportRowsBack(c, o.Applied, 0, 10) }),
	"FindTag": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
		t, err := s.FindTag(c, store.CodeCustomer, "Customer of "+o.Slug)
		if fault.Of(err) == fault.NotFound {
			err = nil // what was asked for is repeated in the sentence
		}
		return failIf(t.Customer != 0 || t.Group != 0, o), err
	}),
	"DecideCode": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return nil, s.DecideCode(c, store.CodeDecision{What: store.CodeCustomer, Code: "X", Customer: o.Customer})
	}),
	"ParkedCodes": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.ParkedCodes(c, o.Import) }),
	"SummarizeImport": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return nil, s.SummarizeImport(c, o.Import, nil)
	}),
	"ImportSummary": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.ImportSummary(c, o.Import) }),
	"JobDoers":      staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.JobDoers(c) }),
	"VehicleNames":  staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.VehicleNames(c) }),
	"UntaggedCodes": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.UntaggedCodes(c, "contact") }),
	"TagUntagged": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		n, err := s.TagUntagged(c, "contact", "X", store.JobTag{Customer: o.Customer})
		if err == nil && n == 0 {
			return failIf(false, o), fault.New(fault.NotFound, "no such job")
		}
		return failIf(n > 0, o), err
	}),
	"MatchJob": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
		id, err := s.MatchJob(c, store.JobWork, "X-1") // both have one of that number
		return failIf(id == o.Job, o), err
	}),
	"RememberedMapping": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
		return s.RememberedMapping(c, store.ImportCustomers, "header "+o.Slug)
	}),
	"MapImport": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return nil, s.MapImport(c, o.Import, store.ImportOptions{}, map[string]int{"name": 0}, "header")
	}),
	"BeginCheck": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.BeginCheck(c, o.Import) }),
	"FinishCheck": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return nil, s.FinishCheck(c, o.Checking, store.Tally{}, "")
	}),
	"AddImportRows": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return nil, s.AddImportRows(c, o.Checking, []store.ImportRow{{Line: 3, Verdict: store.VerdictAdd}})
	}),
	"SetImportRow": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		kept := store.ImportRow{Line: 2, Verdict: store.VerdictKept}
		if err := s.SetImportRow(c, o.Applied, kept, kept); fault.Of(err) != fault.NotFound {
			return "a row that stays what it is", err
		}
		return nil, s.SetImportRow(c, o.Applied, store.ImportRow{}, kept)
	}),
	"BeginApply": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.BeginApply(c, o.Checked) }),
	"FinishApply": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return nil, s.FinishApply(c, o.Applying, store.Tally{})
	}),
	"BeginUndo":    staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.BeginUndo(c, o.Applied) }),
	"FinishUndo":   staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.FinishUndo(c, o.Undoing, 0) }),
	"FailImport":   staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.FailImport(c, o.Applying, "x") }),
	"RemoveImport": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.RemoveImport(c, o.Applied) }),
	"UnaddAsset":   staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.UnaddAsset(c, o.Asset) }),
	"ReadingsAt": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
		return s.ReadingsAt(c, o.Asset, []store.ReadingKey{{Kind: store.KindHours, At: s.Now().Unix()}})
	}),
	"CountReadings": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
		n, err := s.CountReadings(c, o.Asset)
		return fmt.Sprint(map[bool]string{true: "", false: o.Slug}[n == 0]), err
	}),
	"UndoReadings": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return nil, s.UndoReadings(c, o.Asset, []store.ReadingKey{{Kind: store.KindHours, At: s.Now().Unix()}}, nil)
	}),
	"FaultsAt": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
		return s.FaultsAt(c, o.Asset, []store.FaultKey{{At: s.Now().Unix(), Code: "E1"}})
	}),
	"UndoFaults": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
		return nil, s.UndoFaults(c, o.Asset, []store.FaultKey{{At: s.Now().Unix(), Code: "E1"}})
	}),
	"RestoreAssignments": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.RestoreAssignments(c, o.Asset, nil) }),
	"Importing":          staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.Importing().Imports(c, "") }),
}
