package ui

import (
	"hash/fnv"
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// Live is a part of a page that shows what changed without a reload. Its url
// answers with a page (or fragment) that holds the same Live part, so it may
// simply be the page's own address. It is fetched again when the page's stream
// (View.Live) sends an event named "change", and every half minute while the
// page is being looked at and nobody types in it.
func Live(v *View, url string, body ...g.Node) g.Node {
	return liveEvery(v, liveID(url), url, 30, body)
}

// LiveFast is Live for what changes by the second; every is in seconds.
func LiveFast(v *View, url string, every int, body ...g.Node) g.Node {
	return liveEvery(v, liveID(url), url, every, body)
}

func liveEvery(v *View, id, url string, every int, body []g.Node) g.Node {
	trigger := "live"
	if v.Live != "" {
		trigger = "live, sse:change"
	}
	return h.Div(h.ID(id), h.Class("live"), h.Data("live", strconv.Itoa(max(every, 1))),
		g.Attr("hx-get", SafeHref(url)), g.Attr("hx-trigger", trigger), g.Attr("hx-select", "#"+id), g.Attr("hx-swap", "outerHTML"), g.Group(body))
}

func liveID(url string) string {
	f := fnv.New32a()
	_, _ = f.Write([]byte(url)) // a hash does not fail
	return "live-" + strconv.FormatUint(uint64(f.Sum32()), 36)
}

// Progress shows how far a job is; a page holds it as long as the job runs. A
// script fetches View.Path again every two seconds and, once the page has no
// progress any more, loads it whole; without a script there is a link that
// does. A total of 0 is not known yet.
func Progress(v *View, done, total int, label string) g.Node {
	return h.Div(h.ID("progress"), h.Class("progress"), h.Data("live", "2"), h.Data("until-done", ""),
		g.Attr("hx-get", SafeHref(v.Path)), g.Attr("hx-trigger", "live"), g.Attr("hx-select", "#progress"), g.Attr("hx-swap", "outerHTML"),
		h.Div(h.Class("progress-head"), h.Span(g.Text(label)), h.Span(h.Class("muted tnum"), g.Text(howFar(v, done, total)))),
		h.Progress(h.Max(strconv.Itoa(max(total, 1))), g.If(total > 0, h.Value(strconv.Itoa(done))), h.Aria("label", label)),
		h.P(h.Class("nojs"), h.A(h.Href(SafeHref(v.Path)), g.Text(v.T("Refresh")))))
}

func howFar(v *View, done, total int) string {
	if total == 0 {
		return v.N(int64(done))
	}
	return v.T("%s of %s", v.N(int64(done)), v.N(int64(total)))
}
