package bench

import (
	"encoding/json"
	"fmt"
	"os"

	"gatehouse/app/secret"
)

// Who is one signed-in person of a data set.
type Who struct {
	Kind  string // small: a customer of ordinary size; big: the big customer; staff: an admin of a provider
	Base  string // such as /portal/p3-c17
	Token string
	Asset int64 // an asset this person sees
}

// People are the signed-in people of a data set, kept beside it for the load
// command. Whoever has the file can sign in, so it is for benchmarks only.
type People []Who

// hash is what the data file keeps of the person's token.
func (w Who) hash() ([]byte, error) { return secret.HashToken(w.Token, secret.Session) }

// Of picks the people of a kind.
func (p People) Of(kind string) (out People) {
	for _, w := range p {
		if w.Kind == kind {
			out = append(out, w)
		}
	}
	return out
}

func (p People) save(path string) error {
	b, err := json.MarshalIndent(p, "", "\t")
	if err != nil {
		return err
	}
	return os.WriteFile(path, b, 0o600)
}

// LoadPeople reads the people of a data set.
func LoadPeople(path string) (p People, err error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("the people of the data set: %w", err)
	}
	return p, json.Unmarshal(b, &p)
}
