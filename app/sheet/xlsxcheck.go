package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"

	"gatehouse/store/fault"
)

// sheetParts is what inspect learned: the line of the last row that each
// sheet's XML begins, by the sheet's name.
type sheetParts map[string]int

// lastLine is 0 for a sheet that inspect could not place.
func (p sheetParts) lastLine(sheet string) int { return p[sheet] }

// inspect goes through the zip before excelize does: it refuses what is no
// workbook, what unpacks to more than limit, and a sheet whose XML breaks off,
// which excelize would take for the end of the table.
func inspect(at io.ReaderAt, size, limit int64) (sheetParts, error) {
	z, err := zip.NewReader(at, size)
	if err != nil {
		return nil, fault.Field("file", "This Excel file is incomplete or damaged: it may have been cut off while it was copied. Save it again and choose it once more.")
	}
	files, err := filesOf(z, limit)
	if err != nil {
		return nil, err
	}
	names, err := sheetNames(files)
	if err != nil {
		return nil, err
	}
	parts := sheetParts{}
	for file, sheet := range names {
		if files[file] == nil {
			continue
		}
		if parts[sheet], err = scanSheet(files[file], sheet); err != nil {
			return nil, err
		}
	}
	return parts, nil
}

func filesOf(z *zip.Reader, limit int64) (map[string]*zip.File, error) {
	files, total := map[string]*zip.File{}, uint64(0)
	for _, f := range z.File {
		total += f.UncompressedSize64
		if total > uint64(limit) || f.UncompressedSize64 > uint64(limit) {
			return nil, fault.Field("file", "This Excel file would unpack to more than %d MB; it is refused. Save the table as .csv, or split it.", limit>>20)
		}
		files[strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))] = f
	}
	if len(files) > 10_000 {
		return nil, fault.Field("file", "This Excel file has %d parts; it is refused.", len(files))
	}
	switch {
	case files["xl/workbook.xml"] != nil:
		return files, nil
	case files["xl/workbook.bin"] != nil:
		return nil, fault.Field("file", "This is a binary Excel file (.xlsb). Save it as .xlsx.")
	case files["content.xml"] != nil && files["mimetype"] != nil:
		return nil, fault.Field("file", "This is an OpenDocument file (.ods). Save it as .xlsx or .csv.")
	case files["word/document.xml"] != nil:
		return nil, fault.Field("file", "This is a text document (.docx), not a table. Choose a .csv or .xlsx file.")
	}
	return nil, fault.Field("file", "This is a ZIP file, not an Excel file. Unpack it and choose the table inside.")
}

// sheetNames maps the files of the sheets to their names; it is empty when the
// workbook names them in a way only excelize understands.
func sheetNames(files map[string]*zip.File) (map[string]string, error) {
	var book struct {
		Sheets []struct {
			Name string     `xml:"name,attr"`
			Any  []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	var rels struct {
		Rels []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := readPart(files["xl/workbook.xml"], &book); err != nil {
		return nil, err
	}
	if f := files["xl/_rels/workbook.xml.rels"]; f != nil {
		if err := readPart(f, &rels); err != nil {
			return nil, err
		}
	}
	targets := map[string]string{}
	for _, r := range rels.Rels {
		targets[r.ID] = strings.ToLower(path.Join("/xl", r.Target))
		if strings.HasPrefix(r.Target, "/") {
			targets[r.ID] = strings.ToLower(path.Clean(r.Target))
		}
	}
	names := map[string]string{}
	for _, s := range book.Sheets {
		for _, a := range s.Any {
			if file, ok := targets[a.Value]; ok && a.Name.Local == "id" {
				names[strings.TrimPrefix(file, "/")] = s.Name
			}
		}
	}
	return names, nil
}

func readPart(f *zip.File, into any) error {
	r, err := f.Open()
	if err == nil {
		defer r.Close()
		err = xml.NewDecoder(io.LimitReader(r, 8<<20)).Decode(into)
	}
	if err != nil {
		return damaged(fmt.Errorf("%s: %w", f.Name, err))
	}
	return nil
}

var rowTag = regexp.MustCompile(`^<(?:\w+:)?row(?:\s[^>]*?\br="(\d{1,9})"|[\s>/])`)

// scanSheet unpacks a sheet once, keeping nothing: it learns the line of the
// last row, and that the XML goes on to its end.
func scanSheet(f *zip.File, sheet string) (last int, err error) {
	r, err := f.Open()
	if err != nil {
		return 0, damaged(fmt.Errorf("%s: %w", f.Name, err))
	}
	defer r.Close()
	buf, kept := make([]byte, 256<<10), 0
	for {
		n, err := io.ReadFull(r, buf[kept:])
		chunk := buf[:kept+n]
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return lastRow(chunk, last), sheetEnds(chunk, sheet, lastRow(chunk, last))
		}
		if err != nil {
			return 0, damaged(fmt.Errorf("%s: %w", f.Name, err))
		}
		// A tag on the border is looked at together with what follows.
		cut := len(chunk) - 512
		cut = max(cut/2, bytes.LastIndexByte(chunk[:cut], '<'))
		last = lastRow(chunk[:cut], last)
		kept = copy(buf, chunk[cut:])
	}
}

// lastRow is the line of the last row tag in chunk; rows without a number
// count on.
func lastRow(chunk []byte, last int) int {
	for {
		at := bytes.Index(chunk, []byte("row"))
		if at < 0 {
			return last
		}
		near := max(0, at-32)
		from := near + max(0, bytes.LastIndexByte(chunk[near:at], '<'))
		if m := rowTag.FindSubmatch(chunk[from:min(len(chunk), at+300)]); m != nil {
			if n, err := strconv.Atoi(string(m[1])); err == nil {
				last = n
			} else {
				last++
			}
		}
		chunk = chunk[at+3:]
	}
}

func sheetEnds(tail []byte, sheet string, last int) error {
	if bytes.Contains(tail, []byte("worksheet>")) || bytes.Contains(tail, []byte("chartsheet>")) || bytes.Contains(tail, []byte("sheet")) && last == 0 {
		return nil
	}
	return fault.Field("file", "This Excel file is damaged: the sheet “%s” breaks off after line %d.", sheet, last)
}
