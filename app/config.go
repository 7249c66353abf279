package app

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"gatehouse/store"
	"gatehouse/store/fault"
)

// Config is what the appliance is started with. All else is a setting in the
// data file, changed in the operator's console.
type Config struct {
	Data    string         // the data file
	Listen  string         // host:port, or port 0 for any
	BaseURL string         // "": as kept in the data file
	SMTP    string         // "": as kept in the data file
	Log     string         // text or json, and a level: "json:debug"
	Trust   []netip.Prefix // proxies whose X-Forwarded-For is believed

	SetUp Unattended // makes the first set-up without a browser

	Serving func(url string) // told once it serves; for tests on port 0

	values []value // as they came, for “config print”
}

// Unattended is the first set-up as the environment may give it.
type Unattended struct {
	AdminEmail, AdminName, AdminPassword string
	ProviderName, ProviderSlug, Starter  string
}

// option is one thing that can be configured: a flag, a GATEHOUSE_ name, and
// where it is a secret a GATEHOUSE_…_FILE that holds it.
type option struct {
	name, def, usage string
	secret           bool
	envOnly          bool
}

var options = []option{
	{name: "data", def: "./gatehouse.db", usage: "the data file; everything is kept in it"},
	{name: "listen", def: "127.0.0.1:8080", usage: "address and port to listen on"},
	{name: "base-url", usage: "address people use, such as https://portal.example.com (default: as set up)"},
	{name: "smtp", usage: "mail server as smtp://user:password@host:587?from=portal@example.com (default: as set up)", secret: true},
	{name: "log", def: "text", usage: "text or json, with a level if wanted: json:debug, text:warn"},
	{name: "trust-proxy", usage: "proxies in front, as addresses or networks separated by commas"},

	{name: "admin-email", usage: "first operator, for a set-up without a browser", envOnly: true},
	{name: "admin-name", usage: "name of the first operator", envOnly: true},
	{name: "admin-password", usage: "password of the first operator", secret: true, envOnly: true},
	{name: "provider-name", usage: "first provider, whose admin gets the same address and password", envOnly: true},
	{name: "provider-slug", usage: "its address: /admin/SLUG (default: made from the name)", envOnly: true},
	{name: "provider-starter", usage: "its kind of business: " + strings.Join(store.Starters, ", "), envOnly: true},
}

func (o option) env() string {
	return "GATEHOUSE_" + strings.ReplaceAll(strings.ToUpper(o.name), "-", "_")
}

// value is an option and where it came from.
type value struct {
	option
	text, from string
}

// Flags declares the flags that every command knows.
func flagsOf(name string) *pflag.FlagSet {
	f := pflag.NewFlagSet(name, pflag.ContinueOnError)
	f.SortFlags = false
	for _, o := range options {
		if !o.envOnly {
			f.String(o.name, o.def, o.usage)
		}
	}
	f.Usage = func() {}
	return f
}

// configOf puts together what flags, environment and defaults say, in this
// order. What is not known, or cannot be what it should, is an error.
func configOf(f *pflag.FlagSet, environ []string) (Config, error) {
	env, err := knownEnv(environ)
	if err != nil {
		return Config{}, err
	}
	var c Config
	for _, o := range options {
		v, err := o.value(f, env)
		if err != nil {
			return c, err
		}
		c.values = append(c.values, v)
	}
	return c, c.take()
}

// knownEnv picks the GATEHOUSE_ names out of an environment and refuses those
// that nobody reads: a misspelt one would be a setting silently lost.
func knownEnv(environ []string) (map[string]string, error) {
	var names []string
	for _, o := range options {
		names = append(names, o.env())
		if o.secret {
			names = append(names, o.env()+"_FILE")
		}
	}
	env := map[string]string{}
	for _, line := range environ {
		name, v, _ := strings.Cut(line, "=")
		if !strings.HasPrefix(name, "GATEHOUSE_") {
			continue
		}
		if !slices.Contains(names, name) {
			return nil, fmt.Errorf("%s is not a setting of gatehouse%s", name, didYouMean(name, names))
		}
		env[name] = v
	}
	return env, nil
}

func (o option) value(f *pflag.FlagSet, env map[string]string) (value, error) {
	if !o.envOnly && f.Changed(o.name) {
		text, err := f.GetString(o.name)
		return value{o, text, "--" + o.name}, err
	}
	text, set := env[o.env()]
	file, inFile := env[o.env()+"_FILE"]
	switch {
	case set && inFile:
		return value{}, fmt.Errorf("%s and %s_FILE are both set; keep one of them", o.env(), o.env())
	case inFile:
		b, err := os.ReadFile(file)
		if err != nil {
			return value{}, fmt.Errorf("%s_FILE: %w", o.env(), err)
		}
		return value{o, strings.TrimRight(string(b), "\r\n"), o.env() + "_FILE"}, nil
	case set:
		return value{o, text, o.env()}, nil
	}
	return value{o, o.def, "default"}, nil
}

// take fills the config from its values and checks them.
func (c *Config) take() (err error) {
	to := map[string]*string{"data": &c.Data, "listen": &c.Listen, "base-url": &c.BaseURL, "smtp": &c.SMTP, "log": &c.Log,
		"admin-email": &c.SetUp.AdminEmail, "admin-name": &c.SetUp.AdminName, "admin-password": &c.SetUp.AdminPassword,
		"provider-name": &c.SetUp.ProviderName, "provider-slug": &c.SetUp.ProviderSlug, "provider-starter": &c.SetUp.Starter}
	for _, v := range c.values {
		if p := to[v.name]; p != nil {
			*p = v.text
		} else if c.Trust, err = proxies(v.text); err != nil {
			return fmt.Errorf("%s: %w", v.said(), err)
		}
	}
	for _, v := range c.values {
		if err := c.check(v); err != nil {
			return fmt.Errorf("%s: %w", v.said(), err)
		}
	}
	return nil
}

// said names the option as it was given.
func (v value) said() string {
	if v.from == "default" {
		return "--" + v.name
	}
	return v.from
}

func (c *Config) check(v value) (err error) {
	switch v.name {
	case "data":
		if v.text == "" || strings.ContainsAny(v.text, "?#\x00") {
			return fmt.Errorf("%q cannot be the name of the data file", v.text)
		}
	case "listen":
		_, port, e := net.SplitHostPort(v.text)
		if _, e2 := net.LookupPort("tcp", port); e != nil || e2 != nil {
			return fmt.Errorf("%q is not address:port, such as 127.0.0.1:8080 or :8080", v.text)
		}
	case "base-url":
		if v.text != "" {
			c.BaseURL, err = store.BaseURL(v.text)
			return plainWords(err)
		}
	case "smtp":
		if v.text != "" {
			_, err = mailSettings(v.text)
			return err
		}
	case "log":
		_, err = logHandler(os.Stderr, v.text)
		return err
	}
	return nil
}

func plainWords(err error) error {
	if says := fault.Says(err); says != "" {
		return fmt.Errorf("%s", says)
	}
	return err
}

// proxies reads addresses and networks, separated by commas or spaces.
func proxies(text string) (out []netip.Prefix, err error) {
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' }) {
		if ip, err := netip.ParseAddr(word); err == nil {
			out = append(out, netip.PrefixFrom(ip.Unmap(), ip.Unmap().BitLen()))
			continue
		}
		p, err := netip.ParsePrefix(word)
		if err != nil {
			return nil, fmt.Errorf("%q is neither an address nor a network such as 10.0.0.0/8", word)
		}
		if p.Bits() == 0 {
			return nil, fmt.Errorf("%q would believe everybody; name your proxies only", word)
		}
		out = append(out, p.Masked())
	}
	return out, nil
}

// mailSettings turns smtp://user:password@host:port?from=…&name=…&hello=… into
// settings. smtps:// is TLS from the first byte; smtp:// is STARTTLS unless
// security=none says otherwise.
func mailSettings(text string) (map[string]string, error) {
	u, err := url.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("this is not an address such as smtp://user:password@mail.example.com:587?from=portal@example.com") // the cause would repeat the password
	}
	security := map[string]string{"smtp": "starttls", "smtps": "tls"}[u.Scheme]
	if security == "" || u.Hostname() == "" || u.Path != "" && u.Path != "/" {
		return nil, fmt.Errorf("give smtp://host:587 or smtps://host:465, with user:password@ before the host where the server wants it")
	}
	q := u.Query()
	for name := range q {
		if !slices.Contains([]string{"from", "name", "hello", "security"}, name) {
			return nil, fmt.Errorf("%q is not known here%s", name, didYouMean(name, []string{"from", "name", "hello", "security"}))
		}
	}
	if s := q.Get("security"); s == "none" && u.Scheme == "smtp" {
		security = s
	} else if s != "" && s != security {
		return nil, fmt.Errorf("security is starttls or none for smtp://, tls for smtps://")
	}
	if err := store.CheckEmail(q.Get("from")); err != nil {
		return nil, fmt.Errorf("add the sender: ?from=portal@example.com")
	}
	password, _ := u.User.Password()
	return map[string]string{store.SetMailHost: u.Hostname(), store.SetMailPort: u.Port(), store.SetMailSecurity: security,
		store.SetMailUser: u.User.Username(), store.SetMailPassword: password, store.SetMailFrom: q.Get("from"),
		store.SetMailFromName: q.Get("name"), store.SetMailHello: q.Get("hello")}, nil
}

// Fixed says which settings the start of the program decides, and by what; the
// console shows them and does not change them.
func (c Config) fixed() map[string]string {
	out := map[string]string{}
	for _, v := range c.values {
		switch {
		case v.text == "" || v.from == "default":
		case v.name == "base-url":
			out[store.SetBaseURL] = v.from
		case v.name == "smtp":
			out[store.SetMailHost] = v.from
		}
	}
	return out
}
