package admin_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"gatehouse/store"
)

// TestJobForm_aThousandItems: all come back from the form as they were, one in
// the middle is changed, and a mistake in it is shown open, as it was typed.
func TestJobForm_aThousandItems(t *testing.T) {
	_, s, b := jobSite(t)
	items := make([]store.JobItem, 1000)
	for n := range items {
		items[n] = store.JobItem{SKU: "S" + strconv.Itoa(n), Description: "Thing", Quantity: 2.5, Unit: "box", Serials: "N" + strconv.Itoa(n)}
	}
	id, err := s.AddJob(t.Context(), store.NewJob{JobEdit: store.JobEdit{JobInput: store.JobInput{Kind: store.JobDelivery, Address: "Quay 3", Day: "2026-11-30"}, Items: items}})
	if err != nil {
		t.Fatal(err)
	}
	at := "/admin/swift/jobs/" + strconv.FormatInt(int64(id), 10)
	page := b.Get(at+"/edit").Is(http.StatusOK).Sees("Items 21 to 120", "Items 921 to 1000").Page
	if n := len(page.Body); n > 1_200_000 {
		t.Errorf("the form has %d bytes", n)
	}
	form := formOf(t, page.Body, at+"/edit")
	was, err := s.JobItems(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	form.Set("item_500_quantity", "many")
	b.Post(at+"/edit", form).Is(http.StatusUnprocessableEntity).Sees("Items 21 to 120", "Items 502 to 601")
	if !strings.Contains(b.Page.Body, `value="many"`) {
		t.Error("what was typed is lost")
	}
	form.Set("item_500_quantity", "7")
	form.Set("item_999_sku", "Last")
	b.Post(at+"/edit", form).Is(http.StatusOK)
	now, err := s.JobItems(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	was[500].Quantity, was[999].SKU = 7, "Last"
	for n := range was {
		if was[n] != now[n] {
			t.Fatalf("line %d is %+v, was %+v", n, now[n], was[n])
		}
	}
}

// formOf reads the fields of the form that is sent to a path, as a browser
// would send them.
func formOf(t *testing.T, body, action string) url.Values {
	t.Helper()
	_, body, ok := strings.Cut(body, `action="`+action+`"`)
	if !ok {
		t.Fatal("no such form: " + action)
	}
	body, _, _ = strings.Cut(body, "</form>")
	out := url.Values{}
	for _, tag := range strings.Split(body, "<input")[1:] {
		tag, _, _ = strings.Cut(tag, ">")
		if name := attr(tag, "name"); name != "" && (!strings.Contains(tag, `type="checkbox"`) && !strings.Contains(tag, `type="radio"`) || strings.Contains(tag, " checked")) {
			out.Add(name, attr(tag, "value"))
		}
	}
	for _, tag := range strings.Split(body, "<textarea")[1:] {
		text, _, _ := strings.Cut(tag[strings.Index(tag, ">")+1:], "</textarea>")
		out.Add(attr(tag, "name"), text)
	}
	for _, tag := range strings.Split(body, "<select")[1:] {
		chosen, _, _ := strings.Cut(tag, "</select>")
		for _, o := range strings.Split(chosen, "<option")[1:] {
			if strings.Contains(strings.SplitN(o, ">", 2)[0], " selected") {
				out.Add(attr(tag, "name"), attr(o, "value"))
			}
		}
	}
	return out
}

func attr(tag, name string) string {
	_, v, ok := strings.Cut(tag, " "+name+`="`)
	if !ok {
		return ""
	}
	v, _, _ = strings.Cut(v, `"`)
	return v
}
