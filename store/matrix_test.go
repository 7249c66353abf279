package store

import (
	"fmt"
	"strings"
	"testing"
)

// TestMatrix_whatEachRoleMayDo keeps the permission matrix as people read it. A
// changed line is a changed right of somebody: look at it, then write it with
// -update.
func TestMatrix_whatEachRoleMayDo(t *testing.T) {
	var out strings.Builder
	staff := BuiltinRoles("staff")
	for _, area := range Areas() {
		fmt.Fprintf(&out, "# %s\n", area.Label)
		for _, v := range area.Verbs() {
			who := []string{}
			for _, r := range staff {
				if RoleGrants(r.Builtin, v) {
					who = append(who, r.Name)
				}
			}
			fmt.Fprintf(&out, "%-28s %-60s %s\n", v, v.Does(), strings.Join(who, ", "))
		}
		out.WriteString("\n")
	}
	out.WriteString("# In a portal\n")
	for _, i := range Features {
		who := []string{}
		for _, r := range BuiltinRoles("client") {
			if r.Gives(i.Feature) {
				who = append(who, r.Name)
			}
		}
		fmt.Fprintf(&out, "%-28s %-60s %s\n", i.Feature, i.Label, strings.Join(who, ", "))
	}
	out.WriteString("\n# Rights beyond the role\n")
	for _, i := range Rights() {
		verbs := []string{}
		for _, r := range rules {
			if i.verbs.has(r.verb) {
				verbs = append(verbs, string(r.verb))
			}
		}
		fmt.Fprintf(&out, "%-28s takes %-6t %s\n", i.Label, i.Takes, strings.Join(verbs, ", "))
	}
	golden(t, "testdata/matrix.txt", out.String())
}
