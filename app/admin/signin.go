package admin

import (
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/desk"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// where is the door people want to come in through. An unknown provider and a
// suspended one are told apart only to those who know the address.
func (a *Admin) where(r *http.Request) (desk.Where, store.Provider, error) {
	y := a.site.DB.System("sign-in", a.site.Origin(r))
	home, err := y.ProviderBySlug(r.Context(), mux.Vars(r)["provider"])
	if err != nil {
		return desk.Where{}, home, err
	}
	if home.State != "active" {
		return desk.Where{}, home, fault.New(fault.Forbidden, "Access for %s is suspended at the moment. Please ask whoever runs this appliance.", home.Name)
	}
	return desk.Where{Provider: home.ID, Path: "/admin/" + home.Slug, Names: []string{home.Name, home.Slug}, Sender: home.Name}, home, nil
}
