package web

import (
	"net/http"

	g "maragu.dev/gomponents"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// noticeWords are what people can be told of by mail, and when that is.
var noticeWords = map[string][2]string{
	store.NoticeScheduled: {"Scheduled", "A date was set, or another one."},
	store.NoticeOnTheWay:  {"On the way", "Somebody has set out."},
	store.NoticeDone:      {"Done, with proof", "Delivered, collected or completed, with who received it."},
	store.NoticeFailed:    {"Failed", "It could not be done, and why."},
	store.NoticeProblem:   {"Problem received", "A problem was reported over the portal."},
	store.NoticeStatus:    {"Status changed", "Any other step, such as on hold."},
	store.NoticeComment:   {"New comment", "Somebody wrote about a job."},
}

// NoticeName is what an event is called.
func NoticeName(v *ui.View, event string) string { return v.T(noticeWords[event][0]) }

// NoticeFields ask, event by event, how somebody is told. The first answer is
// what counts without a choice.
func NoticeFields(v *ui.View, all []store.NoticeChoice, bad map[string]string) g.Node {
	mode := map[string]string{store.NoticeOff: v.T("No mail"), store.NoticeNow: v.T("At once"), store.NoticeDaily: v.T("Once a day, in a summary")}
	return g.Map(all, func(c store.NoticeChoice) g.Node {
		options := []ui.Option{{Value: "", Label: v.T("As usual (%s)", mode[c.Usual])}, {Value: store.NoticeNow, Label: mode[store.NoticeNow]}, {Value: store.NoticeDaily, Label: mode[store.NoticeDaily]}, {Value: store.NoticeOff, Label: mode[store.NoticeOff]}}
		return ui.Select(ui.Field{Name: c.Event, Label: NoticeName(v, c.Event), Value: c.Chosen, Hint: v.T(noticeWords[c.Event][1]), Error: bad[c.Event]}, options)
	})
}

// DecodeNotices reads what NoticeFields asked.
func DecodeNotices(r *http.Request) store.Notices {
	n := store.Notices{}
	for _, e := range store.NoticeEvents {
		if r.PostForm.Has(e) {
			n[e] = Str(r, e)
		}
	}
	return n
}

// Chosen shows choices as they were typed, where they were refused.
func Chosen(all []store.NoticeChoice, typed store.Notices) []store.NoticeChoice {
	for i, c := range all {
		if m, ok := typed[c.Event]; ok {
			all[i].Chosen = m
		}
	}
	return all
}

// MyNoticesPage is where somebody chooses what mail to get.
func MyNoticesPage(v *ui.View, all []store.NoticeChoice, head g.Node, problem map[string]string) g.Node {
	return ui.Page(v, v.T("Mail notices"), head,
		ui.Card(v.T("What to tell you by mail"), ui.PageLead(v.T("You are only told about what you may see. The summary comes once a day, in the morning. Mail about your account, such as a new password, always comes at once.")),
			ui.Form(v.Base+"/profile/notices", NoticeFields(v, all, problem), ui.FormActions(ui.Primary(v.T("Save")), ui.LinkButton(v.Base+"/profile", v.T("Cancel"), "")))))
}
