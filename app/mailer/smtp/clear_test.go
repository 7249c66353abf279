package smtp

import (
	"bufio"
	"errors"
	"net"
	"strings"
	"testing"
	"time"
)

// far is a connection that seems to lead to another machine.
type far struct{ net.Conn }

func (far) RemoteAddr() net.Addr { return &net.TCPAddr{IP: net.IPv4(192, 0, 2, 25), Port: 25} }

func TestSignIn_withoutEncryptionOnlyOnThisMachine(t *testing.T) {
	ours, theirs := net.Pipe()
	heard := make(chan string, 1)
	go func() {
		defer theirs.Close()
		_, _ = theirs.Write([]byte("220 far away\r\n"))
		in := bufio.NewReader(theirs)
		hello, _ := in.ReadString('\n')
		_, _ = theirs.Write([]byte("250-far\r\n250 AUTH PLAIN LOGIN\r\n"))
		next, _ := in.ReadString('\n')
		heard <- hello + next
	}()
	c := &Conn{server: Server{Host: "mail.example.com", Security: None, Username: "post", Password: "secret", Timeout: time.Second}, wire: &wire{Conn: far{ours}}}
	if err := c.greet(t.Context()); err != nil {
		t.Fatal(err)
	}
	err := c.step(t.Context(), StageAuth, time.Second, c.signIn)
	if f, ok := errors.AsType[*Failure](err); !ok || !errors.Is(err, errClear) || f.Stage != StageAuth || f.Hint != hintClear {
		t.Errorf("got %v", err)
	}
	c.Close()
	if said := <-heard; strings.Contains(said, "AUTH") || !strings.HasPrefix(said, "EHLO") {
		t.Errorf("said %q", said)
	}
}
