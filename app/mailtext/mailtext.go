// Package mailtext writes the letters: one struct for each, turned into subject,
// text and HTML in the reader's language and the provider's brand.
//
// It sends nothing, knows no rows and makes no links: what a letter says is in
// its fields. Whatever people typed appears as they typed it and never as
// markup, as a link or as another header.
package mailtext

import "time"

// Letter is ready to be put into the outbox.
type Letter struct{ Subject, Text, HTML string }

// Content is what every letter of this package can do.
type Content interface {
	// Kind names the letter in the outbox: "activation", "reset".
	Kind() string
	Letter(b Brand, r Reader) Letter
}

// Brand is whose letter it is.
type Brand struct {
	Name               string
	Primary, OnPrimary string // #rrggbb; what cannot be used or read is replaced
	// LogoURL is a picture that travels with the letter ("cid:…"). Pictures from
	// elsewhere would tell who reads when, and are not shown.
	LogoURL string
	// FooterLines stand at the end: address, register, telephone.
	FooterLines []string
	// Help, Community and Support are shown in activations and invitations.
	Help, Community, Support Block
}

// Block is a few words of the provider's own with one link. The zero Block is
// not shown. Hrefs other than http, https, mailto and tel are left out.
type Block struct{ Title, Text, Href, LinkLabel string }

// Reader is who the letter is for.
type Reader struct {
	Name string
	Lang string // "en", "de"; others get English
	// Zone and Date say how times are shown: Date formats a time that was moved
	// to Zone; the zone's name is added. Without them it is UTC, MM/DD/YYYY.
	Zone *time.Location
	Date func(time.Time) string
}

func (r Reader) when(at time.Time) string {
	zone, date := r.Zone, r.Date
	if zone == nil {
		zone = time.UTC
	}
	if date == nil {
		date = func(t time.Time) string { return t.Format("01/02/2006 03:04 PM") }
	}
	at = at.In(zone)
	return date(at) + " " + at.Format("MST")
}

// Life is how long a link works. Both are told, and both are the caller's
// promise: what it says here is what it keeps.
type Life struct {
	For   time.Duration
	Until time.Time
}

// spoken says a duration in its largest whole unit.
func (r Reader) spoken(d time.Duration) string {
	say := func(n time.Duration, one, many string) string {
		if n == 1 {
			return t(r.Lang, one)
		}
		return t(r.Lang, many, int64(n))
	}
	const day = 24 * time.Hour
	switch {
	case d >= day && d%day == 0:
		return say(d/day, "1 day", "%d days")
	case d >= time.Hour && d%time.Hour == 0:
		return say(d/time.Hour, "1 hour", "%d hours")
	}
	return say(d/time.Minute, "1 minute", "%d minutes")
}
