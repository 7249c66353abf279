package store

import (
	"context"
	"slices"
	"strings"
	"time"
)

// Role is what people may do, by a name. Roles of staff and roles of clients
// are two lists. What a built-in one grants is the product's; a provider's own
// are sets of verbs, for clients of features.
type Role struct {
	ID       RoleID
	Kind     string // staff, client
	Builtin  string // "" is one of the provider's own
	Name     string
	About    string
	Verbs    []Verb    // of an own role of staff
	Features []Feature // of an own role of clients
	People   int64     // who has it, up to a thousand and one
	Version  int64
	Updated  time.Time
}

// PortalAdmin is the built-in client role of who manages a portal's people.
const PortalAdmin = "portal_admin"

// builtinRoles are the roles every provider has, in order.
var builtinRoles = []struct{ kind, builtin, name, about string }{
	{"staff", "admin", "Admin", "Everything: users, roles, groups, portals, settings, and all that the others do."},
	{"staff", "fleet_admin", "Fleet Admin", "The fleet: customers, assets, imports, assignments and exports; no users and no settings."},
	{"staff", "user", "User", "Looks at customers and assets, and takes lists along."},
	{"staff", "technician", "Technician", "Looks after assets: status and readings."},
	{"staff", "agent", "Agent", "Serves customers: contacts, invitations and letters."},
	{"client", PortalAdmin, "Portal admin", "Sees all that the portal shares, and manages the colleagues in it."},
	{"client", "user", "User", "Sees and does all that the portal shares."},
	{"client", "viewer", "Viewer", "Looks at all that the portal shares; takes nothing along and changes nothing."},
}

func builtinName(kind, builtin string) string {
	for _, b := range builtinRoles {
		if b.kind == kind && b.builtin == builtin {
			return b.name
		}
	}
	return builtin
}

// addRoles gives a new provider the built-in roles.
func (s Staff) addRoles(ctx context.Context) error {
	at := map[string]int{}
	for _, b := range builtinRoles {
		at[b.kind]++
		if _, err := s.write(ctx, RoleAdd, `INSERT INTO <roles> (provider_id, kind, builtin, name, key, position, created_at, updated_at) VALUES (:provider, :kind, :builtin, :name, :key, :at, :now, :now)`,
			p(":kind", b.kind), p(":builtin", b.builtin), p(":name", b.name), p(":key", groupKey(b.name)), p(":at", at[b.kind])); err != nil {
			return err
		}
	}
	return nil
}

const roleColumns = `r.id, r.kind, r.builtin, r.name, r.about, coalesce((SELECT group_concat(g.name) FROM {role_grants} g WHERE g.role_id = r.id), ''), CASE
	WHEN r.kind = 'staff' AND r.builtin <> '' THEN (SELECT count(*) FROM (SELECT 1 FROM {users} u WHERE u.kind = 'staff' AND u.role = r.builtin LIMIT 1001))
	WHEN r.kind = 'staff' THEN (SELECT count(*) FROM (SELECT 1 FROM {user_roles} x WHERE x.role_id = r.id LIMIT 1001))
	WHEN r.builtin = '` + PortalAdmin + `' THEN (SELECT count(*) FROM (SELECT 1 FROM {memberships} m JOIN {users} u ON u.id = m.user_id WHERE m.role = 'admin' LIMIT 1001))
	ELSE (SELECT count(*) FROM (SELECT 1 FROM {membership_roles} x JOIN {memberships} m ON m.id = x.membership_id JOIN {users} u ON u.id = m.user_id WHERE x.role_id = r.id LIMIT 1001)) END,
	r.version, r.updated_at`

func (o *Role) row(r *row) {
	o.ID, o.Kind, o.Builtin, o.Name, o.About = RoleID(r.int()), r.str(), r.str(), r.str(), r.str()
	o.fill(r.str())
	o.People, o.Version, o.Updated = r.int(), r.int(), r.unix()
}

// fill puts in what the role holds, as it was joined.
func (o *Role) fill(joined string) {
	for _, b := range builtinRoles {
		if b.kind == o.Kind && b.builtin == o.Builtin {
			o.About = b.about
		}
	}
	names := strings.Split(joined, ",")
	if o.Kind == "client" {
		o.Features = featureSet(joined).ordered()
		return
	}
	for _, i := range rules {
		if slices.Contains(names, string(i.verb)) {
			o.Verbs = append(o.Verbs, i.verb)
		}
	}
}

// ordered lists a set of features in the order people see them.
func (f features) ordered() (out []Feature) {
	for _, i := range Features {
		if f[i.Feature] {
			out = append(out, i.Feature)
		}
	}
	return out
}

// Grants reports whether a role of staff grants v.
func (o Role) Grants(v Verb) bool { return o.grants().has(v) }

func (o Role) grants() grants {
	if o.Builtin == "" {
		return ownGrants(o.Verbs)
	}
	return staffGrants[o.Builtin]
}

// Covers reports whether a role of staff allows nothing that the person may
// not do: only such a one can be given.
func (s Staff) Covers(o Role) bool { return s.grants.covers(o.grants()) }

// Gives reports whether a role of clients gives a feature, where it is shared.
func (o Role) Gives(f Feature) bool { return roleFeatures(o.Builtin, o.Features)[f] }

// roleFeatures is what a role of clients gives of all there is to share.
func roleFeatures(builtin string, own []Feature) features {
	out := features{}
	for _, i := range Features {
		switch builtin {
		case "":
			out[i.Feature] = slices.Contains(own, i.Feature)
		case "viewer":
			out[i.Feature] = i.Kind == "view" || i.Kind == "app" && hasViews(i.App)
		default:
			out[i.Feature] = true
		}
	}
	return out
}

// hasViews reports whether there is anything to look at in an app: one without
// is something to do, such as reporting a problem.
func hasViews(app Feature) bool {
	return slices.ContainsFunc(Features, func(i FeatureInfo) bool { return i.App == app && i.Kind == "view" })
}

// Roles lists the roles of staff or of clients: the built-in ones, then the
// provider's own by name.
func (s Staff) Roles(ctx context.Context, kind string) ([]Role, error) {
	return list(ctx, s.scope, (*Role).row, `SELECT `+roleColumns+` FROM {roles} r WHERE r.kind = :kind ORDER BY r.position, r.key, r.id LIMIT 500`, p(":kind", kind))
}

// Role reads one role.
func (s Staff) Role(ctx context.Context, id RoleID) (Role, error) {
	return one(ctx, s.scope, "role", (*Role).row, `SELECT `+roleColumns+` FROM {roles} r WHERE r.id = :id`, p(":id", id))
}
