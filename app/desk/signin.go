package desk

import (
	"context"
	"net/netip"
	"strings"
	"time"

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

// kind is who may come in through the door.
func (w Where) kind() string {
	if w.Portal == 0 {
		return "staff"
	}
	return "client"
}

var noSuch = fault.New(fault.Invalid, "This e-mail address and password do not match an account here. Check both, or ask for a new password.")

// SignIn checks a password and opens a session; token goes into the cookie.
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
	return d.open(ctx, y, at, a, password, rehash, limits[0].Key)
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
	if a.State != "active" || a.Kind != at.kind() {
		return false, nil
	}
	if at.Portal == 0 {
		return true, nil
	}
	return y.IsMember(ctx, at.Portal, a.ID)
}

func (d *Desk) open(ctx context.Context, y store.System, at Where, a store.Account, password string, rehash bool, counter string) (string, error) {
	phc := ""
	if rehash {
		var err error
		if phc, err = secret.Hash(ctx, password); err != nil {
			return "", err
		}
	}
	token, hash := secret.NewToken(d.db.Rand(), secret.Session)
	err := y.Update(ctx, func(y store.System) error {
		if phc != "" {
			if err := y.Rehash(ctx, a.ID, phc); err != nil {
				return err
			}
		}
		if err := y.Forgive(ctx, counter); err != nil {
			return err
		}
		return y.StartSession(ctx, a, at.Portal, hash)
	})
	return token, err
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
	if err := checkPassword(password, at.Names, a.Name, a.Email); err != nil {
		return err
	}
	phc, err := secret.Hash(ctx, password)
	if err != nil {
		return err
	}
	_, _, err = y.UseToken(ctx, at.Provider, kind, hash, phc)
	return err
}

// checkPassword holds a password against the policy; what is wrong with it is
// said at the field "password".
func checkPassword(password string, names []string, own ...string) error {
	words := append([]string{"gatehouse"}, names...)
	err := secret.Check(password, secret.Policy{Own: append(words, own...)})
	if err != nil && fault.Of(err) == fault.Invalid && fault.Fields(err) == nil {
		return fault.Field("password", "%s", fault.Says(err))
	}
	return err
}

// Own is whoever changes its own password: staff and clients alike.
type Own interface {
	PasswordHash(ctx context.Context) (string, error)
	SetPassword(ctx context.Context, phc string, keep store.SessionID) error
	Session() store.SessionID
	Me() store.Person
}

// ChangePassword sets the person's own password after checking the current
// one, and ends all its other sessions.
func (d *Desk) ChangePassword(ctx context.Context, who Own, names []string, current, password string, from store.Origin) error {
	y := d.db.System("password change", from)
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
	if err := checkPassword(password, names, who.Me().Name, who.Me().Email); err != nil {
		return err
	}
	phc, err := secret.Hash(ctx, password)
	if err != nil {
		return err
	}
	return who.SetPassword(ctx, phc, who.Session())
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
