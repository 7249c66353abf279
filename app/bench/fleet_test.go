package bench

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"testing"
)

func TestFleetIsTheSameForEver(t *testing.T) {
	f := Fleet{Assets: 1000, Providers: 100, Customers: 100, Seed: 1}
	h := sha256.New()
	for i := range f.Assets {
		b, err := json.Marshal(f.At(i))
		if err != nil {
			t.Fatal(err)
		}
		h.Write(b)
	}
	const want = "42814cb813eaeb0dab908add8550f2e0ec53d3bb4a0351c64159160172a0a640"
	if got := hex.EncodeToString(h.Sum(nil)); got != want {
		t.Errorf("the first 1,000 machines hash to %s, want %s: figures of before cannot be compared any more", got, want)
	}
}

func TestFleetHasOneBigCustomerAndManyEqualOnes(t *testing.T) {
	f := Fleet{Assets: 100_000, Providers: 10, Customers: 10, Seed: 7}
	owned, status := map[[2]int]int{}, map[string]int{}
	for i := range f.Assets {
		m := f.At(i)
		owned[[2]int{m.Provider, m.Customer}]++
		status[m.Status]++
		if m.SeenAt < m.Since || m.Name == "" || m.Make == "" || m.Group >= GroupsEach {
			t.Fatalf("machine %d makes no sense: %+v", i, m)
		}
	}
	for who, n := range owned {
		if want := 980; who != [2]int{} && (n < want*8/10 || n > want*12/10) || who == [2]int{} && n < 2000 {
			t.Errorf("customer %v has %d machines", who, n)
		}
	}
	for s, want := range map[string]int{"active": 70, "idle": 15, "service": 10, "retired": 5} {
		if got := status[s] * 100 / f.Assets; got < want-1 || got > want+1 {
			t.Errorf("%d %% of the machines are %s, want %d", got, s, want)
		}
	}
}
