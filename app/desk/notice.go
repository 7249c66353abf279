package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"gatehouse/app/mailtext"
	"gatehouse/app/secret"
	"gatehouse/store"
)

// atOnce is how many pending notices are looked at in one go.
const atOnce = 200

// TellNotices writes the letters about what happened to jobs, and the daily
// summaries that are due. It returns when nothing waits.
func (d *Desk) TellNotices(ctx context.Context) error {
	y := d.db.System("notices", store.Origin{Source: "system"})
	for ctx.Err() == nil {
		waiting, err := y.PendingNotices(ctx, atOnce)
		if err != nil {
			return err
		}
		for _, n := range waiting {
			if err := y.Update(ctx, func(y store.System) error { return d.tellJob(ctx, y, n) }); err != nil {
				return err
			}
		}
		if len(waiting) == 0 {
			return d.tellDigests(ctx, y)
		}
	}
	return ctx.Err()
}

// tellJob writes the letters about one job, in one transaction with taking
// its notices out of the queue.
func (d *Desk) tellJob(ctx context.Context, y store.System, n store.Pending) error {
	j, news, err := y.TakeNotices(ctx, n)
	if err != nil || len(news) == 0 {
		return err
	}
	s, err := y.Provider(ctx, n.Provider)
	if err != nil {
		return err
	}
	t := telling{d: d, y: y, s: s, job: j, told: map[string]bool{}}
	if t.readers, err = y.NoticeReaders(ctx, n.Provider, j); err != nil {
		return err
	}
	for _, c := range news {
		if err := t.tell(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// telling is one job about which somebody is told.
type telling struct {
	d       *Desk
	y       store.System
	s       store.Staff
	job     store.Job
	readers []store.NoticeReader
	told    map[string]bool // addresses that had a letter in this round
	last    store.Proof
}

func (t *telling) tell(ctx context.Context, c store.News) error {
	if c.Event == store.NoticeDone {
		all, err := t.s.Proofs(ctx, t.job.ID)
		if err != nil {
			return err
		}
		if len(all) > 0 {
			t.last = all[len(all)-1]
		}
	}
	for _, r := range t.readers {
		if err := t.tellReader(ctx, r, c); err != nil {
			return err
		}
	}
	return t.tellContact(ctx, c)
}

// concerns reports whether a kind of news is any of a reader's business.
func concerns(r store.NoticeReader, c store.News) bool {
	switch {
	case r.ID == c.Actor:
		return false // did it
	case c.Event == store.NoticeProblem:
		return r.Portal == 0 || r.Mine
	case c.Event == store.NoticeComment && r.Portal == 0:
		return c.ByClient
	}
	return true
}

func (t *telling) tellReader(ctx context.Context, r store.NoticeReader, c store.News) error {
	mode := r.Mode(c.Event)
	if mode == store.NoticeOff || !concerns(r, c) {
		return nil
	}
	home := t.s.Home().ID
	may, err := t.y.MaySee(ctx, home, r.Portal, r.ID, t.job.ID)
	if err != nil || !may {
		return err
	}
	if mode == store.NoticeDaily {
		return t.y.AddDigest(ctx, home, r, t.job.ID, c)
	}
	t.told[strings.ToLower(r.Email)] = true
	link, err := t.d.link(ctx, jobPath(t.s.Home().Slug, r, t.job))
	if err != nil {
		return err
	}
	return t.post(ctx, r, c, t.notice(r, c, link))
}

// jobPath is where a reader sees a job.
func jobPath(provider string, r store.NoticeReader, j store.Job) string {
	switch {
	case r.Portal == 0:
		return "/admin/" + provider + "/jobs/" + itoa(int64(j.ID))
	case j.Kind == store.JobWork:
		return "/portal/" + r.Slug + "/jobs/" + itoa(int64(j.ID))
	}
	return "/portal/" + r.Slug + "/deliveries/" + itoa(int64(j.ID))
}

func (t *telling) notice(r store.NoticeReader, c store.News, link string) mailtext.JobNotice {
	j := t.job
	n := mailtext.JobNotice{Event: c.Event, At: c.At, Track: c.Track, Partly: c.Partly, Mine: r.Mine && r.Portal != 0, Words: c.Body, By: c.Author,
		Job: mailtext.Job{Shape: j.Kind, Number: store.JobNumber(j.Number), About: j.Title(), Where: strings.ReplaceAll(j.Address, "\n", ", "), When: whenOf(r.Formats, j), Link: link}}
	if n.About == n.Number {
		n.About = ""
	}
	switch c.Event {
	case store.NoticeFailed, store.NoticeStatus:
		n.Reason = j.Reason
	case store.NoticeDone:
		n.Receiver = t.last.Receiver
	case store.NoticeProblem:
		n.By = j.ReporterName
		if !n.Mine {
			n.Words = j.Description
		}
	case store.NoticeComment:
		if !c.ByClient && r.Portal != 0 { // customers talk to the firm
			n.By = t.s.Home().Name
		}
	}
	if r.Portal == 0 {
		n.Customer = j.CustomerName
	}
	return n
}

// post writes a letter with the way out of its kind.
func (t *telling) post(ctx context.Context, r store.NoticeReader, c store.News, n mailtext.JobNotice) error {
	quit, err := t.d.quit(ctx, t.y, t.s.Home().ID, r, c.Event)
	if err != nil {
		return err
	}
	n.Quit = mailtext.Quit{Link: quit, Event: c.Event}
	_, err = t.d.post(ctx, t.s, n, r.Account, store.Draft{Portal: r.Portal, Quit: quit, Jobs: []store.JobID{t.job.ID}})
	return err
}

// quit makes the way out of a letter.
func (d *Desk) quit(ctx context.Context, y store.System, of store.ProviderID, r store.NoticeReader, event string) (string, error) {
	token, hash := secret.NewToken(d.db.Rand(), secret.Unsubscribe)
	if err := y.AddQuit(ctx, of, r, event, hash); err != nil {
		return "", err
	}
	return d.link(ctx, "/notices/"+token)
}

// tellContact tells the contact of a job, who has no account: with a link that
// shows the job's progress, if the provider wants it so.
func (t *telling) tellContact(ctx context.Context, c store.News) error {
	j := t.job
	email := strings.ToLower(j.ContactEmail)
	if email == "" || t.told[email] || store.CheckEmail(j.ContactEmail) != nil {
		return nil
	}
	events, err := t.s.ContactNotices(ctx)
	if err != nil || !slices.Contains(events, c.Event) {
		return err
	}
	stopped, err := t.y.Stopped(ctx, t.s.Home().ID, j.ContactEmail, c.Event)
	if err != nil || stopped {
		return err
	}
	link, err := t.d.TrackJob(ctx, t.s, j.ID)
	if err != nil {
		return err
	}
	r := store.NoticeReader{Account: store.Account{Name: j.ContactName, Email: j.ContactEmail, Formats: t.s.Home().Formats}}
	n := t.notice(r, c, link.URL)
	n.Customer, n.About = "", j.Subject
	return t.post(ctx, r, c, n)
}

// whenOf is a job's day and window in a reader's form.
func whenOf(f store.Formats, j store.Job) string {
	day, err := time.Parse(time.DateOnly, j.Day)
	if err != nil {
		return ""
	}
	layout := layoutOf(f)
	date, clock, _ := strings.Cut(layout, " ")
	out := day.Format(date)
	hour := func(s string) string {
		at, err := time.Parse("15:04", s)
		if err != nil {
			return ""
		}
		return at.Format(clock)
	}
	switch from, to := hour(j.From), hour(j.To); {
	case from != "" && to != "":
		out += ", " + from + "–" + to
	case from != "":
		out += ", " + from
	case to != "":
		out += ", –" + to
	}
	return out
}

// Quit finds the way out that a letter's link leads to.
func (d *Desk) Quit(ctx context.Context, token string, from store.Origin) (q store.Quit, err error) {
	y := d.db.System("unsubscribe", from)
	hash, err := secret.HashToken(token, secret.Unsubscribe)
	if err != nil {
		return q, d.wrongLink(ctx, y, from, store.NoQuit)
	}
	if q, err = y.Quit(ctx, hash); err != nil {
		return q, d.wrongLink(ctx, y, from, err)
	}
	return q, nil
}

// QuitNotices ends letters of the kind that a letter's link names.
func (d *Desk) QuitNotices(ctx context.Context, token string, from store.Origin) (q store.Quit, err error) {
	y := d.db.System("unsubscribe", from)
	hash, err := secret.HashToken(token, secret.Unsubscribe)
	if err != nil {
		return q, d.wrongLink(ctx, y, from, store.NoQuit)
	}
	if q, err = y.QuitNotices(ctx, hash); err != nil {
		return q, d.wrongLink(ctx, y, from, err)
	}
	return q, nil
}
