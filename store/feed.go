package store

import (
	"context"
	"net/url"
	"strings"
	"time"

	"gatehouse/store/fault"
)

// Feed is an ISO 15143-3 address that is asked on a schedule. Its secret is
// written, never read back by people.
type Feed struct {
	ID FeedID
	FeedEdit
	HasSecret bool
	NextAt    time.Time
	Failures  int64 // in a row
	Version   int64
	CreatedAt time.Time
	Last      Pull // the newest one; zero: never asked
}

// FeedEdit is a feed as a form brings it. An empty secret leaves the one there
// is.
type FeedEdit struct {
	Name, URL      string
	Auth, Username string // none, basic, bearer
	Secret         string
	Every          int64 // minutes
	Enabled        bool
}

// Pull is one time a feed was asked, and what came of it.
type Pull struct {
	ID         PullID
	StartedAt  time.Time
	FinishedAt time.Time // zero: it runs
	PullResult
}

// PullResult is what a pull brought.
type PullResult struct {
	Pages, Machines, Added, Readings, Skipped int64
	OK                                        bool
	Says                                      string // why it failed, in the server's own words; or what was left out
}

// FeedAuths are the ways a feed is signed in to.
var FeedAuths = []string{"none", "basic", "bearer"}

const feedColumns = `f.id, f.name, f.url, f.auth, f.username, f.every_min, f.enabled, f.secret <> '', f.next_at, f.failures, f.version, f.created_at,
	coalesce(p.id, 0), p.started_at, p.finished_at, coalesce(p.pages, 0), coalesce(p.machines, 0), coalesce(p.added, 0), coalesce(p.brought, 0), coalesce(p.skipped, 0), coalesce(p.ok, 0), coalesce(p.says, '')`

const feedFrom = `{feeds} f LEFT JOIN {feed_pulls} p ON p.id = (SELECT max(l.id) FROM {feed_pulls} l WHERE l.feed_id = f.id)`

func (f *Feed) row(r *row) {
	f.ID, f.Name, f.URL, f.Auth, f.Username, f.Every, f.Enabled, f.HasSecret = FeedID(r.int()), r.str(), r.str(), r.str(), r.str(), r.int(), r.bool(), r.bool()
	f.NextAt, f.Failures, f.Version, f.CreatedAt = r.unix(), r.int(), r.int(), r.unix()
	f.Last.row(r)
}

const pullColumns = `p.id, p.started_at, p.finished_at, p.pages, p.machines, p.added, p.brought, p.skipped, p.ok, p.says`

func (p *Pull) row(r *row) {
	p.ID, p.StartedAt, p.FinishedAt = PullID(r.int()), r.unix(), r.unix()
	p.PullResult = PullResult{r.int(), r.int(), r.int(), r.int(), r.int(), r.bool(), r.str()}
}

// clean trims what was typed and reports all that is wrong with it. was is the
// feed before, the zero Feed for a new one.
func (e *FeedEdit) clean(was Feed) error {
	var bad fault.Problems
	e.Name, e.URL, e.Username = strings.TrimSpace(e.Name), strings.TrimSpace(e.URL), strings.TrimSpace(e.Username)
	checkText(&bad, "name", e.Name, 100)
	checkText(&bad, "username", e.Username, 200)
	checkText(&bad, "secret", e.Secret, 2000)
	if e.Name == "" {
		bad.Add("name", "Give the feed a name.")
	}
	if e.Every < 15 || e.Every > 10080 {
		bad.Add("every", "Give a time between 15 minutes and 7 days (10,080 minutes).")
	}
	host, says := feedHost(e.URL)
	if says != "" {
		bad.Add("url", "%s", says)
	}
	e.cleanAuth(&bad, was, host)
	return bad.Err()
}

func (e *FeedEdit) cleanAuth(bad *fault.Problems, was Feed, host string) {
	oldHost, _ := feedHost(was.URL)
	if e.Auth == "basic" && e.Username == "" {
		bad.Add("username", "Give the user name.")
	}
	switch {
	case !contains(FeedAuths, e.Auth):
		bad.Add("auth", "Choose how to sign in.")
	case e.Auth == "none":
		e.Username, e.Secret = "", ""
	case e.Secret == "" && !(was.HasSecret && was.Auth == e.Auth):
		bad.Add("secret", "Give the password or token.")
	case e.Secret == "" && was.ID != 0 && !strings.EqualFold(host, oldHost):
		bad.Add("secret", "The address leads to another server now. Give the password or token again, so that the old one is not sent there by mistake.")
	}
	if e.Auth == "bearer" {
		e.Username = ""
	}
}

// feedHost is the server a feed's address leads to, or what is wrong with it.
func feedHost(address string) (host, says string) {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "" || u.Hostname() == "" || len(address) > 1000 || strings.ContainsAny(address, " \t\r\n\\"):
		return "", "Give the whole address of the feed, such as https://example.com/aemp/fleet/1."
	case u.Scheme != "https" && u.Scheme != "http":
		return "", "The address must begin with https:// or http://."
	case u.User != nil:
		return "", "Leave user name and password out of the address; there are fields for them."
	case u.Fragment != "":
		return "", "Leave out what stands behind the # of the address."
	}
	return u.Scheme + "://" + strings.ToLower(u.Host), ""
}

func (e FeedEdit) sets() []set {
	out := []set{{"name", e.Name}, {"url", e.URL}, {"auth", e.Auth}, {"username", e.Username}, {"every_min", e.Every}, {"enabled", e.Enabled}}
	if e.Secret != "" || e.Auth == "none" {
		out = append(out, set{"secret", e.Secret})
	}
	return out
}

// mostFeeds is how many feeds a provider can have.
const mostFeeds = 100

// Feeds lists the provider's feeds by name.
func (s Staff) Feeds(ctx context.Context) ([]Feed, error) {
	return list(ctx, s.scope, (*Feed).row, `SELECT `+feedColumns+` FROM `+feedFrom+` ORDER BY f.name, f.id LIMIT 200`)
}

// Feed reads one feed.
func (s Staff) Feed(ctx context.Context, id FeedID) (Feed, error) {
	return one(ctx, s.scope, "feed", (*Feed).row, `SELECT `+feedColumns+` FROM `+feedFrom+` WHERE f.id = :id`, p(":id", id))
}

// AddFeed adds a feed; it is asked for the first time at once.
func (s Staff) AddFeed(ctx context.Context, e FeedEdit) (id FeedID, err error) {
	if err := s.Can(FeedAdd); err != nil {
		return 0, err
	}
	if err := e.clean(Feed{}); err != nil {
		return 0, err
	}
	err = s.Update(ctx, func(s Staff) error {
		n, err := s.number(ctx, `SELECT count(*) FROM {feeds} f`)
		if err != nil {
			return err
		}
		if n >= mostFeeds {
			return fault.Field("name", "There are %d feeds already; that is as many as fit.", mostFeeds)
		}
		n, err = s.insert(ctx, FeedAdd, "feeds", append(e.sets(), set{"next_at", s.Now()}, set{"created_at", s.Now()})...)
		id = FeedID(n)
		return err
	})
	return id, err
}

// ChangeFeed saves an edit made of version; a newer one is a Conflict. The
// feed is asked again soon.
func (s Staff) ChangeFeed(ctx context.Context, id FeedID, version int64, e FeedEdit) error {
	if err := s.Can(FeedChange); err != nil {
		return err
	}
	return s.Update(ctx, func(s Staff) error {
		was, err := s.Feed(ctx, id)
		if err != nil {
			return err
		}
		if was.Version != version {
			return fault.New(fault.Conflict, "Somebody else changed this feed meanwhile. Look at it again before you save.")
		}
		if err := e.clean(was); err != nil {
			return err
		}
		if err := s.change(ctx, FeedChange, "feeds", int64(id), append(e.sets(), set{"version", was.Version + 1})...); err != nil {
			return err
		}
		_, err = s.write(ctx, FeedChange, `UPDATE <feeds> SET failures = 0, next_at = :now WHERE {mine:feeds} AND id = :id`, p(":id", id))
		return err
	})
}

// RemoveFeed removes a feed with its log. What it brought stays.
func (s Staff) RemoveFeed(ctx context.Context, id FeedID) error {
	return s.remove(ctx, FeedRemove, "feeds", int64(id))
}

// AskFeed makes a feed due now.
func (s Staff) AskFeed(ctx context.Context, id FeedID) error {
	return s.Update(ctx, func(s Staff) error {
		f, err := s.Feed(ctx, id)
		if err != nil {
			return err
		}
		if !f.Enabled {
			return fault.New(fault.Conflict, "This feed is switched off. Switch it on first.")
		}
		if _, err := s.write(ctx, FeedPull, `UPDATE <feeds> SET next_at = :now WHERE {mine:feeds} AND id = :id`, p(":id", id)); err != nil {
			return err
		}
		return s.log(ctx, Line{Verb: FeedPull, ID: int64(id), Label: f.Name})
	})
}

// LogPull notes in the audit log what a pull brought, if it brought anything.
func (s Staff) LogPull(ctx context.Context, of FeedID, r PullResult) error {
	if err := s.Can(FeedPull); err != nil || r.Added+r.Readings == 0 {
		return err
	}
	return s.Update(ctx, func(s Staff) error {
		f, err := s.Feed(ctx, of)
		if err != nil {
			return err
		}
		return s.log(ctx, Line{Verb: FeedPull, ID: int64(of), Label: f.Name, Note: map[string]any{"machines": r.Machines, "added": r.Added, "readings": r.Readings}})
	})
}

// Pulls lists what came of asking a feed, newest first.
func (s Staff) Pulls(ctx context.Context, of FeedID, after string) (Page[Pull], error) {
	if _, err := s.Feed(ctx, of); err != nil {
		return Page[Pull]{}, err
	}
	q := pageQuery[Pull]{columns: pullColumns, from: `{feed_pulls} p`, id: `p.id`, sorts: map[string]string{"id": `p.id`}, sort: "-id", after: after,
		into: (*Pull).row, key: func(p *Pull, _ string) (any, int64) { return int64(p.ID), int64(p.ID) }}
	q.where(`p.feed_id = :feed`, p(":feed", of))
	return page(ctx, s.scope, q)
}
