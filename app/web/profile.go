package web

import (
	"net/http"
	"time"

	g "maragu.dev/gomponents"

	"gatehouse/app/web/ui"
	"gatehouse/assets"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// ProfileForm is a person's own profile as its form shows it.
type ProfileForm struct {
	Name     string
	Formats  store.Formats
	OwnClock bool
	Problem  error
}

// DecodeProfile reads a posted profile.
func DecodeProfile(r *http.Request) ProfileForm {
	return ProfileForm{Name: Str(r, "name"), OwnClock: Str(r, "clock") != "", Formats: DecodeFormats(r)}
}

// ProfileOf is the profile of somebody who opened the form.
func ProfileOf(p store.Person) ProfileForm {
	return ProfileForm{Name: p.Name, Formats: p.Formats, OwnClock: true}
}

// ProfileCard asks for name and formats (rows 156–160).
func ProfileCard(v *ui.View, f ProfileForm) g.Node {
	bad := fault.Fields(f.Problem)
	return ui.Card(v.T("You"), ui.Form(v.Base+"/profile",
		ui.Input(ui.Field{Name: "name", Label: v.T("Name"), Value: f.Name, Required: true, Max: 200, Error: bad["name"], Autocomplete: "name"}),
		FormatFields(v, f.Formats, bad),
		ui.FormActions(ui.Primary(v.T("Save")))))
}

// FormatFields ask how dates, times and words are to be read, and show it.
func FormatFields(v *ui.View, f store.Formats, bad map[string]string) g.Node {
	clock := "12"
	if f.Clock24 {
		clock = "24"
	}
	langs := []ui.Option{}
	for _, l := range assets.Languages() {
		langs = append(langs, ui.Option{Value: l.Code, Label: l.Name})
	}
	sample := time.Date(2026, 12, 31, 14, 5, 0, 0, time.UTC)
	return g.Group{
		ui.Two(ui.Select(ui.Field{Name: "date_format", Label: v.T("Date format"), Value: f.Date, Error: bad["date_format"]},
			[]ui.Option{{Value: "MDY", Label: "MM/DD/YYYY"}, {Value: "DMY", Label: "DD/MM/YYYY"}, {Value: "YMD", Label: "YYYY/MM/DD"}}),
			ui.Select(ui.Field{Name: "date_sep", Label: v.T("Separator"), Value: f.Sep, Error: bad["date_sep"]}, []ui.Option{{Value: "/", Label: "/"}, {Value: ".", Label: "."}})),
		ui.Two(ui.Select(ui.Field{Name: "clock", Label: v.T("Time format"), Value: clock}, []ui.Option{{Value: "12", Label: v.T("12-hour (AM/PM)")}, {Value: "24", Label: v.T("24-hour")}}),
			ZoneSelect(v, ui.Field{Name: "time_zone", Label: v.T("Time zone"), Value: f.Zone, Error: bad["time_zone"]})),
		ui.Two(ui.Select(ui.Field{Name: "language", Label: v.T("Language"), Value: f.Language, Error: bad["language"]}, langs)),
		ui.Muted(v.T("Looks like this: %s", Format(f).DateTime(sample))),
	}
}

// DecodeFormats reads what FormatFields asked.
func DecodeFormats(r *http.Request) store.Formats {
	return store.Formats{Date: Str(r, "date_format"), Sep: Str(r, "date_sep"), Clock24: Str(r, "clock") == "24", Zone: Str(r, "time_zone"), Language: Str(r, "language")}
}

// NewPassword is the field in which somebody chooses a password of at least so
// many characters.
func NewPassword(v *ui.View, least int, problem string) ui.Field {
	f := ui.Field{Name: "password", Label: v.T("New password"), Type: "password", Required: true, Autocomplete: "new-password", Error: problem}
	if problem == "" {
		f.Hint = PasswordHint(v, least)
	}
	return f
}

// PasswordHint says what a password takes.
func PasswordHint(v *ui.View, least int) string {
	if least == 0 {
		least = store.PasswordUsual
	}
	return v.T("At least %d characters. Three or four words in a row are easy to remember.", least)
}

// UsernameField is where somebody who joins chooses a user name, if the
// provider asks for one.
func UsernameField(v *ui.View, rules store.SignInRules, typed, problem string) g.Node {
	if rules.UserNames == "" {
		return nil
	}
	hint := v.T("You can sign in with it instead of the e-mail address. 3 to 60 letters, digits, dots, hyphens or underscores.")
	if rules.UserNames == "optional" {
		hint += " " + v.T("You may leave it empty.")
	}
	return ui.Input(ui.Field{Name: "username", Label: v.T("User name"), Value: typed, Required: rules.UserNames == "required", Max: 60, Error: problem, Autocomplete: "off", Hint: hint})
}

// PasswordCard changes one's own password.
func PasswordCard(v *ui.View, least int, problem error) g.Node {
	bad := fault.Fields(problem)
	return ui.CardWith(ui.CardSpec{Title: v.T("Password"), ID: "password"}, ui.Form(v.Base+"/profile/password",
		g.If(problem != nil && len(bad) == 0, ui.Notice("error", fault.Says(problem))),
		ui.Input(ui.Field{Name: "current", Label: v.T("Current password"), Type: "password", Required: true, Autocomplete: "current-password", Error: bad["current"]}),
		ui.Input(NewPassword(v, least, bad["password"])),
		ui.FormActions(ui.Button(v.T("Change password")))))
}

// SessionsCard lists where somebody is signed in, each with its end.
func SessionsCard(v *ui.View, sessions []store.Session, current store.SessionID, now time.Time) g.Node {
	return ui.CardWith(ui.CardSpec{Title: v.T("Where you are signed in"), Flush: true}, ui.Table(v, ui.TableSpec[store.Session]{ID: "sessions", Caption: v.T("Sessions"),
		Columns: []ui.Column[store.Session]{
			{Label: v.T("Browser"), Wide: true, Cell: func(e store.Session) g.Node {
				return g.Group{g.Text(Browser(e.Agent) + " "), g.If(e.ID == current, ui.Badge("ok", v.T("This browser")))}
			}},
			{Label: v.T("Address"), Bytes: func(b []byte, e store.Session) []byte { return ui.AppendText(b, e.IP) }},
			{Label: v.T("Signed in"), Bytes: func(b []byte, e store.Session) []byte { return v.AppendDateTime(b, e.CreatedAt) }},
			{Label: v.T("Last used"), Bytes: func(b []byte, e store.Session) []byte { return v.AppendAgo(b, e.SeenAt, now) }},
			{Label: v.T("End"), Cell: func(e store.Session) g.Node {
				return ui.PostButton(v.Base+"/profile/sessions/end", v.T("End this session"), "", "session", itoa(int64(e.ID)))
			}},
		}}, sessions))
}

// Language is the name of a language in itself, by its code.
func Language(code string) string {
	for _, l := range assets.Languages() {
		if l.Code == code {
			return l.Name
		}
	}
	return code
}
