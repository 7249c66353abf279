package app

import (
	"fmt"
	"io"
	"log/slog"
	"strings"
)

// logHandler makes the log as --log asks for it: "text", "json", "json:debug".
func logHandler(w io.Writer, how string) (slog.Handler, error) {
	form, level, _ := strings.Cut(how, ":")
	o := &slog.HandlerOptions{}
	switch strings.ToLower(level) {
	case "", "info":
	case "debug":
		o.Level = slog.LevelDebug
	case "warn":
		o.Level = slog.LevelWarn
	case "error":
		o.Level = slog.LevelError
	default:
		return nil, fmt.Errorf("%q is not a level; choose debug, info, warn or error", level)
	}
	switch form {
	case "text":
		return slog.NewTextHandler(w, o), nil
	case "json":
		return slog.NewJSONHandler(w, o), nil
	}
	return nil, fmt.Errorf("%q is not a kind of log; choose text or json", form)
}
