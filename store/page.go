package store

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"gatehouse/store/fault"
)

// PageSize is how many rows a list shows at once.
const PageSize = 50

// countUpTo is where a total stops being counted and becomes "1,000+".
const countUpTo = 1000

// Page is one page of a list. Next is the cursor of the page after it, "" on
// the last one. Total is exact unless More, then it is "more than that".
type Page[T any] struct {
	Rows  []T
	Next  string
	Total int
	More  bool
}

// pageQuery is a list that can be filtered, sorted and paged by key.
type pageQuery[T any] struct {
	columns string
	from    string
	counts  string // what is counted, where that is less than from
	conds   []string
	args    []arg
	sorts   map[string]string // name → column; the row's id breaks ties
	id      string            // the id column
	sort    string            // a name of sorts, "-" before it for descending
	after   string            // cursor of the page before
	limit   int               // 0: PageSize
	total   int               // how many there are in all, if that is known
	known   bool
	endless bool // a feed: nobody asks for its total
	into    func(*T, *row)
	key     func(*T, string) (any, int64) // the sort column's value and the id, for the cursor
}

// where adds a condition with its parameters.
func (q *pageQuery[T]) where(cond string, args ...arg) {
	q.conds, q.args = append(q.conds, cond), append(q.args, args...)
}

// like adds a search over columns, if there is anything to search for.
func (q *pageQuery[T]) like(search string, columns ...string) {
	search = strings.TrimSpace(search)
	if search == "" {
		return
	}
	parts := make([]string, len(columns))
	for i, c := range columns {
		parts[i] = c + ` LIKE :search ESCAPE '\'`
	}
	q.where(`(`+strings.Join(parts, ` OR `)+`)`, p(":search", `%`+likeEscape.Replace(clip(search, 200))+`%`))
}

var likeEscape = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

func page[T any](ctx context.Context, s scope, q pageQuery[T]) (Page[T], error) {
	name, desc := strings.CutPrefix(q.sort, "-")
	column, known := q.sorts[name]
	if !known {
		return Page[T]{}, fault.New(fault.Invalid, "This list cannot be sorted by “%s”.", clip(name, 40))
	}
	if q.limit == 0 {
		q.limit = PageSize
	}
	counted := q.count(ctx, s)
	way, cmp := ``, `>`
	if desc {
		way, cmp = ` DESC`, `<`
	}
	if q.after != "" {
		value, id, err := readCursor(q.after)
		if err != nil {
			return Page[T]{}, err
		}
		q.where(`(`+column+`, `+q.id+`) `+cmp+` (:after, :after_id)`, p(":after", value), p(":after_id", id))
	}
	text := `SELECT ` + q.columns + ` FROM ` + q.from + q.clause() + ` ORDER BY ` + column + way + `, ` + q.id + way + upTo(q.limit+1)
	rows := make([]T, 0, min(q.limit, PageSize)+1)
	err := s.each(ctx, text, func(r *row) error {
		rows = append(rows, *new(T))
		q.into(&rows[len(rows)-1], r)
		return nil
	}, q.args...)
	if err != nil {
		return Page[T]{}, err
	}
	out := Page[T]{Rows: rows}
	if len(rows) > q.limit {
		out.Rows = rows[:q.limit]
		value, id := q.key(&rows[q.limit-1], name)
		out.Next = writeCursor(value, id)
	}
	switch {
	case q.endless:
	case q.known:
		out.Total = q.total
	case q.after == "" && out.Next == "" && s.db.seen == nil: // who listens wants to see the count as well
		out.Total = len(rows)
	default:
		out.Total, out.More, err = counted()
	}
	return out, err
}

// upTo limits a statement. The number stands in the text: SQLite plans for a
// limit it knows, and one that comes as a parameter makes it plan anew at every
// single run.
func upTo(rows int) string { return ` LIMIT ` + strconv.Itoa(rows) }

func (q *pageQuery[T]) clause() string {
	if len(q.conds) == 0 {
		return ``
	}
	return ` WHERE ` + strings.Join(q.conds, ` AND `)
}

// and is the conditions behind one that is always there.
func (q *pageQuery[T]) and() string {
	if len(q.conds) == 0 {
		return ``
	}
	return ` AND ` + strings.Join(q.conds, ` AND `)
}

// count counts up to a limit what the conditions so far let through.
func (q *pageQuery[T]) count(ctx context.Context, s scope) func() (int, bool, error) {
	text := `SELECT count(*) FROM (SELECT 1 FROM ` + pick(q.counts, q.from) + q.clause() + upTo(countUpTo+1) + `)`
	args := slices.Clone(q.args)
	return func() (int, bool, error) {
		n, err := s.number(ctx, text, args...)
		return min(int(n), countUpTo), n > countUpTo, err
	}
}

func writeCursor(value any, id int64) string {
	b, _ := json.Marshal([]any{plain(value), id})
	return base64.RawURLEncoding.EncodeToString(b)
}

func readCursor(c string) (any, int64, error) {
	bad := fault.New(fault.Invalid, "This page of the list no longer exists. Start again from the first page.")
	b, err := base64.RawURLEncoding.DecodeString(c)
	if err != nil || len(c) > 12000 {
		return nil, 0, bad
	}
	var parts []json.RawMessage
	var id int64
	if json.Unmarshal(b, &parts) != nil || len(parts) != 2 || json.Unmarshal(parts[1], &id) != nil {
		return nil, 0, bad
	}
	var n int64
	if json.Unmarshal(parts[0], &n) == nil {
		return n, id, nil
	}
	var f float64
	if json.Unmarshal(parts[0], &f) == nil {
		return f, id, nil
	}
	var v string
	if json.Unmarshal(parts[0], &v) != nil {
		return nil, 0, bad
	}
	return v, id, nil
}
