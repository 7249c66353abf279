package store_test

import (
	"reflect"
	"testing"

	"gatehouse/store"
	"gatehouse/store/storetest"
)

func init() {
	for name, c := range map[string]twinCase{
		"AddPortal": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.AddPortal(c, o.Bare, store.PortalEdit{}) }),
		"ChangePortal": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
			return nil, s.ChangePortal(c, o.Portal.ID, 0, store.PortalEdit{Name: "N", Slug: "n-n"})
		}),
		"Portal":   staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.Portal(c, o.Portal.ID) }),
		"PortalOf": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.PortalOf(c, o.Customer) }),
		"Plan":     staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.Plan(c) }),
		"SetFeatures": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
			return nil, s.SetFeatures(c, o.Portal.ID, store.Preset(""))
		}),
		"PortalTemplates": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.PortalTemplates(c) }),
		"PortalTemplate":  staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.PortalTemplate(c, o.Template) }),
		"AddPortalTemplate": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
			return s.AddPortalTemplate(c, "mine", store.Preset(store.PresetMinimal))
		}),
		"RemovePortalTemplate": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.RemovePortalTemplate(c, o.Template) }),
		"ThemeUses":            staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.ThemeUses(c) }),
		"ThemeUse":             staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.ThemeUse(c, o.Theme) }),
		"Wearers":              staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.Wearers(c, o.Theme, 0, 50) }),
		"SetTheme":             staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.SetTheme(c, o.Portal.ID, o.Theme) }),
		"SuspendPortal":        staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.SuspendPortal(c, o.Portal.ID) }),
		"ResumePortal":         staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.ResumePortal(c, o.Portal.ID) }),
		"Feedback": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
			return s.Feedback(c, store.FeedbackFilter{Customer: o.Customer})
		}),
		"Members":        staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.Members(c, o.Portal.ID) }),
		"Invitations":    staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.Invitations(c, o.Portal.ID, "") }),
		"Invitation":     staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.Invitation(c, o.Invitation) }),
		"LastInvitation": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.LastInvitation(c, o.Portal.ID) }),
		"Invite": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
			return s.Invite(c, o.Portal.ID, store.NewInvitation{Hash: []byte("x"), Hint: "x"})
		}),
		"Resend":          staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.Resend(c, o.Invitation, []byte("x"), "x") }),
		"Revoke":          staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.Revoke(c, o.Invitation) }),
		"InvitationMails": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.InvitationMails(c, o.Portal.ID) }),
		"DeleteCustomer": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
			return nil, s.DeleteCustomer(c, o.Customer, "Customer of "+o.Slug)
		}),
	} {
		staffCases[name] = c
	}
}

func clientCase(refuses bool, f func(c ctx, mine store.Client, theirs twin) (any, error)) twinCase {
	return twinCase{client: f, refuses: refuses}
}

// clientCases hold every method of Client against the other provider.
var clientCases = map[string]twinCase{
	"OwnSettings":      clientCase(false, func(c ctx, s store.Client, o twin) (any, error) { return s.OwnSettings(c) }),
	"Letterhead":       clientCase(false, func(c ctx, s store.Client, o twin) (any, error) { return s.Letterhead(c, o.Portal.ID) }),
	"SendFeedback":     clientCase(false, func(c ctx, s store.Client, o twin) (any, error) { return s.SendFeedback(c, "/portal/x", "Hello") }),
	"CurrentTerms":     clientCase(false, func(c ctx, s store.Client, o twin) (any, error) { return s.CurrentTerms(c) }),
	"AcceptTerms":      clientCase(false, func(c ctx, s store.Client, o twin) (any, error) { return nil, s.AcceptTerms(c, 1) }),
	"Sessions":         clientCase(false, func(c ctx, s store.Client, o twin) (any, error) { return s.Sessions(c) }),
	"EndSession":       clientCase(true, func(c ctx, s store.Client, o twin) (any, error) { return nil, s.EndSession(c, o.Client.Session()) }),
	"EndOtherSessions": clientCase(false, func(c ctx, s store.Client, o twin) (any, error) { return s.EndOtherSessions(c, o.Client.Session()) }),
	"SetFormats": clientCase(false, func(c ctx, s store.Client, o twin) (any, error) {
		return nil, s.SetFormats(c, "Me", store.Formats{Date: "DMY", Zone: "UTC"}, false)
	}),
	"PasswordHash": clientCase(false, func(c ctx, s store.Client, o twin) (any, error) { return s.PasswordHash(c) }),
	"SetPassword": clientCase(false, func(c ctx, s store.Client, o twin) (any, error) {
		return nil, s.SetPassword(c, "y", o.Client.Session(), nil)
	}),
	"Mail": clientCase(false, func(c ctx, s store.Client, o twin) (any, error) {
		return s.Mail(c, store.Draft{Kind: "x", To: "a@b.test"})
	}),
}

func TestTwins_everyMethodOfClientKeepsToItsOwn(t *testing.T) {
	storetest.Alone(t)
	covered(t, reflect.TypeFor[store.Client](), clientCases)
	for name, c := range clientCases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, mine, theirs := storetest.Twins(t)
			was := rowsOf(t, db, theirs)
			who := mine.Client
			if wideCases[name] {
				who = mine.Wide
			}
			got, err := c.client(t.Context(), who, theirs)
			judge(t, c, theirs, got, err)
			if now := rowsOf(t, db, theirs); now != was {
				t.Errorf("rows of %s changed", theirs.Slug)
			}
		})
	}
}
