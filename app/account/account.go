// Package account is what the provider's people and its customers' people do
// alike with their own account, whichever door they use: sign in, prove an
// address, change their profile. A door says what is its own (Door); the
// handlers and pages are the same.
package account

import (
	"context"
	"net/http"
	"time"

	"github.com/gorilla/mux"

	"gatehouse/app/desk"
	"gatehouse/app/web"
	"gatehouse/app/web/ui"
	"gatehouse/store"
)

// Own is somebody signed in, with what everybody may do about itself: staff and
// clients alike.
type Own interface {
	desk.Factored
	desk.EmailChanger
	Now() time.Time
	Sessions(ctx context.Context) ([]store.Session, error)
	EndSession(ctx context.Context, id store.SessionID) error
	SetFormats(ctx context.Context, name string, f store.Formats, ownClock bool) error
}

// Face is how a door looks to people who are not in yet.
type Face struct {
	Title string // whose door it is: the provider's name, or the portal's
	Lead  string // a sentence below the heading of the sign-in page, already translated
	Ask   string // whom to ask when nothing helps
	Login string // label of the field for who signs in
}

// Door is one of the two doors, as the account's pages need it.
type Door struct {
	Name string // begins the names of its routes: admin, portal
	Site *web.Site
	Desk *desk.Desk
	Life time.Duration // of a session

	Base     func(r *http.Request) string
	Where    func(r *http.Request) (desk.Where, Face, error)
	Stranger func(w http.ResponseWriter, r *http.Request) *ui.View // its look before anybody signed in
	View     func(w http.ResponseWriter, r *http.Request, who Own) *ui.View
	Enter    func(r *http.Request) (Own, error)
	SignOut  func(ctx context.Context, who Own) error
	Public   func(web.Handler) http.Handler
	Own      func(func(w http.ResponseWriter, r *http.Request, who Own) error) http.Handler
}

// Routes adds the pages to the door's addresses.
func (d *Door) Routes(r *mux.Router) {
	d.signInRoutes(r)
	d.factorRoutes(r)
	d.codeRoutes(r)
	d.emailRoutes(r)
	d.profileRoutes(r)
}

// route names a route after its door.
func (d *Door) route(r *mux.Router, path string, h http.Handler, method, name string) {
	methods := []string{method}
	if method == http.MethodGet {
		methods = append(methods, http.MethodHead)
	}
	r.Handle(path, h).Methods(methods...).Name(d.Name + "." + name)
}
