package secret

import (
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"slices"
	"strings"
	"sync"
)

// commonFile is explained in makecommon.go; its licence stands in common.LICENSE.txt.
//
//go:embed common.bin
var commonFile string

// trade are words that people in our providers' offices would think of first and
// that the list, made from the passwords of other places, does not have.
const trade = `
gatehouse portal passwort kennwort zugang anmelden anmeldung willkommen benutzer
kunde kunden kundenportal firma chef buero office login signin access welcome
vermietung verleih mietpark baumaschine baumaschinen bagger radlader stapler kran
lkw fahrzeug werkstatt service kundendienst lager logistik kurier lieferung spedition
rental machine machines excavator loader forklift crane fleet truck dealer courier
delivery workshop customer company
januar februar maerz april juni juli august september oktober november dezember
january february march june july october december
montag dienstag mittwoch donnerstag freitag samstag sonntag
monday tuesday wednesday thursday friday saturday sunday
sommer winter herbst fruehling fruhling spring summer autumn
geheim sicher secret secure admin administrator test demo muster mustermann
deutschland oesterreich osterreich schweiz berlin hamburg muenchen munchen koeln koln wien zuerich zurich
start hallo bitte danke schatz fussball bayern`

// common says how common a word is.
type common struct{ top, rest []uint32 }

var commonWords = sync.OnceValue(func() common {
	raw := []byte(commonFile)
	keys := make([]uint32, len(raw)/4)
	for i := range keys {
		keys[i] = binary.BigEndian.Uint32(raw[4*i:])
	}
	n := int(keys[0])
	c := common{top: slices.Clone(keys[1 : 1+n]), rest: keys[1+n:]}
	for word := range strings.FieldsSeq(trade) {
		c.top = append(c.top, wordKey(word))
	}
	slices.Sort(c.top)
	return c
})

func wordKey(word string) uint32 {
	sum := sha256.Sum256([]byte(word))
	return binary.BigEndian.Uint32(sum[:])
}

// cost is what a word adds to the worth of a password; 0 means it is not common.
func (c common) cost(word string) int {
	key := wordKey(word)
	if _, ok := slices.BinarySearch(c.top, key); ok {
		return costTopWord
	}
	if _, ok := slices.BinarySearch(c.rest, key); ok {
		return costWord
	}
	return 0
}
