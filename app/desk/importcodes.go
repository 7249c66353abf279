package desk

import (
	"context"
	"io"
	"strconv"
	"strings"

	"gatehouse/store"
	"gatehouse/store/fault"
)

// What somebody can do about a code that nobody here goes by.
const (
	CodeLeave       = ""         // leave its rows parked
	CodeIs          = "is"       // it is a customer or group that is here
	CodeNewCustomer = "customer" // add a customer of that number
	CodeNewGroup    = "group"    // add a group of that code
	CodeNobody      = "none"     // its rows come in without one
)

// CodeChoice is what somebody chose for one code. Is names the customer or
// group, by name, number or code.
type CodeChoice struct {
	store.ParkedCode
	Do, Is string
}

// DecideCodes keeps what codes of an import mean, all or none, and checks an
// import that is not applied yet again. It returns how many were decided.
func (d *Desk) DecideCodes(ctx context.Context, s store.Staff, id store.ImportID, all []CodeChoice) (n int, err error) {
	i, err := s.Import(ctx, id)
	if err != nil {
		return 0, err
	}
	if i.Running() {
		return 0, fault.New(fault.Conflict, "This import is being worked on right now. Wait until it is done.")
	}
	err = s.Update(ctx, func(s store.Staff) error {
		var bad fault.Problems
		for at, c := range all {
			if c.Do == CodeLeave {
				continue
			}
			n++
			if err := decide(ctx, s, c); err != nil {
				says := rowSays(err)
				if says == "" {
					return err
				}
				bad.Add("is."+strconv.Itoa(at), "%s", says)
			}
		}
		if n == 0 {
			return fault.New(fault.Invalid, "Choose for at least one code what it means.")
		}
		return bad.Err()
	})
	if err != nil {
		return 0, err
	}
	if i.State == store.ImportChecked {
		return n, d.CheckImport(ctx, s, id)
	}
	return n, nil
}

func decide(ctx context.Context, s store.Staff, c CodeChoice) error {
	d := store.CodeDecision{What: c.What, Code: c.Code}
	switch c.Do {
	case CodeNewCustomer:
		e := store.CustomerEdit{CustomerInput: store.CustomerInput{Name: clipped(orElse(c.Name, c.Code), 200)}}
		if len(c.Code) <= 100 {
			e.ExternalID = c.Code
		}
		id, err := s.AddCustomer(ctx, e)
		if err != nil {
			return err
		}
		d.Customer = id
	case CodeNewGroup:
		code := c.Code
		if len(code) > 50 {
			code = ""
		}
		id, err := s.AddGroup(ctx, store.GroupEdit{Name: clipped(c.Code, 100), Code: code})
		if err != nil {
			return err
		}
		d.Group = id
	case CodeIs:
		if strings.TrimSpace(c.Is) == "" {
			return fault.New(fault.Invalid, "Say which customer or group it is.")
		}
		t, err := s.FindTag(ctx, c.What, c.Is)
		if err != nil {
			return err
		}
		d.Group = t.Group
		if t.Group == 0 {
			d.Customer = t.Customer
		}
	case CodeNobody:
	default:
		return fault.New(fault.Invalid, "Choose what the code means.")
	}
	return s.DecideCode(ctx, d)
}

// ImportRest uploads the file of an import once more and checks it, to bring in
// the rows that were parked: all others are here, so that they are the same.
// Once is the key of the form.
func (d *Desk) ImportRest(ctx context.Context, s store.Staff, id store.ImportID, once string) (store.ImportID, error) {
	i, err := s.Import(ctx, id)
	if err != nil {
		return 0, err
	}
	if i.State != store.ImportApplied || i.Tally.Parked == 0 {
		return 0, fault.New(fault.Conflict, "No row of this import is parked.")
	}
	f, err := s.ImportFile(ctx, id)
	if err != nil {
		return 0, err
	}
	tmp, err := spool(io.NewSectionReader(f, 0, f.Size))
	if err != nil {
		return 0, err
	}
	defer func() { _ = tmp.Close() }()
	n := store.NewImport{Kind: i.Kind, Once: once, Options: i.Options, Mapping: i.Mapping,
		File: store.NewFile{Name: f.Name, Media: f.Media, Size: f.Size, Sum: tmp.sum, Body: tmp.reader()}}
	rest, again, err := s.AddImport(ctx, n)
	if err != nil || again {
		return rest, err
	}
	return rest, d.CheckImport(ctx, s, rest)
}
