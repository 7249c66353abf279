package storetest

import (
	"context"

	"gatehouse/store"
)

// addAccount lets a new e-mail address of a twin's technician wait.
func (w *Twin) addAccount(ctx context.Context) error {
	_, err := w.Staff.StartEmailChange(ctx, w.Tech, store.NewEmailChange{Email: "new@" + w.Slug + ".test", Link: []byte("link " + w.Slug), Code: []byte("code"), Stop: []byte("stop " + w.Slug)}, nil)
	return err
}
