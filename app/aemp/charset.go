package aemp

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

var declared = regexp.MustCompile(`^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']`)

var charsets = map[string]encoding.Encoding{
	"iso-8859-1":   charmap.Windows1252, // as browsers read it
	"iso-8859-15":  charmap.ISO8859_15,
	"windows-1252": charmap.Windows1252,
	"windows-1250": charmap.Windows1250,
	"windows-1251": charmap.Windows1251,
	"us-ascii":     charmap.Windows1252,
	"ascii":        charmap.Windows1252,
	"utf-16":       unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
}

// toUTF8 goes by the byte order mark, then by the declaration of the XML,
// then takes what is not UTF-8 for Windows-1252.
func toUTF8(data []byte) ([]byte, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("<\x00")), bytes.HasPrefix(data, []byte("{\x00")):
		return decode(data, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM))
	case bytes.HasPrefix(data, []byte("\xfe\xff")), bytes.HasPrefix(data, []byte("\x00<")), bytes.HasPrefix(data, []byte("\x00{")):
		return decode(data, unicode.UTF16(unicode.BigEndian, unicode.UseBOM))
	}
	if m := declared.FindSubmatch(data[:min(len(data), 400)]); m != nil {
		name := strings.ToLower(string(m[1]))
		if enc := charsets[name]; enc != nil && name != "utf-16" {
			return decode(data, enc)
		} else if enc == nil && name != "utf-8" && name != "utf8" {
			return nil, refuse("This file is written in the character set “%s”, which cannot be read; UTF-8 is expected.", clip(string(m[1]), 40))
		}
	}
	if !utf8.Valid(data) {
		return decode(data, charmap.Windows1252)
	}
	return data, nil
}

func decode(data []byte, enc encoding.Encoding) ([]byte, error) {
	out, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return nil, refuse("This file is damaged: its characters cannot be read. Nothing was taken from it.")
	}
	if len(out) > 2*MaxBytes {
		return nil, refuse("This file is too large. Nothing was taken from it.")
	}
	return out, nil
}
