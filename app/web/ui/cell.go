package ui

import (
	"strconv"
	"sync"
	"time"

	g "maragu.dev/gomponents"
)

// pool holds the buffers that tables and other fast parts are written into.
var pool = sync.Pool{New: func() any { b := make([]byte, 0, 32<<10); return &b }}

// AppendLink appends a link to a cell.
func AppendLink(b []byte, href, text string) []byte {
	b = append(b, `<a href="`...)
	b = Esc(b, SafeHref(href))
	b = append(b, `">`...)
	return append(Esc(b, text), `</a>`...)
}

// AppendTwo appends the two lines of a table's first column: what it is, as a
// link where href is not empty, and what else helps to recognise it.
func AppendTwo(b []byte, href, title, sub string) []byte {
	if href == "" {
		b = append(b, `<span class="strong">`...)
		b = append(Esc(b, title), `</span>`...)
	} else {
		b = append(b, `<a class="strong" href="`...)
		b = Esc(b, SafeHref(href))
		b = append(b, `">`...)
		b = append(Esc(b, title), `</a>`...)
	}
	if sub == "" {
		return b
	}
	b = append(b, `<small>`...)
	return append(Esc(b, sub), `</small>`...)
}

// AppendTwoNum is AppendTwo where the link is a prefix and a number, without making a string of them.
func AppendTwoNum(b []byte, prefix string, id int64, title, sub string) []byte {
	b = append(b, `<a class="strong" href="`...)
	b = strconv.AppendInt(Esc(b, SafeHref(prefix)), id, 10)
	b = append(Esc(append(b, `">`...), title), `</a>`...)
	if sub == "" {
		return b
	}
	return append(Esc(append(b, `<small>`...), sub), `</small>`...)
}

// AppendCopy appends a small button that copies text; it needs a script, and
// without one is not there.
func (v *View) AppendCopy(b []byte, text string) []byte {
	if text == "" {
		return b
	}
	b = append(b, `&nbsp;<button type="button" class="copy-cell js" data-copy-text="`...)
	b = Esc(b, text)
	b = append(b, `" aria-label="`...)
	b = Esc(b, v.T("Copy %s", text))
	return append(appendIcon(append(b, `">`...), "copy"), `</button>`...)
}

// CopyLink is a link with a button beside it that copies its text.
func CopyLink(v *View, href, text string) g.Node {
	return bytesNode(func(b []byte) []byte { return v.AppendCopy(AppendLink(b, href, text), text) })
}

// AppendBadge appends a Badge to a cell.
func AppendBadge(b []byte, kind, text string) []byte {
	b = append(b, `<span class="badge `...)
	b = append(b, badgeKind(kind)...)
	b = append(b, `">`...)
	return append(Esc(b, text), `</span>`...)
}

// AppendText appends text to a cell; an empty one shows a dash.
func AppendText(b []byte, s string) []byte {
	if s == "" {
		return append(b, none...)
	}
	return Esc(b, s)
}

// AppendDate appends a day in the person's format.
func (v *View) AppendDate(b []byte, t time.Time) []byte { return v.format().AppendDate(b, t) }

// AppendDateTime appends a moment in the person's format and zone.
func (v *View) AppendDateTime(b []byte, t time.Time) []byte { return v.format().AppendDateTime(b, t) }

// AppendMeter appends a small bar with its number behind it. Below low it warns.
func (v *View) AppendMeter(b []byte, value, max, low float64, label, shown string) []byte {
	b = append(b, `<span class="meter"><meter min="0" max="`...)
	b = appendNum(b, max)
	b = appendNum(append(b, `" value="`...), value)
	if low > 0 {
		b = appendNum(append(b, `" high="`...), max)
		b = appendNum(append(b, `" optimum="`...), max)
		b = appendNum(append(b, `" low="`...), low)
	}
	b = append(b, `" aria-label="`...)
	b = Esc(b, label)
	b = append(b, `"></meter><span>`...)
	return append(Esc(b, shown), `</span></span>`...)
}
