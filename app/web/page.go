package web

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
	g "maragu.dev/gomponents"
)

var (
	buffers = sync.Pool{New: func() any { return bytes.NewBuffer(make([]byte, 0, 48<<10)) }}
	zippers = sync.Pool{New: func() any { z, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed); return z }}
)

// Page sends a whole page. It is rendered before its first byte leaves, so
// that a failure is a failure and never half a page.
func Page(w http.ResponseWriter, r *http.Request, status int, page g.Node) error {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	if err := page.Render(b); err != nil {
		return err
	}
	return Send(w, r, status, "text/html; charset=utf-8", b.Bytes())
}

// Send sends a body of private content, compressed where the browser takes it.
func Send(w http.ResponseWriter, r *http.Request, status int, media string, body []byte) error {
	h := w.Header()
	h.Set("Content-Type", media)
	h.Set("Vary", "Accept-Encoding, Cookie")
	if len(body) > 1400 && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		zipped := buffers.Get().(*bytes.Buffer)
		defer buffers.Put(zipped)
		zipped.Reset()
		z := zippers.Get().(*gzip.Writer)
		defer zippers.Put(z)
		z.Reset(zipped)
		_, _ = z.Write(body) // a buffer does not fail
		_ = z.Close()
		body = zipped.Bytes()
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method == http.MethodHead {
		return nil
	}
	_, _ = w.Write(body) // whoever hung up does not want to hear of it
	return nil
}
