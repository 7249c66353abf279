package aemp

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"gatehouse/store/fault"
)

const xsi = "http://www.w3.org/2001/XMLSchema-instance"

// xmlReader walks an XML file; only one machine at a time is held as a tree.
type xmlReader struct {
	p     *parser
	d     *xml.Decoder
	depth int
	parts int
}

func (p *parser) xml(data []byte) error {
	x := &xmlReader{p: p, d: xml.NewDecoder(undeclared(data))}
	for roots := 0; ; {
		tok, err := x.token()
		if err == io.EOF && roots > 0 {
			return nil
		}
		if err != nil {
			return x.broken(err)
		}
		if start, ok := tok.(xml.StartElement); ok {
			if roots++; roots > 1 {
				line, _ := x.d.InputPos()
				return refuse("In line %d a second document follows the first. Nothing was taken from the file.", line)
			}
			p.root = "<" + start.Name.Local + ">"
			if err := x.element(start); err != nil {
				return x.broken(err)
			}
		}
	}
}

// undeclared leaves the declaration out: its charset was seen to, and of its
// version the decoder would only accept 1.0.
func undeclared(data []byte) io.Reader {
	at := bytes.Index(data[:min(len(data), 400)], []byte("<?xml "))
	end := bytes.Index(data[:min(len(data), 4000)], []byte("?>"))
	if at < 0 || end < at || len(bytes.TrimSpace(data[:at])) > 0 {
		return bytes.NewReader(data)
	}
	// Its line ends stay, for the numbers of the lines below.
	lines := strings.Repeat("\n", bytes.Count(data[:end], []byte("\n")))
	return io.MultiReader(strings.NewReader(lines), bytes.NewReader(data[end+2:]))
}

// token is the next one that matters. A DTD is refused: a snapshot has none,
// and what it can define is only of use to an attacker.
func (x *xmlReader) token() (xml.Token, error) {
	for {
		tok, err := x.d.Token()
		if err != nil {
			return nil, err
		}
		if dir, ok := tok.(xml.Directive); ok {
			if strings.Contains(strings.ToLower(clip(string(dir), 100)), "html") {
				return nil, webPage()
			}
			return nil, refuse("This file carries a DTD (<!%s …), which a fleet snapshot never does. It is refused; nothing was taken from it.", clip(firstWord(string(dir)), 20))
		}
		switch tok.(type) {
		case xml.StartElement, xml.EndElement, xml.CharData:
			return tok, nil
		}
	}
}

func firstWord(s string) string {
	f := strings.Fields(s)
	if len(f) == 0 {
		return ""
	}
	return f[0]
}

func webPage() error {
	return refuse("This is a web page, not a fleet snapshot. The address may be wrong, or it may want a sign-in.")
}

// broken makes a sentence of what is wrong with the XML.
func (x *xmlReader) broken(err error) error {
	var syntax *xml.SyntaxError
	line, _ := x.d.InputPos()
	switch {
	case err == io.EOF, errors.As(err, &syntax) && syntax.Msg == "unexpected EOF":
		return refuse("The file breaks off in line %d, before its end. Nothing was taken from it.", line)
	case syntax != nil:
		return refuse("The file is no valid XML in line %d: %s. Nothing was taken from it.", syntax.Line, clip(syntax.Msg, 100))
	}
	if fault.Of(err) != fault.Invalid {
		return refuse("The file is no valid XML in line %d: %s. Nothing was taken from it.", line, clip(err.Error(), 100))
	}
	return err
}

// element takes what start begins: a machine, links, or something around
// them.
func (x *xmlReader) element(start xml.StartElement) error {
	line, _ := x.d.InputPos()
	n := newNode(start.Name.Local, line)
	switch {
	case n.key == "equipment":
		return x.whole(n, start, func() error { return x.p.equipment(n) })
	case n.key == "links" || n.key == "link":
		return x.whole(n, start, func() error { x.p.links(n); return nil })
	case n.key == "version" || dateKeys[n.key]:
		return x.whole(n, start, func() error { x.p.fleetFact(n); return nil })
	case n.key == "html":
		return webPage()
	case n.key == "fleet":
		x.p.seenFleet = true
	}
	return x.around(start, line)
}

// around walks through an element that may hold machines.
func (x *xmlReader) around(start xml.StartElement, line int) error {
	if x.depth++; x.depth > maxDepth {
		return tooDeep(line)
	}
	defer func() { x.depth-- }()
	for _, k := range attributes(start, line) {
		x.p.fleetFact(k)
	}
	for {
		tok, err := x.token()
		if err != nil {
			return err
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			if err := x.element(tok); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		}
	}
}

// whole reads an element that stands by itself and hands it on.
func (x *xmlReader) whole(n *node, start xml.StartElement, then func() error) error {
	x.parts = 0
	if err := x.tree(n, start); err != nil {
		return err
	}
	return then()
}

// tree reads a whole element into n.
func (x *xmlReader) tree(n *node, start xml.StartElement) error {
	if x.depth++; x.depth > maxDepth {
		return tooDeep(n.line)
	}
	defer func() { x.depth-- }()
	n.kids = attributes(start, n.line)
	if x.parts += 1 + len(n.kids); x.parts > maxParts {
		return tooMany(n.line)
	}
	var text strings.Builder
	for {
		tok, err := x.token()
		if err != nil {
			return err
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			line, _ := x.d.InputPos()
			k := newNode(tok.Name.Local, line)
			if err := x.tree(k, tok); err != nil {
				return err
			}
			n.kids = append(n.kids, k)
		case xml.CharData:
			text.Write(tok[:min(len(tok), max(0, maxRaw-text.Len()))])
		case xml.EndElement:
			n.text = strings.TrimSpace(text.String())
			return nil
		}
	}
}

func attributes(start xml.StartElement, line int) (out []*node) {
	for _, a := range start.Attr {
		if a.Name.Space == "xmlns" || a.Name.Local == "xmlns" || a.Name.Space == xsi || a.Name.Space == "xsi" {
			continue
		}
		k := newNode(a.Name.Local, line)
		k.text = short(a.Value)
		out = append(out, k)
	}
	return out
}

func tooDeep(line int) error {
	return refuse("In line %d elements are nested more than %d deep. The file is refused; nothing was taken from it.", line, maxDepth)
}

func tooMany(line int) error {
	return refuse("The machine around line %d has more than %d values. The file is refused; nothing was taken from it.", line, maxParts)
}
