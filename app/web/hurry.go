package web

import (
	"io"
	"net/http"
	"time"
)

// How long a request's body may take to arrive: a form, and a large upload.
// Who sends a byte now and then would otherwise keep a connection for ever.
const (
	formPatience   = 20 * time.Second
	uploadPatience = 10 * time.Minute
)

// hurriedBody takes the deadline off the connection once the body is there, so
// that it never ends an answer that takes longer.
type hurriedBody struct {
	io.ReadCloser
	conn *http.ResponseController
}

// arriving is a request's body, bounded in size and in time.
func arriving(w http.ResponseWriter, r *http.Request, max int64) io.ReadCloser {
	body := http.MaxBytesReader(w, r.Body, max)
	if r.ContentLength == 0 {
		return body // a stream that stays open must keep its connection
	}
	patience := formPatience
	if max > 2<<20 {
		patience = uploadPatience
	}
	b := hurriedBody{body, http.NewResponseController(w)}
	if err := b.conn.SetReadDeadline(time.Now().Add(patience)); err != nil {
		return body // no connection to speak of
	}
	return b
}

func (b hurriedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err == io.EOF { // after a failure the server still drains what is left, and must not wait for it either
		_ = b.conn.SetReadDeadline(time.Time{})
	}
	return n, err
}
