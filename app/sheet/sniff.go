package sheet

import (
	"bytes"
	"io"

	"gatehouse/store/fault"
)

// recognise tells CSV from XLSX by the first bytes, and names what people
// upload instead.
func recognise(r io.ReaderAt, size int64) (Kind, error) {
	head := make([]byte, min(size, 4096))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return "", fault.Field("file", "This file could not be read.")
	}
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06")) {
		return XLSX, nil
	}
	for magic, says := range strangers {
		if bytes.HasPrefix(head, []byte(magic)) {
			return "", fault.Field("file", "%s", says)
		}
	}
	text := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(head, utf8BOM)))
	for _, tag := range []string{"<!doctype html", "<html", "<table", "<?xml", "<workbook"} {
		if bytes.HasPrefix(text, []byte(tag)) {
			return "", fault.Field("file", "This is a web page or an XML file, whatever its name says. Open it in Excel and save it as .xlsx or .csv.")
		}
	}
	return CSV, nil
}

// strangers are the first bytes of files that are no tables.
var strangers = map[string]string{
	"\xd0\xcf\x11\xe0": "This is an old Excel file (.xls) or one with a password. Open it in Excel and save it as .xlsx without a password.",
	"%PDF":             "This is a PDF, not a table. Choose a .csv or .xlsx file.",
	"\x89PNG":          "This is a picture, not a table. Choose a .csv or .xlsx file.",
	"\xff\xd8\xff":     "This is a picture, not a table. Choose a .csv or .xlsx file.",
	"GIF8":             "This is a picture, not a table. Choose a .csv or .xlsx file.",
	"\x1f\x8b":         "This file is compressed (.gz). Unpack it first.",
	"7z\xbc\xaf":       "This file is compressed (.7z). Unpack it first.",
	"Rar!":             "This file is compressed (.rar). Unpack it first.",
	"{\\rtf":           "This is a text document, not a table. Choose a .csv or .xlsx file.",
}
