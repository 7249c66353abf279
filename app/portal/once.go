package portal

import (
	"encoding/hex"
	"fmt"
	"io"
	"strconv"
)

// once is a key for a form that makes something: sent twice, it makes once.
func (p *Portal) once() (string, error) {
	var b [16]byte
	if _, err := io.ReadFull(p.site.DB.Rand(), b[:]); err != nil {
		return "", fmt.Errorf("draw a form's key: %w", err)
	}
	return hex.EncodeToString(b[:]), nil
}

func numberOf(text string) int64 {
	n, _ := strconv.ParseInt(text, 10, 64)
	return n
}
