package store

import (
	"fmt"
	"reflect"
	"time"

	"zombiezen.com/go/sqlite"
)

// row reads the columns of one result row from left to right.
type row struct {
	*sqlite.Stmt
	at int
}

func (r *row) next() int      { r.at++; return r.at - 1 }
func (r *row) str() string    { return r.ColumnText(r.next()) }
func (r *row) int() int64     { return r.ColumnInt64(r.next()) }
func (r *row) float() float64 { return r.ColumnFloat(r.next()) }
func (r *row) bool() bool     { return r.ColumnInt64(r.next()) != 0 }
func (r *row) null() bool     { return r.ColumnType(r.at) == sqlite.TypeNull } // of the column that comes next

// unix reads seconds since 1970; null is the zero time.
func (r *row) unix() time.Time {
	if r.null() {
		r.next()
		return time.Time{}
	}
	return time.Unix(r.int(), 0).UTC()
}

// bytes returns a copy that outlives the row.
func (r *row) bytes() []byte {
	i := r.next()
	b := make([]byte, r.ColumnLen(i))
	r.ColumnBytes(i, b)
	return b
}

// any reads a value as what it is: nil, int64, float64 or string.
func (r *row) any() any {
	i := r.next()
	switch r.ColumnType(i) {
	case sqlite.TypeInteger:
		return r.ColumnInt64(i)
	case sqlite.TypeFloat:
		return r.ColumnFloat(i)
	case sqlite.TypeNull:
		return nil
	}
	return r.ColumnText(i)
}

// plain is what any would read back after v was bound.
func plain(v any) any {
	switch v := v.(type) {
	case bool:
		if v {
			return int64(1)
		}
		return int64(0)
	case Num:
		if !v.OK {
			return nil
		}
		return v.V
	case time.Time:
		if v.IsZero() {
			return nil
		}
		return v.Unix()
	case []byte:
		return string(v)
	}
	switch k := reflect.ValueOf(v); k.Kind() {
	case reflect.Int, reflect.Int64:
		return k.Int()
	case reflect.String:
		return k.String()
	}
	return v
}

// num reads a number that may be missing.
func (r *row) num() Num {
	if r.null() {
		r.next()
		return Num{}
	}
	return Num{V: r.float(), OK: true}
}

// Num is a number that may be missing: a reading nobody took.
type Num struct {
	V  float64
	OK bool
}

// Some returns a number that is there.
func Some(v float64) Num { return Num{V: v, OK: true} }

// arg is a named parameter, ":name".
type arg struct {
	name string
	v    any
}

func p(name string, v any) arg { return arg{name, v} }

// bindArg sets one parameter. Times become seconds, the zero time null.
func bindArg(st *sqlite.Stmt, name string, v any) {
	switch v := v.(type) {
	case nil:
		st.SetNull(name)
	case string:
		st.SetText(name, v)
	case []byte:
		st.SetBytes(name, v)
	case int:
		st.SetInt64(name, int64(v))
	case int64:
		st.SetInt64(name, v)
	case float64:
		st.SetFloat(name, v)
	case bool:
		st.SetBool(name, v)
	case Num:
		if !v.OK {
			st.SetNull(name)
			return
		}
		st.SetFloat(name, v.V)
	case time.Time:
		if v.IsZero() {
			st.SetNull(name)
			return
		}
		st.SetInt64(name, v.Unix())
	default:
		bindKind(st, name, reflect.ValueOf(v))
	}
}

// bindKind binds our own named types by what they are underneath.
func bindKind(st *sqlite.Stmt, name string, v reflect.Value) {
	switch v.Kind() {
	case reflect.Int64, reflect.Int:
		st.SetInt64(name, v.Int())
	case reflect.String:
		st.SetText(name, v.String())
	default:
		panic(fmt.Sprintf("store: cannot bind %s: %s", name, v.Type())) // a mistake of ours: tests meet it first
	}
}

// orNull turns "no row" (0) and "nothing said" ("") into NULL.
func orNull[T comparable](v T) any {
	var zero T
	if v == zero {
		return nil
	}
	return v
}
