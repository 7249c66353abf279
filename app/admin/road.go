package admin

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gorilla/mux"

	"gatehouse/app/web"
	"gatehouse/store"
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
