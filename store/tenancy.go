package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"gatehouse/store/fault"
)

// Usage is a provider as its operator sees it: figures, and no row of its
// business.
type Usage struct {
	Provider
	PortalCount, ClientCount, StaffCount, AssetCount int64
	StorageBytes                                     int64 // of files
	MailsToday, MailsWaiting, MailsFailed            int64
	LastLogin                                        time.Time // of its own people
}

const usageColumns = providerColumns + `,
	(SELECT count(*) FROM portals o WHERE o.provider_id = p.id AND o.state <> 'deleted'),
	(SELECT count(*) FROM users u WHERE u.provider_id = p.id AND u.kind = 'client' AND u.state <> 'deleted'),
	(SELECT count(*) FROM users u WHERE u.provider_id = p.id AND u.kind = 'staff' AND u.state <> 'deleted'),
	(SELECT count(*) FROM assets a WHERE a.provider_id = p.id),
	(SELECT coalesce(sum(f.size), 0) FROM files f WHERE f.provider_id = p.id),
	(SELECT count(*) FROM outbox m WHERE m.provider_id = p.id AND m.created_at >= :today),
	(SELECT count(*) FROM outbox m WHERE m.provider_id = p.id AND m.state IN ('queued', 'sending', 'deferred', 'held')),
	(SELECT count(*) FROM outbox m WHERE m.provider_id = p.id AND m.state = 'failed'),
	(SELECT max(u.last_login_at) FROM users u WHERE u.provider_id = p.id AND u.kind = 'staff')`

func (u *Usage) row(r *row) {
	u.Provider.row(r)
	u.PortalCount, u.ClientCount, u.StaffCount, u.AssetCount, u.StorageBytes = r.int(), r.int(), r.int(), r.int(), r.int()
	u.MailsToday, u.MailsWaiting, u.MailsFailed, u.LastLogin = r.int(), r.int(), r.int(), r.unix()
}

func startOfDay(t time.Time) time.Time { return t.Truncate(24 * time.Hour) }

// Providers lists every provider with what it uses, by name. A search looks
// into name and address.
func (o Operator) Providers(ctx context.Context, search string) ([]Usage, error) {
	if err := o.can(); err != nil {
		return nil, err
	}
	return sysList(ctx, o.sys, (*Usage).row, `SELECT `+usageColumns+` FROM providers p
		WHERE p.name LIKE :like ESCAPE '\' OR p.slug LIKE :like ESCAPE '\' ORDER BY p.name COLLATE NOCASE, p.id`,
		p(":today", startOfDay(o.Now())), p(":like", `%`+likeEscape.Replace(clip(strings.TrimSpace(search), 200))+`%`))
}

// Provider reads one provider with what it uses.
func (o Operator) Provider(ctx context.Context, slug string) (Usage, error) {
	if err := o.can(); err != nil {
		return Usage{}, err
	}
	return sysOne(ctx, o.sys, "provider", (*Usage).row, `SELECT `+usageColumns+` FROM providers p WHERE p.slug = :slug`,
		p(":today", startOfDay(o.Now())), p(":slug", slug))
}

// Admin is somebody who administers a provider, as its operator sees them,
// with the letter that should let them in.
type Admin struct {
	Account
	LastLogin              time.Time
	Letter, Stage, Reply   string // the newest activation letter's state, and what became of it
	Link                   string // in that letter, while it is not sent
	LetterAt, LetterSentAt time.Time
}

// Admins lists who administers a provider.
func (o Operator) Admins(ctx context.Context, of ProviderID) ([]Admin, error) {
	if err := o.can(); err != nil {
		return nil, err
	}
	return sysList(ctx, o.sys, func(a *Admin, r *row) {
		a.Account.row(r)
		a.LastLogin, a.Letter, a.Stage, a.Reply, a.Link = r.unix(), r.str(), r.str(), r.str(), r.str()
		a.LetterAt, a.LetterSentAt = r.unix(), r.unix()
	}, `SELECT `+accountColumns+`, u.last_login_at, coalesce(m.state, ''), coalesce(m.stage, ''), coalesce(m.reply, ''), coalesce(m.link, ''), m.created_at, m.sent_at
		FROM users u JOIN providers p ON p.id = u.provider_id
		LEFT JOIN outbox m ON m.provider_id = u.provider_id AND m.id = (SELECT max(id) FROM outbox x WHERE x.provider_id = u.provider_id AND x.user_id = u.id AND x.kind = 'activation')
		WHERE u.provider_id = :of AND u.kind = 'staff' AND u.role = 'admin' AND u.state <> 'deleted' ORDER BY u.owner DESC, u.id`, p(":of", of))
}

// AddProvider makes a provider with its starter pack.
func (o Operator) AddProvider(ctx context.Context, n NewProvider) (id ProviderID, err error) {
	err = o.Update(ctx, func(o Operator) error {
		if id, err = o.sys.AddProvider(ctx, n); err != nil {
			return err
		}
		return o.log(ctx, "provider.add", "provider", int64(id), n.Name, map[string]any{"slug": n.Slug})
	})
	return id, err
}

// AddAdmin gives a provider an admin, who is pending until the activation
// link has been used.
func (o Operator) AddAdmin(ctx context.Context, to ProviderID, n NewUser) (a Account, err error) {
	err = o.Update(ctx, func(o Operator) error {
		a, err = o.sys.AddAdmin(ctx, to, n)
		return err
	})
	return a, err
}

// AddAdmin gives a provider an admin, who is pending until the activation
// link has been used, unless a password is given.
func (y System) AddAdmin(ctx context.Context, to ProviderID, n NewUser) (a Account, err error) {
	err = y.Update(ctx, func(y System) error {
		n.Kind, n.Role = "staff", "admin"
		if _, err := y.AddUser(ctx, to, n); err != nil {
			return err
		}
		if a, err = y.Account(ctx, to, n.Email); err != nil {
			return err
		}
		return y.deed(ctx, "provider.admin_add", "provider", int64(to), n.Email, nil)
	})
	return a, err
}

// SetProviderState suspends a provider or resumes it. Its people and their
// customers are out, or in again, from their next click on.
func (o Operator) SetProviderState(ctx context.Context, of Provider, state string) error {
	verb := map[string]Verb{"active": ProviderResume, "suspended": ProviderSuspend}[state]
	if verb == "" {
		return fault.New(fault.Invalid, "A provider is active or suspended, nothing else.")
	}
	return o.Update(ctx, func(o Operator) error {
		_, n, err := o.sys.run(ctx, `UPDATE providers SET state = :state, updated_at = :now WHERE id = :id AND state <> :state`,
			p(":state", state), p(":now", o.Now()), p(":id", of.ID))
		if err != nil || n == 0 {
			return err
		}
		return o.both(ctx, of, verb, map[string]any{"changes": map[string]any{"state": [2]string{of.State, state}}})
	})
}

// SetLimits changes what a provider may use at most; 0 is unlimited.
func (o Operator) SetLimits(ctx context.Context, of Provider, l Limits) error {
	if err := l.Validate(); err != nil {
		return err
	}
	return o.Update(ctx, func(o Operator) error {
		changes := map[string]any{}
		for _, d := range []struct {
			name     string
			old, now int64
		}{{"portals", of.Limits.Portals, l.Portals}, {"staff", of.Limits.Staff, l.Staff}, {"mails_day", of.MailsDay, l.MailsDay}, {"storage_mb", of.StorageMB, l.StorageMB}} {
			if d.old != d.now {
				changes[d.name] = [2]int64{d.old, d.now}
			}
		}
		if len(changes) == 0 {
			return nil
		}
		if _, _, err := o.sys.run(ctx, `UPDATE providers SET max_portals = :po, max_staff = :st, max_mails_day = :ma, max_storage_mb = :mb, updated_at = :now WHERE id = :id`,
			p(":po", l.Portals), p(":st", l.Staff), p(":ma", l.MailsDay), p(":mb", l.StorageMB), p(":now", o.Now()), p(":id", of.ID)); err != nil {
			return err
		}
		return o.both(ctx, of, ProviderLimits, map[string]any{"changes": changes})
	})
}

// mostLimit keeps a slip of the finger from becoming a limit.
const mostLimit = 1_000_000_000

// Validate reports all that is wrong at once.
func (l Limits) Validate() error {
	var bad fault.Problems
	for name, n := range map[string]int64{"portals": l.Portals, "staff": l.Staff, "mails_day": l.MailsDay, "storage_mb": l.StorageMB} {
		if n < 0 || n > mostLimit {
			bad.Add(name, "Give a whole number from 0 to 1,000,000,000; 0 is unlimited.")
		}
	}
	return bad.Err()
}

// Plan lists what a provider may share at most.
func (o Operator) Plan(ctx context.Context, of ProviderID) (map[Feature]bool, error) {
	if err := o.can(); err != nil {
		return nil, err
	}
	return o.plan(ctx, of)
}

func (o Operator) plan(ctx context.Context, of ProviderID) (map[Feature]bool, error) {
	names, err := sysList(ctx, o.sys, intoStr, `SELECT feature FROM plan_features WHERE provider_id = :of`, p(":of", of))
	plan := map[Feature]bool{}
	for _, n := range names {
		plan[Feature(n)] = true
	}
	return plan, err
}

// PlanChange is what a change of plan did. Portals and Admins are for the
// letter that tells the provider's own admins; the operator is shown numbers.
type PlanChange struct {
	Lost, Back []Feature
	Portals    []PortalChange // those that share something of it
	Admins     []Account
}

// PortalChange is what the portal of one customer lost or got back.
type PortalChange struct {
	Customer   string
	Lost, Back []Feature
}

// SetPlan changes what a provider may share at most. A portal keeps its
// selection, so that what is taken away comes back as it was.
func (o Operator) SetPlan(ctx context.Context, of Provider, features []Feature) (ch PlanChange, err error) {
	err = o.Update(ctx, func(o Operator) error {
		had, err := o.plan(ctx, of.ID)
		if err != nil {
			return err
		}
		for _, i := range Features {
			switch now := slices.Contains(features, i.Feature) && slices.Contains(features, i.App); {
			case had[i.Feature] && !now:
				ch.Lost = append(ch.Lost, i.Feature)
			case !had[i.Feature] && now:
				ch.Back = append(ch.Back, i.Feature)
			}
		}
		if len(ch.Lost)+len(ch.Back) == 0 {
			return nil
		}
		if err := o.writePlan(ctx, of.ID, ch); err != nil {
			return err
		}
		if err := o.touched(ctx, of.ID, &ch); err != nil {
			return err
		}
		return o.both(ctx, of, PlanChanged, map[string]any{"lost": ch.Lost, "added": ch.Back, "portals": len(ch.Portals)})
	})
	return ch, err
}

func (o Operator) writePlan(ctx context.Context, of ProviderID, ch PlanChange) error {
	for _, f := range ch.Lost {
		if _, _, err := o.sys.run(ctx, `DELETE FROM plan_features WHERE provider_id = :of AND feature = :f`, p(":of", of), p(":f", f)); err != nil {
			return err
		}
	}
	for _, f := range ch.Back {
		if _, _, err := o.sys.run(ctx, `INSERT INTO plan_features VALUES (:of, :f) ON CONFLICT DO NOTHING`, p(":of", of), p(":f", f)); err != nil {
			return err
		}
	}
	return nil
}

// touched finds the portals that had ticked what was lost or given back, and
// whom to tell.
func (o Operator) touched(ctx context.Context, of ProviderID, ch *PlanChange) error {
	err := o.sys.db.query(ctx, o.sys.conn, `SELECT c.name, group_concat(f.feature) FROM portals o
		JOIN customers c ON c.provider_id = o.provider_id AND c.id = o.customer_id
		JOIN portal_features f ON f.provider_id = o.provider_id AND f.portal_id = o.id
		WHERE o.provider_id = :of AND o.state <> 'deleted' GROUP BY o.id ORDER BY c.name, o.id`, bindSets(nil, p(":of", of)),
		func(r *row) error {
			portal, ticked := PortalChange{Customer: r.str()}, strings.Split(r.str(), ",")
			is := func(f Feature) bool { return slices.Contains(ticked, string(f)) }
			for _, f := range ch.Lost {
				if is(f) {
					portal.Lost = append(portal.Lost, f)
				}
			}
			for _, f := range ch.Back {
				if is(f) {
					portal.Back = append(portal.Back, f)
				}
			}
			if len(portal.Lost)+len(portal.Back) > 0 {
				ch.Portals = append(ch.Portals, portal)
			}
			return nil
		})
	if err != nil {
		return err
	}
	ch.Admins, err = sysList(ctx, o.sys, (*Account).row, `SELECT `+accountColumns+` FROM users u JOIN providers p ON p.id = u.provider_id
		WHERE u.provider_id = :of AND u.kind = 'staff' AND u.role = 'admin' AND u.state = 'active' ORDER BY u.id`, p(":of", of))
	return err
}

// operatorName is who a provider's log names for what the operator did: who
// runs the appliance is not the provider's to know.
const operatorName = "Gatehouse operator"

// both writes a line into the operator's log and into the provider's own, so
// that each side can read what was decided over it.
func (o Operator) both(ctx context.Context, of Provider, v Verb, note map[string]any) error {
	if err := o.log(ctx, string(v), "provider", int64(of.ID), of.Name, note); err != nil {
		return err
	}
	s, err := o.sys.Provider(ctx, of.ID)
	if err != nil {
		return err
	}
	s.actor, s.from.Source, s.from.IP = operatorName, "operator", ""
	return s.log(ctx, Line{Verb: v, ID: int64(of.ID), Label: of.Name, Note: note})
}
