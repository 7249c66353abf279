package desk

import (
	"context"
	"net/netip"
	"strings"
	"time"

	"gatehouse/app/mailtext"
	"gatehouse/app/secret"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// Where says through which door somebody wants to come in: the provider's own
// interface, or one of its portals.
type Where struct {
	Provider store.ProviderID
	Portal   store.PortalID // 0: the provider's own interface
	Path     string         // of the door, such as /portal/acme
	Names    []string       // words a password must not be made of
	Sender   string         // whose name letters bear
}

// Kind is who may come in through the door: staff or client.
func (w Where) Kind() string {
	if w.Portal == 0 {
		return "staff"
	}
	return "client"
}

var noSuch = fault.New(fault.Invalid, "This e-mail address and password do not match an account here. Check both, or ask for a new password.")

// SignIn checks a password and opens a session; token goes into the cookie. Where
// a second factor is due it is one of kind secret.Factor, which opens nothing
// but the next step (Factor).
// An unknown address, a wrong password, a disabled account and one of another
// door answer alike and take as long (S27). Too many attempts are Limited.
func (d *Desk) SignIn(ctx context.Context, at Where, login, password string, from store.Origin) (token string, err error) {
	y := d.db.System("sign-in", from)
	a, err := y.Account(ctx, at.Provider, login)
	if err != nil && fault.Of(err) != fault.NotFound {
		return "", err
	}
	limits := signInLimits(at, a, login, from)
	if err := y.Attempt(ctx, limits...); err != nil {
		return "", err
	}
	ok, rehash, err := secret.Verify(ctx, a.Password, password)
	if err != nil {
		return "", err
	}
	if ok {
		ok, err = mayEnter(ctx, y, at, a)
	}
	if err != nil || !ok {
		d.log.Warn("auth failed", "user", login, "ip", from.IP, "provider", at.Provider, "door", at.Path)
		return "", or(err, noSuch)
	}
	return d.open(ctx, y, at, a, password, rehash)
}

func or(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// signInLimits bound guesses per account, whatever the spelling, by address or
// by user name, and the number of browsers; and per network.
func signInLimits(at Where, a store.Account, login string, from store.Origin) []store.Throttle {
	account := "signin:" + itoa(int64(at.Provider)) + ":" + store.FoldEmail(login)
	if a.ID != 0 {
		account = "signin-id:" + itoa(int64(a.ID))
	}
	return []store.Throttle{
		{Key: clipKey(account), Most: 10, Window: 10 * time.Minute, Pause: 5 * time.Minute},
		{Key: "signin-ip:" + network(from.IP), Most: 100, Window: 10 * time.Minute, Pause: 5 * time.Minute},
	}
}

// mayEnter reports whether the account belongs to this door at all.
func mayEnter(ctx context.Context, y store.System, at Where, a store.Account) (bool, error) {
	if a.State != "active" || a.Kind != at.Kind() {
		return false, nil
	}
	if at.Portal == 0 {
		return true, nil
	}
	return y.IsMember(ctx, at.Portal, a.ID)
}

func (d *Desk) open(ctx context.Context, y store.System, at Where, a store.Account, password string, rehash bool) (token string, err error) {
	phc := ""
	if rehash {
		var err error
		if phc, err = secret.Hash(ctx, password); err != nil {
			return "", err
		}
	}
	err = y.Update(ctx, func(y store.System) error {
		if phc != "" {
			if err := y.Rehash(ctx, a.ID, phc); err != nil {
				return err
			}
		}
		token, err = d.admit(ctx, y, at, a)
		return err
	})
	return token, err
}

// admit opens a session for somebody who has proved to be a, and forgets the
// wrong guesses; or the step before it, where a second factor is due.
func (d *Desk) admit(ctx context.Context, y store.System, at Where, a store.Account) (token string, err error) {
	rules, err := y.SignInRules(ctx, a.Provider)
	if err != nil {
		return "", err
	}
	if a.Factor || rules.Asks(a.Kind) {
		token, hash := secret.NewToken(d.db.Rand(), secret.Factor)
		_, err = y.AddLink(ctx, a, store.NewLink{Portal: at.Portal, Kind: secret.Factor, Hash: hash, Life: store.FactorLife, Beside: true})
		return token, err
	}
	if err := y.Forgive(ctx, signInLimits(at, a, a.Email, store.Origin{})[0].Key); err != nil {
		return "", err
	}
	token, hash := secret.NewToken(d.db.Rand(), secret.Session)
	return token, y.StartSession(ctx, a, at.Portal, hash)
}

// ResetPassword sets a new password over a reset link. All sessions of the
// person end; it signs in with the new password afterwards.
func (d *Desk) ResetPassword(ctx context.Context, at Where, kind, token, password string, from store.Origin) error {
	hash, err := secret.HashToken(token, kind)
	if err != nil {
		return err
	}
	y := d.db.System("password reset", from)
	a, err := linkAt(ctx, y, at, kind, hash)
	if err != nil {
		return err
	}
	if err := d.checkPassword(ctx, y, at, password, a.Name, a.Email); err != nil {
		return err
	}
	phc, err := secret.Hash(ctx, password)
	if err != nil {
		return err
	}
	return y.Update(ctx, func(y store.System) error {
		if _, a, err = y.UseToken(ctx, at.Provider, kind, hash, phc); err != nil {
			return err
		}
		return d.tellPassword(ctx, y, at, a, from)
	})
}

// tellPassword writes to somebody whose password was changed just now.
func (d *Desk) tellPassword(ctx context.Context, y store.System, at Where, a store.Account, from store.Origin) error {
	link, err := d.link(ctx, at.Path+"/forgot")
	if err != nil {
		return err
	}
	_, err = d.postFor(ctx, y, a.Provider, mailtext.PasswordChanged{At: y.Now(), Where: from.IP, Link: link}, a, store.Draft{FromName: at.Sender, Portal: at.Portal})
	return err
}

// checkPassword holds a password against the rules of a provider.
func (d *Desk) checkPassword(ctx context.Context, y store.System, at Where, password string, own ...string) error {
	rules, err := y.SignInRules(ctx, at.Provider)
	if err != nil {
		return err
	}
	return checkPassword(rules.Least, password, at.Names, own...)
}

// checkPassword holds a password against the policy; what is wrong with it is
// said at the field "password".
func checkPassword(least int, password string, names []string, own ...string) error {
	words := append([]string{"gatehouse"}, names...)
	err := secret.Check(password, secret.Policy{MinLength: least, Own: append(words, own...)})
	if err != nil && fault.Of(err) == fault.Invalid && fault.Fields(err) == nil {
		return fault.Field("password", "%s", fault.Says(err))
	}
	return err
}

// Own is whoever changes its own password: staff and clients alike.
type Own interface {
	PasswordHash(ctx context.Context) (string, error)
	SetPassword(ctx context.Context, phc string, keep store.SessionID, tell store.Tell) error
	Session() store.SessionID
	Me() store.Person
}

// ChangePassword sets the person's own password after checking the current
// one, ends all its other sessions, and writes to it.
func (d *Desk) ChangePassword(ctx context.Context, at Where, who Own, current, password string, from store.Origin) error {
	if err := d.proveSelf(ctx, who, current, from); err != nil {
		return err
	}
	y := d.db.System("password change", from)
	if err := d.checkPassword(ctx, y, at, password, who.Me().Name, who.Me().Email); err != nil {
		return err
	}
	phc, err := secret.Hash(ctx, password)
	if err != nil {
		return err
	}
	return who.SetPassword(ctx, phc, who.Session(), func(y store.System, a store.Account) error { return d.tellPassword(ctx, y, at, a, from) })
}

// proveSelf checks the current password of somebody signed in, before what a
// borrowed browser must not do.
func (d *Desk) proveSelf(ctx context.Context, who Own, current string, from store.Origin) error {
	y := d.db.System("password", from)
	if err := y.Attempt(ctx, store.Throttle{Key: "own:" + itoa(int64(who.Me().ID)), Most: 10, Window: 10 * time.Minute, Pause: 5 * time.Minute}); err != nil {
		return err
	}
	was, err := who.PasswordHash(ctx)
	if err != nil {
		return err
	}
	ok, _, err := secret.Verify(ctx, was, current)
	if err != nil {
		return err
	}
	if !ok {
		return fault.Field("current", "This is not your current password.")
	}
	return nil
}

// network is what one subscriber has: an IPv4 address, or the first half of an
// IPv6 address, of which everybody has as many as they like.
func network(ip string) string {
	a, err := netip.ParseAddr(ip)
	if err != nil || a.Is4() {
		return ip
	}
	p, err := a.WithZone("").Prefix(64)
	if err != nil {
		return ip
	}
	return p.String()
}

func clipKey(key string) string {
	if len(key) > 300 {
		key = key[:300]
	}
	return strings.ReplaceAll(strings.ToValidUTF8(key, ""), "\x00", "")
}
