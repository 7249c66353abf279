package secret

import (
	"fmt"
	"io"
	"strings"

	"gatehouse/store/fault"
)

const codes = 1_000_000

// NewCode returns six random digits, each code as likely as any other. A code is
// only as good as the limit on tries that stands before it.
func NewCode(rand io.Reader) string {
	const fair = (1 << 24) / codes * codes // above it some codes would come more often
	var raw [3]byte
	for {
		if _, err := io.ReadFull(rand, raw[:]); err != nil {
			panic("secret: no random bytes: " + err.Error())
		}
		if n := int(raw[0])<<16 | int(raw[1])<<8 | int(raw[2]); n < fair {
			return fmt.Sprintf("%06d", n%codes)
		}
	}
}

// HashCode returns what to keep of a code: its hash together with that of the
// token it was sent with, so that equal codes look different in the file. It
// forgives the spaces and hyphens that people type; anything else but six
// digits is Invalid.
func HashCode(code string, token []byte) ([]byte, error) {
	code = strings.NewReplacer(" ", "", "-", "", "\u00a0", "").Replace(code)
	if len(code) != 6 || strings.Trim(code, "0123456789") != "" {
		return nil, fault.New(fault.Invalid, "The code has six digits. It stands in the message that we sent to the new address.")
	}
	return digest(string(token), code), nil
}
