package store

import "testing"

func init() {
	planned["imports"] = planImports
	planned["feeds"] = planFeeds
	shortened = append(shortened, importColumns, importRowColumns, feedColumns, pullColumns)
	sorted["FROM feeds"] = "a hundred feeds"
}

func planImports(t *testing.T, s Staff) {
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, after := range []string{"", writeCursor(3, 3)} {
		_, err := s.Imports(t.Context(), after)
		must(err)
	}
	_, _ = s.Import(t.Context(), 1)
	for _, verdict := range []string{"", VerdictRefuse} {
		_, err := s.ImportRows(t.Context(), 1, verdict, 0, 50)
		must(err)
	}
	_, err := s.ImportRowsBack(t.Context(), 1, 0, 50)
	must(err)
	_, err = s.MatchCustomer(t.Context(), "K-1", "Acme")
	must(err)
	_, _ = s.CustomerByCode(t.Context(), "K-1")
	_, err = s.ReadingsAt(t.Context(), 1, []ReadingKey{{Kind: KindHours, At: 1}})
	must(err)
	_, err = s.FaultsAt(t.Context(), 1, []FaultKey{{At: 1, Code: "x"}})
	must(err)
	_, err = s.CountReadings(t.Context(), 1)
	must(err)
}

func planFeeds(t *testing.T, s Staff) {
	_, err := s.Feeds(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	id, err := s.AddFeed(t.Context(), FeedEdit{Name: "F", URL: "https://example.com/1", Auth: "none", Every: 60})
	if err != nil {
		t.Fatal(err)
	}
	for _, after := range []string{"", writeCursor(3, 3)} {
		if _, err := s.Pulls(t.Context(), id, after); err != nil {
			t.Fatal(err)
		}
	}
}
