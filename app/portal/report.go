package portal

import (
	"io"
	"mime/multipart"
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/desk"
	"gatehouse/app/photo"
	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (p *Portal) reportRoutes(r *mux.Router) {
	r.Handle("/report", p.feature(store.FeatureReport, p.newReport)).Methods("GET", "HEAD").Name("portal.report")
	r.Handle("/report", p.featureBig(store.FeatureReport, mostReport, p.sendReport)).Methods("POST").Name("portal.report.send")
}

// mostReport is what a report with five large photos takes.
const mostReport = desk.MostPhotos*photo.MaxBytes + 1<<20

func (p *Portal) newReport(w http.ResponseWriter, r *http.Request, c store.Client) error {
	once, err := p.once()
	if err != nil {
		return err
	}
	me := c.Me()
	in := store.ProblemReport{Asset: web.QueryInt[store.AssetID](r, "asset"), Site: web.QueryInt[store.SiteID](r, "site"), ContactName: me.Name, ContactEmail: me.Email, Once: once}
	return p.reportForm(w, r, c, http.StatusOK, reportForm{In: in})
}

// reportForm shows the form. An asset or a site of somebody else's that the
// address names is nobody's: the form does not offer it.
func (p *Portal) reportForm(w http.ResponseWriter, r *http.Request, c store.Client, status int, f reportForm) (err error) {
	ctx := r.Context()
	f.Client, f.Today = c, c.DayNow()
	if f.Priorities, err = c.JobPriorities(ctx); err != nil {
		return err
	}
	sites, err := c.Sites(ctx, store.SiteFilter{Limit: fewSites})
	if err != nil {
		return err
	}
	f.Sites = sites.Rows
	if c.Shares(store.FeatureList) {
		if f.Assets, err = c.Assets(ctx, store.AssetFilter{Limit: fewAssets}); err != nil {
			return err
		}
		if one, err := c.Asset(ctx, f.In.Asset); err == nil {
			f.Asset = &one
		}
	}
	if f.Mine, err = c.Jobs(ctx, store.JobFilter{Kind: store.JobWork, Mine: true, Sort: "-number", Limit: 5}); err != nil {
		return err
	}
	return web.Page(w, r, status, f.page(p.view(w, r, c)))
}

// fewAssets is how many assets a form offers; beyond it one begins at the
// asset's own page.
const fewAssets = 200

func (p *Portal) sendReport(w http.ResponseWriter, r *http.Request, c store.Client) error {
	if err := web.Form(r); err != nil {
		return err
	}
	in := store.ProblemReport{Asset: web.Int[store.AssetID](r, "asset"), Site: web.Int[store.SiteID](r, "site"), Subject: web.Str(r, "subject"), Description: r.PostForm.Get("description"),
		Priority: web.Int[store.PriorityID](r, "priority"), ContactName: web.Str(r, "contact_name"), ContactPhone: web.Str(r, "contact_phone"), ContactEmail: web.Str(r, "contact_email"), Once: web.Str(r, "once")}
	photos, err := photosOf(r)
	var made store.Job
	if err == nil {
		made, err = p.desk.ReportProblem(r.Context(), c, in, readers(photos))
		closeAll(photos)
	}
	if isForm(err) {
		return p.reportForm(w, r, c, http.StatusUnprocessableEntity, reportForm{In: in, Photos: len(photos), Problem: err})
	}
	if err != nil {
		return err
	}
	return p.site.Done(w, r, base(r)+jobPath(made), "Your report is with us as "+store.JobNumber(made.Number)+".")
}

// photosOf opens the photos that came with a form; a browser sends an empty
// one where none was chosen.
func photosOf(r *http.Request) (out []multipart.File, err error) {
	if r.MultipartForm == nil {
		return nil, nil
	}
	for _, h := range r.MultipartForm.File["photos"] {
		if h.Size == 0 {
			continue
		}
		if len(out) == desk.MostPhotos {
			closeAll(out)
			return nil, fault.Field("photos", "Up to %d photos fit into one report.", desk.MostPhotos)
		}
		f, err := h.Open()
		if err != nil {
			closeAll(out)
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

func closeAll(files []multipart.File) {
	for _, f := range files {
		_ = f.Close()
	}
}

func readers(files []multipart.File) []io.Reader {
	out := make([]io.Reader, 0, len(files))
	for _, f := range files {
		out = append(out, f)
	}
	return out
}
