package store

import (
	"context"
	"net/url"
	"strings"

	"gatehouse/store/fault"
)

// SavedFilter is a list's filter that somebody keeps under a name. It is
// theirs alone, and holds an address's query, never SQL.
type SavedFilter struct {
	ID    FilterID
	Place string // which list
	Name  string
	Query string
}

const mostFilters = 30

// SavedFilters lists the person's own filters of a list, by name.
func (s scope) SavedFilters(ctx context.Context, place string) ([]SavedFilter, error) {
	return list(ctx, s, func(f *SavedFilter, r *row) {
		f.ID, f.Place, f.Name, f.Query = FilterID(r.int()), r.str(), r.str(), r.str()
	},
		`SELECT f.id, f.place, f.name, f.query FROM {saved_filters} f WHERE f.user_id = :user AND f.place = :place ORDER BY f.name`, p(":place", place))
}

// SaveFilter keeps a filter. One of the same name is replaced.
func (s scope) SaveFilter(ctx context.Context, f SavedFilter) error {
	if err := s.Can(FilterSave); err != nil {
		return err
	}
	var bad fault.Problems
	f.Name = strings.Join(strings.Fields(f.Name), " ")
	checkText(&bad, "name", f.Name, 60)
	if f.Name == "" {
		bad.Add("name", "Give the filter a name.")
	}
	q, err := url.ParseQuery(f.Query)
	if err != nil || len(f.Query) > 2000 || len(f.Place) > 40 {
		bad.Add("name", "This filter is too long to keep.")
	}
	if err := bad.Err(); err != nil {
		return err
	}
	q.Del("after")
	return s.update(ctx, func(s scope) error {
		all, err := s.SavedFilters(ctx, f.Place)
		if err != nil {
			return err
		}
		if len(all) >= mostFilters {
			return fault.Field("name", "You keep %d filters already. Remove one first.", mostFilters)
		}
		_, err = s.write(ctx, FilterSave, `INSERT INTO <saved_filters> (provider_id, user_id, place, name, query, created_at) VALUES (:provider, :user, :place, :name, :query, :now)
			ON CONFLICT (provider_id, user_id, place, name) DO UPDATE SET query = excluded.query`, p(":place", f.Place), p(":name", f.Name), p(":query", q.Encode()))
		if err != nil {
			return err
		}
		return s.log(ctx, Line{Verb: FilterSave, Label: f.Name})
	})
}

// RemoveFilter removes one of the person's own filters.
func (s scope) RemoveFilter(ctx context.Context, id FilterID) error {
	return s.remove(ctx, FilterRemove, "saved_filters", int64(id))
}
