package browsertest

import (
	"os"
	"path/filepath"

	"github.com/chromedp/chromedp"
)

// Shot takes a picture of the window into the folder GATEHOUSE_SHOTS names; without
// the variable it takes none.
func (b *Tab) Shot(name string) *Tab { return b.shot(name, chromedp.CaptureScreenshot()) }

// FullShot takes a picture of the whole page.
func (b *Tab) FullShot(name string) *Tab { return b.shot(name, chromedp.FullScreenshot(100)) }

func (b *Tab) shot(name string, take chromedp.Action[[]byte]) *Tab {
	dir := os.Getenv("GATEHOUSE_SHOTS")
	if dir == "" {
		return b
	}
	png, err := chromedp.Run(b.ctx, take)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644)
	}
	if err != nil {
		b.t.Logf("no picture %s: %v", name, err)
	}
	return b
}
