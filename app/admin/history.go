package admin

import (
	"net/http"

	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

const historyPageSize = 50

// showHistory is what happened to a customer, newest first.
func (a *Admin) showHistory(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	c, err := a.customer(r, s)
	if err != nil {
		return err
	}
	if err := s.Can(store.HistoryRead); err != nil {
		return err
	}
	p := historyPage{Staff: s, Customer: c, Before: web.QueryInt[int64](r, "before")}
	if p.Lines, err = s.CustomerHistory(r.Context(), c.ID, p.Before, historyPageSize+1); err != nil {
		return err
	}
	v := a.view(w, r, s)
	if p.Words, err = a.words(r, s, v, p.Lines); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, p.node(v))
}

// words are what the ids in audit lines mean to a reader.
func (a *Admin) words(r *http.Request, s store.Staff, v *ui.View, lines []store.AuditLine) (words, error) {
	t := words{view: v, named: map[string]string{}}
	types, err := s.CustomerTypes(r.Context())
	if err != nil {
		return t, err
	}
	for _, ty := range types {
		t.named["type_id "+id(ty.ID)] = ty.Name
	}
	themes, err := s.Themes(r.Context())
	if err != nil {
		return t, err
	}
	for _, th := range themes {
		t.named["theme_id "+id(th.ID)] = th.Name
	}
	for _, of := range customersIn(lines) {
		if c, err := s.Customer(r.Context(), of); err == nil {
			t.named["customer_id "+id(of)], t.named["for "+id(of)] = c.Name, c.Name
		}
	}
	return t, nil
}

// customersIn lists which customers the lines' changes refer to.
func customersIn(lines []store.AuditLine) []store.CustomerID {
	seen, out := map[store.CustomerID]bool{}, []store.CustomerID{}
	for _, l := range lines {
		facts := l.Facts()
		both := facts.Changes["customer_id"]
		for _, v := range []any{both[0], both[1], facts.Notes["for"]} {
			if n, ok := v.(float64); ok && !seen[store.CustomerID(n)] {
				seen[store.CustomerID(n)] = true
				out = append(out, store.CustomerID(n))
			}
		}
	}
	return out
}
