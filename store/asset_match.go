package store

import (
	"context"

	"gatehouse/store/fault"
)

// AssetKey is how a file or a feed names a machine.
type AssetKey struct {
	ExternalID, PIN, Serial, Make, Name string
}

// matchRules are tried in order; the first that names exactly one asset wins.
var matchRules = []struct {
	says  string
	when  func(AssetKey) bool
	text  string
	names []string // the parameters of text
}{
	{"ID", func(k AssetKey) bool { return k.ExternalID != "" }, `a.external_id = :external_id`, []string{":external_id"}},
	{"PIN", func(k AssetKey) bool { return k.PIN != "" }, `a.pin = :pin AND a.pin <> ''`, []string{":pin"}},
	{"make and serial number", func(k AssetKey) bool { return k.Serial != "" }, `a.serial = :serial AND a.serial <> '' AND (a.make = :make COLLATE NOCASE OR a.make = '' OR :make = '')`, []string{":serial", ":make"}},
	// A name alone is weak: it must not contradict what both sides know better.
	{"name", func(k AssetKey) bool { return k.Name != "" }, `a.name = :name AND (a.serial = '' OR :serial = '' OR a.serial = :serial) AND (a.pin = '' OR :pin = '' OR a.pin = :pin)
		AND (a.external_id IS NULL OR :external_id = '' OR a.external_id = :external_id)`, []string{":name", ":serial", ":pin", ":external_id"}},
}

// MatchAsset finds the asset a file or a feed means: by external id, else by
// PIN, else by make and serial number, else by name. 0 means there is none; two
// that fit equally are a Conflict, never a guess.
func (s Staff) MatchAsset(ctx context.Context, k AssetKey) (AssetID, error) {
	for _, rule := range matchRules {
		if !rule.when(k) {
			continue
		}
		var args []arg
		for _, name := range rule.names {
			args = append(args, p(name, k.part(name)))
		}
		ids, err := list(ctx, s.scope, func(id *AssetID, r *row) { *id = AssetID(r.int()) }, `SELECT a.id FROM {assets} a WHERE `+rule.text+` LIMIT 2`, args...)
		if err != nil {
			return 0, err
		}
		if len(ids) > 1 {
			return 0, fault.New(fault.Conflict, "More than one asset has this %s.", rule.says)
		}
		if len(ids) == 1 {
			return ids[0], nil
		}
	}
	return 0, nil
}

// part is what the key says under the name of a parameter.
func (k AssetKey) part(name string) string {
	switch name {
	case ":external_id":
		return k.ExternalID
	case ":pin":
		return k.PIN
	case ":serial":
		return k.Serial
	case ":make":
		return k.Make
	}
	return k.Name
}
