package admin

import (
	"net/http"

	"github.com/gorilla/mux"

	"gatehouse/app/web"
	"gatehouse/store"
)

func (a *Admin) fieldRoutes(r *mux.Router) {
	r.Handle("/assets/fields", a.staff(a.listFields)).Methods("GET", "HEAD").Name("admin.fields")
	r.Handle("/assets/fields", a.staff(a.addField)).Methods("POST").Name("admin.fields.add")
	r.Handle("/assets/fields/{field}", a.staff(a.editField)).Methods("GET", "HEAD").Name("admin.field")
	r.Handle("/assets/fields/{field}", a.staff(a.saveField)).Methods("POST").Name("admin.field.save")
	r.Handle("/assets/fields/{field}/delete", a.staff(a.askDeleteField)).Methods("GET", "HEAD").Name("admin.field.delete")
	r.Handle("/assets/fields/{field}/delete", a.staff(a.deleteField)).Methods("POST").Name("admin.field.delete.do")
}

func (a *Admin) listFields(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.FieldAdd); err != nil {
		return err
	}
	return a.fieldsPage(w, r, s, http.StatusOK, fieldForm{Kind: "text"})
}

func (a *Admin) fieldsPage(w http.ResponseWriter, r *http.Request, s store.Staff, status int, f fieldForm) error {
	all, err := s.Fields(r.Context())
	if err != nil {
		return err
	}
	return web.Page(w, r, status, fieldsPage(a.view(w, r, s), all, f))
}

func decodeField(r *http.Request) fieldForm {
	return fieldForm{Label: web.Str(r, "label"), Kind: web.Str(r, "kind"), Shared: web.Str(r, "shared") == "1", Position: web.Int[int64](r, "position")}
}

func (f fieldForm) input() store.FieldInput {
	return store.FieldInput{Label: f.Label, Kind: f.Kind, Shared: f.Shared, Position: f.Position}
}

func (a *Admin) addField(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	if err := s.Can(store.FieldAdd); err != nil {
		return err
	}
	f := decodeField(r)
	_, err := s.AddField(r.Context(), f.input())
	if isForm(err) {
		f.Problem = err
		return a.fieldsPage(w, r, s, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/assets/fields", "Field added.")
}

func (a *Admin) field(r *http.Request, s store.Staff) (store.Field, error) {
	id, err := web.ID[store.FieldID](r, "field")
	if err != nil {
		return store.Field{}, err
	}
	return s.Field(r.Context(), id)
}

func (a *Admin) editField(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	d, err := a.field(r, s)
	if err != nil {
		return err
	}
	if err := s.Can(store.FieldChange); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, fieldForm{Label: d.Label, Kind: d.Kind, Shared: d.Shared, Position: d.Position}.page(a.view(w, r, s), d))
}

func (a *Admin) saveField(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	d, err := a.field(r, s)
	if err != nil {
		return err
	}
	f := decodeField(r)
	err = s.ChangeField(r.Context(), d.ID, f.input())
	if isForm(err) {
		f.Problem = err
		return web.Page(w, r, http.StatusUnprocessableEntity, f.page(a.view(w, r, s), d))
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/assets/fields", "Saved.")
}

func (a *Admin) askDeleteField(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	d, err := a.field(r, s)
	if err != nil {
		return err
	}
	if err := s.Can(store.FieldRemove); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, deleteFieldPage(a.view(w, r, s), d))
}

func (a *Admin) deleteField(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	d, err := a.field(r, s)
	if err != nil {
		return err
	}
	if err := s.RemoveField(r.Context(), d.ID); err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/assets/fields", "The field “"+d.Label+"” is deleted.")
}
