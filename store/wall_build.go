package store

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"gatehouse/store/fault"
)

var (
	braced = regexp.MustCompile(`\{(mine:)?(\w+)\}|<(\w+)>`)
	word   = regexp.MustCompile(`\w+`)
)

// readSchema learns the tenant tables from the schema itself, so that a table
// nobody thought of is closed, not open.
func (db *DB) readSchema(ctx context.Context) error {
	db.tables, db.hasCustomer = map[string]bool{}, map[string]bool{}
	return db.query(ctx, nil, `SELECT m.name, EXISTS (SELECT 1 FROM pragma_table_info(m.name) c WHERE c.name = 'customer_id')
		FROM sqlite_schema m WHERE m.type = 'table'
		AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) c WHERE c.name = 'provider_id')`, nil,
		func(r *row) error {
			name := r.str()
			db.tables[name], db.hasCustomer[name] = true, r.bool()
			return nil
		})
}

// side tells apart the scopes that wall a statement differently.
type side int8

const (
	staffSide side = iota
	groupedSide
	clientSide
	unitsSide
	managerSide

	recentOnly side = 8 // added to those of staff: nothing of before the last day
)

func (s scope) side() side {
	of := staffSide
	switch {
	case s.manages:
		return managerSide
	case s.customer != 0 && s.groups:
		return unitsSide
	case s.customer != 0:
		return clientSide
	case s.groups:
		of = groupedSide
	}
	if s.recent {
		of |= recentOnly
	}
	return of
}

// mine is the condition under which a row of the named table is the scope's.
func mine(name string, of side) (string, error) {
	w, ok := walls[name]
	if !ok {
		return "", fault.New(fault.Internal, "wall: %q has no entry in walls", name)
	}
	conds := []string{`provider_id = :provider`}
	add := func(c string) {
		if c != allRows {
			conds = append(conds, c)
		}
	}
	if of&recentOnly != 0 && w.recent != "" {
		add(w.recent)
	}
	of &^= recentOnly
	switch of {
	case managerSide:
		add(pick(w.manager, nobody))
	case clientSide, unitsSide:
		add(w.client)
	default:
		add(w.staff)
	}
	if of == groupedSide {
		add(w.grouped)
	}
	if of == unitsSide {
		add(w.units)
	}
	return strings.Join(conds, ` AND `), nil
}

type wallKey struct {
	text string
	of   side
}

// walled is a statement after the wall: what to run, which grants its tables
// need, and which of the scope's own parameters it mentions.
type walled struct {
	text  string
	reads []Verb
	std   []int
	whose bool // as a write it says whose rows it writes
}

// behind returns text behind the wall of the scope's side.
func (s scope) behind(text string) (*walled, error) {
	if s.db == nil {
		return nil, fault.New(fault.Unauthenticated, "Please sign in first.")
	}
	key := wallKey{text, s.side()}
	s.db.mu.RLock()
	w := s.db.walls[key]
	s.db.mu.RUnlock()
	if w != nil {
		return w, nil
	}
	w, err := s.db.buildWall(key)
	if err != nil {
		return nil, err
	}
	s.db.mu.Lock()
	s.db.walls[key] = w
	s.db.mu.Unlock()
	return w, nil
}

func (db *DB) buildWall(key wallKey) (w *walled, err error) {
	for _, name := range word.FindAllString(braced.ReplaceAllString(key.text, ""), -1) {
		if db.tables[strings.ToLower(name)] { // SQLite ignores case
			return nil, fault.New(fault.Internal, "wall: %q is named bare in %s", name, strings.TrimSpace(key.text))
		}
	}
	w = &walled{whose: saysWhose(key.text)}
	w.text = braced.ReplaceAllStringFunc(key.text, func(b string) string {
		out, e := w.expand(b, key.of)
		if e != nil {
			err = e
		}
		return out
	})
	w.std = stdOf(w.text)
	return w, err
}

// saysWhose reports whether a write binds the provider it is for, or goes
// behind the wall.
func saysWhose(text string) bool {
	if strings.HasPrefix(strings.ToUpper(strings.TrimSpace(text)), "INSERT") {
		return strings.Contains(text, ":provider")
	}
	return strings.Contains(text, "{mine:")
}

var param = regexp.MustCompile(`:\w+`)

// stdOf lists which of the scope's own parameters a statement mentions.
func stdOf(text string) (std []int) {
	names := param.FindAllString(text, -1)
	for i, p := range stdParams {
		if slices.Contains(names, p.name) {
			std = append(std, i)
		}
	}
	return std
}

func (w *walled) expand(b string, of side) (string, error) {
	m := braced.FindStringSubmatch(b)
	if m[3] != "" {
		_, err := mine(m[3], of)
		return m[3], err
	}
	cond, err := mine(m[2], of)
	if err != nil || m[1] != "" {
		return cond, err
	}
	w.reads = append(w.reads, walls[m[2]].read)
	columns, c := `*`, walls[m[2]].columns
	if of == managerSide {
		c = walls[m[2]].managed
	}
	if c != "" && (of == clientSide || of == unitsSide || of == managerSide) {
		columns = c
	}
	return `(SELECT ` + columns + ` FROM ` + m[2] + ` WHERE ` + cond + `)`, nil
}
