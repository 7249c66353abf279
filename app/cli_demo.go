package app

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"

	"gatehouse/app/demo"
)

// demoCommand serves sample data from a file of its own. It is ready at once:
// its base URL is where it listens, and mail is held.
func demoCommand(ctx context.Context, c *call) error {
	l, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	_ = l.Close()
	c.Listen = l.Addr().String() // port 0 has become a port
	if c.BaseURL == "" {
		c.BaseURL = localURL(c.Listen)
	}
	c.SetUp = Unattended{}
	_, missing := os.Stat(c.Data)
	a, err := open(ctx, c.Config, c.Out)
	if err != nil {
		return err
	}
	defer a.shut()
	doors, err := demo.Build(ctx, a.Site.DB, a.Desk)
	if err != nil && missing != nil {
		a.shut()
		dropFile(c.Data) // half a demonstration is none
	}
	if ctx.Err() != nil {
		return nil // stopped by whoever started it
	}
	if err != nil {
		return fmt.Errorf("build the demonstration: %w", err)
	}
	printDoors(c.Out, c.BaseURL, doors)
	return a.run(ctx, c.Config, c.Out)
}

// dropFile removes a closed data file and what SQLite leaves beside it.
func dropFile(path string) {
	for _, suffix := range []string{"", "-wal", "-shm"} {
		_ = os.Remove(path + suffix)
	}
}

func printDoors(w io.Writer, base string, doors []demo.Door) {
	_, _ = fmt.Fprintf(w, "\n  Gatehouse demo, with sample data. Everybody's password: %s\n\n", demo.Password)
	for _, d := range doors {
		if d.Login == "" {
			_, _ = fmt.Fprintf(w, "\n  %s, for whoever has the link:\n  %s\n", d.Who, base+d.Path)
			continue
		}
		_, _ = fmt.Fprintf(w, "  %-46s %-22s %s\n", base+d.Path, d.Login, d.Who)
	}
	_, _ = fmt.Fprintf(w, "\n  Mail is held: read it under Outbox. Press Ctrl+C to stop.\n\n")
}
