package desk

import (
	"context"
	"encoding/hex"
	"strings"
	"time"

	"gatehouse/app/mailtext"
	"gatehouse/app/secret"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// Guest reads the invitation behind a link of the portal at, without using it.
// With an error the link is dead; the Guest then says who could send another.
func (d *Desk) Guest(ctx context.Context, at Where, token string, from store.Origin) (store.Guest, error) {
	hash, err := secret.HashToken(token, secret.Invitation)
	if err != nil {
		return store.Guest{}, err
	}
	return d.db.System("invitation", from).Guest(ctx, at.Portal, hash)
}

// ContinueInvitation notes that a person went on from the first page of an
// invitation. Programs that only look at links do not come here.
func (d *Desk) ContinueInvitation(ctx context.Context, at Where, token string, from store.Origin) error {
	hash, err := secret.HashToken(token, secret.Invitation)
	if err != nil {
		return err
	}
	return d.db.System("invitation", from).OpenInvitation(ctx, at.Portal, hash)
}

// Joining is what somebody types who takes up an invitation, or activates an
// account.
type Joining struct {
	Name, Email, Password string
	Phone, Username       string // the user name only where the provider asks for it
	Accepted              bool   // the box under the terms
	Terms                 int64  // the version that stood there
}

// Register takes up an invitation: a new sign-in, or an existing one of the
// same provider proved by its password, becomes a member, and is signed in.
// Everything wrong with the entries is said at once, at the fields.
func (d *Desk) Register(ctx context.Context, at Where, token string, in Joining, from store.Origin) (session string, out store.Accepted, err error) {
	hash, err := secret.HashToken(token, secret.Invitation)
	if err != nil {
		return "", out, err
	}
	y := d.db.System("registration", from)
	if err := y.Attempt(ctx, joinLimits(hash, from)...); err != nil {
		return "", out, err
	}
	g, err := y.Guest(ctx, at.Portal, hash)
	if err != nil {
		return "", out, err
	}
	if g.Email != "" {
		in.Email = g.Email
	}
	r, err := d.registration(ctx, y, at, in, from)
	if err != nil {
		return "", out, err
	}
	err = y.Update(ctx, func(y store.System) error {
		if out, err = y.Accept(ctx, at.Portal, hash, r); err != nil {
			return err
		}
		if err := d.tellInviter(ctx, y, out); err != nil {
			return err
		}
		session, err = d.admit(ctx, y, at, out.Account)
		return err
	})
	return session, out, err
}

// joinLimits bound attempts per link and per address.
func joinLimits(hash []byte, from store.Origin) []store.Throttle {
	return []store.Throttle{
		{Key: "join:" + hex.EncodeToString(hash[:12]), Most: 20, Window: 10 * time.Minute, Pause: 5 * time.Minute},
		{Key: "join-ip:" + network(from.IP), Most: 60, Window: 10 * time.Minute, Pause: 5 * time.Minute},
	}
}

// registration checks what was typed and does the slow part, hashing, before
// anything waits for it.
func (d *Desk) registration(ctx context.Context, y store.System, at Where, in Joining, from store.Origin) (store.Registration, error) {
	r := store.Registration{Name: strings.TrimSpace(in.Name), Email: strings.TrimSpace(in.Email), Terms: in.Terms, Phone: in.Phone, Username: in.Username}
	bad := fault.Problems{}
	checkTerms(&bad, in)
	if err := store.CheckEmail(r.Email); err != nil {
		bad.Add("email", "%s", fault.Says(err))
		if err := d.checkJoining(ctx, y, &bad, at, 0, in, r.Email); err != nil {
			return r, err
		}
		return r, bad.Err()
	}
	a, err := y.Account(ctx, at.Provider, r.Email)
	switch {
	case fault.Of(err) == fault.NotFound:
		if err := d.checkJoining(ctx, y, &bad, at, 0, in, r.Email); err != nil {
			return r, err
		}
		if len(bad) == 0 {
			r.Password, err = secret.Hash(ctx, in.Password)
			return r, err
		}
	case err != nil:
		return r, err
	case a.Kind != "client":
		bad.Add("email", "%s", fault.Says(store.StaffAddress()))
	default:
		if r.Proved, err = prove(ctx, y, at, a, in.Password, from); err != nil && fault.Of(err) != fault.Invalid {
			return r, err
		}
		if err != nil {
			bad.Add("password", "%s", fault.Says(err))
		}
	}
	return r, bad.Err()
}

func checkTerms(bad *fault.Problems, in Joining) {
	if !in.Accepted {
		bad.Add("terms", "Tick the box if you accept the terms. Without them nobody can enter.")
	}
}

// checkJoining holds the names and the password of somebody new to the rules;
// who is 0 for one who has no account yet.
func (d *Desk) checkJoining(ctx context.Context, y store.System, bad *fault.Problems, at Where, who store.UserID, in Joining, email string) error {
	if strings.TrimSpace(in.Name) == "" {
		bad.Add("name", "Give your name.")
	}
	if _, err := y.ChosenUsername(ctx, at.Provider, who, in.Username); fault.Of(err) == fault.Invalid {
		bad.Add("username", "%s", fault.Fields(err)["username"])
	} else if err != nil {
		return err
	}
	err := d.checkPassword(ctx, y, at, in.Password, in.Name, email)
	if fault.Of(err) == fault.Invalid {
		bad.Add("password", "%s", fault.Says(err))
		return nil
	}
	return err
}

// prove checks the password of a sign-in that exists already; it returns the
// hash that was proved.
func prove(ctx context.Context, y store.System, at Where, a store.Account, password string, from store.Origin) (string, error) {
	if err := y.Attempt(ctx, signInLimits(at, a, a.Email, from)...); err != nil {
		return "", err
	}
	ok, _, err := secret.Verify(ctx, a.Password, password)
	if err != nil {
		return "", err
	}
	if !ok {
		return "", fault.New(fault.Invalid, "There is already a sign-in with this address. Enter its password to add this portal to it.")
	}
	return a.Password, nil
}

// tellInviter writes to whoever invited, that somebody came.
func (d *Desk) tellInviter(ctx context.Context, y store.System, got store.Accepted) error {
	to := got.InvitedBy
	if to.State != "active" || to.Kind != "staff" {
		return nil
	}
	s, err := y.Provider(ctx, got.Provider)
	if err != nil {
		return err
	}
	o, err := s.Portal(ctx, got.Portal)
	if err != nil {
		return err
	}
	link, err := d.portalPage(ctx, s, got.Customer)
	if err != nil {
		return err
	}
	_, err = d.post(ctx, s, mailtext.InvitationAccepted{Who: got.Account.Name, Email: got.Account.Email, Customer: o.CustomerName, Portal: o.Name,
		Joins: got.Role != "admin", At: got.At, Link: link}, to, store.Draft{Link: link})
	return err
}

// portalPage is the address of a customer's portal in the provider's interface.
func (d *Desk) portalPage(ctx context.Context, s store.Staff, of store.CustomerID) (string, error) {
	return d.link(ctx, "/admin/"+s.Home().Slug+"/customers/"+itoa(int64(of))+"/portal")
}

// AskForLink tells whoever invited that the holder of a dead link wants a new
// one. Asking again the same day is Limited.
func (d *Desk) AskForLink(ctx context.Context, at Where, token string, from store.Origin) error {
	hash, err := secret.HashToken(token, secret.Invitation)
	if err != nil {
		return err
	}
	y := d.db.System("a new link", from)
	if _, err := y.Guest(ctx, at.Portal, hash); !conflict(err) {
		return or(err, fault.New(fault.Conflict, "This link still works. You can simply go on with it."))
	}
	if err := y.Attempt(ctx, store.Throttle{Key: "ask:" + hex.EncodeToString(hash[:12]), Most: 2, Window: 24 * time.Hour, Pause: 24 * time.Hour},
		store.Throttle{Key: "ask-ip:" + network(from.IP), Most: 20, Window: time.Hour, Pause: time.Hour}); err != nil {
		return err
	}
	return y.Update(ctx, func(y store.System) error {
		g, err := y.AskForLink(ctx, at.Portal, hash)
		if err != nil {
			return err
		}
		return d.tellAsked(ctx, y, g)
	})
}

func (d *Desk) tellAsked(ctx context.Context, y store.System, g store.Guest) error {
	s, err := y.Provider(ctx, g.Provider)
	if err != nil {
		return err
	}
	to := g.InvitedBy
	if to.State != "active" || to.Kind != "staff" {
		if to, err = y.ProviderAdmin(ctx, g.Provider); err != nil {
			return err
		}
	}
	c, err := s.Customer(ctx, g.Customer)
	if err != nil {
		return err
	}
	link, err := d.portalPage(ctx, s, g.Customer)
	if err != nil {
		return err
	}
	_, err = d.post(ctx, s, mailtext.LinkAsked{Email: g.Email, Name: g.Name, Customer: c.Name, At: s.Now(), Link: link}, to, store.Draft{Link: link})
	return err
}

// conflict reports whether err says that a link is not what it was.
func conflict(err error) bool { return fault.Of(err) == fault.Conflict }
