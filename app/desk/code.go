package desk

import (
	"context"
	"slices"
	"time"

	"gatehouse/app/secret"
	"gatehouse/store"
	"gatehouse/store/fault"
)

var wrongCode = fault.Field("code", "This code does not match. Check the newest letter; codes of earlier ones no longer work.")

// codeMatch is the link whose code somebody typed.
type codeMatch struct {
	store.CodeLink
	account store.Account
}

// codeLimits let five wrong codes of an account pass, then pause; by the
// address as typed where there is no such account.
func codeLimits(at Where, all []store.Account, email string, from store.Origin) []store.Throttle {
	key := "code:" + itoa(int64(at.Provider)) + ":" + store.FoldEmail(email)
	if len(all) > 0 {
		key = "code-id:" + itoa(int64(all[0].ID))
	}
	return []store.Throttle{{Key: clipKey(key), Most: 5, Window: 15 * time.Minute, Pause: 15 * time.Minute},
		{Key: "code-ip:" + network(from.IP), Most: 60, Window: 15 * time.Minute, Pause: 15 * time.Minute}}
}

// checkCode finds the link of one of the accounts whose code this is, among
// those of the kinds. Every try counts before it is looked at, so that many at
// once do not beat the limit.
func (d *Desk) checkCode(ctx context.Context, y store.System, at Where, all []store.Account, email, code string, from store.Origin, kinds ...string) (codeMatch, error) {
	if _, err := secret.HashCode(code, nil); err != nil {
		return codeMatch{}, fault.Field("code", "The code has six digits. It stands in the letter.")
	}
	limits := codeLimits(at, all, email, from)
	if err := y.Attempt(ctx, limits...); err != nil {
		return codeMatch{}, err
	}
	for _, a := range all {
		links, err := y.CodeLinks(ctx, a, at.Portal)
		if err != nil {
			return codeMatch{}, err
		}
		for _, l := range links {
			typed, err := secret.HashCode(code, l.Hash)
			if err == nil && slices.Contains(kinds, l.Kind) && secret.Equal(typed, l.Code) {
				return codeMatch{l, a}, y.Forgive(ctx, limits[0].Key)
			}
		}
		if err := y.MissCode(ctx, a); err != nil {
			return codeMatch{}, err
		}
	}
	d.log.Warn("wrong code", "ip", from.IP, "provider", at.Provider, "door", at.Path)
	return codeMatch{}, wrongCode
}
