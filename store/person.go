package store

import (
	"regexp"
	"slices"
	"time"

	"gatehouse/store/fault"
)

// Person is somebody who signs in, with the formats they read dates in. Empty
// formats are already filled with the provider's defaults.
type Person struct {
	ID         UserID
	Name       string
	Email      string
	Role       string // staff: admin, fleet_admin, user, technician, agent, own; client: admin, user
	RoleName   string // of staff, in English
	MustChange bool   // must set a new password first
	Formats
}

// Formats is how a person reads dates and words (rows 156–160).
type Formats struct {
	Date     string // MDY, DMY, YMD
	Sep      string // "/" or "."
	Clock24  bool
	Zone     string // IANA name
	Language string // en, de …
}

// check notes what is wrong with formats somebody chose; "" is the default.
func (f Formats) check(bad *fault.Problems) {
	if _, err := time.LoadLocation(f.Zone); err != nil || f.Zone == "Local" {
		bad.Add("time_zone", "Choose a time zone from the list, such as Europe/Berlin.")
	}
	if !slices.Contains([]string{"", "MDY", "DMY", "YMD"}, f.Date) {
		bad.Add("date_format", "Choose one of the date formats.")
	}
	if !slices.Contains([]string{"", "/", "."}, f.Sep) {
		bad.Add("date_sep", "Choose one of the separators.")
	}
	if !languageForm.MatchString(f.Language) {
		bad.Add("language", "Choose one of the languages.")
	}
}

var languageForm = regexp.MustCompile(`^([a-z]{2,3}(-[A-Za-z]{2,4})?)?$`)

// formatColumns reads u's own formats, filled up with those of provider p.
const formatColumns = `coalesce(nullif(u.date_format, ''), p.date_format), coalesce(nullif(u.date_sep, ''), p.date_sep),
	CASE WHEN u.clock24 < 0 THEN p.clock24 ELSE u.clock24 END, coalesce(nullif(u.time_zone, ''), p.time_zone), coalesce(nullif(u.language, ''), p.language)`

func (f *Formats) row(r *row) {
	f.Date, f.Sep, f.Clock24, f.Zone, f.Language = r.str(), r.str(), r.bool(), r.str(), r.str()
}

const personColumns = `u.id, u.name, u.email, u.must_change, ` + formatColumns

func (p *Person) row(r *row) {
	p.ID, p.Name, p.Email, p.MustChange = UserID(r.int()), r.str(), r.str(), r.bool()
	p.Formats.row(r)
}
