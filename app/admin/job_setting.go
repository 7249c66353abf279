package admin

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/gorilla/mux"

	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// jobSettingForm is one line of one of the lists, as a form.
type jobSettingForm struct {
	Kind     jobSettingKind
	ID       int64
	Priority store.JobPriority
	Start    string // minutes, as typed
	Due      string
	Sub      store.JobSub
	Field    store.JobField
	Problem  error
}

func (a *Admin) jobSetting(k jobSettingKind, save bool) staffHandler {
	return func(w http.ResponseWriter, r *http.Request, s store.Staff) error {
		if err := s.Can(store.JobSettings); err != nil {
			return err
		}
		f := jobSettingForm{Kind: k}
		if mux.Vars(r)[k.place] != "" {
			n, err := web.ID[store.JobFieldID](r, k.place)
			if err != nil {
				return err
			}
			f.ID = int64(n)
		}
		if err := f.read(r, s); err != nil {
			return err
		}
		if !save {
			return web.Page(w, r, http.StatusOK, f.page(a.view(w, r, s)))
		}
		if err := web.Form(r); err != nil {
			return err
		}
		if err := f.save(r, s); isForm(err) {
			f.Problem = err
			return web.Page(w, r, http.StatusUnprocessableEntity, f.page(a.view(w, r, s)))
		} else if err != nil {
			return err
		}
		return a.site.Done(w, r, base(r)+"/jobs/settings", "Saved.")
	}
}

// read fills the form with the line as it is.
func (f *jobSettingForm) read(r *http.Request, s store.Staff) error {
	found := f.ID == 0
	switch f.Kind.path {
	case "priorities":
		all, err := s.JobPriorities(r.Context())
		if err != nil {
			return err
		}
		f.Priority.Position = int64(len(all))
		for _, y := range all {
			if int64(y.ID) == f.ID {
				f.Priority, found = y, true
			}
		}
		f.Start, f.Due = strconv.FormatInt(f.Priority.StartMin, 10), strconv.FormatInt(f.Priority.DueMin, 10)
	case "statuses":
		all, err := s.JobSubs(r.Context())
		if err != nil {
			return err
		}
		f.Sub.Position = int64(len(all))
		for _, x := range all {
			if int64(x.ID) == f.ID {
				f.Sub, found = x, true
			}
		}
	default:
		all, err := s.JobFields(r.Context())
		if err != nil {
			return err
		}
		f.Field.Position = int64(len(all))
		for _, x := range all {
			if int64(x.ID) == f.ID {
				f.Field, found = x, true
			}
		}
	}
	if !found {
		return fault.New(fault.NotFound, "There is nothing at this address.")
	}
	return nil
}

func (f *jobSettingForm) save(r *http.Request, s store.Staff) (err error) {
	switch f.Kind.path {
	case "priorities":
		y := &f.Priority
		y.Name, y.Tone, y.Default = web.Str(r, "name"), web.Str(r, "tone"), web.Str(r, "default") != "" || y.Default
		f.Start, f.Due = web.Str(r, "start_min"), web.Str(r, "due_min")
		var bad fault.Problems
		y.StartMin, y.DueMin = whole(&bad, "start_min", f.Start), whole(&bad, "due_min", f.Due)
		if err := bad.Err(); err != nil {
			return err
		}
		_, err = s.SaveJobPriority(r.Context(), *y)
	case "statuses":
		x := &f.Sub
		x.Name, x.Shared, x.Who = web.Str(r, "name"), web.Str(r, "shared") != "", web.Str(r, "who")
		if f.ID == 0 {
			x.Shape, x.Under, _ = strings.Cut(web.Str(r, "under"), ":")
		}
		_, err = s.SaveJobSub(r.Context(), *x)
	default:
		x := &f.Field
		x.Label, x.Shared = web.Str(r, "label"), web.Str(r, "shared") != ""
		if f.ID == 0 {
			x.Kind, x.Shape = web.Str(r, "kind"), web.Str(r, "shape")
		}
		_, err = s.SaveJobField(r.Context(), *x)
	}
	return err
}

// whole is a number of minutes as somebody typed it.
func whole(bad *fault.Problems, name, typed string) int64 {
	if typed == "" {
		return 0
	}
	n, err := strconv.ParseInt(typed, 10, 32)
	if err != nil {
		bad.Add(name, "Give a whole number of minutes, or nothing.")
	}
	return n
}

func (a *Admin) removeJobSetting(k jobSettingKind) staffHandler {
	return func(w http.ResponseWriter, r *http.Request, s store.Staff) error {
		n, err := web.ID[store.JobFieldID](r, k.place)
		if err != nil {
			return err
		}
		switch k.path {
		case "priorities":
			err = s.RemoveJobPriority(r.Context(), store.PriorityID(n))
		case "statuses":
			err = s.RemoveJobSub(r.Context(), store.JobStatusID(n))
		default:
			err = s.RemoveJobField(r.Context(), n)
		}
		if err != nil {
			return err
		}
		return a.site.Done(w, r, base(r)+"/jobs/settings", "Removed.")
	}
}
