package web

import (
	"io"
	"mime"
	"net/http"

	"gatehouse/store"
)

// shown are the media a browser shows by itself. Both were written by us: what
// people sent is never among them.
var shown = map[string]bool{"image/jpeg": true, "image/png": true}

// File sends a kept file, in parts if asked. Nothing may keep it without
// asking again each time, so that it dies with the right to see it; and
// whatever it holds, it runs nothing and reaches nothing.
func File(w http.ResponseWriter, r *http.Request, f *store.FileReader) error {
	how, h := "attachment", w.Header()
	if shown[f.Media] && r.URL.Query().Get("download") == "" {
		how = "inline"
	}
	h.Set("Content-Type", f.Media)
	h.Set("Content-Disposition", mime.FormatMediaType(how, map[string]string{"filename": f.Name}))
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
	h.Set("Cache-Control", "private, no-cache")
	h.Set("Vary", "Cookie")
	if f.Tag != "" {
		h.Set("ETag", `"`+f.Tag+`"`)
	}
	http.ServeContent(w, r, "", f.CreatedAt, io.NewSectionReader(f, 0, f.Size))
	return nil
}
