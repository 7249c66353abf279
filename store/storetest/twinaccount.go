package storetest

import (
	"context"

	"gatehouse/store"
)

// TwinAccount is an agent of a twin with a second factor and recovery codes.
type TwinAccount struct{ Factored store.UserID }

// addAccount lets a new e-mail address of a twin's technician wait, and adds an
// agent with a second factor.
func (w *Twin) addAccount(ctx context.Context, db *store.DB) error {
	y, of := db.System("test", store.Origin{}), w.Staff.Home().ID
	id, err := y.AddUser(ctx, of, store.NewUser{Kind: "staff", Name: "Agent of " + w.Slug, Email: "second-agent@" + w.Slug + ".test", Role: "agent", Password: "x"})
	if err != nil {
		return err
	}
	w.Factored = id
	if err := y.AddFactor(ctx, store.Account{ID: id, Provider: of, Name: "Agent of " + w.Slug}, store.NewFactor{Secret: "SECRET", Step: 1, Codes: [][]byte{[]byte("code of " + w.Slug)}}); err != nil {
		return err
	}
	_, err = w.Staff.StartEmailChange(ctx, w.Tech, store.NewEmailChange{Email: "new@" + w.Slug + ".test", Link: []byte("link " + w.Slug), Code: []byte("code"), Stop: []byte("stop " + w.Slug)}, nil)
	return err
}
