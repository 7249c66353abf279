package desk

import (
	"context"

	"gatehouse/store"
	"gatehouse/store/fault"
)

// heldBefore is what an undo needs to know of the assignments of one asset.
type heldBefore struct {
	Was  []store.Assignment `json:"was,omitempty"`
	Left string             `json:"left"`
}

func (h *hold) do(ctx context.Context, s store.Staff, asset store.AssetID) (*heldBefore, error) {
	was, err := s.AssetHistory(ctx, asset)
	if err != nil {
		return nil, err
	}
	out, err := s.Assign(ctx, store.AssignInput{Assets: []store.AssetID{asset}, Customer: h.customer.ID, From: h.from, To: h.to})
	if err != nil {
		return nil, err
	}
	if len(out.Conflicts) > 0 {
		return nil, fault.New(fault.Conflict, "%s has it for that time.", orElse(out.Conflicts[0].CustomerName, "Another customer"))
	}
	now, err := s.AssetHistory(ctx, asset)
	return &heldBefore{Was: was, Left: heldImprint(now)}, err
}

func heldImprint(all []store.Assignment) string {
	var out [][4]int64
	for _, a := range all {
		out = append(out, [4]int64{int64(a.ID), int64(a.Customer), a.From.Unix(), a.To.Unix()})
	}
	return imprint(out)
}

// untouched is a Conflict when somebody changed the assignments since. An
// asset that an import added without any must have none still.
func (b *heldBefore) untouched(ctx context.Context, s store.Staff, id store.AssetID, added bool) error {
	if b == nil && !added {
		return nil
	}
	now, err := s.AssetHistory(ctx, id)
	if err != nil {
		return err
	}
	if b == nil && len(now) > 0 || b != nil && heldImprint(now) != b.Left {
		return fault.New(fault.Conflict, "Who has it was changed after the import.")
	}
	return nil
}

func (b *heldBefore) undo(ctx context.Context, s store.Staff, id store.AssetID) error {
	if b == nil {
		return nil
	}
	return s.RestoreAssignments(ctx, id, b.Was)
}
