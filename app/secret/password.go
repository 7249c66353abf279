// Package secret makes and checks what people and programs prove themselves
// with: passwords, the tokens of links and of the API, and short codes.
//
// It keeps nothing and knows no rows: who may try how often, what a token is
// for and when it ends, is for others to say.
package secret

import (
	"context"
	"crypto/rand"
	"crypto/subtle"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"gatehouse/store/fault"
)

const (
	maxBytes = 4 << 10
	maxRunes = 1000
)

// nobody is a hash that no password has. Accounts that do not exist are
// verified against it, so that they take as long as those that do.
var nobody = stored{current, make([]byte, saltLength), make([]byte, keyLength)}

// Hash returns the argon2id hash of a password in PHC form, with a new salt.
// It waits for a free core: Limited when too many others wait already, the
// context's error when ctx ends first. It does not judge the password; see Check.
func Hash(ctx context.Context, password string) (phc string, err error) {
	text, err := normal(password)
	if err != nil {
		return "", err
	}
	s := stored{params: current, salt: make([]byte, saltLength)}
	_, _ = rand.Read(s.salt) // never fails: the program ends first
	if err := cores.do(ctx, func() { s.key = s.derive(text, keyLength) }); err != nil {
		return "", err
	}
	return s.String(), nil
}

// Verify reports whether phc is the hash of password, and whether it should be
// replaced by a new Hash because the costs have changed since. An empty phc
// stands for an account that is unknown or has no password: never ok, and as
// slow as a real one. Errors are as in Hash; a phc that cannot be read is one
// too, after the usual time.
func Verify(ctx context.Context, phc, password string) (ok, rehash bool, err error) {
	text, err := normal(password)
	if err != nil {
		return false, false, nil // nobody can have set it, so it is simply wrong
	}
	against, broken := nobody, error(nil)
	if phc != "" {
		if against, broken = parse(phc); broken != nil {
			against = nobody
		}
	}
	var key []byte
	if err := cores.do(ctx, func() { key = against.derive(text, len(against.key)) }); err != nil {
		return false, false, err
	}
	ok = subtle.ConstantTimeCompare(key, against.key) == 1 && phc != "" && broken == nil
	return ok, ok && against.outdated(), broken
}

func (s stored) derive(password []byte, length int) []byte {
	return argon2.IDKey(password, s.salt, s.time, s.memory, s.threads, uint32(length))
}

func (s stored) outdated() bool {
	return s.params != current || len(s.salt) < saltLength || len(s.key) != keyLength
}

// normal brings a password into the one form in which it is hashed: keyboards
// differ in how they send é.
func normal(password string) ([]byte, error) {
	if len(password) <= maxBytes {
		if text := norm.NFC.Bytes([]byte(password)); len(text) <= maxBytes {
			return text, nil
		}
	}
	return nil, tooLong()
}

func tooLong() error {
	return fault.New(fault.Invalid, "This password is too long. Up to 1,000 characters are possible.")
}
