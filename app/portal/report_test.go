package portal_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gatehouse/app/apptest"
	"gatehouse/app/mailer/smtptest"
	"gatehouse/store"
)

func reportSite(t *testing.T) *site {
	t.Helper()
	return newSite(t, store.FeatureList, store.FeatureReport, store.FeatureJobs, store.FeatureJobList, store.FeatureJobFiles)
}

func TestReport_becomesAJobWithANumber(t *testing.T) {
	y := reportSite(t)
	y.b.Get(y.base + "/assets/" + num(y.mine)).Is(200).Sees("Report a problem")
	y.b.Get(y.base+"/report?asset="+num(y.mine)).Is(200).Sees("What is wrong?", "Mine", "Contact on site").SeesNot("Secret of Beta")
	y.b.Get(y.base + "/report?asset=" + num(y.other)).Is(200).SeesNot("Secret of Beta")
	form := url.Values{"asset": {num(y.mine)}, "subject": {"Hose leaks"}, "description": {"Oil on\nthe floor"}, "contact_name": {"Ana"}, "contact_phone": {"+49 40 1"}, "once": {"r-1"}}
	for range 3 {
		y.b.Post(y.base+"/report", form).Is(200).Sees("J-1 Hose leaks", "Problem reported", "Oil on the floor", "Mine", "+49 40 1", "Info received")
	}
	all, err := y.s.Jobs(t.Context(), store.JobFilter{})
	if err != nil || all.Total != 1 || all.Rows[0].Source != "portal" || all.Rows[0].Customer != y.acme {
		t.Fatalf("the provider has %d jobs, %v: %+v", all.Total, err, all.Rows)
	}
	y.b.Get(y.base+"/assets/"+num(y.mine)).Is(200).Sees("Hose leaks", "J-1")
	y.b.Get(y.base+"/report").Is(200).Sees("Reported by you", "J-1 Hose leaks")
	y.b.Get(y.base + "/jobs").Is(200).Sees("Hose leaks")
	y.b.Get(y.base).Is(200).Sees("Jobs under way", "J-1 Hose leaks")

	for says, bad := range map[string]url.Values{
		"Say in a few words what is wrong": {"subject": {" "}, "description": {"kept text"}, "once": {"r-2"}},
		"Choose one of your assets":        {"subject": {"x"}, "asset": {num(y.other)}, "description": {"kept text"}, "once": {"r-3"}},
		"Choose one of your sites":         {"subject": {"x"}, "site": {"999"}, "description": {"kept text"}, "once": {"r-4"}},
		"Choose one of the priorities":     {"subject": {"x"}, "priority": {"999"}, "description": {"kept text"}, "once": {"r-5"}},
		"Enter a full e-mail address":      {"subject": {"x"}, "contact_email": {"a@@b"}, "description": {"kept text"}, "once": {"r-6"}},
	} {
		y.b.Post(y.base+"/report", bad).Is(422).Sees(says, "kept text").SeesNot("Secret of Beta")
	}
	y.share(t, store.FeatureList)
	for _, path := range []string{"/report", "/jobs", "/jobs/1"} {
		y.b.Get(y.base + path).Is(404)
	}
	y.b.Post(y.base+"/report", form).Is(404)
}

func TestReport_withoutTheJobListOneFollowsOnesOwn(t *testing.T) {
	y := newSite(t, store.FeatureList, store.FeatureReport)
	if _, err := y.s.AddJob(t.Context(), store.NewJob{JobEdit: store.JobEdit{JobInput: store.JobInput{Kind: store.JobWork, Customer: y.acme, Subject: "Planned by us"}}}); err != nil {
		t.Fatal(err)
	}
	y.b.Get(y.base + "/jobs").Is(404)
	y.b.Get(y.base + "/jobs/1").Is(404).SeesNot("Planned by us")
	y.b.Post(y.base+"/report", url.Values{"subject": {"Flat tyre"}, "once": {"r"}}).Is(200).Sees("J-2 Flat tyre")
	y.b.Get(y.base).Is(200).Sees("J-2 Flat tyre").SeesNot("Planned by us")
}

func TestReport_withPhotos(t *testing.T) {
	y := reportSite(t)
	img := image.NewRGBA(image.Rect(0, 0, 40, 30))
	img.Set(3, 3, color.RGBA{255, 0, 0, 255})
	var jpg bytes.Buffer
	if err := jpeg.Encode(&jpg, img, nil); err != nil {
		t.Fatal(err)
	}
	fields := map[string]string{"subject": "Leak with pictures", "once": "p-1"}
	y.upload(t, fields, jpg.Bytes(), jpg.Bytes()).Is(200).Sees("J-1 Leak with pictures", "Photos")
	y.upload(t, fields, jpg.Bytes(), jpg.Bytes()).Is(200).SeesNot("/files/5")
	y.b.Get(y.base + "/jobs/1/files/1?thumb=1").Is(200)
	y.b.Get(y.base + "/jobs/1/files/2").Is(200)
	fields["once"] = "p-2"
	y.upload(t, fields, jpg.Bytes(), []byte("%PDF-1.7 not a photo")).Is(422).Sees("Leak with pictures", "It is not sent yet")
	y.upload(t, fields, jpg.Bytes(), jpg.Bytes(), jpg.Bytes(), jpg.Bytes(), jpg.Bytes(), jpg.Bytes()).Is(422).Sees("Up to 5 photos")
	all, err := y.s.Jobs(t.Context(), store.JobFilter{})
	if err != nil || all.Total != 1 {
		t.Fatalf("%d jobs, %v", all.Total, err)
	}
}

func (y *site) upload(t *testing.T, fields map[string]string, photos ...[]byte) *apptest.Browser {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for k, v := range fields {
		if err := w.WriteField(k, v); err != nil {
			t.Fatal(err)
		}
	}
	for range photos {
		part, err := w.CreateFormFile("photos", "IMG_0001.jpg")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write(photos[0]); err != nil {
			t.Fatal(err)
		}
		photos = photos[1:]
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, y.URL+y.base+"/report", strings.NewReader(body.String()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", w.FormDataContentType())
	return y.b.Do(req)
}

func TestReport_fromASite(t *testing.T) {
	y := reportSite(t)
	mine, err := y.s.AddSite(t.Context(), store.SiteEdit{Name: "North yard", Customer: y.acme, City: "Hamburg", Access: "Key under the stone"})
	if err != nil {
		t.Fatal(err)
	}
	other, err := y.s.AddSite(t.Context(), store.SiteEdit{Name: "Secret yard", Customer: y.beta})
	if err != nil {
		t.Fatal(err)
	}
	y.b.Get(y.base+"/sites").Is(200).Sees("North yard", "Hamburg").SeesNot("Secret yard", "Key under")
	y.b.Get(y.base+"/sites/"+num(mine)).Is(200).Sees("North yard", "Report a problem", "No jobs here").SeesNot("Key under")
	y.b.Get(y.base + "/sites/" + num(other)).Is(404).SeesNot("Secret yard")
	y.b.Get(y.base + "/report?site=" + num(mine)).Is(200).Sees("North yard").SeesNot("Secret yard")
	y.b.Post(y.base+"/report", url.Values{"subject": {"Gate stuck"}, "site": {num(mine)}, "once": {"s"}}).Is(200).Sees("Gate stuck", "North yard")
	y.b.Get(y.base + "/sites/" + num(mine)).Is(200).Sees("Gate stuck")
	y.share(t, store.FeatureList)
	y.b.Get(y.base + "/sites").Is(404)
	y.b.Get(y.base + "/sites/" + num(mine)).Is(404)
}

// Both sides are told by mail: the reporter that it has arrived, the provider's
// people that there is something to do.
func TestReport_bothSidesAreTold(t *testing.T) {
	y := reportSite(t)
	sink := y.MailServer(smtptest.Options{})
	for range 2 {
		y.b.Post(y.base+"/report", url.Values{"subject": {"Hose leaks"}, "asset": {num(y.mine)}, "once": {"m-1"}}).Is(200)
	}
	if err := y.Desk.TellNotices(t.Context()); err != nil {
		t.Fatal(err)
	}
	told := map[string]int{}
	for _, l := range y.Letters(sink) {
		if strings.Contains(l.Text, "Hose leaks") {
			told[l.Header.Get("To")]++
			if !strings.Contains(l.Header.Get("Subject")+l.Text, "J-1") {
				t.Errorf("the letter to %s names no number: %s", l.Header.Get("To"), l.Text)
			}
		}
	}
	mine, theirs := 0, 0
	for to, n := range told {
		if strings.Contains(to, "ana@acme.test") {
			mine += n
		}
		if strings.Contains(to, "admin@nordlift.test") {
			theirs += n
		}
	}
	if mine != 1 || theirs != 1 {
		t.Errorf("told %v, want the reporter and the provider's admin once each", told)
	}
}
