package feeder

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"

	"gatehouse/store"
	"gatehouse/store/fault"
)

// mostBytes is how much one page may be, unpacked.
const mostBytes = 64 << 20

// mostWords is how much of a server's complaint the log keeps.
const mostWords = 300

// newClient is a client that goes only where it may. It takes no proxy from
// the environment and follows a redirect only to the same server.
func newClient(private bool) *http.Client {
	dialer := &net.Dialer{Timeout: 10 * time.Second, Control: guard(private)}
	return &http.Client{
		Transport: &http.Transport{DialContext: dialer.DialContext, TLSHandshakeTimeout: 10 * time.Second, ResponseHeaderTimeout: time.Minute,
			MaxIdleConnsPerHost: 1, IdleConnTimeout: 30 * time.Second, MaxResponseHeaderBytes: 64 << 10, ForceAttemptHTTP2: true},
		CheckRedirect: func(r *http.Request, via []*http.Request) error {
			first := via[0].URL
			if r.URL.Scheme != first.Scheme || !strings.EqualFold(r.URL.Host, first.Host) {
				return fault.New(fault.Invalid, "The server sends us on to another one (%s://%s). If that is right, give that address.", r.URL.Scheme, r.URL.Host)
			}
			if len(via) > 3 {
				return fault.New(fault.Invalid, "The server sends us on again and again.")
			}
			return nil
		},
	}
}

// fetch reads one page whole.
func fetch(ctx context.Context, client *http.Client, d store.DueFeed, at string) (body io.Reader, media string, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, at, nil)
	if err != nil {
		return nil, "", fault.New(fault.Invalid, "“%s” is no address.", clip(at, 200))
	}
	req.Header.Set("Accept", "application/iso15143-snapshot+xml, application/iso15143-snapshot+json, application/xml, application/json, text/xml;q=0.9, */*;q=0.1")
	req.Header.Set("User-Agent", "Gatehouse")
	switch d.Auth {
	case "basic":
		req.SetBasicAuth(d.Username, d.Secret)
	case "bearer":
		req.Header.Set("Authorization", "Bearer "+d.Secret)
	}
	res, err := client.Do(req)
	if err != nil {
		return nil, "", failed(err)
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		return nil, "", complaint(res)
	}
	b, err := io.ReadAll(io.LimitReader(res.Body, mostBytes+1))
	switch {
	case len(b) > mostBytes:
		return nil, "", fault.New(fault.Invalid, "A page of this feed is larger than %d MB.", mostBytes>>20)
	case err != nil:
		return nil, "", failed(err)
	}
	return bytes.NewReader(b), res.Header.Get("Content-Type"), nil
}

// complaint is a refusal in the server's own words.
func complaint(res *http.Response) error {
	head, _ := io.ReadAll(io.LimitReader(res.Body, 4096))
	says := "The server answered “" + res.Status + "”."
	if words := plain(string(head)); words != "" {
		says += " It says: " + words
	}
	return fault.New(fault.Invalid, "%s", says)
}

// plain is what of a text people can read: no tags, no control characters.
func plain(s string) string {
	var out strings.Builder
	tag := false
	for _, r := range strings.ToValidUTF8(s, "") {
		switch {
		case r == '<':
			tag = true
			out.WriteByte(' ')
		case r == '>' && tag:
			tag = false
		case !tag && (unicode.IsPrint(r) || unicode.IsSpace(r)):
			out.WriteRune(r)
		}
	}
	return clip(strings.Join(strings.Fields(out.String()), " "), mostWords)
}

// hide takes the feed's secret out of words, should a server repeat it.
func hide(says string, d store.DueFeed) string {
	if d.Secret == "" {
		return says
	}
	for _, s := range []string{d.Secret, base64.StdEncoding.EncodeToString([]byte(d.Username + ":" + d.Secret)), url.QueryEscape(d.Secret)} {
		says = strings.ReplaceAll(says, s, "•••")
	}
	return says
}

// failed says in words why there was no answer.
func failed(err error) error {
	if f, ok := errors.AsType[*fault.Fault](err); ok {
		return f
	}
	says := "The server could not be reached"
	var dns *net.DNSError
	var netErr net.Error
	switch {
	case errors.As(err, &dns) && dns.IsNotFound:
		says = fmt.Sprintf("There is no server called “%s”", dns.Name)
	case errors.Is(err, context.DeadlineExceeded) || errors.As(err, &netErr) && netErr.Timeout():
		says = "The server took too long to answer"
	case errors.Is(err, io.ErrUnexpectedEOF):
		says = "The answer broke off"
	}
	if e, ok := errors.AsType[*url.Error](err); ok {
		err = e.Err
	}
	return &fault.Fault{Kind: fault.Invalid, Says: says + ": " + clip(err.Error(), 200) + ".", Cause: err}
}

func clip(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}
