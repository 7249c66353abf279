package mailtext

import (
	"strconv"
	"time"
)

// elsewhere adds the code that does what the link does, for whoever reads the
// letter on one device and works on another.
func (c *content) elsewhere(r Reader, code, page string) {
	if code == "" {
		return
	}
	c.code = line(code, 12)
	c.after = append(c.after, t(r.Lang, "The code does the same on another device: open %s there and enter it.", line(page, longestName)))
}

// SignInCode lets somebody in who asked for it, without a password.
type SignInCode struct {
	At             time.Time
	Where          string // from which address it was asked
	Link           string
	Code, CodePage string
	Life           Life
}

// Kind names the letter in the outbox.
func (SignInCode) Kind() string { return "sign-in-code" }

// Letter writes it.
func (s SignInCode) Letter(b Brand, r Reader) Letter {
	c := content{
		subject: r.subject("Your code for signing in to %s", b.Name),
		preview: r.say("It works for a few minutes, and once."),
		heading: r.say("Your code for signing in"),
		body:    []string{r.say("Enter this code where you asked for it, or go on with the button:")},
		button:  button{r.say("Sign in"), s.Link},
		after:   []string{r.lasting(s.Life)},
		doubt:   r.say("You did not ask for it? Then do nothing, and tell nobody the code. Whoever has it can sign in as you."),
	}
	c.elsewhere(r, s.Code, s.CodePage)
	c.fact(r.say("Asked on"), r.when(s.At))
	c.fact(r.say("Asked from"), plain(s.Where))
	return c.letter(b, r)
}

// UsernameChanged tells somebody under which name it signs in from now on.
type UsernameChanged struct {
	By       string
	Old, New string // "" is none
	Email    string // which works as well
	At       time.Time
	Link     string // to the sign-in page
}

// Kind names the letter in the outbox.
func (UsernameChanged) Kind() string { return "username-changed" }

// Letter writes it.
func (u UsernameChanged) Letter(b Brand, r Reader) Letter {
	c := content{
		subject: r.subject("Your user name at %s was changed", b.Name),
		preview: r.say("Your password stays as it is."),
		heading: r.say("Your user name was changed"),
		body: []string{
			r.say("%[1]s has changed the user name of your account at %[2]s.", u.By, b.Name),
			r.say("Next time you sign in with the new one, or with your e-mail address. Your password stays as it is, and where you are signed in you stay so."),
		},
		button: button{r.say("Sign in"), u.Link},
		doubt:  r.say("You did not expect this? Please ask %s.", b.Name),
	}
	c.fact(r.say("Old user name"), line(u.Old, longestName))
	c.fact(r.say("New user name"), line(u.New, longestName))
	c.fact(r.say("E-mail"), line(u.Email, longestName))
	c.fact(r.say("When"), r.when(u.At))
	return c.letter(b, r)
}

// FactorChanged tells somebody that its second factor was turned on or off.
type FactorChanged struct {
	On    bool
	By    string // empty when it was the person
	At    time.Time
	Where string
	Link  string // to the page of one's own second factor
}

// Kind names the letter in the outbox.
func (FactorChanged) Kind() string { return "factor-changed" }

// Letter writes it.
func (f FactorChanged) Letter(b Brand, r Reader) Letter {
	c := content{
		subject: r.subject("A second factor now protects your account at %s", b.Name),
		preview: r.say("If it was you, there is nothing to do."),
		heading: r.say("Second factor turned on"),
		body: []string{
			r.say("From now on signing in to your account at %s also asks for a code from your phone.", b.Name),
			r.say("Keep the recovery codes where you find them without the phone. If it was not you, tell us at once."),
		},
		button: button{r.say("Look at your second factor"), f.Link},
	}
	if !f.On {
		c.subject = r.subject("The second factor of your account at %s was turned off", b.Name)
		c.heading = r.say("Second factor turned off")
		c.body = []string{r.say("Signing in to your account at %s asks for your password alone now.", b.Name),
			r.say("If you did not want this, set a new password at once, and tell us.")}
	}
	c.fact(r.say("When"), r.when(f.At))
	c.fact(r.say("By"), plain(f.By))
	c.fact(r.say("From"), plain(f.Where))
	return c.letter(b, r)
}

// RecoveryUsed tells somebody that one of its recovery codes let somebody in.
type RecoveryUsed struct {
	At    time.Time
	Where string
	Left  int // codes that were not used
}

// Kind names the letter in the outbox.
func (RecoveryUsed) Kind() string { return "recovery-used" }

// Letter writes it.
func (u RecoveryUsed) Letter(b Brand, r Reader) Letter {
	c := content{
		subject: r.subject("A recovery code was used at %s", b.Name),
		preview: r.say("If it was you, there is nothing to do."),
		heading: r.say("A recovery code was used"),
		body: []string{
			r.say("Somebody has signed in to your account at %s with your password and one of your recovery codes.", b.Name),
			r.say("If it was you, there is nothing to do. If not, set a new password at once, and tell us."),
		},
	}
	c.fact(r.say("When"), r.when(u.At))
	c.fact(r.say("From"), plain(u.Where))
	c.fact(r.say("Codes left"), strconv.Itoa(u.Left))
	return c.letter(b, r)
}
