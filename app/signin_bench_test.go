package app_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"gatehouse/app/apptest"
	"gatehouse/app/desk"
	"gatehouse/store"
	"gatehouse/store/storetest"
)

// BenchmarkSignIn_tellsNothing measures how long each way in takes for an
// address that is known, one that is not, and one that is disabled, in turns,
// and reports the medians in microseconds. It fails nobody: machines differ.
//
//	go test ./app -run xxx -bench SignIn_tellsNothing -benchtime 200x
func BenchmarkSignIn_tellsNothing(b *testing.B) {
	a := apptest.New(b)
	home := a.Provider("nordlift")
	off := storetest.Staff(b, a.DB, home.Home().ID, "nordlift", "off@nordlift.test", "agent")
	for _, id := range []store.UserID{home.Me().ID, off.Me().ID} {
		a.SetPassword(id)
	}
	if err := home.DisableUser(b.Context(), off.Me().ID); err != nil {
		b.Fatal(err)
	}
	if err := a.DB.System("bench", store.Origin{}).SetSettings(b.Context(), map[string]string{store.SetMailHost: "mail.test"}); err != nil {
		b.Fatal(err)
	}
	at := desk.Where{Provider: home.Home().ID, Path: "/admin/nordlift", Sender: "Nordlift"}
	ways := map[string]func(login string, from store.Origin) error{
		"sign-in": func(login string, from store.Origin) error {
			_, err := a.Desk.SignIn(b.Context(), at, login, "not the password at all", from)
			return err
		},
		"forgotten": func(login string, from store.Origin) error {
			return a.Desk.ForgotPassword(b.Context(), at, login, from)
		},
		"code": func(login string, from store.Origin) error { return a.Desk.AskSignInCode(b.Context(), at, login, from) },
	}
	for _, way := range []string{"sign-in", "forgotten", "code"} {
		b.Run(way, func(b *testing.B) {
			took := map[string][]time.Duration{}
			for n := range b.N {
				a.Clock.Add(2 * time.Hour) // no throttle remembers the turn before
				for who, login := range map[string]string{"known": "admin@nordlift.test", "unknown": fmt.Sprintf("nobody%d@nordlift.test", n), "disabled": "off@nordlift.test"} {
					from := store.Origin{IP: fmt.Sprintf("192.0.%d.%d", n/250%250, n%250)}
					begin := time.Now()
					_ = ways[way](login, from)
					took[who] = append(took[who], time.Since(begin))
				}
			}
			for who, all := range took {
				slices.Sort(all)
				b.ReportMetric(float64(all[len(all)/2].Microseconds()), who+"-µs")
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}
