package store

import (
	"context"
	"strconv"
)

// Settings of a provider about how its people sign in.
const (
	OwnPasswordMin = "security.password_min" // "": 12
	OwnFactor      = "security.factor"       // "", "staff", "all"
)

// SignInRules are what a provider asks of everybody who signs in.
type SignInRules struct {
	Least  int    // characters of a password
	Factor string // who must have a second factor: "" nobody, "staff", "all"
}

// Bounds of what a provider may ask of a password.
const (
	PasswordLeast = 8
	PasswordUsual = 12
	PasswordMost  = 64
)

// Asks reports whether people of a kind must have a second factor.
func (r SignInRules) Asks(kind string) bool {
	return r.Factor == "all" || r.Factor == "staff" && kind == "staff"
}

// SignInRules reads the rules of a provider.
func (y System) SignInRules(ctx context.Context, of ProviderID) (SignInRules, error) {
	out := SignInRules{Least: PasswordUsual}
	err := y.db.query(ctx, y.conn, `SELECT name, value FROM provider_settings WHERE provider_id = :of AND name IN ('`+OwnPasswordMin+`', '`+OwnFactor+`')`,
		bindSets(nil, p(":of", of)), func(r *row) error {
			switch name, v := r.str(), r.str(); name {
			case OwnPasswordMin:
				if n, err := strconv.Atoi(v); err == nil {
					out.Least = min(max(n, PasswordLeast), PasswordMost)
				}
			case OwnFactor:
				out.Factor = v
			}
			return nil
		})
	return out, err
}
