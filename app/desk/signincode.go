package desk

import (
	"context"
	"time"

	"gatehouse/app/mailtext"
	"gatehouse/app/secret"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// signInLife is how long a letter that signs in works, link and code.
const signInLife = 10 * time.Minute

// codedLink makes a one-time link with a code beside it.
func (d *Desk) codedLink(kind string, portal store.PortalID, life time.Duration) (n store.NewLink, token, code string, err error) {
	n = store.NewLink{Portal: portal, Kind: kind, Life: life}
	token, n.Hash = secret.NewToken(d.db.Rand(), kind)
	code = secret.NewCode(d.db.Rand())
	n.Code, err = secret.HashCode(code, n.Hash)
	return n, token, code, err
}

// MailOn reports whether letters leave at all: without them nobody can be sent
// a code.
func (d *Desk) MailOn(ctx context.Context) (bool, error) {
	host, err := d.db.System("mail", store.Origin{}).Setting(ctx, store.SetMailHost)
	return host != "", err
}

// AskSignInCode sends somebody a letter with which to sign in without a
// password. The answer is the same, and takes as long, for addresses nobody
// has here.
func (d *Desk) AskSignInCode(ctx context.Context, at Where, login string, from store.Origin) error {
	on, err := d.MailOn(ctx)
	if err != nil {
		return err
	}
	if !on {
		return fault.New(fault.Conflict, "Mail is off at the moment, so no code can be sent. Sign in with your password.")
	}
	defer evenly(ctx)()
	y := d.db.System("sign-in code", from)
	if err := y.Attempt(ctx, store.Throttle{Key: clipKey("ask-code:" + itoa(int64(at.Provider)) + ":" + store.FoldEmail(login)), Most: 5, Window: time.Hour, Pause: time.Hour},
		store.Throttle{Key: "ask-code-ip:" + network(from.IP), Most: 30, Window: time.Hour, Pause: time.Hour}); err != nil {
		return err
	}
	a, err := y.Account(ctx, at.Provider, login)
	if err != nil {
		if fault.Of(err) == fault.NotFound {
			return nil
		}
		return err
	}
	if ok, err := mayEnter(ctx, y, at, a); err != nil || !ok {
		return err
	}
	return d.sendSignIn(ctx, y, at, a, from)
}

func (d *Desk) sendSignIn(ctx context.Context, y store.System, at Where, a store.Account, from store.Origin) error {
	n, token, code, err := d.codedLink(secret.SignIn, at.Portal, signInLife)
	if err != nil {
		return err
	}
	base, err := d.link(ctx, at.Path)
	if err != nil {
		return err
	}
	link := base + "/sign-in/link/" + token
	return y.Update(ctx, func(y store.System) error {
		id, err := y.AddLink(ctx, a, n)
		if err != nil {
			return err
		}
		m := mailtext.SignInCode{At: y.Now(), Where: from.IP, Link: link, Code: code, CodePage: base + "/code", Life: mailtext.Life{For: signInLife, Until: y.Now().Add(signInLife)}}
		_, err = d.postFor(ctx, y, a.Provider, m, a, store.Draft{FromName: at.Sender, Link: link, Code: code, Portal: at.Portal, Token: id})
		return err
	})
}

// Entered is what a code from a letter led to: Kind is that of its link. With
// SignIn, Token goes into the cookie; with Activation and Reset it is that of a
// link to go on with; with EmailChange the new address counts.
type Entered struct {
	Kind, Token string
	Change      store.EmailChange
}

// EnterCode takes the six digits of any letter, typed on any device beside the
// address that the letter came to. An unknown address and a wrong code answer
// alike, at the field "code", and take as long.
func (d *Desk) EnterCode(ctx context.Context, at Where, login, code string, from store.Origin) (out Entered, err error) {
	defer evenly(ctx)()
	y := d.db.System("code", from)
	all, err := y.AccountByNewEmail(ctx, at.Provider, login)
	if err != nil {
		return out, err
	}
	a, err := y.Account(ctx, at.Provider, login)
	if err != nil && fault.Of(err) != fault.NotFound {
		return out, err
	}
	if err == nil {
		all = append([]store.Account{a}, all...)
	}
	m, err := d.checkCode(ctx, y, at, all, login, code, from, secret.Activation, secret.Reset, secret.SignIn, secret.EmailChange)
	if err != nil {
		return out, err
	}
	out.Kind = m.Kind
	switch m.Kind {
	case secret.EmailChange:
		out.Change, err = y.ConfirmEmail(ctx, m.account, m.ID)
	case secret.SignIn:
		out.Token, err = d.signInBy(ctx, y, at, m.account, m.ID)
	default:
		out.Token, err = d.exchange(ctx, y, at, m)
	}
	return out, err
}

// exchange turns a code into a link of the same kind, to go on with on this
// device. The code is spent, the link of the letter goes on working.
func (d *Desk) exchange(ctx context.Context, y store.System, at Where, m codeMatch) (token string, err error) {
	err = y.Update(ctx, func(y store.System) error {
		if err := y.SpendCode(ctx, m.ID); err != nil {
			return err
		}
		n := store.NewLink{Portal: at.Portal, Kind: m.Kind, Life: min(store.ResetLife, m.ExpiresAt.Sub(y.Now())), Beside: true}
		token, n.Hash = secret.NewToken(d.db.Rand(), m.Kind)
		_, err := y.AddLink(ctx, m.account, n)
		return err
	})
	return token, err
}

// signInBy signs in with a letter's link or code, which is spent.
func (d *Desk) signInBy(ctx context.Context, y store.System, at Where, a store.Account, link store.TokenID) (token string, err error) {
	if ok, err := mayEnter(ctx, y, at, a); err != nil || !ok {
		return "", or(err, notHere)
	}
	err = y.Update(ctx, func(y store.System) error {
		if err := y.SpendLink(ctx, link); err != nil {
			return err
		}
		if err := y.NoteSignIn(ctx, a); err != nil {
			return err
		}
		token, err = d.admit(ctx, y, at, a)
		return err
	})
	return token, err
}

// SigningIn reads whom a sign-in link is for, without using it.
func (d *Desk) SigningIn(ctx context.Context, at Where, token string, from store.Origin) (store.Account, error) {
	hash, err := secret.HashToken(token, secret.SignIn)
	if err != nil {
		return store.Account{}, err
	}
	return linkAt(ctx, d.db.System("sign-in link", from), at, secret.SignIn, hash)
}

// SignInLink signs in with a link from a letter, once.
func (d *Desk) SignInLink(ctx context.Context, at Where, token string, from store.Origin) (string, error) {
	if _, err := d.SigningIn(ctx, at, token, from); err != nil {
		return "", err
	}
	hash, err := secret.HashToken(token, secret.SignIn)
	if err != nil {
		return "", err
	}
	y := d.db.System("sign-in link", from)
	t, a, err := y.Token(ctx, at.Provider, secret.SignIn, hash)
	if err != nil {
		return "", err
	}
	return d.signInBy(ctx, y, at, a, t.ID)
}
