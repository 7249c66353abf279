package admin

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// decodeJob reads the form. What is no number or time is a problem, and stays
// in the form as it was typed.
func decodeJob(r *http.Request, s store.Staff) jobForm {
	f := jobForm{Once: web.Str(r, "once"), Version: web.Int[int64](r, "version"), Status: web.Str(r, "status"), Rows: int(min(max(web.Int[int64](r, "rows"), 0), mostRows)), AddAssets: web.Str(r, "add_assets"), Typed: map[string]string{}}
	f.Edit.JobInput = store.JobInput{Kind: web.Str(r, "kind"), Customer: web.Int[store.CustomerID](r, "customer"), Group: web.Int[store.GroupID](r, "group"), Site: web.Int[store.SiteID](r, "site"),
		ExternalID: web.Str(r, "external_id"), Subject: web.Str(r, "subject"), Description: r.PostForm.Get("description"), Instructions: r.PostForm.Get("instructions"), Address: r.PostForm.Get("address"),
		ContactName: web.Str(r, "contact_name"), ContactPhone: web.Str(r, "contact_phone"), ContactEmail: web.Str(r, "contact_email"), Day: web.Str(r, "day"), From: web.Str(r, "from"), To: web.Str(r, "to"),
		Zone: web.Str(r, "zone"), Priority: web.Int[store.PriorityID](r, "priority"), Assignee: web.Int[store.UserID](r, "assignee"), Vehicle: web.Int[store.VehicleID](r, "vehicle")}
	f.Edit.Assets = web.Ints[store.AssetID](r, "asset")
	if f.Edit.Assets == nil {
		f.Edit.Assets = []store.AssetID{}
	}
	var bad fault.Problems
	for _, c := range []struct {
		name string
		to   *store.Num
	}{{"lat", &f.Edit.Lat}, {"lon", &f.Edit.Lon}} {
		if f.Typed[c.name] = web.Str(r, c.name); f.Typed[c.name] != "" {
			*c.to = decimal(&bad, c.name, f.Typed[c.name])
		}
	}
	for _, c := range []struct {
		name string
		to   *time.Time
	}{{"start_by", &f.Edit.StartBy}, {"due_by", &f.Edit.DueBy}} {
		if f.Typed[c.name] = web.Str(r, c.name); f.Typed[c.name] != "" {
			at, err := time.ParseInLocation(clockLayout, f.Typed[c.name], staffZone(s))
			if err != nil {
				bad.Add(c.name, "Give date and time, such as 2026-11-30 14:05.")
			}
			*c.to = at.UTC()
		}
	}
	f.decodeItems(r, &bad)
	f.decodeValues(r)
	f.Problem = bad.Err()
	return f
}

func staffZone(s store.Staff) *time.Location {
	if l, err := time.LoadLocation(s.Me().Zone); err == nil {
		return l
	}
	return time.UTC
}

// decodeItems reads the lines of items. An empty one is none.
func (f *jobForm) decodeItems(r *http.Request, bad *fault.Problems) {
	f.Edit.Items = []store.JobItem{}
	for n := range f.Rows {
		at := func(name string) string { return web.Str(r, "item_"+strconv.Itoa(n)+"_"+name) }
		i := store.JobItem{ID: web.Int[store.JobItemID](r, "item_"+strconv.Itoa(n)+"_id"), SKU: at("sku"), Description: at("description"), Unit: at("unit"), Serials: at("serials"), Reason: at("reason")}
		if i.SKU == "" && i.Description == "" && i.Serials == "" && at("quantity") == "" {
			continue
		}
		line := len(f.Edit.Items)
		i.Quantity, i.Rejected = f.quantity(bad, line, "quantity", at("quantity"), 1), f.quantity(bad, line, "rejected", at("rejected"), 0)
		f.Edit.Items = append(f.Edit.Items, i)
	}
}

// quantity reads a number of a line; it stays in the form as it was typed.
func (f *jobForm) quantity(bad *fault.Problems, line int, name, typed string, without float64) float64 {
	if typed == "" {
		return without
	}
	name = "item_" + strconv.Itoa(line) + "_" + name
	f.Typed[name] = typed
	return decimal(bad, name, typed).V
}

func (f *jobForm) decodeValues(r *http.Request) {
	for name := range r.PostForm {
		n, ok := strings.CutPrefix(name, "field_")
		if !ok {
			continue
		}
		if one, err := strconv.ParseInt(n, 10, 64); err == nil {
			if f.Edit.Values == nil {
				f.Edit.Values = map[store.JobFieldID]string{}
			}
			f.Edit.Values[store.JobFieldID(one)] = r.PostForm.Get(name)
		}
	}
}

// findAssets adds the assets that were typed by ID, serial number or name.
func (f *jobForm) findAssets(r *http.Request, s store.Staff) error {
	for _, id := range f.Edit.Assets {
		one, err := s.Asset(r.Context(), id)
		if err != nil {
			return fault.Field("add_assets", "Choose assets of your own.")
		}
		f.Assets = append(f.Assets, store.JobAsset{ID: one.ID, Name: one.Name})
	}
	for typed := range strings.FieldsFuncSeq(f.AddAssets, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		typed = strings.TrimSpace(typed)
		var found store.AssetID
		for _, k := range []store.AssetKey{{ExternalID: typed}, {Serial: typed}, {Name: typed}, {PIN: typed}} {
			one, err := s.MatchAsset(r.Context(), k)
			if fault.Of(err) == fault.Conflict {
				return fault.Field("add_assets", "More than one asset is called %s. Give its ID.", typed)
			}
			if err != nil {
				return err
			}
			if found = one; found != 0 {
				break
			}
		}
		if found == 0 {
			return fault.Field("add_assets", "There is no asset %s. Give an ID, a serial number or a name.", typed)
		}
		f.Edit.Assets = append(f.Edit.Assets, found)
	}
	return nil
}
