// Package proof shows what was done at a job: as a page, as a file to print
// and keep, and as the pictures in both. The provider's people and a
// customer's see the same, each as far as their scope lets them.
package proof

import (
	"context"
	"io"
	"net/http"

	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// Reader is whoever may see a job: staff or client.
type Reader interface {
	Job(ctx context.Context, id store.JobID) (store.Job, error)
	JobItems(ctx context.Context, id store.JobID) ([]store.JobItem, error)
	JobAssets(ctx context.Context, id store.JobID) ([]store.JobAsset, error)
	Proofs(ctx context.Context, id store.JobID) ([]store.Proof, error)
	OpenJobFile(ctx context.Context, job store.JobID, id store.JobFileID, thumb bool) (*store.FileReader, error)
}

// Document is a job with what proves it.
type Document struct {
	Brand  string // whose paper it is
	Color  string // of the brand, #rrggbb
	Today  string
	Job    store.Job
	Items  []store.JobItem
	Assets []store.JobAsset
	Proofs []store.Proof
	Files  string // address below which the pictures lie
}

// Read gathers a job's document. A job without a proof is NotFound.
func Read(ctx context.Context, s Reader, id store.JobID) (d Document, err error) {
	if d.Job, err = s.Job(ctx, id); err != nil {
		return d, err
	}
	if d.Proofs, err = s.Proofs(ctx, id); err != nil {
		return d, err
	}
	if len(d.Proofs) == 0 {
		return d, fault.New(fault.NotFound, "There is no proof of this job yet, or it is not shared with you.")
	}
	if d.Items, err = s.JobItems(ctx, id); err != nil {
		return d, err
	}
	d.Assets, err = s.JobAssets(ctx, id)
	return d, err
}

// ServePDF sends the document as a file.
func ServePDF(w http.ResponseWriter, r *http.Request, v *ui.View, s Reader, d Document) error {
	name := store.JobNumber(d.Job.Number) + ".pdf"
	return web.Download(w, r, name, "application/pdf", func(out io.Writer) error {
		return PDF(out, v, d, func(l store.JobFile) ([]byte, error) {
			f, err := s.OpenJobFile(r.Context(), d.Job.ID, l.ID, false)
			if err != nil {
				return nil, err
			}
			return io.ReadAll(f.Reader())
		})
	})
}
