package admin

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/gorilla/mux"

	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (a *Admin) assignRoutes(r *mux.Router) {
	r.Handle("/assets/assign", a.staff(a.newAssignment)).Methods("GET", "HEAD").Name("admin.assets.assign")
	r.Handle("/assets/assign", a.staff(a.assign)).Methods("POST").Name("admin.assets.assign.do")
	r.Handle("/assets/return", a.staff(a.newReturn)).Methods("GET", "HEAD").Name("admin.assets.return")
	r.Handle("/assets/return", a.staff(a.takeBack)).Methods("POST").Name("admin.assets.return.do")
	r.Handle("/assets/group", a.staff(a.newGrouping)).Methods("GET", "HEAD").Name("admin.assets.group")
	r.Handle("/assets/group", a.staff(a.groupAssets)).Methods("POST").Name("admin.assets.group.do")
	r.Handle("/assets/{asset}/planned/cancel", a.staff(a.cancelPlanned)).Methods("POST").Name("admin.asset.planned.cancel")
}

// mostChosen is how many assets one step can take.
const mostChosen = 20000

// chosen is which assets a step is about: those ticked, or all that a filter
// lets through at the moment the step is taken.
type chosen struct {
	IDs    []store.AssetID
	All    bool
	Filter url.Values // what All means
	Names  []string   // of the first few
}

func (a *Admin) chosen(r *http.Request, s store.Staff, from url.Values) (c chosen, err error) {
	c.All, c.Filter = from.Get("all") == "1", url.Values{}
	if c.All {
		for _, k := range filterKeys {
			if v := from.Get(k); v != "" {
				c.Filter.Set(k, v)
			}
		}
		if c.IDs, err = s.AssetIDs(r.Context(), assetFilter(c.Filter), mostChosen); err != nil {
			return c, err
		}
	} else {
		for _, v := range from["id"] {
			if n := number(v); n > 0 {
				c.IDs = append(c.IDs, store.AssetID(n))
			}
		}
	}
	if len(c.IDs) == 0 {
		return c, fault.New(fault.Invalid, "Choose at least one asset first: tick it in the list of assets.")
	}
	for _, id := range c.IDs[:min(len(c.IDs), 8)] {
		one, err := s.Asset(r.Context(), id)
		if err != nil {
			return c, err
		}
		c.Names = append(c.Names, one.Name)
	}
	return c, nil
}

// hidden are the form fields that name the same assets again.
func (c chosen) hidden() (pairs []string) {
	if !c.All {
		for _, n := range c.IDs {
			pairs = append(pairs, "id", id(n))
		}
		return pairs
	}
	pairs = []string{"all", "1"}
	for _, k := range filterKeys {
		if v := c.Filter.Get(k); v != "" {
			pairs = append(pairs, k, v)
		}
	}
	return pairs
}

// back is where the person came from: the asset, or the list.
func (c chosen) back(r *http.Request) string {
	if !c.All && len(c.IDs) == 1 {
		return base(r) + "/assets/" + id(c.IDs[0])
	}
	return base(r) + "/assets"
}

func (a *Admin) newAssignment(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.AssetAssign); err != nil {
		return err
	}
	c, err := a.chosen(r, s, r.URL.Query())
	if err != nil {
		return err
	}
	f, err := a.assignForm(r, s, c)
	if err != nil {
		return err
	}
	if n := number(r.URL.Query().Get("for")); n > 0 {
		f.For = id(n)
	}
	f.Stale, err = s.StaleBefore(r.Context(), c.IDs, s.DayStart(s.Today()))
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, f.page(a.view(w, r, s)))
}

// assignForm is the empty form for the chosen assets, from today on.
func (a *Admin) assignForm(r *http.Request, s store.Staff, c chosen) (f assignForm, err error) {
	f = assignForm{Chosen: c, From: s.Today().Format(time.DateOnly), Back: c.back(r)}
	f.Customers, err = s.Customers(r.Context(), store.CustomerFilter{Limit: fewCustomers})
	return f, err
}

func (a *Admin) assign(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	if err := s.Can(store.AssetAssign); err != nil {
		return err
	}
	c, err := a.chosen(r, s, r.PostForm)
	if err != nil {
		return err
	}
	in, err := decodeAssign(r, s, c)
	out := store.Assigned{}
	if err == nil {
		out, err = s.Assign(r.Context(), in)
	}
	switch {
	case isForm(err):
		return a.assignAgain(w, r, s, c, http.StatusUnprocessableEntity, err, nil)
	case err != nil:
		return err
	case len(out.Conflicts) > 0:
		return a.assignAgain(w, r, s, c, http.StatusConflict, nil, out.Conflicts)
	}
	return a.assigned(w, r, s, c, in, out)
}

// assignAgain shows the form with what was typed, and what is wrong with it or
// has to be decided.
func (a *Admin) assignAgain(w http.ResponseWriter, r *http.Request, s store.Staff, c chosen, status int, problem error, conflicts []store.Conflict) error {
	f, err := a.assignForm(r, s, c)
	if err != nil {
		return err
	}
	f.For, f.Typed, f.From, f.To = web.Str(r, "for"), web.Str(r, "for_name"), web.Str(r, "from"), web.Str(r, "to")
	f.Problem, f.Conflicts = problem, conflicts
	if n := number(f.For); n > 0 {
		if to, err := s.Customer(r.Context(), store.CustomerID(n)); err == nil {
			f.Typed = to.Name
		}
	}
	return web.Page(w, r, status, f.page(a.view(w, r, s)))
}

func decodeAssign(r *http.Request, s store.Staff, c chosen) (in store.AssignInput, err error) {
	var bad fault.Problems
	in = store.AssignInput{Assets: c.IDs, Customer: web.Int[store.CustomerID](r, "for"), Decided: web.Str(r, "decided") == "1", End: web.Ints[store.AssignmentID](r, "end")}
	if name := web.Str(r, "for_name"); in.Customer == 0 && name != "" {
		found, err := s.MatchCustomer(r.Context(), name, name)
		if err != nil && fault.Of(err) != fault.Conflict {
			return in, err
		}
		in.Customer = found.ID
	}
	if in.Customer == 0 {
		bad.Add("for", "Choose one of your customers.")
	}
	for name, into := range map[string]*time.Time{"from": &in.From, "to": &in.To} {
		if *into, err = date(web.Str(r, name)); err != nil {
			bad.Add(name, "%s", fault.Says(err))
		}
	}
	return in, bad.Err()
}

// date reads what a date field sends; nothing is the zero time.
func date(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return d, fault.New(fault.Invalid, "Give a date as year, month and day, such as 2026-11-30.")
	}
	return d, nil
}

func (a *Admin) assigned(w http.ResponseWriter, r *http.Request, s store.Staff, c chosen, in store.AssignInput, out store.Assigned) error {
	to, err := s.Customer(r.Context(), in.Customer)
	if err != nil {
		return err
	}
	says := many(out.New, "%d asset is", "%d assets are") + " assigned to " + to.Name + "."
	if out.Already > 0 {
		says += " " + many(out.Already, "%d was", "%d were") + " already."
	}
	if out.Skipped > 0 {
		says += " " + many(out.Skipped, "%d was", "%d were") + " left with another customer."
	}
	if out.Stale > 0 {
		says += fmt.Sprintf(" The newest readings of %d are older than the first day, so %s sees none of them: your customer sees readings from that day on.", out.Stale, to.Name)
	}
	next := c.back(r)
	if c.All || len(c.IDs) > 1 {
		next = base(r) + "/customers/" + id(to.ID) + "/assets"
	}
	if out.Skipped+out.Stale > 0 {
		return a.site.Warn(w, r, next, says)
	}
	return a.site.Done(w, r, next, says)
}

func many(n int, one, more string) string {
	if n == 1 {
		return fmt.Sprintf(one, n)
	}
	return fmt.Sprintf(more, n)
}

func (a *Admin) newReturn(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.AssetUnassign); err != nil {
		return err
	}
	c, err := a.chosen(r, s, r.URL.Query())
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, returnForm{Chosen: c, When: "now", Back: c.back(r)}.page(a.view(w, r, s)))
}

func (a *Admin) takeBack(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	if err := s.Can(store.AssetUnassign); err != nil {
		return err
	}
	c, err := a.chosen(r, s, r.PostForm)
	if err != nil {
		return err
	}
	f := returnForm{Chosen: c, When: web.Str(r, "when"), Last: web.Str(r, "last"), Back: c.back(r)}
	n, err := 0, error(nil)
	last, err := f.last()
	if err == nil {
		n, err = s.Unassign(r.Context(), c.IDs, last)
	}
	if isForm(err) {
		f.Problem = err
		return web.Page(w, r, http.StatusUnprocessableEntity, f.page(a.view(w, r, s)))
	}
	if err != nil {
		return err
	}
	if n == 0 {
		return a.site.Warn(w, r, f.Back, "None of these assets is with a customer.")
	}
	if last.IsZero() {
		return a.site.Done(w, r, f.Back, many(n, "%d asset is", "%d assets are")+" back with you. The customer no longer sees it.")
	}
	return a.site.Done(w, r, f.Back, many(n, "The last day of %d asset is set.", "The last day of %d assets is set."))
}

func (f returnForm) last() (time.Time, error) {
	if f.When != "day" {
		return time.Time{}, nil
	}
	if f.Last == "" {
		return time.Time{}, fault.Field("last", "Give the last day.")
	}
	d, err := date(f.Last)
	if err != nil {
		return d, fault.Field("last", "%s", fault.Says(err))
	}
	return d, nil
}

func (a *Admin) newGrouping(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.GroupAssets); err != nil {
		return err
	}
	c, err := a.chosen(r, s, r.URL.Query())
	if err != nil {
		return err
	}
	return a.groupingPage(w, r, s, http.StatusOK, groupingForm{Chosen: c, How: "in"})
}

func (a *Admin) groupingPage(w http.ResponseWriter, r *http.Request, s store.Staff, status int, f groupingForm) (err error) {
	f.Back = f.Chosen.back(r)
	if f.Groups, err = s.GroupNames(r.Context()); err != nil {
		return err
	}
	return web.Page(w, r, status, f.page(a.view(w, r, s)))
}

func (a *Admin) groupAssets(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	if err := s.Can(store.GroupAssets); err != nil {
		return err
	}
	c, err := a.chosen(r, s, r.PostForm)
	if err != nil {
		return err
	}
	f := groupingForm{Chosen: c, Into: web.Str(r, "into"), How: web.Str(r, "how")}
	n, err := s.GroupAssets(r.Context(), c.IDs, store.GroupID(number(f.Into)), f.How != "out")
	if isForm(err) {
		f.Problem = err
		return a.groupingPage(w, r, s, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, c.back(r), many(n, "%d asset moved.", "%d assets moved."))
}

func (a *Admin) cancelPlanned(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	asset, err := a.asset(r, s)
	if err != nil {
		return err
	}
	if err := s.CancelPlanned(r.Context(), web.Int[store.AssignmentID](r, "assignment")); err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/assets/"+strconv.FormatInt(int64(asset.ID), 10), "The planned assignment is cancelled.")
}
