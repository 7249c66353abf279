package admin

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

// helpRoutes are short pages that ship with the program (row 25).
func (a *Admin) helpRoutes(r *mux.Router) {
	r.Handle("/help", a.staff(a.listHelp)).Methods("GET", "HEAD").Name("admin.help")
	r.Handle("/help/{topic:[a-z-]+}", a.staff(a.helpOn)).Methods("GET", "HEAD").Name("admin.help.topic")
}

// helpTopic is a page of help: what a step does, what the customer will see,
// and what can be taken back.
type helpTopic struct {
	key, title, link string
	does, sees, undo []string
}

var helpTopics = []helpTopic{
	{key: "portal-setup", title: "Portal Setup", link: "How Portal Setup works",
		does: []string{"You name the portal, choose its address, and tick what it shares: apps, the views within them, and what people may do there.",
			"A preset or a template ticks boxes for you. Nothing counts until you press Save Portal Setup.",
			"What is greyed out is not in your plan. If the plan loses something, it vanishes from every portal and comes back with the plan; your ticks are kept."},
		sees: []string{"Only what is ticked, and of that only what belongs to this customer: assets for the time they are assigned, deliveries and jobs that are theirs.",
			"The box “Your customer sees” says it in a sentence for each tick, and what a change adds or takes away.",
			"With a single app there is no menu: they land on its page."},
		undo: []string{"Every tick, at any time. What you take away is gone at their next click, for searches, exports and files as well.",
			"The name can change at any time. The address can change until the first link is handed out; after that it stays, so that links keep working."}},
	{key: "branding", title: "Branding", link: "Learn how to set up your branding here",
		does: []string{"You pick one of your themes for this portal. A theme is a set of colours; it is used for the portal's pages, its sign-in and its letters.",
			"Themes are looked after under Administration, Branding & Theming. They are not made in this step."},
		sees: []string{"Your colours and the name of the portal from the first page on: the invitation, the sign-in, every page, every letter.",
			"Light and dark follow each person's own device or choice."},
		undo: []string{"Pick another theme at any time. Portals wear it from the next page on; letters that are in the outbox already keep their look."}},
	{key: "portal-access", title: "Portal Access", link: "How Portal Access works",
		does: []string{"You create an invitation: a link that lets one person in, once, for 7 days. Copy it, let somebody scan it, or have it mailed.",
			"You may say for whom it is, and with which roles and groups they begin. With an address, the link works for that person only.",
			"Here you also see who is a member, who accepted which terms and when, and what became of each letter."},
		sees: []string{"A page with the portal's name, who shares it and who invited. They enter a name, choose a password, accept the terms, and are in.",
			"The first person who registers becomes portal admin. If you allow it, portal admins invite colleagues themselves, never with more than they have.",
			"Programs that only look at the link, such as mail scanners, do not use it up."},
		undo: []string{"Revoke an invitation until it is accepted: its link stops working at once. Resend makes a new link and voids the one before.",
			"Disable portal access signs everybody out at once and voids every open link. Data, people and settings stay, and you can enable it again; links that were voided stay void.",
			"A single person can be disabled or removed under Clients."}},
}

func topicOf(key string) (helpTopic, bool) {
	for _, t := range helpTopics {
		if t.key == key {
			return t, true
		}
	}
	return helpTopic{}, false
}

func (a *Admin) listHelp(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	v := a.view(w, r, s)
	return web.Page(w, r, http.StatusOK, ui.Page(v, v.T("Help"), ui.PageHead(v, v.T("Help"), nil), ui.PageLead(v.T("How a customer gets a portal, step by step.")),
		ui.Card("", h.Ul(h.Class("plain-list"), g.Map(helpTopics, func(t helpTopic) g.Node {
			return h.Li(ui.TextLink(v.Base+"/help/"+t.key, v.T(t.title)))
		})))))
}

func (a *Admin) helpOn(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	t, ok := topicOf(mux.Vars(r)["topic"])
	if !ok {
		return fault.New(fault.NotFound, "There is no help page of this name.")
	}
	return web.Page(w, r, http.StatusOK, topicPage(a.view(w, r, s), t))
}

func topicPage(v *ui.View, t helpTopic) g.Node {
	part := func(title string, all []string) g.Node {
		return ui.Card(title, g.Map(all, func(says string) g.Node { return h.P(g.Text(v.T(says))) }))
	}
	return ui.Page(v, v.T(t.title), ui.PageHead(v, v.T(t.title), []ui.Link{{Label: v.T("Help"), Href: v.Base + "/help"}}),
		part(v.T("What this step does"), t.does), part(v.T("What your customer will see"), t.sees), part(v.T("What you can take back"), t.undo))
}

// helpLink leads from a step to its help.
func helpLink(v *ui.View, step string) g.Node {
	t, ok := topicOf(map[string]string{"setup": "portal-setup", "branding": "branding", "access": "portal-access"}[step])
	if !ok {
		return nil
	}
	return h.P(h.Class("help-link"), ui.Icon("help-circle"), g.Text(" "), ui.TextLink(v.Base+"/help/"+t.key, v.T(t.link)))
}
