package mailtext

import "time"

// Feedback tells a provider's admins what somebody in a portal said about it.
type Feedback struct {
	Who, Email string
	Customer   string
	Page       string // the address in the portal it was about
	Text       string
	At         time.Time
	Link       string // to the list in the provider's interface
}

// Kind names the letter in the outbox.
func (Feedback) Kind() string { return "feedback" }

// Letter writes it.
func (l Feedback) Letter(b Brand, r Reader) Letter {
	c := content{
		subject: r.subject("Feedback from %s at %s", l.Who, l.Customer),
		preview: r.say("About the portal that you share."),
		heading: r.say("Feedback about a portal"),
		body:    append([]string{r.say("%s of %s wrote about the portal:", l.Who, l.Customer)}, lines(l.Text)...),
		button:  button{r.say("Show the feedback"), l.Link},
	}
	c.fact(r.say("Page"), line(l.Page, 300))
	c.fact(r.say("E-mail"), line(l.Email, longestName))
	c.fact(r.say("When"), r.when(l.At))
	return c.letter(b, r)
}
