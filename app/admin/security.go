package admin

import (
	"net/http"
	"strconv"

	"github.com/gorilla/mux"
	g "maragu.dev/gomponents"

	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (a *Admin) securityRoutes(r *mux.Router) {
	r.Handle("/settings/security", a.staff(a.showSecurity)).Methods("GET", "HEAD").Name("admin.settings.security")
	r.Handle("/settings/security", a.staff(a.saveSecurity)).Methods("POST").Name("admin.settings.security.save")
}

func (a *Admin) showSecurity(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.SettingsChange); err != nil {
		return err
	}
	own, err := s.OwnSettings(r.Context())
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, securityPage(a.view(w, r, s), s, own, nil))
}

func (a *Admin) saveSecurity(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	own := map[string]string{store.OwnPasswordMin: web.Str(r, store.OwnPasswordMin), store.OwnFactor: web.Str(r, store.OwnFactor), store.OwnUserNames: web.Str(r, store.OwnUserNames), store.OwnFirstPassword: "no"}
	if web.Str(r, store.OwnFirstPassword) != "" {
		own[store.OwnFirstPassword] = ""
	}
	err := s.SetOwnSettings(r.Context(), own)
	if isForm(err) {
		return web.Page(w, r, http.StatusUnprocessableEntity, securityPage(a.view(w, r, s), s, own, err))
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/settings/security", "Saved.")
}

func securityPage(v *ui.View, s store.Staff, own map[string]string, problem error) g.Node {
	bad, least := fault.Fields(problem), own[store.OwnPasswordMin]
	if least == "" {
		least = strconv.Itoa(store.PasswordUsual)
	}
	return settingsFrame(v, s, "/security", v.T("Sign-in and security"), nil, problem, ui.Grid(ui.Col(8, ui.Card(v.T("Sign-in and security"), ui.Form(v.Base+"/settings/security",
		ui.Input(ui.Field{Name: store.OwnPasswordMin, Label: v.T("Shortest password"), Value: least, Type: "number", Min: strconv.Itoa(store.PasswordLeast), Top: strconv.Itoa(store.PasswordMost), Suffix: v.T("characters"), Error: bad[store.OwnPasswordMin],
			Hint: v.T("From %d to %d, for everybody who chooses a password from now on. Common passwords and names are refused whatever their length.", store.PasswordLeast, store.PasswordMost)}),
		ui.Radios(ui.Field{Name: store.OwnFactor, Label: v.T("Second factor"), Value: own[store.OwnFactor], Error: bad[store.OwnFactor], Hint: v.T("A code from an app on the phone, besides the password.")}, []ui.Option{
			{Value: "", Label: v.T("Everybody as they like"), Hint: v.T("Each person can turn it on in the own profile.")},
			{Value: "staff", Label: v.T("Required of your own people"), Hint: v.T("They set it up at their next sign-in.")},
			{Value: "all", Label: v.T("Required of your own people and of your customers'"), Hint: v.T("Everybody sets it up at the next sign-in.")}}),
		ui.Radios(ui.Field{Name: store.OwnUserNames, Label: v.T("User names"), Value: own[store.OwnUserNames], Error: bad[store.OwnUserNames], Hint: v.T("A name to sign in with, beside the e-mail address. People choose it themselves when they register or activate their account.")}, []ui.Option{
			{Value: "", Label: v.T("Off"), Hint: v.T("Everybody signs in with the e-mail address.")},
			{Value: "optional", Label: v.T("Optional"), Hint: v.T("Whoever wants one chooses one.")},
			{Value: "required", Label: v.T("Required"), Hint: v.T("Nobody joins without one.")}}),
		ui.Checkbox(store.OwnFirstPassword, "yes", v.T("Admins may set a client's first password"), v.T("It has to be changed at the first sign-in and is never mailed. Without this, people choose their own over a link."), own[store.OwnFirstPassword] != "no", false),
		ui.FormActions(ui.Primary(v.T("Save"))))))))
}
