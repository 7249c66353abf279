package storetest

import (
	"context"

	"gatehouse/store"
)

// TwinFeeds is a twin's feed, which somebody has claimed.
type TwinFeeds struct{ Feed store.FeedID }

func (w *Twin) addFeeds(ctx context.Context) (err error) {
	w.Feed, err = w.Staff.AddFeed(ctx, store.FeedEdit{Name: "Feed of " + w.Slug, URL: "https://" + w.Slug + ".test/fleet/1", Auth: "bearer", Secret: "secret-" + w.Slug, Every: 60, Enabled: true})
	return err
}
