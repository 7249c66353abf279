package store

import (
	"context"

	"gatehouse/store/fault"
)

// adminOf opens a provider's side in the operator's name, for the few things it
// does there for an admin who cannot, and reads that admin.
func (o Operator) adminOf(ctx context.Context, of ProviderID, user UserID) (Staff, Account, error) {
	s, err := o.sys.Provider(ctx, of)
	if err != nil {
		return s, Account{}, err
	}
	s.actor, s.from.Source = operatorName, "operator"
	a, err := one(ctx, s.scope, "admin", (*Account).row, `SELECT `+accountColumns+` FROM {users} u JOIN providers p ON p.id = u.provider_id
		WHERE u.id = :of AND u.kind = 'staff' AND u.role = 'admin'`, p(":of", user))
	return s, a, err
}

// OperatorEmails changes the addresses of a provider's admins, with the same
// double confirmation as theirs: the owner's only it can (row 95).
type OperatorEmails struct {
	o  Operator
	of ProviderID
}

// Emails changes the addresses of the admins of one provider.
func (o Operator) Emails(of ProviderID) OperatorEmails { return OperatorEmails{o, of} }

func (m OperatorEmails) do(ctx context.Context, user UserID, deed string, f func(Staff, Account) error) error {
	return m.o.Update(ctx, func(o Operator) error {
		s, a, err := o.adminOf(ctx, m.of, user)
		if err != nil {
			return err
		}
		if err := f(s, a); err != nil {
			return err
		}
		return o.log(ctx, deed, "user", int64(a.ID), a.Email, map[string]any{"provider": s.home.Slug})
	})
}

// EmailChange reads the new address of an admin that waits to be confirmed.
func (m OperatorEmails) EmailChange(ctx context.Context, user UserID) (EmailChange, error) {
	if err := m.o.can(); err != nil {
		return EmailChange{}, err
	}
	s, a, err := m.o.adminOf(ctx, m.of, user)
	if err != nil {
		return EmailChange{}, err
	}
	return s.EmailChange(ctx, a.ID)
}

// Account reads an admin.
func (m OperatorEmails) Account(ctx context.Context, user UserID) (Account, error) {
	if err := m.o.can(); err != nil {
		return Account{}, err
	}
	_, a, err := m.o.adminOf(ctx, m.of, user)
	return a, err
}

// StartEmailChange is that of Staff, for an admin, the owner included.
func (m OperatorEmails) StartEmailChange(ctx context.Context, user UserID, n NewEmailChange, tell TellEmail) (e EmailChange, err error) {
	err = m.do(ctx, user, "user.email", func(s Staff, a Account) error {
		e, err = s.startEmail(ctx, UserEmail, a, n, tell)
		return err
	})
	return e, err
}

// RenewEmailChange is that of Staff, for an admin.
func (m OperatorEmails) RenewEmailChange(ctx context.Context, user UserID, n NewEmailChange, tell TellEmail) (e EmailChange, err error) {
	err = m.do(ctx, user, "user.email_again", func(s Staff, a Account) error {
		e, err = s.renewEmail(ctx, UserEmail, a, n, tell)
		return err
	})
	return e, err
}

// CancelEmailChange is that of Staff, for an admin.
func (m OperatorEmails) CancelEmailChange(ctx context.Context, user UserID) error {
	return m.do(ctx, user, "user.email_cancel", func(s Staff, a Account) error { return s.cancelEmail(ctx, UserEmail, a) })
}

// CorrectEmail is not for the operator: an admin who is not activated yet gets
// a new activation letter, or another account.
func (m OperatorEmails) CorrectEmail(context.Context, UserID, string, func(System, Account) error) error {
	return fault.New(fault.Conflict, "This account is not activated yet. Add an admin with the right address instead.")
}
