package operator

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

func healthPage(v *ui.View, hv healthView, now time.Time) g.Node {
	return ui.Page(v, v.T("Health"),
		ui.PageHead(v, v.T("Health"), nil),
		ui.PageLead(v.T("Figures only: nothing of what providers and their customers do is shown here.")),
		ui.Stats(
			ui.StatLink(base+"/mail", v.T("Mail waiting"), v.N(hv.Waiting+hv.Deferred), oldest(v, hv.Queue, now)),
			ui.Stat(v.T("Data file"), size(v, hv.FileBytes), v.T("%s in the log beside it", size(v, hv.WALBytes))),
			ui.Stat(v.T("Sign-ins held back"), v.N(hv.Paused), v.T("accounts or addresses, after too many attempts")),
			ui.Stat(v.T("Running for"), running(v, now.Sub(hv.Started)), v.T("since %s UTC", v.DateTime(hv.Started)))),
		ui.Grid(ui.Col(6, mailHealth(v, hv, now)), ui.Col(6, feedHealth(v, hv, now)),
			ui.Col(12, storageCard(v, hv.Providers)), ui.Col(12, versionCard(v, hv))))
}

func oldest(v *ui.View, q store.Queue, now time.Time) string {
	if q.Oldest.IsZero() {
		return v.T("nothing waits")
	}
	return v.T("oldest: %s", v.Ago(q.Oldest, now))
}

// running is how long something has been going on.
func running(v *ui.View, d time.Duration) string {
	switch {
	case d >= 48*time.Hour:
		return v.T("%d days", int(d/(24*time.Hour)))
	case d >= time.Hour:
		return v.T("%d h %d min", int(d/time.Hour), int(d%time.Hour/time.Minute))
	}
	return v.T("%d min", int(d/time.Minute))
}

func mailHealth(v *ui.View, hv healthView, now time.Time) g.Node {
	q := hv.Queue
	state := ui.Badge("ok", v.T("On"))
	switch {
	case hv.MailOff:
		state = ui.Badge("warn", v.T("Off"))
	case q.Trouble != "":
		state = ui.Badge("crit", v.T("In trouble"))
	}
	return ui.Card(v.T("Mail"), ui.DL(ui.Pair{Label: v.T("State"), Value: state}, ui.Pair{Label: v.T("Last sent"), Value: v.Moment(q.LastSent, now)},
		ui.Row(v.T("Tried again later"), v.N(q.Deferred)), ui.Row(v.T("Held"), v.N(q.Held)), ui.Row(v.T("Given up"), v.N(q.Failed))),
		g.Iff(q.Trouble != "", func() g.Node {
			return ui.Notice("warn", v.T("The mail server made trouble at stage “%s”.", q.Trouble), said(v, q.Reply))
		}))
}

func feedHealth(v *ui.View, hv healthView, now time.Time) g.Node {
	failing := ui.Badge("ok", v.T("None"))
	if hv.FeedsFailing > 0 {
		failing = ui.Badge("warn", v.N(hv.FeedsFailing))
	}
	return ui.Card(v.T("Feeds"), ui.DL(ui.Row(v.T("Pulled on a schedule"), v.N(hv.Feeds)), ui.Pair{Label: v.T("Failing"), Value: failing},
		ui.Pair{Label: v.T("Last pull"), Value: v.Moment(hv.LastPull, now)}))
}

func storageCard(v *ui.View, all []store.Usage) g.Node {
	slices.SortStableFunc(all, func(a, b store.Usage) int { return int(min(max(b.StorageBytes-a.StorageBytes, -1), 1)) })
	return ui.CardWith(ui.CardSpec{Title: v.T("Storage"), Flush: true, Note: v.T("Files that providers have uploaded; they lie in the data file.")},
		ui.Table(v, ui.TableSpec[store.Usage]{ID: "storage", Caption: v.T("Storage by provider"), Empty: ui.Empty("database", v.T("No providers yet"), ""),
			Columns: []ui.Column[store.Usage]{
				{Label: v.T("Provider"), Bytes: func(b []byte, u store.Usage) []byte {
					return ui.AppendTwo(b, base+"/providers/"+u.Slug, u.Name, "")
				}},
				{Label: v.T("Files"), Align: "end", Bytes: func(b []byte, u store.Usage) []byte { return append(b, size(v, u.StorageBytes)...) }},
				{Label: v.T("Limit"), Align: "end", Bytes: func(b []byte, u store.Usage) []byte {
					if u.StorageMB == 0 {
						return ui.AppendText(b, v.T("unlimited"))
					}
					return append(b, size(v, u.StorageMB*1e6)...)
				}},
				{Label: v.T("Assets"), Align: "end", Bytes: func(b []byte, u store.Usage) []byte { return v.AppendN(b, u.AssetCount) }},
			}}, all))
}

func versionCard(v *ui.View, hv healthView) g.Node {
	pairs := []ui.Pair{ui.Row(v.T("Address"), hv.Base), ui.Row(v.T("Schema of the data file"), itoa(hv.Schema))}
	var parts g.Group
	for i, line := range hv.Versions {
		if i < 2 {
			pairs = append(pairs, ui.Row(line[0], line[1]))
			continue
		}
		parts = append(parts, h.Li(g.Text(line[0]+" "+line[1])))
	}
	return ui.Card(v.T("Versions"), ui.DL(pairs...), g.If(len(parts) > 0, ui.Details(v.T("What it is made of"), h.Ul(parts))))
}

func auditPage(v *ui.View, deeds []store.Deed, older bool, next string) g.Node {
	prev := ""
	if older {
		prev = base + "/audit"
	}
	return ui.Page(v, v.T("Audit log"),
		ui.PageHead(v, v.T("Audit log"), nil),
		ui.PageLead(v.T("What operators did, here and at the command line. Lines cannot be changed or deleted. Times are UTC.")),
		ui.List("audit", ui.Table(v, ui.TableSpec[store.Deed]{ID: "deeds", Caption: v.T("Audit log"), Empty: ui.Empty("history", v.T("Nothing yet"), ""),
			Columns: []ui.Column[store.Deed]{
				{Label: v.T("When"), Bytes: func(b []byte, d store.Deed) []byte { return v.AppendDateTime(b, d.At) }},
				{Label: v.T("Who"), Bytes: func(b []byte, d store.Deed) []byte { return ui.AppendTwo(b, "", d.Actor, origin(d)) }},
				{Label: v.T("What"), Bytes: func(b []byte, d store.Deed) []byte { return ui.AppendText(b, deedName(v, d.Verb)) }},
				{Label: v.T("Of what"), Wide: true, Bytes: func(b []byte, d store.Deed) []byte { return ui.AppendText(b, d.Label) }},
				{Label: v.T("Details"), Wide: true, Quiet: true, Bytes: func(b []byte, d store.Deed) []byte { return ui.AppendText(b, details(d.Detail)) }},
			}}, deeds), ui.Pager(v, len(deeds), "", prev, next)))
}

func origin(d store.Deed) string {
	if d.IP == "" {
		return d.Source
	}
	return d.Source + " · " + d.IP
}

// deedNames say what a verb of the operator's log means.
var deedNames = map[string]string{
	"appliance.set_up": "Set up the appliance", "operator.add": "Added an operator", "operator.remove": "Removed an operator", "operator.password": "Set a password",
	"operator.factor_on": "Turned a second factor on", "operator.factor_off": "Turned a second factor off", "operator.factor_reset": "Took a second factor away", "operator.recovery_codes": "Made new recovery codes", "operator.recovery_code": "Used a recovery code",
	"operator.sign_in": "Signed in", "operator.login_link": "Made a one-time link", "session.end": "Ended a session", "settings.change": "Changed settings",
	"mail.test": "Sent a test mail", "provider.add": "Created a provider", "provider.admin_add": "Added an admin", "provider.activation": "Sent an activation",
	"provider.plan": "Changed the plan", "provider.limits": "Changed the limits", "provider.suspend": "Suspended a provider", "provider.resume": "Resumed a provider",
	"user.login_link": "Made a one-time link for a user",
}

func deedName(v *ui.View, verb string) string {
	if name := deedNames[verb]; name != "" {
		return v.T(name)
	}
	return verb
}

// details writes the facts of a line as words: "host: (empty) → mail.example.com".
func details(text string) string {
	var facts map[string]any
	if json.Unmarshal([]byte(text), &facts) != nil {
		return text
	}
	var out []string
	changes, _ := facts["changes"].(map[string]any)
	for name, v := range changes {
		if pair, ok := v.([]any); ok && len(pair) == 2 {
			out = append(out, fmt.Sprintf("%s: %s → %s", name, orEmpty(pair[0]), orEmpty(pair[1])))
		}
	}
	delete(facts, "changes")
	for name, v := range facts {
		out = append(out, fmt.Sprintf("%s: %s", name, orEmpty(v)))
	}
	slices.Sort(out)
	return strings.Join(out, "; ")
}

func orEmpty(v any) string {
	switch v := v.(type) {
	case nil:
		return "-"
	case string:
		if v == "" {
			return "-"
		}
		return v
	case []any:
		words := make([]string, len(v))
		for i, w := range v {
			words[i] = fmt.Sprint(w)
		}
		return strings.Join(words, ", ")
	}
	return fmt.Sprint(v)
}
