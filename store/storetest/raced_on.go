//go:build race

package storetest

// Raced reports whether the race detector watches.
const Raced = true
