package sheet

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"gatehouse/store/fault"
)

var utf8BOM = []byte("\xef\xbb\xbf")

// Encodings are the names Options.Encoding understands, the usual ones first.
var Encodings = []string{
	"utf-8", "windows-1252", "utf-16le", "utf-16be", "iso-8859-1", "iso-8859-15",
	"windows-1250", "windows-1251", "windows-1253", "windows-1254", "windows-1257", "macintosh", "ibm850",
}

var decoders = map[string]encoding.Encoding{
	"utf-16le":     unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
	"utf-16be":     unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
	"windows-1252": charmap.Windows1252,
	"iso-8859-1":   charmap.ISO8859_1,
	"iso-8859-15":  charmap.ISO8859_15,
	"windows-1250": charmap.Windows1250,
	"windows-1251": charmap.Windows1251,
	"windows-1253": charmap.Windows1253,
	"windows-1254": charmap.Windows1254,
	"windows-1257": charmap.Windows1257,
	"macintosh":    charmap.Macintosh,
	"ibm850":       charmap.CodePage850,
	"utf-8":        unicode.UTF8, // replaces what is not UTF-8
}

// encodingOf looks at the byte order mark, then at where the zero bytes are,
// then whether the whole file is UTF-8. What is none of these is Windows-1252,
// which Excel writes in western Europe and America.
func encodingOf(r io.ReaderAt, size int64) (string, error) {
	head := make([]byte, min(size, 4096))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return "", fault.Field("file", "This file could not be read.")
	}
	switch {
	case bytes.HasPrefix(head, utf8BOM):
		return "utf-8", nil
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return "utf-16le", nil
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return "utf-16be", nil
	}
	if name := utf16ByZeros(head); name != "" {
		return name, nil
	}
	ok, err := isUTF8(io.NewSectionReader(r, 0, size))
	if err != nil {
		return "", fault.Field("file", "This file could not be read.")
	}
	if ok {
		return "utf-8", nil
	}
	return "windows-1252", nil
}

// utf16ByZeros relies on delimiters, digits and line ends being ASCII, so
// that in UTF-16 every other byte is often zero and its neighbour is not.
func utf16ByZeros(head []byte) string {
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	quarter, few := len(head)/8, len(head)/50
	switch {
	case len(head) < 4:
		return ""
	case zeros[1] > quarter && zeros[0] <= few:
		return "utf-16le"
	case zeros[0] > quarter && zeros[1] <= few:
		return "utf-16be"
	}
	return ""
}

func isUTF8(r io.Reader) (bool, error) {
	buf, kept := make([]byte, 256<<10), 0
	for {
		n, err := r.Read(buf[kept:])
		chunk := buf[:kept+n]
		cut := len(chunk)
		if err == nil {
			cut = wholeRunes(chunk)
		}
		if !utf8.Valid(chunk[:cut]) {
			return false, nil
		}
		kept = copy(buf, chunk[cut:])
		if err == io.EOF {
			return true, nil
		}
		if err != nil {
			return false, err
		}
	}
}

// wholeRunes is the length of b without a character that continues beyond it.
func wholeRunes(b []byte) int {
	for i := len(b) - 1; i >= max(0, len(b)-utf8.UTFMax); i-- {
		if utf8.RuneStart(b[i]) {
			if utf8.FullRune(b[i:]) {
				return len(b)
			}
			return i
		}
	}
	return len(b)
}

// decoded reads r as UTF-8, without a byte order mark. It returns the name of
// the encoding it read.
func decoded(r io.ReaderAt, size int64, name string) (io.Reader, string, error) {
	name = strings.ToLower(strings.TrimSpace(name))
	seen, err := encodingOf(r, size)
	if err != nil {
		return nil, "", err
	}
	if name == "" {
		name = seen
	}
	enc, known := decoders[name]
	if !known {
		return nil, "", fault.Field("encoding", "There is no encoding called “%s” here; choose one of %s.", name, strings.Join(Encodings, ", "))
	}
	var text io.Reader = io.NewSectionReader(r, 0, size)
	if name != "utf-8" || seen != "utf-8" {
		text = transform.NewReader(text, enc.NewDecoder())
	}
	return &bomless{r: text}, name, nil
}

// bomless drops a byte order mark, which in UTF-8 is the same three bytes
// whatever the encoding was before.
type bomless struct {
	r    io.Reader
	past bool
}

func (b *bomless) Read(p []byte) (int, error) {
	if b.past || len(p) < len(utf8BOM) {
		return b.r.Read(p)
	}
	b.past = true
	n, err := io.ReadAtLeast(b.r, p, len(utf8BOM))
	if bytes.HasPrefix(p[:n], utf8BOM) {
		n = copy(p, p[len(utf8BOM):n])
	}
	if err == io.ErrUnexpectedEOF || err == io.EOF {
		err = nil // the next Read tells
	}
	return n, err
}
