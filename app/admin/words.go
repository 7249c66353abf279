package admin

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// words turns audit lines into sentences: verbs, field labels, and values as
// the reader knows them.
type words struct {
	view  *ui.View
	named map[string]string // "type_id 3" → "Dealer"
}

// fact is one line below a sentence: a field with its old and new value, or a
// remark.
type fact struct {
	Label, Old, New string
	Changed         bool
}

// title is what was done, to what where that is not the customer itself, and
// what was noted about it.
func (t words) title(l store.AuditLine) string {
	says := t.view.T(l.Verb.Says())
	if l.Label != "" && l.Verb.Object() != "customer" {
		says += ": " + l.Label
	}
	var notes []string
	for _, f := range t.facts(l) {
		if !f.Changed {
			notes = append(notes, f.Label+": "+f.New)
		}
	}
	if len(notes) == 0 {
		return says
	}
	return says + " (" + strings.Join(notes, "; ") + ")"
}

// changes are what a line says about columns.
func (t words) changes(l store.AuditLine) []fact {
	return slices.DeleteFunc(t.facts(l), func(f fact) bool { return !f.Changed })
}

var sources = map[string]string{"api": "API", "import": "Import", "system": "Automatic", "operator": "Operator", "web": "Web"}

func (t words) who(l store.AuditLine) string {
	if s := sources[l.Source]; s != "" && l.Source != "web" {
		return l.Actor + " (" + t.view.T(s) + ")"
	}
	if side := t.side(l); side != "" {
		return l.Actor + " (" + side + ")"
	}
	return l.Actor
}

// side says on which side the actor was, where it was not the provider's.
func (t words) side(l store.AuditLine) string {
	if says := sides[l.As()]; says != "" {
		return t.view.T(says)
	}
	return ""
}

// sides says who did something where it was not the provider.
var sides = map[string]string{store.AsClient: "at the customer", store.AsManager: "portal admin of the customer"}

// hidden are columns and notes that mean nothing to a reader.
var hidden = map[string]bool{"as": true, "user": true, "membership": true, "planned": true, "key": true, "sha256": true, "first_admin": true, "must_change": true, "deleted_at": true, "since": true, "until": true, "find": true, "hash": true}

func (t words) facts(l store.AuditLine) (out []fact) {
	f := l.Facts()
	for _, column := range slices.Sorted(maps.Keys(f.Changes)) {
		if hidden[column] {
			continue
		}
		c := f.Changes[column]
		out = append(out, fact{Label: fieldLabel(t.view, column), Old: t.value(column, c[0]), New: t.value(column, c[1]), Changed: true})
	}
	for _, name := range slices.Sorted(maps.Keys(f.Notes)) {
		if hidden[name] || pointless(name, f.Notes[name]) {
			continue
		}
		out = append(out, fact{Label: fieldLabel(t.view, name), New: t.value(name, f.Notes[name])})
	}
	return out
}

// pointless reports a note that adds nothing: ids of what the line is about
// anyway, a count of one, and what there is none of.
func pointless(name string, v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case float64:
		return v == 1 && name == "count" || v == 0
	case []any:
		if len(v) == 0 {
			return true
		}
		_, ids := v[0].(float64)
		return ids
	}
	return false
}

// fieldLabels are columns, settings and notes in the words of the forms.
var fieldLabels = map[string]string{
	"name": "Name", "external_id": "Your number", "type_id": "Type", "email": "E-mail", "phone": "Phone", "street": "Street", "postal_code": "Postal code", "city": "City", "country": "Country",
	"title": "Title", "code": "Code", "customer_id": "Customer", "portal_state": "Portal", "asset_count": "Assets", "slug": "Address", "theme_id": "Theme", "state": "State", "role": "Role",
	"setup_done": "Setup done", "branding_done": "Branding done", "delegated": "Portal admin manages colleagues", "all_groups": "All groups", "groups": "Groups", "from": "From", "to": "Until", "for": "For", "count": "Assets", "planned_from": "Planned from", "shared": "Shared", "withdrawn": "Withdrawn", "terms": "Terms version", "by": "By", "kind": "Kind", "import": "Import", "in": "In the group", "assets": "Assets", "people": "People",
	"sees": "Sees records of", "roles": "Roles", "portal": "Portal", "ended": "Sessions ended", "username": "User name", "date_format": "Date format", "date_sep": "Separator", "clock24": "24-hour clock", "time_zone": "Time zone", "language": "Language", "minor": "Minor edit", "version": "Version",
	"features": "Shared", "lost": "No longer in the plan", "added": "Added", "portals": "Portals", "staff": "People", "others": "Sessions", "password": "Password", "secret": "Secret",
	"subject": "Subject", "description": "Description", "instructions": "Instructions", "address": "Address", "lat": "Latitude", "lon": "Longitude", "contact_name": "Contact", "contact_phone": "Phone", "contact_email": "E-mail",
	"day": "Date", "window_from": "From", "window_to": "To", "zone": "Time zone", "starts_at": "Begins", "ends_at": "Ends", "priority_id": "Priority", "start_by": "Start by", "due_by": "Due by", "assignee_id": "Assigned to",
	"vehicle_id": "Vehicle", "group_id": "Group", "site_id": "Site", "sub_id": "Secondary status", "reason": "Reason", "by_group": "Customer comes from the group", "started_at": "On the way", "arrived_at": "Arrived", "done_at": "Done", "file": "File",
	store.OwnJobGroups: "Group field", store.OwnReportStatus: "Reported problems become",
	"serial": "Serial number", "pin": "PIN or VIN", "make": "Make", "model": "Model", "type": "Type", "year": "Year", "status": "Status", "label": "Name",
	store.OwnUserNames: "User names", store.OwnFactor: "Second factor", store.OwnPasswordMin: "Shortest password",
	store.OwnHelpTitle: "Help: title", store.OwnHelpText: "Help: text", store.OwnHelpHref: "Help: address", store.OwnCommunityTitle: "Community: title", store.OwnCommunityText: "Community: text",
	store.OwnCommunityHref: "Community: address", store.OwnSupportName: "Support: name", store.OwnSupportEmail: "Support: e-mail", store.OwnSupportPhone: "Support: phone", store.OwnSupportHref: "Support: address",
}

// fieldLabel is a column in the words of the forms; one nobody thought of
// reads as itself, without underscores.
func fieldLabel(v *ui.View, column string) string {
	if l := fieldLabels[column]; l != "" {
		return v.T(l)
	}
	plain := strings.ReplaceAll(strings.TrimPrefix(column, "public."), "_", " ")
	if plain == "" {
		return ""
	}
	return strings.ToUpper(plain[:1]) + plain[1:]
}

// yesNo are columns that hold 0 or 1.
var yesNo = map[string]bool{"setup_done": true, "branding_done": true, "delegated": true, "all_groups": true, "clock24": true, "minor": true, "shared": true, "enabled": true, "owner": true, "by_group": true}

// value is what a column held, as the reader knows it.
func (t words) value(column string, v any) string {
	switch v := v.(type) {
	case nil:
		return t.view.T("nothing")
	case bool:
		return t.yes(v)
	case string:
		return t.text(column, v)
	case float64:
		return t.number(column, v)
	case []any:
		parts := make([]string, 0, len(v))
		for _, x := range v {
			parts = append(parts, t.value(column, x))
		}
		if len(parts) == 0 {
			return t.view.T("nothing")
		}
		return strings.Join(parts, ", ")
	}
	b, _ := json.Marshal(v) // it came from JSON
	return string(b)
}

func (t words) yes(on bool) string {
	if on {
		return t.view.T("yes")
	}
	return t.view.T("no")
}

func (t words) text(column, v string) string {
	if v == "" {
		return t.view.T("nothing")
	}
	if s, ok := portalStates[v]; ok && (column == "portal_state" || column == "state") {
		return t.view.T(s[1])
	}
	if column == "sees" {
		return seesText(t.view, v)
	}
	for _, f := range store.Features {
		if string(f.Feature) == v {
			return t.view.T(f.Label)
		}
	}
	return v
}

func (t words) number(column string, v float64) string {
	n := int64(v)
	if name := t.named[column+" "+strconv.FormatInt(n, 10)]; name != "" {
		return name
	}
	switch {
	case yesNo[column]:
		return t.yes(n != 0)
	case column == "from" || column == "planned_from":
		return t.view.Date(time.Unix(n, 0).UTC())
	case column == "to": // the end of the last day is the beginning of the next
		return t.view.Date(time.Unix(n-1, 0).UTC())
	case strings.HasSuffix(column, "_at"):
		return t.view.DateTime(time.Unix(n, 0).UTC())
	case strings.HasSuffix(column, "_id"):
		return "#" + strconv.FormatInt(n, 10)
	case column == "year":
		return strconv.FormatInt(n, 10)
	}
	if v == float64(n) {
		return t.view.N(n)
	}
	return t.view.F(v, 2)
}
