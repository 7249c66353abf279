package aemp

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"gatehouse/store/fault"
)

// jsonReader walks a JSON file; only one machine at a time is held as a tree.
type jsonReader struct {
	p     *parser
	data  []byte
	d     *json.Decoder
	depth int
	parts int

	objects int // that may hold machines

	from int // line of the first byte
	line int // of the byte at
	at   int
}

func (p *parser) json(data []byte) error {
	p.root = clip(string(bytes.TrimSpace(data[:min(len(data), 80)])), 40)
	j := newJSON(p, data, 1)
	err := j.around()
	if err == nil {
		if _, err = j.d.Token(); err == io.EOF {
			return nil
		}
		if err == nil {
			err = refuse("In line %d something follows the end of the JSON. Nothing was taken from the file.", j.where())
		}
	}
	return j.broken(err)
}

func newJSON(p *parser, data []byte, from int) *jsonReader {
	j := &jsonReader{p: p, data: data, d: json.NewDecoder(bytes.NewReader(data)), from: from, line: from}
	j.d.UseNumber()
	return j
}

// where is the line the decoder has come to.
func (j *jsonReader) where() int {
	to := int(j.d.InputOffset())
	if to > j.at {
		j.line += bytes.Count(j.data[j.at:to], []byte("\n"))
		j.at = to
	}
	return j.line
}

// broken makes a sentence of what is wrong with the JSON.
func (j *jsonReader) broken(err error) error {
	var syntax *json.SyntaxError
	switch {
	case err == nil:
		return nil
	case err == io.EOF || err == io.ErrUnexpectedEOF || errors.As(err, &syntax) && strings.Contains(syntax.Error(), "unexpected end"):
		return refuse("The file breaks off in line %d, before its end. Nothing was taken from it.", j.from+bytes.Count(j.data, []byte("\n")))
	case syntax != nil:
		return refuse("The file is no valid JSON in line %d: %s. Nothing was taken from it.", j.where(), clip(syntax.Error(), 100))
	}
	if fault.Of(err) != fault.Invalid {
		return refuse("The file is no valid JSON in line %d: %s. Nothing was taken from it.", j.where(), clip(err.Error(), 100))
	}
	return err
}

// around walks through a value that may hold machines.
func (j *jsonReader) around() error {
	if j.depth++; j.depth > maxDepth {
		return tooDeep(j.where())
	}
	defer func() { j.depth-- }()
	begin := int(j.d.InputOffset())
	tok, err := j.d.Token()
	if err != nil {
		return err
	}
	switch tok {
	case json.Delim('['):
		for j.d.More() {
			if err := j.around(); err != nil {
				return err
			}
		}
		_, err = j.d.Token()
		return err
	case json.Delim('{'):
		if j.objects++; j.objects > maxObjects {
			return refuse("This file has more than 300,000 objects around its machines. It is refused; nothing was taken from it.")
		}
		line, before := j.where(), j.p.mark()
		bare, err := j.members()
		if err == nil && bare {
			j.p.reset(before) // what looked like facts of the fleet was the machine's
			return j.bareMachine(begin, line)
		}
		return err
	}
	return nil
}

// members walks through an object. It reports whether the object is itself a
// machine: then it has a header.
func (j *jsonReader) members() (bare bool, err error) {
	for j.d.More() {
		tok, err := j.d.Token()
		if err != nil {
			return false, err
		}
		name, ok := tok.(string)
		if !ok {
			return false, nameless(j.where())
		}
		n := newNode(name, j.where())
		switch {
		case n.key == "equipment" || n.key == "equipments":
			err = j.machines(n)
		case n.key == "links" || n.key == "link":
			err = j.each(name, func(k *node) error { j.p.links(k); return nil })
		case n.key == "version" || dateKeys[n.key]:
			err = j.each(name, func(k *node) error { j.p.fleetFact(k); return nil })
		case n.key == "equipmentheader":
			bare = true
			err = j.each(name, func(*node) error { return nil })
		case n.key == "fleet":
			j.p.seenFleet = true
			err = j.around()
		default:
			err = j.around()
		}
		if err != nil {
			return false, err
		}
	}
	_, err = j.d.Token()
	return bare, err
}

// machines takes the value of Equipment: a list, or a single machine.
func (j *jsonReader) machines(n *node) error {
	j.p.seenFleet = true // even if the list is empty
	return j.each(n.name, j.p.equipment)
}

// bareMachine reads the object that began at an offset once more, as a machine.
func (j *jsonReader) bareMachine(begin, line int) error {
	data := bytes.TrimLeft(j.data[begin:j.d.InputOffset()], ",: \t\r\n")
	if len(data) > maxMachine {
		return tooMany(line)
	}
	again := newJSON(j.p, data, line)
	again.depth = j.depth
	return again.each("Equipment", j.p.equipment)
}

// each reads the next value as trees called name, one for each element of a
// list, and hands them on one by one.
func (j *jsonReader) each(name string, f func(*node) error) error {
	j.parts = 0
	return j.value(name, func(n *node) error {
		j.parts = 0
		return f(n)
	})
}

// value reads the next value and hands out what it is; nothing for null.
func (j *jsonReader) value(name string, f func(*node) error) error {
	if j.depth++; j.depth > maxDepth {
		return tooDeep(j.where())
	}
	defer func() { j.depth-- }()
	if j.parts++; j.parts > maxParts {
		return tooMany(j.where())
	}
	tok, err := j.d.Token()
	if err != nil {
		return err
	}
	n := newNode(name, j.where())
	switch tok := tok.(type) {
	case json.Delim:
		if tok == '[' {
			for j.d.More() {
				if err := j.value(name, f); err != nil {
					return err
				}
			}
			_, err = j.d.Token()
			return err
		}
		if err := j.object(n); err != nil {
			return err
		}
	case nil:
		return nil
	default:
		n.text = short(fmt.Sprint(tok))
	}
	return f(n)
}

// object reads members into n. Converters from XML call attributes and text by
// odd names; these become what they were.
func (j *jsonReader) object(n *node) error {
	for j.d.More() {
		tok, err := j.d.Token()
		if err != nil {
			return err
		}
		name, ok := tok.(string)
		if !ok {
			return nameless(j.where())
		}
		err = j.value(name, func(k *node) error {
			switch name {
			case "#text", "_", "$t", "#":
				n.text = k.text
			case "$", "@attributes", "@":
				n.kids = append(n.kids, k.kids...)
			default:
				n.kids = append(n.kids, k)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	_, err := j.d.Token()
	return err
}

func nameless(line int) error {
	return refuse("The file is no valid JSON in line %d: a name is missing. Nothing was taken from it.", line)
}
