package ui

import (
	"math"
	"regexp"
	"strings"
	"testing"
)

var pairOf = regexp.MustCompile(`--([a-z-]+):light-dark\((#[0-9a-f]{6}),(#[0-9a-f]{6})\)`)

func themeColors(t *testing.T, css string) map[string][2]string {
	t.Helper()
	out := map[string][2]string{}
	for _, m := range pairOf.FindAllStringSubmatch(strings.ToLower(css), -1) {
		out[m[1]] = [2]string{m[2], m[3]}
	}
	if len(out) != 7 {
		t.Fatalf("found %d colours in %s", len(out), css)
	}
	return out
}

func TestEveryThemeCanBeRead(t *testing.T) {
	steps := []string{"00", "33", "66", "99", "cc", "ff"}
	for _, r := range steps {
		for _, g := range steps {
			for _, b := range steps {
				color := "#" + r + g + b
				css, _ := ThemeCSS(color, color, color)
				checkTheme(t, color, themeColors(t, css))
			}
		}
	}
}

func checkTheme(t *testing.T, color string, c map[string][2]string) {
	t.Helper()
	grounds := [2][]string{{lightSurface, lightGround}, {darkSurface, darkGround}}
	for mode := range 2 {
		for _, ground := range grounds[mode] {
			needs(t, color, "fill", c["brand"][mode], ground, 3)
			needs(t, color, "text", c["brand-text"][mode], ground, 4.5)
			needs(t, color, "notification", c["notify"][mode], ground, 3)
		}
		needs(t, color, "button label", c["on-brand"][mode], c["brand"][mode], 4.5)
		needs(t, color, "count", c["on-notify"][mode], c["notify"][mode], 4.5)
		menu, on := c["menu"][mode], c["on-menu"][mode]
		needs(t, color, "menu heading", mix(on, menu, .8), menu, 4.5)
		needs(t, color, "menu item", mix(on, menu, .9), menu, 4.5)
		needs(t, color, "current menu item", on, mix(on, menu, .15), 4.5)
		needs(t, color, "count in the current item", on, mix(on, menu, .245), 4.5)
	}
}

// mix is color-mix(in oklab, a share, b), as the style sheet's menu uses it.
func mix(a, b string, share float64) string {
	la, ca, ha := oklch(parseColor(a))
	lb, cb, hb := oklch(parseColor(b))
	x := share*ca*math.Cos(ha) + (1-share)*cb*math.Cos(hb)
	y := share*ca*math.Sin(ha) + (1-share)*cb*math.Sin(hb)
	return fromOKLCH(share*la+(1-share)*lb, math.Hypot(x, y), math.Atan2(y, x)).String()
}

func needs(t *testing.T, color, what, a, b string, least float64) {
	t.Helper()
	if got := Contrast(a, b); got < least {
		t.Errorf("%s: %s %s on %s has contrast %.2f, needs %.1f", color, what, a, b, got, least)
	}
}

func TestAColorThatCanBeSeenIsNotMoved(t *testing.T) {
	_, moved := ThemeCSS("#3874d3", DefaultMenu, "#d0403a")
	for _, m := range moved {
		if m.Use != "text" { // no colour is a readable link on both white and near-black
			t.Errorf("moved %+v", m)
		}
	}
	_, moved = ThemeCSS("#f2a900", DefaultMenu, DefaultNotification)
	want := Moved{Which: "primary", Use: "fill", Mode: "light", From: "#f2a900"}
	for _, m := range moved {
		if m.Which == want.Which && m.Use == want.Use && m.Mode == want.Mode && m.From == want.From && m.To != m.From {
			return
		}
	}
	t.Errorf("amber on white was not reported: %+v", moved)
}

func TestOnlyColorsReachTheStyleSheet(t *testing.T) {
	for _, bad := range []string{"", "red", "#fff", "#12345g", "#123456;}body{display:none", "#1234567", "url(x)"} {
		if ValidColor(bad) {
			t.Errorf("%q passes as a colour", bad)
		}
		css, _ := ThemeCSS(bad, bad, bad)
		if want, _ := ThemeCSS(DefaultPrimary, DefaultMenu, DefaultNotification); css != want {
			t.Errorf("%q changed the style sheet to %s", bad, css)
		}
	}
	if !ValidColor("#0aF9e2") {
		t.Error("#0aF9e2 is refused")
	}
}

// The words of the style sheet's own colours, checked on the surfaces they stand on.
func TestStatusColorsCanBeRead(t *testing.T) {
	css := readCSS(t, "css/tokens.css")
	value := func(name string, mode int) string {
		m := regexp.MustCompile(`--` + name + `:\s*light-dark\((#[0-9a-f]{3,6}), (#[0-9a-f]{3,6})\)`).FindStringSubmatch(css)
		if m == nil {
			t.Fatalf("--%s is not a pair of colours", name)
		}
		if s := m[mode+1]; len(s) == 4 {
			return "#" + s[1:2] + s[1:2] + s[2:3] + s[2:3] + s[3:4] + s[3:4]
		}
		return m[mode+1]
	}
	for mode := range 2 {
		for _, kind := range []string{"ok", "warn", "crit", "info"} {
			needs(t, kind, "badge", value(kind, mode), value(kind+"-bg", mode), 4.5)
			needs(t, kind, "text", value("text", mode), value(kind+"-bg", mode), 4.5)
		}
		for _, ground := range []string{"bg", "surface", "raised", "sunken", "hover"} {
			needs(t, ground, "text", value("text", mode), value(ground, mode), 7)
			needs(t, ground, "muted", value("muted", mode), value(ground, mode), 4.5)
		}
		needs(t, "control", "outline", value("line-strong", mode), value("surface", mode), 3)
		needs(t, "control", "outline", value("line-strong", mode), value("bg", mode), 3)
	}
}
