package portal

import (
	"context"
	"net/http"

	"gatehouse/app/account"
	"gatehouse/app/desk"
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// account is this door, as the pages of one's own account need it.
func (p *Portal) account() *account.Door {
	return &account.Door{Name: "portal", Site: p.site, Desk: p.desk, Life: store.ClientSession, Base: base,
		Where: func(r *http.Request) (desk.Where, account.Face, error) {
			at, face, err := p.where(r)
			v := p.strangerView(nil, r)
			return at, account.Face{Title: face.PortalName, Lead: v.T("%s shares this portal with %s.", face.ProviderName, face.CustomerName), Ask: face.ProviderName, Login: v.T("E-mail")}, err
		},
		Stranger: p.strangerView,
		View: func(w http.ResponseWriter, r *http.Request, who account.Own) *ui.View {
			return p.view(w, r, who.(store.Client))
		},
		Enter:   func(r *http.Request) (account.Own, error) { return p.enter(r) },
		SignOut: func(ctx context.Context, who account.Own) error { return who.(store.Client).SignOut(ctx) },
		Public:  p.public,
		Own: func(f func(http.ResponseWriter, *http.Request, account.Own) error) http.Handler {
			return p.client(func(w http.ResponseWriter, r *http.Request, c store.Client) error { return f(w, r, c) })
		}}
}
