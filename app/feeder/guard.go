package feeder

import (
	"net/netip"
	"slices"
	"syscall"

	"gatehouse/store/fault"
)

// guard decides on the address really dialled, after the name was looked up,
// so that no name and no spelling of an address leads where a provider has no
// business: the appliance itself, its network, the cloud's metadata. With
// private the operator has allowed the first two.
func guard(private bool) func(network, address string, _ syscall.RawConn) error {
	return func(_, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil {
			return fault.New(fault.Invalid, "“%s” is no address that can be asked.", clip(address, 60))
		}
		ip := to.Addr().Unmap().WithZone("")
		switch {
		case forbidden(ip):
			return fault.New(fault.Invalid, "The address leads to %s, which no feed may ask.", ip)
		case !private && (ip.IsLoopback() || ip.IsPrivate() || !public(ip)):
			return fault.New(fault.Invalid, "The address leads to %s, inside a private network. Feeds may go there only if the operator of this appliance allows it.", ip)
		case to.Port() != 80 && to.Port() != 443 && to.Port() < 1024:
			return fault.New(fault.Invalid, "Port %d is not one that a fleet is served on. Use 80, 443 or one from 1024 on.", to.Port())
		}
		return nil
	}
}

// forbidden addresses are never asked: nobody, everybody, and where clouds
// keep a machine's credentials.
func forbidden(ip netip.Addr) bool {
	return !ip.IsValid() || ip.IsUnspecified() || ip.IsMulticast() || ip.IsLinkLocalUnicast() || ip.IsLinkLocalMulticast() || ip.IsInterfaceLocalMulticast() ||
		slices.ContainsFunc(never, func(p netip.Prefix) bool { return p.Contains(ip) })
}

// public reports whether an address is out in the world.
func public(ip netip.Addr) bool {
	return ip.IsGlobalUnicast() && !slices.ContainsFunc(special, func(p netip.Prefix) bool { return p.Contains(ip) })
}

var never = prefixes("0.0.0.0/8", "255.255.255.255/32", "100.100.100.200/32", "192.0.0.192/32", "fd00:ec2::254/128", "fd20:ce::254/128")

// special are the ranges that look public and are not, or that wrap an
// address of the old kind.
var special = prefixes("100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
	"::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fec0::/10", "fc00::/7")

func prefixes(all ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(all))
	for i, p := range all {
		out[i] = netip.MustParsePrefix(p)
	}
	return out
}
