package store

import (
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/idna"

	"gatehouse/store/fault"
)

// BaseURL brings the address that people use to reach the appliance into the
// one form in which it is kept, such as "https://portal.example.com". What
// cannot be such an address is refused with a sentence at the field base_url.
func BaseURL(typed string) (string, error) {
	typed = strings.TrimSpace(typed)
	bad := func(says string, args ...any) (string, error) { return "", fault.Field("base_url", says, args...) }
	u, err := url.Parse(typed)
	switch {
	case typed == "":
		return bad("Give the address people will use, such as https://portal.example.com.")
	case err != nil || strings.ContainsFunc(typed, func(r rune) bool { return r <= ' ' || r == 0x7f || r == '\\' }):
		return bad("This is not an address. It looks like https://portal.example.com.")
	case u.Scheme != "http" && u.Scheme != "https":
		return bad("Begin with https:// (or http:// on this machine or behind your own network), such as https://portal.example.com.")
	case u.Hostname() == "":
		return bad("The name of the host is missing. The address looks like https://portal.example.com.")
	case u.User != nil:
		return bad("Leave out the user name and password: the address is seen by everybody.")
	case u.Path != "" && u.Path != "/":
		return bad("Leave out “%s”: the appliance has a host of its own, such as https://portal.example.com.", clip(u.EscapedPath(), 60))
	case strings.ContainsAny(typed, "?#"):
		return bad("Leave out everything from “?” or “#” on.")
	}
	host, err := baseHost(u.Hostname())
	if err != nil {
		return "", err
	}
	port, err := basePort(u)
	if err != nil {
		return "", err
	}
	return u.Scheme + "://" + host + port, nil
}

func baseHost(name string) (string, error) {
	if ip, err := netip.ParseAddr(name); err == nil {
		if ip.IsUnspecified() || ip.IsMulticast() {
			return "", fault.Field("base_url", "%s is where the program may listen; nobody can open it. Give the name or address people use.", name)
		}
		if ip.Is6() {
			return "[" + ip.String() + "]", nil
		}
		return ip.String(), nil
	}
	ascii, err := idna.Lookup.ToASCII(name)
	if err != nil || strings.Contains(ascii, "*") || len(ascii) > 253 {
		return "", fault.Field("base_url", "“%s” is not the name of a host.", clip(name, 60))
	}
	return strings.ToLower(strings.TrimSuffix(ascii, ".")), nil
}

func basePort(u *url.URL) (string, error) {
	port := u.Port()
	if port == "" && !strings.HasSuffix(u.Host, ":") {
		return "", nil
	}
	n, err := strconv.Atoi(port)
	if err != nil || n < 1 || n > 65535 {
		return "", fault.Field("base_url", "The port after the colon is a number from 1 to 65535.")
	}
	if u.Scheme == "https" && n == 443 || u.Scheme == "http" && n == 80 {
		return "", nil
	}
	return ":" + strconv.Itoa(n), nil
}
