package desk

import (
	"time"

	"gatehouse/store"
	"gatehouse/store/fault"
)

// span is the time for which a row of the file gives an asset away.
type span struct {
	start, end time.Time // end zero: open
	to         store.CustomerID
	name       string
	line       int
}

func (p span) overlaps(o span) bool {
	return (o.end.IsZero() || p.start.Before(o.end)) && (p.end.IsZero() || o.start.Before(p.end))
}

func (h *hold) words() string {
	out := h.customer.Name + ", from " + h.from.Format("2006-01-02")
	if !h.to.IsZero() {
		out += " to " + h.to.Format("2006-01-02")
	}
	return out
}

func days(a store.Assignment, zone *time.Location) string {
	out := "from " + a.From.In(zone).Format("2006-01-02")
	if a.To.IsZero() {
		return out + " on"
	}
	return out + " to " + a.LastDay().In(zone).Format("2006-01-02")
}

// claim keeps two rows of a file from giving an asset to two customers at the
// same time.
func (t *holding) claim(asset store.AssetID, h *hold, line int) error {
	h.span.line = line
	for _, o := range t.spans[asset] {
		if o.line != line && o.to != h.span.to && o.overlaps(h.span) {
			return fault.New(fault.Conflict, "Line %d of this file gives it to %s for that time.", o.line, o.name)
		}
	}
	t.spans[asset] = append(t.spans[asset], h.span)
	return nil
}
