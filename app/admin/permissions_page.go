package admin

import (
	"slices"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// userPermissionsPage lists what one of the provider's people may do in the
// end, and where each right comes from.
func userPermissionsPage(v *ui.View, s store.Staff, u store.User, all []store.Effective) g.Node {
	path, title := v.Base+"/users", v.T("Effective permissions")
	crumbs := []ui.Link{{Label: v.T("Users"), Href: path}, {Label: u.Name, Href: path + "/" + id(u.ID)}}
	var cards g.Group
	for _, area := range store.Areas() {
		rows := slices.DeleteFunc(slices.Clone(all), func(e store.Effective) bool { return e.Verb.Object() != area.Object })
		if len(rows) == 0 {
			continue
		}
		cards = append(cards, permissionTable(v, "p-"+area.Object, v.T(area.Label), rows, func(e store.Effective) string { return v.T(e.Verb.Does()) }))
	}
	return ui.Page(v, title, ui.PageHead(v, title, crumbs, ui.LinkButton(v.Base+"/roles/reference", v.T("What each role may do"), "shield-check")),
		ui.PageLead(v.T("%s: %s. What counts is the role, with the rights that add to it, without those that take away, within the groups.", u.Name, userRoleTitle(v, u))), h.Div(h.Class("stack"), cards))
}

// permissionTable is a card of what somebody may do, by the words of says.
func permissionTable(v *ui.View, tableID, title string, rows []store.Effective, says func(store.Effective) string) g.Node {
	return ui.CardWith(ui.CardSpec{Title: title, Flush: true}, ui.Table(v, ui.TableSpec[store.Effective]{ID: tableID, Caption: title, Columns: []ui.Column[store.Effective]{
		{Label: v.T("Right"), Wide: true, Bytes: func(b []byte, e store.Effective) []byte { return ui.AppendText(b, says(e)) }},
		{Label: v.T("Effective"), Bytes: func(b []byte, e store.Effective) []byte {
			if e.Has {
				return ui.AppendBadge(b, "ok", v.T("Yes"))
			}
			return ui.AppendBadge(b, "neutral", v.T("No"))
		}},
		{Label: v.T("Comes from"), Wide: true, Bytes: func(b []byte, e store.Effective) []byte { return ui.AppendText(b, sourceText(v, e.From)) }},
		{Label: v.T("Limited by"), Wide: true, Bytes: func(b []byte, e store.Effective) []byte { return ui.AppendText(b, sourceText(v, e.Lost)) }},
	}}, rows))
}

// sourceText says where rights come from, or what takes them away.
func sourceText(v *ui.View, all []store.Source) string {
	words := make([]string, 0, len(all))
	for _, s := range all {
		switch s.Kind {
		case "role":
			words = append(words, v.T("Role %s", v.T(s.Name)))
		case "right":
			words = append(words, v.T("Right “%s”", v.T(s.Name)))
		case "everybody":
			words = append(words, v.T("Every role"))
		case "portal":
			words = append(words, v.T("Not shared by the portal"))
		case "plan":
			words = append(words, v.T("Not in your plan"))
		case "groups":
			words = append(words, v.T("Limited to groups"))
		}
	}
	return strings.Join(words, ", ")
}
