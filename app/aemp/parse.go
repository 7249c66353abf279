package aemp

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"maps"
	"strings"
	"time"

	"gatehouse/store/fault"
)

// Parse reads a whole snapshot. Whether it is XML or JSON is decided by its
// content; contentType only helps to say what came instead. now is the time of
// receipt: readings of more than a day later are skipped. On an error, which
// is an Invalid fault with a sentence, nothing was taken.
func Parse(r io.Reader, contentType string, now time.Time) (Snapshot, error) {
	data, err := contents(r)
	if err != nil {
		return Snapshot{}, err
	}
	p := &parser{now: now, snap: Snapshot{Links: map[string]string{}}}
	switch first := bytes.TrimLeft(data, " \t\r\n"); {
	case bytes.HasPrefix(first, []byte("<")):
		err = p.xml(data)
	case bytes.HasPrefix(first, []byte("{")), bytes.HasPrefix(first, []byte("[")):
		err = p.json(data)
	case len(first) == 0:
		err = refuse("The answer is empty; a fleet snapshot was expected.")
	default:
		err = refuse("This is neither XML nor JSON but %s; a fleet snapshot was expected.", named(contentType))
	}
	if err == nil && !p.seenFleet {
		err = refuse("There is no fleet in this file: it names no Equipment. It begins with “%s”.", clip(p.root, 40))
	}
	if err != nil {
		return Snapshot{}, err
	}
	p.dateTheUndated()
	return p.snap, nil
}

func refuse(says string, args ...any) error {
	return fault.New(fault.Invalid, says, args...)
}

func named(contentType string) string {
	kind, _, _ := strings.Cut(contentType, ";")
	if kind = strings.TrimSpace(kind); kind == "" || len(kind) > 60 {
		return "something else"
	}
	return "“" + clip(kind, 60) + "”"
}

// contents reads everything, unpacks gzip and makes UTF-8 of it.
func contents(r io.Reader) ([]byte, error) {
	data, err := atMost(r)
	if err != nil {
		return nil, err
	}
	if bytes.HasPrefix(data, []byte("\x1f\x8b")) {
		z, err := gzip.NewReader(bytes.NewReader(data))
		if err == nil {
			data, err = atMost(z)
		}
		if err != nil {
			if fault.Of(err) == fault.Invalid {
				return nil, err
			}
			return nil, refuse("This compressed file is damaged. Nothing was taken from it.")
		}
	}
	return toUTF8(data)
}

func atMost(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read snapshot: %w", err)
	}
	if len(data) > MaxBytes {
		return nil, refuse("This file is larger than %d MB, too large for one page of a fleet. Nothing was taken from it.", MaxBytes>>20)
	}
	return data, nil
}

// parser collects a snapshot.
type parser struct {
	now       time.Time
	snap      Snapshot
	seenFleet bool
	root      string // how the file begins, for a sentence
	readings  int
}

func (p *parser) problem(line int, says string, args ...any) {
	if p.snap.SkippedTotal++; len(p.snap.Skipped) < maxProblems {
		p.snap.Skipped = append(p.snap.Skipped, Problem{line, fmt.Sprintf(says, args...)})
	}
}

// mark is what reset goes back to.
func (p *parser) mark() Snapshot {
	s := p.snap
	s.Links = maps.Clone(s.Links)
	return s
}

// reset forgets what was collected since s was marked.
func (p *parser) reset(s Snapshot) { p.snap = s }

// fleetFact takes a leaf of the fleet itself.
func (p *parser) fleetFact(n *node) {
	switch {
	case n.key == "version":
		p.snap.Version = n.value()
	case dateKeys[n.key] && p.snap.At.IsZero() && n.value() != "":
		at, err := p.sane(n.value())
		if err != nil {
			p.problem(n.line, "The snapshot's own time is not taken: %v.", err)
			return
		}
		p.snap.At = at
	}
}

// dateTheUndated gives readings without a date that of the snapshot, else the
// time of receipt: a snapshot is what was last known then.
func (p *parser) dateTheUndated() {
	at := p.snap.At
	for i := range p.snap.Equipment {
		m := &p.snap.Equipment[i]
		for j := range m.Readings {
			p.date(&m.Readings[j].At, at)
		}
		for j := range m.Faults {
			p.date(&m.Faults[j].At, at)
		}
	}
}

func (p *parser) date(t *time.Time, at time.Time) {
	if !t.IsZero() {
		return
	}
	if *t = at; at.IsZero() {
		*t = p.now
		p.snap.Undated++
	}
}
