package desk

import (
	"context"

	"gatehouse/app/secret"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// FirstSetUp is what the first set-up asks for: who runs the appliance, where
// it is reached, its mail, and the first provider with its admin.
type FirstSetUp struct {
	Name, Email, Password string
	BaseURL               string
	Mail                  MailForm // Host empty: later
	Provider              store.NewProvider
	SameAdmin             bool // the operator is the provider's admin as well
	AdminName, AdminEmail string
}

// SetUpDone is what a first set-up leads to.
type SetUpDone struct {
	Console  string // token of a session in the console
	Staff    string // token of a session in the provider's interface, "" unless SameAdmin
	Provider string // the provider's slug, "" without one
	Link     string // path of the admin's activation, "" where it is not needed
}

// Validate brings everything into its form and reports all that is wrong at
// once, by the names of the set-up's fields.
func (f *FirstSetUp) Validate() error {
	var bad fault.Problems
	add := func(prefix string, err error) {
		for name, says := range fault.Fields(err) {
			bad.Add(prefix+name, "%s", says)
		}
	}
	op := store.NewOperator{Email: f.Email, Name: f.Name}
	add("", op.Clean())
	f.Email, f.Name = op.Email, op.Name
	add("", checkPassword(0, f.Password, []string{f.Provider.Name, f.Provider.Slug}, f.Name, f.Email))
	base, err := store.BaseURL(f.BaseURL)
	if add("", err); err == nil {
		f.BaseURL = base
	}
	if f.Mail.Host != "" {
		add("mail_", f.Mail.Clean())
	}
	if f.hasProvider() {
		add("provider_", f.Provider.Validate())
		if !f.SameAdmin {
			u := store.NewOperator{Email: f.AdminEmail, Name: f.AdminName}
			add("admin_", u.Clean())
			f.AdminEmail, f.AdminName = u.Email, u.Name
		}
	}
	return bad.Err()
}

func (f *FirstSetUp) hasProvider() bool { return f.Provider.Name != "" || f.Provider.Slug != "" }

// NewSetUpLink makes the link of the first set-up; earlier ones are void.
func (d *Desk) NewSetUpLink(ctx context.Context, from store.Origin) (path string, err error) {
	token, hash := secret.NewToken(d.db.Rand(), secret.SetUp)
	return "/setup/" + token, d.db.System("set-up", from).AddSetUpLink(ctx, hash)
}

// SetUp makes the first set-up over its link, all of it or nothing.
func (d *Desk) SetUp(ctx context.Context, link string, f FirstSetUp, from store.Origin) (done SetUpDone, err error) {
	hash, err := secret.HashToken(link, secret.SetUp)
	if err != nil {
		return done, err
	}
	y := d.db.System(f.Name, from)
	if err := y.SetUpLink(ctx, hash); err != nil {
		return done, err
	}
	if err := f.Validate(); err != nil {
		return done, err
	}
	phc, err := secret.Hash(ctx, f.Password)
	if err != nil {
		return done, err
	}
	err = y.SetUp(ctx, hash, func(y store.System) error {
		if done, err = d.firstRows(ctx, y, f, phc); err != nil {
			return err
		}
		return d.signInFirst(ctx, y, f, &done)
	})
	return done, err
}

// signInFirst opens the sessions of whoever just made the set-up.
func (d *Desk) signInFirst(ctx context.Context, y store.System, f FirstSetUp, done *SetUpDone) error {
	a, err := y.OperatorAccount(ctx, f.Email)
	if err != nil {
		return err
	}
	if done.Console, err = d.openConsole(ctx, y, a); err != nil || done.Provider == "" || !f.SameAdmin {
		return err
	}
	home, err := y.ProviderBySlug(ctx, done.Provider)
	if err != nil {
		return err
	}
	admin, err := y.Account(ctx, home.ID, f.Email)
	if err != nil {
		return err
	}
	token, hash := secret.NewToken(d.db.Rand(), secret.Session)
	done.Staff = token
	return y.StartSession(ctx, admin, 0, hash)
}

// SetUpUnattended makes the first set-up from what the program was started
// with, unless it is done already.
func (d *Desk) SetUpUnattended(ctx context.Context, f FirstSetUp, from store.Origin) (did bool, err error) {
	y := d.db.System("environment", from)
	if ready, err := y.Ready(ctx); err != nil || ready {
		return false, err
	}
	if err := f.Validate(); err != nil {
		return false, err
	}
	phc, err := secret.Hash(ctx, f.Password)
	if err != nil {
		return false, err
	}
	return y.SetUpUnattended(ctx, func(y store.System) error {
		_, err := d.firstRows(ctx, y, f, phc)
		return err
	})
}

func (d *Desk) firstRows(ctx context.Context, y store.System, f FirstSetUp, phc string) (done SetUpDone, err error) {
	settings := map[string]string{store.SetBaseURL: f.BaseURL, store.SetContactName: f.Name, store.SetContactMail: f.Email}
	if f.Mail.Host != "" {
		for name, v := range f.Mail.settings() {
			settings[name] = v
		}
	}
	if err := y.SetSettings(ctx, settings); err != nil {
		return done, err
	}
	if _, err := y.AddOperator(ctx, store.NewOperator{Email: f.Email, Name: f.Name, Password: phc}); err != nil || !f.hasProvider() {
		return done, err
	}
	done.Provider = f.Provider.Slug
	id, err := y.AddProvider(ctx, f.Provider)
	if err != nil {
		return done, prefixed("provider_", err)
	}
	if f.SameAdmin {
		_, err = y.AddAdmin(ctx, id, store.NewUser{Name: f.Name, Email: f.Email, Owner: true, Password: phc})
		return done, err
	}
	done.Link, err = d.addAdmin(ctx, y, id, store.NewUser{Name: f.AdminName, Email: f.AdminEmail, Owner: true}, f.Name)
	return done, prefixed("admin_", err)
}

// prefixed moves the sentences of an error to the fields of a larger form.
func prefixed(prefix string, err error) error {
	fields := fault.Fields(err)
	if len(fields) == 0 {
		return err
	}
	moved := map[string]string{}
	for name, says := range fields {
		moved[prefix+name] = says
	}
	return &fault.Fault{Kind: fault.Of(err), Says: fault.Says(err), Fields: moved, Cause: err}
}
