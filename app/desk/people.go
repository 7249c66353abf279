package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"gatehouse/app/mailtext"
	"gatehouse/app/secret"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// InvitePerson adds one of the provider's own people and writes the letter by
// which it activates the account. The same form sent twice invites once.
func (d *Desk) InvitePerson(ctx context.Context, s store.Staff, once string, n store.NewPerson) (store.UserID, error) {
	if err := s.Can(store.UserInvite); err != nil {
		return 0, err
	}
	id, err := s.Once(ctx, once, func(s store.Staff) (int64, error) {
		if store.CheckEmail(n.Email) == nil {
			if err := d.allowMail(ctx, s, n.Email); err != nil {
				return 0, err
			}
		}
		id, err := s.AddPerson(ctx, n)
		if err != nil {
			return 0, err
		}
		a, err := s.UserAccount(ctx, id)
		if err != nil {
			return 0, err
		}
		return int64(id), d.activationOf(ctx, s, a, Where{Provider: a.Provider, Path: "/admin/" + s.Home().Slug}, false)
	})
	return store.UserID(id), err
}

// activationOf writes the letter with which a person activates its account, in
// the name of who asked for it and in the running transaction.
func (d *Desk) activationOf(ctx context.Context, s store.Staff, a store.Account, at Where, again bool) error {
	token, hash := secret.NewToken(d.db.Rand(), secret.Activation)
	y := d.db.System("activation", store.Origin{}).Within(s)
	id, err := y.AddToken(ctx, a, at.Portal, secret.Activation, hash, store.ActivationLife)
	if err != nil {
		return err
	}
	link, err := d.link(ctx, at.Path+"/activate/"+token)
	if err != nil {
		return err
	}
	m := mailtext.Activation{InvitedBy: s.Me().Name, Username: a.Email, Link: link, Life: mailtext.Life{For: store.ActivationLife, Until: y.Now().Add(store.ActivationLife)}, Again: again}
	if at.Portal != 0 {
		m.Portal = at.Sender
	}
	_, err = d.post(ctx, s, m, a, store.Draft{Link: link, Portal: at.Portal, Token: id})
	return err
}

// SendPersonLink sends a person the one link that fits: the activation link
// while it is pending, else the one for a new password. Earlier ones are void.
// It says which one it was. Staff and clients alike.
func (d *Desk) SendPersonLink(ctx context.Context, s store.Staff, id store.UserID, from store.Origin) (activation bool, err error) {
	if err := s.Can(store.UserLink); err != nil { // who may not, is not counted either
		return false, err
	}
	u, err := s.User(ctx, id)
	if err != nil {
		return false, err
	}
	if err := d.db.System("letter", from).Attempt(ctx, store.Throttle{Key: "link-for:" + itoa(int64(id)), Most: 5, Window: time.Hour, Pause: time.Hour}); err != nil {
		return false, err
	}
	at, err := d.doorOf(ctx, s, u)
	if err != nil {
		return false, err
	}
	err = s.Update(ctx, func(s store.Staff) error {
		a, pending, err := s.AskLink(ctx, id)
		if err != nil {
			return err
		}
		if activation = pending; pending {
			return d.activationOf(ctx, s, a, at, true)
		}
		return d.sendReset(ctx, d.db.System("password reset", from).Within(s), at, a, store.Origin{})
	})
	return activation, err
}

// doorOf is where a person goes in: the provider's own interface, or for a
// client the first of its portals.
func (d *Desk) doorOf(ctx context.Context, s store.Staff, u store.User) (Where, error) {
	if u.Kind == "staff" {
		return Where{Provider: s.Home().ID, Path: "/admin/" + s.Home().Slug, Sender: s.Home().Name}, nil
	}
	all, err := s.Memberships(ctx, u.ID)
	if err != nil {
		return Where{}, err
	}
	for _, m := range all {
		o, err := s.Portal(ctx, m.Portal)
		if err != nil {
			return Where{}, err
		}
		if m.State != "disabled" && (o.State == store.PortalActive || o.State == store.PortalPending) {
			return Where{Provider: s.Home().ID, Portal: o.ID, Path: "/portal/" + o.Slug, Sender: o.Name}, nil
		}
	}
	return Where{}, fault.New(fault.Conflict, "This person is in no portal that is open. Add a customer first, or resume the portal.")
}

// DisablePerson switches an account off and tells the person.
func (d *Desk) DisablePerson(ctx context.Context, s store.Staff, id store.UserID) error {
	return s.Update(ctx, func(s store.Staff) error {
		a, err := s.UserAccount(ctx, id)
		if err != nil {
			return err
		}
		if err := s.DisableUser(ctx, id); err != nil || a.State != "active" {
			return err
		}
		_, err = d.post(ctx, s, mailtext.AccountDisabled{At: s.Now()}, a, store.Draft{})
		return err
	})
}

// RenamePerson changes the name somebody signs in with, and tells them.
func (d *Desk) RenamePerson(ctx context.Context, s store.Staff, id store.UserID, username string) error {
	return s.Update(ctx, func(s store.Staff) error {
		was, err := s.User(ctx, id)
		if err != nil {
			return err
		}
		if err := s.SetUsername(ctx, id, username); err != nil {
			return err
		}
		now, err := s.User(ctx, id)
		if err != nil || now.Username == was.Username || now.State != "active" {
			return err
		}
		a, err := s.UserAccount(ctx, id)
		if err != nil {
			return err
		}
		at, err := d.doorOf(ctx, s, now)
		if err != nil && fault.Of(err) != fault.Conflict {
			return err
		}
		link, err := d.link(ctx, at.Path)
		if err != nil {
			return err
		}
		_, err = d.post(ctx, s, mailtext.UsernameChanged{By: s.Me().Name, Old: was.Username, New: now.Username, Email: now.Email, At: s.Now(), Link: link}, a, store.Draft{Portal: at.Portal})
		return err
	})
}

// Skipped is a line of a bulk invitation that invited nobody, and why.
type Skipped struct {
	Line  int
	Who   string
	Field string
	Why   string
}

// Invited is what became of a bulk invitation.
type Invited struct {
	People  []string
	Skipped []Skipped
}

// InvitePeople invites the people of a file's rows, each for itself: one that
// cannot be invited is skipped with the reason. A form sent twice, or again
// after it was cut short, invites nobody twice and says the same.
func (d *Desk) InvitePeople(ctx context.Context, s store.Staff, once string, rows []PersonRow) (out Invited, err error) {
	for _, r := range rows {
		if r.Problem == "" {
			_, err := d.InvitePerson(ctx, s, r.once(once), r.Person)
			if err == nil {
				out.People = append(out.People, r.Person.Email)
				continue
			}
			f, ok := errors.AsType[*fault.Fault](err)
			if !ok || f.Kind == fault.Internal {
				return out, err
			}
			r.Problem = firstProblem(f)
			if f.Kind == fault.Limited { // nobody after this one would fare better
				return out.rest(rows, r), nil
			}
		}
		out.Skipped = append(out.Skipped, Skipped{Line: r.Line, Who: r.who(), Why: r.Problem})
	}
	return out, nil
}

// once is the key of one row of a form that was drawn with key: another file
// sent with the same form is not taken for this one.
func (r PersonRow) once(key string) string {
	if key == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(itoa(int64(r.Line)) + " " + store.FoldEmail(r.Person.Email)))
	return key + ":" + hex.EncodeToString(sum[:12])
}

// rest skips all rows from one on, for its reason.
func (o Invited) rest(rows []PersonRow, from PersonRow) Invited {
	for _, r := range rows {
		if r.Line >= from.Line {
			o.Skipped = append(o.Skipped, Skipped{Line: r.Line, Who: r.who(), Why: from.Problem})
		}
	}
	return o
}

// firstProblem is the sentence about the field that a person would mend first.
func firstProblem(f *fault.Fault) string {
	for _, name := range []string{"email", "name", "role", "groups", "phone", "employee_no", "username", "rights"} {
		if says := f.Fields[name]; says != "" {
			return says
		}
	}
	return f.Says
}
