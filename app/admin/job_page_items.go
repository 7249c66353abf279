package admin

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/proof"
	"gatehouse/app/web/ui"
	"gatehouse/app/work"
	"gatehouse/store"
)

func (p jobPage) items(v *ui.View) g.Node {
	if len(p.Items) == 0 {
		return nil
	}
	return ui.CardWith(ui.CardSpec{Title: v.T("Items"), Flush: true, Note: v.Plural(int64(len(p.Items)), "%s item", "%s items")}, work.Items(v, p.Items))
}

// proofs show who received it, with photos and signature.
func (p jobPage) proofs(v *ui.View) g.Node {
	var out g.Group
	for _, f := range p.Proofs {
		out = append(out, proof.Card(v, f, p.at(v)+"/proof/files"))
	}
	return out
}

func (p jobPage) attempts(v *ui.View) g.Node {
	if len(p.Attempts) < 2 {
		return nil
	}
	var out g.Group
	for _, a := range p.Attempts {
		label := v.T("Attempt %s: %s", v.N(a.Attempt), store.JobNumber(a.Number))
		if a.ID == p.Job.ID {
			out = append(out, h.Li(h.Strong(g.Text(label+" ")), work.Badge(v, a)))
			continue
		}
		out = append(out, h.Li(ui.TextLink(v.Base+"/jobs/"+id(a.ID), label), g.Text(" "), work.Badge(v, a)))
	}
	return ui.Card(v.T("Attempts"), h.Ul(h.Class("joblist"), out))
}
