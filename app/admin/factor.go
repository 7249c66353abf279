package admin

import (
	"net/http"

	g "maragu.dev/gomponents"

	"gatehouse/app/account"
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// factorCard resets the second factor of somebody who lost it. It is there only
// where there is one, for who may; one's own is turned off in the profile.
func factorCard(v *ui.View, s store.Staff, of store.Account, at string) g.Node {
	if !of.Factor || !s.May(store.UserFactor) || of.ID == s.Me().ID {
		return nil
	}
	return account.FactorOf(v, account.Other{Account: of, At: at})
}

const factorReset = "The second factor is reset, and every session has ended. A letter says so."

func (a *Admin) resetUserFactor(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	u, err := a.user(r, s)
	if err != nil {
		return err
	}
	return a.userDone(w, r, s, u, a.desk.ResetFactor(r.Context(), s, u.ID, a.site.Origin(r)), factorReset)
}

func (a *Admin) resetClientFactor(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	return a.clientDo(w, r, s, factorReset, func(c store.ClientUser) error {
		return a.desk.ResetFactor(r.Context(), s, c.ID, a.site.Origin(r))
	})
}
