package web

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"time"
)

// Download sends a file that fill writes. It is whole before its first byte
// leaves: a failure on the way is a page with a sentence, never half a file.
func Download(w http.ResponseWriter, r *http.Request, name, media string, fill func(io.Writer) error) error {
	f, err := os.CreateTemp("", "gatehouse-download-")
	if err != nil {
		return fmt.Errorf("make room for a download: %w", err)
	}
	defer func() { _ = f.Close(); _ = os.Remove(f.Name()) }()
	if err := fill(f); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", media)
	h.Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", name))
	h.Set("Cache-Control", "private, no-store")
	http.ServeContent(w, r, "", time.Time{}, f)
	return nil
}

// Media types of the files the product makes.
const (
	MediaXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	MediaCSV  = "text/csv; charset=utf-8"
)
