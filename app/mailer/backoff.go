package mailer

import (
	"io"
	"time"
)

// steps are the waits between attempts at one letter; the last is repeated
// until two days are over.
var steps = []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 4 * time.Hour}

// mostAttempts makes the waits add up to a little more than two days.
const mostAttempts = 17

// backOff is how long a letter waits after its nth attempt; false after the
// last one.
func backOff(chance io.Reader, n int64) (time.Duration, bool) {
	if n >= mostAttempts {
		return 0, false
	}
	return jitter(chance, steps[min(max(n, 1), int64(len(steps)))-1]), true
}

// pauses are how long a server is left alone that took nothing at all. They
// are short: the letters wait, and one of them is enough to ask.
var pauses = []time.Duration{15 * time.Second, 30 * time.Second, time.Minute, 2 * time.Minute, 5 * time.Minute}

func pause(chance io.Reader, fails int) time.Duration {
	return jitter(chance, pauses[min(fails, len(pauses)-1)]).Round(time.Second)
}

// jitter moves a wait by up to a fifth either way, so that what failed together
// does not come back together.
func jitter(chance io.Reader, d time.Duration) time.Duration {
	b := []byte{128}
	_, _ = io.ReadFull(chance, b) // without chance it is the plain wait
	return d + d/5*time.Duration(int(b[0])-128)/128
}
