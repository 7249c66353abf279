package browsertest

import (
	"fmt"
	"strings"
	"time"

	"github.com/chromedp/chromedp"
)

// Focused names what has the focus: its accessible name, or its text.
func (b *Tab) Focused() string {
	b.t.Helper()
	s, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`(() => { const e = document.activeElement; if (!e) return '';
		return (e.getAttribute('aria-label') || (e.labels && e.labels[0] && e.labels[0].innerText) || e.innerText || e.name || e.tagName).replace(/\s+/g, ' ').trim(); })()`))
	b.must(err)
	return s
}

// Text is what the page shows, its spaces folded.
func (b *Tab) Text() string {
	s, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.body ? document.body.innerText : ''`))
	if err != nil {
		return ""
	}
	return strings.Join(strings.Fields(s), " ")
}

// Path is the address without the appliance's own part.
func (b *Tab) Path() string {
	s, err := chromedp.Run(b.ctx, chromedp.Location())
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(s, b.base)
}

// Sees waits until the page shows every one of the texts.
func (b *Tab) Sees(texts ...string) *Tab {
	b.t.Helper()
	for _, want := range texts {
		b.until("show "+want, func() bool { return strings.Contains(b.Text(), want) })
	}
	return b
}

// SeesNot waits until the page shows none of the texts.
func (b *Tab) SeesNot(texts ...string) *Tab {
	b.t.Helper()
	for _, bad := range texts {
		b.until("stop showing "+bad, func() bool { return !strings.Contains(b.Text(), bad) })
	}
	return b
}

func (b *Tab) until(what string, done func() bool) {
	b.t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(30 * time.Millisecond) {
		if done() {
			return
		}
	}
	b.Shot("failed-" + strings.ReplaceAll(b.t.Name(), "/", "-"))
	b.t.Fatalf("%s does not %s. It shows: %s", b.Path(), what, b.Text())
}

// Value evaluates a script and returns its result as text.
func (b *Tab) Value(script string) string {
	b.t.Helper()
	s, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](script))
	b.must(err)
	return s
}

// Fetch asks for an address as a script of the open page would, with its
// session, following nothing: the status (0 for a redirect) and the body.
func (b *Tab) Fetch(path string) (status int, body string) {
	b.t.Helper()
	s, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](fmt.Sprintf(`fetch(%q, {redirect: 'manual', cache: 'no-store'}).then(async r => r.status + '\n' + await r.text())`, path), chromedp.EvalAwaitPromise))
	b.must(err)
	first, body, _ := strings.Cut(s, "\n")
	_, err = fmt.Sscan(first, &status)
	b.must(err)
	return status, body
}
