package admin

import (
	"strconv"
	"unicode"
	"unicode/utf8"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

type setupForm struct {
	Customer  store.Customer
	Portal    store.Portal
	Edit      store.PortalEdit
	Version   int64
	Ticked    map[store.Feature]bool
	Plan      map[store.Feature]bool
	Contact   contact
	Templates []store.PortalTemplate
	Template  string // the name typed for a new one
	Saved     string // the name of the one just saved
	Problem   error
}

// within are the ticked features that the plan has, of apps that are ticked.
func (f setupForm) within() map[store.Feature]bool {
	out := map[store.Feature]bool{}
	for _, i := range store.Features {
		if f.Ticked[i.Feature] && f.Ticked[i.App] && f.Plan[i.Feature] && f.Plan[i.App] {
			out[i.Feature] = true
		}
	}
	return out
}

func setupPage(v *ui.View, s store.Staff, f setupForm) g.Node {
	at := v.Base + "/customers/" + id(f.Customer.ID) + "/portal/setup"
	bad := named(f.Problem)
	slug := ui.Field{Name: "slug", Label: v.T("Address"), Value: f.Edit.Slug, Required: true, Max: 40, Error: bad["slug"], Hint: v.T("The portal opens at …/portal/%s. It can change until the first link is handed out.", f.Edit.Slug)}
	if f.Portal.State != store.PortalDraft {
		slug.Disabled, slug.Hint = true, v.T("Links to this address were handed out, so it stays.")
	}
	var apps g.Group
	for _, i := range store.Features {
		if i.Kind == "app" {
			apps = append(apps, appBoxes(v, f, i, bad))
		}
	}
	return portalFrame(v, s, f.Customer, portalSteps(v, s, f.Customer, f.Portal, "setup"), problemFields(v, f.Problem, bad),
		ui.Grid(ui.Col(8, ui.Card(v.T("Portal Setup"),
			ui.Form(at, g.Attr("hx-get", at), g.Attr("hx-trigger", "change"), g.Attr("hx-select", "#sees"), g.Attr("hx-target", "#sees"), g.Attr("hx-swap", "outerHTML"),
				ui.HiddenFields("version", strconv.FormatInt(f.Version, 10)),
				ui.Two(ui.Input(ui.Field{Name: "name", Label: v.T("Name of the portal"), Value: f.Edit.Name, Required: true, Max: 200, Error: bad["name"], Hint: v.T("Stands at the top of every page.")}), ui.Input(slug)),
				presets(v, f, at), planNotice(v, f), apps,
				ui.FormActions(ui.Primary(v.T("Save Portal Setup")), ui.LinkButton(v.Base+"/customers/"+id(f.Customer.ID), v.T("Later"), "")),
				templateBox(v, f, at, bad)))),
			ui.Col(4, ui.Stack(seesCard(v, f.within(), seesChange(v, f)), preflight(v, f.Customer), templatesCard(v, f, at)))))
}

func presets(v *ui.View, f setupForm, at string) g.Node {
	links := []g.Node{ui.LinkButton(at+"?preset="+store.PresetMinimal, v.T("Minimal preset"), ""), ui.LinkButton(at+"?preset="+store.PresetStandard, v.T("Standard preset"), "")}
	for _, t := range f.Templates {
		links = append(links, ui.LinkButton(at+"?template="+id(t.ID), t.Name, "layers-subtract"))
	}
	return ui.Notice("info", v.T("Start small: share the list first, and more when they ask for it."), ui.Actions(links...))
}

// templateBox keeps the boxes above for the next portal (row 22).
func templateBox(v *ui.View, f setupForm, at string, bad map[string]string) g.Node {
	if f.Saved != "" {
		return ui.Notice("ok", v.T("The template “%s” is saved. The portal itself is not saved yet.", f.Saved))
	}
	field := ui.Input(ui.Field{Name: "template_name", Label: v.T("Name of the template"), Value: f.Template, Max: 100, Error: bad["template"], Autocomplete: "off"})
	body := g.Group{field, ui.Actions(ui.Button(v.T("Save template"), g.Attr("formaction", at+"/template")))}
	if bad["template"] != "" {
		return body
	}
	return ui.Details(v.T("Save this selection as a template"), body)
}

// templatesCard lists the templates where they can be forgotten.
func templatesCard(v *ui.View, f setupForm, at string) g.Node {
	if len(f.Templates) == 0 {
		return nil
	}
	return ui.Card(v.T("Templates"), h.Ul(h.Class("plain-list"), g.Map(f.Templates, func(t store.PortalTemplate) g.Node {
		return h.Li(ui.TextLink(at+"?template="+id(t.ID), t.Name), g.Text(" "), ui.PostButton(at+"/template/"+id(t.ID)+"/remove", v.T("Remove"), "trash"))
	})))
}

// planNotice says whom to ask about what cannot be ticked (rows 2, 21).
func planNotice(v *ui.View, f setupForm) g.Node {
	for _, i := range store.Features {
		if f.Plan[i.Feature] {
			continue
		}
		switch {
		case f.Contact.Href != "":
			return ui.Notice("warn", v.T("What is greyed out is not in your plan."), h.P(ui.TextLink(f.Contact.Href, v.T("Ask %s for it", f.Contact.Name))))
		case f.Contact.Name != "":
			return ui.Notice("warn", v.T("What is greyed out is not in your plan. Ask %s for it.", f.Contact.Name))
		}
		return ui.Notice("warn", v.T("What is greyed out is not in your plan. Ask whoever runs this appliance for it."))
	}
	return nil
}

// appBoxes are one app with its views and capabilities: three levels (row 20).
func appBoxes(v *ui.View, f setupForm, app store.FeatureInfo, bad map[string]string) g.Node {
	group := func(kind, label string) g.Node {
		var boxes g.Group
		wrong := ""
		for _, i := range store.Features {
			if i.App == app.Feature && i.Kind == kind {
				boxes = append(boxes, featureBox(v, f, i))
				if says := bad["feature-"+string(i.Feature)]; says != "" {
					wrong = i.Label + ": " + says
				}
			}
		}
		if len(boxes) == 0 {
			return nil
		}
		return ui.Checks(ui.Field{Name: kind + "-" + string(app.Feature), Label: label, Error: wrong}, boxes)
	}
	return h.Div(h.Class("app-boxes"),
		ui.Checks(ui.Field{Name: "app-" + string(app.Feature), Label: v.T("App"), Error: bad["feature-"+string(app.Feature)] + bad["features"]}, featureBox(v, f, app)),
		group("view", v.T("Views")), group("capability", v.T("Capabilities")))
}

func featureBox(v *ui.View, f setupForm, i store.FeatureInfo) g.Node {
	hint := upperFirst(v.T(i.Sees)) + "."
	if !f.Plan[i.Feature] {
		hint = v.T("Not in your plan.")
		if f.Portal.Ticked[i.Feature] {
			hint = v.T("Not in your plan any more. It comes back as soon as the plan has it again.")
		}
	}
	return ui.Checkbox("feature", string(i.Feature), v.T(i.Label), hint, f.Ticked[i.Feature], !f.Plan[i.Feature])
}

func upperFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// problemFields is problemNotice for fields that were renamed.
func problemFields(v *ui.View, err error, bad map[string]string) g.Node {
	if err != nil && len(bad) > 0 {
		return ui.ErrorSummary(v, bad, "name", "slug")
	}
	return problemNotice(v, err)
}

type brandingForm struct {
	Customer store.Customer
	Portal   store.Portal
	Themes   []store.Theme
	Theme    store.ThemeID
	Problem  error
}

func brandingPage(v *ui.View, s store.Staff, f brandingForm) g.Node {
	picks := make([]ui.Pick, 0, len(f.Themes))
	for _, t := range f.Themes {
		p := ui.Pick{Value: id(t.ID), Label: t.Name, Picture: ui.ThemePicture(t.Primary, t.Menu, t.Notify)}
		if t.Default {
			p.Hint = v.T("Default")
		}
		picks = append(picks, p)
	}
	bad := named(f.Problem)
	return portalFrame(v, s, f.Customer, portalSteps(v, s, f.Customer, f.Portal, "branding"), problemNotice(v, f.Problem),
		ui.Card(v.T("Branding"),
			h.P(g.Text(v.T("Pick the look in which %s meets the portal: its pages, its sign-in, its letters.", f.Customer.Name))),
			ui.Form(v.Base+"/customers/"+id(f.Customer.ID)+"/portal/branding",
				ui.Picks(ui.Field{Name: "theme", Label: v.T("Theme"), Value: id(f.Theme), Error: bad["theme"]}, picks),
				h.P(ui.Muted(v.T("Themes are prepared in advance, not here. If none of these fits, ask your administrator to add one; your choices are kept."))),
				ui.FormActions(ui.Primary(v.T("Save Branding"))))))
}
