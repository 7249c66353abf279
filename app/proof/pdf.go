package proof

import (
	"io"

	"gatehouse/app/pdf"
	"gatehouse/app/progress"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// PDF writes the document, with the pictures that open gives. A picture that
// was taken away meanwhile is left out.
func PDF(w io.Writer, v *ui.View, d Document, open func(store.JobFile) ([]byte, error)) error {
	j, last := d.Job, d.Proofs[len(d.Proofs)-1]
	doc := pdf.Doc{Lang: v.Lang, Title: titleOf(v, j.Kind), Number: store.JobNumber(j.Number), Brand: d.Brand, Color: d.Color,
		Status: progress.TrackName(v, j.Track(d.Today), j.Kind), Footer: d.Brand + " · " + store.JobNumber(j.Number), Page: v.T("Page %d of %s"), Made: last.At}
	doc.Blocks = append(doc.Blocks, pdf.Facts{Pairs: facts(v, d)})
	items := pdf.Table{Title: v.T("Items"), Columns: []pdf.Column{{Label: v.T("SKU"), Share: 2}, {Label: v.T("Description"), Share: 5}, {Label: v.T("Quantity"), Share: 1.6, Right: true}, {Label: v.T("Rejected"), Share: 4}}}
	for _, i := range d.Items {
		what := i.Description
		if i.Serials != "" {
			what += "\n" + i.Serials
		}
		items.Rows = append(items.Rows, []string{i.SKU, what, quantity(i.Quantity, i.Unit), rejected(i)})
	}
	doc.Blocks = append(doc.Blocks, items)
	for _, f := range d.Proofs {
		blocks, err := proofBlocks(v, f, open)
		if err != nil {
			return err
		}
		doc.Blocks = append(doc.Blocks, blocks...)
	}
	return pdf.Write(w, doc)
}

func facts(v *ui.View, d Document) []pdf.Pair {
	j := d.Job
	out := []pdf.Pair{{Label: v.T("Customer"), Value: j.CustomerName}, {Label: v.T("D.O. number"), Value: j.ExternalID}, {Label: v.T("Subject"), Value: j.Subject}, {Label: v.T("Site"), Value: j.SiteName},
		{Label: v.T("Address"), Value: j.Address}, {Label: v.T("Contact"), Value: j.ContactName}, {Label: v.T("Date and time"), Value: progress.When(v, j)}}
	for _, a := range d.Assets {
		out = append(out, pdf.Pair{Label: v.T("Asset"), Value: a.Name})
	}
	for _, t := range times(v, j) {
		out = append(out, pdf.Pair{Label: t[0], Value: t[1]})
	}
	return append(out, pdf.Pair{Label: v.T("Reason"), Value: j.Reason})
}

// times are the moments of a job that were noted.
func times(v *ui.View, j store.Job) (out [][2]string) {
	if !j.StartedAt.IsZero() {
		out = append(out, [2]string{v.T("Started"), v.DateTime(j.StartedAt)})
	}
	if !j.ArrivedAt.IsZero() {
		out = append(out, [2]string{v.T("Arrived"), v.DateTime(j.ArrivedAt)})
	}
	if !j.DoneAt.IsZero() {
		out = append(out, [2]string{v.T("Finished"), v.DateTime(j.DoneAt)})
	}
	return out
}

func proofBlocks(v *ui.View, f store.Proof, open func(store.JobFile) ([]byte, error)) (out []pdf.Block, err error) {
	pictures := pdf.Pictures{Title: v.T("Photos")}
	for _, l := range f.Photos() {
		data, err := opened(open, l)
		if err != nil {
			return nil, err
		}
		if data != nil {
			pictures.All = append(pictures.All, pdf.Picture{Data: data, Caption: l.Caption})
		}
	}
	sign := pdf.Signature{Title: received(v, f), Lines: []string{f.Receiver, v.DateTime(f.At)}}
	if f.Receiver == "" {
		sign.Lines = sign.Lines[1:]
	}
	if l, ok := f.Signature(); ok {
		if sign.Data, err = opened(open, l); err != nil {
			return nil, err
		}
	}
	out = append(out, sign, pdf.Text{Title: v.T("Note"), Body: f.Note}) // who received it first: photos fill the pages that follow
	if at := place(f); at != "" {
		out = append(out, pdf.Facts{Pairs: []pdf.Pair{{Label: v.T("Position"), Value: at}}})
	}
	return append(out, pictures), nil
}

// opened is a picture's bytes, nil for one that is no longer there.
func opened(open func(store.JobFile) ([]byte, error), l store.JobFile) ([]byte, error) {
	data, err := open(l)
	if fault.Of(err) == fault.NotFound {
		return nil, nil
	}
	return data, err
}

func received(v *ui.View, f store.Proof) string {
	if f.Kind == "failed" {
		return v.T("Not done")
	}
	return v.T("Received by")
}
