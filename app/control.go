package app

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// errand is something the command line asks for that needs the data file: one
// line of JSON to the server that has it, or done here when none runs.
type errand struct {
	Do   string            `json:"do"`
	Args map[string]string `json:"args,omitempty"`
}

// answer is what became of an errand: lines for the person who asked, or why
// it was not done.
type answer struct {
	Lines []string `json:"lines,omitempty"`
	Error string   `json:"error,omitempty"`
}

const longestErrand = 64 << 10

// controlPath is where the server that has the data file can be talked to.
func controlPath(data string) string { return data + ".sock" }

// reachable is a name of path that fits into a socket address, which holds
// some hundred bytes: a long folder is opened and named by its number.
func reachable(path string) (name string, done func(), err error) {
	if len(path) < 100 {
		return path, func() {}, nil
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return "", nil, err
	}
	return fmt.Sprintf("/proc/self/fd/%d/%s", dir.Fd(), filepath.Base(path)), func() { _ = dir.Close() }, nil
}

// control answers errands until ctx ends. Only whoever may read the data file
// can reach it.
func (a *App) control(ctx context.Context, data string) (stop func(), err error) {
	path := controlPath(data)
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err // we hold the lock, so whoever made it is gone
	}
	name, done, err := reachable(path)
	if err != nil {
		return nil, err
	}
	defer done()
	l, err := net.Listen("unix", name)
	if err != nil {
		return nil, fmt.Errorf("control socket: %w", err)
	}
	l.(*net.UnixListener).SetUnlinkOnClose(false)
	if err := os.Chmod(path, 0o600); err != nil {
		_ = l.Close()
		return nil, err
	}
	go a.accept(ctx, l)
	return func() { _ = l.Close(); _ = os.Remove(path) }, nil
}

func (a *App) accept(ctx context.Context, l net.Listener) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		go func() {
			defer func() { _ = c.Close() }()
			defer a.caught("control socket")
			a.answerOne(ctx, c)
		}()
	}
}

// caught keeps a panic in the background from ending the program.
func (a *App) caught(what string) {
	if p := recover(); p != nil {
		a.Site.Log.Error("background work panicked", "what", what, "panic", p)
	}
}

func (a *App) answerOne(ctx context.Context, c net.Conn) {
	late := time.AfterFunc(5*time.Minute, func() { _ = c.Close() }) // a full check of a large file takes its time
	defer late.Stop()
	if !ours(c) {
		return
	}
	line, err := bufio.NewReaderSize(c, longestErrand).ReadSlice('\n')
	var e errand
	if err == nil {
		err = json.Unmarshal(line, &e)
	}
	var out answer
	if err == nil {
		out.Lines, err = a.do(ctx, e)
	}
	if err != nil {
		out.Error = said(err)
	}
	_ = json.NewEncoder(c).Encode(out)
}

// said is an error in the words for whoever sits at the command line, who may
// know the cause as well.
func said(err error) string {
	if w := plainWords(err); w != nil {
		return w.Error()
	}
	return "unknown"
}

// send hands an errand to the server that has the data file. Without one it
// reports false.
func send(ctx context.Context, data string, e errand) (out answer, ran bool, err error) {
	name, done, err := reachable(controlPath(data))
	if err != nil {
		return out, false, nil // no such folder, so no server in it
	}
	defer done()
	var d net.Dialer
	c, err := d.DialContext(ctx, "unix", name)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ECONNREFUSED) {
		return out, false, nil
	}
	if err != nil {
		return out, false, fmt.Errorf("the server that has %s cannot be reached: %w", data, err)
	}
	defer func() { _ = c.Close() }()
	stop := context.AfterFunc(ctx, func() { _ = c.Close() })
	defer stop()
	if err := json.NewEncoder(c).Encode(e); err != nil {
		return out, true, err
	}
	if err := json.NewDecoder(c).Decode(&out); err != nil {
		return out, true, fmt.Errorf("the server did not answer: %w", err)
	}
	return out, true, nil
}
