package portal

import (
	g "maragu.dev/gomponents"

	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// files lists the documents of a job that the client may see.
func (l jobPage) files(v *ui.View) g.Node {
	if len(l.Files) == 0 {
		return nil
	}
	return ui.CardWith(ui.CardSpec{Title: v.T("Documents"), Flush: true}, ui.Table(v, ui.TableSpec[store.JobFile]{ID: "files", Caption: v.T("Documents"), Columns: []ui.Column[store.JobFile]{
		{Label: v.T("Name"), Wide: true, Bytes: func(b []byte, f store.JobFile) []byte { return ui.AppendTwo(b, "", f.Name, f.Caption) }},
		{Label: v.T("Added"), Quiet: true, Bytes: func(b []byte, f store.JobFile) []byte { return v.AppendDateTime(b, f.At) }},
	}}, l.Files))
}
