package store

import (
	"context"
	"strings"
	"time"

	"gatehouse/store/fault"
)

// EmailChangeLife is how long a new address may take to be confirmed.
const EmailChangeLife = 24 * time.Hour

// EmailChangeID tells one change of an address from another.
type EmailChangeID int64

// EmailChange is a new address that does not count yet: somebody has to enter
// the code that was sent there. Until then the old one does (rows 92–94).
type EmailChange struct {
	ID        EmailChangeID
	User      UserID
	Old, New  string
	ByID      UserID // 0: the appliance's operator
	By        string
	StartedAt time.Time
	ExpiresAt time.Time
}

const emailChangeColumns = `x.id, x.user_id, x.old_email, x.new_email, x.by_id, x.by_name, x.started_at, x.expires_at`

func (e *EmailChange) row(r *row) {
	e.ID, e.User, e.Old, e.New, e.ByID, e.By = EmailChangeID(r.int()), UserID(r.int()), r.str(), r.str(), UserID(r.int()), r.str()
	e.StartedAt, e.ExpiresAt = r.unix(), r.unix()
}

// NewEmailChange is what it takes to ask for a new address: hashes of the link
// and the code that go there, and of the link by which the old one stops it.
type NewEmailChange struct {
	Email            string
	Portal           PortalID // where the links lead; 0: the provider's own interface
	Link, Code, Stop []byte
}

// TellEmail writes the letters of a change, in the transaction that makes it.
type TellEmail func(y System, e EmailChange, a Account, link, stop TokenID) error

// ErrOwnerEmail says that an owner's address is changed by the operator alone
// (row 95).
var ErrOwnerEmail = fault.New(fault.Forbidden, "The owner's e-mail address is changed by whoever runs this appliance.")

// EmailChange reads the new address of somebody that waits to be confirmed;
// NotFound when none does.
func (s scope) EmailChange(ctx context.Context, user UserID) (EmailChange, error) {
	return one(ctx, s, "pending e-mail change", (*EmailChange).row, `SELECT `+emailChangeColumns+` FROM {email_changes} x JOIN {users} u ON u.id = x.user_id
		WHERE x.user_id = :of AND x.ended_at IS NULL AND x.expires_at > :now`, p(":of", user))
}

// PendingEmails reads every new address that waits to be confirmed, by person.
func (s Staff) PendingEmails(ctx context.Context) (map[UserID]EmailChange, error) {
	all, err := list(ctx, s.scope, (*EmailChange).row, `SELECT `+emailChangeColumns+` FROM {email_changes} x JOIN {users} u ON u.id = x.user_id
		WHERE x.ended_at IS NULL AND x.expires_at > :now ORDER BY x.id LIMIT 1000`)
	out := make(map[UserID]EmailChange, len(all))
	for _, e := range all {
		out[e.User] = e
	}
	return out, err
}

// Account reads an account that the scope sees: a client its own alone.
func (s scope) Account(ctx context.Context, user UserID) (Account, error) {
	return one(ctx, s, "person", (*Account).row, `SELECT `+accountColumns+` FROM {users} u JOIN providers p ON p.id = u.provider_id WHERE u.id = :of`, p(":of", user))
}

// emailOf reads an account whose address the scope may change, and the verb
// for it.
func (s scope) emailOf(ctx context.Context, user UserID, operator bool) (Account, Verb, error) {
	a, err := s.Account(ctx, user)
	if err != nil {
		return a, "", err
	}
	v := UserEmail
	switch {
	case a.ID == s.user:
		v = ProfileEmail
	case a.Kind == "client":
		v = ClientEmail
	}
	if err := s.Can(v); err != nil {
		return a, v, err
	}
	if a.Owner && !operator {
		return a, v, ErrOwnerEmail
	}
	if v == UserEmail { // whoever has the address has the account
		_, err = s.above(ctx, user)
	}
	return a, v, err
}

// StartEmailChange asks for a new address of a person, of oneself included.
// Nothing changes until ConfirmEmail; an earlier change that waits is replaced.
// Of an account that is not activated nobody has proved the old address, so it
// is a Conflict: see CorrectEmail.
func (s scope) StartEmailChange(ctx context.Context, user UserID, n NewEmailChange, tell TellEmail) (e EmailChange, err error) {
	err = s.update(ctx, func(s scope) error {
		a, v, err := s.emailOf(ctx, user, false)
		if err != nil {
			return err
		}
		e, err = s.startEmail(ctx, v, a, n, tell)
		return err
	})
	return e, err
}

func (s scope) startEmail(ctx context.Context, v Verb, a Account, n NewEmailChange, tell TellEmail) (EmailChange, error) {
	n.Email = strings.TrimSpace(n.Email)
	if a.State != "active" {
		return EmailChange{}, fault.New(fault.Conflict, "This account is not active. Its e-mail address cannot be changed at the moment.")
	}
	y := s.system()
	if err := y.checkNewEmail(ctx, a, n.Email); err != nil {
		return EmailChange{}, err
	}
	link, err := y.AddLink(ctx, a, NewLink{Portal: n.Portal, Kind: "eml", Hash: n.Link, Code: n.Code, Life: EmailChangeLife})
	if err != nil {
		return EmailChange{}, err
	}
	stop, err := y.AddLink(ctx, a, NewLink{Portal: n.Portal, Kind: "obj", Hash: n.Stop, Life: EmailChangeLife})
	if err != nil {
		return EmailChange{}, err
	}
	if err := y.endEmailChange(ctx, a, "replaced"); err != nil {
		return EmailChange{}, err
	}
	if _, err := s.write(ctx, v, `INSERT INTO <email_changes> (provider_id, user_id, old_email, new_email, new_key, by_id, by_name, started_at, expires_at)
		VALUES (:provider, :of, :old, :new, :key, :user, :by, :now, :until)`, p(":of", a.ID), p(":old", a.Email), p(":new", n.Email), p(":key", FoldEmail(n.Email)),
		p(":by", s.actor), p(":until", s.Now().Add(EmailChangeLife))); err != nil {
		return EmailChange{}, err
	}
	if err := s.log(ctx, Line{Verb: v, ID: int64(a.ID), Label: a.Name, Note: map[string]any{"pending": n.Email}}); err != nil {
		return EmailChange{}, err
	}
	e, err := y.pendingEmail(ctx, a)
	if err != nil || tell == nil {
		return e, err
	}
	return e, tell(y, e, a, link, stop)
}

// system speaks for the appliance in the scope's own transaction and name.
func (s scope) system() System {
	return System{db: s.db, conn: s.conn, at: s.at, why: s.actor, from: s.from}
}

// checkNewEmail says what is wrong with a new address, at the field email.
func (y System) checkNewEmail(ctx context.Context, a Account, email string) error {
	if err := CheckEmail(email); err != nil {
		return fault.Field("email", "%s", fault.Says(err))
	}
	if email == a.Email {
		return fault.Field("email", "This is the address already.")
	}
	taken, err := y.emailTaken(ctx, a, email)
	if err == nil && taken {
		err = fault.Field("email", "This address belongs to somebody else here already. Use another one.")
	}
	return err
}

func (y System) emailTaken(ctx context.Context, a Account, email string) (bool, error) {
	n, err := sysOne(ctx, y, "address", intoInt, `SELECT count(*) FROM users u WHERE u.provider_id = :provider AND u.email_key = :key AND u.id <> :of`,
		p(":provider", a.Provider), p(":key", FoldEmail(email)), p(":of", a.ID))
	return n > 0, err
}

func (y System) pendingEmail(ctx context.Context, a Account) (EmailChange, error) {
	return sysFirst(ctx, y, noEmailChange, (*EmailChange).row, `SELECT `+emailChangeColumns+` FROM email_changes x
		WHERE x.provider_id = :provider AND x.user_id = :of AND x.ended_at IS NULL AND x.expires_at > :now`, p(":provider", a.Provider), p(":of", a.ID), p(":now", y.Now()))
}

var noEmailChange = fault.New(fault.Conflict, "No change of the e-mail address is waiting any more. Whoever wants one can ask for it again.")

func (y System) endEmailChange(ctx context.Context, a Account, outcome string) error {
	_, _, err := y.run(ctx, `UPDATE email_changes SET ended_at = :now, outcome = :outcome WHERE provider_id = :provider AND user_id = :of AND ended_at IS NULL`,
		p(":now", y.Now()), p(":outcome", outcome), p(":provider", a.Provider), p(":of", a.ID))
	return err
}

// RenewEmailChange makes a new link and a new code for a change that waits; the
// ones before are void. The link of the old address goes on working.
func (s scope) RenewEmailChange(ctx context.Context, user UserID, n NewEmailChange, tell TellEmail) (e EmailChange, err error) {
	err = s.update(ctx, func(s scope) error {
		a, v, err := s.emailOf(ctx, user, false)
		if err != nil {
			return err
		}
		e, err = s.renewEmail(ctx, v, a, n, tell)
		return err
	})
	return e, err
}

func (s scope) renewEmail(ctx context.Context, v Verb, a Account, n NewEmailChange, tell TellEmail) (EmailChange, error) {
	y := s.system()
	if _, err := y.pendingEmail(ctx, a); err != nil {
		return EmailChange{}, err
	}
	link, err := y.AddLink(ctx, a, NewLink{Portal: n.Portal, Kind: "eml", Hash: n.Link, Code: n.Code, Life: EmailChangeLife})
	if err != nil {
		return EmailChange{}, err
	}
	until := []arg{p(":until", y.Now().Add(EmailChangeLife)), p(":provider", a.Provider), p(":of", a.ID)}
	for _, text := range []string{`UPDATE email_changes SET expires_at = :until WHERE provider_id = :provider AND user_id = :of AND ended_at IS NULL`,
		`UPDATE user_tokens SET expires_at = :until WHERE provider_id = :provider AND user_id = :of AND kind = 'obj' AND used_at IS NULL AND superseded_at IS NULL`} {
		if _, _, err := y.run(ctx, text, until...); err != nil {
			return EmailChange{}, err
		}
	}
	e, err := y.pendingEmail(ctx, a)
	if err != nil {
		return e, err
	}
	if err := s.log(ctx, Line{Verb: v, ID: int64(a.ID), Label: a.Name, Note: map[string]any{"pending": e.New, "again": true}}); err != nil || tell == nil {
		return e, err
	}
	return e, tell(y, e, a, link, 0)
}

// CancelEmailChange gives a change up: the old address stays.
func (s scope) CancelEmailChange(ctx context.Context, user UserID) error {
	return s.update(ctx, func(s scope) error {
		a, v, err := s.emailOf(ctx, user, true) // to stop a change is never wrong
		if err != nil {
			return err
		}
		return s.cancelEmail(ctx, v, a)
	})
}

func (s scope) cancelEmail(ctx context.Context, v Verb, a Account) error {
	y := s.system()
	e, err := y.pendingEmail(ctx, a)
	if err != nil {
		return err
	}
	if err := y.dropEmailChange(ctx, a, "cancelled"); err != nil {
		return err
	}
	return s.log(ctx, Line{Verb: v, ID: int64(a.ID), Label: a.Name, Note: map[string]any{"cancelled": e.New}})
}

// dropEmailChange ends a change with its links and the letters that hold them.
func (y System) dropEmailChange(ctx context.Context, a Account, outcome string) error {
	if err := y.endEmailChange(ctx, a, outcome); err != nil {
		return err
	}
	for _, kind := range []string{"eml", "obj"} {
		if err := y.voidKind(ctx, a, kind); err != nil {
			return err
		}
	}
	return y.dropSpent(ctx, a.Provider, a.ID)
}
