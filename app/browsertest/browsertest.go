// Package browsertest drives a real Chromium for tests: tabs that are light or
// dark, wide or a phone, with or without scripts; what they see, what they
// click, what axe finds. Only tests import it.
//
// Where no browser is found a test is skipped, unless
// GATEHOUSE_BROWSER_REQUIRED is set: then it fails. Under the race detector
// every one is skipped.
//
// A tab waits for what it is told to see for as long as a busy machine may
// take; what is there at once costs no time.
package browsertest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"gatehouse/store/storetest"
)

// patience is how long a page may take to show what it should.
const patience = 40 * time.Second

// How a tab is to be.
type How struct {
	Dark     bool
	Phone    bool // 390 px wide, touch
	NoScript bool
}

// Tab is one browser tab with cookies of its own.
type Tab struct {
	t    testing.TB
	ctx  context.Context
	base string
	how  How
	mu   sync.Mutex
	bad  []string // console errors and broken promises of the content policy
	cut  bool     // the network was cut at times
}

var browser struct {
	sync.Mutex
	ctx context.Context
}

// start starts the one browser of the test process. It ends with the process.
func start(t testing.TB) context.Context {
	t.Helper()
	if storetest.Raced {
		t.Skip("stories are told without the race detector, which makes them twice as long")
	}
	path, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("GATEHOUSE_BROWSER_REQUIRED") != "" {
			t.Fatal("no chromium found, and one is required")
		}
		t.Skip("no chromium found")
	}
	browser.Lock()
	defer browser.Unlock()
	if browser.ctx != nil {
		return browser.ctx
	}
	dir, err := os.MkdirTemp("", "browsertest")
	if err != nil {
		t.Fatal(err)
	}
	opts := []chromedp.ExecAllocatorOption{chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.UserDataDir(dir), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.Flag("hide-scrollbars", true), chromedp.Flag("disable-dev-shm-usage", true)}
	ctx, _ := chromedp.NewExecAllocator(context.Background(), opts...)
	ctx, _ = chromedp.NewContext(ctx)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start browser: %v", err)
	}
	browser.ctx = ctx
	return ctx
}

// Open opens a tab on an appliance at base. It is closed with the test, which
// fails if the page broke its content policy or logged an error.
func Open(t testing.TB, base string, how How) *Tab {
	t.Helper()
	tab := &Tab{t: t, base: base, how: how}
	ctx, cancel := chromedp.NewContext(start(t), chromedp.WithNewBrowserContext())
	ctx, timeout := context.WithTimeout(ctx, 8*time.Minute)
	t.Cleanup(func() {
		timeout()
		cancel()
		for _, b := range tab.complaints() {
			t.Errorf("the page complained: %s", b)
		}
	})
	tab.ctx = ctx
	width, height, opts := int64(1280), int64(860), []chromedp.EmulateViewportOption{}
	if how.Phone {
		width, height, opts = 390, 844, append(opts, chromedp.EmulateMobile, chromedp.EmulateTouch, chromedp.EmulateScale(2))
	}
	tab.must(chromedp.Do(ctx, chromedp.EmulateViewport(width, height, opts...)))
	scheme := "light"
	if how.Dark {
		scheme = "dark"
	}
	_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
	tab.must(err)
	_, err = chromedp.Call(ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}) // as if each tab were in front
	tab.must(err)
	if how.NoScript {
		_, err = chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		tab.must(err)
	}
	tab.listen()
	return tab
}

func (b *Tab) listen() {
	go func() {
		for m := range chromedp.Console(b.ctx) {
			text := fmt.Sprint(m)
			if strings.Contains(text, "Content Security Policy") || strings.Contains(text, "error") && !strings.Contains(text, "status of 4") && !strings.Contains(text, "status of 503") {
				b.mu.Lock()
				b.bad = append(b.bad, text)
				b.mu.Unlock()
			}
		}
	}()
}

// complaints are those that are nobody's wish: a network that was cut is.
func (b *Tab) complaints() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.DeleteFunc(b.bad, func(text string) bool {
		return b.cut && (strings.Contains(text, "ERR_INTERNET_DISCONNECTED") || strings.Contains(text, "htmx:"))
	})
}

func (b *Tab) must(err error) {
	b.t.Helper()
	if err != nil {
		b.Shot("failed-" + strings.ReplaceAll(b.t.Name(), "/", "-"))
		b.t.Fatalf("browser: %v", err)
	}
}

// Go opens an address of the appliance.
func (b *Tab) Go(path string) *Tab {
	b.t.Helper()
	if strings.HasPrefix(path, "/") {
		path = b.base + path
	}
	b.must(chromedp.Do(b.ctx, chromedp.Navigate(path)))
	return b
}

// Fill types value into the control of that name: text is replaced, a select
// gets its option, a checkbox is ticked by "on" and cleared by "".
func (b *Tab) Fill(name, value string) *Tab {
	b.t.Helper()
	ok, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](fmt.Sprintf(`(() => {
		const all = [...document.querySelectorAll('[name=' + JSON.stringify(%[1]q) + ']')].filter(e => e.type !== 'hidden');
		const e = all.find(e => e.offsetParent !== null && (e.type !== 'radio' || e.value === %[2]q)) || all[0];
		if (!e) return false;
		if (e.type === 'checkbox') { e.checked = %[2]q !== ''; } else if (e.type === 'radio') { e.checked = true; } else { e.value = %[2]q; }
		e.dispatchEvent(new Event('input', {bubbles: true})); e.dispatchEvent(new Event('change', {bubbles: true}));
		return true;
	})()`, name, value)))
	b.must(err)
	if !ok {
		b.Shot("failed-" + strings.ReplaceAll(b.t.Name(), "/", "-"))
		b.t.Fatalf("no control named %q on %s", name, b.Path())
	}
	return b
}

// File chooses a file for the file input of that name.
func (b *Tab) File(name, path string) *Tab {
	b.t.Helper()
	b.must(chromedp.Do(b.ctx, chromedp.SetUploadFiles(chromedp.CSS(`input[type=file][name="`+name+`"]`), []string{path})))
	return b
}

// Click clicks the first visible button or link with exactly this text (or
// accessible name), and waits for a page that may follow.
func (b *Tab) Click(text string) *Tab {
	b.t.Helper()
	mark := fmt.Sprintf(`(() => {
		document.querySelectorAll('[data-clickme]').forEach(e => e.removeAttribute('data-clickme'));
		const name = e => (e.getAttribute('aria-label') || e.innerText || e.value || '').replace(/\s+/g, ' ').trim();
		const dialog = document.querySelector('dialog[open]');
		const all = [...(dialog || document).querySelectorAll('button, a, summary, input[type=submit], label')];
		const e = all.find(e => name(e) === %[1]q && e.getClientRects().length > 0);
		if (!e) return false;
		e.setAttribute('data-clickme', ''); e.scrollIntoView({block: 'center'});
		return true;
	})()`, text)
	deadline := time.Now().Add(patience)
	for {
		ok, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](mark))
		if err == nil && ok {
			break
		}
		if time.Now().After(deadline) {
			b.Shot("failed-" + strings.ReplaceAll(b.t.Name(), "/", "-"))
			b.t.Fatalf("nothing called %q to click on %s; it shows: %s", text, b.Path(), b.Text())
		}
		time.Sleep(100 * time.Millisecond)
	}
	b.must(chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS(`[data-clickme]`))))
	b.settle()
	return b
}

// Tick clicks the checkbox or radio button of that accessible name.
func (b *Tab) Tick(name string) *Tab {
	b.t.Helper()
	find := fmt.Sprintf(`(() => { document.querySelectorAll('[data-tickme]').forEach(e => e.removeAttribute('data-tickme'));
		const e = [...document.querySelectorAll('input[type=checkbox], input[type=radio]')].find(e => (e.getAttribute('aria-label') || (e.labels[0] || e).innerText).trim() === %q);
		if (e) { e.setAttribute('data-tickme', ''); e.scrollIntoView({block: 'center'}); }
		return !!e; })()`, name)
	b.until("have a box called "+name, func() bool { ok, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](find)); return err == nil && ok })
	b.must(chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS(`[data-tickme]`))))
	return b
}

// settle waits until the page is loaded and has been for a moment.
func (b *Tab) settle() {
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		time.Sleep(40 * time.Millisecond)
		if state, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.readyState + (document.querySelector('[data-clickme]') ? '' : '!')`)); err == nil && strings.HasPrefix(state, "complete") {
			return
		}
	}
}

// Calm waits a moment for what a page fetches after it is loaded, such as the
// marks of a map.
func (b *Tab) Calm() *Tab {
	if b.how.NoScript {
		return b
	}
	maps, err := chromedp.Run(b.ctx, chromedp.Evaluate[int](`document.querySelectorAll('[data-map]').length`))
	if err != nil || maps == 0 {
		return b
	}
	b.until("draw its map", func() bool {
		drawn, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](`[...document.querySelectorAll('[data-map]')].every(m => m.parentElement.querySelector('.map-status').textContent)`))
		return err == nil && drawn
	})
	time.Sleep(400 * time.Millisecond) // it moves to its marks and asks once more
	return b
}

// Offline cuts the network, or brings it back; the page learns of both.
func (b *Tab) Offline(cut bool) *Tab {
	b.t.Helper()
	b.cut = true
	_, err := chromedp.Call(b.ctx, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{{Offline: cut, DownloadThroughput: -1, UploadThroughput: -1}}})
	b.must(err)
	_, err = chromedp.Call(b.ctx, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: cut, DownloadThroughput: -1, UploadThroughput: -1})
	b.must(err)
	return b
}

// Press presses keys, such as kb.Tab or kb.Enter of chromedp/kb.
func (b *Tab) Press(keys string) *Tab {
	b.t.Helper()
	b.must(chromedp.Do(b.ctx, chromedp.KeyEvent(keys)))
	b.settle()
	return b
}

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

// Shot takes a picture of the window into the folder GATEHOUSE_SHOTS names; without
// the variable it takes none.
func (b *Tab) Shot(name string) *Tab { return b.shot(name, chromedp.CaptureScreenshot()) }

// FullShot takes a picture of the whole page.
func (b *Tab) FullShot(name string) *Tab { return b.shot(name, chromedp.FullScreenshot(100)) }

func (b *Tab) shot(name string, take chromedp.Action[[]byte]) *Tab {
	dir := os.Getenv("GATEHOUSE_SHOTS")
	if dir == "" {
		return b
	}
	png, err := chromedp.Run(b.ctx, take)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644)
	}
	if err != nil {
		b.t.Logf("no picture %s: %v", name, err)
	}
	return b
}

// Cookie gives the tab a cookie, such as a session of somebody else.
func (b *Tab) Cookie(name, value, path string) *Tab {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, network.SetCookie, network.SetCookieParams{Name: name, Value: value, URL: b.base + path, Path: path, HTTPOnly: new(true)})
	b.must(err)
	return b
}
