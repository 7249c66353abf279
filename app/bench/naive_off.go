//go:build !compare

package bench

import (
	"errors"
	"net/http"
)

const compares = false

func newNaive(string) (http.Handler, error) {
	return nil, errors.New("this program was built without it: build it with “go build -tags compare”")
}
