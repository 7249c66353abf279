package admin

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// write is the form of a comment: for the customer as well, or in private.
func (p jobPage) write(v *ui.View) g.Node {
	if !p.Staff.May(store.JobComment) && !p.Staff.May(store.JobNote) {
		return nil
	}
	value := "1" // nothing is said to a customer by mistake
	if p.Public {
		value = "0"
	}
	who := v.T("Also for the customer")
	if p.Job.CustomerName != "" {
		who = v.T("Also for %s", p.Job.CustomerName)
	}
	return ui.CardWith(ui.CardSpec{Title: v.T("Write"), ID: "write"}, ui.Form(p.at(v)+"/comment", ui.HiddenFields("once", p.Once),
		ui.Textarea(ui.Field{Name: "body", Label: v.T("Comment"), Value: p.Typed, Required: true, Error: fault.Fields(p.Problem)["body"]}, 3),
		ui.Radios(ui.Field{Name: "private", Label: v.T("Who reads it"), Value: value}, []ui.Option{{Value: "1", Label: v.T("Your people only")}, {Value: "0", Label: who}}),
		ui.FormActions(ui.Button(v.T("Write"), ui.Icon("send")))))
}

func (p jobPage) files(v *ui.View) g.Node {
	var list g.Group
	for _, f := range p.Files {
		list = append(list, p.file(v, f))
	}
	var add g.Node
	if p.Staff.May(store.JobFileAdd) {
		var share g.Node
		if p.Staff.May(store.JobFileShare) {
			share = ui.Checkbox("shared", "1", v.T("Visible to the customer"), "", false, false)
		}
		add = ui.UploadForm(p.at(v)+"/files", ui.FileField(ui.Field{Name: "file", Label: v.T("Add a file"), Error: fault.Fields(p.Problem)["file"], Hint: v.T("A photo, PDF, spreadsheet, document or text of up to 15 MB.")}, ""), share,
			ui.FormActions(ui.Button(v.T("Add"), ui.Icon("upload"))))
	}
	if len(list) == 0 && add == nil {
		return nil
	}
	return ui.CardWith(ui.CardSpec{Title: v.T("Files"), ID: "files"}, g.If(len(list) > 0, h.Ul(h.Class("joblist files"), list)), add)
}

func (p jobPage) file(v *ui.View, f store.JobFile) g.Node {
	at := p.at(v) + "/files/" + id(f.ID)
	name := f.Name
	if f.Caption != "" {
		name = f.Caption
	}
	seen := ui.Badge("neutral", v.T("Your people only"))
	share := ui.PostButton(at+"/share", v.T("Show to the customer"), "eye", "shared", "1")
	if f.Shared {
		seen, share = ui.Badge("info", v.T("Visible to the customer")), ui.PostButton(at+"/share", v.T("Hide from the customer"), "eye-off")
	}
	var do []g.Node
	if p.Staff.May(store.JobFileShare) {
		do = append(do, share)
	}
	if p.Staff.May(store.JobFileRemove) {
		do = append(do, ui.Form(at+"/remove", ui.IconButton("trash", v.T("Remove %s", name))))
	}
	open, target := p.at(v)+"/proof/files/"+id(f.ID), "?download=1"
	if f.Kind == "photo" || f.Kind == "signature" {
		target = ""
	}
	var small g.Node
	if f.Kind == "photo" && f.Thumb != 0 && f.Proof == 0 { // those of a proof stand with it
		small = ui.Photos([]ui.Photo{{Href: open, Thumb: open + "?thumb=1", Alt: name}})
	}
	if f.Proof != 0 {
		name = v.T("%s, of the proof", name)
	}
	return h.Li(h.P(ui.Icon(map[string]string{"photo": "photo", "signature": "pencil"}[f.Kind]), ui.TextLink(open+target, name), g.Text(" "), seen), small, h.P(ui.Muted(v.T("%s, %s", f.Author, v.DateTime(f.At)))), ui.Actions(do...))
}
