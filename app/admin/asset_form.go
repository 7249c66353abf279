package admin

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/gorilla/mux"

	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

func (a *Admin) assetFormRoutes(r *mux.Router) {
	r.Handle("/assets/new", a.staff(a.newAsset)).Methods("GET", "HEAD").Name("admin.assets.new")
	r.Handle("/assets/new", a.staff(a.addAsset)).Methods("POST").Name("admin.assets.add")
	r.Handle("/assets/{asset}/edit", a.staff(a.editAsset)).Methods("GET", "HEAD").Name("admin.asset.edit")
	r.Handle("/assets/{asset}/edit", a.staff(a.saveAsset)).Methods("POST").Name("admin.asset.save")
	r.Handle("/assets/{asset}/delete", a.staff(a.askDeleteAsset)).Methods("GET", "HEAD").Name("admin.asset.delete")
	r.Handle("/assets/{asset}/delete", a.staff(a.deleteAsset)).Methods("POST").Name("admin.asset.delete.do")
	r.Handle("/assets/{asset}/reading", a.staff(a.newReading)).Methods("GET", "HEAD").Name("admin.asset.reading")
	r.Handle("/assets/{asset}/reading", a.staff(a.addReading)).Methods("POST").Name("admin.asset.reading.add")
}

func (a *Admin) newAsset(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := s.Can(store.AssetAdd); err != nil {
		return err
	}
	return a.assetForm(w, r, s, http.StatusOK, assetForm{Edit: store.AssetEdit{AssetInput: store.AssetInput{Status: "active"}}})
}

func (a *Admin) addAsset(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	if err := s.Can(store.AssetAdd); err != nil {
		return err
	}
	e, err := decodeAsset(r)
	var of store.AssetID
	if err == nil {
		of, err = s.AddAsset(r.Context(), e)
	}
	if isForm(err) {
		return a.assetForm(w, r, s, http.StatusUnprocessableEntity, assetForm{Edit: e, Year: web.Str(r, "year"), Problem: err})
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/assets/"+id(of), "Asset added.")
}

func (a *Admin) editAsset(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	asset, err := a.asset(r, s)
	if err != nil {
		return err
	}
	if err := s.Can(store.AssetChange); err != nil {
		return err
	}
	groups, err := s.AssetGroups(r.Context(), asset.ID)
	if err != nil {
		return err
	}
	e := store.AssetEdit{AssetInput: asset.AssetInput}
	for _, g := range groups {
		e.Groups = append(e.Groups, g.ID)
	}
	return a.assetForm(w, r, s, http.StatusOK, assetForm{Asset: &asset, Edit: e, Version: asset.Version})
}

func (a *Admin) saveAsset(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	asset, err := a.asset(r, s)
	if err != nil {
		return err
	}
	e, err := decodeAsset(r)
	if err == nil {
		err = s.ChangeAsset(r.Context(), asset.ID, web.Int[int64](r, "version"), e)
	}
	if isForm(err) {
		return a.assetForm(w, r, s, http.StatusUnprocessableEntity, assetForm{Asset: &asset, Edit: e, Year: web.Str(r, "year"), Version: asset.Version, Problem: err})
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/assets/"+id(asset.ID), "Saved.")
}

func decodeAsset(r *http.Request) (store.AssetEdit, error) {
	e := store.AssetEdit{AssetInput: store.AssetInput{Name: web.Str(r, "name"), ExternalID: web.Str(r, "external_id"), Serial: web.Str(r, "serial"), PIN: web.Str(r, "pin"),
		Make: web.Str(r, "make"), Model: web.Str(r, "model"), Type: web.Str(r, "type"), Status: web.Str(r, "status")},
		Groups: web.Ints[store.GroupID](r, "groups"), Values: map[store.FieldID]string{}}
	if e.Groups == nil {
		e.Groups = []store.GroupID{}
	}
	for name := range r.PostForm {
		if n, ok := strings.CutPrefix(name, "field_"); ok {
			e.Values[store.FieldID(number(n))] = web.Str(r, name)
		}
	}
	year := web.Str(r, "year")
	n, err := strconv.ParseInt(year, 10, 64)
	if year != "" && err != nil {
		return e, fault.Field("year", "Give the year as four digits, or leave it empty.")
	}
	e.Year = n
	return e, nil
}

func (a *Admin) assetForm(w http.ResponseWriter, r *http.Request, s store.Staff, status int, f assetForm) (err error) {
	if f.Fields, err = s.Fields(r.Context()); err != nil {
		return err
	}
	if f.Groups, err = s.GroupNames(r.Context()); err != nil {
		return err
	}
	if f.Types, err = s.AssetTypes(r.Context()); err != nil {
		return err
	}
	if f.Asset != nil && f.Edit.Values == nil {
		values, err := s.FieldValues(r.Context(), f.Asset.ID)
		if err != nil {
			return err
		}
		f.Edit.Values = map[store.FieldID]string{}
		for _, v := range values {
			f.Edit.Values[v.ID] = v.Value
		}
	}
	return web.Page(w, r, status, f.page(a.view(w, r, s)))
}

func (a *Admin) askDeleteAsset(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	asset, err := a.asset(r, s)
	if err != nil {
		return err
	}
	if err := s.Can(store.AssetDelete); err != nil {
		return err
	}
	return web.Page(w, r, http.StatusOK, deleteAssetPage(a.view(w, r, s), asset))
}

func (a *Admin) deleteAsset(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	asset, err := a.asset(r, s)
	if err != nil {
		return err
	}
	if err := s.DeleteAsset(r.Context(), asset.ID); err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/assets", asset.Name+" is deleted.")
}

func (a *Admin) newReading(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	asset, err := a.asset(r, s)
	if err != nil {
		return err
	}
	if err := s.Can(store.ReadingAdd); err != nil {
		return err
	}
	v := a.view(w, r, s)
	return web.Page(w, r, http.StatusOK, readingForm{Asset: asset, Kind: store.KindHours, At: s.Now().In(zone(v)).Format(clockLayout)}.page(v))
}

func (a *Admin) addReading(w http.ResponseWriter, r *http.Request, s store.Staff) error {
	if err := web.Form(r); err != nil {
		return err
	}
	asset, err := a.asset(r, s)
	if err != nil {
		return err
	}
	if err := s.Can(store.ReadingAdd); err != nil {
		return err
	}
	v := a.view(w, r, s)
	f := readingForm{Asset: asset, Kind: web.Str(r, "kind"), At: web.Str(r, "at"), Value: web.Str(r, "value"), Lat: web.Str(r, "lat"), Lon: web.Str(r, "lon")}
	reading, err := f.decode(zone(v))
	if err == nil {
		err = s.AddReading(r.Context(), asset.ID, reading)
	}
	if isForm(err) {
		f.Problem = err
		return web.Page(w, r, http.StatusUnprocessableEntity, f.page(v))
	}
	if err != nil {
		return err
	}
	return a.site.Done(w, r, base(r)+"/assets/"+id(asset.ID), "The reading is saved.")
}

// clockLayout is how a browser's field for date and time sends them.
const clockLayout = "2006-01-02T15:04"

func (f readingForm) decode(zone *time.Location) (out store.Reading, err error) {
	var bad fault.Problems
	out.Kind = f.Kind
	if out.At, err = time.ParseInLocation(clockLayout, f.At, zone); err != nil {
		bad.Add("at", "Give date and time, such as 2026-11-30 14:05.")
	}
	if f.Kind == store.KindPosition {
		out.Value, out.Value2 = decimal(&bad, "lat", f.Lat), decimal(&bad, "lon", f.Lon)
	} else {
		out.Value = decimal(&bad, "value", f.Value)
	}
	return out, bad.Err()
}

// decimal reads a number with a point or a comma.
func decimal(bad *fault.Problems, field, text string) store.Num {
	n, err := strconv.ParseFloat(strings.Replace(strings.TrimSpace(text), ",", ".", 1), 64)
	if err != nil {
		bad.Add(field, "Give a number, such as 1234.5.")
		return store.Num{}
	}
	return store.Some(n)
}
