package smtp

import (
	"errors"
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

var errAddress = errors.New("not an e-mail address")

// address returns the one spelling in which an address is put on an envelope:
// local part as given, domain in letters every server knows. It refuses what a
// server could read as more than one address: spaces, quotes, brackets, a
// second @, ends of lines.
func address(text string) (string, error) {
	at := strings.LastIndexByte(text, '@')
	if at < 1 || at > 64 || len(text) > 254 || !utf8.ValidString(text) {
		return "", errAddress
	}
	local := text[:at]
	if strings.HasPrefix(local, ".") || strings.HasSuffix(local, ".") || strings.Contains(local, "..") || strings.ContainsFunc(local, notInLocal) {
		return "", errAddress
	}
	host, err := domain(text[at+1:])
	if err != nil {
		return "", err
	}
	return local + "@" + host, nil
}

func notInLocal(r rune) bool {
	if r < utf8.RuneSelf {
		return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~.", r)
	}
	return !unicode.In(r, unicode.L, unicode.M, unicode.N)
}

func domain(text string) (string, error) {
	host, err := idna.Lookup.ToASCII(text)
	if err != nil || host == "" || len(host) > 253 || strings.HasPrefix(host, ".") || strings.HasSuffix(host, ".") || strings.Contains(host, "..") {
		return "", errAddress
	}
	if strings.Trim(host, "abcdefghijklmnopqrstuvwxyz0123456789-.") != "" {
		return "", errAddress
	}
	return host, nil
}

// person is an address with a name, checked. The name is only ever shown.
func person(name, text string) (*mail.Address, error) {
	addr, err := address(text)
	if err != nil {
		return nil, err
	}
	return &mail.Address{Name: line(name, 100), Address: addr}, nil
}

// line makes text fit for one header line: no ends of lines or other controls,
// nothing that turns the direction of reading, no more than most characters,
// and nothing that a reader's program would decode a second time.
func line(text string, most int) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, unicode.Is(unicode.Bidi_Control, r):
			return -1
		case unicode.IsControl(r), unicode.IsSpace(r), r == '\u2028', r == '\u2029':
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	text = strings.Join(strings.Fields(text), " ")
	for strings.Contains(text, "=?") {
		text = strings.ReplaceAll(text, "=?", "= ?")
	}
	if runes := []rune(text); len(runes) > most {
		text = strings.TrimSpace(string(runes[:most-1])) + "…"
	}
	return text
}
