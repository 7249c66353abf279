package desk

import (
	"context"

	"gatehouse/store"
	"gatehouse/store/fault"
)

// Untagged is a code in jobs that are nobody's, and whose it is, if somebody
// here goes by it.
type Untagged struct {
	store.UntaggedCode
	Tag   store.JobTag
	Known bool
}

// UntaggedJobs finds whose the jobs would be that have neither a customer nor a
// group: what TagUntagged would do, and nothing is changed.
func (d *Desk) UntaggedJobs(ctx context.Context, s store.Staff, by string) ([]Untagged, error) {
	codes, err := s.UntaggedCodes(ctx, by)
	if err != nil {
		return nil, err
	}
	out := make([]Untagged, len(codes))
	for n, c := range codes {
		out[n].UntaggedCode = c
		t, err := s.FindTag(ctx, store.CodeCustomer, c.Code)
		if err != nil && fault.Of(err) != fault.NotFound {
			return nil, err
		}
		out[n].Tag, out[n].Known = t, err == nil && !t.None
	}
	return out, nil
}

// TagUntagged gives them to whom their codes mean, all or none; what nobody
// goes by stays as it is. It returns how many jobs it was.
func (d *Desk) TagUntagged(ctx context.Context, s store.Staff, by string) (n int, err error) {
	err = s.UpdateMany(ctx, func(s store.Staff) error {
		codes, err := d.UntaggedJobs(ctx, s, by)
		if err != nil {
			return err
		}
		for _, c := range codes {
			if !c.Known {
				continue
			}
			done, err := s.TagUntagged(ctx, by, c.Code, c.Tag)
			if err != nil {
				return err
			}
			n += done
		}
		return nil
	})
	return n, err
}
