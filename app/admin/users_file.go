package admin

import (
	"net/http"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"gatehouse/app/desk"
	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// mostPeopleFile is how big a file of people to be invited may be.
const mostPeopleFile = 5 << 20

func (a *Admin) newUserFile(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	f, err := a.blankUser(r, s)
	if err != nil {
		return err
	}
	for _, role := range f.Roles {
		if role.Builtin == "user" {
			f.Edit.Role = role.ID
		}
	}
	return web.Page(w, r, http.StatusOK, userFilePage(a.view(w, r, s), f))
}

// inviteUserFile invites whom a file names and says whom it left out, and why.
func (a *Admin) inviteUserFile(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	f, err := a.blankUser(r, s)
	if err != nil {
		return err
	}
	f.Edit.Role = web.Int[store.RoleID](r, "role")
	rows, err := a.peopleRows(r, s, f.Edit.Role)
	if isForm(err) {
		f.Problem = err
		return web.Page(w, r, http.StatusUnprocessableEntity, userFilePage(a.view(w, r, s), f))
	}
	if err != nil {
		return err
	}
	out, err := a.desk.InvitePeople(r.Context(), s, web.Str(r, "once"), rows)
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, invitedPage(a.view(w, r, s), out))
}

func (a *Admin) peopleRows(r *http.Request, s store.Staff, role store.RoleID) ([]desk.PersonRow, error) {
	file, head, err := r.FormFile("file")
	if err != nil {
		return nil, fault.Field("file", "Choose a file.")
	}
	defer func() { _ = file.Close() }()
	if head.Size > mostPeopleFile {
		return nil, fault.Field("file", "This file has more than 5 MB. Split it into parts.")
	}
	return a.desk.ReadPeople(r.Context(), s, file, head.Size, head.Filename, role)
}

func userFilePage(v *ui.View, f userForm) g.Node {
	path, bad := v.Base+"/users", fault.Fields(f.Problem)
	names := []string{}
	for _, c := range desk.PeopleColumns {
		names = append(names, c.Title)
	}
	var roles []ui.Option
	for _, r := range f.Roles {
		if f.Staff.Covers(r) {
			roles = append(roles, ui.Option{Value: id(r.ID), Label: builtinOr(v, r)})
		}
	}
	title := v.T("Invite from a file")
	return ui.Page(v, title, ui.PageHead(v, title, []ui.Link{{Label: v.T("Users"), Href: path}}), problemNotice(v, f.Problem), seatsNotice(v, f.Seats),
		ui.Card("", ui.UploadForm(path+"/file", ui.HiddenFields("once", f.Once),
			ui.FileField(ui.Field{Name: "file", Label: v.T("Excel or CSV file"), Required: true, Error: bad["file"], Hint: v.T("Its first line names the columns: %s. Name and Email are needed; up to %s people.", strings.Join(names, ", "), v.N(desk.MostInvited))}, ".csv,.xlsx"),
			ui.Select(ui.Field{Name: "role", Label: v.T("Role of those who have none in the file"), Value: id(f.Edit.Role), Error: bad["role"]}, roles),
			ui.Notice("info", v.T("Whoever has no group in the file gets ALL groups. Each person is mailed an activation e-mail once you confirm.")),
			ui.FormActions(ui.Primary(v.T("Confirm"), ui.Icon("send")), ui.LinkButton(path, v.T("Cancel"), "")))))
}

func invitedPage(v *ui.View, out desk.Invited) g.Node {
	path, title := v.Base+"/users", v.T("Invite from a file")
	says := ui.Notice("ok", v.Plural(int64(len(out.People)), "%s person was invited.", "%s people were invited."))
	if len(out.People) == 0 {
		says = ui.Notice("warn", v.T("Nobody was invited."))
	}
	skipped := ui.Table(v, ui.TableSpec[desk.Skipped]{ID: "skipped", Caption: v.T("Skipped"), Columns: []ui.Column[desk.Skipped]{
		{Label: v.T("Line"), Bytes: func(b []byte, k desk.Skipped) []byte { return v.AppendN(b, int64(k.Line)) }},
		{Label: v.T("Who"), Bytes: func(b []byte, k desk.Skipped) []byte { return ui.AppendText(b, k.Who) }},
		{Label: v.T("Why"), Wide: true, Bytes: func(b []byte, k desk.Skipped) []byte { return ui.AppendText(b, v.T(k.Why)) }}}}, out.Skipped)
	return ui.Page(v, title, ui.PageHead(v, title, []ui.Link{{Label: v.T("Users"), Href: path}}), says,
		g.If(len(out.Skipped) > 0, ui.CardWith(ui.CardSpec{Title: v.Plural(int64(len(out.Skipped)), "%s line was skipped", "%s lines were skipped"), Flush: true}, skipped)),
		h.P(ui.LinkButton(path, v.T("To the users"), "users")))
}
