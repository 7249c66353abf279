// Package bench measures the appliance: a made-up fleet of any size, a load
// client, and servers to compare with. It measures over a real socket what the
// real binary does; it holds nothing that the appliance needs to serve.
package bench

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
)

type tool struct {
	name, does string
	run        func(ctx context.Context, args []string, out io.Writer) error
}

var tools = []tool{
	{"seed", "make a data file with a made-up fleet and people who are signed in", seedTool},
	{"load", "ask a running server for a page, as many people, and say how it did", loadTool},
	{"serve", "serve the list of assets in the obvious way, or constant bytes, to compare with", serveTool},
	{"start", "start the program over a data file, nine times, until it answers", startTool},
	{"import", "bring a file of assets through the importer", importTool},
	{"mail", "empty an outbox into a mail server on this machine", mailTool},
	{"report", "measure all of it and write it down as Markdown", reportTool},
	{"size", "say how big this program is", sizeTool},
}

// Main runs one of the tools: args are what follows "gatehouse bench".
func Main(ctx context.Context, args []string, out io.Writer) error {
	if len(args) == 0 || args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		help(out)
		return nil
	}
	at := slices.IndexFunc(tools, func(t tool) bool { return t.name == args[0] })
	if at < 0 {
		help(out)
		return fmt.Errorf("there is no “bench %s”", args[0])
	}
	err := tools[at].run(ctx, args[1:], out)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	return err
}

func help(out io.Writer) {
	fmt.Fprintln(out, "gatehouse bench TOOL: measures this program on this machine")
	for _, t := range tools {
		fmt.Fprintf(out, "  %-8s %s\n", t.name, t.does)
	}
	fmt.Fprintln(out, "“gatehouse bench TOOL --help” lists the flags of a tool.")
}

func newFlags(name string, out io.Writer) *flag.FlagSet {
	f := flag.NewFlagSet("gatehouse bench "+name, flag.ContinueOnError)
	f.SetOutput(out)
	return f
}
