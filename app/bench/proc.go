package bench

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// usage is what a process used while it was watched.
type usage struct {
	cpu  time.Duration
	anon int64 // bytes, at most
}

// watch notes a process's CPU time and polls its memory; the function it
// returns says what was used since. Process 0 uses nothing.
func watch(pid int) func() usage {
	if pid == 0 {
		return func() usage { return usage{} }
	}
	before, most, done := cpuTime(pid), make(chan int64, 1), make(chan struct{})
	go func() {
		var top int64
		clock := time.NewTicker(50 * time.Millisecond)
		defer clock.Stop()
		for {
			top = max(top, memory(pid, "RssAnon"))
			select {
			case <-done:
				most <- top
				return
			case <-clock.C:
			}
		}
	}()
	return func() usage {
		used := cpuTime(pid) - before
		close(done)
		return usage{cpu: used, anon: <-most}
	}
}

// tick is the unit of /proc/PID/stat: 100 a second on every Linux.
const tick = 10 * time.Millisecond

// cpuTime is the CPU time a process has used, user and system.
func cpuTime(pid int) time.Duration {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	f := strings.Fields(string(b[bytes.LastIndexByte(b, ')')+1:])) // the name before it may hold spaces
	if len(f) < 13 {
		return 0
	}
	user, _ := strconv.ParseInt(f[11], 10, 64)
	system, _ := strconv.ParseInt(f[12], 10, 64)
	return time.Duration(user+system) * tick
}

// memory reads a line such as RssAnon of /proc/PID/status, in bytes.
func memory(pid int, name string) int64 {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(b)) {
		if v, ok := strings.CutPrefix(line, name+":"); ok {
			kb, _ := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(v), "kB")), 10, 64)
			return kb << 10
		}
	}
	return 0
}
