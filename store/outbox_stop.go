package store

import (
	"context"
	"time"
)

// stops are the reasons for which a letter is not sent although it waits: whom
// it was for, or what its link opens, is not there any more.
var stops = map[string]string{
	"deleted":    "The person's account was deleted before the letter left.",
	"disabled":   "The person's account was switched off before the letter left.",
	"address":    "The person's e-mail address was changed before the letter left.",
	"member":     "The person no longer has access to this portal.",
	"portal":     "The portal was closed before the letter left.",
	"revoked":    "The invitation was revoked before the letter left.",
	"superseded": "A newer link was made before the letter left.",
	"used":       "The link was used before the letter left.",
	"expired":    "The link expired before the letter left.",
	"unshared":   "What it tells about is not shared with this person any more.",
	"rest":       "A part of this summary may not be told any more. The rest of it is told in another.",
}

// endings are letters that tell of an end: it does not stop them.
const endings = `('account-disabled', 'invitation-revoked', 'invitation-accepted', 'link-asked')`

// stopOf names the reason why a letter should not leave, ” while it may. It
// is asked again at the last moment, because much can happen in a queue.
const stopOf = `SELECT o.state, p.state, CASE
		WHEN u.state = 'deleted' THEN 'deleted'
		WHEN u.state = 'disabled' AND o.kind <> 'account-disabled' THEN 'disabled'
		WHEN u.email <> o.recipient COLLATE NOCASE AND o.kind NOT LIKE 'email-change%' THEN 'address'
		WHEN o.kind IN ` + endings + ` THEN ''
		WHEN w.state IN ('suspended', 'deleted') AND coalesce(u.kind, 'client') = 'client' THEN 'portal'
		WHEN u.kind = 'client' AND o.portal_id IS NOT NULL AND coalesce(m.state, '') <> 'active' THEN 'member'
		WHEN i.superseded_by IS NOT NULL OR t.superseded_at IS NOT NULL THEN 'superseded'
		WHEN i.revoked_at IS NOT NULL THEN 'revoked'
		WHEN i.accepted_at IS NOT NULL OR t.used_at IS NOT NULL THEN 'used'
		WHEN i.expires_at <= :now OR t.expires_at <= :now OR o.token_id IS NOT NULL AND t.id IS NULL THEN 'expired'
		ELSE '' END
	FROM outbox o JOIN providers p ON p.id = o.provider_id
	LEFT JOIN users u ON u.provider_id = o.provider_id AND u.id = o.user_id
	LEFT JOIN portals w ON w.provider_id = o.provider_id AND w.id = o.portal_id
	LEFT JOIN memberships m ON m.provider_id = o.provider_id AND m.portal_id = o.portal_id AND m.user_id = o.user_id
	LEFT JOIN invitations i ON i.provider_id = o.provider_id AND i.id = o.invitation_id
	LEFT JOIN user_tokens t ON t.provider_id = o.provider_id AND t.id = o.token_id
	WHERE o.id = :id`

type stop struct{ state, provider, reason string }

func (s *stop) row(r *row) { s.state, s.provider, s.reason = r.str(), r.str(), r.str() }

func (y System) stop(ctx context.Context, id MailID) (stop, error) {
	return sysOne(ctx, y, "letter", (*stop).row, stopOf, p(":id", id), p(":now", y.Now()))
}

// MailStop asks, at the last moment, whether a claimed letter may leave. If
// not, the result says what becomes of it. A letter that is not claimed any
// more may not leave either; its result changes nothing.
func (y System) MailStop(ctx context.Context, id MailID) (may bool, otherwise MailResult, err error) {
	s, err := y.stop(ctx, id)
	switch {
	case err != nil:
		return false, MailResult{}, err
	case s.reason != "":
		return false, MailResult{ID: id, State: "cancelled", Stage: "stopped", Reply: stops[s.reason]}, nil
	}
	whole, part, err := y.summaryStop(ctx, id)
	switch {
	case err != nil:
		return false, MailResult{}, err
	case !whole:
		return false, MailResult{ID: id, State: "cancelled", Stage: "stopped", Reply: stops[part]}, nil
	}
	gone, err := y.unshared(ctx, id)
	switch {
	case err != nil:
		return false, MailResult{}, err
	case gone:
		return false, MailResult{ID: id, State: "cancelled", Stage: "stopped", Reply: stops["unshared"]}, nil
	case s.provider != "active":
		return false, MailResult{ID: id, State: "deferred", Stage: "limit", Reply: "The provider is suspended at the moment.", Next: y.Now().Add(time.Hour)}, nil
	}
	return s.state == "sending", MailResult{ID: id, State: "queued"}, nil
}
