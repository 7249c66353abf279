package web

import (
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/gorilla/mux"

	"gatehouse/store/fault"
)

// Form reads a posted form. Another media type than a form's, or text that is
// not UTF-8, is refused with a sentence.
func Form(r *http.Request) error {
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case err != nil && r.ContentLength == 0: // a button alone
	case media == "multipart/form-data":
		err = r.ParseMultipartForm(4 << 20)
	case media == "application/x-www-form-urlencoded" || r.ContentLength == 0:
		err = r.ParseForm()
	default:
		return fault.New(fault.Invalid, "This address takes a form, not “%s”.", media)
	}
	if err != nil && r.ContentLength != 0 {
		if tooLarge(err) != err {
			return err
		}
		return &fault.Fault{Kind: fault.Invalid, Says: "The form did not arrive whole. Please send it again.", Cause: err}
	}
	for _, vs := range r.PostForm {
		for i, v := range vs {
			vs[i] = strings.ToValidUTF8(v, "\uFFFD")
		}
	}
	return nil
}

// Str is a trimmed field of the posted form.
func Str(r *http.Request, name string) string { return strings.TrimSpace(r.PostForm.Get(name)) }

// Int is a number of the posted form, 0 if it is none.
func Int[T ~int64](r *http.Request, name string) T {
	n, _ := strconv.ParseInt(Str(r, name), 10, 64)
	return T(n)
}

// Ints are all numbers posted under a name; what is no number is left out.
func Ints[T ~int64](r *http.Request, name string) []T {
	var out []T
	for _, v := range r.PostForm[name] {
		if n, err := strconv.ParseInt(v, 10, 64); err == nil {
			out = append(out, T(n))
		}
	}
	return out
}

// QueryInt is a number of the query, 0 if it is none.
func QueryInt[T ~int64](r *http.Request, name string) T {
	n, _ := strconv.ParseInt(r.URL.Query().Get(name), 10, 64)
	return T(n)
}

// ID is the number in a route's place; anything else does not exist.
func ID[T ~int64](r *http.Request, name string) (T, error) {
	n, err := strconv.ParseInt(mux.Vars(r)[name], 10, 64)
	if err != nil || n <= 0 {
		return 0, fault.New(fault.NotFound, "There is nothing at this address.")
	}
	return T(n), nil
}

// Next is where to go after signing in: the address asked for, if it lies
// below path, else path itself. Nothing leads off the appliance (E14).
func Next(r *http.Request, path string) string {
	next := r.FormValue("next")
	if next == path || strings.HasPrefix(next, path+"/") && !strings.ContainsAny(next, "\\\r\n\t") && !strings.Contains(next, "//") && !strings.Contains(next, "..") {
		return next
	}
	return path
}
