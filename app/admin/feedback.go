package admin

import (
	"net/http"
	"net/url"

	"github.com/gorilla/mux"
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

func (a *Admin) feedbackRoutes(r *mux.Router) {
	r.Handle("/feedback", a.staff(a.listFeedback)).Methods("GET", "HEAD").Name("admin.feedback")
}

type feedbackList struct {
	Query url.Values
	Of    store.Customer // the customer that is filtered by
	Page  store.Page[store.Feedback]
}

// listFeedback is what people said about their portals, newest first.
func (a *Admin) listFeedback(w http.ResponseWriter, r *http.Request, s store.Staff) (err error) {
	q := r.URL.Query()
	l := feedbackList{Query: q}
	f := store.FeedbackFilter{Search: q.Get("q"), Customer: web.QueryInt[store.CustomerID](r, "customer"), After: q.Get("after")}
	if l.Page, err = s.Feedback(r.Context(), f); err != nil {
		return err
	}
	if f.Customer != 0 {
		if l.Of, err = s.Customer(r.Context(), f.Customer); err != nil {
			return err
		}
	}
	return web.Page(w, r, http.StatusOK, feedbackPage(a.view(w, r, s), l))
}

func feedbackPage(v *ui.View, l feedbackList) g.Node {
	path, title := v.Base+"/feedback", v.T("Feedback")
	first, next := ui.Around(path, l.Query, l.Page.Next)
	f := ui.FilterSpec{Action: path, Query: l.Query, Placeholder: v.T("What was said, or by whom"), Keep: []string{"customer"}}
	if l.Of.ID != 0 {
		f.Chips = []ui.Chip{{Label: v.T("Customer") + ": " + l.Of.Name, Remove: ui.HrefWith(path, l.Query, "customer", "")}}
	}
	return ui.Page(v, title, ui.PageHead(v, title, []ui.Link{{Label: v.T("Clients"), Href: v.Base + "/clients"}}),
		ui.PageLead(v.T("What people in your portals say about them. Every admin is told by mail.")),
		ui.List("feedback", ui.Filters(v, f), feedbackTable(v, path, l), ui.Pager(v, len(l.Page.Rows), total(v, l.Page.Total, l.Page.More), first, next)))
}

func feedbackTable(v *ui.View, path string, l feedbackList) g.Node {
	empty := ui.Empty("message", v.T("No feedback yet"), v.T("Every page of a portal has a button Feedback. What people write there shows up here."))
	if l.Query.Get("q")+l.Query.Get("customer") != "" {
		empty = ui.Empty("search", v.T("Nothing matches"), v.T("No feedback fits this search."), ui.LinkButton(path, v.T("Show all feedback"), ""))
	}
	return ui.Table(v, ui.TableSpec[store.Feedback]{ID: "feedback-table", Caption: v.T("Feedback"), Empty: empty, Columns: []ui.Column[store.Feedback]{
		{Label: v.T("Who"), Bytes: func(b []byte, f store.Feedback) []byte {
			return ui.AppendTwo(b, v.Base+"/clients/"+id(f.User), f.Name, f.Email)
		}},
		{Label: v.T("Customer"), Bytes: func(b []byte, f store.Feedback) []byte {
			return ui.AppendLink(b, v.Base+"/customers/"+id(f.Customer), f.CustomerName)
		}},
		{Label: v.T("Feedback"), Wide: true, Cell: func(f store.Feedback) g.Node { return h.Span(h.Class("lines"), g.Text(f.Text)) }},
		{Label: v.T("Page"), Quiet: true, Bytes: func(b []byte, f store.Feedback) []byte { return ui.AppendText(b, f.Page) }},
		{Label: v.T("Time"), Quiet: true, Bytes: func(b []byte, f store.Feedback) []byte { return v.AppendDateTime(b, f.At) }},
	}}, l.Page.Rows)
}
