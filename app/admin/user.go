package admin

import (
	"net/http"

	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// user reads one of the provider's own people: a client's page is elsewhere.
func (a *Admin) user(r *http.Request, s store.Staff) (store.User, error) {
	id, err := web.ID[store.UserID](r, "user")
	if err != nil {
		return store.User{}, err
	}
	u, err := s.User(r.Context(), id)
	if err == nil && u.Kind != "staff" {
		err = fault.New(fault.NotFound, "There is no such person among your own people.")
	}
	return u, err
}

func (a *Admin) showUser(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	u, err := a.user(r, s)
	if err != nil {
		return err
	}
	f, err := a.userForm(r, s, u)
	if err != nil {
		return err
	}
	return a.userPage(w, r, s, http.StatusOK, f)
}

// userForm is the form of a person as it is stored.
func (a *Admin) userForm(r *http.Request, s store.Staff, u store.User) (f userForm, err error) {
	f = userForm{User: &u, Version: u.Version, Email: u.Email, Username: u.Username, Access: "all",
		Edit: store.UserEdit{Name: u.Name, Phone: u.Phone, EmployeeNo: u.EmployeeNo, Title: u.Title, Role: u.RoleID, AllGroups: u.AllGroups}}
	if f.Edit.Rights, err = s.UserRights(r.Context(), u.ID); err != nil {
		return f, err
	}
	sight, err := s.StaffSight(r.Context(), u.ID)
	for _, g := range sight.Groups {
		f.Edit.Groups = append(f.Edit.Groups, g.ID)
	}
	switch {
	case sight.All:
	case len(sight.Groups) > 0:
		f.Access = "groups"
	default:
		f.Access = "none"
	}
	return f, err
}

// userPage shows a person with the form f, which may hold what was refused.
func (a *Admin) userPage(w http.ResponseWriter, r *http.Request, s store.Staff, status int, f userForm) (err error) {
	if err := a.fillUser(r, s, &f); err != nil {
		return err
	}
	p := userView{userForm: f}
	if p.Sight, err = s.StaffSight(r.Context(), f.User.ID); err != nil {
		return err
	}
	if s.May(store.UserSessions) {
		if p.Sessions, err = s.UserSessions(r.Context(), f.User.ID); err != nil {
			return err
		}
	}
	if s.May(store.OutboxRead) {
		if p.Letter, err = s.LastLetter(r.Context(), f.User.ID); err != nil {
			return err
		}
	}
	if p.Pending, err = s.EmailChange(r.Context(), f.User.ID); err != nil && fault.Of(err) != fault.NotFound {
		return err
	}
	if p.Account, err = s.UserAccount(r.Context(), f.User.ID); err != nil {
		return err
	}
	if p.Contact, err = a.desk.OperatorContact(r.Context()); err != nil {
		return err
	}
	return web.Page(w, r, status, userPage(a.view(w, r, s), p))
}

func (a *Admin) saveUser(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	u, err := a.user(r, s)
	if err != nil {
		return err
	}
	f := decodeUser(r)
	f.User, f.Username = &u, u.Username
	if f.Version == 0 { // a form always carries one; without it nothing may be overwritten
		f.Version = -1
	}
	err = s.ChangeUser(r.Context(), u.ID, f.Version, f.Edit)
	if isForm(err) {
		f.Problem, f.Version = err, u.Version
		return a.userPage(w, r, s, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	says := "Saved."
	if f.Edit.AllGroups && !u.AllGroups {
		says = "Saved. This person sees ALL groups from now on."
	}
	return a.site.Done(w, r, userPath(r, u), says)
}

func userPath(r *http.Request, u store.User) string { return base(r) + "/users/" + id(u.ID) }

// userDone goes back to a person after something was done to the account, or
// shows the page with the reason why not.
func (a *Admin) userDone(w http.ResponseWriter, r *http.Request, s store.Staff, u store.User, err error, says string) error {
	if !isForm(err) && fault.Of(err) != fault.Limited {
		if err != nil {
			return err
		}
		return a.site.Done(w, r, userPath(r, u), says)
	}
	f, e := a.userForm(r, s, u)
	if e != nil {
		return e
	}
	f.Problem = err
	return a.userPage(w, r, s, http.StatusUnprocessableEntity, f)
}

func (a *Admin) sendUserLink(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	u, err := a.user(r, s)
	if err != nil {
		return err
	}
	activation, err := a.desk.SendPersonLink(r.Context(), s, u.ID, a.site.Origin(r))
	says := "A letter for a new password is on its way to " + u.Email + "."
	if activation {
		says = "A new activation e-mail is on its way to " + u.Email + ". The earlier link no longer works."
	}
	return a.userDone(w, r, s, u, err, says)
}

func (a *Admin) saveUsername(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	u, err := a.user(r, s)
	if err != nil {
		return err
	}
	err = a.desk.RenamePerson(r.Context(), s, u.ID, web.Str(r, "username"))
	return a.userDone(w, r, s, u, err, "The user name is changed. It counts at the next sign-in.")
}

// changeUserEmail asks for a new address, which counts once its code was
// entered.
func (a *Admin) changeUserEmail(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	u, err := a.user(r, s)
	if err != nil {
		return err
	}
	email := web.Str(r, "new_email")
	e, err := a.desk.StartEmailChange(r.Context(), s, u.ID, email, a.site.Origin(r))
	if says := fault.Fields(err)["email"]; says != "" {
		err = fault.Field("new_email", "%s", says)
	}
	says := "A code is on its way to " + email + ". Until it is entered, the old address counts."
	if err == nil && e.New == "" {
		says = "The address is changed, and a new activation e-mail is on its way to " + email + "."
	}
	return a.userDone(w, r, s, u, err, says)
}

func (a *Admin) resendUserEmail(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	u, err := a.user(r, s)
	if err != nil {
		return err
	}
	_, err = a.desk.ResendEmailChange(r.Context(), s, u.ID, a.site.Origin(r))
	return a.userDone(w, r, s, u, err, "A new code is on its way. The earlier one no longer works.")
}

func (a *Admin) cancelUserEmail(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	u, err := a.user(r, s)
	if err != nil {
		return err
	}
	return a.userDone(w, r, s, u, s.CancelEmailChange(r.Context(), u.ID), "The change is cancelled. The address stays as it was.")
}

func (a *Admin) disableUser(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	u, err := a.user(r, s)
	if err != nil {
		return err
	}
	return a.userDone(w, r, s, u, a.desk.DisablePerson(r.Context(), s, u.ID), u.Name+" is disabled and signed out everywhere.")
}

func (a *Admin) enableUser(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	u, err := a.user(r, s)
	if err != nil {
		return err
	}
	return a.userDone(w, r, s, u, s.EnableUser(r.Context(), u.ID), u.Name+" is enabled.")
}

func (a *Admin) endUserSessions(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	u, err := a.user(r, s)
	if err != nil {
		return err
	}
	_, err = s.EndUserSessions(r.Context(), u.ID)
	return a.userDone(w, r, s, u, err, u.Name+" is signed out everywhere.")
}

func (a *Admin) askDeleteUser(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	return a.deleteUserForm(w, r, s, http.StatusOK, "", nil)
}

func (a *Admin) deleteUserForm(w http.ResponseWriter, r *http.Request, s store.Staff, status int, typed string, problem error) error {
	u, err := a.user(r, s)
	if err != nil {
		return err
	}
	if err := s.Can(store.UserDelete); err != nil {
		return err
	}
	return web.Page(w, r, status, deleteUserPage(a.view(w, r, s), u, typed, problem))
}

func (a *Admin) deleteUser(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	u, err := a.user(r, s)
	if err != nil {
		return err
	}
	typed := web.Str(r, "confirm_email")
	err = s.DeleteUser(r.Context(), u.ID, typed)
	if isForm(err) {
		return a.deleteUserForm(w, r, s, http.StatusUnprocessableEntity, typed, err)
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/users", u.Name+" is deleted. The audit log keeps the ID U-"+id(u.ID)+".")
}

func (a *Admin) userPermissions(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	u, err := a.user(r, s)
	if err != nil {
		return err
	}
	all, err := s.StaffPermissions(r.Context(), u.ID)
	if err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, userPermissionsPage(a.view(w, r, s), s, u, all))
}
