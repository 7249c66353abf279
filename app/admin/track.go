package admin

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/gorilla/mux"
	g "maragu.dev/gomponents"

	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// trackRoutes make and end public links to the progress of one job.
func (a *Admin) trackRoutes(r *mux.Router) {
	r.Handle("/jobs/{job}/links", a.staff(a.showLinks)).Methods("GET", "HEAD").Name("admin.job.links")
	r.Handle("/jobs/{job}/links", a.staff(a.addLink)).Methods("POST").Name("admin.job.links.add")
	r.Handle("/jobs/{job}/links/{link}/revoke", a.staff(a.revokeLink)).Methods("POST").Name("admin.job.link.revoke")
	r.Handle("/settings/tracking", a.staff(a.showTracking)).Methods("GET", "HEAD").Name("admin.tracking")
	r.Handle("/settings/tracking", a.staff(a.saveTracking)).Methods("POST").Name("admin.tracking.save")
}

func (a *Admin) theJob(r *http.Request, s store.Staff) (store.Job, error) {
	id, err := web.ID[store.JobID](r, "job")
	if err != nil {
		return store.Job{}, err
	}
	return s.Job(r.Context(), id)
}

func (a *Admin) showLinks(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	j, err := a.theJob(r, s)
	if err != nil {
		return err
	}
	return a.links(w, r, s, j, "")
}

// links lists a job's links; made is one that was just made, shown this once.
func (a *Admin) links(w http.ResponseWriter, r *http.Request, s store.Staff, j store.Job, made string) error {
	all, err := s.TrackingLinks(r.Context(), j.ID)
	if err != nil {
		return err
	}
	t, err := s.TrackPolicy(r.Context())
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, linksPage(a.view(w, r, s), s, j, t, all, made))
}

func (a *Admin) addLink(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	j, err := a.theJob(r, s)
	if err != nil {
		return err
	}
	l, err := a.desk.TrackJob(r.Context(), s, j.ID)
	if err != nil {
		return err
	}
	return a.links(w, r, s, j, l.URL)
}

func (a *Admin) revokeLink(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	j, err := a.theJob(r, s)
	if err != nil {
		return err
	}
	link, err := web.ID[store.TrackingID](r, "link")
	if err != nil {
		return err
	}
	all, err := s.TrackingLinks(r.Context(), j.ID)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(all, func(l store.TrackingLink) bool { return l.ID == link }) {
		return fault.New(fault.NotFound, "There is no such link to this job.")
	}
	if err := s.RevokeTrackingLink(r.Context(), link); err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/jobs/"+id(j.ID)+"/links", "The link no longer works.")
}

// trackWords are what a tracking link can show.
var trackWords = map[string][2]string{
	store.TrackWindow:    {"Date and time window", ""},
	store.TrackAddress:   {"Address", "Whoever gets the link passed on reads it as well."},
	store.TrackItems:     {"Items", "With what was rejected of them."},
	store.TrackReceiver:  {"Who received it", ""},
	store.TrackPhotos:    {"Photos", "Those that are shared with the customer."},
	store.TrackSignature: {"Signature", ""},
	store.TrackPlace:     {"Place on a map", "Where the job is done; never where the vehicle is."},
	store.TrackDriver:    {"First name of whoever does it", ""},
}

func linksPage(v *ui.View, s store.Staff, j store.Job, t store.TrackPolicy, all []store.TrackingLink, made string) g.Node {
	title, at := v.T("Tracking links"), v.Base+"/jobs/"+id(j.ID)
	var fresh, make g.Node
	if made != "" {
		fresh = ui.Notice("ok", v.T("This is the link. It is shown this once: copy it now."), ui.CopyField("link", v.T("Tracking link"), made))
	}
	if s.May(store.TrackingAdd) {
		make = ui.PostPrimary(at+"/links", v.T("Make a link"), "link")
	}
	return ui.Page(v, title+" · "+store.JobNumber(j.Number), ui.PageHead(v, title, []ui.Link{{Label: v.T("Jobs"), Href: v.Base + "/jobs"}, {Label: store.JobNumber(j.Number), Href: at}}, make), fresh,
		ui.PageLead(v.T("Whoever has such a link sees the progress of this job without an account, for %s days. It ends by itself when the job goes to another customer or group, or the customer's portal is closed.", strconv.Itoa(t.Days))),
		ui.CardWith(ui.CardSpec{Title: title, Flush: true}, ui.Table(v, linkTable(v, s, at), all)))
}

func linkTable(v *ui.View, s store.Staff, at string) ui.TableSpec[store.TrackingLink] {
	now := s.Now()
	spec := ui.TableSpec[store.TrackingLink]{ID: "link-table", Caption: v.T("Tracking links"), Columns: []ui.Column[store.TrackingLink]{
		{Label: v.T("Link"), Bytes: func(b []byte, l store.TrackingLink) []byte { return ui.AppendTwo(b, "", "…"+l.Hint, l.Author) }},
		{Label: v.T("State"), Cell: func(l store.TrackingLink) g.Node {
			switch {
			case !l.RevokedAt.IsZero():
				return ui.Badge("idle", v.T("Ended"))
			case !l.Works(now):
				return ui.Badge("idle", v.T("Expired"))
			}
			return ui.Badge("ok", v.T("Works"))
		}},
		{Label: v.T("Made"), Bytes: func(b []byte, l store.TrackingLink) []byte { return ui.AppendText(b, v.DateTime(l.CreatedAt)) }},
		{Label: v.T("Until"), Bytes: func(b []byte, l store.TrackingLink) []byte { return ui.AppendText(b, v.DateTime(l.ExpiresAt)) }},
		{Label: v.T("Last used"), Bytes: func(b []byte, l store.TrackingLink) []byte { return ui.AppendText(b, v.Ago(l.UsedAt, now)) }},
	}, Empty: ui.Empty("link", v.T("No links yet"), v.T("Make one to let somebody follow this job without an account."))}
	if s.May(store.TrackingRevoke) {
		spec.RowActions = func(l store.TrackingLink) g.Node {
			if !l.Works(now) {
				return nil
			}
			return ui.PostButton(at+"/links/"+id(l.ID)+"/revoke", v.T("End it"), "link-off")
		}
	}
	return spec
}

func (a *Admin) showTracking(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.JobSettings); err != nil {
		return err
	}
	t, err := s.TrackPolicy(r.Context())
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, trackingPage(a.view(w, r, s), s, t, strconv.Itoa(t.Days), nil))
}

func (a *Admin) saveTracking(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	days := web.Str(r, "days")
	t := store.TrackPolicy{Fields: r.PostForm["fields"]}
	t.Days, _ = strconv.Atoi(days)
	err := s.SetTrackPolicy(r.Context(), t)
	if isForm(err) {
		return web.Page(w, r, http.StatusUnprocessableEntity, trackingPage(a.view(w, r, s), s, t, days, err))
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/settings/tracking", "Saved.")
}

func trackingPage(v *ui.View, s store.Staff, t store.TrackPolicy, days string, problem error) g.Node {
	bad := fault.Fields(problem)
	boxes := make([]g.Node, len(store.TrackFields))
	for i, f := range store.TrackFields {
		hint := ""
		if trackWords[f][1] != "" {
			hint = v.T(trackWords[f][1])
		}
		boxes[i] = ui.Checkbox("fields", f, v.T(trackWords[f][0]), hint, t.Shows(f), false)
	}
	return settingsFrame(v, s, "/tracking", v.T("Tracking links"), nil, problem, ui.Card(v.T("Tracking links"), ui.Form(v.Base+"/settings/tracking",
		ui.Checks(ui.Field{Name: "fields", Label: v.T("What a link shows"), Error: bad["fields"], Hint: v.T("Besides number, status and when each step was. It counts at once, also for links that were given out.")}, boxes...),
		ui.Two(ui.Input(ui.Field{Name: "days", Label: v.T("How long a new link works"), Value: days, Type: "number", Min: "1", Top: "365", Suffix: v.T("days"), Error: bad["days"]})),
		ui.FormActions(ui.Primary(v.T("Save"))))))
}
