package e2e

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"gatehouse/app/apptest"
	"gatehouse/app/browsertest"
	"gatehouse/store"
)

// drawn signs in the box as a finger would.
const drawn = `(() => {
	const c = document.querySelector('.sign-pad'), r = c.getBoundingClientRect();
	const at = (type, x, y) => c.dispatchEvent(new PointerEvent(type, { pointerId: 1, pointerType: 'touch', bubbles: true, clientX: r.left + x, clientY: r.top + y, button: 0 }));
	c.setPointerCapture = () => {};
	at('pointerdown', 30, 90);
	for (let i = 0; i <= 200; i += 4) at('pointermove', 30 + i, 90 + 50 * Math.sin(i / 16));
	at('pointerup', 230, 90);
	return document.querySelector('[data-sign] input').value.slice(0, 22);
})()`

// TestStory_aDeliveryIsProvenOnAPhone is a driver's stop: started, arrived,
// completed with photos, a signature and one rejected item. The customer and
// whoever has the tracking link see it.
func TestStory_aDeliveryIsProvenOnAPhone(t *testing.T) {
	for _, name := range []string{"phone", "dark", "noscript"} {
		t.Run(name, func(t *testing.T) {
			y, how := newCourier(t), ways[name]
			y.SetPassword(y.driver)
			ivy := browsertest.Open(t, y.URL, how).Go("/admin/swift").Fill("email", "ivy@swift.test").Fill("password", apptest.Password).Click("Sign in").Sees("Provider swift", "Customers")
			ivy.Go("/admin/swift/road").Sees("On the road", "Corner Deli", "Station Kiosk", "Done today")
			look(ivy, how, "road-"+name)
			ivy.Click("J-1 · Corner Deli").Sees("Crates of lemons", "Start")
			look(ivy, how, "road-job-"+name)
			ivy.Click("Start").Sees("Started.").Click("I am there").Sees("Arrived.").Click("Complete").Sees("Received by")
			if how.NoScript {
				ivy.Click("Complete").Sees("Give the name of whoever received it.")
			}
			ivy.Fill("receiver", "Željko Żółć").Fill("item_0_rejected", "9").Fill("item_0_reason", "crushed").File("photos", picture(t))
			if !how.NoScript {
				if got := ivy.Value(drawn); !strings.HasPrefix(got, "data:image/png;base64,") {
					t.Fatalf("the signature is %q", got)
				}
			}
			look(ivy, how, "road-complete-"+name)
			ivy.Click("Complete").Sees("there are only 4")
			look(ivy, how, "road-refused-"+name)
			ivy.Fill("item_0_rejected", "1")
			if how.NoScript {
				ivy.File("photos", picture(t))
			}
			ivy.Click("Complete").Sees("Completed.", "Partially completed", "Željko Żółć")
			ivy.FullShot("road-done-" + name)

			link := trackingLink(t, y, name, how)
			stranger := browsertest.Open(t, y.URL, how).Go(strings.TrimPrefix(link, y.URL)).Sees("Partially completed", "Date and time").SeesNot("Željko", "Strand", "Acme", "ivy")
			look(stranger, how, "track-"+name)

			maya := browsertest.Open(t, y.URL, how).Go("/portal/acme-foods").Fill("email", "maya@acme.test").Fill("password", apptest.Password).Click("Sign in").Sees("DO-901")
			maya.Go("/portal/acme-foods/deliveries/1").Sees("Partially completed", "Željko Żółć", "crushed").SeesNot("ivy")
			maya.FullShot("portal-proof-" + name)
			maya.Go("/portal/acme-foods/deliveries/1/proof").Sees("Proof of delivery J-1")
			look(maya, how, "proof-"+name)
		})
	}
}

// trackingLink makes a link for a delivery, as the office does.
func trackingLink(t *testing.T, y *courier, name string, how browsertest.How) string {
	t.Helper()
	sam := browsertest.Open(t, y.URL, how).Go("/admin/swift").Fill("email", "admin@swift.test").Fill("password", apptest.Password).Click("Sign in").Sees("Good to see you")
	sam.Go("/admin/swift/jobs/1/links").Sees("No links yet").Click("Make a link").Sees("copy it now")
	look(sam, how, "links-"+name)
	link := sam.Value(`document.getElementById('link').value`)
	sam.Go("/admin/swift/settings/tracking").Sees("What a link shows")
	look(sam, how, "tracking-"+name)
	sam.Go("/admin/swift/settings/notices").Sees("What your customers' people are told")
	look(sam, how, "notices-"+name)
	return link
}

// TestRoad_badNetwork loses the network while a proof is sent: it is kept on
// the phone, arrives when the network is back, and counts once.
func TestRoad_badNetwork(t *testing.T) {
	y, how := newCourier(t), ways["phone"]
	y.SetPassword(y.driver)
	ivy := browsertest.Open(t, y.URL, how).Go("/admin/swift").Fill("email", "ivy@swift.test").Fill("password", apptest.Password).Click("Sign in").Sees("Provider swift", "Customers")
	ivy.Go("/admin/swift/road/2/complete").Sees("Received by").Fill("receiver", "Ann")
	ivy.Value(`(() => { window.kept = window.fetch; window.fetch = () => Promise.reject(new TypeError('no network')); return 'off'; })()`)
	ivy.Click("Complete").Sees("Waits to be sent", "kept on this phone")
	look(ivy, how, "road-offline")
	if all, err := y.s.Proofs(t.Context(), y.jobs[1]); err != nil || len(all) != 0 {
		t.Fatalf("%d proofs without a network, %v", len(all), err)
	}
	ivy.Go("/admin/swift/road").Sees("Done today") // the page is loaded anew, with the network back
	ivy.Go("/admin/swift/road/2").Sees("Completed", "Ann").SeesNot("Waits to be sent")
	if all, err := y.s.Proofs(t.Context(), y.jobs[1]); err != nil || len(all) != 1 || all[0].Receiver != "Ann" {
		t.Fatalf("%d proofs, %v", len(all), err)
	}
}

// TestTrackingLink_isAnsweredAlike whatever is wrong with it.
func TestTrackingLink_isAnsweredAlike(t *testing.T) {
	y := newCourier(t)
	l, err := y.Desk.TrackJob(t.Context(), y.s, y.jobs[0])
	if err != nil {
		t.Fatal(err)
	}
	get := func(url string) (int, string, http.Header) {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = res.Body.Close() }()
		b, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return res.StatusCode, string(b), res.Header
	}
	at := y.URL + l.URL[strings.Index(l.URL, "/track/"):]
	status, body, head := get(at)
	if status != 200 || head.Get("X-Robots-Tag") == "" || strings.Contains(body, "Strand") || strings.Contains(body, "ivy") || strings.Contains(body, "Corner") {
		t.Fatalf("a link that works: %d", status)
	}
	links, err := y.s.TrackingLinks(t.Context(), y.jobs[0])
	if err != nil || links[0].Uses != 1 {
		t.Errorf("used %d times, %v", links[0].Uses, err)
	}
	var first string
	if _, err := y.s.GroupJobs(t.Context(), []store.JobID{y.jobs[0]}, 0); err != nil {
		t.Fatal(err)
	}
	for n, url := range []string{at, y.URL + "/track/trk_" + strings.Repeat("A", 43), y.URL + "/track/nonsense"} {
		status, body, _ := get(url)
		body = strings.ReplaceAll(body, url[len(y.URL):], "")
		if first == "" {
			first = body
		}
		if status != 404 || body != first {
			t.Errorf("wrong link %d: %d, and not the same page", n, status)
		}
	}
}
