package admin

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"gatehouse/app/desk"
	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// whoseFile are the customers and groups whose a whole file can be.
func whoseFile(ctx context.Context, s store.Staff) ([]ui.Option, error) {
	groups, err := s.GroupChoices(ctx)
	if err != nil {
		return nil, err
	}
	customers, err := s.Customers(ctx, store.CustomerFilter{Sort: "name", Limit: 500})
	if err != nil {
		return nil, err
	}
	var out []ui.Option
	for _, c := range customers.Rows {
		out = append(out, ui.Option{Value: "c" + id(c.ID), Label: c.Name, Group: "Customers"})
	}
	for _, g := range groups {
		out = append(out, ui.Option{Value: "g" + id(g.ID), Label: g.Name, Group: "Groups"})
	}
	return out, nil
}

func (a *Admin) showCodes(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	i, err := a.theImport(r, s)
	if err != nil {
		return err
	}
	if err := s.Can(store.ImportMap); err != nil {
		return err
	}
	return a.codesForm(w, r, s, http.StatusOK, i, nil, nil)
}

func (a *Admin) codesForm(w http.ResponseWriter, r *http.Request, s store.Staff, status int, i store.Import, chosen []desk.CodeChoice, problem error) error {
	codes, err := s.ParkedCodes(r.Context(), i.ID)
	if err != nil {
		return err
	}
	p := codesPage{Import: i, Problem: problem, Chosen: chosen, More: len(codes) > codesShown}
	codes = codes[:min(len(codes), codesShown)]
	for n := len(p.Chosen); n < len(codes); n++ {
		p.Chosen = append(p.Chosen, desk.CodeChoice{ParkedCode: codes[n]})
	}
	for n := range p.Chosen {
		if t, err := s.FindTag(r.Context(), p.Chosen[n].What, p.Chosen[n].Code); err == nil {
			p.Known = append(p.Known, t)
		} else if fault.Of(err) == fault.NotFound {
			p.Known = append(p.Known, store.JobTag{})
		} else {
			return err
		}
	}
	return web.Page(w, r, status, p.page(a.view(w, r, s)))
}

// codesShown is how many codes are decided at once; the next ones follow.
const codesShown = 50

func (a *Admin) decideCodes(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	i, err := a.theImport(r, s)
	if err != nil {
		return err
	}
	codes, err := s.ParkedCodes(r.Context(), i.ID)
	if err != nil {
		return err
	}
	chosen := make([]desk.CodeChoice, 0, codesShown)
	for n := range codesShown {
		k := strconv.Itoa(n)
		for _, c := range codes { // what is decided must be one of the file's
			if c.What == web.Str(r, "what."+k) && c.Code == r.PostForm.Get("code."+k) {
				chosen = append(chosen, desk.CodeChoice{ParkedCode: c, Do: web.Str(r, "do."+k), Is: web.Str(r, "is."+k)})
			}
		}
	}
	if web.Str(r, "rest") == "add" {
		if chosen, err = addRest(r.Context(), s, codes, chosen); err != nil {
			return err
		}
	}
	n, err := a.desk.DecideCodes(r.Context(), s, i.ID, chosen)
	if err != nil && fault.Of(err) == fault.Invalid {
		return a.codesForm(w, r, s, http.StatusUnprocessableEntity, i, chosen, err)
	}
	if err != nil {
		return err
	}
	a.desk.AwaitImport(r.Context(), i.ID, soon)
	if n == 1 {
		return a.site.Done(w, r, importPath(r, i.ID), "One code was decided. It counts for this file and for all that come.")
	}
	return a.site.Done(w, r, importPath(r, i.ID), strconv.Itoa(n)+" codes were decided. They count for this file and for all that come.")
}

// addRest makes a customer or a group of every code that nobody chose anything
// for or decided before, those that were not shown included.
func addRest(ctx context.Context, s store.Staff, codes []store.ParkedCode, chosen []desk.CodeChoice) ([]desk.CodeChoice, error) {
	for _, c := range codes {
		if _, err := s.FindTag(ctx, c.What, c.Code); err == nil {
			continue
		} else if fault.Of(err) != fault.NotFound {
			return nil, err
		}
		n := slices.IndexFunc(chosen, func(x desk.CodeChoice) bool { return x.What == c.What && x.Code == c.Code })
		if n < 0 {
			n, chosen = len(chosen), append(chosen, desk.CodeChoice{ParkedCode: c, Do: desk.CodeLeave})
		}
		if chosen[n].Do == desk.CodeLeave {
			chosen[n].Do = map[string]string{store.CodeCustomer: desk.CodeNewCustomer, store.CodeGroup: desk.CodeNewGroup}[c.What]
		}
	}
	return chosen, nil
}

// importRest brings in the rows of an applied import that were parked.
func (a *Admin) importRest(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	i, err := a.theImport(r, s)
	if err != nil {
		return err
	}
	rest, err := a.desk.ImportRest(r.Context(), s, i.ID, web.Str(r, "once"))
	if says := fault.Says(err); err != nil && isForm(err) && says != "" {
		return a.site.Warn(w, r, importPath(r, i.ID), says)
	}
	if err != nil {
		return err
	}
	a.desk.AwaitImport(r.Context(), rest, soon)
	http.Redirect(w, r, importPath(r, rest), http.StatusSeeOther)
	return nil
}
