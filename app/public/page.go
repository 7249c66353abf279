package public

import (
	"encoding/json"
	"net/http"
	"strings"

	g "maragu.dev/gomponents"

	"gatehouse/app/progress"
	"gatehouse/app/proof"
	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

func trackPage(v *ui.View, t store.Tracked, at string) g.Node {
	j := t.Job
	track := j.Track(t.Today)
	pairs := []ui.Pair{{Label: v.T("Status"), Value: ui.Badge(progress.TrackTone(track), progress.TrackName(v, track, j.Kind))}}
	add := func(label, value string) {
		if value != "" {
			pairs = append(pairs, ui.Pair{Label: label, Value: ui.Lines(value)})
		}
	}
	add(v.T("Date and time"), progress.When(v, j))
	add(v.T("Address"), j.Address)
	add(v.T("Driver"), t.Driver)
	if t.Proof.ID != 0 {
		add(v.T("Received by"), t.Proof.Receiver)
	}
	body := []g.Node{ui.Card("", ui.DL(pairs...)), ui.Card(v.T("What happened"), ui.Timeline(timeline(v, t)))}
	if len(t.Items) > 0 {
		body = append(body, ui.CardWith(ui.CardSpec{Title: v.T("Items"), Flush: true}, proof.Items(v, t.Items)))
	}
	if len(t.Proof.Files) > 0 {
		body = append(body, ui.Card(v.T("Proof"), proof.Pictures(v, t.Proof, at+"/files")))
	}
	if j.Lat.OK && j.Lon.OK {
		body = append(body, ui.CardWith(ui.CardSpec{Title: v.T("Map"), Flush: true}, ui.Map(v, "map", at+"/marks.json", ui.MapOpts{Lat: j.Lat.V, Lon: j.Lon.V, Zoom: 9})))
	}
	return ui.Public(v, progress.KindName(v, j.Kind)+" "+store.JobNumber(j.Number), ui.Stack(body...))
}

// timeline is where the job has been, in the words its owner reads.
func timeline(v *ui.View, t store.Tracked) (out []ui.TimelineItem) {
	last := ""
	for _, e := range t.Timeline {
		says := ""
		switch e.Kind {
		case "started":
			says = v.T("On the way")
		case "arrived":
			says = v.T("Arrived")
		default:
			says = progress.TrackName(v, store.Track(t.Job.Kind, e.Status, false, t.Job.Day, t.Today), t.Job.Kind)
		}
		if says != last {
			out = append(out, ui.TimelineItem{Title: says, When: v.DateTime(e.At), At: e.At})
		}
		last = says
	}
	return out
}

// trackMarks is the place of the job, for the page's map.
func (p *Public) trackMarks(w http.ResponseWriter, r *http.Request) error {
	t, err := p.tracked(r)
	if err != nil {
		return err
	}
	type point struct {
		Lat   float64 `json:"lat"`
		Lon   float64 `json:"lon"`
		N     int     `json:"n"`
		Label string  `json:"label"`
		Kind  string  `json:"kind"`
	}
	out := struct {
		Points []point     `json:"points"`
		Bounds *[4]float64 `json:"bounds"`
	}{Points: []point{}}
	if j := t.Job; j.Lat.OK && j.Lon.OK {
		out.Points = append(out.Points, point{j.Lat.V, j.Lon.V, 1, store.JobNumber(j.Number), progress.TrackTone(j.Track(t.Today))})
		out.Bounds = &[4]float64{j.Lat.V - 0.1, j.Lon.V - 0.1, j.Lat.V + 0.1, j.Lon.V + 0.1}
	}
	b, err := json.Marshal(out)
	if err != nil {
		return err
	}
	return web.Send(w, r, http.StatusOK, "application/json", b)
}

// noticeWords are what kinds of letters are called.
var noticeWords = map[string]string{store.NoticeScheduled: "Scheduled", store.NoticeOnTheWay: "On the way", store.NoticeDone: "Done, with proof", store.NoticeFailed: "Failed",
	store.NoticeProblem: "Problem received", store.NoticeStatus: "Status changed", store.NoticeComment: "New comment", store.NoticeDigest: "Daily summary"}

func quitPage(v *ui.View, q store.Quit, at string) g.Node {
	kind := v.T(noticeWords[q.Event])
	if q.Done {
		return ui.Plain(v, v.T("Mail switched off"), ui.Notice("ok", v.T("%s no longer gets mail of the kind “%s” from %s.", hide(q.Email), kind, q.ProviderName)),
			ui.Muted(v.T("Other kinds of mail are not touched. Whoever has an account can choose all of it under “My profile”.")))
	}
	return ui.Plain(v, v.T("Switch this mail off?"), ui.PageLead(v.T("%s will no longer get mail of the kind “%s” from %s.", hide(q.Email), kind, q.ProviderName)),
		ui.Form(at, ui.FormActions(ui.Primary(v.T("Switch off")))))
}

// hide shows enough of an address for its owner: links are passed on.
func hide(email string) string {
	name, host, _ := strings.Cut(email, "@")
	if len(name) > 2 {
		name = name[:2]
	}
	return strings.ToValidUTF8(name, "") + "…@" + host
}
