package portal

import (
	"context"
	"net/http"

	"github.com/gorilla/mux"
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/fleet"
	"gatehouse/app/proof"
	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

func (p *Portal) jobFileRoutes(r *mux.Router) {
	r.Handle("/deliveries/{job}/files/{file}", p.feature(store.FeatureDeliveryList, p.sendJobFile(false))).Methods("GET", "HEAD").Name("portal.delivery.file")
	r.Handle("/deliveries/{job}/proof", p.feature(store.FeatureDeliveryProof, p.showProof(false))).Methods("GET", "HEAD").Name("portal.delivery.proof")
	r.Handle("/deliveries/{job}/proof.pdf", p.feature(store.FeatureDeliveryProof, p.sendProof(false))).Methods("GET", "HEAD").Name("portal.delivery.proof.pdf")
	r.Handle("/jobs/{job}/files/{file}", p.client(p.sendJobFile(true))).Methods("GET", "HEAD").Name("portal.job.file")
	r.Handle("/jobs/{job}/proof", p.feature(store.FeatureJobFiles, p.showProof(true))).Methods("GET", "HEAD").Name("portal.job.proof")
	r.Handle("/jobs/{job}/proof.pdf", p.feature(store.FeatureJobFiles, p.sendProof(true))).Methods("GET", "HEAD").Name("portal.job.proof.pdf")
}

// jobOf is the job in the address, if it is of the shape of that address.
func (p *Portal) jobOf(r *http.Request, c store.Client, work bool) (store.Job, error) {
	if !c.May(store.JobRead) { // neither jobs nor reports are shared
		return store.Job{}, notHere
	}
	j, err := p.job(r, c)
	return ofKind(j, work, err)
}

// sendJobFile sends a photo or a document of a job: for as long as the job and
// the file are the client's to see.
func (p *Portal) sendJobFile(work bool) clientHandler {
	return func(w http.ResponseWriter, r *http.Request, c store.Client) error {
		j, err := p.jobOf(r, c, work)
		if err != nil {
			return err
		}
		file, err := web.ID[store.JobFileID](r, "file")
		if err != nil {
			return err
		}
		f, err := c.OpenJobFile(r.Context(), j.ID, file, r.URL.Query().Get("thumb") != "")
		if err != nil {
			return err
		}
		return web.File(w, r, f)
	}
}

func (p *Portal) proof(r *http.Request, c store.Client, work bool) (proof.Document, error) {
	j, err := p.jobOf(r, c, work)
	if err != nil {
		return proof.Document{}, err
	}
	d, err := proof.Read(r.Context(), c, j.ID)
	if err != nil {
		return d, err
	}
	win := c.Window()
	d.Brand, d.Color, d.Today, d.Files = win.Name, win.Theme.Primary, c.DayNow(), base(r)+jobPath(j)+"/files"
	return d, nil
}

func (p *Portal) showProof(work bool) clientHandler {
	return func(w http.ResponseWriter, r *http.Request, c store.Client) error {
		d, err := p.proof(r, c, work)
		if err != nil {
			return err
		}
		v := p.view(w, r, c)
		at := v.Base + jobPath(d.Job)
		return web.Page(w, r, http.StatusOK, ui.Page(v, d.Title(v), ui.PageHead(v, d.Title(v), []ui.Link{crumbOf(v, c, d.Job), {Label: store.JobNumber(d.Job.Number), Href: at}},
			ui.LinkButton(at+"/proof.pdf", v.T("Download PDF"), "download")), proof.Body(v, d)))
	}
}

func (p *Portal) sendProof(work bool) clientHandler {
	return func(w http.ResponseWriter, r *http.Request, c store.Client) error {
		d, err := p.proof(r, c, work)
		if err != nil {
			return err
		}
		return proof.ServePDF(w, r, p.view(w, r, c), c, d)
	}
}

// fillProofs reads what proves the job, where the portal shares that, and
// which files are no part of it.
func (l *jobPage) fillProofs(ctx context.Context) (err error) {
	shared := store.FeatureDeliveryProof
	if l.Job.Kind == store.JobWork {
		shared = store.FeatureJobFiles
	}
	if l.Client.Shares(shared) {
		if l.Proofs, err = l.Client.Proofs(ctx, l.Job.ID); err != nil {
			return err
		}
	}
	part := map[store.JobFileID]bool{}
	for _, pr := range l.Proofs {
		for _, f := range pr.Files {
			part[f.ID] = true
		}
	}
	all, err := l.Client.JobFiles(ctx, l.Job.ID)
	for _, f := range all {
		switch {
		case part[f.ID]:
		case f.Kind == "photo":
			l.Photos = append(l.Photos, f)
		default:
			l.Files = append(l.Files, f)
		}
	}
	return err
}

// proofs show who received it, with photos and signature.
func (l jobPage) proofs(v *ui.View) g.Node {
	var out g.Group
	for _, pr := range l.Proofs {
		out = append(out, proof.Card(v, pr, l.at(v)+"/files"))
	}
	return out
}

// photos are those that came with a report, or that were shared.
func (l jobPage) photos(v *ui.View) g.Node {
	if len(l.Photos) == 0 {
		return nil
	}
	var all []ui.Photo
	for i, f := range l.Photos {
		at, alt := l.at(v)+"/files/"+fleet.ID(f.ID), f.Caption
		if alt == "" {
			alt = v.T("Photo %s", v.N(int64(i+1)))
		}
		all = append(all, ui.Photo{Href: at, Thumb: at + "?thumb=1", Alt: alt})
	}
	return ui.Card(v.T("Photos"), ui.Photos(all))
}

// files lists the documents of a job that the client may see.
func (l jobPage) files(v *ui.View) g.Node {
	if len(l.Files) == 0 {
		return nil
	}
	return ui.Card(v.T("Documents"), h.Ul(h.Class("plain-list"), g.Map(l.Files, func(f store.JobFile) g.Node {
		return h.Li(ui.TextLink(l.at(v)+"/files/"+fleet.ID(f.ID)+"?download=1", f.Name), g.Text(" "), ui.Muted(f.Caption), g.Text(" "), ui.Muted(v.DateTime(f.At)))
	})))
}
