package desk

import (
	"context"

	"gatehouse/app/sheet"
	"gatehouse/store"
)

func looksLikeSnapshot(*spooled) bool                                      { return false }
func (d *Desk) recogniseFleet(*store.NewImport, *spooled) error            { return nil }
func openFleet(context.Context, store.Staff, store.Import) (source, error) { return source{}, nil }
func openFleetTarget(context.Context, store.Staff, store.Import, sheet.Found) (target, error) {
	return nil, nil
}
