package mailtext

import "time"

// Job is what a notice tells about a job; empty fields are left out.
type Job struct {
	Shape    string // work, delivery, collection
	Number   string // J-1042
	About    string // the subject, or who receives it
	Customer string // for the provider's own people
	Where    string
	When     string // day and window, in the reader's form
	Link     string
}

// Quit is the way out of notices of a kind, in every one of them.
type Quit struct {
	Link  string
	Event string // scheduled, on_the_way … or digest
}

// JobNotice tells somebody what became of a job.
type JobNotice struct {
	Job
	Event    string // scheduled, on_the_way, done, failed, problem, status, comment
	At       time.Time
	Track    string // the tracking status: info_received, scheduled, out …
	Partly   bool   // done, but something was rejected
	Reason   string
	Receiver string
	By       string // who reported it, or wrote the comment
	Words    string // the comment, or the report
	Mine     bool   // the reader reported it
	Quit     Quit
}

// Kind names the letter in the outbox.
func (JobNotice) Kind() string { return "job-notice" }

// Letter writes it.
func (n JobNotice) Letter(b Brand, r Reader) Letter {
	c := content{button: button{r.say("Show it"), n.Link}}
	n.headed(&c, b, r)
	c.preview = line(n.About, longestName)
	if c.preview == "" {
		c.preview = b.Name
	}
	n.told(&c, r)
	c.body = append(c.body, lines(n.Words)...)
	c.quit = r.quit(n.Quit)
	return c.letter(b, r)
}

// headed says in the subject and the heading what happened.
func (n JobNotice) headed(c *content, b Brand, r Reader) {
	say := func(english string, typed ...string) {
		c.subject = r.subject(english, typed...)
		c.heading = r.say(english, typed...)
	}
	work, fetch := n.Shape == "work", n.Shape == "collection"
	switch {
	case n.Event == "problem" && n.Mine:
		say("We have your report %s", n.Number)
		c.body = []string{r.say("Thank you. Your report has arrived at %s, and you can follow what becomes of it.", b.Name)}
	case n.Event == "problem":
		say("%[1]s reports a problem: %[2]s", n.By, n.Number)
	case n.Event == "comment":
		say("New comment on %s", n.Number)
	case n.Event == "scheduled" && work:
		say("Your appointment for %s", n.Number)
	case n.Event == "scheduled" && fetch:
		say("Collection %s is planned", n.Number)
	case n.Event == "scheduled":
		say("Delivery %s is planned", n.Number)
	case n.Event == "on_the_way" && work:
		say("We are on our way for %s", n.Number)
	case n.Event == "on_the_way" && fetch:
		say("We are on our way to collect %s", n.Number)
	case n.Event == "on_the_way":
		say("Delivery %s is on its way", n.Number)
	case n.Event == "done" && work:
		say("%s is completed", n.Number)
	case n.Event == "done" && n.Partly && fetch:
		say("%s was collected in part", n.Number)
	case n.Event == "done" && fetch:
		say("%s was collected", n.Number)
	case n.Event == "done" && n.Partly:
		say("Delivery %s has arrived in part", n.Number)
	case n.Event == "done":
		say("Delivery %s has arrived", n.Number)
	case n.Event == "failed" && fetch:
		say("%s could not be collected", n.Number)
	case n.Event == "failed" && work:
		say("%s could not be done", n.Number)
	case n.Event == "failed":
		say("Delivery %s could not be handed over", n.Number)
	default:
		say("%[1]s is now: %[2]s", n.Number, r.track(n.Track, n.Shape))
	}
}

// told are the facts of a job, those first that people look for.
func (n JobNotice) told(c *content, r Reader) {
	c.fact(r.say("Subject"), plain(n.About))
	c.fact(r.say("Customer"), plain(n.Customer))
	c.fact(r.say("Status"), r.track(n.Track, n.Shape))
	c.fact(r.say("Date and time"), plain(n.When))
	c.fact(r.say("Address"), plain(n.Where))
	c.fact(r.say("Received by"), plain(n.Receiver))
	c.fact(r.say("Reason"), plain(n.Reason))
	if n.Event == "comment" {
		c.fact(r.say("Comment by"), plain(n.By))
	}
	if n.Event == "problem" && !n.Mine {
		c.fact(r.say("Reported by"), plain(n.By))
	}
	if !n.At.IsZero() {
		c.fact(r.say("At"), r.when(n.At))
	}
}

// quit is the line that leads out of notices of a kind.
func (r Reader) quit(q Quit) button {
	return button{r.say("Stop notices of the kind “%s”", r.event(q.Event)), href(q.Link)}
}

// JobDigest tells once a day what became of a person's jobs.
type JobDigest struct {
	Lines []JobLine
	More  int // beyond those named
	Link  string
	Quit  Quit
}

// JobLine is one job in a digest: its number and what became of it.
type JobLine struct {
	Number, About, Shape string
	Event, Track         string
	At                   time.Time
}

// Kind names the letter in the outbox.
func (JobDigest) Kind() string { return "job-digest" }

// Letter writes it.
func (d JobDigest) Letter(b Brand, r Reader) Letter {
	c := content{
		subject: r.subject("Your day at %s", b.Name),
		preview: r.say("What became of your jobs and deliveries."),
		heading: r.say("What became of your jobs and deliveries"),
		button:  button{r.say("Show all"), d.Link},
		quit:    r.quit(d.Quit),
	}
	for _, l := range d.Lines {
		label := line(l.Number, 40)
		if about := plain(l.About); about != "" {
			label += " · " + about
		}
		c.fact(label, l.said(r)+", "+r.when(l.At))
	}
	if d.More > 0 {
		c.fact(r.say("And more"), t(r.Lang, "%d others", int64(d.More)))
	}
	return c.letter(b, r)
}

func (l JobLine) said(r Reader) string {
	if l.Event == "comment" || l.Event == "problem" || l.Track == "" {
		return r.event(l.Event)
	}
	return r.track(l.Track, l.Shape)
}

// event is what notices of a kind are called.
func (r Reader) event(event string) string {
	switch event {
	case "scheduled":
		return r.say("Scheduled")
	case "on_the_way":
		return r.say("On the way")
	case "done":
		return r.say("Done, with proof")
	case "failed":
		return r.say("Failed")
	case "problem":
		return r.say("Problem received")
	case "status":
		return r.say("Status changed")
	case "comment":
		return r.say("New comment")
	}
	return r.say("Daily summary")
}

// track is a tracking status in the reader's words.
func (r Reader) track(track, shape string) string {
	switch track {
	case "info_received":
		return r.say("Info received")
	case "scheduled":
		return r.say("Scheduled")
	case "out":
		if shape == "collection" {
			return r.say("Out for collection")
		}
		return r.say("Out for delivery")
	case "in_progress":
		return r.say("In Progress")
	case "completed":
		return r.say("Completed")
	case "partial":
		return r.say("Partially completed")
	case "failed":
		return r.say("Failed")
	case "on_hold":
		return r.say("On hold")
	case "return":
		return r.say("Return")
	case "cancelled":
		return r.say("Cancelled")
	}
	return ""
}
