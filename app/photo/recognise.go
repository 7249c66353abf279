package photo

import (
	"bytes"
	"image/color"

	"gatehouse/store/fault"
)

// recognise says which kind of picture data is, and refuses everything else
// with a sentence that helps.
func recognise(field string, data []byte) (string, error) {
	switch {
	case len(data) == 0:
		return "", fault.Field(field, "Choose a photo that is not empty.")
	case len(data) > MaxBytes:
		return "", fault.Field(field, "This photo is larger than %d MB. Choose a smaller size in the camera, or send it from the phone as “Large” instead of “Actual size”.", MaxBytes>>20)
	}
	kind := sniff(data)
	if kind == "" {
		return "", fault.Field(field, "%s", stranger(data))
	}
	if also := hidden(data); also != "" {
		return "", fault.Field(field, "This photo carries another file inside it (%s). Take the photo again, or open it and save it as JPEG.", also)
	}
	c, err := measure(kind, data)
	if err != nil || c.Width <= 0 || c.Height <= 0 {
		return "", fault.Field(field, "This photo is damaged or did not arrive completely. Take it again, or save it as JPEG and choose that.")
	}
	if int64(c.Width)*int64(c.Height) > maxMemory/perPixel(kind, data, c.ColorModel) {
		return "", fault.Field(field, "This picture has %d × %d pixels; that is too many. Choose a smaller size in the camera.", c.Width, c.Height)
	}
	return kind, nil
}

func sniff(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		return "jpeg"
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return "png"
	case len(data) > 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		return "webp"
	}
	return ""
}

// perPixel is how many bytes decoding takes for each pixel at most.
func perPixel(kind string, data []byte, m color.Model) int64 {
	switch {
	case kind == "jpeg" && progressive(data):
		return 15 // three samples and their coefficients
	case kind == "jpeg":
		return 4
	case m == color.RGBA64Model || m == color.NRGBA64Model || m == color.Gray16Model:
		return 16 // an interlaced one is held twice
	}
	return 8
}

// progressive reports whether a JPEG comes in several passes.
func progressive(data []byte) bool {
	found := false
	segments(data, func(marker byte, _ []byte) bool {
		found = found || marker == 0xc2
		return marker != 0xda
	})
	return found
}

// stranger names what people send instead of a photo.
func stranger(data []byte) string {
	if len(data) > 12 && string(data[4:8]) == "ftyp" {
		switch string(data[8:12]) {
		case "heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1":
			return "This is a HEIC photo, which not every device can show. On an iPhone choose Settings > Camera > Formats > Most Compatible, or send the photo as JPEG."
		case "avif", "avis":
			return "This is an AVIF picture, which not every device can show. Save it as JPEG and choose that."
		}
		return "This is a video, not a photo. Choose a JPEG, PNG or WebP picture."
	}
	for _, s := range strangers {
		if bytes.HasPrefix(data, []byte(s.magic)) {
			return s.says
		}
	}
	head := bytes.ToLower(data[:min(len(data), 1024)])
	switch {
	case bytes.Contains(head, []byte("<svg")):
		return "This is a drawing (SVG), not a photo. Choose a JPEG, PNG or WebP picture."
	case bytes.Contains(head, []byte("%pdf-")):
		return "This is a PDF, whatever its name says. Choose a JPEG, PNG or WebP picture."
	case bytes.Contains(head, []byte("<html")), bytes.Contains(head, []byte("<!doctype")):
		return "This is a web page, not a photo. Choose a JPEG, PNG or WebP picture."
	}
	return "This is not a photo that can be shown. Choose a JPEG, PNG or WebP picture."
}

var strangers = []struct{ magic, says string }{
	{"%PDF", "This is a PDF, whatever its name says. Choose a JPEG, PNG or WebP picture."},
	{"GIF8", "This is a GIF. Save it as JPEG or PNG and choose that."},
	{"BM", "This is a bitmap (BMP). Save it as JPEG or PNG and choose that."},
	{"II*\x00", "This is a TIFF or raw photo. Save it as JPEG and choose that."},
	{"MM\x00*", "This is a TIFF or raw photo. Save it as JPEG and choose that."},
	{"PK\x03\x04", "This is a compressed folder or an Office document. Choose the photo itself."},
}

// hidden names the second file that a picture is at the same time. Most
// readers of PDF take one that begins within the first kilobyte; archives are
// read from their end.
func hidden(data []byte) string {
	head := bytes.ToLower(data[:min(len(data), 1024)])
	switch {
	case bytes.Contains(head, []byte("%pdf-")):
		return "PDF"
	case bytes.Contains(head, []byte("<script")), bytes.Contains(head, []byte("<svg")), bytes.Contains(head, []byte("<html")), bytes.Contains(head, []byte("<?php")):
		return "a web page"
	}
	if zipped(data) {
		return "a compressed folder"
	}
	return ""
}

// zipped reports whether data ends as an archive does: a record whose comment
// reaches exactly to the end.
func zipped(data []byte) bool {
	const fixed = 22
	tail := data[max(0, len(data)-fixed-0xffff):]
	for at := bytes.LastIndex(tail, []byte("PK\x05\x06")); at >= 0; at = bytes.LastIndex(tail[:at], []byte("PK\x05\x06")) {
		if len(tail)-at >= fixed && at+fixed+int(tail[at+20])+int(tail[at+21])<<8 == len(tail) {
			return true
		}
	}
	return false
}
