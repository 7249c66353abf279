package portal

import (
	"net/http"

	"github.com/gorilla/mux"
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// feedbackRoutes are for telling the provider about its portal (row 63).
func (p *Portal) feedbackRoutes(r *mux.Router) {
	r.Handle("/feedback", p.client(p.showFeedback)).Methods("GET", "HEAD").Name("portal.feedback")
	r.Handle("/feedback", p.client(p.sendFeedback)).Methods("POST").Name("portal.feedback.send")
}

type feedbackForm struct {
	Page, Text string
	Problem    error
}

func (p *Portal) showFeedback(w http.ResponseWriter, r *http.Request, c store.Client) error {
	return web.Page(w, r, http.StatusOK, feedbackPage(p.view(w, r, c), c, feedbackForm{Page: r.URL.Query().Get("page")}))
}

func (p *Portal) sendFeedback(w http.ResponseWriter, r *http.Request, c store.Client) error {
	if err := web.Form(r); err != nil {
		return err
	}
	f := feedbackForm{Page: web.Str(r, "page"), Text: r.PostForm.Get("text")}
	err := p.desk.SendFeedback(r.Context(), c, f.Page, f.Text, p.site.Origin(r))
	if k := fault.Of(err); k == fault.Invalid || k == fault.Limited {
		f.Problem = err
		return web.Page(w, r, web.Status(w, err), feedbackPage(p.view(w, r, c), c, f))
	}
	if err != nil {
		return err
	}
	return p.site.Done(w, r, base(r), "Thank you. Your feedback is with "+c.Window().ProviderName+".")
}

func feedbackPage(v *ui.View, c store.Client, f feedbackForm) g.Node {
	title, bad := v.T("Feedback"), fault.Fields(f.Problem)
	return ui.Page(v, title, ui.PageHead(v, title, nil), ui.PageLead(v.T("What is good about this portal, and what do you miss? %s reads it, with your name.", c.Window().ProviderName)),
		g.If(f.Problem != nil && len(bad) == 0, ui.Notice("error", fault.Says(f.Problem))),
		ui.Card("", ui.Form(v.Base+"/feedback", ui.HiddenFields("page", f.Page),
			ui.Textarea(ui.Field{Name: "text", Label: v.T("Your feedback"), Value: f.Text, Required: true, Error: bad["text"]}, 6),
			g.If(f.Page != "", h.P(ui.Muted(v.T("About the page %s", f.Page)))),
			ui.FormActions(ui.Primary(v.T("Send"), ui.Icon("send")), ui.LinkButton(v.Base, v.T("Cancel"), "")))))
}
