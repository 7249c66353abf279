package admin

import (
	"strconv"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// items are lines to type into; more come with a button.
func (f jobForm) items(v *ui.View, bad map[string]string) g.Node {
	lines, folded := make(g.Group, 0, f.rows()), []g.Node{}
	for n := range f.rows() {
		var i store.JobItem
		if n < len(f.Edit.Items) {
			i = f.Edit.Items[n]
		}
		if n >= openItems && n < len(f.Edit.Items) && !itemWrong(n, bad) {
			if folded = append(folded, foldedItem(v, n, i)); len(folded) == foldedItems {
				lines, folded = append(lines, foldedLines(v, n, folded)), nil
			}
			continue
		}
		if len(folded) > 0 { // they stay in their order
			lines, folded = append(lines, foldedLines(v, n-1, folded)), nil
		}
		lines = append(lines, f.itemLine(v, n, i, n < len(f.Edit.Items), bad))
	}
	if len(folded) > 0 {
		lines = append(lines, foldedLines(v, f.rows()-1, folded))
	}
	return ui.Fieldset(v.T("Items"), "", g.Iff(bad["items"] != "", func() g.Node { return ui.Notice("error", bad["items"]) }),
		h.Div(h.Class("itemlines"), lines), ui.Actions(ui.Button(v.T("More lines"), h.Name("more"), h.Value("1"), g.Attr("formnovalidate"), ui.Icon("plus"))))
}

func (f jobForm) itemLine(v *ui.View, n int, i store.JobItem, filled bool, bad map[string]string) g.Node {
	at := "item_" + strconv.Itoa(n) + "_"
	number := func(name string, q float64, without bool) string {
		switch typed, ok := f.Typed[at+name]; {
		case ok:
			return typed
		case !filled || without:
			return ""
		}
		return strconv.FormatFloat(q, 'f', -1, 64)
	}
	quantity, rejected := number("quantity", i.Quantity, false), number("rejected", i.Rejected, i.Rejected == 0)
	return h.Div(h.Class("itemline"), g.If(i.ID != 0, ui.HiddenFields(at+"id", id(i.ID))),
		ui.Input(ui.Field{Name: at + "sku", Label: v.T("SKU"), Value: i.SKU, Max: 100, Error: bad[at+"sku"], Autocomplete: "off"}),
		ui.Input(ui.Field{Name: at + "description", Label: v.T("Description"), Value: i.Description, Max: 300, Error: bad[at+"description"], Autocomplete: "off"}),
		ui.Input(ui.Field{Name: at + "quantity", Label: v.T("Quantity"), Value: quantity, Inputmode: "decimal", Error: bad[at+"quantity"], Autocomplete: "off"}),
		ui.Input(ui.Field{Name: at + "unit", Label: v.T("Unit"), Value: i.Unit, Max: 40, Error: bad[at+"unit"], Autocomplete: "off"}),
		ui.Input(ui.Field{Name: at + "serials", Label: v.T("Serial numbers"), Value: i.Serials, Max: 2000, Error: bad[at+"serials"], Autocomplete: "off"}),
		ui.Input(ui.Field{Name: at + "rejected", Label: v.T("Rejected"), Value: rejected, Inputmode: "decimal", Error: bad[at+"rejected"], Autocomplete: "off"}),
		ui.Input(ui.Field{Name: at + "reason", Label: v.T("Reason"), Value: i.Reason, Max: 300, Error: bad[at+"reason"], Autocomplete: "off"}))
}

// openItems is how many lines stand open. Further ones are folded, one line of
// text each, to be opened and changed: a browser lays out a thousand of those
// at once, and not seven thousand fields.
const openItems = 20

// foldedItems is how many of them stand behind one line.
const foldedItems = 100

func foldedLines(v *ui.View, last int, lines []g.Node) g.Node {
	if len(lines) == 1 {
		return lines[0]
	}
	return ui.FoldedLines(v.T("Items %d to %d", last+2-len(lines), last+1), lines...)
}

// itemWrong reports whether something in a line has to be corrected.
func itemWrong(n int, bad map[string]string) bool {
	for name := range bad {
		if strings.HasPrefix(name, "item_"+strconv.Itoa(n)+"_") {
			return true
		}
	}
	return false
}

func foldedItem(v *ui.View, n int, i store.JobItem) g.Node {
	at := "item_" + strconv.Itoa(n) + "_"
	amount := func(q float64) string { return strconv.FormatFloat(q, 'f', -1, 64) }
	rejected := ""
	if i.Rejected > 0 {
		rejected = amount(i.Rejected)
	}
	title := strings.TrimSpace(amount(i.Quantity) + " " + i.Unit)
	for _, s := range []string{i.SKU, i.Description} {
		if s != "" {
			title += " · " + s
		}
	}
	if rejected != "" {
		title += " · " + v.T("%s rejected", rejected)
	}
	return ui.Folded(title, g.If(i.ID != 0, h.Input(h.Type("hidden"), h.Name(at+"id"), h.Value(id(i.ID)))),
		ui.BareInput(at+"sku", v.T("SKU"), i.SKU, 100), ui.BareInput(at+"description", v.T("Description"), i.Description, 300), ui.BareInput(at+"quantity", v.T("Quantity"), amount(i.Quantity), 40),
		ui.BareInput(at+"unit", v.T("Unit"), i.Unit, 40), ui.BareInput(at+"serials", v.T("Serial numbers"), i.Serials, 2000), ui.BareInput(at+"rejected", v.T("Rejected"), rejected, 40), ui.BareInput(at+"reason", v.T("Reason"), i.Reason, 300))
}
