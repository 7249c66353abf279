package assets

import (
	"compress/gzip"
	"io"
	"net/http/httptest"
	"strings"
	"testing"
)

func get(t *testing.T, path, encoding string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest("GET", path, nil)
	r.Header.Set("Accept-Encoding", encoding)
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, r)
	return w
}

func TestAFileIsServedCompressedAndForEver(t *testing.T) {
	plain, zipped := get(t, Path("app.css"), ""), get(t, Path("app.css"), "br, gzip")
	if got := zipped.Header().Get("Content-Encoding"); got != "gzip" {
		t.Fatalf("Content-Encoding is %q", got)
	}
	z, err := gzip.NewReader(zipped.Body)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil || string(b) != plain.Body.String() {
		t.Errorf("the compressed file differs from the plain one (%v)", err)
	}
	if got := plain.Header().Get("Cache-Control"); !strings.Contains(got, "immutable") {
		t.Errorf("Cache-Control is %q", got)
	}
	if got := plain.Header().Get("Content-Type"); got != "text/css; charset=utf-8" {
		t.Errorf("Content-Type is %q", got)
	}
}

func TestOnlyHashedNamesAreServed(t *testing.T) {
	for _, path := range []string{"/static/app.css", "/static/", "/static/../assets.go", "/static/vendor/VENDOR.json"} {
		if w := get(t, path, "gzip"); w.Code != 404 {
			t.Errorf("%s answers %d", path, w.Code)
		}
	}
}

func TestARefusalOfGzipIsHeard(t *testing.T) {
	for header, want := range map[string]bool{"gzip": true, "gzip;q=0": false, "br": false, "*": true, "deflate, gzip;q=0.5": true, "": false} {
		if got := acceptsGzip(header); got != want {
			t.Errorf("%q: got %v", header, got)
		}
	}
}

// A first visit loads these; the map's files come only with a map.
func TestAFirstVisitStaysSmall(t *testing.T) {
	sum := 0
	for _, name := range []string{"app.css", "app.js", "htmx.js", "inter-latin.woff2", "chevron.svg", "favicon.svg"} {
		n := get(t, Path(name), "gzip").Body.Len()
		t.Logf("%-18s %6d", name, n)
		sum += n
	}
	if sum > 90<<10 {
		t.Errorf("a first visit loads %d bytes", sum)
	}
}
