package store_test

import (
	"maps"

	"gatehouse/store"
)

func init() {
	maps.Copy(staffCases, map[string]twinCase{
		"Feeds": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.Feeds(c) }),
		"Feed":  staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.Feed(c, o.Feed) }),
		"AddFeed": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
			return s.AddFeed(c, store.FeedEdit{Name: "New", URL: "https://example.com/1", Auth: "none", Every: 60})
		}),
		"ChangeFeed": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
			return nil, s.ChangeFeed(c, o.Feed, 1, store.FeedEdit{Name: "New", URL: "https://example.com/1", Auth: "none", Every: 60})
		}),
		"RemoveFeed": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.RemoveFeed(c, o.Feed) }),
		"AskFeed":    staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.AskFeed(c, o.Feed) }),
		"LogPull": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
			return nil, s.LogPull(c, o.Feed, store.PullResult{Readings: 1})
		}),
		"Pulls": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.Pulls(c, o.Feed, "") }),
	})
}
