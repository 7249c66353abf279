package desk

import (
	"regexp"
	"strings"
	"time"
)

var clockWord = regexp.MustCompile(`(?i)(\d{1,2})(?:[:.h](\d{2}))?(?::\d{2})?\s*(am|pm|a\.m\.|p\.m\.)?`)

// clocks reads times of day such as 08:30, 2 PM or 8:00-12:00.
func clocks(text string) (out []string) {
	for _, m := range clockWord.FindAllStringSubmatch(text, -1) {
		h, min := 0, 0
		for _, d := range m[1] {
			h = h*10 + int(d-'0')
		}
		for _, d := range m[2] {
			min = min*10 + int(d-'0')
		}
		switch half := strings.ToLower(strings.ReplaceAll(m[3], ".", "")); {
		case half == "pm" && h < 12:
			h += 12
		case half == "am" && h == 12:
			h = 0
		}
		if h > 23 || min > 59 {
			return nil
		}
		out = append(out, time.Date(0, 1, 1, h, min, 0, 0, time.UTC).Format("15:04"))
	}
	return out
}

func (t *jobs) readTimes(c *cells, w *jobPlan) {
	e := &w.edit
	if at, whole := c.time("day"); !at.IsZero() {
		local := at.In(t.zone)
		e.Day = local.Format(time.DateOnly)
		if !whole && c.text("from") == "" && w.was.ID == 0 {
			e.From = local.Format("15:04")
		}
	}
	for _, key := range []string{"from", "to"} {
		if c.text(key) == "" {
			continue
		}
		times := clocks(c.text(key))
		switch {
		case len(times) == 0 || len(times) > 2 || key == "to" && len(times) > 1:
			c.bad.Add(key, "“%s” is not a time such as 08:30.", short(c.text(key)))
		case key == "to":
			e.To = times[0]
		default:
			if e.From = times[0]; len(times) == 2 {
				e.To = times[1]
			}
		}
	}
	w.received, _ = c.time("received_at")
	w.done, _ = c.time("done_at")
	if at, whole := c.time("due_by"); !at.IsZero() {
		if whole { // a day: until its end
			at = at.In(t.zone).AddDate(0, 0, 1).Add(-time.Minute).UTC()
		}
		e.DueBy = at
	}
	if e.Day == "" && !w.received.IsZero() && w.was.ID == 0 {
		e.Day = w.received.In(t.zone).Format(time.DateOnly)
	}
}
