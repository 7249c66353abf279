package sheet

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The styles of cells, in the order styles.xml lists them; those of numbers
// with decimals follow.
const (
	stylePlain = iota
	styleTitle
	styleDay
	styleMoment
	styleText
	styleDecimals
)

const (
	sheetPart = "xl/worksheets/sheet1.xml"
	xmlHead   = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainNS    = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	relNS     = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	packageNS = `http://schemas.openxmlformats.org/package/2006/`
	mediaNS   = `application/vnd.openxmlformats-officedocument.spreadsheetml.`

	sheetHead = xmlHead + `<worksheet ` + mainNS + `><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>` +
		`<selection pane="bottomLeft"/></sheetView></sheetViews>`
)

// part is a file within a workbook's zip.
type part struct{ name, body string }

// parts are what a workbook consists of besides its sheet.
func (x *xlsxWriter) parts(sheet string) []part {
	return []part{
		{"[Content_Types].xml", xmlHead + `<Types xmlns="` + packageNS + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="` + mediaNS + `sheet.main+xml"/>` +
			`<Override PartName="/` + sheetPart + `" ContentType="` + mediaNS + `worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="` + mediaNS + `styles+xml"/></Types>`},
		{"_rels/.rels", relations("officeDocument", "xl/workbook.xml")},
		{"xl/workbook.xml", xmlHead + `<workbook ` + mainNS + ` xmlns:r="` + relNS + `"><sheets><sheet name="` + string(appendXML(nil, sheet)) + `" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", relations("worksheet", strings.TrimPrefix(sheetPart, "xl/"), "styles", "styles.xml")},
		{"xl/styles.xml", x.styles()},
	}
}

// relations is a file of what leads where: kind, target, kind, target.
func relations(to ...string) string {
	out := xmlHead + `<Relationships xmlns="` + packageNS + `relationships">`
	for i := 0; i+1 < len(to); i += 2 {
		out += `<Relationship Id="rId` + strconv.Itoa(i/2+1) + `" Type="` + relNS + `/` + to[i] + `" Target="` + to[i+1] + `"/>`
	}
	return out + `</Relationships>`
}

// numberFormats are the formats of days, moments and texts, then those of
// numbers, one for each count of decimals.
func (x *xlsxWriter) numberFormats() []string {
	day, moment := x.f.layout()
	out := []string{code(day), code(moment), "@"}
	for _, c := range x.cols {
		if f := decimalFormat(c.Decimals); f != "" && !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	return out
}

func decimalFormat(decimals int) string {
	if decimals <= 0 {
		return ""
	}
	return "0." + strings.Repeat("0", min(decimals, 15))
}

// decimals is the style of a number that shows so many of them.
func (x *xlsxWriter) decimals(n int) int {
	if n <= 0 {
		return stylePlain
	}
	return styleDay + slices.Index(x.formats, decimalFormat(n))
}

func (x *xlsxWriter) styles() string {
	const first = 164 // the first number format that is not Excel's own
	formats, cells := "", `<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1"/>`
	for i, f := range x.formats {
		id := strconv.Itoa(first + i)
		formats += `<numFmt numFmtId="` + id + `" formatCode="` + string(appendXML(nil, f)) + `"/>`
		cells += `<xf numFmtId="` + id + `" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`
	}
	return xmlHead + `<styleSheet ` + mainNS + `><numFmts count="` + strconv.Itoa(len(x.formats)) + `">` + formats + `</numFmts>` +
		`<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>` +
		`<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8EAED"/></patternFill></fill></fills>` +
		`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		`<cellXfs count="` + strconv.Itoa(styleDay+len(x.formats)) + `">` + cells + `</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
}

func (x *xlsxWriter) widths() string {
	if len(x.cols) == 0 {
		return ""
	}
	out := `<cols>`
	for i, c := range x.cols {
		at := strconv.Itoa(i + 1)
		out += `<col min="` + at + `" max="` + at + `" width="` + strconv.Itoa(x.width(i, c)) + `" customWidth="1"/>`
	}
	return out + `</cols>`
}

// width fits the title and the rows that waited, within reason.
func (x *xlsxWriter) width(i int, c OutColumn) int {
	if c.Width > 0 {
		return min(c.Width, 255)
	}
	w := utf8.RuneCountInString(c.Title) + 2
	for _, cells := range x.waiting {
		if i < len(cells) {
			w = max(w, cells[i].width()+2)
		}
	}
	return min(max(w, 8), 60)
}

// width is about how many characters a cell shows.
func (c *Cell) width() int {
	switch c.kind {
	case cellText:
		first, _, _ := strings.Cut(c.text, "\n")
		return utf8.RuneCountInString(first)
	case cellDay:
		return 10
	case cellMoment:
		return 19
	case cellInt:
		return min(len(strconv.FormatInt(c.int, 10)), 12)
	case cellFloat:
		return min(len(strconv.FormatFloat(c.num, 'g', -1, 64)), 12)
	}
	return 5
}

// appendXML appends a text, escaped. A carriage return is written by its
// number, because whoever reads XML takes a bare one for a line end.
func appendXML(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '&':
			b = append(b, "&amp;"...)
		case '<':
			b = append(b, "&lt;"...)
		case '>':
			b = append(b, "&gt;"...)
		case '"':
			b = append(b, "&#34;"...)
		case '\r':
			b = append(b, "&#13;"...)
		default:
			b = append(b, c)
		}
	}
	return b
}

// clip cuts a text to what a cell can hold, counted as Excel does, in UTF-16.
func clip(s string) string {
	if len(s) <= MaxCell {
		return s
	}
	n := 0
	for i, r := range s {
		if n++; r > 0xFFFF {
			n++
		}
		if n >= MaxCell && i+utf8.RuneLen(r) < len(s) {
			return s[:i] + "…"
		}
	}
	return s
}

// sheetName makes a name that Excel allows.
func sheetName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || r < ' ' {
			return ' '
		}
		return r
	}, s)
	if r := []rune(s); len(r) > 31 {
		s = string(r[:31])
	}
	if s = strings.Trim(s, " '"); s == "" || strings.EqualFold(s, "history") {
		return "Sheet1"
	}
	return s
}
