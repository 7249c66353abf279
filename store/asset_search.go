package store

import (
	"context"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Words of an asset are folded and split here, for the index and for the
// query alike, and carry the provider's number: "5_kramer".

const (
	searchWords  = 8  // more words than this narrow nothing
	longestWord  = 64 // characters
	longestQuery = 200
)

// fold lowers text and takes the accents off its letters.
func fold(text string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(text) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// words splits text where it is neither letter nor digit.
func words(text string) []string {
	return strings.FieldsFunc(fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// wordsOf is what an asset is found by: its words, each run of letters or of
// digits inside them ("kramer5085" by "5085"), and what stands between spaces
// without its punctuation ("SN-12" by "sn12").
func wordsOf(in AssetInput) map[string]bool {
	out := map[string]bool{}
	for _, text := range []string{in.Name, in.ExternalID, in.Serial, in.PIN, in.Make, in.Model} {
		for _, piece := range strings.Fields(text) {
			parts := words(piece)
			add(out, strings.Join(parts, ""))
			for _, w := range parts {
				add(out, w)
				for _, run := range runs(w) {
					add(out, run)
				}
			}
		}
	}
	return out
}

func add(to map[string]bool, word string) {
	if word != "" {
		to[clip(word, longestWord)] = true
	}
}

// runs cuts a word between letters and digits.
func runs(word string) (out []string) {
	from, was := 0, false
	for i, r := range word {
		is := unicode.IsDigit(r)
		if i > 0 && is != was {
			out, from = append(out, word[from:i]), i
		}
		was = is
	}
	if from > 0 {
		out = append(out, word[from:])
	}
	return out
}

func (s scope) prefix() string { return strconv.FormatInt(int64(s.provider), 10) + "_" }

// matchWords is the query for what somebody typed: every word as the beginning
// of one. asked reports whether there is something to search for at all.
func (s scope) matchWords(typed string) (match string, asked bool) {
	typed = strings.TrimSpace(clip(typed, longestQuery))
	parts := []string{}
	for _, w := range words(typed) {
		if len(parts) < searchWords {
			parts = append(parts, `"`+s.prefix()+clip(w, longestWord)+`"*`)
		}
	}
	return strings.Join(parts, " AND "), typed != ""
}

// oneByOne is up to how many assets of a customer are looked through one by
// one. The index knows the provider's words only: to a small customer its
// thousands of hits cost more than its own hundred assets.
const oneByOne = 300

// hitsAmong finds what somebody typed among the rows a query has so far. read
// is false where there are too many of them to look through.
func (s scope) hitsAmong(ctx context.Context, q *pageQuery[Asset], typed string) (hits []AssetID, read bool, err error) {
	want, n := words(strings.TrimSpace(clip(typed, longestQuery))), 0
	want = want[:min(len(want), searchWords)]
	err = s.each(ctx, `SELECT a.id, a.name, coalesce(a.external_id, ''), a.serial, a.pin, a.make, a.model FROM `+q.from+q.clause()+upTo(oneByOne+1), func(r *row) error {
		id, in := AssetID(r.int()), AssetInput{Name: r.str(), ExternalID: r.str(), Serial: r.str(), PIN: r.str(), Make: r.str(), Model: r.str()}
		if n++; n <= oneByOne && in.has(want) {
			hits = append(hits, id)
		}
		return nil
	}, q.args...)
	return hits, n <= oneByOne, err
}

// has reports whether every word typed begins one of the asset's.
func (in AssetInput) has(typed []string) bool {
	all := wordsOf(in)
	for _, w := range typed {
		found := false
		for have := range all {
			found = found || strings.HasPrefix(have, clip(w, longestWord))
		}
		if !found {
			return false
		}
	}
	return true
}

// indexWords makes an asset findable by what it is now called.
func (s scope) indexWords(ctx context.Context, id AssetID, in AssetInput) error {
	if later, err := s.waitAsset(ctx, id, &in); later {
		return err
	}
	var b strings.Builder
	for w := range wordsOf(in) {
		b.WriteString(s.prefix() + w + " ")
	}
	return s.db.query(ctx, s.conn, `INSERT OR REPLACE INTO asset_search (rowid, words) VALUES (:id, :words)`,
		s.binder(nil, []arg{p(":id", id), p(":words", b.String())}), func(*row) error { return nil })
}

func (s scope) dropWords(ctx context.Context, id AssetID) error {
	if later, err := s.waitAsset(ctx, id, nil); later {
		return err
	}
	return s.db.query(ctx, s.conn, `DELETE FROM asset_search WHERE rowid = :id`, s.binder(nil, []arg{p(":id", id)}), func(*row) error { return nil })
}

// IndexAssets makes every asset of the appliance findable that was written
// past the scopes: by a generator, or before there was a search.
func (y System) IndexAssets(ctx context.Context) error {
	type one struct {
		id       AssetID
		provider ProviderID
		in       AssetInput
	}
	for last := AssetID(0); ; {
		some, err := sysList(ctx, y, func(o *one, r *row) {
			o.id, o.provider = AssetID(r.int()), ProviderID(r.int())
			o.in = AssetInput{Name: r.str(), ExternalID: r.str(), Serial: r.str(), PIN: r.str(), Make: r.str(), Model: r.str()}
		}, `SELECT id, provider_id, name, coalesce(external_id, ''), serial, pin, make, model FROM assets WHERE id > :last ORDER BY id LIMIT 10000`, p(":last", last))
		if err != nil || len(some) == 0 {
			return err
		}
		err = y.Update(ctx, func(y System) error {
			for _, o := range some {
				if err := (scope{db: y.db, conn: y.conn, at: y.at, provider: o.provider}).indexWords(ctx, o.id, o.in); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		last = some[len(some)-1].id
	}
}
