package mailtext

import (
	"strings"
	"time"
)

// Activation lets a person who was added choose a first password.
type Activation struct {
	InvitedBy string // who added the person; empty when nobody in particular did
	Portal    string // the portal it leads to; empty for the provider's own people
	Username  string
	Link      string
	Life      Life
	Again     bool // sent once more: the earlier link is dead

	Code, CodePage string // six digits, and where they are typed on another device
}

// Kind names the letter in the outbox.
func (Activation) Kind() string { return "activation" }

// Letter writes it.
func (a Activation) Letter(b Brand, r Reader) Letter {
	place := a.Portal
	if place == "" {
		place = b.Name
	}
	c := content{
		subject: r.subject("Your access to %s is ready", place),
		preview: r.say("Choose a password to begin."),
		heading: r.say("Welcome to %s", place),
		body:    []string{r.say("Access to %s has been set up for you.", place)},
		button:  button{r.say("Choose a password"), a.Link},
		doubt:   r.say("Not for you? Then somebody has mistyped an address. Do nothing: without a password of yours nobody gets in, and the link ends by itself."),
	}
	if a.InvitedBy != "" {
		c.body[0] = r.say("%[1]s has set up access to %[2]s for you.", a.InvitedBy, place)
	}
	c.body = append(c.body, r.say("Choose a password and you are in. It takes a minute."))
	if a.Again {
		c.body = append(c.body, r.say("This is a newer message. The link of the earlier one no longer works."))
	}
	c.fact(r.say("Your user name"), line(a.Username, longestName))
	c.after = []string{r.lasting(a.Life)}
	c.elsewhere(r, a.Code, a.CodePage)
	c.welcome(b, r)
	return c.letter(b, r)
}

func (r Reader) lasting(l Life) string {
	return r.say("The link works for %[1]s, until %[2]s, and only once.", r.spoken(l.For), r.when(l.Until))
}

// PortalInvitation asks a customer's first person in.
type PortalInvitation struct {
	InvitedBy string
	Customer  string
	Portal    string
	Areas     []string // what is shared, in the reader's words
	Joins     bool     // the portal has its administrator already
	Link      string
	Life      Life
}

// Kind names the letter in the outbox.
func (PortalInvitation) Kind() string { return "invitation" }

// Letter writes it.
func (p PortalInvitation) Letter(b Brand, r Reader) Letter {
	c := p.content(b, r)
	return c.letter(b, r)
}

func (p PortalInvitation) content(b Brand, r Reader) content {
	c := content{
		subject: r.subject("%s invites you to your customer portal", b.Name),
		preview: r.say("Open the invitation and choose a password."),
		heading: r.say("Your customer portal at %s", b.Name),
		body: []string{
			r.say("%[1]s has opened a portal for %[2]s.", b.Name, p.Customer),
			r.say("You will be its first person and its administrator. From there you let your colleagues in and decide what they see."),
		},
		button: button{r.say("Open the invitation"), p.Link},
		after: []string{
			r.lasting(p.Life),
			r.say("Whoever registers with it first becomes the administrator. So pass it on only to somebody who should be."),
		},
		doubt: r.say("Not for you? Then somebody has mistyped an address. Do nothing: the invitation ends by itself."),
	}
	if p.Joins {
		c.body[1] = r.say("Colleagues of yours use it already. With this invitation you get a sign-in of your own.")
		c.after[1] = r.say("It is for one person only. So do not pass it on.")
	}
	if p.InvitedBy != "" {
		c.body[0] = r.say("%[1]s of %[2]s has opened a portal for %[3]s.", p.InvitedBy, b.Name, p.Customer)
	}
	c.fact(r.say("Portal"), plain(p.Portal))
	c.fact(r.say("Shared with you"), plain(strings.Join(p.Areas, ", ")))
	c.welcome(b, r)
	return c
}

// InvitationResent is the same invitation with a new link.
type InvitationResent PortalInvitation

// Kind names the letter in the outbox.
func (InvitationResent) Kind() string { return "invitation-resent" }

// Letter writes it.
func (i InvitationResent) Letter(b Brand, r Reader) Letter {
	c := PortalInvitation(i).content(b, r)
	c.subject = r.subject("A new link to your customer portal at %s", b.Name)
	c.body = append(c.body, r.say("This is a newer message. The link of the earlier one no longer works."))
	return c.letter(b, r)
}

// InvitationRevoked tells that an invitation is no more.
type InvitationRevoked struct {
	RevokedBy string
	Customer  string
	At        time.Time
}

// Kind names the letter in the outbox.
func (InvitationRevoked) Kind() string { return "invitation-revoked" }

// Letter writes it.
func (i InvitationRevoked) Letter(b Brand, r Reader) Letter {
	c := content{
		subject: r.subject("Your invitation from %s has been withdrawn", b.Name),
		preview: r.say("The link in the earlier message no longer works."),
		heading: r.say("The invitation has been withdrawn"),
		body: []string{
			r.say("The invitation to the portal for %s has been withdrawn. The link in the earlier message no longer works.", i.Customer),
			r.say("There is nothing you have to do. If you had expected to get in, please ask %s.", b.Name),
		},
	}
	c.fact(r.say("Withdrawn by"), plain(i.RevokedBy))
	c.fact(r.say("When"), r.when(i.At))
	return c.letter(b, r)
}

// InvitationAccepted tells the provider who has come.
type InvitationAccepted struct {
	Who, Email string
	Customer   string
	Portal     string
	Joins      bool // the portal had its administrator already
	At         time.Time
	Link       string // to the portal's page in the provider's interface
}

// Kind names the letter in the outbox.
func (InvitationAccepted) Kind() string { return "invitation-accepted" }

// Letter writes it.
func (i InvitationAccepted) Letter(b Brand, r Reader) Letter {
	c := content{
		subject: r.subject("%[1]s has accepted the invitation for %[2]s", i.Who, i.Customer),
		preview: r.say("The portal is in use from now on."),
		heading: r.say("Invitation accepted"),
		body:    []string{r.say("%[1]s has registered and is now the administrator of the portal for %[2]s.", i.Who, i.Customer)},
		button:  button{r.say("Show the portal"), i.Link},
	}
	if i.Joins {
		c.body[0] = r.say("%[1]s has registered in the portal for %[2]s.", i.Who, i.Customer)
	}
	c.fact(r.say("Who"), plain(i.Who))
	c.fact(r.say("E-mail"), line(i.Email, longestName))
	c.fact(r.say("Customer"), plain(i.Customer))
	c.fact(r.say("Portal"), plain(i.Portal))
	c.fact(r.say("When"), r.when(i.At))
	return c.letter(b, r)
}

// LinkAsked tells the provider that somebody stands before a dead link.
type LinkAsked struct {
	Name, Email string // whom the link was for, as far as that is known
	Customer    string
	At          time.Time
	Link        string // to the portal's page in the provider's interface
}

// Kind names the letter in the outbox.
func (LinkAsked) Kind() string { return "link-asked" }

// Letter writes it.
func (l LinkAsked) Letter(b Brand, r Reader) Letter {
	c := content{
		subject: r.subject("Somebody at %s asks for a new link", l.Customer),
		preview: r.say("Their link into the portal no longer works."),
		heading: r.say("A new link is wanted"),
		body: []string{
			r.say("Whoever has an earlier link into the portal for %s tried to use it, and it no longer works. They ask for a new one.", l.Customer),
			r.say("If you know who that is, create an invitation for them. If not, there is nothing you have to do."),
		},
		button: button{r.say("Show the portal"), l.Link},
	}
	c.fact(r.say("The link was for"), plain(l.Name))
	c.fact(r.say("E-mail"), line(l.Email, longestName))
	c.fact(r.say("Customer"), plain(l.Customer))
	c.fact(r.say("When"), r.when(l.At))
	return c.letter(b, r)
}
