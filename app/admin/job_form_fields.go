package admin

import (
	g "maragu.dev/gomponents"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// fields are the provider's own.
func (f jobForm) fields(v *ui.View, bad map[string]string) g.Node {
	if len(f.Values) == 0 {
		return nil
	}
	out := make([]g.Node, 0, len(f.Values))
	for _, x := range f.Values {
		one := ui.Field{Name: "field_" + id(x.ID), Label: x.Label, Value: x.Value, Error: bad["field_"+id(x.ID)]}
		switch x.Kind {
		case "yesno":
			out = append(out, ui.Select(one, []ui.Option{{Label: "–"}, {Value: "yes", Label: v.T("Yes")}, {Value: "no", Label: v.T("No")}}))
			continue
		case "date":
			one.Type = "date"
		case "number":
			one.Inputmode = "decimal"
		}
		out = append(out, ui.Input(one))
	}
	return ui.Fieldset(v.T("More"), "", ui.Two(out...))
}

func deleteJobPage(v *ui.View, j store.Job) g.Node {
	at, title := v.Base+"/jobs/"+id(j.ID), v.T("Delete %s?", store.JobNumber(j.Number))
	return ui.Page(v, title, ui.PageHead(v, title, append(jobCrumbs(v), ui.Link{Label: store.JobNumber(j.Number), Href: at})),
		ui.ConfirmPage(v, v.T("This cannot be undone"), v.T("Its timeline, comments, files and proofs are deleted with it, and its customer no longer sees it. To keep them, cancel the job instead."), at+"/delete", v.T("Delete"), at))
}
