package admin

import (
	"context"
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/account"
	"gatehouse/app/desk"
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// account is this door, as the pages of one's own account need it.
func (a *Admin) account() *account.Door {
	return &account.Door{Name: "admin", Site: a.site, Desk: a.desk, Life: store.StaffSession, Base: base,
		Where: func(r *http.Request) (desk.Where, account.Face, error) {
			at, home, err := a.where(r)
			v := a.strangerView(nil, r)
			return at, account.Face{Title: home.Name, Ask: v.T("an administrator of %s", home.Name), Login: v.T("E-mail or user name")}, err
		},
		Stranger: a.strangerView,
		View: func(w http.ResponseWriter, r *http.Request, who account.Own) *ui.View {
			return a.view(w, r, who.(store.Staff))
		},
		Enter:   func(r *http.Request) (account.Own, error) { return a.enter(r) },
		SignOut: func(ctx context.Context, who account.Own) error { return who.EndSession(ctx, who.Session()) },
		Public:  a.public,
		Own: func(f func(http.ResponseWriter, *http.Request, account.Own) error) http.Handler {
			return a.staff(func(w http.ResponseWriter, r *http.Request, s store.Staff) error { return f(w, r, s) })
		}}
}

// strangerView is the look of the provider's door for people who are not in.
func (a *Admin) strangerView(w http.ResponseWriter, r *http.Request) *ui.View {
	home, err := a.site.DB.System("sign-in", store.Origin{}).ProviderBySlug(r.Context(), mux.Vars(r)["provider"])
	if err != nil {
		return a.site.View(w, r)
	}
	return a.doorView(w, r, home)
}
