package storetest

import (
	"context"
	"testing"

	"gatehouse/store"
)

// FileBytes is what all files of the appliance take up: counted anew, and as
// it is kept.
func FileBytes(t testing.TB, db *store.DB) (kept, counted int64) {
	t.Helper()
	kept, counted, err := db.System("test", store.Origin{}).FileBytes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return kept, counted
}

// TwinRoad are a twin's tracking link to its work order, and its choice of
// notices.
type TwinRoad struct{ Link store.TrackingID }

func (w *Twin) addRoad(ctx context.Context) error {
	l, err := w.Staff.AddTrackingLink(ctx, w.Job, []byte("track "+w.Slug), "hint")
	if err != nil {
		return err
	}
	w.Link = l.ID
	return w.Staff.SetNotices(ctx, 0, store.Notices{store.NoticeDone: store.NoticeNow})
}
