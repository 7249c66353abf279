package store

import (
	"context"
	"strings"

	"gatehouse/store/fault"
)

// HomeEdit is what a provider's admin may say about the provider itself; its
// address, plan and limits are the operator's.
type HomeEdit struct {
	Name    string
	Formats // for people who chose none of their own
	Words   Words
}

func (e *HomeEdit) clean() error {
	var bad fault.Problems
	e.Name = strings.TrimSpace(e.Name)
	checkText(&bad, "name", e.Name, 200)
	if e.Name == "" {
		bad.Add("name", "Give the name that your customers know you by.")
	}
	e.Formats.check(&bad)
	e.Words.check(&bad)
	for field, v := range map[string]string{"date_format": e.Date, "date_sep": e.Sep, "time_zone": e.Zone, "language": e.Language} {
		if v == "" {
			bad.Add(field, "Choose one.")
		}
	}
	return bad.Err()
}

// ChangeHome saves the provider's own name and the formats its people start
// with.
func (s Staff) ChangeHome(ctx context.Context, e HomeEdit) error {
	if err := s.Can(SettingsChange); err != nil {
		return err
	}
	if err := e.clean(); err != nil {
		return err
	}
	return s.Update(ctx, func(s Staff) error {
		var was Provider
		if err := s.db.query(ctx, s.conn, `SELECT `+providerColumns+` FROM providers p WHERE p.id = :provider`, s.binder([]int{0}, nil), func(r *row) error { was.row(r); return nil }); err != nil {
			return err
		}
		b := before{values: map[string]any{"name": was.Name, "date_format": was.Date, "date_sep": was.Sep, "clock24": plain(was.Clock24), "time_zone": was.Zone, "language": was.Language,
			"asset_word": was.Words.Asset, "job_word": was.Words.Job}}
		sets := []set{{"name", e.Name}, {"date_format", e.Date}, {"date_sep", e.Sep}, {"clock24", e.Clock24}, {"time_zone", e.Zone}, {"language", e.Language},
			{"asset_word", e.Words.Asset}, {"job_word", e.Words.Job}, {"updated_at", s.Now()}}
		diff := b.diff(sets)
		if len(diff) == 0 {
			return nil
		}
		text := `UPDATE providers SET name = :name, date_format = :date_format, date_sep = :date_sep, clock24 = :clock24, time_zone = :time_zone, language = :language,
			asset_word = :asset_word, job_word = :job_word, updated_at = :updated_at WHERE id = :provider`
		if err := s.db.query(ctx, s.conn, text, bindSets(sets, p(":provider", s.provider)), func(*row) error { return nil }); err != nil {
			return err
		}
		return s.log(ctx, Line{Verb: SettingsChange, ID: int64(s.provider), Label: e.Name, Changes: diff})
	})
}
