package ui

import (
	"strconv"

	g "maragu.dev/gomponents"
	"rsc.io/qr"
)

// QR draws a text as a QR code. The text must also stand beside it, for whoever
// cannot scan. What is too long for a code draws nothing.
func QR(text string) g.Node {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return nil
	}
	return bytesNode(func(b []byte) []byte { return appendQR(b, code) })
}

// quiet is the white border that scanners ask for, in modules.
const quiet = 4

func appendQR(b []byte, code *qr.Code) []byte {
	side := strconv.Itoa(code.Size + 2*quiet)
	b = append(b, `<svg class="qr" role="img" aria-label="QR code" shape-rendering="crispEdges" viewBox="0 0 `...)
	b = append(append(append(b, side...), ' '), side...)
	b = append(b, `"><rect width="100%" height="100%" fill="#fff"/><path fill="#000" d="`...)
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			if !code.Black(x, y) {
				continue
			}
			run := 1
			for x+run < code.Size && code.Black(x+run, y) {
				run++
			}
			b = append(b, 'M')
			b = strconv.AppendInt(b, int64(x+quiet), 10)
			b = append(b, ' ')
			b = strconv.AppendInt(b, int64(y+quiet), 10)
			b = append(b, 'h')
			b = strconv.AppendInt(b, int64(run), 10)
			b = append(b, "v1h-"...)
			b = strconv.AppendInt(b, int64(run), 10)
			b = append(b, 'z')
			x += run
		}
	}
	return append(b, `"/></svg>`...)
}
