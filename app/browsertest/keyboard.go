package browsertest

import (
	"encoding/json"
	"strings"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// focus is what has the focus: its name, whether one sees that it has it, and
// whether it lies in the window with nothing above it.
type focus struct {
	Name, What      string
	Seen, Uncovered bool
	Body            bool
}

const focusScript = `(() => { const e = document.activeElement;
	if (!e || e === document.body) return JSON.stringify({Body: true});
	const name = (e.getAttribute('aria-label') || (e.labels && e.labels[0] && e.labels[0].innerText) || e.innerText || e.name || e.tagName).replace(/\*/g, '').replace(/\s+/g, ' ').trim();
	const ring = el => { const s = getComputedStyle(el); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 1 || s.boxShadow !== 'none'; };
	const seen = ring(e) || !!(e.labels && [...e.labels].some(ring)) || !!(e.parentElement && ring(e.parentElement));
	const r = e.getBoundingClientRect(), x = Math.min(innerWidth - 1, Math.max(0, r.left + Math.min(r.width / 2, 40))), y = Math.min(innerHeight - 1, Math.max(0, r.top + Math.min(r.height / 2, 12)));
	const top = document.elementFromPoint(x, y);
	const inside = r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth;
	return JSON.stringify({Name: name, What: e.outerHTML.slice(0, 160), Seen: seen, Uncovered: inside && !!top && (e.contains(top) || top.contains(e) || [...(e.labels || [])].some(l => l.contains(top)))}); })()`

func (b *Tab) focus() (f focus) {
	b.t.Helper()
	b.must(json.Unmarshal([]byte(b.Value(focusScript)), &f))
	return f
}

// Key presses keys and waits for nothing.
func (b *Tab) Key(keys string) *Tab {
	b.t.Helper()
	b.must(chromedp.Do(b.ctx, chromedp.KeyEvent(keys)))
	return b
}

// TabTo presses Tab until what has the focus is called name, or begins so. On
// the way everything that gets the focus must be seen to have it, and must not
// lie beneath something else.
func (b *Tab) TabTo(name string) *Tab {
	b.t.Helper()
	met := []string{}
	for range 200 {
		b.Key(kb.Tab)
		f := b.focus()
		if f.Body {
			continue
		}
		if !f.Seen || !f.Uncovered {
			b.Shot("failed-focus-" + strings.ReplaceAll(b.t.Name(), "/", "-"))
			b.t.Fatalf("on %s nobody sees that “%s” has the focus (ring %v, uncovered %v): %s", b.Path(), f.Name, f.Seen, f.Uncovered, f.What)
		}
		if f.Name == name || strings.HasPrefix(f.Name, name) {
			return b
		}
		met = append(met, f.Name)
	}
	b.Shot("failed-" + strings.ReplaceAll(b.t.Name(), "/", "-"))
	b.t.Fatalf("Tab never reaches “%s” on %s; it reaches: %s", name, b.Path(), strings.Join(met, " · "))
	return b
}

// Write types into what has the focus, in place of what is there.
func (b *Tab) Write(text string) *Tab {
	b.t.Helper()
	b.Value(`(document.activeElement.select && document.activeElement.select(), '')`)
	return b.Key(text)
}
