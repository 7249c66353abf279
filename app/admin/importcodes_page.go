package admin

import (
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/desk"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// whoseForm chooses whose all rows of a file are: its mapping and its dates
// are remembered for the next one of the same customer or group.
func whoseForm(v *ui.View, f uploadForm) g.Node {
	options := append([]ui.Option{{Label: v.T("As each row says")}}, f.Whose...)
	for n := range options {
		options[n].Group = v.T(options[n].Group)
	}
	return ui.Card(v.T("Whose jobs are in the file?"), ui.GetForm(v.Base+"/imports/new", ui.HiddenFields("kind", f.Kind),
		ui.Select(ui.Field{Name: "for", Label: v.T("All rows are for"), Value: f.For, Hint: v.T("For a file of one customer that does not name it. How its columns and dates are read is remembered for this customer or group.")}, options),
		ui.FormActions(ui.Button(v.T("Choose")))))
}

// codesPage asks what the codes mean that nobody here goes by.
type codesPage struct {
	Import  store.Import
	Chosen  []desk.CodeChoice
	Known   []store.JobTag // what a code means by now
	More    bool
	Problem error
}

func (p codesPage) page(v *ui.View) g.Node {
	i, at := p.Import, v.Base+"/imports/"+id(p.Import.ID)
	title := v.T("Decide what the codes mean")
	crumbs := []ui.Link{{Label: v.T("Imports"), Href: v.Base + "/imports"}, {Label: i.FileName, Href: at}}
	if len(p.Chosen) == 0 {
		return ui.Page(v, title, ui.PageHead(v, title, crumbs), ui.Empty("tags", v.T("Nothing waits for a decision"), v.T("No row of this file is parked."), ui.LinkButton(at, v.T("Back to the import"), "")))
	}
	var cards g.Group
	for n := range p.Chosen {
		cards = append(cards, p.card(v, n))
	}
	var more g.Node
	if p.More {
		more = ui.Notice("info", v.T("There are more codes. They follow when these are decided."))
	}
	return ui.Page(v, title, ui.PageHead(v, title, crumbs), problemNotice(v, p.Problem), more,
		ui.Form(at+"/codes", cards, ui.Muted(v.T("What you decide counts for this file and for all that come. Rows you leave parked are not brought in.")),
			ui.FormActions(ui.Primary(v.T("Save decisions")), p.addRest(v), ui.LinkButton(at, v.T("Back"), ""))))
}

// addRest is one button for a file whose customers and groups are all new.
func (p codesPage) addRest(v *ui.View) g.Node {
	if len(p.Chosen) < 2 {
		return nil
	}
	label := v.T("Add all others as customers")
	for _, c := range p.Chosen {
		if c.What == store.CodeGroup {
			label = v.T("Add all others as customers and groups")
		}
	}
	return ui.Button(label, h.Name("rest"), h.Value("add"))
}

func (p codesPage) card(v *ui.View, n int) g.Node {
	c, k, bad := p.Chosen[n], strconv.Itoa(n), fault.Fields(p.Problem)
	if says := knownWords(v, p.Known[n]); says != "" && c.Do == "" {
		return ui.Card(c.Code, ui.Notice("ok", says))
	}
	without, lead := v.T("Bring the rows in without a customer"), v.Plural(c.Rows, "%s row, in line", "%s rows, the first in line")+" "+v.N(c.Line)
	if c.What == store.CodeGroup {
		without = v.T("Bring the rows in without a group")
	}
	if c.Name != "" && c.Name != c.Code {
		lead = c.Name + " · " + lead
	}
	options := []ui.Option{{Value: desk.CodeLeave, Label: v.T("Leave its rows parked")}, {Value: desk.CodeIs, Label: v.T("It is the one named here:")}}
	if c.What == store.CodeCustomer {
		options = append(options, ui.Option{Value: desk.CodeNewCustomer, Label: v.T("Add a customer with this number")})
	} else {
		options[1].Label = v.T("It is the group named here:")
	}
	options = append(options, ui.Option{Value: desk.CodeNewGroup, Label: v.T("Add a group with this code")}, ui.Option{Value: desk.CodeNobody, Label: without})
	return ui.Card(c.Code, ui.PageLead(lead), ui.HiddenFields("what."+k, c.What, "code."+k, c.Code),
		ui.Two(ui.Select(ui.Field{Name: "do." + k, Label: v.T("What “%s” means", c.Code), Value: c.Do}, options),
			ui.Input(ui.Field{Name: "is." + k, Label: v.T("Name, number or code"), Value: c.Is, Error: bad["is."+k]})))
}

// knownWords says what a code means by now, "" if nobody decided.
func knownWords(v *ui.View, t store.JobTag) string {
	switch {
	case t.None:
		return v.T("Decided: its rows come in without one.")
	case t.GroupName != "":
		return v.T("Decided: the group %s.", t.GroupName)
	case t.CustomerName != "":
		return v.T("Decided: the customer %s.", t.CustomerName)
	}
	return ""
}

// whoseCard tells how many rows of a file are whose.
func whoseCard(v *ui.View, all []store.ImportCount) g.Node {
	if len(all) == 0 {
		return nil
	}
	return ui.CardWith(ui.CardSpec{Title: v.T("Whose they are"), Flush: true}, ui.Table(v, ui.TableSpec[store.ImportCount]{ID: "whose", Caption: v.T("Whose they are"), Columns: []ui.Column[store.ImportCount]{
		{Label: v.T("Customer"), Bytes: func(b []byte, c store.ImportCount) []byte {
			switch {
			case c.Customer != 0:
				return ui.AppendTwoNum(b, v.Base+"/customers/", int64(c.Customer), c.Name, "")
			case c.Name != "":
				return ui.AppendTwo(b, "", v.T(c.Name), "")
			case c.Group != 0:
				return ui.AppendText(b, "")
			}
			return ui.AppendTwo(b, "", v.T("No customer"), "")
		}},
		{Label: v.T("Group"), Bytes: func(b []byte, c store.ImportCount) []byte { return ui.AppendText(b, c.In) }},
		{Label: v.T("Rows"), Align: "end", Bytes: func(b []byte, c store.ImportCount) []byte { return v.AppendN(b, c.Rows) }},
		{Label: v.T("New jobs"), Align: "end", Bytes: func(b []byte, c store.ImportCount) []byte { return v.AppendN(b, c.New) }},
		{Label: v.T("Changed jobs"), Align: "end", Bytes: func(b []byte, c store.ImportCount) []byte { return v.AppendN(b, c.Changed) }},
	}}, all))
}

// restForm brings in what was parked when the import was applied.
func restForm(v *ui.View, p importView) g.Node {
	i := p.Import
	if i.State != store.ImportApplied || i.Tally.Parked == 0 || !p.Staff.May(store.ImportUpload) {
		return nil
	}
	return ui.Form(v.Base+"/imports/"+id(i.ID)+"/rest", ui.HiddenFields("once", p.Once), ui.Button(v.T("Bring in the parked rows"), ui.Icon("file-import")))
}
