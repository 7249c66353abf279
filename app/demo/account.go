package demo

import (
	"context"

	"gatehouse/store"
)

// changeAddress lets a new e-mail address of somebody at Nordlift wait for its
// code.
func (b *builder) changeAddress(ctx context.Context, f firm) error {
	who, ok := b.people["ute@nordlift.test"]
	if !ok {
		return nil
	}
	_, err := b.desk.StartEmailChange(ctx, b.admin, who, "ute.behrens@nordlift.test", store.Origin{Source: "system"})
	return err
}
