package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// serveTool is "bench serve": a server to compare with.
func serveTool(ctx context.Context, args []string, out io.Writer) error {
	f := newFlags("serve", out)
	kind := f.String("kind", "naive", "naive: the obvious way; floor: the same bytes every time")
	data := f.String("data", "bench.db", "data file, for naive")
	size := f.Int("bytes", 43000, "how many bytes floor answers with")
	listen := f.String("listen", "127.0.0.1:8081", "address of this machine to listen on")
	if err := f.Parse(args); err != nil {
		return err
	}
	h, err := compared(*kind, *data, *size)
	if err != nil {
		return err
	}
	host, _, err := net.SplitHostPort(*listen)
	if ip := net.ParseIP(host); err != nil || ip == nil || !ip.IsLoopback() {
		return fmt.Errorf("%s is not an address of this machine, such as 127.0.0.1:8081", *listen)
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(out, nil)))
	srv := &http.Server{Addr: *listen, Handler: h, ReadHeaderTimeout: 10 * time.Second}
	go func() { <-ctx.Done(); _ = srv.Close() }()
	if err := srv.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func compared(kind, data string, size int) (http.Handler, error) {
	switch kind {
	case "naive":
		return newNaive(data)
	case "floor":
		body := []byte(strings.Repeat("<p>as many bytes as a page</p>\n", size/31+1)[:size])
		length := strconv.Itoa(size)
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Content-Length", length)
			_, _ = w.Write(body)
		}), nil
	}
	return nil, fmt.Errorf("there is no server of the kind %q", kind)
}

// server is a child process that answers over HTTP.
type server struct {
	URL string
	PID int
	cmd *exec.Cmd
}

// start runs this program once more, with args and a free port, and returns
// when it answers. took is how long that was.
func start(ctx context.Context, args ...string) (s *server, took time.Duration, err error) {
	self, err := os.Executable()
	if err != nil {
		return nil, 0, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, 0, err
	}
	at := l.Addr().String()
	_ = l.Close()
	s = &server{URL: "http://" + at, cmd: exec.CommandContext(ctx, self, append(args, "--listen", at)...)}
	s.cmd.Cancel = func() error { return s.cmd.Process.Signal(syscall.SIGTERM) }
	s.cmd.WaitDelay = 20 * time.Second
	s.cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "TMPDIR=" + os.TempDir()}
	began := time.Now()
	if err := s.cmd.Start(); err != nil {
		return nil, 0, err
	}
	s.PID = s.cmd.Process.Pid
	for time.Since(began) < time.Minute {
		if alive(ctx, at) {
			return s, time.Since(began), nil
		}
		time.Sleep(200 * time.Microsecond)
	}
	return nil, 0, errors.Join(fmt.Errorf("%s does not answer", strings.Join(args, " ")), s.stop())
}

func alive(ctx context.Context, at string) bool {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+at+"/livez", nil)
	if err != nil {
		return false
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return false
	}
	_ = resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}

// stop asks the server to end and waits until it has.
func (s *server) stop() error {
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	if err := s.cmd.Wait(); err != nil && s.cmd.ProcessState == nil {
		return err
	}
	return nil
}

// product starts the product itself over a data file, as people start it; only
// its log goes nowhere.
func product(ctx context.Context, data string) (*server, time.Duration, error) {
	return start(ctx, "serve", "--data", data)
}
