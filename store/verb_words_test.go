package store

import "testing"

func TestVerbs_everyChangeHasWordsForTheHistory(t *testing.T) {
	for _, v := range Verbs() {
		if said[v] == "" {
			t.Errorf("%s has no words: add a line to said in verb_words.go", v)
		}
	}
	for v := range said {
		if _, ruled := verbBit[v]; !ruled {
			t.Errorf("said has words for %s, which no rule knows", v)
		}
	}
}
