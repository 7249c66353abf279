package bench

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net"
	"strconv"
	"time"
)

// worker is one connection of a load: it asks, reads the whole answer, asks
// again.
type worker struct {
	times []time.Duration
	first int // bytes of the first body
	err   error
}

func (k *worker) run(ctx context.Context, host string, requests [][]byte, at int) {
	var dial net.Dialer
	conn, err := dial.DialContext(ctx, "tcp", host)
	if err != nil {
		k.err = err
		return
	}
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(longest + 10*time.Second))
	r := bufio.NewReaderSize(conn, 64<<10)
	k.times = make([]time.Duration, 0, 1<<16)
	for ; ctx.Err() == nil; at++ {
		began := time.Now()
		if _, k.err = conn.Write(requests[at%len(requests)]); k.err != nil {
			return
		}
		n, err := answer(r)
		if k.err = err; err != nil {
			return
		}
		if k.first == 0 {
			k.first = n
		}
		if n < k.first/3 || n == 0 { // customers differ in how many rows they have
			k.err = fmt.Errorf("an answer of %d bytes, where the first had %d", n, k.first)
			return
		}
		k.times = append(k.times, time.Since(began))
	}
}

// answer reads one answer and returns the length of its body.
func answer(r *bufio.Reader) (length int, err error) {
	line, err := r.ReadSlice('\n')
	if err != nil {
		return 0, err
	}
	if len(line) < 12 || string(line[9:12]) != "200" {
		return 0, fmt.Errorf("the server answered %q", bytes.TrimSpace(line))
	}
	length = -1
	for {
		if line, err = r.ReadSlice('\n'); err != nil {
			return 0, err
		}
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			break
		}
		if v, ok := bytes.CutPrefix(line, []byte("Content-Length: ")); ok {
			if length, err = strconv.Atoi(string(v)); err != nil {
				return 0, err
			}
		}
	}
	if length < 0 {
		return 0, fmt.Errorf("an answer that does not say how long it is")
	}
	_, err = r.Discard(length)
	return length, err
}
