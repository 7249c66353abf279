package secret

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"
)

// A second factor is a code that an app on a phone shows, a new one every 30
// seconds (RFC 6238, with the values that every app takes: SHA-1, six digits).
const totpPeriod = 30

var base32Plain = base32.StdEncoding.WithPadding(base32.NoPadding)

// NewTOTP returns a new secret for a second factor, as apps show it.
func NewTOTP(rand io.Reader) string {
	raw := make([]byte, 20)
	if _, err := io.ReadFull(rand, raw); err != nil {
		panic("secret: no random bytes: " + err.Error())
	}
	return base32Plain.EncodeToString(raw)
}

// IsTOTP reports whether a text is a whole secret of NewTOTP.
func IsTOTP(secret string) bool {
	key, err := base32Plain.DecodeString(secret)
	return err == nil && len(key) == 20
}

// MatchTOTP finds the time step whose code this is: now, the one before or the
// one after, for clocks that differ. No step up to last counts: a code works
// once.
func MatchTOTP(secret, code string, now time.Time, last int64) (step int64, ok bool) {
	key, err := base32Plain.DecodeString(secret)
	code = strings.NewReplacer(" ", "", "-", "", "\u00a0", "").Replace(code)
	if err != nil || len(code) != 6 {
		return 0, false
	}
	at := now.Unix() / totpPeriod
	for s := at - 1; s <= at+1; s++ {
		if Equal([]byte(totp(key, s, 6)), []byte(code)) && s > last {
			step, ok = s, true
		}
	}
	return step, ok
}

// CodeTOTP is the code of a secret at a time.
func CodeTOTP(secret string, at time.Time) string {
	key, err := base32Plain.DecodeString(secret)
	if err != nil {
		return ""
	}
	return totp(key, at.Unix()/totpPeriod, 6)
}

func totp(key []byte, step int64, digits int) string {
	mac := hmac.New(sha1.New, key)
	_ = binary.Write(mac, binary.BigEndian, step) // a hash takes everything
	sum := mac.Sum(nil)
	n := binary.BigEndian.Uint32(sum[sum[len(sum)-1]&0xf:]) & 0x7fffffff
	mod := uint32(1)
	for range digits {
		mod *= 10
	}
	return fmt.Sprintf("%0*d", digits, n%mod)
}

// URITOTP is what apps read from a QR code.
func URITOTP(secret, issuer, account string) string {
	label := strings.ReplaceAll(issuer, ":", " ") + ":" + account
	return "otpauth://totp/" + url.PathEscape(label) + "?secret=" + secret + "&issuer=" + url.QueryEscape(issuer)
}

// recoveryAlphabet has no letters that are read as others.
const recoveryAlphabet = "abcdefghjkmnpqrstuvwxyz23456789"

// NewRecoveryCode returns a code for the day the phone is lost, such as
// "k4mwq-7ztrb".
func NewRecoveryCode(rand io.Reader) string {
	const fair = 256 / len(recoveryAlphabet) * len(recoveryAlphabet)
	var out []byte
	one := make([]byte, 1)
	for len(out) < 11 {
		if len(out) == 5 {
			out = append(out, '-')
		}
		if _, err := io.ReadFull(rand, one); err != nil {
			panic("secret: no random bytes: " + err.Error())
		}
		if int(one[0]) < fair {
			out = append(out, recoveryAlphabet[int(one[0])%len(recoveryAlphabet)])
		}
	}
	return string(out)
}

// HashRecovery returns what to keep of a recovery code of a person, "" of what
// cannot be one.
func HashRecovery(code, person string) []byte {
	code = strings.NewReplacer(" ", "", "-", "", "\u00a0", "").Replace(strings.ToLower(code))
	if len(code) != 10 {
		return nil
	}
	return digest("recovery", person, code)
}
