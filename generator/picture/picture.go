// Package picture reads how large a picture is, so that a page can keep its place before
// it is there: PNG, JPEG, GIF, WebP, AVIF and SVG.
//
// Size is total and pure: any bytes give a size or none, in time linear in their length.
// Content is not trusted, so nothing is decoded but heads.
package picture

import (
	"bytes"
	"encoding/binary"
	"image/gif"
	"image/jpeg"
	"image/png"
)

// most is the widest and highest that is believed.
const most = 1 << 20

// Size returns the width and height in pixels as a browser shows them, turned if the
// picture says so. It is false for what is no picture, or has no size of its own.
func Size(data []byte) (width, height int, ok bool) {
	width, height = size(data)
	if width < 1 || height < 1 || width > most || height > most {
		return 0, 0, false
	}
	return width, height, true
}

func size(data []byte) (width, height int) {
	switch {
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n")):
		if config, err := png.DecodeConfig(bytes.NewReader(data)); err == nil {
			return config.Width, config.Height
		}
	case bytes.HasPrefix(data, []byte("GIF8")):
		if config, err := gif.DecodeConfig(bytes.NewReader(data)); err == nil {
			return config.Width, config.Height
		}
	case bytes.HasPrefix(data, []byte("\xff\xd8")):
		config, err := jpeg.DecodeConfig(bytes.NewReader(data))
		if err != nil {
			return 0, 0
		}
		if isTurned(data) {
			return config.Height, config.Width
		}
		return config.Width, config.Height
	case len(data) > 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		return webp(data[12:])
	case len(data) > 12 && string(data[4:8]) == "ftyp":
		return avif(data)
	case looksLikeSVG(data):
		return svg(data)
	}
	return 0, 0
}

// webp reads the first chunk: its name, its length, its bytes.
func webp(data []byte) (width, height int) {
	if len(data) < 18 {
		return 0, 0
	}
	body := data[8:]
	switch string(data[:4]) {
	case "VP8X":
		return 1 + (int(body[4]) | int(body[5])<<8 | int(body[6])<<16), 1 + (int(body[7]) | int(body[8])<<8 | int(body[9])<<16)
	case "VP8L":
		if body[0] == 0x2f {
			bits := int(binary.LittleEndian.Uint32(body[1:]))
			return 1 + bits&0x3fff, 1 + bits>>14&0x3fff
		}
	case "VP8 ":
		if bytes.Equal(body[3:6], []byte{0x9d, 0x01, 0x2a}) {
			return int(binary.LittleEndian.Uint16(body[6:])) & 0x3fff, int(binary.LittleEndian.Uint16(body[8:])) & 0x3fff
		}
	}
	return 0, 0
}

// isTurned tells whether a JPEG lies on its side: a camera writes which way is up as tag
// 0x0112 of its Exif part, and browsers heed it.
func isTurned(data []byte) bool {
	for at := 2; at+4 <= len(data) && data[at] == 0xff; {
		marker, length := data[at+1], int(binary.BigEndian.Uint16(data[at+2:]))
		if marker == 0xda || length < 2 || at+2+length > len(data) {
			return false
		}
		if part := data[at+4 : at+2+length]; marker == 0xe1 && bytes.HasPrefix(part, []byte("Exif\x00\x00")) {
			return exifTurned(part[6:])
		}
		at += 2 + length
	}
	return false
}

func exifTurned(tiff []byte) bool {
	if len(tiff) < 8 {
		return false
	}
	var order binary.ByteOrder = binary.BigEndian
	if string(tiff[:2]) == "II" {
		order = binary.LittleEndian
	}
	at := int(order.Uint32(tiff[4:]))
	if at < 8 || at+2 > len(tiff) {
		return false
	}
	entries := int(order.Uint16(tiff[at:]))
	for i := range entries {
		entry := at + 2 + 12*i
		if entry+12 > len(tiff) {
			return false
		}
		if order.Uint16(tiff[entry:]) == 0x0112 {
			turn := order.Uint16(tiff[entry+8:])
			return turn >= 5 && turn <= 8
		}
	}
	return false
}

// avif reads the boxes meta, iprp and ipco. Each picture in the file has its size there;
// the largest is the one that is shown, the others are its tiles and its preview.
func avif(data []byte) (width, height int) {
	if brands := box(data, "ftyp"); !bytes.Contains(brands, []byte("avif")) && !bytes.Contains(brands, []byte("avis")) {
		return 0, 0
	}
	meta := box(data, "meta")
	if len(meta) < 4 {
		return 0, 0
	}
	properties := box(box(meta[4:], "iprp"), "ipco")
	turned := false
	eachBox(properties, func(name string, body []byte) {
		switch {
		case name == "ispe" && len(body) >= 12:
			w, h := int(binary.BigEndian.Uint32(body[4:])), int(binary.BigEndian.Uint32(body[8:]))
			if w <= most && h <= most && w*h > width*height {
				width, height = w, h
			}
		case name == "irot" && len(body) >= 1:
			turned = body[0]&1 == 1
		}
	})
	if turned {
		return height, width
	}
	return width, height
}

func box(data []byte, name string) (found []byte) {
	eachBox(data, func(is string, body []byte) {
		if is == name && found == nil {
			found = body
		}
	})
	return found
}

// eachBox walks over boxes: a length that counts itself, a name, the bytes.
func eachBox(data []byte, visit func(name string, body []byte)) {
	for len(data) >= 8 {
		length, head := int(binary.BigEndian.Uint32(data)), 8
		switch {
		case length == 0:
			length = len(data)
		case length == 1 && len(data) >= 16:
			if long := binary.BigEndian.Uint64(data[8:]); long <= uint64(len(data)) {
				length, head = int(long), 16
			}
		}
		if length < head || length > len(data) {
			return
		}
		visit(string(data[4:8]), data[head:length])
		data = data[length:]
	}
}
