package admin_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"gatehouse/app/apptest"
	"gatehouse/store"
	"gatehouse/store/storetest"
)

// phone is a driver at the door of the road, with a delivery of four crates.
type phone struct {
	*apptest.Appliance
	*testing.T
	s   store.Staff
	b   *apptest.Browser
	job store.JobID
}

func newPhone(t *testing.T) *phone {
	t.Helper()
	a, s, _ := jobSite(t)
	dora := storetest.Staff(t, a.DB, s.Home().ID, "swift", "dora@swift.test", "technician").Me()
	a.SetPassword(dora.ID)
	id, err := s.AddJob(t.Context(), store.NewJob{JobEdit: store.JobEdit{JobInput: store.JobInput{Kind: store.JobDelivery, Address: "Strand 1", Day: s.DayNow(), Assignee: dora.ID}, Items: []store.JobItem{{SKU: "CR-1", Quantity: 4}}}})
	if err != nil {
		t.Fatal(err)
	}
	return &phone{Appliance: a, T: t, s: s, b: a.Browser().SignIn("/admin/swift", "dora@swift.test"), job: id}
}

// complete sends a proof with photos as a phone does.
func (y *phone) complete(fields map[string]string, photos ...[]byte) *apptest.Browser {
	y.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for k, v := range fields {
		_ = w.WriteField(k, v)
	}
	for _, p := range photos {
		part, err := w.CreateFormFile("photos", "IMG_0001.jpg")
		if err != nil {
			y.Fatal(err)
		}
		_, _ = part.Write(p)
	}
	_ = w.Close()
	req, err := http.NewRequestWithContext(y.Context(), "POST", y.URL+"/admin/swift/road/"+num(y.job)+"/complete", &body)
	if err != nil {
		y.Fatal(err)
	}
	req.Header.Set("Content-Type", w.FormDataContentType())
	return y.b.Do(req)
}

func photoOf(t *testing.T, at ...int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 60, 40))
	for _, x := range at { // one unlike another
		img.Set(x, 3, color.RGBA{255, 0, 0, 255})
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// blank is a signature pad that nobody drew on.
func blank(t *testing.T) string {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewRGBA(image.Rect(0, 0, 300, 120))); err != nil {
		t.Fatal(err)
	}
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(out.Bytes())
}

// drawing is a signature.
func drawing(t *testing.T) string {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 300, 120))
	for x := 20; x < 280; x++ {
		for y := range 4 {
			img.Set(x, 40+x%40+y, color.Black)
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(out.Bytes())
}

// whereabouts puts a position into a photo, as phones do.
func whereabouts(jpg []byte) []byte {
	says := []byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x00GPS 52.5200N 13.4050E")
	out := append([]byte{}, jpg[:2]...)
	out = append(out, 0xff, 0xe1)
	out = binary.BigEndian.AppendUint16(out, uint16(len(says)+2))
	return append(append(out, says...), jpg[2:]...)
}

// TestRoad_badInput: whatever is wrong with a proof is said where it is, what
// was typed is still there, and nothing of it is kept.
func TestRoad_badInput(t *testing.T) {
	y := newPhone(t)
	jpg := photoOf(t)
	for name, c := range map[string]struct {
		fields map[string]string
		photos [][]byte
		says   string
	}{
		"40 MB":                      {nil, [][]byte{append(bytes.Clone(jpg), make([]byte, 40<<20)...)}, "larger than 15 MB"},
		"HEIC named .jpg":            {nil, [][]byte{[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic")}, "Most Compatible"},
		"PDF named .jpg":             {nil, [][]byte{[]byte("%PDF-1.7\n1 0 obj\n")}, "PDF"},
		"the second is half a photo": {nil, [][]byte{jpg, jpg[:len(jpg)/2]}, "Photo 2"},
		"six photos":                 {nil, [][]byte{jpg, jpg, jpg, jpg, jpg, jpg}, "up to 5"},
		"signature of nothing":       {map[string]string{"signature": blank(t)}, nil, "sign"},
		"half a signature":           {map[string]string{"signature": "data:image/png;base64,iVBORw0KGgo"}, nil, "sign"},
		"a signature that is text":   {map[string]string{"signature": "Rita Shaw"}, nil, "sign again"},
		"rejected above ordered":     {map[string]string{"item_0_rejected": "5", "item_0_reason": "torn"}, nil, "there are only 4"},
		"rejected without a reason":  {map[string]string{"item_0_rejected": "1"}, nil, "why"},
		"rejected less than nothing": {map[string]string{"item_0_rejected": "-1", "item_0_reason": "x"}, nil, "0"},
		"rejected in words":          {map[string]string{"item_0_rejected": "many"}, nil, "Give how many were rejected"},
		"nobody received it":         {map[string]string{"receiver": " "}, nil, "Give the name of whoever received it."},
	} {
		fields := map[string]string{"once": "k-" + name[:2], "receiver": "Rita-was-typed", "note": "Note-was-typed"}
		for k, v := range c.fields {
			fields[k] = v
		}
		y.complete(fields, c.photos...)
		if !strings.Contains(strings.ToLower(y.b.Page.Text()), strings.ToLower(c.says)) || y.b.Page.Status != http.StatusUnprocessableEntity || !strings.Contains(y.b.Page.Body, "Note-was-typed") {
			t.Errorf("%s: %d, without %q: %s", name, y.b.Page.Status, c.says, y.b.Page.Text())
		}
	}
	if all, err := y.s.Proofs(t.Context(), y.job); err != nil || len(all) != 0 {
		t.Fatalf("%d proofs are kept of what was refused, %v", len(all), err)
	}
	if kept, _ := storetest.FileBytes(t, y.DB); kept != 0 {
		t.Errorf("%d bytes are kept of what was refused", kept)
	}
}

// TestRoad_proofTwiceAndPlace: the same proof sent twice is one, and what the
// phone wrote into the photo about the place is gone from it.
func TestRoad_proofTwiceAndPlace(t *testing.T) {
	y := newPhone(t)
	fields := map[string]string{"once": "k", "receiver": "Rita"}
	for range 2 {
		y.complete(fields, whereabouts(photoOf(t))).Is(http.StatusOK).Sees("Completed", "Rita")
	}
	all, err := y.s.Proofs(t.Context(), y.job)
	if err != nil || len(all) != 1 || len(all[0].Files) != 1 {
		t.Fatalf("%d proofs, %v", len(all), err)
	}
	f, err := y.s.OpenJobFile(t.Context(), y.job, all[0].Files[0].ID, false)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := io.ReadAll(f.Reader())
	if err != nil || bytes.Contains(kept, []byte("GPS")) || bytes.Contains(kept, []byte("52.5200")) || bytes.Contains(kept, []byte("Exif")) {
		t.Errorf("the kept photo still says where it was taken, %v", err)
	}
	fields["once"] = "other"
	if y.complete(fields); y.b.Page.Status != http.StatusConflict && y.b.Page.Status != http.StatusUnprocessableEntity {
		t.Errorf("a second proof of a finished job: %d %s", y.b.Page.Status, y.b.Page.Text())
	}
}

// TestJobs_badInput: what cannot be is said at its field, with everything else
// as it was typed; foreign rows are as good as none.
func TestJobs_badInput(t *testing.T) {
	a, s, b := jobSite(t)
	other := a.Provider("nordlift")
	customer, err := other.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "Theirs"}})
	if err != nil {
		t.Fatal(err)
	}
	van, err := other.AddVehicle(t.Context(), store.VehicleEdit{VehicleInput: store.VehicleInput{Name: "Their van"}})
	if err != nil {
		t.Fatal(err)
	}
	asset, err := other.AddAsset(t.Context(), store.AssetEdit{AssetInput: store.AssetInput{Name: "Their digger"}})
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := other.AddJob(t.Context(), store.NewJob{JobEdit: store.JobEdit{JobInput: store.JobInput{Kind: store.JobWork, Subject: "Their work"}}})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		set  url.Values
		says string
	}{
		"window backwards":      {url.Values{"from": {"10:00"}, "to": {"09:00"}}, "ends before it begins"},
		"window without a day":  {url.Values{"day": {""}, "from": {"10:00"}}, "date"},
		"no such day":           {url.Values{"day": {"2026-02-30"}}, "date"},
		"no such time":          {url.Values{"from": {"25:61"}}, "time"},
		"an hour that is not":   {url.Values{"day": {"2026-03-29"}, "from": {"02:30"}, "zone": {"Europe/Berlin"}}, "does not exist"},
		"no such zone":          {url.Values{"zone": {"Mars/Base"}}, "time zone"},
		"their customer":        {url.Values{"customer": {num(customer)}}, "your customers"},
		"their vehicle":         {url.Values{"vehicle": {num(van)}}, "your vehicles"},
		"their asset":           {url.Values{"asset": {num(asset)}}, "your own"},
		"their person":          {url.Values{"assignee": {num(other.Me().ID)}}, "your people"},
		"off the earth":         {url.Values{"lat": {"91"}, "lon": {"0"}}, "latitude"},
		"a million lines":       {url.Values{"rows": {"1000000000"}, "from": {"10:00"}, "to": {"09:00"}}, "ends before it begins"},
		"less than no lines":    {url.Values{"rows": {"-5"}, "from": {"10:00"}, "to": {"09:00"}}, "ends before it begins"},
		"more rejected than is": {url.Values{"rows": {"1"}, "item_0_sku": {"A"}, "item_0_quantity": {"2"}, "item_0_rejected": {"3"}}, "only 2"},
		"1,001 items":           {itemRows(1001), "1000"},
	} {
		form := url.Values{"kind": {"work"}, "subject": {"Subject-was-typed"}, "day": {"2026-11-20"}}
		for k, v := range c.set {
			form[k] = v
		}
		b.Post("/admin/swift/jobs/new", form)
		if b.Page.Status != http.StatusUnprocessableEntity || !strings.Contains(b.Page.Text(), c.says) || !strings.Contains(b.Page.Body, "Subject-was-typed") || strings.Contains(b.Page.Body, "Their ") || len(b.Page.Body) > 4<<20 {
			t.Errorf("%s: %d, %d bytes, without %q: %.400s", name, b.Page.Status, len(b.Page.Body), c.says, b.Page.Text())
		}
	}
	form := itemRows(1000)
	form.Set("kind", "work")
	form.Set("subject", "A thousand")
	b.Post("/admin/swift/jobs/new", form).Is(http.StatusOK).Sees("Job added.", "A thousand")
	page, err := s.Jobs(t.Context(), store.JobFilter{})
	if err != nil || len(page.Rows) != 1 {
		t.Fatalf("%d jobs, %v", len(page.Rows), err)
	}
	if items, err := s.JobItems(t.Context(), page.Rows[0].ID); err != nil || len(items) != 1000 {
		t.Errorf("%d items, %v", len(items), err)
	}
	for _, at := range []string{"/jobs/" + num(theirs), "/road/" + num(theirs), "/jobs/" + num(theirs) + "/links", "/jobs/" + num(theirs) + "/edit"} {
		b.Get("/admin/swift" + at).Is(http.StatusNotFound).SeesNot("Their work")
	}
	at := "/admin/swift/jobs/" + num(page.Rows[0].ID)
	b.Post(at+"/status", url.Values{"status": {"closed"}}).Is(http.StatusUnprocessableEntity).Sees("Closed does not follow from that")
	b.Post(at+"/status", url.Values{"status": {"completed_partial"}}).Is(http.StatusUnprocessableEntity)
	b.Post(at+"/status", url.Values{"status": {"<script>"}}).Is(http.StatusUnprocessableEntity).SeesNot("<script>\"")
}

func itemRows(n int) url.Values {
	form := url.Values{"rows": {strconv.Itoa(n)}}
	for i := range n {
		form.Set(fmt.Sprintf("item_%d_sku", i), fmt.Sprint("SKU-", i))
		form.Set(fmt.Sprintf("item_%d_quantity", i), "2")
	}
	return form
}

// TestJobs_hourThatExistsTwice: a window in it is the longer one, and its day
// and times are shown as they were typed.
func TestJobs_hourThatExistsTwice(t *testing.T) {
	_, s, b := jobSite(t)
	b.Post("/admin/swift/jobs/new", url.Values{"kind": {"work"}, "subject": {"Night shift"}, "day": {"2026-10-25"}, "from": {"02:15"}, "to": {"02:45"}, "zone": {"Europe/Berlin"}}).Is(http.StatusOK).Sees("Job added.", "2:15 AM", "2:45 AM")
	j, err := s.JobByNumber(t.Context(), 1)
	if err != nil || j.EndsAt.Sub(j.StartsAt).Minutes() != 90 {
		t.Errorf("from %s to %s, %v", j.StartsAt, j.EndsAt, err)
	}
}
