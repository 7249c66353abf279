//go:build !linux

package app

import "net"

// ours relies on the socket's mode.
func ours(net.Conn) bool { return true }
