package admin

import (
	"net/url"
	"strconv"

	g "maragu.dev/gomponents"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

type importView struct {
	Staff       store.Staff
	Import      store.Import
	Query       url.Values
	Verdict     string
	After       int64
	Rows        []store.ImportRow
	Done, Total int64
	Summary     []store.ImportCount
	Once        string
}

var verdictWords = map[string][2]string{
	store.VerdictAdd: {"ok", "New"}, store.VerdictChange: {"info", "Change"}, store.VerdictSame: {"neutral", "Same"},
	store.VerdictRefuse: {"crit", "Refused"}, store.VerdictKept: {"warn", "Left alone"}, store.VerdictPark: {"warn", "Parked"},
}

func importPage(v *ui.View, p importView) g.Node {
	i := p.Import
	title := i.FileName
	return ui.Page(v, title, importHead(v, p), importSteps(v, i, importAt(i.State)), importNotice(v, p), importBody(v, p))
}

// importAt is the step that a state belongs to.
func importAt(state string) string {
	switch state {
	case store.ImportUploaded:
		return "map"
	case store.ImportChecking, store.ImportFailed:
		return "check"
	case store.ImportChecked, store.ImportApplying:
		return "apply"
	}
	return "" // all of them done
}

func importHead(v *ui.View, p importView) g.Node {
	i, at := p.Import, v.Base+"/imports/"+id(p.Import.ID)
	var actions []g.Node
	if i.State == store.ImportApplied && p.Staff.May(store.ImportUndo) {
		actions = append(actions, ui.LinkButton(at+"/undo", v.T("Undo"), "arrow-back-up"))
	}
	if !i.Running() && p.Staff.May(store.ImportRemove) {
		actions = append(actions, ui.LinkButton(at+"/remove", v.T("Remove"), "trash"))
	}
	k := importKinds[i.Kind]
	return g.Group{ui.PageHead(v, i.FileName, []ui.Link{{Label: v.T(k.backLabel), Href: v.Base + k.back}, {Label: v.T("Imports"), Href: v.Base + "/imports"}}, actions...),
		ui.Actions(ui.Badge(importStates[i.State][0], v.T(importStates[i.State][1])), ui.Badge("neutral", v.T(k.label)), ui.Muted(importNumber(i)+" · "+i.By+" · "+v.DateTime(i.CreatedAt)))}
}

// importNotice says what happened and what comes next.
func importNotice(v *ui.View, p importView) g.Node {
	i := p.Import
	switch {
	case i.State == store.ImportFailed:
		return ui.Notice("crit", v.T(i.Says))
	case i.Says != "":
		return ui.Notice("warn", v.T(i.Says))
	case i.State == store.ImportApplied:
		return ui.Notice("ok", v.T("Applied on %s: %s", v.DateTime(i.AppliedAt), tallyWords(v, i.Tally)))
	case i.State == store.ImportUndone && i.Tally.Kept > 0:
		return ui.Notice("warn", v.T("Undone on %s.", v.DateTime(i.UndoneAt))+" "+v.Plural(i.Tally.Kept, "%s row was left alone, because something changed after the import. It is listed below.", "%s rows were left alone, because something changed after the import. They are listed below."))
	case i.State == store.ImportUndone:
		return ui.Notice("ok", v.T("Undone on %s. Everything is as it was before.", v.DateTime(i.UndoneAt)))
	}
	return nil
}

func tallyWords(v *ui.View, t store.Tally) string {
	out := v.Plural(t.Added, "%s added", "%s added") + ", " + v.Plural(t.Changed, "%s changed", "%s changed") + ", " + v.Plural(t.Same, "%s as they were", "%s as they were")
	if t.Parked > 0 {
		out += ", " + v.Plural(t.Parked, "%s parked", "%s parked")
	}
	if t.Refused > 0 {
		out += ", " + v.Plural(t.Refused, "%s refused", "%s refused")
	}
	return out + "."
}

func importBody(v *ui.View, p importView) g.Node {
	i, at := p.Import, v.Base+"/imports/"+id(p.Import.ID)
	switch i.State {
	case store.ImportUploaded:
		if i.Kind == store.ImportFleet {
			return ui.Card(v.T("Check it"), ui.Actions(ui.PostPrimary(at+"/check", v.T("Check"), "checklist")))
		}
		return ui.Card(v.T("Next: which column means what"), ui.Actions(ui.PrimaryLink(at+"/map", v.T("Map columns"), "columns")))
	case store.ImportChecking, store.ImportApplying, store.ImportUndoing:
		return ui.Card("", ui.Progress(v, int(p.Done), int(p.Total), v.T(importStates[i.State][1])), ui.Muted(v.T("You can leave this page; the work goes on.")))
	}
	return g.Group{importStats(v, i), importDecision(v, p), whoseCard(v, p.Summary), importRows(v, p)}
}

func importStats(v *ui.View, i store.Import) g.Node {
	at, t := v.Base+"/imports/"+id(i.ID), i.Tally
	would := i.State == store.ImportChecked
	word := func(would_, did string) string {
		if would {
			return v.T(would_)
		}
		return v.T(did)
	}
	stats := []g.Node{
		ui.StatLink(at+"?verdict=add", v.T("New"), v.N(t.Added), word("would be added", "added")),
		ui.StatLink(at+"?verdict=change", v.T("Change"), v.N(t.Changed), word("would be changed", "changed")),
		ui.StatLink(at+"?verdict=same", v.T("Same"), v.N(t.Same), v.T("nothing to do"))}
	if i.Kind == store.ImportJobs {
		stats = append(stats, ui.StatLink(at+"?verdict=park", v.T("Parked"), v.N(t.Parked), v.T("wait for a decision")))
	}
	return ui.Stats(append(stats, ui.StatLink(at+"?verdict=refuse", v.T("Refused"), v.N(t.Refused), v.T("left out, with a reason")))...)
}

// importDecision is what can be done with a checked import.
func importDecision(v *ui.View, p importView) g.Node {
	i, at := p.Import, v.Base+"/imports/"+id(p.Import.ID)
	var actions []g.Node
	if i.State == store.ImportChecked && i.Tally.Added+i.Tally.Changed > 0 && p.Staff.May(store.ImportApply) {
		actions = append(actions, ui.PostPrimary(at+"/apply", v.Plural(i.Tally.Added+i.Tally.Changed, "Apply %s row", "Apply %s rows"), "check"))
	}
	if i.State == store.ImportChecked || i.State == store.ImportFailed {
		if i.Kind != store.ImportFleet {
			actions = append(actions, ui.LinkButton(at+"/map", v.T("Change the mapping"), "columns"))
		}
		actions = append(actions, ui.PostButton(at+"/check", v.T("Check again"), "refresh"))
	}
	if i.Tally.Parked > 0 && i.State != store.ImportUndone && p.Staff.May(store.ImportMap) {
		actions = append(actions, ui.LinkButton(at+"/codes", v.T("Decide what the codes mean"), "tags"))
	}
	if i.Tally.Refused > 0 {
		actions = append(actions, ui.LinkButton(at+"/refused.csv", v.T("Refused rows as CSV"), "download"))
	}
	var says g.Node
	switch {
	case i.Tally.Parked > 0 && i.State == store.ImportChecked:
		says = ui.Notice("warn", v.Plural(i.Tally.Parked, "%s row names a customer or group that is not known here. It stays parked until you decide whose it is.", "%s rows name customers or groups that are not known here. They stay parked until you decide whose they are."))
	case i.Tally.Parked > 0 && i.State == store.ImportApplied:
		says = ui.Notice("warn", v.Plural(i.Tally.Parked, "%s row is parked. Decide what its code means, then bring it in.", "%s rows are parked. Decide what their codes mean, then bring them in."))
	case i.State == store.ImportChecked && i.Tally.Added+i.Tally.Changed == 0 && i.Tally.Refused == 0:
		says = ui.Notice("info", v.T("Everything in this file is already here. There is nothing to apply."))
	case i.State == store.ImportChecked && i.Tally.Added+i.Tally.Changed == 0:
		says = ui.Notice("warn", v.T("No row of this file can be imported. Look at the reasons below, mend the file and upload it again."))
	case i.State == store.ImportChecked && i.Tally.Refused > 0:
		says = ui.Notice("warn", v.Plural(i.Tally.Refused, "%s row is refused and would be left out. The reason stands beside it.", "%s rows are refused and would be left out. The reasons stand beside them."))
	}
	if says == nil && len(actions) == 0 {
		return nil
	}
	return g.Group{says, ui.Actions(append(actions, restForm(v, p))...)}
}

func importRows(v *ui.View, p importView) g.Node {
	i, at := p.Import, v.Base+"/imports/"+id(p.Import.ID)
	rows, next, first := p.Rows, "", ""
	if len(rows) > importPageSize {
		rows = rows[:importPageSize]
		next = ui.HrefWith(at, p.Query, "after", strconv.FormatInt(rows[len(rows)-1].Line, 10))
	}
	if p.After > 0 {
		first = ui.HrefWith(at, p.Query, "after", "")
	}
	line := v.T("Line")
	if i.Kind == store.ImportFleet {
		line = v.T("No.")
	}
	return ui.List("rows", verdictTabs(v, p), ui.Table(v, ui.TableSpec[store.ImportRow]{ID: "row-table", Caption: v.T("Rows of the file"), Path: at,
		Columns: []ui.Column[store.ImportRow]{
			{Label: v.T("Row"), Bytes: func(b []byte, r store.ImportRow) []byte {
				return ui.AppendTwo(b, importObject(v, i, r), rowLabel(v, r), "")
			}},
			{Label: line, Align: "end", Bytes: func(b []byte, r store.ImportRow) []byte { return v.AppendN(b, r.Line) }},
			{Label: v.T("Verdict"), Bytes: func(b []byte, r store.ImportRow) []byte {
				return ui.AppendBadge(b, verdictWords[r.Verdict][0], v.T(verdictWords[r.Verdict][1]))
			}},
			{Label: v.T("What"), Wide: true, Bytes: func(b []byte, r store.ImportRow) []byte { return ui.AppendText(b, r.Says) }},
		},
		Empty: ui.Empty("list", v.T("No such rows"), v.T("This file has no rows of this kind."))}, rows),
		ui.Pager(v, len(rows), verdictCount(v, i.Tally, p.Verdict), first, next))
}

func rowLabel(v *ui.View, r store.ImportRow) string {
	if r.Label == "" {
		return v.T("Line %s", v.N(r.Line))
	}
	return r.Label
}

// importObject is where the thing stands that a row is about, "" if nowhere.
func importObject(v *ui.View, i store.Import, r store.ImportRow) string {
	gone := i.State == store.ImportUndone && r.Verdict == store.VerdictAdd
	if r.Object == 0 || gone {
		return ""
	}
	if i.Kind == store.ImportJobs {
		return v.Base + "/jobs/" + strconv.FormatInt(r.Object, 10)
	}
	if i.Kind == store.ImportCustomers {
		return v.Base + "/customers/" + strconv.FormatInt(r.Object, 10)
	}
	return v.Base + "/assets/" + strconv.FormatInt(r.Object, 10)
}

func verdictTabs(v *ui.View, p importView) g.Node {
	at, t := v.Base+"/imports/"+id(p.Import.ID), p.Import.Tally
	tabs := []ui.Tab{{Label: v.T("All"), Href: at, Current: p.Verdict == "", Count: v.N(t.Total)}}
	for _, name := range importVerdicts {
		if name == store.VerdictKept && t.Kept == 0 || name == store.VerdictPark && t.Parked == 0 {
			continue
		}
		tabs = append(tabs, ui.Tab{Label: v.T(verdictWords[name][1]), Href: at + "?verdict=" + name, Current: p.Verdict == name, Count: verdictCount(v, t, name)})
	}
	return ui.Tabs(v, tabs)
}

func verdictCount(v *ui.View, t store.Tally, verdict string) string {
	return v.N(map[string]int64{"": t.Total, store.VerdictAdd: t.Added, store.VerdictChange: t.Changed, store.VerdictSame: t.Same, store.VerdictRefuse: t.Refused, store.VerdictPark: t.Parked, store.VerdictKept: t.Kept}[verdict])
}

func undoPage(v *ui.View, i store.Import) g.Node {
	at, title := v.Base+"/imports/"+id(i.ID), v.T("Undo this import?")
	return ui.Page(v, title, ui.PageHead(v, title, []ui.Link{{Label: v.T("Imports"), Href: v.Base + "/imports"}, {Label: i.FileName, Href: at}}),
		ui.ConfirmPage(v, i.FileName, v.T("What it added is removed (%s), and what it changed gets its old values back (%s). Rows that somebody changed after the import are listed and left alone.",
			v.N(i.Tally.Added), v.N(i.Tally.Changed)), at+"/undo", v.T("Undo the import"), at))
}

func removeImportPage(v *ui.View, i store.Import) g.Node {
	at, title := v.Base+"/imports/"+id(i.ID), v.T("Remove this import?")
	text := v.T("The file and the verdicts on its rows are removed.")
	if i.State == store.ImportApplied {
		text += " " + v.T("What it brought stays, and can no longer be undone.")
	}
	return ui.Page(v, title, ui.PageHead(v, title, []ui.Link{{Label: v.T("Imports"), Href: v.Base + "/imports"}, {Label: i.FileName, Href: at}}),
		ui.ConfirmPage(v, i.FileName, text, at+"/remove", v.T("Remove"), at))
}
