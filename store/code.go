package store

import (
	"context"

	"gatehouse/store/fault"
)

// mostTries is how many wrong codes a link survives in all, pauses or not. The
// link itself goes on working.
const mostTries = 20

// CodeLink is a one-time link that somebody may type the code of.
type CodeLink struct {
	Token
	Hash, Code []byte
}

// CodeLinks lists the links of a person whose codes may be typed at the door of
// portal now, newest first.
func (y System) CodeLinks(ctx context.Context, a Account, portal PortalID) ([]CodeLink, error) {
	return sysList(ctx, y, func(c *CodeLink, r *row) { c.row(r); c.Hash, c.Code = r.bytes(), r.bytes() },
		`SELECT t.id, t.user_id, coalesce(t.portal_id, 0), t.kind, t.expires_at, 0, 0, t.hash, t.code FROM user_tokens t
		WHERE t.provider_id = :provider AND t.user_id = :user AND coalesce(t.portal_id, 0) = :portal AND t.code IS NOT NULL AND t.tries < :most
		AND t.used_at IS NULL AND t.superseded_at IS NULL AND t.expires_at > :now ORDER BY t.id DESC`,
		p(":provider", a.Provider), p(":user", a.ID), p(":portal", portal), p(":most", mostTries), p(":now", y.Now()))
}

// MissCode counts a wrong code against every link of the person that it might
// have been meant for.
func (y System) MissCode(ctx context.Context, a Account) error {
	_, _, err := y.run(ctx, `UPDATE user_tokens SET tries = tries + 1 WHERE provider_id = :provider AND user_id = :user AND code IS NOT NULL
		AND used_at IS NULL AND superseded_at IS NULL`, p(":provider", a.Provider), p(":user", a.ID))
	return err
}

// SpendLink uses a one-time link that sets no password, its code with it. Of
// two at once, one wins and the other is a Conflict.
func (y System) SpendLink(ctx context.Context, id TokenID) error {
	_, n, err := y.run(ctx, `UPDATE user_tokens SET used_at = :now, code = NULL WHERE id = :id AND used_at IS NULL AND superseded_at IS NULL AND expires_at > :now`,
		p(":id", id), p(":now", y.Now()))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "This was already used, or has expired. Please sign in again.")
	}
	return err
}

// NoteSignIn writes down that somebody signed in with a code from a letter.
func (y System) NoteSignIn(ctx context.Context, a Account) error {
	return y.logFor(ctx, a, Line{Verb: ProfileSignIn, ID: int64(a.ID), Label: a.Name, Note: map[string]any{"with": "a code from a letter"}})
}

// SpendCode uses the code of a link: it works once, the link goes on working.
// Of two at once, one wins and the other is a Conflict.
func (y System) SpendCode(ctx context.Context, id TokenID) error {
	_, n, err := y.run(ctx, `UPDATE user_tokens SET code = NULL WHERE id = :id AND code IS NOT NULL AND used_at IS NULL AND superseded_at IS NULL AND expires_at > :now`,
		p(":id", id), p(":now", y.Now()))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "This code was already used.")
	}
	return err
}
