package admin

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// roleReferencePage is made from the permission matrix itself: what each role
// may do, in people's words.
func roleReferencePage(v *ui.View, s store.Staff, staff, clients []store.Role) g.Node {
	title := v.T("What each role may do")
	var cards g.Group
	for _, area := range store.Areas() {
		cards = append(cards, matrix(v, "m-"+area.Object, v.T(area.Label), staff, area.Verbs(), func(verb store.Verb) string { return v.T(verb.Does()) }, func(r store.Role, verb store.Verb) bool { return r.Grants(verb) }))
	}
	features := []store.Feature{}
	labels := map[store.Feature]string{}
	for _, i := range store.Features {
		if i.Kind != "app" {
			features = append(features, i.Feature)
			labels[i.Feature] = v.T(appLabel(i.App)) + ": " + v.T(i.Label)
		}
	}
	cards = append(cards, h.H2(g.Text(v.T("Roles of your customers' people"))), ui.Muted(v.T("Always within what the portal shares and your plan has.")),
		matrix(v, "m-clients", v.T("In a portal"), clients, features, func(f store.Feature) string { return labels[f] }, func(r store.Role, f store.Feature) bool { return r.Gives(f) }))
	return ui.Page(v, title, ui.PageHead(v, title, []ui.Link{{Label: v.T("Roles"), Href: v.Base + "/roles"}}),
		ui.PageLead(v.T("This page is made from the rules the product goes by. Somebody limited to groups does all of it within these groups, and does not manage people, import or add customers.")),
		h.H2(g.Text(v.T("Roles of your team"))), h.Div(h.Class("stack matrix"), cards))
}

func appLabel(app store.Feature) string {
	for _, i := range store.Features {
		if i.Feature == app {
			return i.Label
		}
	}
	return string(app)
}

// matrix is a table of rights by roles.
func matrix[T any](v *ui.View, tableID, title string, roles []store.Role, rows []T, says func(T) string, has func(store.Role, T) bool) g.Node {
	cols := []ui.Column[T]{{Label: title, Wide: true, Bytes: func(b []byte, row T) []byte { return ui.AppendText(b, says(row)) }}}
	for _, r := range roles {
		cols = append(cols, ui.Column[T]{Label: builtinOr(v, r), Align: "center", Bytes: func(b []byte, row T) []byte {
			if has(r, row) {
				return ui.AppendBadge(b, "ok", v.T("Yes"))
			}
			return append(b, `<span class="muted">–</span>`...)
		}})
	}
	return ui.CardWith(ui.CardSpec{Flush: true}, ui.Table(v, ui.TableSpec[T]{ID: tableID, Caption: title, Columns: cols}, rows))
}
