// Package migrations holds the steps that bring a data file's schema up to
// date, and nothing else. A step that has shipped is never edited: the store
// refuses a file whose applied steps differ from these.
package migrations

import "embed"

// FS holds every step, named NNNN_what.sql.
//
//go:embed *.sql
var FS embed.FS
