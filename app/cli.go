package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"gatehouse/app/bench"
)

// Terminal is what a command reads from and writes to.
type Terminal struct {
	In       io.Reader
	Out, Err io.Writer
	Environ  []string
}

// command is one word, or two, of the command line.
type command struct {
	name, args, usage string
	most              int // arguments at most; those in capitals are needed
	flags             func(*pflag.FlagSet)
	run               func(context.Context, *call) error
}

// call is a command about to run.
type call struct {
	Terminal
	Config
	flags  *pflag.FlagSet
	args   []string
	served bool // a server has the data file and did the errand
}

func (c *call) flag(name string) string { v, _ := c.flags.GetString(name); return v }

func commands() []command {
	return []command{
		{name: "serve", usage: "serve the data file (what happens without a command)", run: serveCommand},
		{name: "demo", usage: "serve sample data, ready to look at, without any set-up", run: demoCommand},
		{name: "setup-link", usage: "print a new link for the first set-up", run: errandCommand("setup-link")},
		{name: "admin create", args: "EMAIL", most: 1, usage: "add an operator and print a one-time link in", flags: func(f *pflag.FlagSet) { f.String("name", "", "the person's name") }, run: errandCommand("admin create", "email")},
		{name: "admin list", usage: "list the operators", run: errandCommand("admin list")},
		{name: "admin reset-password", args: "EMAIL", most: 1, usage: "shut an operator out and print a one-time link back in", run: errandCommand("admin reset-password", "email")},
		{name: "admin reset-factor", args: "EMAIL", most: 1, usage: "take the second factor from an operator who lost the phone", run: errandCommand("admin reset-factor", "email")},
		{name: "login-link", args: "EMAIL", most: 1, usage: "print a one-time link for anybody with an account", flags: func(f *pflag.FlagSet) {
			f.String("at", "", "which door: operator, admin/SLUG or portal/SLUG")
		}, run: errandCommand("login-link", "email")},
		{name: "testmail", args: "EMAIL", most: 1, usage: "send a test mail now and show what the server says", run: errandCommand("testmail", "to")},
		{name: "doctor", usage: "look at the file, its disk, mail and settings; fails if something is broken", run: doctorCommand},
		{name: "healthcheck", usage: "ask the running server whether it is ready; for containers", run: healthcheckCommand},
		{name: "config print", usage: "show every setting and where it came from, secrets masked", run: configCommand},
		{name: "bench", args: "", usage: "measure this program on this machine: gatehouse bench help", run: helpCommand},
		{name: "version", usage: "show the version, and those of what it is made of", run: versionCommand},
		{name: "bench", usage: "measure this program on this machine; see gatehouse bench help", run: benchCommand},
		{name: "help", usage: "show this", run: helpCommand},
	}
}

// Main runs the command line and returns the program's exit code.
func Main(ctx context.Context, args []string, t Terminal) int {
	err := mainErr(ctx, args, t)
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errQuiet):
		return 1
	}
	_, _ = fmt.Fprintf(t.Err, "gatehouse: %s\n", said(err))
	if u := (*usageError)(nil); errors.As(err, &u) {
		return 2
	}
	return 1
}

// errQuiet is a failure that has been told already.
var errQuiet = errors.New("failed")

// usageError is a command line that cannot be understood.
type usageError struct{ says string }

func (u *usageError) Error() string { return u.says }

func usagef(says string, args ...any) error { return &usageError{fmt.Sprintf(says, args...)} }

func mainErr(ctx context.Context, args []string, t Terminal) error {
	if len(args) > 0 && args[0] == "bench" { // its tools have flags of their own
		return bench.Main(ctx, args[1:], t.Out)
	}
	if len(args) > 0 && args[0] == "bench" {
		return bench.Main(ctx, args[1:], t.Out) // its tools have flags of their own
	}
	cmd, rest, err := pickCommand(args)
	if err != nil {
		return err
	}
	f := flagsOf(cmd.name)
	f.BoolP("help", "h", false, "show this")
	if cmd.flags != nil {
		cmd.flags(f)
	}
	if err := f.Parse(rest); err != nil {
		return badFlag(f, err)
	}
	if h, _ := f.GetBool("help"); h {
		return helpOf(t.Out, cmd, f)
	}
	needed := len(strings.Fields(cmd.args))
	if f.NArg() < needed {
		return usagef("%s needs %s; see gatehouse help", cmd.name, cmd.args)
	}
	if f.NArg() > cmd.most {
		return usagef("%s does not take %q; see gatehouse help", cmd.name, f.Arg(cmd.most))
	}
	if cmd.name == "demo" && !f.Changed("data") {
		_ = f.Set("data", "./gatehouse-demo.db")
	}
	c, err := configOf(f, t.Environ)
	if err != nil {
		return err
	}
	return cmd.run(ctx, &call{Terminal: t, Config: c, flags: f, args: f.Args()})
}

// pickCommand finds the command among the arguments: the first words that are
// neither flags nor their values. The rest keeps its order.
func pickCommand(args []string) (command, []string, error) {
	all := commands()
	at := firstWord(args)
	if at < 0 {
		return all[0], args, nil
	}
	for _, words := range []int{2, 1} {
		if at+words > len(args) {
			continue
		}
		name := strings.Join(args[at:at+words], " ")
		if i := slices.IndexFunc(all, func(c command) bool { return c.name == name }); i >= 0 {
			return all[i], slices.Concat(args[:at], args[at+words:]), nil
		}
	}
	var names []string
	for _, c := range all {
		names = append(names, c.name)
	}
	typed := args[at]
	if (typed == "admin" || typed == "config") && at+1 < len(args) {
		typed += " " + args[at+1]
	}
	return command{}, nil, usagef("there is no command %q%s", typed, didYouMean(typed, names))
}

// firstWord is where the first argument stands that is neither a flag nor the
// value of one, or -1.
func firstWord(args []string) int {
	for i := 0; i < len(args); i++ {
		switch a := args[i]; {
		case a == "--":
			return -1
		case a == "--help" || a == "-h":
		case strings.HasPrefix(a, "-") && !strings.Contains(a, "="):
			i++ // every other flag has a value
		case !strings.HasPrefix(a, "-"):
			return i
		}
	}
	return -1
}

// badFlag adds to a flag nobody knows the one that was probably meant.
func badFlag(f *pflag.FlagSet, err error) error {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return usagef("%v", err)
	}
	var names []string
	f.VisitAll(func(g *pflag.Flag) { names = append(names, "--"+g.Name) })
	typed := "--" + unknown.GetSpecifiedName()
	return usagef("there is no flag %s%s", typed, didYouMean(typed, names))
}

func helpCommand(_ context.Context, c *call) error {
	p := func(format string, args ...any) { _, _ = fmt.Fprintf(c.Out, format, args...) }
	p("Gatehouse gives every customer of a provider a branded portal: one program, one data file.\n\nUsage: gatehouse [command] [flags]\n\nCommands:\n")
	for _, cmd := range commands() {
		p("  %-28s %s\n", strings.TrimSpace(cmd.name+" "+cmd.args), cmd.usage)
	}
	p("\nFlags, for every command; each can be set as GATEHOUSE_NAME too:\n%s", flagsOf("").FlagUsages())
	p("\nFrom the environment only, for a first set-up without a browser:\n")
	for _, o := range options {
		if o.envOnly {
			p("  %-28s %s\n", o.env(), o.usage)
		}
	}
	p("\nA secret can be read from a file: GATEHOUSE_ADMIN_PASSWORD_FILE, GATEHOUSE_SMTP_FILE.\nFlags win over the environment. A name that begins with GATEHOUSE_ and is not listed is an error.\n")
	return nil
}

func helpOf(w io.Writer, cmd command, f *pflag.FlagSet) error {
	_, err := fmt.Fprintf(w, "gatehouse %s: %s\n\n%s", strings.TrimSpace(cmd.name+" "+cmd.args), cmd.usage, f.FlagUsages())
	return err
}
