package e2e

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"gatehouse/app/apptest"
	"gatehouse/app/browsertest"
	"gatehouse/store"
)

// A provider opens a portal, and its customer registers and looks up an asset,
// with nothing but a keyboard: Tab, Enter, Space, arrows and Escape. Whatever
// gets the focus on the way shows it, and the skip link comes first.
func TestStory_withAKeyboardAlone(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	s := a.Provider("nordlift")
	fleetOf(t, s)
	of, err := s.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "Brightwater Civil", Email: "ana@brightwater.test"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Assign(t.Context(), store.AssignInput{Assets: []store.AssetID{1, 2}, Customer: of, From: s.Now().Add(-240 * time.Hour)}); err != nil {
		t.Fatal(err)
	}
	b := browsertest.Open(t, a.URL, browsertest.How{}).Go("/admin/nordlift/sign-in")
	b.TabTo("E-mail").Write("admin@nordlift.test").TabTo("Password").Write(apptest.Password).Press(kb.Enter).Sees("Good to see you")

	b.Go("/admin/nordlift/customers").Sees("Brightwater Civil").Key(kb.Tab)
	if got := b.Focused(); got != "Skip to content" {
		t.Errorf("the first that gets the focus is “%s”", got)
	}
	b.Press(kb.Enter).TabTo("Brightwater Civil").Press(kb.Enter).Sees("Customer Portal")
	b.TabTo("Customer Portal").Press(kb.Enter).Sees("Set up in three steps").TabTo("Set up in three steps").Press(kb.Enter).Sees("Name of the portal")
	b.TabTo("Map and position").Press(" ").Sees("where their assets are, on a map").TabTo("Save Portal Setup").Press(kb.Enter).Sees("Pick the look")
	b.TabTo("Calm blue").Key(kb.ArrowDown)
	if got := b.Value(`document.querySelector('input[name=theme]:checked').closest('label').innerText.trim()`); strings.HasPrefix(got, "Calm blue") {
		t.Errorf("the arrow left the theme at %s", got)
	}
	b.TabTo("Save Branding").Press(kb.Enter).Sees("Nobody is invited yet")
	b.TabTo("Create invitation").Press(kb.Enter).Sees("works once")
	b.Press(kb.Escape).SeesNot("works once")
	if got := b.Focused(); got != "Create invitation" {
		t.Errorf("after Escape the focus is on “%s”", got)
	}
	b.Press(kb.Enter).Sees("works once").TabTo("Create invitation").Press(kb.Enter).Sees("only time the whole link is shown")
	link := b.Value(`document.getElementById('link').value`)

	ana := browsertest.Open(t, a.URL, browsertest.How{Dark: true}).Go(strings.TrimPrefix(link, a.URL)).Sees("invites you")
	ana.TabTo("Continue").Press(kb.Enter).Sees("Create your sign-in")
	ana.TabTo("Your name").Write("Ana Kowalska").TabTo("E-mail").Write("ana@brightwater.test").TabTo("Password").Write("a heron walked over the ice")
	ana.TabTo("I have read").Key(" ").TabTo("Create sign-in and enter").Press(kb.Enter).Sees("You are in, Ana Kowalska")
	ana.TabTo("Assets").Press(kb.Enter).Sees("EX-1041", "EX-1042")
	ana.TabTo("Search this list").Write("1042").Sees("EX-1042").SeesNot("EX-1041")
	ana.TabTo("EX-1042").Press(kb.Enter).Sees("Operating hours", "with you since")
	ana.TabTo("Account of").Press(kb.Enter).TabTo("Sign out").Press(kb.Enter).Sees("Sign in")
}
