package storetest

import (
	"testing"

	"gatehouse/store"
)

// TwinPortal is a twin's portal with one member, an invitation that waits, and
// a customer that has no portal yet.
type TwinPortal struct {
	Portal     store.Portal
	Client     store.Client
	Wide       store.Client // of the same portal, once it shares everything
	Invitation store.InvitationID
	Theme      store.ThemeID
	Template   store.TemplateID
	Bare       store.CustomerID
}

func (w *Twin) addPortal(t testing.TB, db *store.DB) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("make portal of %s: %v", w.Slug, err)
		}
	}
	var err error
	w.Bare, err = w.Staff.AddCustomer(t.Context(), store.CustomerEdit{CustomerInput: store.CustomerInput{Name: "Bare of " + w.Slug}})
	must(err)
	w.Portal, w.Client = Portal(t, db, w.Staff, w.Customer, "ana@"+w.Slug+".test")
	w.Invitation, err = w.Staff.Invite(t.Context(), w.Portal.ID, store.NewInvitation{InviteEdit: store.InviteEdit{Name: "Guest of " + w.Slug}, Hash: []byte("waits " + w.Slug), Hint: "wait"})
	must(err)
	themes, err := w.Staff.Themes(t.Context())
	must(err)
	w.Theme = themes[1].ID
	w.Template, err = w.Staff.AddPortalTemplate(t.Context(), "Template of "+w.Slug, store.Preset(store.PresetStandard))
	must(err)
	_, err = w.Client.SendFeedback(t.Context(), "/portal/"+w.Portal.Slug, "Feedback of "+w.Slug)
	must(err)
	w.Wide = Everything(t, db, w.Staff, w.Portal.ID, "wide@"+w.Slug+".test")
}
