//go:build !linux

package app

func fileWarning(string) string { return "" }

func diskSpace(string) (free, total uint64, ok bool) { return 0, 0, false }
