package operator

import (
	"net/url"
	"time"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func providersPage(v *ui.View, all []store.Usage, search string, q url.Values, hl store.Health, now time.Time) g.Node {
	return ui.Page(v, v.T("Providers"),
		ui.PageHead(v, v.T("Providers"), nil, ui.PrimaryLink(base+"/providers/new", v.T("New provider"), "plus")),
		g.If(search == "", overview(v, all, hl, now)),
		ui.List("providers",
			ui.Filters(v, ui.FilterSpec{Action: base, Query: q, Placeholder: v.T("Find by name or address")}),
			ui.Table(v, providersTable(v, search, now), all),
			ui.Pager(v, len(all), "", "", "")))
}

func overview(v *ui.View, all []store.Usage, hl store.Health, now time.Time) g.Node {
	var portals, clients, assets int64
	for _, u := range all {
		portals, clients, assets = portals+u.PortalCount, clients+u.ClientCount, assets+u.AssetCount
	}
	mail := v.T("nothing waits")
	if !hl.Oldest.IsZero() {
		mail = v.T("oldest: %s", v.Ago(hl.Oldest, now))
	}
	return ui.Stats(
		ui.Stat(v.T("Providers"), v.N(int64(len(all))), ""),
		ui.Stat(v.T("Portals"), v.N(portals), v.Plural(clients, "%s person in them", "%s people in them")),
		ui.Stat(v.T("Assets"), v.N(assets), ""),
		ui.StatLink(base+"/mail", v.T("Mail waiting"), v.N(hl.Waiting+hl.Deferred), mail))
}

func stateBadge(v *ui.View, u store.Provider) g.Node {
	if u.State == "suspended" {
		return ui.Badge("warn", v.T("Suspended"))
	}
	return ui.Badge("ok", v.T("Active"))
}

func providersTable(v *ui.View, search string, now time.Time) ui.TableSpec[store.Usage] {
	number := func(label string, of func(store.Usage) int64) ui.Column[store.Usage] {
		return ui.Column[store.Usage]{Label: label, Align: "end", Bytes: func(b []byte, u store.Usage) []byte { return v.AppendN(b, of(u)) }}
	}
	empty := ui.Empty("building", v.T("No providers yet"), v.T("A provider is a company whose customers get portals."), ui.PrimaryLink(base+"/providers/new", v.T("New provider"), "plus"))
	if search != "" {
		empty = ui.Empty("search", v.T("No provider matches"), v.T("Try fewer letters."), ui.LinkButton(base, v.T("Show all"), ""))
	}
	return ui.TableSpec[store.Usage]{ID: "providers-table", Caption: v.T("Providers"), Empty: empty,
		RowClass: func(u store.Usage) string {
			if u.State == "suspended" {
				return "off"
			}
			return ""
		},
		Columns: []ui.Column[store.Usage]{
			{Label: v.T("Provider"), Bytes: func(b []byte, u store.Usage) []byte {
				return ui.AppendTwo(b, base+"/providers/"+u.Slug, u.Name, "/admin/"+u.Slug)
			}},
			{Label: v.T("State"), Cell: func(u store.Usage) g.Node { return stateBadge(v, u.Provider) }},
			number(v.T("Portals"), func(u store.Usage) int64 { return u.PortalCount }),
			number(v.T("Portal users"), func(u store.Usage) int64 { return u.ClientCount }),
			number(v.T("Staff"), func(u store.Usage) int64 { return u.StaffCount }),
			number(v.T("Assets"), func(u store.Usage) int64 { return u.AssetCount }),
			{Label: v.T("Files"), Align: "end", Bytes: func(b []byte, u store.Usage) []byte { return append(b, size(v, u.StorageBytes)...) }},
			number(v.T("Mails today"), func(u store.Usage) int64 { return u.MailsToday }),
			{Label: v.T("Last sign-in"), Quiet: true, Bytes: func(b []byte, u store.Usage) []byte { return v.AppendAgo(b, u.LastLogin, now) }},
		}}
}

// size is a number of bytes as people read it.
func size(v *ui.View, n int64) string {
	switch {
	case n >= 1e9:
		return v.F(float64(n)/1e9, 1) + " GB"
	case n >= 1e6:
		return v.F(float64(n)/1e6, 1) + " MB"
	case n > 0:
		return v.F(float64(n)/1e3, 0) + " kB"
	}
	return "0"
}

func newProviderPage(v *ui.View, f providerForm) g.Node {
	bad := fault.Fields(f.Problem)
	return ui.Page(v, v.T("New provider"),
		ui.PageHead(v, v.T("New provider"), []ui.Link{{Label: v.T("Providers"), Href: base}}),
		ui.Card("", ui.ErrorSummary(v, bad, "name", "slug", "starter", "admin_name", "admin_email"),
			ui.Form(base+"/providers/new",
				ui.Two(ui.Input(ui.Field{Name: "name", Label: v.T("Company name"), Value: f.Name, Required: true, Max: 200, Error: bad["name"], Autocomplete: "off", Autofocus: len(bad) == 0}),
					ui.Input(ui.Field{Name: "slug", Label: v.T("Short name in addresses"), Value: f.Slug, Max: 40, Error: bad["slug"], Placeholder: "nordlift", Autocomplete: "off",
						Hint: v.T("Its own interface is at /admin/… under this name. Left empty, it is made from the company name. It cannot be changed later.")})),
				ui.Select(ui.Field{Name: "starter", Label: v.T("Kind of business"), Value: f.Starter, Error: bad["starter"], Hint: v.T("Decides what it starts with: words, customer types, themes, terms.")}, starterOptions(v)),
				ui.Fieldset(v.T("Its first admin"), v.T("Gets an activation letter. The link is shown here as well, for copying."), adminFields(v, f, bad)),
				ui.FormActions(ui.Primary(v.T("Create provider")), ui.LinkButton(base, v.T("Cancel"), "")))))
}

func adminFields(v *ui.View, f providerForm, bad map[string]string) g.Node {
	return ui.Two(ui.Input(ui.Field{Name: "admin_name", Label: v.T("Name"), Value: f.AdminName, Required: true, Max: 200, Error: bad["admin_name"], Autocomplete: "off"}),
		ui.Input(ui.Field{Name: "admin_email", Label: v.T("E-mail"), Type: "email", Value: f.AdminEmail, Required: true, Max: 254, Error: bad["admin_email"], Autocomplete: "off"}))
}

func providerPage(v *ui.View, p providerView, now time.Time) g.Node {
	u := p.Usage
	home := p.Base + "/admin/" + u.Slug
	return ui.Page(v, u.Name,
		ui.PageHead(v, u.Name, []ui.Link{{Label: v.T("Providers"), Href: base}}, stateAction(v, u)),
		g.If(u.State == "suspended", ui.Notice("warn", v.T("Suspended: neither its people nor their customers can sign in. Nothing is deleted."))),
		g.If(p.Says != "", ui.Notice("ok", p.Says)),
		g.Iff(p.Link != "", func() g.Node { return linkCard(v, p) }),
		ui.Stats(ui.Stat(v.T("Portals"), ofLimit(v, u.PortalCount, u.Limits.Portals), ""), ui.Stat(v.T("Staff"), ofLimit(v, u.StaffCount, u.Limits.Staff), v.Plural(u.ClientCount, "%s portal user", "%s portal users")),
			ui.Stat(v.T("Assets"), v.N(u.AssetCount), v.T("%s in files", size(v, u.StorageBytes))), ui.Stat(v.T("Mails today"), ofLimit(v, u.MailsToday, u.MailsDay), v.T("%s waiting, %s failed", v.N(u.MailsWaiting), v.N(u.MailsFailed)))),
		ui.Grid(ui.Col(8, planCard(v, p), adminsCard(v, p, now)),
			ui.Col(4, ui.Card(v.T("About"), ui.DL(ui.Pair{Label: v.T("State"), Value: stateBadge(v, u.Provider)}, ui.Pair{Label: v.T("Address"), Value: ui.TextLink(home, "/admin/"+u.Slug)}, ui.Row(v.T("Kind of business"), v.T(starterNames[u.Starter])),
				ui.Row(v.T("Created"), v.Date(u.CreatedAt)), ui.Pair{Label: v.T("Last sign-in"), Value: v.Moment(u.LastLogin, now)})), limitsCard(v, p))),
		ui.Confirm(v, "suspend", v.T("Suspend %s?", u.Name), v.T(suspendText), base+"/providers/"+u.Slug+"/state", v.T("Suspend"), "state", "suspended"))
}

const suspendText = "Its people and their customers are out from their next click on. Nothing is deleted, and you can resume at any time."

func suspendPage(v *ui.View, u store.Usage) g.Node {
	back := base + "/providers/" + u.Slug
	return ui.Page(v, v.T("Suspend %s?", u.Name), ui.PageHead(v, v.T("Suspend %s?", u.Name), []ui.Link{{Label: v.T("Providers"), Href: base}, {Label: u.Name, Href: back}}),
		ui.ConfirmPage(v, "", v.T(suspendText), back+"/state", v.T("Suspend"), back, "state", "suspended"))
}

func stateAction(v *ui.View, u store.Usage) g.Node {
	if u.State == "suspended" {
		return ui.PostPrimary(base+"/providers/"+u.Slug+"/state", v.T("Resume"), "player-play", "state", "active")
	}
	return ui.DialogLink(base+"/providers/"+u.Slug+"/suspend", v.T("Suspend"), "ban", "suspend")
}

func ofLimit(v *ui.View, n, most int64) string {
	if most == 0 {
		return v.N(n)
	}
	return v.T("%s of %s", v.N(n), v.N(most))
}

// linkCard shows a one-time link that was just made.
func linkCard(v *ui.View, p providerView) g.Node {
	note := v.T("The letter is on its way. Here is its link too; it works once, for 7 days.")
	if p.MailOff {
		note = v.T("Mail is off, so hand this link to %s yourself. It works once, for 7 days.", p.LinkFor)
	}
	return ui.CardWith(ui.CardSpec{Title: v.T("Activation link for %s", p.LinkFor), Note: note}, ui.CopyField("activation", v.T("Link"), p.Link))
}

func planCard(v *ui.View, p providerView) g.Node {
	var apps g.Group
	for _, app := range store.Features {
		if app.App != app.Feature {
			continue
		}
		var parts g.Group
		for _, i := range store.Features {
			if i.App == app.Feature && i.Feature != app.Feature {
				parts = append(parts, featureBox(v, i, p))
			}
		}
		apps = append(apps, featureBox(v, app, p), h.Div(h.Class("plan"), parts))
	}
	return ui.CardWith(ui.CardSpec{Title: v.T("Plan"), ID: "plan", Note: v.T("What it may share with its customers at most. What is taken away vanishes from its portals at once, and its admins are told; given back, it returns as it was chosen.")},
		ui.Form(base+"/providers/"+p.Usage.Slug+"/plan", ui.Checks(ui.Field{Name: "features", Label: v.T("May be shared")}, h.Div(h.Class("plan"), apps)), ui.FormActions(ui.Primary(v.T("Save plan")))))
}

func featureBox(v *ui.View, i store.FeatureInfo, p providerView) g.Node {
	return ui.Checkbox("feature", string(i.Feature), v.T(i.Label), v.T(i.Sees), p.Plan[i.Feature], false)
}

func limitsCard(v *ui.View, p providerView) g.Node {
	l, bad := p.Usage.Limits, fault.Fields(p.Problem)
	stored := map[string]int64{"portals": l.Portals, "staff": l.Staff, "mails_day": l.MailsDay, "storage_mb": l.StorageMB}
	labels := map[string]string{"portals": "Portals", "staff": "Staff", "mails_day": "Mails a day", "storage_mb": "Files, MB"}
	var fields g.Group
	for _, name := range limitNames {
		value := itoa(stored[name])
		if p.Limits != nil {
			value = p.Limits[name]
		}
		fields = append(fields, ui.Input(ui.Field{Name: name, Label: v.T(labels[name]), Value: value, Inputmode: "numeric", Error: bad[name]}))
	}
	return ui.CardWith(ui.CardSpec{Title: v.T("Limits"), ID: "limits", Note: v.T("0 is unlimited.")}, ui.ErrorSummary(v, bad, limitNames...),
		ui.Form(base+"/providers/"+p.Usage.Slug+"/limits", fields, ui.FormActions(ui.Button(v.T("Save limits")))))
}

func adminsCard(v *ui.View, p providerView, now time.Time) g.Node {
	bad := fault.Fields(p.Admin.Problem)
	post := base + "/providers/" + p.Usage.Slug
	return g.Group{ui.CardWith(ui.CardSpec{Title: v.T("Its admins"), Flush: true}, ui.Table(v, ui.TableSpec[store.Admin]{ID: "admins", Caption: v.T("Admins of %s", p.Usage.Name),
		Empty: ui.Empty("users", v.T("No admins"), v.T("Nobody can administer this provider. Add somebody below.")),
		RowActions: func(a store.Admin) g.Node {
			if a.State == "active" {
				return ui.LinkButton(post+"/admins/"+itoa(int64(a.ID)), v.T("E-mail and second factor"), "user-cog")
			}
			if a.State != "pending" {
				return nil
			}
			return ui.PostButton(post+"/activation", v.T("New activation letter"), "send", "user", itoa(int64(a.ID)))
		},
		Columns: []ui.Column[store.Admin]{
			{Label: v.T("Admin"), Bytes: func(b []byte, a store.Admin) []byte { return ui.AppendTwo(b, "", ownerName(v, a), a.Email) }},
			{Label: v.T("State"), Cell: func(a store.Admin) g.Node { return adminState(v, a) }},
			{Label: v.T("Last sign-in"), Quiet: true, Bytes: func(b []byte, a store.Admin) []byte { return v.AppendAgo(b, a.LastLogin, now) }},
		}}, p.Admins)),
		ui.Card(v.T("Add an admin"), h.P(ui.Muted(v.T("For when nobody there can get in any more. It stands in the provider's own audit log."))), ui.ErrorSummary(v, bad, "admin_name", "admin_email"),
			ui.Form(post+"/admins", adminFields(v, p.Admin, bad), ui.FormActions(ui.Button(v.T("Add admin")))))}
}

// ownerName marks the owner, whose address the operator alone can change.
func ownerName(v *ui.View, a store.Admin) string {
	if a.Owner {
		return v.T("%s (owner)", a.Name)
	}
	return a.Name
}

// adminState says whether somebody has come, and if not what became of the
// letter.
func adminState(v *ui.View, a store.Admin) g.Node {
	switch {
	case a.State == "active":
		return ui.Badge("ok", v.T("Active"))
	case a.State == "disabled":
		return ui.Badge("idle", v.T("Disabled"))
	case a.Letter == "sent":
		return ui.Badge("info", v.T("Letter sent"))
	case a.Letter == "failed" || a.Letter == "deferred":
		return g.Group{ui.Badge("crit", v.T("Letter not delivered")), h.Small(g.Text(a.Reply))}
	case a.Letter == "held":
		return ui.Badge("warn", v.T("Letter held: mail is off"))
	}
	return ui.Badge("info", v.T("Letter waiting"))
}
