// Command gatehouse gives every customer of a provider a branded portal.
package main

import (
	_ "github.com/chromedp/chromedp"
	_ "github.com/gorilla/mux"
	_ "github.com/gorilla/sessions"
	_ "github.com/klauspost/compress/gzip"
	_ "github.com/pressly/goose/v3"
	_ "github.com/spf13/pflag"
	_ "github.com/wneessen/go-mail"
	_ "github.com/xuri/excelize/v2"
	_ "golang.org/x/crypto/argon2"
	_ "golang.org/x/text/encoding/charmap"
	_ "maragu.dev/gomponents"
	_ "modernc.org/sqlite"
	_ "rsc.io/qr"
	_ "zombiezen.com/go/sqlite"
)

func main() {}
