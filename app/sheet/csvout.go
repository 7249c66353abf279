package sheet

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// csvWriter writes what Excel opens by a double click: UTF-8 with a byte order
// mark, CRLF after every row.
type csvWriter struct {
	w           *bufio.Writer
	cols        []OutColumn
	delim       byte
	f           Format
	decimal     byte
	day, moment string
	num         []byte
}

// NewCSV begins a CSV file with the titles of cols. delim is ',' ';' '\t' or
// '|'; after a semicolon decimals have a comma unless f says otherwise.
func NewCSV(w io.Writer, cols []OutColumn, delim byte, f Format) (Writer, error) {
	out := &csvWriter{w: bufio.NewWriterSize(w, 64<<10), cols: cols, delim: delim, f: f, decimal: f.Decimal}
	out.day, out.moment = f.layout()
	if out.decimal == 0 {
		if out.decimal = '.'; delim == ';' {
			out.decimal = ','
		}
	}
	out.w.Write(utf8BOM) // an error stays with the buffer until Flush
	titles := make([]Cell, len(cols))
	for i, c := range cols {
		titles[i] = Text(c.Title)
	}
	return out, out.Write(titles...)
}

func (c *csvWriter) Write(cells ...Cell) error {
	if err := tooMany(cells, len(c.cols)); err != nil {
		return err
	}
	for i := range c.cols {
		if i > 0 {
			c.w.WriteByte(c.delim)
		}
		if i < len(cells) {
			c.cell(cells[i], c.cols[i])
		}
	}
	if _, err := c.w.WriteString("\r\n"); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}

func (c *csvWriter) cell(v Cell, col OutColumn) {
	switch v.kind {
	case cellText:
		c.quoted(Guard(printable(v.text)))
	case cellInt:
		c.num = strconv.AppendInt(c.num[:0], v.int, 10)
		c.w.Write(c.num)
	case cellFloat:
		c.float(v.num, col.Decimals)
	case cellDay:
		c.w.WriteString(c.f.local(v).Format(c.day))
	case cellMoment:
		c.w.WriteString(c.f.local(v).Format(c.moment))
	case cellBool:
		c.w.WriteString([]string{"FALSE", "TRUE"}[v.int])
	}
}

func (c *csvWriter) float(f float64, decimals int) {
	if decimals == 0 {
		decimals = -1
	}
	c.num = strconv.AppendFloat(c.num[:0], f, 'f', decimals, 64)
	if c.decimal == ',' {
		for i, b := range c.num {
			if b == '.' {
				c.num[i] = ','
			}
		}
	}
	if c.decimal == c.delim {
		c.quoted(string(c.num))
		return
	}
	c.w.Write(c.num)
}

// quoted writes s, in quotes if it could otherwise be read as more than one
// cell, by whichever delimiter.
func (c *csvWriter) quoted(s string) {
	if !strings.ContainsAny(s, ",;\t|\"\r\n") && strings.Trim(s, " ") == s {
		c.w.WriteString(s)
		return
	}
	c.w.WriteByte('"')
	c.w.WriteString(strings.ReplaceAll(s, `"`, `""`))
	c.w.WriteByte('"')
}

func (c *csvWriter) Close() error {
	if err := c.w.Flush(); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}
