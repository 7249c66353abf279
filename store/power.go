package store

import (
	"context"
	"strings"
)

// power is what somebody of the staff may do, and what it comes from.
type power struct {
	role     string // admin, fleet_admin, user, technician, agent; own
	roleID   RoleID
	roleName string
	own      []Verb // of an own role
	rights   []Right
	all      bool // sees all groups
}

// powerColumns reads u's power. Whoever runs it takes the braces away or lets
// the wall do it.
const powerColumns = `u.role, CASE WHEN u.role = 'own' THEN (SELECT r.id || ' ' || r.name FROM {user_roles} x JOIN {roles} r ON r.provider_id = x.provider_id AND r.id = x.role_id WHERE x.provider_id = u.provider_id AND x.user_id = u.id) END,
	CASE WHEN u.role = 'own' THEN (SELECT group_concat(g.name) FROM {user_roles} x JOIN {role_grants} g ON g.provider_id = x.provider_id AND g.role_id = x.role_id WHERE x.provider_id = u.provider_id AND x.user_id = u.id) END,
	(SELECT group_concat(t.name) FROM {user_rights} t WHERE t.provider_id = u.provider_id AND t.user_id = u.id), u.all_groups`

var bare = strings.NewReplacer("{", "", "}", "")

func (p *power) row(r *row) {
	p.role = r.str()
	id, name, _ := strings.Cut(r.str(), " ")
	p.roleID, p.roleName = RoleID(atoi(id)), name
	if p.roleName == "" {
		p.roleName = builtinName("staff", p.role)
	}
	for v := range strings.SplitSeq(r.str(), ",") {
		if v != "" {
			p.own = append(p.own, Verb(v))
		}
	}
	p.rights, p.all = rightsOf(r.str()), r.bool()
}

// byRole is what the role alone grants.
func (p power) byRole() grants {
	if p.role == "own" {
		return ownGrants(p.own)
	}
	return staffGrants[p.role]
}

// grants is what counts in the end: the role, with what rights add and take
// away, without what somebody limited to groups is never granted.
func (p power) grants() grants {
	g := p.byRole()
	for _, i := range rightList {
		if !i.Takes && p.has(i.Right) {
			g = g.union(i.verbs)
		}
	}
	for _, i := range rightList {
		if i.Takes && p.has(i.Right) {
			g = g.without(i.verbs)
		}
	}
	if !p.all {
		g = g.without(beyondGroups)
	}
	return g
}

func (p power) has(r Right) bool {
	for _, is := range p.rights {
		if is == r {
			return true
		}
	}
	return false
}

// everybody is what each of the staff may do, whatever the role: see what its
// groups let it see, and look after its own account.
var everybody = func() (g grants) {
	for i, r := range rules {
		if r.staff == "*" {
			g.add(i)
		}
	}
	return g
}()

// ownGrants is what an own role of these verbs grants. Whoever may change a
// kind of thing may read it, too.
func ownGrants(verbs []Verb) grants {
	g := everybody
	for _, v := range verbs {
		if i, ok := verbBit[v]; ok && rules[i].staff != "" {
			g.add(i)
			if read, ok := verbBit[Verb(v.Object()+".read")]; ok {
				g.add(read)
			}
		}
	}
	return g
}

// powerOf reads what somebody of the staff may do.
func (s scope) powerOf(ctx context.Context, of UserID) (power, error) {
	return one(ctx, s, "person", (*power).row, `SELECT `+powerColumns+` FROM {users} u WHERE u.id = :of AND u.kind = 'staff'`, p(":of", of))
}

func atoi(digits string) (n int64) {
	for _, d := range digits {
		if d < '0' || d > '9' {
			return 0
		}
		n = n*10 + int64(d-'0')
	}
	return n
}
