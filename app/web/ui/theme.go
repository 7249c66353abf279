package ui

import "fmt"

// The colours a theme starts from, and the surfaces it must be seen on.
const (
	DefaultPrimary      = "#1f5fbf"
	DefaultMenu         = "#0f2747"
	DefaultNotification = "#c92a2a"

	lightSurface = "#ffffff"
	lightGround  = "#eef1f4" // the darkest surface of the light theme that text stands on
	darkSurface  = "#1a2029"
	darkGround   = "#222a35" // the lightest surface of the dark theme
)

// Moved is a colour that could not be seen well enough and was made lighter or darker.
type Moved struct {
	Which string // "primary", "menu" or "notification"
	Use   string // "fill" (buttons, bars) or "text" (links)
	Mode  string // "light" or "dark"
	From  string
	To    string
}

// ThemeCSS makes a style sheet of a provider's three colours, each #rrggbb; what
// is not a colour is replaced by the default. Their lightness is moved until
// fills reach 3:1 and texts 4.5:1 against every surface of both themes. What
// moved is told, so that whoever chose the colour can be shown both.
func ThemeCSS(primary, menu, notification string) (css string, moved []Moved) {
	primary, menu, notification = orDefault(primary, DefaultPrimary), orDefault(menu, DefaultMenu), orDefault(notification, DefaultNotification)
	t := mover{}
	fill := t.pair("primary", "fill", primary, 3.05)
	text := t.pair("primary", "text", primary, 4.6)
	note := t.pair("notification", "fill", notification, 3.05)
	dayMenu, nightMenu := t.menu(menu)
	css = fmt.Sprintf(":root{--brand:light-dark(%s,%s);--on-brand:light-dark(%s,%s);--brand-text:light-dark(%s,%s);"+
		"--notify:light-dark(%s,%s);--on-notify:light-dark(%s,%s);--menu:light-dark(%s,%s);--on-menu:light-dark(%s,%s)}\n",
		fill[0], fill[1], ink(fill[0]), ink(fill[1]), text[0], text[1],
		note[0], note[1], ink(note[0]), ink(note[1]), dayMenu, nightMenu, ink(dayMenu), ink(nightMenu))
	return css, t.moved
}

func orDefault(s, d string) string {
	if ValidColor(s) {
		return s
	}
	return d
}

type mover struct{ moved []Moved }

// pair is a colour as it is used in the light and in the dark theme.
func (t *mover) pair(which, use, color string, least float64) [2]string {
	return [2]string{
		t.move(which, use, "light", color, least, lightSurface, lightGround),
		t.move(which, use, "dark", color, least, darkSurface, darkGround),
	}
}

func (t *mover) move(which, use, mode, color string, least float64, grounds ...string) string {
	to := readable(color, least, grounds)
	if to != color {
		t.moved = append(t.moved, Moved{which, use, mode, color, to})
	}
	return to
}

// readable moves a colour's lightness away from the grounds until it is seen on all of them.
func readable(color string, least float64, grounds []string) string {
	if worst(color, grounds) >= least {
		return color
	}
	step := -.01
	if luminance(parseColor(grounds[0])) < .18 {
		step = .01
	}
	light, chroma, hue := oklch(parseColor(color))
	for i := 1; i <= 100; i++ {
		// a screen has 256 steps a channel, so what counts is the rounded colour
		if c := fromOKLCH(clamp(light+step*float64(i)), chroma, hue).String(); worst(c, grounds) >= least {
			return c
		}
	}
	return ink(grounds[0])
}

func worst(color string, grounds []string) float64 {
	least := 21.0
	for _, g := range grounds {
		least = min(least, Contrast(color, g))
	}
	return least
}

// ink is what labels on a colour are written in: white, or the brightest black that is read well.
func ink(color string) string {
	for _, c := range []string{"#ffffff", "#0d1117"} {
		if Contrast(color, c) >= 4.5 {
			return c
		}
	}
	return "#000000"
}

// menuContrast leaves room for the menu's quieter words, which are mixed with its colour.
const menuContrast = 9

// menu is the menu's colour by day and by night, when a bright one would glare.
func (t *mover) menu(color string) (day, night string) {
	day = color
	light, chroma, hue := oklch(parseColor(color))
	step := -.01
	if light > .72 {
		step = .01
	}
	for i := 1; i <= 100 && Contrast(day, ink(day)) < menuContrast; i++ {
		day = fromOKLCH(clamp(light+step*float64(i)), chroma, hue).String()
	}
	if day != color {
		t.moved = append(t.moved, Moved{"menu", "fill", "light", color, day})
	}
	if light, chroma, hue = oklch(parseColor(day)); light <= .42 {
		return day, day
	}
	return day, fromOKLCH(.26, min(chroma, .07), hue).String()
}
