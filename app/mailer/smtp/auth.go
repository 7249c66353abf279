package smtp

import (
	"net"
	"slices"
	"strings"

	gosmtp "github.com/wneessen/go-mail/smtp"
)

// signIn uses the first mechanism that both sides know. Over a verified TLS
// connection the plain ones are the ones that every account has a password for.
func (c *Conn) signIn() error {
	s := c.server
	if _, encrypted := c.client.TLSConnectionState(); !encrypted && !c.local() {
		return errClear
	}
	_, offered := c.client.Extension("AUTH")
	names := strings.Fields(strings.ToUpper(offered))
	for _, m := range []struct {
		name string
		auth gosmtp.Auth
	}{
		{"PLAIN", gosmtp.PlainAuth("", s.Username, s.Password, s.Host, true)},
		{"LOGIN", gosmtp.LoginAuth(s.Username, s.Password, s.Host, true)},
		{"SCRAM-SHA-256", gosmtp.ScramSHA256Auth(s.Username, s.Password)},
		{"SCRAM-SHA-1", gosmtp.ScramSHA1Auth(s.Username, s.Password)},
		{"CRAM-MD5", gosmtp.CRAMMD5Auth(s.Username, s.Password)},
	} {
		if slices.Contains(names, m.name) {
			return c.client.Auth(m.auth)
		}
	}
	return errNoAuth
}

// local reports whether the server is this very machine, where nobody listens in.
func (c *Conn) local() bool {
	addr, ok := c.wire.RemoteAddr().(*net.TCPAddr)
	return ok && addr.IP.IsLoopback() && c.server.Security == None
}
