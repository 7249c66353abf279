package photo

import (
	"bytes"
	"encoding/binary"
)

// segments walks over a JPEG's segments up to its first scan, while fn says so.
func segments(data []byte, fn func(marker byte, body []byte) bool) {
	for at := 2; at+4 <= len(data) && data[at] == 0xff; {
		marker := data[at+1]
		switch {
		case marker == 0xff: // filling
			at++
			continue
		case marker == 0x01 || marker >= 0xd0 && marker <= 0xd8: // has no length
			at += 2
			continue
		}
		size := int(data[at+2])<<8 | int(data[at+3])
		end := at + 2 + size
		if size < 2 || end > len(data) || !fn(marker, data[at+4:end]) {
			return
		}
		at = end
	}
}

// orientation is how the camera was held, 1 to 8; 1 is upright.
func orientation(kind string, data []byte) int {
	var exif []byte
	switch kind {
	case "jpeg":
		segments(data, func(marker byte, body []byte) bool {
			if found, ok := bytes.CutPrefix(body, []byte("Exif\x00\x00")); ok && marker == 0xe1 {
				exif = found
			}
			return marker != 0xda && exif == nil
		})
	case "png":
		exif = pngChunk(data, "eXIf")
	case "webp":
		exif = bytes.TrimPrefix(riffChunk(data, "EXIF"), []byte("Exif\x00\x00"))
	}
	return tiffOrientation(exif)
}

func pngChunk(data []byte, name string) []byte {
	for at := 8; at+12 <= len(data); {
		size := int64(binary.BigEndian.Uint32(data[at:]))
		if int64(at)+12+size > int64(len(data)) {
			return nil
		}
		if string(data[at+4:at+8]) == name {
			return data[at+8 : at+8+int(size)]
		}
		at += 12 + int(size)
	}
	return nil
}

func riffChunk(data []byte, name string) []byte {
	for at := 12; at+8 <= len(data); {
		size := int64(binary.LittleEndian.Uint32(data[at+4:]))
		if int64(at)+8+size > int64(len(data)) {
			return nil
		}
		if string(data[at:at+4]) == name {
			return data[at+8 : at+8+int(size)]
		}
		at += 8 + int(size+size%2)
	}
	return nil
}

// tiffOrientation reads tag 0x0112 of the first directory.
func tiffOrientation(b []byte) int {
	if len(b) < 10 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if string(b[:2]) == "II" {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(b[4:]))
	if at+2 > int64(len(b)) {
		return 1
	}
	n := int64(order.Uint16(b[at:]))
	for i := range n {
		entry := at + 2 + 12*i
		if entry+12 > int64(len(b)) {
			return 1
		}
		if order.Uint16(b[entry:]) == 0x0112 {
			if o := int(order.Uint16(b[entry+8:])); o >= 1 && o <= 8 {
				return o
			}
			return 1
		}
	}
	return 1
}
