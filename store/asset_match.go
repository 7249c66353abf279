package store

import (
	"context"
	"slices"
	"strconv"
	"strings"

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
	all := k.rules()
	first := all & -all
	for _, some := range []int{first, all &^ first} { // most are found by what tells them best
		if some == 0 {
			continue
		}
		if id, err := s.matchBy(ctx, k, some); id != 0 || err != nil {
			return id, err
		}
	}
	return 0, nil
}

// rules is the set of those that the key gives rise to, as bits.
func (k AssetKey) rules() (all int) {
	for n, rule := range matchRules {
		if rule.when(k) {
			all |= 1 << n
		}
	}
	return all
}

// matchBy asks for up to two assets by each of some rules, in one statement:
// an import asks for every row of its file.
func (s Staff) matchBy(ctx context.Context, k AssetKey, some int) (AssetID, error) {
	type hit struct {
		rule int64
		id   AssetID
	}
	all, err := list(ctx, s.scope, func(h *hit, r *row) { h.rule, h.id = r.int(), AssetID(r.int()) }, matchTexts[some], k.args(some)...)
	switch {
	case err != nil || len(all) == 0:
		return 0, err
	case len(all) > 1 && all[1].rule == all[0].rule:
		return 0, fault.New(fault.Conflict, "More than one asset has this %s.", matchRules[all[0].rule].says)
	}
	return all[0].id, nil
}

func (k AssetKey) args(some int) (out []arg) {
	for n, rule := range matchRules {
		if some&(1<<n) == 0 {
			continue
		}
		for _, name := range rule.names {
			if !slices.ContainsFunc(out, func(a arg) bool { return a.name == name }) {
				out = append(out, p(name, k.part(name)))
			}
		}
	}
	return out
}

// matchTexts are the statements for each set of rules.
var matchTexts = func() (out [1 << 4]string) {
	for given := range out {
		var parts []string
		for n, rule := range matchRules {
			if given&(1<<n) != 0 {
				parts = append(parts, `SELECT * FROM (SELECT `+strconv.Itoa(n)+`, a.id FROM {assets} a WHERE `+rule.text+` LIMIT 2)`)
			}
		}
		out[given] = strings.Join(parts, ` UNION ALL `)
	}
	return out
}()

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
