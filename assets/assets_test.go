package assets

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"strings"
	"testing"
)

type vendored struct {
	Name, Version, Licence, Text string
	Files                        map[string]string
}

func readVendor(t *testing.T) []vendored {
	t.Helper()
	b, err := files.ReadFile("vendor/VENDOR.json")
	if err != nil {
		t.Fatal(err)
	}
	var list []vendored
	if err := json.Unmarshal(b, &list); err != nil {
		t.Fatal(err)
	}
	return list
}

func TestVendoredFilesAreWhatWasVendored(t *testing.T) {
	for _, p := range readVendor(t) {
		if p.Version == "" || p.Licence == "" || p.Files[p.Text] == "" {
			t.Errorf("%s lacks a version, a licence or the licence's text", p.Name)
		}
		for name, want := range p.Files {
			b, err := files.ReadFile(name)
			if err != nil {
				t.Errorf("%s: %v", p.Name, err)
				continue
			}
			if strings.HasSuffix(name, ".gz") { // packed by us: what counts is what was vendored
				b = unzipped(b)
			}
			if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) != want {
				t.Errorf("%s: %s is not the file that was vendored", p.Name, name)
			}
		}
	}
}

func TestEveryVendoredFileIsListed(t *testing.T) {
	listed := map[string]bool{"vendor/VENDOR.json": true}
	for _, p := range readVendor(t) {
		for name := range p.Files {
			listed[name] = true
		}
	}
	for _, dir := range []string{"vendor", "font", "icons"} {
		err := fs.WalkDir(files, dir, func(name string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && !listed[name] {
				t.Errorf("%s is not in VENDOR.json", name)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestStyleSheetsNameOnlyHashedFiles(t *testing.T) {
	for _, f := range load().byName {
		if !strings.HasSuffix(f.name, ".css") {
			continue
		}
		for _, m := range urlRef.FindAllSubmatch(f.plain(), -1) {
			if !strings.HasPrefix(string(m[1]), Prefix) {
				t.Errorf("%s names %s, which is not served", f.name, m[1])
			}
		}
	}
}

func TestEveryIconDraws(t *testing.T) {
	for name, svg := range icons() {
		if !strings.Contains(svg, "<path") && !strings.Contains(svg, "<circle") && !strings.Contains(svg, "<rect") {
			t.Errorf("icon %s draws nothing: %s", name, svg)
		}
	}
}

func TestEveryLicenceCanBeShownInFull(t *testing.T) {
	if len(Licences()) != len(readVendor(t)) {
		t.Fatalf("%d licences for %d vendored packages", len(Licences()), len(readVendor(t)))
	}
	for _, l := range Licences() {
		if len(l.Text) < 200 {
			t.Errorf("%s: the licence is %q", l.Name, l.Text)
		}
	}
}
