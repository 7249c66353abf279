package admin

import (
	"net/http"
	"strconv"

	g "maragu.dev/gomponents"

	"gatehouse/app/desk"
	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// showUntagged previews whose jobs without a customer would be by their codes.
func (a *Admin) showUntagged(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.ImportApply); err != nil {
		return err
	}
	fields, err := s.JobFields(r.Context())
	if err != nil {
		return err
	}
	p := untaggedPage{By: r.URL.Query().Get("by"), Fields: fields}
	if p.By != "" {
		if p.Codes, err = a.desk.UntaggedJobs(r.Context(), s, p.By); err != nil && fault.Of(err) != fault.Invalid {
			return err
		}
	}
	return web.Page(w, r, http.StatusOK, p.page(a.view(w, r, s)))
}

func (a *Admin) tagUntagged(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	if err := s.Can(store.ImportApply); err != nil {
		return err
	}
	at := base(r) + "/imports/untagged"
	n, err := a.desk.TagUntagged(r.Context(), s, web.Str(r, "by"))
	if says := fault.Says(err); err != nil && isForm(err) && says != "" {
		return a.site.Warn(w, r, at, says)
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, at, strconv.Itoa(n)+" jobs have a customer or a group now.")
}

type untaggedPage struct {
	By     string
	Fields []store.JobField
	Codes  []desk.Untagged
}

func (p untaggedPage) page(v *ui.View) g.Node {
	title := v.T("Jobs without a customer")
	options := []ui.Option{{Label: v.T("Choose a field")}, {Value: "contact", Label: v.T("Deliver to / collect from")}}
	for _, f := range p.Fields {
		options = append(options, ui.Option{Value: "field." + id(f.ID), Label: f.Label})
	}
	return ui.Page(v, title, ui.PageHead(v, title, []ui.Link{{Label: v.T("Imports"), Href: v.Base + "/imports"}}),
		ui.Card(v.T("Where does the customer code stand?"), ui.PageLead(v.T("Jobs that are in no group and of no customer are given to whom their code means. First you see what would happen.")),
			ui.GetForm(v.Base+"/imports/untagged", ui.Select(ui.Field{Name: "by", Label: v.T("Field"), Value: p.By}, options), ui.FormActions(ui.Button(v.T("Show"))))),
		p.preview(v))
}

func (p untaggedPage) preview(v *ui.View) g.Node {
	if p.By == "" {
		return nil
	}
	var known int64
	for _, c := range p.Codes {
		if c.Known {
			known += c.Jobs
		}
	}
	var do g.Node
	if known > 0 {
		do = ui.Form(v.Base+"/imports/untagged", ui.HiddenFields("by", p.By), ui.FormActions(ui.Primary(v.Plural(known, "Assign %s job", "Assign %s jobs"))))
	}
	return g.Group{ui.CardWith(ui.CardSpec{Title: v.T("What would happen"), Flush: true}, ui.Table(v, ui.TableSpec[desk.Untagged]{ID: "untagged", Caption: v.T("What would happen"), Columns: []ui.Column[desk.Untagged]{
		{Label: v.T("Code"), Bytes: func(b []byte, c desk.Untagged) []byte { return ui.AppendTwo(b, "", c.Code, "") }},
		{Label: v.T("Jobs"), Align: "end", Bytes: func(b []byte, c desk.Untagged) []byte { return v.AppendN(b, c.Jobs) }},
		{Label: v.T("Customer"), Bytes: func(b []byte, c desk.Untagged) []byte { return ui.AppendText(b, c.Tag.CustomerName) }},
		{Label: v.T("Group"), Bytes: func(b []byte, c desk.Untagged) []byte { return ui.AppendText(b, c.Tag.GroupName) }},
		{Label: v.T("Outcome"), Bytes: func(b []byte, c desk.Untagged) []byte {
			if c.Known {
				return ui.AppendBadge(b, "ok", v.T("Assigned"))
			}
			return ui.AppendBadge(b, "warn", v.T("Stays as it is"))
		}},
	}, Empty: ui.Empty("tags", v.T("Nothing to assign"), v.T("No job without a customer says anything in this field."))}, p.Codes)), do}
}
