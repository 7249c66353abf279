package admin

import (
	"encoding/base64"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gorilla/mux"

	"gatehouse/app/desk"
	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// maxProof is how much one proof may send: five photos as phones take them.
const maxProof = 48 << 20

// roadRoutes are the pages of whoever does jobs, made for a phone.
func (a *Admin) roadRoutes(r *mux.Router) {
	r.Handle("/road", a.staff(a.road)).Methods("GET", "HEAD").Name("admin.road")
	r.Handle("/road/{job}", a.staff(a.roadJob)).Methods("GET", "HEAD").Name("admin.road.job")
	r.Handle("/road/{job}/start", a.staff(a.roadStart)).Methods("POST").Name("admin.road.start")
	r.Handle("/road/{job}/arrive", a.staff(a.roadArrive)).Methods("POST").Name("admin.road.arrive")
	r.Handle("/road/{job}/complete", a.staff(a.askComplete)).Methods("GET", "HEAD").Name("admin.road.complete")
	r.Handle("/road/{job}/complete", a.staffBig(maxProof, a.complete)).Methods("POST").Name("admin.road.complete.do")
	r.Handle("/road/{job}/fail", a.staff(a.askFail)).Methods("GET", "HEAD").Name("admin.road.fail")
	r.Handle("/road/{job}/fail", a.staffBig(maxProof, a.fail)).Methods("POST").Name("admin.road.fail.do")
	r.Handle("/road/{job}/again", a.staff(a.roadAgain)).Methods("POST").Name("admin.road.again")
}

// roadDay is what somebody has to do: today's, what was left over, what has no
// date, and what is done.
type roadDay struct {
	Today, Earlier, Undated, Done []store.Job
	Day                           string
	More                          bool // than the page shows
}

// mostRoad is how many jobs of a kind the page shows.
const mostRoad = 100

func (a *Admin) road(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.JobRoad); err != nil {
		return err
	}
	d := roadDay{Day: s.DayNow()}
	mine := func(f store.JobFilter) ([]store.Job, error) {
		f.Limit = mostRoad
		all, more, err := s.RoadJobs(r.Context(), f)
		d.More = d.More || more
		return all, err
	}
	all, err := mine(store.JobFilter{From: d.Day, To: d.Day})
	if err != nil {
		return err
	}
	for _, j := range all {
		if store.JobDone(j.Status) {
			d.Done = append(d.Done, j)
		} else {
			d.Today = append(d.Today, j)
		}
	}
	slices.SortStableFunc(d.Today, func(a, b store.Job) int { return strings.Compare(a.From+"~", b.From+"~") })
	yesterday := s.Now().In(web.Format(s.Me().Formats).Zone).AddDate(0, 0, -1).Format(time.DateOnly)
	if d.Earlier, err = mine(store.JobFilter{To: yesterday, Status: "unfinished"}); err != nil {
		return err
	}
	if d.Undated, err = mine(store.JobFilter{Undated: true, Status: "unfinished"}); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, roadPage(a.view(w, r, s), s, d))
}

// roadOf reads a job that somebody may do: one's own, or any for the office.
func (a *Admin) roadOf(r *http.Request, s store.Staff) (store.Job, error) {
	if err := s.Can(store.JobRoad); err != nil {
		return store.Job{}, err
	}
	id, err := web.ID[store.JobID](r, "job")
	if err != nil {
		return store.Job{}, err
	}
	return s.Job(r.Context(), id)
}

type roadView struct {
	Job    store.Job
	Items  []store.JobItem
	Proofs []store.Proof
	Next   store.JobID // the attempt after this one
	Once   string
	Today  string
}

func (a *Admin) roadJob(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	j, err := a.roadOf(r, s)
	if err != nil {
		return err
	}
	f := roadView{Job: j, Today: s.DayNow()}
	if f.Items, err = s.JobItems(r.Context(), j.ID); err != nil {
		return err
	}
	if f.Proofs, err = s.Proofs(r.Context(), j.ID); err != nil {
		return err
	}
	tries, err := s.Attempts(r.Context(), j.ID)
	if err != nil {
		return err
	}
	for _, t := range tries {
		if t.Attempt == j.Attempt+1 {
			f.Next = t.ID
		}
	}
	if f.Once, err = a.once(); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, roadJobPage(a.view(w, r, s), s, f))
}

func (a *Admin) roadStart(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	j, err := a.roadOf(r, s)
	if err != nil {
		return err
	}
	if err := web.Form(r); err != nil {
		return err
	}
	if err := a.desk.StartJob(r.Context(), s, j.ID); err != nil {
		return err
	}
	return a.site.Done(w, r, roadPath(r, j.ID), "Started.")
}

func (a *Admin) roadArrive(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	j, err := a.roadOf(r, s)
	if err != nil {
		return err
	}
	if err := web.Form(r); err != nil {
		return err
	}
	if err := s.Mark(r.Context(), j.ID, "arrived"); err != nil {
		return err
	}
	return a.site.Done(w, r, roadPath(r, j.ID), "Arrived.")
}

func roadPath(r *http.Request, j store.JobID) string { return base(r) + "/road/" + id(j) }

// roadAgain makes the next attempt at a job that failed or came back in part.
func (a *Admin) roadAgain(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	j, err := a.roadOf(r, s)
	if err != nil {
		return err
	}
	if err := web.Form(r); err != nil {
		return err
	}
	made, err := s.Reattempt(r.Context(), j.ID, "")
	if err != nil {
		return err
	}
	return a.site.Done(w, r, roadPath(r, made), "A further attempt was added. The office decides who takes it.")
}

// proofForm is a proof as its form brings it.
type proofForm struct {
	Job                store.Job
	Items              []store.JobItem
	Failed             bool
	In                 store.NewProof
	Lat, Lon, Accuracy string
	Sign               string // the drawing, as a data address
	Rejected           []rejectForm
	Problem            error
}

type rejectForm struct {
	Number, Reason string
}

func (a *Admin) askComplete(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	return a.askProof(w, r, s, false)
}

func (a *Admin) askFail(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	return a.askProof(w, r, s, true)
}

func (a *Admin) askProof(w http.ResponseWriter, r *http.Request, s store.Staff, failed bool) error {
	f, err := a.proofForm(r, s, failed)
	if err != nil {
		return err
	}
	if store.JobDone(f.Job.Status) {
		http.Redirect(w, r, roadPath(r, f.Job.ID), http.StatusSeeOther)
		return nil
	}
	if f.In.Once, err = a.once(); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, proofFormPage(a.view(w, r, s), s, f))
}

func (a *Admin) proofForm(r *http.Request, s store.Staff, failed bool) (proofForm, error) {
	j, err := a.roadOf(r, s)
	if err != nil {
		return proofForm{}, err
	}
	items, err := s.JobItems(r.Context(), j.ID)
	return proofForm{Job: j, Items: items, Failed: failed, Rejected: make([]rejectForm, len(items))}, err
}

func (a *Admin) complete(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	return a.prove(w, r, s, false)
}

func (a *Admin) fail(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	return a.prove(w, r, s, true)
}

func (a *Admin) prove(w http.ResponseWriter, r *http.Request, s store.Staff, failed bool) error {
	if err := web.Form(r); err != nil {
		return err
	}
	f, err := a.proofForm(r, s, failed)
	if err != nil {
		return err
	}
	in, err := f.decode(r)
	if err == nil {
		_, err = a.desk.Prove(r.Context(), s, f.Job.ID, in)
	}
	if isForm(err) && !asJSON(r) {
		f.Problem = err
		return web.Page(w, r, http.StatusUnprocessableEntity, proofFormPage(a.view(w, r, s), s, f))
	}
	if err != nil {
		return err
	}
	says := "Completed."
	if failed {
		says = "Noted. The office knows that it could not be done."
	}
	return a.site.Done(w, r, roadPath(r, f.Job.ID), says)
}

// asJSON reports whether a script sent the form and shows problems itself.
func asJSON(r *http.Request) bool { return r.Header.Get("Accept") == "application/json" }

// decode reads what was sent, keeping it as it was typed.
func (f *proofForm) decode(r *http.Request) (in desk.ProofInput, err error) {
	f.In = store.NewProof{Once: web.Str(r, "once"), Failed: f.Failed, Reason: web.Str(r, "reason"), Receiver: web.Str(r, "receiver"), Note: web.Str(r, "note")}
	f.Lat, f.Lon, f.Accuracy, f.Sign = web.Str(r, "lat"), web.Str(r, "lon"), web.Str(r, "accuracy"), web.Str(r, "signature")
	f.In.Lat, f.In.Lon, f.In.Accuracy = roadNumber(f.Lat), roadNumber(f.Lon), roadNumber(f.Accuracy)
	if at, err := time.Parse(time.RFC3339, web.Str(r, "at")); err == nil {
		f.In.At = at
	}
	var bad fault.Problems
	for n, i := range f.Items {
		name := "item_" + strconv.Itoa(n)
		f.Rejected[n] = rejectForm{web.Str(r, name+"_rejected"), web.Str(r, name+"_reason")}
		if f.Rejected[n].Number == "" || f.Failed {
			continue
		}
		number, err := strconv.ParseFloat(strings.ReplaceAll(f.Rejected[n].Number, ",", "."), 64)
		if err != nil {
			bad.Add(name+"_rejected", "Give how many were rejected, or leave it empty.")
		} else if number != 0 {
			f.In.Rejected = append(f.In.Rejected, store.Rejection{Item: i.ID, Number: number, Reason: f.Rejected[n].Reason})
		}
	}
	in = desk.ProofInput{NewProof: f.In}
	if in.Sign, err = signature(r, f.Sign); err != nil {
		bad.Add("signature", "The signature did not arrive whole. Please sign again.")
	}
	if err := bad.Err(); err != nil {
		return in, err
	}
	in.Pictures, err = uploads(r, "photos")
	return in, err
}

func roadNumber(text string) store.Num {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || v != v || v > 1e9 || v < -1e9 {
		return store.Num{}
	}
	return store.Some(v)
}

// signature is a drawing that came as a data address, or else a picture.
func signature(r *http.Request, drawn string) (io.Reader, error) {
	if drawn != "" {
		data, ok := strings.CutPrefix(drawn, "data:image/png;base64,")
		if !ok {
			return nil, fault.New(fault.Invalid, "not a drawing")
		}
		return base64.NewDecoder(base64.StdEncoding, strings.NewReader(data)), nil
	}
	all, err := uploads(r, "signature_file")
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return all[0], nil
}

// uploads are the files that were sent under a name; empty ones are none.
func uploads(r *http.Request, name string) (out []io.Reader, err error) {
	if r.MultipartForm == nil {
		return nil, nil
	}
	for _, h := range r.MultipartForm.File[name] {
		if h.Size == 0 {
			continue
		}
		f, err := h.Open()
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}
