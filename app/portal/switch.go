package portal

import (
	"net/http"

	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// switcher offers the other portals of somebody who belongs to several.
func (p *Portal) switcher(v *ui.View, r *http.Request, c store.Client) *ui.Switcher {
	if !c.Window().Others {
		return nil
	}
	all, err := c.Places(r.Context())
	if err != nil {
		return nil // the page itself will say what is wrong
	}
	s := &ui.Switcher{Action: v.Base + "/switch", Current: c.Window().CustomerName}
	for _, l := range all {
		if l.Slug != c.Window().Slug {
			to := ui.SwitchTo{Value: l.Slug, Label: l.Customer}
			if l.Name != c.Window().Name {
				to.Sub = l.Name
			}
			s.To = append(s.To, to)
		}
	}
	return s
}

// switchTo goes on in another portal of the same person. Each portal keeps a
// session of its own, below its own address.
func (p *Portal) switchTo(w http.ResponseWriter, r *http.Request, c store.Client) error {
	if err := web.Form(r); err != nil {
		return err
	}
	token, hash := p.site.NewToken()
	to, err := c.SwitchTo(r.Context(), web.Str(r, "to"), hash)
	if err != nil {
		return err
	}
	at := "/portal/" + to.Slug
	if to.Slug == c.Window().Slug {
		http.Redirect(w, r, at, http.StatusSeeOther)
		return nil
	}
	if err := p.site.SetToken(w, r, at, token, store.ClientSession); err != nil {
		return err
	}
	return p.site.Done(w, r, at, "You are at "+to.Customer+" now.")
}
