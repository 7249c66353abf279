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
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
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
