package web

import (
	"strconv"
	"strings"
)

// Browser names a browser and its system from its User-Agent, roughly, for
// people who look at their own sessions.
func Browser(agent string) string {
	name := firstOf(agent, "a browser", "Edg/", "Edge", "OPR/", "Opera", "Firefox/", "Firefox", "Chrome/", "Chrome", "Safari/", "Safari", "curl/", "curl")
	system := firstOf(agent, "", "Android", "Android", "iPhone", "iPhone", "iPad", "iPad", "Windows", "Windows", "Mac OS", "macOS", "Linux", "Linux")
	if system == "" {
		return name
	}
	return name + ", " + system
}

func firstOf(agent, otherwise string, pairs ...string) string {
	for i := 0; i < len(pairs); i += 2 {
		if strings.Contains(agent, pairs[i]) {
			return pairs[i+1]
		}
	}
	return otherwise
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
