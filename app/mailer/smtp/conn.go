package smtp

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/textproto"
	"strconv"
	"sync/atomic"
	"time"

	gosmtp "github.com/wneessen/go-mail/smtp"
)

// Conn is an open connection, signed in and ready for letters, one after the
// other. It belongs to one goroutine.
type Conn struct {
	server Server
	wire   *wire
	client *gosmtp.Client
	alive  bool
	used   bool
}

// Dial connects to the server and signs in. Any error is a *Failure.
func (s Server) Dial(ctx context.Context) (*Conn, error) {
	c := &Conn{server: s}
	if err := c.open(ctx); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// Send hands over one letter and returns the server's own words. Any error is a
// *Failure. A connection that broke over an earlier letter, or that the server
// closed while it was idle, is opened again.
func (c *Conn) Send(ctx context.Context, m Message) (reply string, err error) {
	l, err := c.server.compose(m)
	if err != nil {
		return "", err
	}
	fresh := !c.used
	c.used = true
	err = c.mail(ctx, l)
	if !c.alive && !fresh && ctx.Err() == nil {
		err = c.again(ctx, l)
	}
	if err != nil {
		return "", err
	}
	return c.deliver(ctx, l)
}

// again is safe because nothing was handed over before it.
func (c *Conn) again(ctx context.Context, l letter) error {
	c.Close()
	if err := c.open(ctx); err != nil {
		return err
	}
	return c.mail(ctx, l)
}

// Alive reports whether the connection still stands.
func (c *Conn) Alive() bool { return c.alive }

// Close says goodbye if there is somebody to say it to.
func (c *Conn) Close() {
	if c.alive {
		_ = c.step(context.Background(), StageData, min(c.server.timeout(), 2*time.Second), c.client.Quit)
	}
	if c.wire != nil {
		_ = c.wire.Close()
	}
	c.alive = false
}

func (c *Conn) open(ctx context.Context) error {
	if err := c.connect(ctx); err != nil {
		return err
	}
	if err := c.greet(ctx); err != nil {
		return err
	}
	c.alive = true
	if c.server.Username == "" {
		return nil
	}
	return c.step(ctx, StageAuth, c.server.timeout(), c.signIn)
}

func (c *Conn) connect(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, c.server.timeout())
	defer cancel()
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", net.JoinHostPort(c.server.Host, strconv.Itoa(c.server.port())))
	if _, ok := errors.AsType[*net.DNSError](err); ok {
		return failed(StageResolve, err)
	}
	if err != nil {
		if ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		return failed(StageConnect, err)
	}
	c.wire = &wire{Conn: conn}
	return nil
}

func (c *Conn) greet(ctx context.Context) error {
	var conn net.Conn = c.wire
	if c.server.Security == TLS {
		secure := tls.Client(c.wire, c.tls())
		if err := c.step(ctx, StageTLS, c.server.timeout(), secure.Handshake); err != nil {
			return err
		}
		conn = secure
	}
	err := c.step(ctx, StageGreeting, c.server.timeout(), func() (err error) {
		if c.client, err = gosmtp.NewClient(conn, c.server.Host); err != nil {
			return err
		}
		return c.client.Hello(c.server.hello())
	})
	if err != nil || c.server.Security == TLS || c.server.Security == None {
		return err
	}
	return c.step(ctx, StageTLS, c.server.timeout(), func() error {
		if offered, _ := c.client.Extension("STARTTLS"); !offered {
			return errNoTLS
		}
		return c.client.StartTLS(c.tls())
	})
}

func (c *Conn) tls() *tls.Config {
	return &tls.Config{ServerName: c.server.Host, RootCAs: c.server.RootCAs, MinVersion: tls.VersionTLS12}
}

// mail begins a letter. Nothing is promised yet on either side.
func (c *Conn) mail(ctx context.Context, l letter) error {
	if !c.alive {
		return failed(StageConnect, errEnd)
	}
	// The extension promises more than most servers of a chain keep.
	c.client.SkipSMTPUTF8(ascii(l.from) && ascii(l.to))
	return c.step(ctx, StageFrom, c.server.timeout(), func() error { return c.client.Mail("<" + l.from + ">") })
}

func (c *Conn) deliver(ctx context.Context, l letter) (reply string, err error) {
	err = c.step(ctx, StageTo, c.server.timeout(), func() error { return c.client.Rcpt("<" + l.to + ">") })
	if err != nil {
		return "", err
	}
	var w io.WriteCloser
	err = c.step(ctx, StageData, c.server.timeout(), func() (err error) {
		w, err = c.client.Data()
		return err
	})
	if err != nil {
		return "", err
	}
	err = c.step(ctx, StageData, 4*c.server.timeout(), func() error {
		if _, err := w.Write(l.raw); err != nil {
			return err
		}
		return w.Close()
	})
	if err != nil {
		return "", err
	}
	return "250 " + line(w.(*gosmtp.DataCloser).ServerResponse(), 500), nil
}

// step runs one exchange within its time. When the time is over the wire is cut,
// which ends whatever waits on it.
func (c *Conn) step(ctx context.Context, stage Stage, most time.Duration, exchange func() error) error {
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	c.wire.heard.Store(0)
	stop := context.AfterFunc(ctx, func() { _ = c.wire.Close() })
	err := exchange()
	if !stop() {
		c.alive = false
	}
	if err == nil {
		return nil
	}
	said, isReply := errors.AsType[*textproto.Error](err)
	if !isReply && ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	if !isReply || said.Code == 421 || stage == StageAuth || stage == StageGreeting || stage == StageTLS {
		c.alive = false
	} else {
		c.reset(ctx)
	}
	return failed(stage, err)
}

// reset takes back a letter that was begun, so that the next one can be.
func (c *Conn) reset(ctx context.Context) {
	stop := context.AfterFunc(ctx, func() { _ = c.wire.Close() })
	err := c.client.Reset()
	if !stop() || err != nil {
		c.alive = false
	}
}

// wire is the connection, with an end to what it lets a server say in one step.
type wire struct {
	net.Conn
	heard atomic.Int64
}

const mostHeard = 256 << 10

func (w *wire) Read(p []byte) (int, error) {
	if w.heard.Load() > mostHeard {
		return 0, errFlood
	}
	n, err := w.Conn.Read(p)
	w.heard.Add(int64(n))
	return n, err
}

func ascii(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}
