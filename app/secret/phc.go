package secret

import (
	"encoding/base64"
	"errors"
	"strconv"
	"strings"

	"golang.org/x/crypto/argon2"
)

// params are the costs of one argon2id hash.
type params struct {
	memory  uint32 // KiB
	time    uint32
	threads uint8
}

// current is what new hashes get; a hash with other costs is still verified and
// then reported as due for a new one.
var current = params{memory: 19456, time: 2, threads: 1}

const (
	saltLength = 16
	keyLength  = 32
	maxMemory  = 256 << 10 // KiB; a row must not be able to ask for all memory
	maxTime    = 16
	maxThreads = 16
)

// stored is a hash taken apart.
type stored struct {
	params
	salt, key []byte
}

// errForm is our bug or a damaged row, never the person's mistake.
var errForm = errors.New("the stored password hash is not an argon2id hash in PHC form")

var phc64 = base64.RawStdEncoding.Strict()

func (s stored) String() string {
	return "$argon2id$v=" + strconv.Itoa(argon2.Version) +
		"$m=" + strconv.FormatUint(uint64(s.memory), 10) +
		",t=" + strconv.FormatUint(uint64(s.time), 10) +
		",p=" + strconv.FormatUint(uint64(s.threads), 10) +
		"$" + phc64.EncodeToString(s.salt) + "$" + phc64.EncodeToString(s.key)
}

// parse reads a PHC string. It refuses costs and lengths outside sane bounds.
func parse(phc string) (stored, error) {
	part := strings.Split(phc, "$")
	if len(phc) > 512 || len(part) != 6 || part[0] != "" || part[1] != "argon2id" || part[2] != "v="+strconv.Itoa(argon2.Version) {
		return stored{}, errForm
	}
	costs, err := parseCosts(part[3])
	if err != nil {
		return stored{}, err
	}
	salt, err := decode(part[4], 8, 64)
	if err != nil {
		return stored{}, err
	}
	key, err := decode(part[5], 16, 64)
	if err != nil {
		return stored{}, err
	}
	return stored{costs, salt, key}, nil
}

func parseCosts(text string) (params, error) {
	field := strings.Split(text, ",")
	if len(field) != 3 {
		return params{}, errForm
	}
	m, errM := cost(field[0], "m=", maxMemory)
	t, errT := cost(field[1], "t=", maxTime)
	p, errP := cost(field[2], "p=", maxThreads)
	if err := errors.Join(errM, errT, errP); err != nil || m < 8*p {
		return params{}, errForm
	}
	return params{memory: uint32(m), time: uint32(t), threads: uint8(p)}, nil
}

func cost(text, name string, most uint64) (uint64, error) {
	digits, ok := strings.CutPrefix(text, name)
	n, err := strconv.ParseUint(digits, 10, 32)
	if !ok || err != nil || n < 1 || n > most || strconv.FormatUint(n, 10) != digits {
		return 0, errForm
	}
	return n, nil
}

func decode(text string, least, most int) ([]byte, error) {
	raw, err := phc64.DecodeString(text)
	// The decoder passes over line ends, so that one hash had many spellings.
	if err != nil || strings.ContainsAny(text, "\r\n") || len(raw) < least || len(raw) > most {
		return nil, errForm
	}
	return raw, nil
}
