package store_test

import (
	"gatehouse/store"
)

// ownAccount is what staff and clients both do with an account.
type ownAccount interface {
	Account(c ctx, user store.UserID) (store.Account, error)
	EmailChange(c ctx, user store.UserID) (store.EmailChange, error)
	StartEmailChange(c ctx, user store.UserID, n store.NewEmailChange, tell store.TellEmail) (store.EmailChange, error)
	RenewEmailChange(c ctx, user store.UserID, n store.NewEmailChange, tell store.TellEmail) (store.EmailChange, error)
	CancelEmailChange(c ctx, user store.UserID) error
	Factor(c ctx) (store.FactorState, error)
	AddFactor(c ctx, n store.NewFactor, keep store.SessionID, tell store.Tell) error
	RemoveFactor(c ctx, tell store.Tell) error
	NewRecoveryCodes(c ctx, codes [][]byte) error
	CorrectEmail(c ctx, user store.UserID, email string, tell func(store.System, store.Account) error) error
}

var accountCases = map[string]struct {
	refuses bool
	do      func(c ctx, s ownAccount, o twin) (any, error)
}{
	"Account":     {true, func(c ctx, s ownAccount, o twin) (any, error) { return s.Account(c, o.Tech) }},
	"EmailChange": {true, func(c ctx, s ownAccount, o twin) (any, error) { return s.EmailChange(c, o.Tech) }},
	"StartEmailChange": {true, func(c ctx, s ownAccount, o twin) (any, error) {
		return s.StartEmailChange(c, o.Tech, store.NewEmailChange{Email: "x@y.test", Link: []byte("l"), Code: []byte("c"), Stop: []byte("s")}, nil)
	}},
	"RenewEmailChange": {true, func(c ctx, s ownAccount, o twin) (any, error) {
		return s.RenewEmailChange(c, o.Tech, store.NewEmailChange{Link: []byte("l"), Code: []byte("c")}, nil)
	}},
	"Factor": {false, func(c ctx, s ownAccount, o twin) (any, error) { return s.Factor(c) }},
	"AddFactor": {false, func(c ctx, s ownAccount, o twin) (any, error) {
		return nil, s.AddFactor(c, store.NewFactor{Secret: "MINE", Step: 1}, 0, nil)
	}},
	"RemoveFactor":      {false, func(c ctx, s ownAccount, o twin) (any, error) { return nil, s.RemoveFactor(c, nil) }},
	"NewRecoveryCodes":  {false, func(c ctx, s ownAccount, o twin) (any, error) { return nil, s.NewRecoveryCodes(c, nil) }},
	"CancelEmailChange": {true, func(c ctx, s ownAccount, o twin) (any, error) { return nil, s.CancelEmailChange(c, o.Tech) }},
	"CorrectEmail":      {true, func(c ctx, s ownAccount, o twin) (any, error) { return nil, s.CorrectEmail(c, o.Tech, "x@y.test", nil) }},
}

func init() {
	for name, a := range accountCases {
		staffCases[name] = staffCase(a.refuses, func(c ctx, s store.Staff, o twin) (any, error) { return a.do(c, s, o) })
		clientCases[name] = clientCase(a.refuses, func(c ctx, s store.Client, o twin) (any, error) { return a.do(c, s, o) })
	}
	staffCases["ResetFactor"] = staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.ResetFactor(c, o.Factored, nil) })
	staffCases["PendingEmails"] = staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.PendingEmails(c) })
}
