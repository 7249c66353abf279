package ui

import "testing"

func TestWords(t *testing.T) {
	machines := &View{Words: Words{Asset: "machine", Job: "order"}}
	for text, want := range map[string]string{
		"Assets":                        "Machines",
		"Add asset":                     "Add machine",
		"An asset with a job":           "A machine with an order",
		"A job for an asset, two jobs.": "An order for a machine, two orders.",
		"Jobs":                          "Orders",
		"Name":                          "Name",
	} {
		if got := machines.T(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
		if got := (&View{Words: Words{Asset: "asset", Job: "job"}}).T(text); got != text {
			t.Errorf("%q became %q with the usual words", text, got)
		}
	}
	if got := machines.T("%s: an asset", "my asset"); got != "my asset: a machine" {
		t.Errorf("a name was reworded: %q", got)
	}
}
