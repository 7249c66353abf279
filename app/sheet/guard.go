package sheet

import (
	"strings"
	"unicode/utf8"
)

// Guard keeps a spreadsheet program from taking a text in a CSV file for a
// formula: such a text gets an apostrophe in front, which Excel hides in its
// own files and LibreOffice drops on import. Unguard gives the text back.
func Guard(s string) string {
	if risky(strings.TrimLeft(s, "'")) {
		return "'" + s
	}
	return s
}

// Unguard takes off what Guard put on and leaves every other text alone. A
// Reader of CSV has done so already.
func Unguard(s string) string {
	if strings.HasPrefix(s, "'") && risky(strings.TrimLeft(s, "'")) {
		return s[1:]
	}
	return s
}

// risky texts begin with what starts a formula in some program or language;
// the full-width forms count because Excel in Japanese folds them.
func risky(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("=+-@\t\r\n|＝＋－＠｜", r) && s != ""
}
