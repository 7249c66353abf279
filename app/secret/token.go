package secret

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"io"
	"strings"

	"gatehouse/store/fault"
)

// The kinds of tokens. A token is worth nothing for another kind than its own.
const (
	Invitation  = "inv" // opens a portal to its first person
	Activation  = "act" // lets a new person set a password
	Reset       = "rst" // lets a known person set a new password
	EmailChange = "eml" // confirms a new address
	Objection   = "obj" // stops that, from the old address
	SignIn      = "sgn" // signs a known person in
	Factor      = "fac" // stands in the cookie between password and second factor
	API         = "tok" // speaks for a program
	Session     = "ses" // stands in the cookie of a signed-in browser
	Tracking    = "trk" // shows the progress of one job
	Unsubscribe = "unb" // ends notices of one kind
	SetUp       = "set" // opens the first set-up of the appliance
)

const tokenBytes = 32

var token64 = base64.RawURLEncoding.Strict()

// NewToken returns a new secret of the kind, such as "inv_" and 43 letters, and
// the hash to keep in its place. The secret is shown once and never stored.
// An unknown kind and a source of chance that fails are bugs, and panic.
func NewToken(rand io.Reader, kind string) (secret string, hash []byte) {
	if !known(kind) {
		panic("secret: no such kind of token: " + kind)
	}
	raw := make([]byte, tokenBytes)
	if _, err := io.ReadFull(rand, raw); err != nil {
		panic("secret: no random bytes: " + err.Error())
	}
	secret = kind + "_" + token64.EncodeToString(raw)
	return secret, digest(secret)
}

// HashToken returns the hash under which a token that somebody brought would be
// kept. What cannot be a token of that kind (another kind, cut off, letters that
// do not belong) is NotFound, without anybody having to look it up.
func HashToken(secret, kind string) ([]byte, error) {
	text, ok := strings.CutPrefix(secret, kind+"_")
	if !ok || !known(kind) || len(text) != token64.EncodedLen(tokenBytes) || strings.ContainsAny(text, "\r\n") {
		return nil, notToken()
	}
	// Strict, so that one token has one spelling only.
	if _, err := token64.DecodeString(text); err != nil {
		return nil, notToken()
	}
	return digest(secret), nil
}

func notToken() error {
	return fault.New(fault.NotFound, "This link is not complete, or it is for something else. Please open it again from the message, or copy all of it.")
}

// KindOf returns the kind that a secret claims to be, or "" if none. Log lines
// may show it; they may show no more.
func KindOf(secret string) string {
	kind, _, ok := strings.Cut(secret, "_")
	if !ok || !known(kind) {
		return ""
	}
	return kind
}

func known(kind string) bool {
	switch kind {
	case Invitation, Activation, Reset, EmailChange, Objection, SignIn, Factor, API, Session, SetUp, Tracking, Unsubscribe:
		return true
	}
	return false
}

func digest(parts ...string) []byte {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return sum[:]
}

// Equal compares two hashes in a time that does not depend on where they differ.
func Equal(a, b []byte) bool {
	return len(a) > 0 && subtle.ConstantTimeCompare(a, b) == 1
}
