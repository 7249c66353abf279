//go:build !compare

package bench

import (
	"errors"
	"net/http"
)

const compares = false

var errLeftOut = errors.New("this program was built without it: build it with “go build -tags compare”")

func newNaive(string) (http.Handler, error) { return nil, errLeftOut }

func labelled(_ string, fn func() error) error { return fn() }

func profiling(string) (func(), error) { return nil, errLeftOut }
