package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"gatehouse/store/fault"
)

// OwnTrackFields is the provider's setting of what a tracking link shows
// besides number, status and timeline: names of TrackFields, with commas.
// OwnTrackDays is for how many days a link works.
const (
	OwnTrackFields = "track.fields"
	OwnTrackDays   = "track.days"
)

// What a tracking link can show. Nothing of it is shown unless somebody chose
// it, but for the window.
const (
	TrackWindow    = "window"
	TrackAddress   = "address"
	TrackItems     = "items"
	TrackReceiver  = "receiver"
	TrackPhotos    = "photos"
	TrackSignature = "signature"
	TrackPlace     = "place"  // on a map
	TrackDriver    = "driver" // the first name
)

// TrackFields are what a tracking link can show, in the order of its page.
var TrackFields = []string{TrackWindow, TrackAddress, TrackItems, TrackReceiver, TrackPhotos, TrackSignature, TrackPlace, TrackDriver}

// TrackDays is for how long a link works where nobody chose.
const TrackDays = 14

// noneOf is the value of a setting of which nothing was chosen; an empty one
// was not set.
const noneOf = "none"

// TrackPolicy is what a provider's tracking links show, and for how long.
type TrackPolicy struct {
	Fields []string
	Days   int
}

// Shows reports whether a field is shown.
func (t TrackPolicy) Shows(field string) bool { return slices.Contains(t.Fields, field) }

// TrackPolicy reads what tracking links of the provider show.
func (s Staff) TrackPolicy(ctx context.Context) (TrackPolicy, error) {
	own, err := s.OwnSettings(ctx)
	if err != nil {
		return TrackPolicy{}, err
	}
	return trackPolicy(own), nil
}

func trackPolicy(own map[string]string) TrackPolicy {
	t := TrackPolicy{Fields: []string{TrackWindow}, Days: TrackDays}
	if chosen, ok := own[OwnTrackFields]; ok {
		t.Fields = nil
		for f := range strings.SplitSeq(chosen, ",") {
			if slices.Contains(TrackFields, f) {
				t.Fields = append(t.Fields, f)
			}
		}
	}
	if d := own[OwnTrackDays]; len(d) < 4 && atoi(d) > 0 && atoi(d) <= 365 {
		t.Days = int(atoi(d))
	}
	return t
}

// SetTrackPolicy stores what tracking links show from now on: also those that
// were given out.
func (s Staff) SetTrackPolicy(ctx context.Context, t TrackPolicy) error {
	if err := s.Can(JobSettings); err != nil {
		return err
	}
	var bad fault.Problems
	for _, f := range t.Fields {
		if !slices.Contains(TrackFields, f) {
			bad.Add("fields", "Choose from the list what a link shows.")
		}
	}
	if t.Days < 1 || t.Days > 365 {
		bad.Add("days", "Give a number of days from 1 to 365.")
	}
	if err := bad.Err(); err != nil {
		return err
	}
	return s.SetOwnSettings(ctx, map[string]string{OwnTrackFields: pick(strings.Join(t.Fields, ","), noneOf), OwnTrackDays: number(float64(t.Days))})
}

// TrackingLink is a public link to the progress of one job. What it opens is
// known to whoever has it: the hash of its token is all that is kept.
type TrackingLink struct {
	ID        TrackingID
	Hint      string // the first characters of the token
	Author    string
	CreatedAt time.Time
	ExpiresAt time.Time
	RevokedAt time.Time
	UsedAt    time.Time
	Uses      int64
}

// Works reports whether the link opens anything at a time.
func (l TrackingLink) Works(now time.Time) bool {
	return l.RevokedAt.IsZero() && now.Before(l.ExpiresAt)
}

const trackingColumns = `k.id, k.hint, k.author, k.created_at, k.expires_at, k.revoked_at, k.used_at, k.uses`

func (l *TrackingLink) row(r *row) {
	l.ID, l.Hint, l.Author, l.CreatedAt, l.ExpiresAt, l.RevokedAt, l.UsedAt, l.Uses = TrackingID(r.int()), r.str(), r.str(), r.unix(), r.unix(), r.unix(), r.unix(), r.int()
}

// TrackingLinks lists the links to a job, the newest first.
func (s Staff) TrackingLinks(ctx context.Context, id JobID) ([]TrackingLink, error) {
	if err := s.jobThere(ctx, id); err != nil {
		return nil, err
	}
	return list(ctx, s.scope, (*TrackingLink).row, `SELECT `+trackingColumns+` FROM {tracking_links} k WHERE k.job_id = :id ORDER BY k.id DESC LIMIT 100`, p(":id", id))
}

// AddTrackingLink makes a link to a job, of whose token the hash is kept. It
// works as many days as the provider's links do.
func (s Staff) AddTrackingLink(ctx context.Context, id JobID, hash []byte, hint string) (l TrackingLink, err error) {
	if err := s.Can(TrackingAdd); err != nil {
		return l, err
	}
	err = s.Update(ctx, func(s Staff) error {
		j, err := s.Job(ctx, id)
		if err != nil {
			return err
		}
		t, err := s.TrackPolicy(ctx)
		if err != nil {
			return err
		}
		l = TrackingLink{Hint: hint, Author: s.actor, CreatedAt: s.Now(), ExpiresAt: s.Now().AddDate(0, 0, t.Days)}
		if err := s.db.query(ctx, s.conn, `INSERT INTO tracking_links (provider_id, job_id, hash, hint, created_by, author, created_at, expires_at) VALUES (:provider, :job, :hash, :hint, nullif(:user, 0), :author, :now, :until) RETURNING id`,
			s.binder([]int{0, 3, 7}, []arg{p(":job", id), p(":hash", hash), p(":hint", hint), p(":author", s.actor), p(":until", l.ExpiresAt)}),
			func(r *row) error { l.ID = TrackingID(r.int()); return nil }); err != nil {
			return err
		}
		return s.log(ctx, Line{Verb: TrackingAdd, ID: int64(id), Customer: j.Customer, Label: JobNumber(j.Number), Note: map[string]any{"link": hint}})
	})
	return l, err
}

// RevokeTrackingLink ends a link for good.
func (s Staff) RevokeTrackingLink(ctx context.Context, id TrackingID) error {
	return s.change(ctx, TrackingRevoke, "tracking_links", int64(id), set{"revoked_at", s.Now()})
}

// Tracked is what a tracking link opens: a job without what the provider's
// links do not show.
type Tracked struct {
	Link         TrackingID
	Policy       TrackPolicy
	Job          Job
	Today        string // on the job's own calendar
	Items        []JobItem
	Proof        Proof // the last, if any
	Driver       string
	Timeline     []JobEvent
	Theme        Theme
	Home         Provider
	ProviderName string
	usedAt       time.Time
}

// NoLink is what every tracking link that opens nothing is answered with.
var NoLink = fault.New(fault.NotFound, "This link does not work, or no longer. Ask whoever gave it to you for a new one.")

type trackedRow struct {
	link     TrackingID
	provider ProviderID
	job      JobID
	portal   PortalID
	used     time.Time
}

// Tracked opens a tracking link by its token's hash. An unknown one, one that
// ended, one whose job is gone or went to another customer, and one whose
// customer's portal is closed are all alike: NotFound.
func (y System) Tracked(ctx context.Context, hash []byte) (t Tracked, err error) {
	r, err := y.trackedRow(ctx, hash)
	if err != nil {
		return t, err
	}
	s, err := y.Provider(ctx, r.provider)
	if err != nil {
		return t, err
	}
	t.Link, t.usedAt, t.Home, t.ProviderName = r.link, r.used, s.home, s.home.Name
	if t.Policy, err = s.TrackPolicy(ctx); err != nil {
		return t, err
	}
	if t.Theme, err = one(ctx, s.scope, "theme", (*Theme).row, `SELECT `+themeColumns+` FROM {themes} t LEFT JOIN {portals} o ON o.theme_id = t.id AND o.id = :of
		ORDER BY o.id IS NULL, t.is_default DESC LIMIT 1`, p(":of", r.portal)); err != nil {
		return t, err
	}
	return t, t.fill(ctx, s, r.job)
}

func (y System) trackedRow(ctx context.Context, hash []byte) (trackedRow, error) {
	all, err := sysList(ctx, y, func(t *trackedRow, r *row) {
		t.link, t.provider, t.job, t.portal, t.used = TrackingID(r.int()), ProviderID(r.int()), JobID(r.int()), PortalID(r.int()), r.unix()
	}, `SELECT k.id, k.provider_id, k.job_id, coalesce(o.id, 0), k.used_at
		FROM tracking_links k JOIN providers p ON p.id = k.provider_id JOIN jobs j ON j.provider_id = k.provider_id AND j.id = k.job_id
		LEFT JOIN customers c ON c.provider_id = j.provider_id AND c.id = j.customer_id
		LEFT JOIN portals o ON o.provider_id = j.provider_id AND o.customer_id = j.customer_id AND o.state <> 'deleted'
		WHERE k.hash = :hash AND k.revoked_at IS NULL AND k.expires_at > :now AND p.state = 'active' AND j.status <> 'draft'
		AND (j.customer_id IS NULL OR c.deleted_at IS NULL) AND coalesce(o.state, 'active') <> 'suspended'
		AND NOT EXISTS (SELECT 1 FROM portals x WHERE x.provider_id = j.provider_id AND x.customer_id = j.customer_id AND x.state = 'deleted' AND o.id IS NULL)`,
		p(":hash", hash), p(":now", y.Now()))
	if err != nil {
		return trackedRow{}, err
	}
	if len(all) == 0 {
		return trackedRow{}, NoLink
	}
	return all[0], nil
}

// fill reads the job and leaves out what is not shown, before anybody sees it.
func (t *Tracked) fill(ctx context.Context, s Staff, id JobID) (err error) {
	if t.Job, err = s.Job(ctx, id); err != nil {
		return err
	}
	t.Today = s.Now().In(place(t.Job.Zone)).Format(time.DateOnly)
	if t.Timeline, err = s.JobTimeline(ctx, id); err != nil {
		return err
	}
	t.Timeline = slices.DeleteFunc(t.Timeline, func(e JobEvent) bool {
		return !e.Public || e.Kind != "status" && e.Kind != "created" && e.Kind != "started" && e.Kind != "arrived"
	})
	if t.Policy.Shows(TrackItems) {
		if t.Items, err = s.JobItems(ctx, id); err != nil {
			return err
		}
	}
	if t.Policy.Shows(TrackDriver) {
		t.Driver, _, _ = strings.Cut(strings.TrimSpace(t.Job.AssigneeName), " ")
	}
	if err := t.fillProof(ctx, s, id); err != nil {
		return err
	}
	t.Job = t.shown()
	return nil
}

func (t *Tracked) fillProof(ctx context.Context, s Staff, id JobID) error {
	all, err := s.Proofs(ctx, id)
	if err != nil || len(all) == 0 {
		return err
	}
	was := all[len(all)-1]
	t.Proof = Proof{ID: was.ID, Kind: was.Kind, At: was.At}
	if t.Policy.Shows(TrackReceiver) {
		t.Proof.Receiver = was.Receiver
	}
	for _, l := range was.Files {
		if l.Shared && (l.Kind == "photo" && t.Policy.Shows(TrackPhotos) || l.Kind == "signature" && t.Policy.Shows(TrackSignature)) {
			t.Proof.Files = append(t.Proof.Files, JobFile{ID: l.ID, Kind: l.Kind, Name: l.Name, Media: l.Media, Thumb: l.Thumb})
		}
	}
	return nil
}

// shown is the job with nothing in it but what its link shows.
func (t Tracked) shown() Job {
	was := t.Job
	j := Job{ID: was.ID, Number: was.Number, Status: was.Status, Assigned: was.Assigned, StartedAt: was.StartedAt, ArrivedAt: was.ArrivedAt, DoneAt: was.DoneAt, Attempt: was.Attempt}
	j.Kind, j.Day, j.Zone = was.Kind, was.Day, was.Zone
	if t.Policy.Shows(TrackWindow) {
		j.From, j.To, j.StartsAt, j.EndsAt = was.From, was.To, was.StartsAt, was.EndsAt
	}
	if t.Policy.Shows(TrackAddress) {
		j.Address = was.Address
	}
	if t.Policy.Shows(TrackPlace) {
		j.Lat, j.Lon = was.Lat, was.Lon
	}
	return j
}

// usedEvery is how exactly the last use of a link is kept.
const usedEvery = time.Minute

// TrackingUsed notes that a link was opened: all that opening it changes.
func (y System) TrackingUsed(ctx context.Context, t Tracked) error {
	if y.Now().Sub(t.usedAt) < usedEvery {
		return nil
	}
	_, _, err := y.run(ctx, `UPDATE tracking_links SET used_at = :now, uses = uses + 1 WHERE id = :id`, p(":now", y.Now()), p(":id", t.Link))
	return err
}

// TrackedFile opens a photo or the signature that a link shows.
func (y System) TrackedFile(ctx context.Context, hash []byte, id JobFileID, thumb bool) (*FileReader, error) {
	t, err := y.Tracked(ctx, hash)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(t.Proof.Files, func(l JobFile) bool { return l.ID == id }) {
		return nil, NoLink
	}
	s, err := y.Provider(ctx, t.Home.ID)
	if err != nil {
		return nil, err
	}
	return s.OpenJobFile(ctx, t.Job.ID, id, thumb)
}
