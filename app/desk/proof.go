package desk

import (
	"context"
	"fmt"
	"io"

	"gatehouse/app/photo"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// ProofInput is a proof as it comes from the road: photos and signature as
// they were sent.
type ProofInput struct {
	store.NewProof
	Pictures []io.Reader
	Sign     io.Reader // nil: none
}

// Prove finishes a job with its proof. Pictures are made fit to be kept before
// anything is written; one that is not a photo stops all of it with a sentence.
func (d *Desk) Prove(ctx context.Context, s store.Staff, id store.JobID, in ProofInput) (again bool, err error) {
	n := in.NewProof
	if len(in.Pictures) > store.MostPhotos {
		return false, fault.Field("photos", "These are %d photos. Choose up to %d.", len(in.Pictures), store.MostPhotos)
	}
	for i, r := range in.Pictures {
		p, err := photo.Read(ctx, "photos", r)
		if says := fault.Fields(err)["photos"]; says != "" && len(in.Pictures) > 1 {
			err = fault.Field("photos", "%s", fmt.Sprintf("Photo %d: %s", i+1, says))
		}
		if err != nil {
			return false, err
		}
		n.Photos = append(n.Photos, store.NewPhoto{Full: p.Full, Thumb: p.Thumb})
	}
	if in.Sign != nil {
		if n.Signature, err = photo.Signature(ctx, "signature", in.Sign); err != nil {
			return false, err
		}
	}
	return s.AddProof(ctx, id, n)
}

// StartJob notes that whoever does a job has set out; a work order is in
// progress from then on.
func (d *Desk) StartJob(ctx context.Context, s store.Staff, id store.JobID) error {
	return s.Update(ctx, func(s store.Staff) error {
		if err := s.Mark(ctx, id, "started"); err != nil {
			return err
		}
		j, err := s.Job(ctx, id)
		if err != nil || j.Kind != store.JobWork || j.Status != store.JobOpen && j.Status != store.JobOnHold {
			return err
		}
		return s.SetJobStatus(ctx, id, 0, store.JobStep{To: store.JobInProgress})
	})
}
