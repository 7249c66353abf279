package proof

import (
	"slices"
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/progress"
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// Body is the document as the body of a page: facts, items, and each proof
// with its photos and signature.
func Body(v *ui.View, d Document) g.Node {
	var pairs []ui.Pair
	pairs = append(pairs, ui.Pair{Label: v.T("Status"), Value: ui.Badge(progress.TrackTone(d.Job.Track(d.Today)), progress.TrackName(v, d.Job.Track(d.Today), d.Job.Kind))})
	for _, p := range facts(v, d) {
		if p.Value != "" {
			pairs = append(pairs, ui.Pair{Label: p.Label, Value: ui.Lines(p.Value)})
		}
	}
	body := []g.Node{ui.Card(progress.KindName(v, d.Job.Kind)+" "+store.JobNumber(d.Job.Number), ui.DL(pairs...))}
	if len(d.Items) > 0 {
		body = append(body, ui.CardWith(ui.CardSpec{Title: v.T("Items"), Flush: true}, Items(v, d.Items)))
	}
	for _, f := range d.Proofs {
		body = append(body, Card(v, f, d.Files))
	}
	return ui.Stack(body...)
}

// Items is the table of a job's items, with what was rejected of them.
func Items(v *ui.View, all []store.JobItem) g.Node {
	text := func(label string, of func(store.JobItem) string) ui.Column[store.JobItem] {
		return ui.Column[store.JobItem]{Label: label, Bytes: func(b []byte, i store.JobItem) []byte { return ui.AppendText(b, of(i)) }}
	}
	what := ui.Column[store.JobItem]{Label: v.T("Item"), Bytes: func(b []byte, i store.JobItem) []byte {
		if i.Description == "" {
			return ui.AppendTwo(b, "", i.SKU, i.Serials)
		}
		return ui.AppendTwo(b, "", i.Description, i.SKU)
	}}
	amount := text(v.T("Quantity"), func(i store.JobItem) string { return quantity(i.Quantity, i.Unit) })
	amount.Align = "end"
	columns := []ui.Column[store.JobItem]{what, amount}
	if slices.ContainsFunc(all, func(i store.JobItem) bool { return i.Rejected > 0 }) {
		columns = append(columns, text(v.T("Rejected"), rejected))
	}
	return ui.Table(v, ui.TableSpec[store.JobItem]{ID: "item-table", Caption: v.T("Items"), Columns: columns}, all)
}

// Card is one proof: who received it, when, photos and signature. Files is the
// address below which its pictures lie.
func Card(v *ui.View, f store.Proof, files string) g.Node {
	title := v.T("Proof")
	if f.Kind == "failed" {
		title = v.T("Not done")
	}
	pairs := []ui.Pair{{Label: v.T("At"), Value: g.Text(v.DateTime(f.At))}}
	for _, p := range [][2]string{{v.T("Received by"), f.Receiver}, {v.T("By"), f.Author}, {v.T("Note"), f.Note}, {v.T("Position"), place(f)}} {
		if p[1] != "" {
			pairs = append(pairs, ui.Pair{Label: p[0], Value: ui.Lines(p[1])})
		}
	}
	return ui.Card(title, ui.DL(pairs...), Pictures(v, f, files))
}

// Pictures are a proof's photos and its signature.
func Pictures(v *ui.View, f store.Proof, files string) g.Node {
	var all []ui.Photo
	for i, l := range f.Photos() {
		at := files + "/" + strconv.FormatInt(int64(l.ID), 10)
		alt := v.T("Photo %s", strconv.Itoa(i+1))
		if l.Caption != "" {
			alt = l.Caption
		}
		all = append(all, ui.Photo{Href: at, Thumb: at + "?thumb=1", Alt: alt})
	}
	sign := g.Node(nil)
	if l, ok := f.Signature(); ok {
		sign = ui.SignaturePicture(v.T("Signature"), files+"/"+strconv.FormatInt(int64(l.ID), 10), v.T("Signature of %s", f.Receiver))
	}
	return h.Div(ui.Photos(all), sign)
}
