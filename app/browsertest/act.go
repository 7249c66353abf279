package browsertest

import (
	"fmt"
	"strings"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

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

// Cookie gives the tab a cookie, such as a session of somebody else.
func (b *Tab) Cookie(name, value, path string) *Tab {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, network.SetCookie, network.SetCookieParams{Name: name, Value: value, URL: b.base + path, Path: path, HTTPOnly: new(true)})
	b.must(err)
	return b
}
