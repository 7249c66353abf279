package desk

import (
	"context"
	"errors"
	"io"
	"strings"

	"gatehouse/app/sheet"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// MostInvited is how many people one file invites at most.
const MostInvited = 500

// PersonRow is a line of a file of people to be invited.
type PersonRow struct {
	Line    int
	Person  store.NewPerson
	Problem string // why it cannot be
}

func (r PersonRow) who() string {
	if r.Person.Email != "" {
		return r.Person.Email
	}
	return r.Person.Name
}

// PeopleColumns are the columns of such a file, with the names each may have.
var PeopleColumns = []struct {
	Title string
	names []string
}{
	{"Name", []string{"name", "fullname"}}, {"Email", []string{"email", "mail", "emailaddress"}}, {"Role", []string{"role"}},
	{"Groups", []string{"groups", "group"}}, {"Phone", []string{"phone", "phonenumber", "telephone"}},
	{"Employee number", []string{"employeenumber", "employeeno", "employee", "licence", "license", "ipaflicense"}}, {"Title", []string{"title", "jobtitle"}},
}

// columnKey is a column's name without what people write differently.
func columnKey(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(name))
}

// ReadPeople reads a CSV or XLSX file of people to be invited. Whoever has no
// role in it gets the given one; whoever has no group sees the entire fleet.
func (d *Desk) ReadPeople(ctx context.Context, s store.Staff, f io.ReaderAt, size int64, name string, otherwise store.RoleID) ([]PersonRow, error) {
	in, err := sheet.Open(f, size, name, sheet.Options{})
	if err != nil {
		return nil, err
	}
	defer in.Close()
	at := map[string]int{}
	for i, head := range in.Header {
		for _, c := range PeopleColumns {
			for _, n := range c.names {
				if _, known := at[c.Title]; columnKey(head) == n && !known {
					at[c.Title] = i
				}
			}
		}
	}
	for _, must := range []string{"Name", "Email"} {
		if _, ok := at[must]; !ok {
			return nil, fault.Field("file", "There is no column “%s” in this file. Its first line must name the columns.", must)
		}
	}
	known, err := d.peopleWords(ctx, s)
	if err != nil {
		return nil, err
	}
	return known.rows(in, at, otherwise)
}

// peopleWords are the roles and groups that a file may name.
type peopleWords struct {
	roles  map[string]store.RoleID
	groups map[string]store.GroupID
}

func (d *Desk) peopleWords(ctx context.Context, s store.Staff) (peopleWords, error) {
	w := peopleWords{map[string]store.RoleID{}, map[string]store.GroupID{}}
	roles, err := s.Roles(ctx, "staff")
	if err != nil {
		return w, err
	}
	for _, r := range roles {
		w.roles[wordKey(r.Name)] = r.ID
	}
	groups, err := s.GroupChoices(ctx)
	for _, u := range groups {
		w.groups[wordKey(u.Name)] = u.ID
	}
	return w, err
}

func wordKey(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), "")) }

func (w peopleWords) rows(in *sheet.Reader, at map[string]int, otherwise store.RoleID) (out []PersonRow, err error) {
	for {
		row, err := in.Next()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		if len(out) == MostInvited {
			return nil, fault.Field("file", "At most %d people can be invited with one file. Split it into parts.", MostInvited)
		}
		if r := w.row(row, at, otherwise); r.who() != "" {
			out = append(out, r)
		}
	}
}

func (w peopleWords) row(row sheet.Row, at map[string]int, otherwise store.RoleID) PersonRow {
	cell := func(title string) string {
		if i, ok := at[title]; ok && i < len(row.Cells) {
			return strings.TrimSpace(row.Cells[i])
		}
		return ""
	}
	r := PersonRow{Line: row.Line, Problem: row.Problem, Person: store.NewPerson{Email: cell("Email"),
		UserEdit: store.UserEdit{Name: cell("Name"), Phone: cell("Phone"), EmployeeNo: cell("Employee number"), Title: cell("Title"), Role: otherwise}}}
	if role := cell("Role"); role != "" {
		if r.Person.Role = w.roles[wordKey(role)]; r.Person.Role == 0 {
			r.Problem = "There is no role “" + role + "”."
		}
	}
	for _, name := range strings.FieldsFunc(cell("Groups"), func(r rune) bool { return r == ',' || r == ';' || r == '|' }) {
		group := w.groups[wordKey(name)]
		if group == 0 {
			r.Problem = "There is no group “" + strings.TrimSpace(name) + "”."
			continue
		}
		r.Person.Groups = append(r.Person.Groups, group)
	}
	r.Person.AllGroups = len(r.Person.Groups) == 0
	return r
}
