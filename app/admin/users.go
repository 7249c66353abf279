package admin

import (
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/gorilla/mux"

	"gatehouse/app/desk"
	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

func (a *Admin) userRoutes(r *mux.Router) {
	r.Handle("/users", a.staff(a.listUsers)).Methods("GET", "HEAD").Name("admin.users")
	r.Handle("/users/export", a.staff(a.exportUsers)).Methods("GET", "HEAD").Name("admin.users.export")
	r.Handle("/users/columns", a.staff(a.chooseUserColumns)).Methods("GET", "HEAD").Name("admin.users.columns.ask")
	r.Handle("/users/columns", a.staff(a.saveUserColumns)).Methods("POST").Name("admin.users.columns")
	r.Handle("/users/new", a.staff(a.newUser)).Methods("GET", "HEAD").Name("admin.users.new")
	r.Handle("/users/new", a.staff(a.inviteUser)).Methods("POST").Name("admin.users.invite")
	r.Handle("/users/file", a.staff(a.newUserFile)).Methods("GET", "HEAD").Name("admin.users.file")
	r.Handle("/users/file", a.staffBig(6<<20, a.inviteUserFile)).Methods("POST").Name("admin.users.file.invite")
	r.Handle("/users/{user}", a.staff(a.showUser)).Methods("GET", "HEAD").Name("admin.user")
	r.Handle("/users/{user}", a.staff(a.saveUser)).Methods("POST").Name("admin.user.save")
	r.Handle("/users/{user}/link", a.staff(a.sendUserLink)).Methods("POST").Name("admin.user.link")
	r.Handle("/users/{user}/username", a.staff(a.saveUsername)).Methods("POST").Name("admin.user.username")
	r.Handle("/users/{user}/email", a.staff(a.changeUserEmail)).Methods("POST").Name("admin.user.email")
	r.Handle("/users/{user}/email/resend", a.staff(a.resendUserEmail)).Methods("POST").Name("admin.user.email.resend")
	r.Handle("/users/{user}/email/cancel", a.staff(a.cancelUserEmail)).Methods("POST").Name("admin.user.email.cancel")
	r.Handle("/users/{user}/disable", a.staff(a.disableUser)).Methods("POST").Name("admin.user.disable")
	r.Handle("/users/{user}/enable", a.staff(a.enableUser)).Methods("POST").Name("admin.user.enable")
	r.Handle("/users/{user}/sessions", a.staff(a.endUserSessions)).Methods("POST").Name("admin.user.sessions")
	r.Handle("/users/{user}/factor", a.staff(a.resetUserFactor)).Methods("POST").Name("admin.user.factor")
	r.Handle("/users/{user}/delete", a.staff(a.askDeleteUser)).Methods("GET", "HEAD").Name("admin.user.delete.ask")
	r.Handle("/users/{user}/delete", a.staff(a.deleteUser)).Methods("POST").Name("admin.user.delete")
	r.Handle("/users/{user}/permissions", a.staff(a.userPermissions)).Methods("GET", "HEAD").Name("admin.user.permissions")
}

func userFilter(r *http.Request) store.UserFilter {
	q := r.URL.Query()
	return store.UserFilter{Search: q.Get("q"), Role: web.QueryInt[store.RoleID](r, "role"), State: q.Get("state"), Group: web.QueryInt[store.GroupID](r, "group"), Sort: q.Get("sort"), After: q.Get("after")}
}

func (a *Admin) listUsers(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	p := usersList{Staff: s, Query: r.URL.Query(), Filter: userFilter(r)}
	var err error
	if p.Page, err = s.Users(r.Context(), p.Filter); err != nil {
		return err
	}
	if p.Roles, err = s.Roles(r.Context(), "staff"); err != nil {
		return err
	}
	if p.Groups, err = s.GroupChoices(r.Context()); err != nil {
		return err
	}
	if p.Seats, err = s.Seats(r.Context()); err != nil {
		return err
	}
	if p.Columns, err = a.userColumns(r, s); err != nil {
		return err
	}
	if p.Label, err = a.employeeLabel(r, s); err != nil {
		return err
	}
	if s.May(store.UserInvite) {
		if p.Invite, err = a.blankUser(r, s); err != nil {
			return err
		}
	}
	return web.Page(w, r, http.StatusOK, usersPage(a.view(w, r, s), p))
}

// userColumnChoice is the name under which a person's choice of columns is kept.
const userColumnChoice = "users.columns"

// userColumns are the columns a person wants, or those that most people need.
func (a *Admin) userColumns(r *http.Request, s store.Staff) ([]string, error) {
	return a.columnsOf(r, s, userColumnChoice, []string{"role", "access", "login", "state"})
}

// columnsOf are the columns of a list that a person chose, or first.
func (a *Admin) columnsOf(r *http.Request, s store.Staff, choice string, first []string) ([]string, error) {
	chosen, err := s.Choice(r.Context(), choice)
	if err != nil || chosen == "" {
		return first, err
	}
	return strings.Split(chosen, ","), nil
}

// saveColumns keeps which columns of a list a person wants, of those there are.
func (a *Admin) saveColumns(w http.ResponseWriter, r *http.Request, s store.Staff, choice string, known []string, list string) error {
	if err := web.Form(r); err != nil {
		return err
	}
	var chosen []string
	for _, key := range known {
		if slices.Contains(r.PostForm["column"], key) {
			chosen = append(chosen, key)
		}
	}
	value := strings.Join(chosen, ",")
	if value == "" {
		value = "none"
	}
	if err := s.SetChoice(r.Context(), choice, value); err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+list, "Your columns are saved.")
}

func (a *Admin) chooseUserColumns(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	chosen, err := a.userColumns(r, s)
	if err != nil {
		return err
	}
	label, err := a.employeeLabel(r, s)
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, userColumnsPage(a.view(w, r, s), chosen, label))
}

func (a *Admin) saveUserColumns(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	var keys []string
	for _, c := range userColumnList {
		keys = append(keys, c.key)
	}
	return a.saveColumns(w, r, s, userColumnChoice, keys, "/users")
}

// employeeLabel is what the provider calls the number its people have.
func (a *Admin) employeeLabel(r *http.Request, s store.Staff) (string, error) {
	own, err := s.OwnSettings(r.Context())
	return own[store.OwnEmployeeLabel], err
}

func employeeWord(v *ui.View, label string) string {
	if label == "" {
		return v.T("Employee number / licence")
	}
	return label
}

// exportUsers sends the whole list as it is filtered, all of its pages.
func (a *Admin) exportUsers(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.UserExport); err != nil {
		return err
	}
	v := a.view(nil, r, s)
	e := desk.UserExport{Filter: userFilter(r), Formats: s.Me().Formats, Company: s.Home().Name, State: func(state string) string { return v.T(personStates[state][1]) },
		Role: func(u store.User) string { return roleName(v, u.Role, u.RoleName) }}
	return web.Download(w, r, "users.xlsx", web.MediaXLSX, func(out io.Writer) error { return a.desk.ExportUsers(r.Context(), out, s, e) })
}

// blankUser is the form of an invitation before anything was typed.
func (a *Admin) blankUser(r *http.Request, s store.Staff) (f userForm, err error) {
	if err := s.Can(store.UserInvite); err != nil {
		return f, err
	}
	if f.Once, err = a.once(); err != nil {
		return f, err
	}
	f.Access = "all"
	return f, a.fillUser(r, s, &f)
}

// fillUser reads what the form offers: roles, groups, seats, words.
func (a *Admin) fillUser(r *http.Request, s store.Staff, f *userForm) (err error) {
	f.Staff = s
	if f.Roles, err = s.Roles(r.Context(), "staff"); err != nil {
		return err
	}
	if f.Groups, err = s.GroupChoices(r.Context()); err != nil {
		return err
	}
	if f.Seats, err = s.Seats(r.Context()); err != nil {
		return err
	}
	f.Label, err = a.employeeLabel(r, s)
	return err
}

func (a *Admin) newUser(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	f, err := a.blankUser(r, s)
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, newUserPage(a.view(w, r, s), f))
}

// decodeUser reads the form of a person. Whoever is limited to groups but has
// none chosen sees ALL groups, as the form says; none at all is an answer of
// its own.
func decodeUser(r *http.Request) (f userForm) {
	f.Once, f.Version, f.Access = web.Str(r, "once"), web.Int[int64](r, "version"), web.Str(r, "access")
	f.Email = web.Str(r, "email")
	f.Edit = store.UserEdit{Name: web.Str(r, "name"), Phone: web.Str(r, "phone"), EmployeeNo: web.Str(r, "employee_no"), Title: web.Str(r, "title"), Role: web.Int[store.RoleID](r, "role")}
	if f.Access == "groups" {
		f.Edit.Groups = web.Ints[store.GroupID](r, "groups")
	}
	f.Edit.AllGroups = f.Access != "none" && len(f.Edit.Groups) == 0
	for _, right := range r.PostForm["rights"] {
		f.Edit.Rights = append(f.Edit.Rights, store.Right(right))
	}
	return f
}

func (a *Admin) inviteUser(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	f := decodeUser(r)
	_, err := a.desk.InvitePerson(r.Context(), s, f.Once, store.NewPerson{UserEdit: f.Edit, Email: f.Email})
	if isForm(err) {
		f.Problem = err
		if err := a.fillUser(r, s, &f); err != nil {
			return err
		}
		return web.Page(w, r, http.StatusUnprocessableEntity, newUserPage(a.view(w, r, s), f))
	}
	if err != nil {
		return err
	}
	says := "Invited. An activation e-mail is on its way to " + f.Email + "."
	if f.Edit.AllGroups {
		says += " This person sees ALL groups."
	}
	return a.site.Done(w, r, base(r)+"/users", says)
}
