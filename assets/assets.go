// Package assets holds everything a browser loads besides the pages themselves:
// style sheets, scripts, fonts, icons, map data and the words of other
// languages. It knows nothing of the product; only app/web imports it.
//
// Every file is served under a name that contains the hash of its content, so a
// browser may keep it for ever and a new release is seen at once.
package assets

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"sync"
)

//go:embed css js icons font lang vendor
var files embed.FS

// Prefix is where the Handler expects to be mounted.
const Prefix = "/static/"

// sources lists, for every public name, the embedded files it is made of. One
// that is embedded compressed is sent as it is, and unpacked for the few who
// cannot read that.
// Files that a style sheet names in url() come before that style sheet.
var sources = []struct {
	name  string
	parts []string
}{
	{"inter-latin.woff2", []string{"font/inter-latin-wght-normal.woff2"}},
	{"inter-latin-ext.woff2", []string{"font/inter-latin-ext-wght-normal.woff2"}},
	{"chevron.svg", []string{"css/chevron.svg"}},
	{"favicon.svg", []string{"css/favicon.svg"}},
	{"images/layers.png", []string{"vendor/images/layers.png"}},
	{"images/layers-2x.png", []string{"vendor/images/layers-2x.png"}},
	{"images/marker-icon.png", []string{"vendor/images/marker-icon.png"}},
	{"app.css", []string{"css/tokens.css", "css/base.css", "css/layout.css", "css/parts.css", "css/forms.css", "css/table.css", "css/charts.css", "css/jobs.css", "css/road.css", "css/print.css"}},
	{"map.css", []string{"vendor/leaflet.css", "css/map.css"}},
	{"htmx.js", []string{"vendor/htmx.min.js", "vendor/htmx-sse.min.js"}},
	{"app.js", []string{"js/core.js", "js/live.js", "js/forms.js"}},
	{"road.js", []string{"js/sign.js", "js/road.js"}},
	{"leaflet.js", []string{"vendor/leaflet.js.gz"}},
	{"map.js", []string{"js/topo.js", "js/map.js"}},
	{"board.js", []string{"js/board.js"}},
	{"world.json", []string{"vendor/countries-50m.json.gz"}},
}

// file is one public file, ready to be sent.
type file struct {
	name, hashed, kind string
	plain, zipped      func() []byte
}

type shelf struct {
	byName, byHash map[string]*file
}

var load = sync.OnceValue(func() shelf {
	s := shelf{byName: map[string]*file{}, byHash: map[string]*file{}}
	for _, src := range sources {
		f := build(s, src.name, src.parts)
		s.byName[f.name], s.byHash[f.hashed] = f, f
	}
	return s
})

func build(s shelf, name string, parts []string) *file {
	var all [][]byte
	for _, p := range parts {
		b, err := files.ReadFile(p)
		if err != nil {
			panic("assets: " + err.Error()) // the list above names a file that is not embedded
		}
		all = append(all, b)
	}
	b := bytes.Join(all, []byte("\n"))
	if strings.HasSuffix(name, ".css") {
		b = s.rewrite(b)
	}
	sum := sha256.Sum256(b)
	ext := path.Ext(name)
	f := &file{name: name, hashed: strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext, kind: kinds[ext]}
	stored := func() []byte { return b }
	if strings.HasSuffix(parts[0], ".gz") {
		f.plain, f.zipped = sync.OnceValue(func() []byte { return unzipped(b) }), stored
	} else {
		f.plain, f.zipped = stored, sync.OnceValue(func() []byte { return zipped(b) })
	}
	return f
}

var kinds = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".json": "application/json",
	".svg": "image/svg+xml", ".png": "image/png", ".woff2": "font/woff2",
}

var urlRef = regexp.MustCompile(`url\(["']?([A-Za-z0-9./_-]+)["']?\)`)

// rewrite puts hashed addresses into url() of a style sheet.
func (s shelf) rewrite(css []byte) []byte {
	return urlRef.ReplaceAllFunc(css, func(m []byte) []byte {
		if f := s.byName[string(urlRef.FindSubmatch(m)[1])]; f != nil {
			return []byte("url(" + Prefix + f.hashed + ")")
		}
		return m
	})
}

// Path returns the address of a public file, such as "/static/app.3f9c1a.css".
// An unknown name is a mistake in the program, so it panics.
func Path(name string) string {
	f := load().byName[name]
	if f == nil {
		panic(fmt.Sprintf("assets: there is no file %q", name))
	}
	return Prefix + f.hashed
}

// Open opens an embedded file by its place in this folder, such as "vendor/VENDOR.json".
func Open(name string) (fs.File, error) { return files.Open(name) }

// ReadFile reads an embedded file by its place in this folder.
func ReadFile(name string) ([]byte, error) { return files.ReadFile(name) }
