package app

import (
	"net"
	"os"
	"syscall"
)

// ours reports whether the program at the other end runs as the same user as
// this one, or as root. The socket's mode says so too; this does not depend on
// the moment between making the socket and setting its mode.
func ours(c net.Conn) bool {
	raw, err := c.(*net.UnixConn).SyscallConn()
	if err != nil {
		return false
	}
	ok := false
	err = raw.Control(func(fd uintptr) {
		peer, err := syscall.GetsockoptUcred(int(fd), syscall.SOL_SOCKET, syscall.SO_PEERCRED)
		ok = err == nil && (peer.Uid == 0 || int(peer.Uid) == os.Getuid())
	})
	return ok && err == nil
}
