package progress

import (
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// News is a line of the activity feed about a job: what happened, and to which.
func News(v *ui.View, a store.Activity, provider string) ui.TimelineItem {
	n := a.Job
	it := ui.TimelineItem{When: v.DateTime(a.At), At: a.At, Who: provider, Icon: "paperclip", Kind: "neutral"}
	switch {
	case n.Comment.Body != "":
		if it.Icon, it.Body = "message", Lines(n.Comment.Body); n.Comment.ByClient {
			it.Who = n.Comment.Author
		}
		it.Title = v.T("Comment")
	case n.File.ID != 0 && n.File.Kind == "photo":
		it.Title, it.Icon = v.T("Photo added: %s", n.File.Name), "photo"
	case n.File.ID != 0:
		it.Title = v.T("Document added: %s", n.File.Name)
	default:
		it, _ = moment(v, n.Job, n.Event, provider)
	}
	of := store.JobNumber(n.Job.Number)
	if about := n.Job.Title(); about != of {
		of += " " + about
	}
	it.Title = v.T("%s: %s", of, it.Title)
	return it
}
