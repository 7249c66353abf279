package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gatehouse/store"
	"gatehouse/store/fault"
)

// atTheMachine is who the logs name for what is done at the command line.
const atTheMachine = "command line"

var fromCLI = store.Origin{Source: "cli"}

// do does an errand of the command line and says what came of it.
func (a *App) do(ctx context.Context, e errand) ([]string, error) {
	switch e.Do {
	case "setup-link":
		return a.doSetUpLink(ctx)
	case "login-link":
		return a.doLoginLink(ctx, e.Args["email"], e.Args["at"])
	case "admin create":
		return a.doAdminCreate(ctx, e.Args)
	case "admin list":
		return a.doAdminList(ctx)
	case "admin reset-password":
		return a.doAdminReset(ctx, e.Args["email"])
	case "admin reset-factor":
		return a.doAdminFactor(ctx, e.Args["email"])
	case "testmail":
		return a.doTestMail(ctx, e.Args["to"])
	case "doctor":
		return a.doDoctor(ctx)
	}
	return nil, fmt.Errorf("the running gatehouse does not know %q; it may be of another version", e.Do)
}

func (a *App) system() store.System { return a.Site.DB.System(atTheMachine, fromCLI) }

func sorted(lines []string) []string { slices.Sort(lines); return lines }

func (a *App) doSetUpLink(ctx context.Context) ([]string, error) {
	path, err := a.Desk.NewSetUpLink(ctx, fromCLI)
	if err != nil {
		return nil, err
	}
	link, err := a.link(ctx, path)
	return []string{link, "It works once, for 30 minutes, while gatehouse serves." + a.elsewhere(ctx, "")}, err
}

func (a *App) doLoginLink(ctx context.Context, email, at string) ([]string, error) {
	if ready, err := a.isReady(ctx); err != nil || !ready {
		return nil, notReady(err)
	}
	at = strings.Trim(at, "/")
	_, err := a.system().OperatorAccount(ctx, email)
	if err != nil && fault.Of(err) != fault.NotFound {
		return nil, err
	}
	isOperator := err == nil
	doors, err := a.system().Entrances(ctx, email)
	if err != nil {
		return nil, err
	}
	doors = slices.DeleteFunc(doors, func(e store.Entrance) bool { return at != "" && strings.Trim(e.Path(), "/") != at })
	isOperator = isOperator && (at == "" || at == "operator")
	switch {
	case !isOperator && len(doors) == 0:
		return nil, fmt.Errorf("nobody with the address %s can sign in%s; disabled accounts get no link", email, atWords(at))
	case isOperator && len(doors) > 0 || len(doors) > 1:
		return nil, whichDoor(email, isOperator, doors)
	case isOperator:
		return a.linkLines(ctx)(a.Desk.NewOperatorLink(ctx, email, fromCLI, atTheMachine))
	}
	return a.linkLines(ctx)(a.Desk.LoginLink(ctx, doors[0], fromCLI, atTheMachine))
}

func atWords(at string) string {
	if at == "" {
		return ""
	}
	return " at " + at
}

func notReady(err error) error {
	if err != nil {
		return err
	}
	return fmt.Errorf("this appliance is not set up yet; run “gatehouse setup-link”")
}

func whichDoor(email string, operator bool, doors []store.Entrance) error {
	var at []string
	if operator {
		at = append(at, "operator")
	}
	for _, d := range doors {
		at = append(at, strings.Trim(d.Path(), "/"))
	}
	return fmt.Errorf("%s can sign in at several doors; say which with --at: %s", email, strings.Join(at, ", "))
}

// linkLines tells a one-time link.
func (a *App) linkLines(ctx context.Context) func(path string, err error) ([]string, error) {
	return func(path string, err error) ([]string, error) {
		if err != nil {
			return nil, err
		}
		link, err := a.link(ctx, path)
		return []string{link, "It works once, for 15 minutes, and sets a new password."}, err
	}
}

func (a *App) doAdminCreate(ctx context.Context, args map[string]string) ([]string, error) {
	name := args["name"]
	if name == "" {
		name, _, _ = strings.Cut(args["email"], "@")
	}
	ready, err := a.isReady(ctx)
	if err != nil {
		return nil, err
	}
	if base, err := a.Desk.BaseURL(ctx); err != nil || !ready && base == "" {
		return nil, orError(err, "this appliance is not set up yet: give --base-url as well, or use the set-up page (gatehouse setup-link)")
	}
	lines, err := a.linkLines(ctx)(a.Desk.AddOperator(ctx, args["email"], name, fromCLI, atTheMachine))
	if err != nil || ready {
		return lines, err
	}
	_, err = a.system().SetUpUnattended(ctx, func(store.System) error { return nil })
	return lines, err
}

func orError(err error, otherwise string) error {
	if err != nil {
		return err
	}
	return fmt.Errorf("%s", otherwise)
}

func (a *App) doAdminList(ctx context.Context) ([]string, error) {
	all, err := a.system().Operators(ctx)
	var lines []string
	for _, o := range all {
		last := "never signed in"
		if !o.LastLogin.IsZero() {
			last = "last signed in " + o.LastLogin.Format("2006-01-02 15:04 MST")
		}
		lines = append(lines, fmt.Sprintf("%-32s  %-24s  %s", o.Email, o.Name, last))
	}
	if len(lines) == 0 {
		lines = []string{"There is no operator. Add one with: gatehouse admin create EMAIL"}
	}
	return lines, err
}

// doAdminReset shuts an operator out at once and gives a link back in.
func (a *App) doAdminReset(ctx context.Context, email string) ([]string, error) {
	who, err := a.system().OperatorAccount(ctx, email)
	if err != nil {
		return nil, err
	}
	if err := a.system().SetOperatorPassword(ctx, who, ""); err != nil {
		return nil, err
	}
	lines, err := a.linkLines(ctx)(a.Desk.NewOperatorLink(ctx, email, fromCLI, atTheMachine))
	if err == nil && !who.FactorAt.IsZero() {
		lines = append(lines, "Their second factor stays: without the phone, run “gatehouse admin reset-factor "+who.Email+"” as well.")
	}
	return lines, err
}

// doAdminFactor is for an operator who lost the phone and the recovery codes.
func (a *App) doAdminFactor(ctx context.Context, email string) ([]string, error) {
	who, err := a.system().OperatorAccount(ctx, email)
	if err != nil {
		return nil, err
	}
	if err := a.system().ResetOperatorFactor(ctx, who); err != nil {
		return nil, err
	}
	return []string{"The second factor of " + who.Email + " is off, and all their sessions have ended. The password alone lets them in until they set up another."}, nil
}

func (a *App) doTestMail(ctx context.Context, to string) ([]string, error) {
	t, err := a.Desk.TestMail(ctx, to, atTheMachine, fromCLI)
	if err != nil {
		return nil, err
	}
	if f := t.Failure; f != nil {
		words := f.Reply
		if words == "" && f.Cause != nil {
			words = f.Cause.Error()
		}
		return nil, fmt.Errorf("%s refused at stage “%s”: %s\n%s", t.Server, f.Stage, words, f.Hint)
	}
	return []string{"Taken by " + t.Server + " for " + t.To + ".", t.Reply}, nil
}
