package secret

import (
	"strings"
	"unicode"
)

// A password is worth the sum of the pieces it can be taken apart into, in the
// cheapest way. The figures are coarse on purpose: they only have to tell
// "Sommer2024!" from three words or eight random letters.
const (
	enough      = 12
	costOwn     = 0
	costPattern = 2 // abc, 4321, aaaa, qwertz, 2024
	costTopWord = 4
	costWord    = 5
	costLetter  = 2 // also signs
	costDigit   = 1

	longestWord = 24
)

// verdict says what makes a password easy to guess.
type verdict int

const (
	hardToGuess verdict = iota
	guessedFromNames
	guessedFromList
	guessedFromPattern
)

// piece is the best explanation of the text up to some place: what it costs and
// the most telling thing it used.
type piece struct {
	cost       int
	names, any bool // own words, list words
}

func worth(text []rune, own map[string]bool) verdict {
	if len(text) < 3 {
		return guessedFromPattern // nothing but accents was typed
	}
	if p, ok := explain(text, own); ok && p.any {
		return guessedFromList
	}
	text = period(text)
	best := make([]piece, len(text)+1)
	for i := 1; i <= len(text); i++ {
		best[i] = best[i-1].plus(single(text[i-1]))
		for from := max(0, i-longestWord); from <= i-3; from++ {
			if p, ok := explain(text[from:i], own); ok && best[from].plus(p).cost < best[i].cost {
				best[i] = best[from].plus(p)
			}
		}
		if run := repeated(text[:i]); run >= 3 {
			if p := best[i-run].plus(piece{cost: costPattern}); p.cost < best[i].cost {
				best[i] = p
			}
		}
	}
	switch all := best[len(text)]; {
	case all.cost >= enough:
		return hardToGuess
	case all.names:
		return guessedFromNames
	case all.any:
		return guessedFromList
	}
	return guessedFromPattern
}

func (p piece) plus(q piece) piece {
	return piece{p.cost + q.cost, p.names || q.names, p.any || q.any}
}

func single(r rune) piece {
	if unicode.IsDigit(r) {
		return piece{cost: costDigit}
	}
	return piece{cost: costLetter}
}

// explain says what a stretch of three characters or more is, if it is anything.
func explain(text []rune, own map[string]bool) (piece, bool) {
	if follows(text) || year(text) {
		return piece{cost: costPattern}, true
	}
	found, cost := false, costWord+1
	for _, word := range spellings(text) {
		if own[word] {
			return piece{cost: costOwn, names: true}, true
		}
		if c := commonWords().cost(word); c > 0 {
			found, cost = true, min(cost, c)
		}
	}
	return piece{cost: cost, any: true}, found
}

var (
	signs1 = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "8", "b", "@", "a", "$", "s", "!", "i", "€", "e")
	signs2 = strings.NewReplacer("0", "o", "1", "l", "3", "e", "4", "a", "5", "s", "7", "t", "9", "g", "@", "a", "$", "s", "!", "l", "|", "l")
)

// spellings are the words that people mean by p4ssw0rd.
func spellings(text []rune) []string {
	word := string(text)
	if !strings.ContainsAny(word, "01345789@$!|€") {
		return []string{word}
	}
	return []string{word, signs1.Replace(word), signs2.Replace(word)}
}

// rows are what fingers find next to one another, here and in other countries.
var rows = func() []string {
	way := []string{
		"1234567890", "qwertyuiop", "qwertzuiopu", "azertyuiop", "asdfghjkl", "asdfghjkloa", "qsdfghjklm", "zxcvbnm", "yxcvbnm",
		"1qaz2wsx3edc4rfv5tgb6yhn7ujm", "1qay2wsx3edc4rfv5tgb6zhn7ujm", "qazwsxedcrfvtgbyhnujm", "qaywsxedcrfvtgbzhnujm", "147258369", "1q2w3e4r5t6z7u8i9o0p", "1q2w3e4r5t6y7u8i9o0p",
	}
	for _, row := range way {
		way = append(way, string(backwards([]rune(row))))
	}
	return way
}()

// follows reports whether the text is a piece of the alphabet, of the numbers
// or of a keyboard, in either direction.
func follows(text []rune) bool {
	step, even := text[1]-text[0], true
	for i := 1; i < len(text); i++ {
		even = even && text[i]-text[i-1] == step && (unicode.IsLetter(text[i]) || unicode.IsDigit(text[i]))
	}
	if even && (step == 1 || step == -1) {
		return true
	}
	word := string(text)
	for _, row := range rows {
		if strings.Contains(row, word) {
			return true
		}
	}
	return false
}

// year is one that a living person would write: 1900 to 2039.
func year(text []rune) bool {
	return len(text) == 4 && unicode.IsDigit(text[3]) && unicode.IsDigit(text[2]) &&
		(text[0] == '1' && text[1] == '9' || text[0] == '2' && text[1] == '0' && text[2] < '4')
}

// repeated counts how often the last character stands at the end.
func repeated(text []rune) int {
	n := 0
	for n < len(text) && text[len(text)-1-n] == text[len(text)-1] {
		n++
	}
	return n
}

// period returns the shortest stretch whose repetition is the text, or the text:
// saying a thing twice makes it no better.
func period(text []rune) []rune {
	border := make([]int, len(text)+1)
	for i, k := 1, 0; i < len(text); i++ {
		for k > 0 && text[i] != text[k] {
			k = border[k]
		}
		if text[i] == text[k] {
			k++
		}
		border[i+1] = k
	}
	if n := len(text) - border[len(text)]; 2*n <= len(text) {
		return text[:n]
	}
	return text
}

func backwards(text []rune) []rune {
	turned := make([]rune, len(text))
	for i, r := range text {
		turned[len(text)-1-i] = r
	}
	return turned
}
