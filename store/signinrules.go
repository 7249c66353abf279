package store

import (
	"context"
	"strconv"
	"strings"

	"gatehouse/store/fault"
)

// Settings of a provider about how its people sign in.
const (
	OwnPasswordMin = "security.password_min" // "": 12
	OwnFactor      = "security.factor"       // "", "staff", "all"
	OwnUserNames   = "security.usernames"    // "": off; "optional", "required"
)

// SignInRules are what a provider asks of everybody who signs in.
type SignInRules struct {
	Least     int    // characters of a password
	Factor    string // who must have a second factor: "" nobody, "staff", "all"
	UserNames string // whether people choose a user name when they join: "" no, "optional", "required"
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
	err := y.db.query(ctx, y.conn, `SELECT name, value FROM provider_settings WHERE provider_id = :of AND name IN ('`+OwnPasswordMin+`', '`+OwnFactor+`', '`+OwnUserNames+`')`,
		bindSets(nil, p(":of", of)), func(r *row) error {
			switch name, v := r.str(), r.str(); name {
			case OwnPasswordMin:
				if n, err := strconv.Atoi(v); err == nil {
					out.Least = min(max(n, PasswordLeast), PasswordMost)
				}
			case OwnFactor:
				out.Factor = v
			case OwnUserNames:
				out.UserNames = v
			}
			return nil
		})
	return out, err
}

// ChosenUsername is the user name that somebody chose who joins a provider, in
// the form in which it is kept; "" where the provider asks for none, or where
// none was chosen and none is needed. who is 0 for somebody new.
func (y System) ChosenUsername(ctx context.Context, of ProviderID, who UserID, typed string) (string, error) {
	rules, err := y.SignInRules(ctx, of)
	typed = strings.TrimSpace(typed)
	if err != nil || rules.UserNames == "" {
		return "", err
	}
	if typed == "" {
		has, err := sysList(ctx, y, intoStr, `SELECT u.username FROM users u WHERE u.provider_id = :of AND u.id = :who AND u.username <> ''`, p(":of", of), p(":who", who))
		if err == nil && rules.UserNames == "required" && len(has) == 0 {
			err = fault.Field("username", "Choose a user name.")
		}
		return "", err
	}
	var bad fault.Problems
	if checkUsername(&bad, typed); len(bad) > 0 {
		return "", bad.Err()
	}
	s, err := y.Provider(ctx, of)
	if err == nil {
		err = s.freeNames(ctx, &bad, who, "", typed)
	}
	return typed, or(err, bad.Err())
}
