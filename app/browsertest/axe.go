package browsertest

import (
	"context"
	_ "embed"
	"encoding/json"
	"strings"

	"github.com/chromedp/chromedp"
)

// axe is axe-core 4.14.1, under the Mozilla Public License 2.0.
//
//go:embed testdata/axe.min.js
var axe string

// Axe fails the test for everything axe finds wrong on the page.
func (b *Tab) Axe() *Tab {
	b.t.Helper()
	if b.how.NoScript {
		b.t.Fatal("axe needs scripts")
	}
	if there, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](`!!window.axe`)); err != nil || !there {
		b.must(chromedp.Do(b.ctx, evaluate(axe)))
	}
	found, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`axe.run(document, {resultTypes: ['violations'], preload: false}).then(r => JSON.stringify(r.violations.map(v => ({id: v.id, help: v.help, where: v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + ' ' + (n.any[0] ? n.any[0].message : ''))}))))`, chromedp.EvalAwaitPromise))
	b.must(err)
	var all []struct {
		ID, Help string
		Where    []string
	}
	b.must(json.Unmarshal([]byte(found), &all))
	for _, v := range all {
		b.t.Errorf("axe on %s: %s (%s) %s", b.Path(), v.Help, v.ID, strings.Join(v.Where, " | "))
	}
	return b
}

func evaluate(script string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Run(ctx, chromedp.Evaluate[bool](script+"; true"))
		return err
	})
}
