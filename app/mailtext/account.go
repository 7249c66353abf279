package mailtext

import "time"

// PasswordReset lets a person who asked choose a new password.
type PasswordReset struct {
	At    time.Time
	Where string // from which address or browser it was asked, if it is to be told
	Link  string
	Life  Life

	Code, CodePage string // six digits, and where they are typed on another device
}

// Kind names the letter in the outbox.
func (PasswordReset) Kind() string { return "reset" }

// Letter writes it.
func (p PasswordReset) Letter(b Brand, r Reader) Letter {
	c := content{
		subject: r.subject("Set a new password for %s", b.Name),
		preview: r.say("You, or somebody with your address, asked for it."),
		heading: r.say("Set a new password"),
		body:    []string{r.say("Somebody has asked for a new password for your account at %s. If that was you, go on here:", b.Name)},
		button:  button{r.say("Set a new password"), p.Link},
		after:   []string{r.lasting(p.Life), r.say("Earlier links for a new password no longer work.")},
		doubt:   r.say("Was it not you? Then do nothing. Your password stays as it is, and nobody but you has this link."),
	}
	c.elsewhere(r, p.Code, p.CodePage)
	c.fact(r.say("Asked on"), r.when(p.At))
	c.fact(r.say("Asked from"), plain(p.Where))
	return c.letter(b, r)
}

// PasswordChanged tells the person after the fact.
type PasswordChanged struct {
	At    time.Time
	By    string // empty when it was the person
	Where string
	Link  string // where a new password can be asked for
}

// Kind names the letter in the outbox.
func (PasswordChanged) Kind() string { return "password-changed" }

// Letter writes it.
func (p PasswordChanged) Letter(b Brand, r Reader) Letter {
	c := content{
		subject: r.subject("Your password for %s was changed", b.Name),
		preview: r.say("If it was you, there is nothing to do."),
		heading: r.say("Your password was changed"),
		body: []string{
			r.say("The password of your account at %s was changed.", b.Name),
			r.say("If it was you, there is nothing to do. If not, set a new password at once, and tell us."),
		},
		button: button{r.say("Set a new password"), p.Link},
	}
	c.fact(r.say("When"), r.when(p.At))
	c.fact(r.say("By"), plain(p.By))
	c.fact(r.say("From"), plain(p.Where))
	return c.letter(b, r)
}

// AccountDisabled tells that somebody can no longer get in.
type AccountDisabled struct {
	Portal string // empty when it is the account as a whole
	At     time.Time
}

// Kind names the letter in the outbox.
func (AccountDisabled) Kind() string { return "account-disabled" }

// Letter writes it.
func (a AccountDisabled) Letter(b Brand, r Reader) Letter {
	place := a.Portal
	if place == "" {
		place = b.Name
	}
	c := content{
		subject: r.subject("Your access to %s has ended", place),
		preview: r.say("You can no longer sign in."),
		heading: r.say("Your access has ended"),
		body: []string{
			r.say("Your access to %s was switched off. You can no longer sign in, and what was open has been closed.", place),
			r.say("If you think that this is a mistake, please ask %s.", b.Name),
		},
	}
	c.fact(r.say("When"), r.when(a.At))
	return c.letter(b, r)
}

// AccessAdded tells a person who has a password already about one more portal.
type AccessAdded struct {
	By       string
	Portal   string
	Username string
	Link     string
}

// Kind names the letter in the outbox.
func (AccessAdded) Kind() string { return "access-added" }

// Letter writes it.
func (a AccessAdded) Letter(b Brand, r Reader) Letter {
	c := content{
		subject: r.subject("You now also have access to %s", a.Portal),
		preview: r.say("Sign in as usual, with the password you have."),
		heading: r.say("One more portal for you"),
		body: []string{
			r.say("You now also have access to %s.", a.Portal),
			r.say("Sign in as usual, with the password you have. You can change between your portals at any time."),
		},
		button: button{r.say("Open the portal"), a.Link},
		doubt:  r.say("You did not expect this? Please ask %s.", b.Name),
	}
	if a.By != "" {
		c.body[0] = r.say("%[1]s has given you access to %[2]s.", a.By, a.Portal)
	}
	c.fact(r.say("Your user name"), line(a.Username, longestName))
	return c.letter(b, r)
}

// EmailChangeOld tells the old address that a new one is to come.
type EmailChangeOld struct {
	By             string // empty when the person asked
	OldEmail       string
	NewEmail       string
	At             time.Time
	Link           string // where the change can be seen and stopped
	ContactAddress string // whom to write to against it
}

// Kind names the letter in the outbox.
func (EmailChangeOld) Kind() string { return "email-change-old" }

// Letter writes it.
func (e EmailChangeOld) Letter(b Brand, r Reader) Letter {
	c := content{
		subject: r.subject("Your e-mail address at %s is about to change", b.Name),
		preview: r.say("Nothing has changed yet."),
		heading: r.say("Your e-mail address is about to change"),
		body: []string{
			r.say("You have asked to change the e-mail address of your account at %s.", b.Name),
			r.say("Nothing has changed yet. The new address has to be confirmed first, with a code that was sent there. Until then you sign in with the old one."),
		},
		button: button{r.say("Look at the change"), e.Link},
		doubt:  r.say("You do not want this? Stop it there, or tell %s at once.", b.Name),
	}
	if e.By != "" {
		c.body[0] = r.say("%[1]s has asked to change the e-mail address of your account at %[2]s.", e.By, b.Name)
	}
	if href(e.Link) == "" {
		c.doubt = r.say("You do not want this? Tell %s at once.", b.Name)
	}
	c.fact(r.say("Old address"), line(e.OldEmail, longestName))
	c.fact(r.say("New address"), line(e.NewEmail, longestName))
	c.fact(r.say("When"), r.when(e.At))
	c.fact(r.say("Questions to"), line(e.ContactAddress, longestName))
	return c.letter(b, r)
}

// EmailChangeNew asks the new address for its consent: a code, typed on the
// page that the link leads to. The link alone decides nothing.
type EmailChangeNew struct {
	By       string // empty when the person asked
	NewEmail string
	Code     string // six digits
	Link     string
	Life     Life
}

// Kind names the letter in the outbox.
func (EmailChangeNew) Kind() string { return "email-change-new" }

// Letter writes it.
func (e EmailChangeNew) Letter(b Brand, r Reader) Letter {
	c := content{
		subject: r.subject("Confirm your new e-mail address at %s", b.Name),
		preview: r.say("A code is waiting for you."),
		heading: r.say("Confirm your new e-mail address"),
		body: []string{
			r.say("You have asked to use this address for your account at %s.", b.Name),
			r.say("Open the page and enter this code. Only then does the new address count."),
		},
		code:   line(e.Code, 12),
		button: button{r.say("Open the page"), e.Link},
		after:  []string{r.say("Code and page work for %[1]s, until %[2]s.", r.spoken(e.Life.For), r.when(e.Life.Until))},
		doubt:  r.say("You know nothing of this? Then do nothing, and tell nobody the code. Without it nothing changes."),
	}
	if e.By != "" {
		c.body[0] = r.say("%[1]s has asked to use this address for your account at %[2]s.", e.By, b.Name)
	}
	c.fact(r.say("New address"), line(e.NewEmail, longestName))
	return c.letter(b, r)
}

// TestMail shows that letters arrive.
type TestMail struct {
	By     string
	Server string // host and port
	At     time.Time
}

// Kind names the letter in the outbox.
func (TestMail) Kind() string { return "test" }

// Letter writes it.
func (m TestMail) Letter(b Brand, r Reader) Letter {
	c := content{
		subject: r.subject("Test message from %s", b.Name),
		preview: r.say("Mail works."),
		heading: r.say("Mail works"),
		body:    []string{r.say("This message took the same way that invitations and links for passwords take. If you can read it, so can your customers.")},
	}
	c.fact(r.say("Sent by"), plain(m.By))
	c.fact(r.say("Mail server"), line(m.Server, longestName))
	c.fact(r.say("When"), r.when(m.At))
	return c.letter(b, r)
}
