package desk

import (
	"bytes"
	"context"
	"crypto/sha256"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"gatehouse/app/photo"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// MaxJobFile is how big a file of a job may be.
const MaxJobFile = 15 << 20

// JobUpload is a file as somebody sends it for a job.
type JobUpload struct {
	Name, Caption string
	Shared        bool // the customer sees it
	Size          int64
	Body          io.Reader
}

// AddJobFile takes in a picture or a document for a job, by what is in it,
// whatever it is called. Pictures are drawn anew: no coordinates stay in them.
func (d *Desk) AddJobFile(ctx context.Context, s store.Staff, id store.JobID, up JobUpload) error {
	if err := s.Can(store.JobFileAdd); err != nil {
		return err
	}
	if up.Size > MaxJobFile {
		return fault.Field("file", "This file has %d MB; up to %d MB fit.", up.Size>>20, MaxJobFile>>20)
	}
	body, err := io.ReadAll(io.LimitReader(up.Body, MaxJobFile+1))
	if err != nil {
		return err
	}
	f := store.NewJobFile{Kind: "document", Caption: up.Caption, Shared: up.Shared, NewFile: store.NewFile{Name: up.Name}}
	switch media, ending := document(body, up.Name); {
	case len(body) == 0:
		return fault.Field("file", "This file is empty.")
	case media != "":
		f.Media, f.Name = media, ended(up.Name, ending)
	default:
		p, err := photo.Read(ctx, "file", bytes.NewReader(body))
		if err != nil {
			return err
		}
		body, f.Kind, f.Media, f.Name = p.Full, "photo", photo.Media, ended(up.Name, ".jpg")
	}
	sum := sha256.Sum256(body)
	f.Size, f.Sum, f.Body = int64(len(body)), sum[:], bytes.NewReader(body)
	_, err = s.AddJobFile(ctx, id, f)
	return err
}

// document recognises what is kept as it comes; media is "" for anything else.
func document(b []byte, name string) (media, ending string) {
	zipped := map[string]string{".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
	switch {
	case bytes.HasPrefix(b, []byte("%PDF-")):
		return "application/pdf", ".pdf"
	case bytes.HasPrefix(b, []byte("PK\x03\x04")):
		ending = strings.ToLower(path.Ext(name))
		if m := zipped[ending]; m != "" {
			return m, ending
		}
		return "application/zip", ".zip"
	case utf8.Valid(b) && !bytes.ContainsRune(b, 0) && len(b) > 0:
		if strings.EqualFold(path.Ext(name), ".csv") {
			return "text/csv; charset=utf-8", ".csv"
		}
		return "text/plain; charset=utf-8", ".txt"
	}
	return "", ""
}

// ended is a name that says what the file is.
func ended(name, ending string) string {
	if strings.HasSuffix(strings.ToLower(name), ending) {
		return name
	}
	return strings.TrimSuffix(name, path.Ext(name)) + ending
}
