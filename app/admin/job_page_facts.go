package admin

import (
	"time"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/progress"
	"gatehouse/app/web/ui"
	"gatehouse/app/work"
	"gatehouse/store"
)

func (p jobPage) about(v *ui.View) g.Node {
	j := p.Job
	rows := []ui.Pair{}
	add := func(label, value string) {
		if value != "" {
			rows = append(rows, ui.Row(label, value))
		}
	}
	if j.Customer != 0 {
		name := j.CustomerName
		if name == "" {
			rows = append(rows, ui.Row(v.T("Customer"), v.T("Another customer")))
		} else {
			rows = append(rows, ui.Pair{Label: v.T("Customer"), Value: ui.TextLink(v.Base+"/customers/"+id(j.Customer)+"/jobs", name)})
		}
	}
	add(v.T("Group"), j.GroupName)
	add(externalLabel(v, j.Kind), j.ExternalID)
	add(v.T("Date"), work.When(v, j))
	add(v.T("Time zone of the place"), p.foreignZone(v))
	add(v.T("Start by"), stamp(v, j.StartBy))
	add(v.T("Due by"), stamp(v, j.DueBy))
	if len(p.Assets) > 0 {
		var links g.Group
		for _, a := range p.Assets {
			links = append(links, h.Div(ui.TextLink(v.Base+"/assets/"+id(a.ID), a.Name)))
		}
		rows = append(rows, ui.Pair{Label: v.T("Assets"), Value: links})
	}
	for _, x := range p.Values {
		add(x.Label, fieldText(v, x))
	}
	if j.Source == "portal" {
		add(v.T("Reported by"), j.ReporterName)
	}
	add(v.T("Received"), stamp(v, j.ReceivedAt))
	add(v.T("On the way"), stamp(v, j.StartedAt))
	add(v.T("Arrived"), stamp(v, j.ArrivedAt))
	add(v.T("Done"), stamp(v, j.DoneAt))
	add(v.T("Reason"), j.Reason)
	return ui.Card(v.T("Job"), long(v.T("Description"), j.Description), long(v.T("Instructions, not for the customer"), j.Instructions), ui.DL(rows...))
}

func (p jobPage) foreignZone(v *ui.View) string {
	if p.Job.Day == "" || p.Job.Zone == p.Staff.Home().Zone {
		return ""
	}
	return p.Job.Zone
}

func stamp(v *ui.View, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return v.DateTime(t)
}

func fieldText(v *ui.View, x store.JobFieldValue) string {
	switch {
	case x.Kind == "date":
		return progress.Day(v, x.Value)
	case x.Kind == "yesno" && x.Value == "yes":
		return v.T("Yes")
	case x.Kind == "yesno" && x.Value == "no":
		return v.T("No")
	}
	return x.Value
}

// long is a text of several lines below its name.
func long(label, text string) g.Node {
	if text == "" {
		return nil
	}
	return h.Div(h.Class("longtext"), h.H3(g.Text(label)), h.P(h.Class("lines"), g.Text(text)))
}

func (p jobPage) place(v *ui.View) g.Node {
	j := p.Job
	rows := []ui.Pair{}
	if j.SiteName != "" {
		rows = append(rows, ui.Pair{Label: v.T("Site"), Value: ui.TextLink(v.Base+"/sites/"+id(j.Site), j.SiteName)})
	}
	if j.Address != "" {
		rows = append(rows, ui.Row(v.T("Address"), j.Address))
	}
	if j.ContactName != "" {
		rows = append(rows, ui.Row(v.T("Contact"), j.ContactName))
	}
	if j.ContactPhone != "" {
		rows = append(rows, addressPair(v.T("Phone"), "tel:", j.ContactPhone))
	}
	if j.ContactEmail != "" {
		rows = append(rows, addressPair(v.T("E-mail"), "mailto:", j.ContactEmail))
	}
	if len(rows) == 0 {
		return nil
	}
	return ui.Card(v.T("Place"), ui.DL(rows...))
}

// externalLabel is what the number is called under which others know a job.
func externalLabel(v *ui.View, kind string) string {
	if kind == store.JobWork {
		return v.T("Order number")
	}
	return v.T("D.O. number")
}
