package store

import (
	"context"
	"time"
)

// FaultCode is a fault that a machine reported.
type FaultCode struct {
	ID          FaultID
	Asset       AssetID
	AssetName   string
	Code        string
	Description string
	Severity    string
	Source      string
	At          time.Time
}

const faultColumns = `f.id, f.asset_id, coalesce((SELECT a.name FROM {assets} a WHERE a.id = f.asset_id), ''), f.code, f.description, f.severity, f.source, f.at`

func (f *FaultCode) row(r *row) {
	f.ID, f.Asset, f.AssetName, f.Code, f.Description, f.Severity, f.Source, f.At = FaultID(r.int()), AssetID(r.int()), r.str(), r.str(), r.str(), r.str(), r.str(), r.unix()
}

// AddFaults stores the faults a machine reported and tells the activity feed
// of those that are new. It returns how many were. Like AddReadings it writes
// no audit line of its own.
func (s Staff) AddFaults(ctx context.Context, id AssetID, all []FaultCode) (n int, err error) {
	if err := s.Can(ReadingAdd); err != nil {
		return 0, err
	}
	err = s.Update(ctx, func(s Staff) error {
		if err := s.there(ctx, id); err != nil {
			return err
		}
		for _, f := range all {
			isNew, err := s.putFault(ctx, id, f)
			if err != nil {
				return err
			}
			if isNew {
				n++
			}
		}
		return nil
	})
	return n, err
}

func (s Staff) putFault(ctx context.Context, id AssetID, f FaultCode) (bool, error) {
	f.Code, f.Description, f.Severity = plainText(f.Code, 100), plainText(f.Description, 500), plainText(f.Severity, 60)
	if f.Code == "" || f.At.After(s.Now().Add(readAhead)) || f.At.Year() < 1990 {
		return false, nil
	}
	n, err := s.write(ctx, ReadingAdd, `INSERT INTO <faults> (provider_id, asset_id, code, description, severity, source, at) VALUES (:provider, :asset, :code, :description, :severity, :source, :at)
		ON CONFLICT (provider_id, asset_id, at, code, source) DO NOTHING`, p(":asset", id), p(":code", f.Code), p(":description", f.Description),
		p(":severity", f.Severity), p(":source", plainText(f.Source, 100)), p(":at", f.At))
	if err != nil || n == 0 {
		return false, err
	}
	return true, s.note(ctx, ReadingAdd, id, f.At, "fault", EventDetail{Code: f.Code, Description: f.Description, Severity: f.Severity})
}

// Faults lists an asset's fault codes, newest first.
func (s scope) Faults(ctx context.Context, id AssetID, limit int) ([]FaultCode, error) {
	if err := s.needs(FeatureFaults); err != nil {
		return nil, err
	}
	if err := s.there(ctx, id); err != nil {
		return nil, err
	}
	return list(ctx, s, (*FaultCode).row, `SELECT `+faultColumns+` FROM {faults} f WHERE f.asset_id = :id ORDER BY f.at DESC, f.code DESC, f.source DESC`+upTo(limit), p(":id", id))
}

// NewFaults lists the faults that the scope's assets reported since a time,
// newest first.
func (s scope) NewFaults(ctx context.Context, since time.Time, limit int) ([]FaultCode, error) {
	if err := s.needs(FeatureFaults); err != nil {
		return nil, err
	}
	from := `{faults} f`
	if s.few {
		from = `{assets} mine CROSS JOIN {faults} f ON f.asset_id = mine.id` // few assets of many
	}
	return list(ctx, s, (*FaultCode).row, `SELECT `+faultColumns+` FROM `+from+` WHERE f.at > :since ORDER BY f.at DESC, f.id DESC`+upTo(limit), p(":since", since.Unix()))
}
