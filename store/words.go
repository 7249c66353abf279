package store

import (
	"slices"

	"gatehouse/store/fault"
)

// Words are what a provider and its customers call the things they talk about
// (row 6): they stand in every English text in place of asset and job.
type Words struct{ Asset, Job string }

// AssetWords and JobWords are the choices, the usual word first.
var (
	AssetWords = []string{"asset", "machine", "unit", "vehicle", "tool"}
	JobWords   = []string{"job", "ticket", "order", "visit"}
)

const wordColumns = `p.asset_word, p.job_word`

func (w *Words) row(r *row) { w.Asset, w.Job = r.str(), r.str() }

func (w Words) check(bad *fault.Problems) {
	if !slices.Contains(AssetWords, w.Asset) {
		bad.Add("asset_word", "Choose one.")
	}
	if !slices.Contains(JobWords, w.Job) {
		bad.Add("job_word", "Choose one.")
	}
}
