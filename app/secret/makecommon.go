//go:build ignore

// Makes common.bin from passwords.json of the npm package
// @zxcvbn-ts/language-common (most frequent first), given on standard input:
//
//	go run makecommon.go < passwords.json
//
// The file is: how many words are among the most frequent (4 bytes, big endian),
// then the first 4 bytes of the SHA-256 of each of those, sorted; then the same
// of all others. So no one reads, or ships, the words themselves.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"log"
	"os"
	"slices"
)

const (
	topRank  = 3000
	shortest = 4
)

func main() {
	var words []string
	if err := json.NewDecoder(os.Stdin).Decode(&words); err != nil {
		log.Fatal(err)
	}
	var top, rest []uint32
	for rank, word := range words {
		sum := sha256.Sum256([]byte(word))
		switch key := binary.BigEndian.Uint32(sum[:]); {
		case len(word) < shortest:
		case rank < topRank:
			top = append(top, key)
		default:
			rest = append(rest, key)
		}
	}
	slices.Sort(top)
	slices.Sort(rest)
	var out bytes.Buffer
	_ = binary.Write(&out, binary.BigEndian, uint32(len(top)))
	_ = binary.Write(&out, binary.BigEndian, top)
	_ = binary.Write(&out, binary.BigEndian, rest)
	if err := os.WriteFile("common.bin", out.Bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
}
