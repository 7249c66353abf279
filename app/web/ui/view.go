// Package ui is the design system of Gatehouse: the page shell, every control,
// table, chart and map as Go functions that return gomponents nodes. It knows
// how things look and how they behave in a browser; it knows nothing of the
// product, of requests, or of what is stored.
//
// Texts that are handed in are shown as they are (callers translate them with
// View.T) and always escaped. Raw markup exists only inside this package.
package ui

import (
	"time"

	g "maragu.dev/gomponents"
)

// View is everything about one request that a page needs. The zero View is
// usable: English, source formats, no navigation.
type View struct {
	Lang     string
	Words    Words
	Format   Format
	Brand    Brand
	Base     string // path prefix, such as /admin/nordlift
	Path     string // current path; with its query where a fragment refetches it
	Nav      []NavItem
	Who      Who
	Flash    *Flash
	Theme    string // "", "light" or "dark": what the person chose
	Banner   g.Node // stays on top of every page, such as "You act as …"
	Search   *SearchBox
	Switch   *Switcher
	Feedback string // address at which people say what they think of this; "" where nobody asks
	Live     string // address of the event stream of the page; "" when there is none
}

// NavItem is one line of the main navigation. Items that follow one another
// with the same Section stand under one heading.
type NavItem struct {
	Label, Href, Icon string
	Current           bool
	Count             string
	Section           string
	Hot               bool // the count asks for attention
}

// Who is the signed-in person and what their menu offers.
type Who struct {
	Name, Sub string
	Links     []Link
	SignOut   string // address that a POST signs out at
}

// Link is a place to go to.
type Link struct{ Label, Href, Icon string }

// Flash is the outcome of the last thing the person did. Kind: ok, warn, error.
type Flash struct{ Kind, Text string }

// SearchBox is the search in the top bar.
type SearchBox struct{ Action, Placeholder, Value string }

// Brand is what a provider made of its portal.
type Brand struct {
	Name                     string
	CSS                      string // address of the theme's style sheet
	LogoURL                  string
	SupportText, SupportHref string
}

// Date shows a day in the person's format; the zero time is a dash.
func (v *View) Date(t time.Time) string { return v.format().Date(t) }

// DateTime shows a moment in the person's format and zone; the zero time is a dash.
func (v *View) DateTime(t time.Time) string { return v.format().DateTime(t) }

func (v *View) format() Format {
	if v == nil {
		return Format{}
	}
	return v.Format
}

func (v *View) lang() string {
	if v == nil || v.Lang == "" {
		return "en"
	}
	return v.Lang
}

// Ago says how long before now a moment was, in words that fit a table cell.
// After thirty days it becomes a date.
func (v *View) Ago(t, now time.Time) string {
	d := now.Sub(t)
	switch {
	case t.IsZero():
		return none
	case d < -time.Minute:
		return v.DateTime(t)
	case d < time.Minute:
		return v.T("just now")
	case d < time.Hour:
		return v.T("%d min ago", int(d/time.Minute))
	case d < 24*time.Hour:
		return v.T("%d h ago", int(d/time.Hour))
	case d < 30*24*time.Hour:
		return v.T("%d d ago", int(d/(24*time.Hour)))
	}
	return v.Date(t)
}
