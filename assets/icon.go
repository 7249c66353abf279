package assets

import (
	"path"
	"regexp"
	"sort"
	"strings"
	"sync"
)

var (
	svgBody  = regexp.MustCompile(`(?s)<svg[^>]*>(.*)</svg>`)
	emptyBox = regexp.MustCompile(`<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>`)
	gaps     = regexp.MustCompile(`\s*\n\s*`)
)

var icons = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	entries, err := files.ReadDir("icons")
	if err != nil {
		panic("assets: " + err.Error()) // embedded, so it can be read
	}
	for _, e := range entries {
		b, err := files.ReadFile("icons/" + e.Name())
		if err != nil {
			panic("assets: " + err.Error())
		}
		all[strings.TrimSuffix(path.Base(e.Name()), ".svg")] = drawIcon(string(b))
	}
	return all
})

// drawIcon keeps the strokes of an icon; colour and width come from the style sheet.
func drawIcon(svg string) string {
	m := svgBody.FindStringSubmatch(svg)
	if m == nil {
		return ""
	}
	body := gaps.ReplaceAllString(emptyBox.ReplaceAllString(m[1], ""), "")
	body = strings.ReplaceAll(body, " />", "/>")
	return `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">` + body + `</svg>`
}

// Icon returns the markup of an icon of the set, and whether there is one of that name.
func Icon(name string) (string, bool) {
	svg, ok := icons()[name]
	return svg, ok
}

// Icons lists the names of all icons in the set.
func Icons() []string {
	names := make([]string, 0, len(icons()))
	for n := range icons() {
		names = append(names, n)
	}
	sort.Strings(names)
	return names
}
