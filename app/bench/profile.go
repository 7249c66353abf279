//go:build compare

package bench

import (
	"context"
	"os"
	"runtime/pprof"
)

// labelled runs a step under its name in the profile.
func labelled(name string, fn func() error) (err error) {
	pprof.Do(context.Background(), pprof.Labels("step", name), func(context.Context) { err = fn() })
	return err
}

// profiling writes a CPU profile to path until stop is called.
func profiling(path string) (stop func(), err error) {
	into, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(into); err != nil {
		_ = into.Close()
		return nil, err
	}
	return func() { pprof.StopCPUProfile(); _ = into.Close() }, nil
}
