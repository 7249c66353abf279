package store

import (
	"context"
	"slices"
	"strings"

	"gatehouse/store/fault"
)

// What people can be told of by mail.
const (
	NoticeScheduled = "scheduled"
	NoticeOnTheWay  = "on_the_way"
	NoticeDone      = "done" // with proof
	NoticeFailed    = "failed"
	NoticeProblem   = "problem" // received
	NoticeStatus    = "status"
	NoticeComment   = "comment"
)

// NoticeEvents are what people can be told of, in the order they see them.
var NoticeEvents = []string{NoticeScheduled, NoticeOnTheWay, NoticeDone, NoticeFailed, NoticeProblem, NoticeStatus, NoticeComment}

// How somebody is told.
const (
	NoticeOff   = "off"
	NoticeNow   = "now"
	NoticeDaily = "daily" // in one summary a day
)

// noticeUsual is how a customer's people are told where nobody chose. Of what
// they reported themselves they are told at once.
var noticeUsual = map[string]string{NoticeScheduled: NoticeOff, NoticeOnTheWay: NoticeOff, NoticeDone: NoticeDaily, NoticeFailed: NoticeNow,
	NoticeProblem: NoticeNow, NoticeStatus: NoticeOff, NoticeComment: NoticeNow}

// noticeStaff is the same for the provider's own people, who are told of
// problems while they may set the status of a job.
var noticeStaff = map[string]string{NoticeScheduled: NoticeOff, NoticeOnTheWay: NoticeOff, NoticeDone: NoticeOff, NoticeFailed: NoticeOff,
	NoticeProblem: NoticeNow, NoticeStatus: NoticeOff, NoticeComment: NoticeNow}

// OwnNoticeContacts is the provider's setting of what the contact of a job,
// who has no account, is told: events with commas.
const OwnNoticeContacts = "notice.contacts"

// ContactEvents are what a contact can be told of.
var ContactEvents = []string{NoticeScheduled, NoticeOnTheWay, NoticeDone, NoticeFailed}

// Notices maps an event to how somebody is told; without an entry the next
// more general choice counts.
type Notices map[string]string

func (n Notices) check() error {
	var bad fault.Problems
	for event, mode := range n {
		if !slices.Contains(NoticeEvents, event) || !slices.Contains([]string{"", NoticeOff, NoticeNow, NoticeDaily}, mode) {
			bad.Add(event, "Choose from the list how to tell.")
		}
	}
	return bad.Err()
}

// NoticeChoice is one event as a settings page shows it: what was chosen here,
// and what counts without that.
type NoticeChoice struct {
	Event, Chosen, Usual string
}

const noticeRows = `SELECT n.event, n.mode FROM {notice_settings} n WHERE `

func (s scope) noticeRows(ctx context.Context, cond string, args ...arg) (Notices, error) {
	out := Notices{}
	err := s.each(ctx, noticeRows+cond, func(r *row) error { out[r.str()] = r.str(); return nil }, args...)
	return out, err
}

// choices lists all events over several layers, the most particular first.
func choices(own Notices, below ...Notices) (out []NoticeChoice) {
	for _, e := range NoticeEvents {
		c := NoticeChoice{Event: e, Chosen: own[e]}
		for _, n := range below {
			c.Usual = pick(c.Usual, n[e])
		}
		out = append(out, c)
	}
	return out
}

// Notices reads how the people of all portals (0), or of one, are told.
func (s Staff) Notices(ctx context.Context, portal PortalID) ([]NoticeChoice, error) {
	if portal != 0 {
		if _, err := one(ctx, s.scope, "portal", intoInt, `SELECT o.id FROM {portals} o WHERE o.id = :id`, p(":id", portal)); err != nil {
			return nil, err
		}
	}
	all, err := s.noticeRows(ctx, `n.portal_id IS NULL AND n.user_id IS NULL`)
	if err != nil || portal == 0 {
		return choices(all, noticeUsual), err
	}
	own, err := s.noticeRows(ctx, `n.portal_id = :id AND n.user_id IS NULL`, p(":id", portal))
	return choices(own, all, noticeUsual), err
}

// SetNotices stores how the people of all portals (0), or of one, are told.
func (s Staff) SetNotices(ctx context.Context, portal PortalID, n Notices) error {
	if err := s.Can(NoticeChange); err != nil {
		return err
	}
	return s.Update(ctx, func(s Staff) error {
		if _, err := s.Notices(ctx, portal); err != nil {
			return err
		}
		return s.setNotices(ctx, NoticeChange, portal, 0, n)
	})
}

// MyNotices reads how whoever asks is told.
func (s Staff) MyNotices(ctx context.Context) ([]NoticeChoice, error) {
	own, err := s.noticeRows(ctx, `n.user_id = :user AND n.portal_id IS NULL`)
	return choices(own, noticeStaff), err
}

// SetMyNotices stores how whoever asks is told.
func (s Staff) SetMyNotices(ctx context.Context, n Notices) error {
	return s.update(ctx, func(sc scope) error { return sc.setNotices(ctx, NoticeOwn, 0, s.me.ID, n) })
}

// MyNotices reads how whoever asks is told in this portal.
func (c Client) MyNotices(ctx context.Context) ([]NoticeChoice, error) {
	own, err := c.noticeRows(ctx, `n.user_id = :user AND n.portal_id = :portal`)
	if err != nil {
		return nil, err
	}
	portal, err := c.noticeRows(ctx, `n.user_id IS NULL AND n.portal_id = :portal`)
	if err != nil {
		return nil, err
	}
	all, err := c.noticeRows(ctx, `n.user_id IS NULL AND n.portal_id IS NULL`)
	return choices(own, portal, all, noticeUsual), err
}

// SetMyNotices stores how whoever asks is told in this portal.
func (c Client) SetMyNotices(ctx context.Context, n Notices) error {
	return c.update(ctx, func(s scope) error { return s.setNotices(ctx, NoticeOwn, c.portal, c.me.ID, n) })
}

// setNotices stores choices for a portal, a person, or neither; "" takes a
// choice back.
func (s scope) setNotices(ctx context.Context, v Verb, portal PortalID, user UserID, n Notices) error {
	if err := n.check(); err != nil {
		return err
	}
	if err := s.Can(v); err != nil {
		return err
	}
	was, err := s.noticeRows(ctx, `coalesce(n.portal_id, 0) = :at AND coalesce(n.user_id, 0) = :who`, p(":at", portal), p(":who", user))
	if err != nil {
		return err
	}
	diff := map[string][2]any{}
	for event, mode := range n {
		if was[event] == mode {
			continue
		}
		diff[event] = [2]any{was[event], mode}
		text := `INSERT INTO <notice_settings> (provider_id, portal_id, user_id, event, mode) VALUES (:provider, nullif(:at, 0), nullif(:who, 0), :event, :mode)
			ON CONFLICT (provider_id, coalesce(portal_id, 0), coalesce(user_id, 0), event) DO UPDATE SET mode = :mode`
		args := []arg{p(":at", portal), p(":who", user), p(":event", event), p(":mode", mode)}
		if mode == "" {
			text, args = `DELETE FROM <notice_settings> WHERE {mine:notice_settings} AND coalesce(portal_id, 0) = :at AND coalesce(user_id, 0) = :who AND event = :event`, args[:3]
		}
		if _, err := s.write(ctx, v, text, args...); err != nil {
			return err
		}
	}
	if len(diff) == 0 {
		return nil
	}
	return s.log(ctx, Line{Verb: v, ID: int64(portal), Customer: s.customer, Changes: diff})
}

// ContactNotices lists what the contacts of jobs are told.
func (s Staff) ContactNotices(ctx context.Context) ([]string, error) {
	own, err := s.OwnSettings(ctx)
	chosen, ok := own[OwnNoticeContacts]
	if !ok {
		return []string{NoticeDone}, err
	}
	var out []string
	for e := range strings.SplitSeq(chosen, ",") {
		if slices.Contains(ContactEvents, e) {
			out = append(out, e)
		}
	}
	return out, err
}

// SetContactNotices stores what the contacts of jobs are told.
func (s Staff) SetContactNotices(ctx context.Context, events []string) error {
	for _, e := range events {
		if !slices.Contains(ContactEvents, e) {
			return fault.Field("contacts", "Choose from the list.")
		}
	}
	if err := s.Can(NoticeChange); err != nil {
		return err
	}
	return s.SetOwnSettings(ctx, map[string]string{OwnNoticeContacts: pick(strings.Join(events, ","), noneOf)})
}
