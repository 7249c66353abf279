package admin

import (
	"encoding/hex"
	"fmt"
	"io"
)

// once is a key for a form that makes something: sent twice, it makes once.
func (a *Admin) once() (string, error) {
	var b [16]byte
	if _, err := io.ReadFull(a.site.DB.Rand(), b[:]); err != nil {
		return "", fmt.Errorf("draw a form's key: %w", err)
	}
	return hex.EncodeToString(b[:]), nil
}
