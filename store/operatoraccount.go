package store

import (
	"context"
	"strings"
	"time"

	"gatehouse/store/fault"
)

// OperatorAccount is what signing in needs to know of an operator.
type OperatorAccount struct {
	OperatorPerson
	Password string // PHC form; "" cannot sign in by password
}

// NewOperator is an operator about to exist.
type NewOperator struct {
	Email, Name string
	Password    string // PHC form
}

// Clean trims what was typed and reports all that is wrong with it.
func (n *NewOperator) Clean() error {
	var bad fault.Problems
	n.Name, n.Email = strings.TrimSpace(n.Name), strings.TrimSpace(n.Email)
	checkText(&bad, "name", n.Name, 200)
	if n.Name == "" {
		bad.Add("name", "Give a name.")
	}
	if err := CheckEmail(n.Email); err != nil {
		bad.Add("email", "%s", fault.Says(err))
	}
	return bad.Err()
}

// Operators lists who runs the appliance.
func (y System) Operators(ctx context.Context) ([]OperatorPerson, error) {
	return sysList(ctx, y, (*OperatorPerson).row, `SELECT `+operatorColumns+` FROM operators o ORDER BY o.id`)
}

// Operators lists who runs the appliance.
func (o Operator) Operators(ctx context.Context) ([]OperatorPerson, error) {
	if err := o.can(); err != nil {
		return nil, err
	}
	return o.sys.Operators(ctx)
}

// OperatorAccount finds an operator by address.
func (y System) OperatorAccount(ctx context.Context, email string) (OperatorAccount, error) {
	return sysOne(ctx, y, "operator", func(a *OperatorAccount, r *row) { a.OperatorPerson.row(r); a.Password = r.str() },
		`SELECT `+operatorColumns+`, o.password FROM operators o WHERE o.email = :email`, p(":email", strings.TrimSpace(email)))
}

// AddOperator adds somebody who runs the appliance. An address that is taken
// is a Conflict at the field email.
func (y System) AddOperator(ctx context.Context, n NewOperator) (id OperatorID, err error) {
	if err := n.Clean(); err != nil {
		return 0, err
	}
	err = y.Update(ctx, func(y System) error {
		i, _, err := y.run(ctx, `INSERT INTO operators (email, name, password, created_at) VALUES (:email, :name, :phc, :now) RETURNING id`,
			p(":email", n.Email), p(":name", n.Name), p(":phc", n.Password), p(":now", y.Now()))
		if err != nil {
			return err
		}
		id = OperatorID(i)
		return y.deed(ctx, "operator.add", "operator", i, n.Email, nil)
	})
	return id, err
}

// AddOperator adds somebody who runs the appliance.
func (o Operator) AddOperator(ctx context.Context, n NewOperator) (OperatorID, error) {
	if err := o.can(); err != nil {
		return 0, err
	}
	return o.sys.AddOperator(ctx, n)
}

// RemoveOperator takes the right to run the appliance from somebody, at once.
// Nobody removes themselves, so that one always stays.
func (o Operator) RemoveOperator(ctx context.Context, id OperatorID) error {
	if id == o.me.ID {
		return fault.New(fault.Conflict, "You cannot remove yourself. Ask another operator to do it.")
	}
	return o.Update(ctx, func(o Operator) error {
		who, err := sysOne(ctx, o.sys, "operator", (*OperatorPerson).row, `SELECT `+operatorColumns+` FROM operators o WHERE o.id = :id`, p(":id", id))
		if err != nil {
			return err
		}
		if _, _, err := o.sys.run(ctx, `DELETE FROM operators WHERE id = :id`, p(":id", id)); err != nil {
			return err
		}
		return o.log(ctx, "operator.remove", "operator", int64(id), who.Email, nil)
	})
}

// SetOperatorPassword stores a new hash and ends all of the operator's
// sessions.
func (y System) SetOperatorPassword(ctx context.Context, a OperatorAccount, phc string) error {
	return y.Update(ctx, func(y System) error {
		if err := y.setOperatorPassword(ctx, a.ID, phc, 0); err != nil {
			return err
		}
		return y.deed(ctx, "operator.password", "operator", int64(a.ID), a.Email, nil)
	})
}

func (y System) setOperatorPassword(ctx context.Context, id OperatorID, phc string, keep SessionID) error {
	if _, _, err := y.run(ctx, `UPDATE operators SET password = :phc WHERE id = :id`, p(":phc", phc), p(":id", id)); err != nil {
		return err
	}
	if _, _, err := y.run(ctx, `DELETE FROM operator_tokens WHERE operator_id = :id AND used_at IS NULL`, p(":id", id)); err != nil {
		return err
	}
	_, _, err := y.run(ctx, `DELETE FROM operator_sessions WHERE operator_id = :id AND id <> :keep`, p(":id", id), p(":keep", keep))
	return err
}

// RehashOperator stores a password hash of newer parameters; nothing else
// changes.
func (y System) RehashOperator(ctx context.Context, id OperatorID, phc string) error {
	_, _, err := y.run(ctx, `UPDATE operators SET password = :phc WHERE id = :id`, p(":phc", phc), p(":id", id))
	return err
}

// StartOperatorSession opens a session for an operator and says so in the log.
// Whoever has a second factor gets half a one, which opens nothing until the
// code was shown (PassOperatorFactor).
func (y System) StartOperatorSession(ctx context.Context, a OperatorAccount, hash []byte) error {
	return y.Update(ctx, func(y System) error {
		factor, err := sysOne(ctx, y, "operator", intoInt, `SELECT o.factor_at IS NOT NULL FROM operators o WHERE o.id = :id`, p(":id", a.ID))
		if err != nil {
			return err
		}
		if factor != 0 {
			return y.addOperatorSession(ctx, a, hash, true, FactorLife)
		}
		return y.openOperatorSession(ctx, a, hash)
	})
}

func (y System) openOperatorSession(ctx context.Context, a OperatorAccount, hash []byte) error {
	if err := y.addOperatorSession(ctx, a, hash, false, OperatorSession); err != nil {
		return err
	}
	if _, _, err := y.run(ctx, `UPDATE operators SET last_login_at = :now WHERE id = :id`, p(":now", y.Now()), p(":id", a.ID)); err != nil {
		return err
	}
	y.why = a.Name
	return y.deed(ctx, "operator.sign_in", "operator", int64(a.ID), a.Email, nil)
}

func (y System) addOperatorSession(ctx context.Context, a OperatorAccount, hash []byte, half bool, life time.Duration) error {
	_, _, err := y.run(ctx, `INSERT INTO operator_sessions (operator_id, hash, half, created_at, seen_at, expires_at, ip, agent)
		VALUES (:who, :hash, :half, :now, :now, :until, :ip, :agent)`, p(":who", a.ID), p(":hash", hash), p(":half", half), p(":now", y.Now()),
		p(":until", y.Now().Add(life)), p(":ip", y.from.IP), p(":agent", clip(y.from.Agent, 300)))
	return err
}

// AddOperatorToken notes a one-time link into the console and makes the
// operator's earlier ones void.
func (y System) AddOperatorToken(ctx context.Context, a OperatorAccount, hash []byte, life time.Duration) error {
	return y.Update(ctx, func(y System) error {
		if _, _, err := y.run(ctx, `DELETE FROM operator_tokens WHERE operator_id = :id AND used_at IS NULL`, p(":id", a.ID)); err != nil {
			return err
		}
		if _, _, err := y.run(ctx, `INSERT INTO operator_tokens (operator_id, kind, hash, created_at, expires_at) VALUES (:id, 'rst', :hash, :now, :until)`,
			p(":id", a.ID), p(":hash", hash), p(":now", y.Now()), p(":until", y.Now().Add(life))); err != nil {
			return err
		}
		return y.deed(ctx, "operator.login_link", "operator", int64(a.ID), a.Email, nil)
	})
}

// OperatorToken reads whom a one-time link into the console is for, without
// using it. One that is spent, replaced or expired is a Conflict.
func (y System) OperatorToken(ctx context.Context, hash []byte) (OperatorAccount, error) {
	return sysFirst(ctx, y, deadLink, func(a *OperatorAccount, r *row) { a.OperatorPerson.row(r) },
		`SELECT `+operatorColumns+` FROM operator_tokens t JOIN operators o ON o.id = t.operator_id
		WHERE t.hash = :hash AND t.kind = 'rst' AND t.used_at IS NULL AND t.expires_at > :now`, p(":hash", hash), p(":now", y.Now()))
}

var deadLink = fault.New(fault.Conflict, "This link was already used, has expired, or was replaced by a newer one. Run “gatehouse login-link” for a new one.")

// sysFirst is sysOne with an error of the caller's own.
func sysFirst[T any](ctx context.Context, y System, none error, into func(*T, *row), text string, args ...arg) (T, error) {
	all, err := sysList(ctx, y, into, text, args...)
	if err != nil || len(all) == 0 {
		return *new(T), or(err, none)
	}
	return all[0], nil
}

// UseOperatorToken spends a one-time link, sets a new password and ends all
// other sessions. Of two at once, one wins and the other is a Conflict.
func (y System) UseOperatorToken(ctx context.Context, hash []byte, phc string) (a OperatorAccount, err error) {
	err = y.Update(ctx, func(y System) error {
		if a, err = y.OperatorToken(ctx, hash); err != nil {
			return err
		}
		if _, _, err := y.run(ctx, `UPDATE operator_tokens SET used_at = :now WHERE hash = :hash`, p(":now", y.Now()), p(":hash", hash)); err != nil {
			return err
		}
		y.why = a.Name
		return y.SetOperatorPassword(ctx, a, phc)
	})
	return a, err
}
