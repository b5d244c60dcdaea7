package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
)

// encoded makes a picture of 7 by 5 pixels.
func encoded(encode func(*bytes.Buffer, image.Image) error) string {
	var b bytes.Buffer
	if err := encode(&b, image.NewPaletted(image.Rect(0, 0, 7, 5), color.Palette{color.Black, color.White})); err != nil {
		panic(err)
	}
	return b.String()
}

func anyPNG() string {
	return encoded(func(b *bytes.Buffer, i image.Image) error { return png.Encode(b, i) })
}

func anyJPEG() string {
	return encoded(func(b *bytes.Buffer, i image.Image) error { return jpeg.Encode(b, i, nil) })
}

// turnedJPEG has the part that a camera writes: which way is up.
func turnedJPEG(order binary.AppendByteOrder, mark string, turn uint16) string {
	tiff := []byte(mark)
	tiff = order.AppendUint16(tiff, 42)
	tiff = order.AppendUint32(tiff, 8)
	tiff = order.AppendUint16(tiff, 1)
	tiff = order.AppendUint16(tiff, 0x0112)
	tiff = order.AppendUint16(tiff, 3)
	tiff = order.AppendUint32(tiff, 1)
	tiff = order.AppendUint16(tiff, turn)
	tiff = append(tiff, 0, 0)
	part := append([]byte("Exif\x00\x00"), tiff...)
	plain := anyJPEG()
	return plain[:2] + "\xff\xe1" + string(binary.BigEndian.AppendUint16(nil, uint16(len(part)+2))) + string(part) + plain[2:]
}

// boxed is a box of AVIF.
func boxed(name string, body ...string) string {
	inside := strings.Join(body, "")
	return string(binary.BigEndian.AppendUint32(nil, uint32(8+len(inside)))) + name + inside
}

func ispe(width, height uint32) string {
	return boxed("ispe", "\x00\x00\x00\x00"+string(binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, width), height)))
}

func riff(chunk, body string) string {
	return "RIFF\x00\x00\x00\x00WEBP" + chunk + "\x00\x00\x00\x00" + body
}

func TestSize(t *testing.T) {
	meta := func(properties ...string) string {
		return boxed("ftyp", "mif1\x00\x00\x00\x00avif") + boxed("meta", "\x00\x00\x00\x00", boxed("hdlr", "x"), boxed("iprp", boxed("ipco", properties...)))
	}
	cases := []struct {
		name, data    string
		width, height int
	}{
		{"PNG", anyPNG(), 7, 5},
		{"GIF", encoded(func(b *bytes.Buffer, i image.Image) error { return gif.Encode(b, i, nil) }), 7, 5},
		{"JPEG", anyJPEG(), 7, 5},
		{"JPEG, upright", turnedJPEG(binary.BigEndian, "MM", 3), 7, 5},
		{"JPEG on its side", turnedJPEG(binary.BigEndian, "MM", 6), 5, 7},
		{"JPEG on its side, the other order", turnedJPEG(binary.LittleEndian, "II", 8), 5, 7},
		{"WebP, lossy", riff("VP8 ", "\x30\x01\x00\x9d\x01\x2a\x07\x00\x05\x00"), 7, 5},
		{"WebP, lossless", riff("VP8L", "\x2f\x06\x00\x01\x00\x00\x00\x00\x00\x00"), 7, 5},
		{"WebP, extended", riff("VP8X", "\x10\x00\x00\x00\x06\x00\x00\x04\x00\x00"), 7, 5},
		{"AVIF", meta(ispe(2, 2), ispe(7, 5), boxed("pixi", "x")), 7, 5},
		{"AVIF on its side", meta(ispe(7, 5), boxed("irot", "\x01")), 5, 7},
		{"SVG", `<?xml version="1.0"?><!-- x --><svg xmlns="http://www.w3.org/2000/svg" width="7" height="5px"/>`, 7, 5},
		{"SVG by its view box", "\ufeff<!DOCTYPE svg>\n<svg viewBox=\"0 0 7,4.6\"></svg>", 7, 5},
		{"SVG, wide as the page", `<svg width="100%" height="5" viewBox="0 0 14 10">`, 7, 5},
		{"SVG in inches", `<svg:svg width="1in" height="72pt" xmlns:svg="http://www.w3.org/2000/svg">`, 96, 96},
		{"SVG without a size", `<svg width="100%">`, 0, 0},
		{"SVG below another", `<html><svg width="7" height="5"/></html>`, 0, 0},
		{"SVG of no number", `<svg width="NaN" height="Inf" viewBox="0 0 -1 1e300">`, 0, 0},
		{"PNG, cut", anyPNG()[:20], 0, 0},
		{"nothing", "", 0, 0},
		{"a text", "not a picture", 0, 0},
		{"another kind of boxes", boxed("ftyp", "heic") + boxed("meta", "\x00\x00\x00\x00", boxed("iprp", boxed("ipco", ispe(7, 5)))), 0, 0},
	}
	for _, c := range cases {
		width, height, ok := Size([]byte(c.data))
		if width != c.width || height != c.height || ok != (c.width > 0) {
			t.Errorf("%s: got %d × %d %v, want %d × %d", c.name, width, height, ok, c.width, c.height)
		}
	}
}

func FuzzSize(f *testing.F) {
	f.Add([]byte(anyPNG()))
	f.Add([]byte(turnedJPEG(binary.LittleEndian, "II", 6)))
	f.Add([]byte(riff("VP8X", "\x10\x00\x00\x00\x06\x00\x00\x04\x00\x00")))
	f.Add([]byte(boxed("ftyp", "avif") + boxed("meta", "\x00\x00\x00\x00", boxed("iprp", boxed("ipco", ispe(7, 5))))))
	f.Add([]byte(`<svg width="7" height="5" viewBox="0 0 1 1">`))
	f.Fuzz(func(t *testing.T, data []byte) {
		width, height, ok := Size(data)
		if ok != (width > 0 && height > 0) || width > most || height > most {
			t.Errorf("%d × %d %v", width, height, ok)
		}
	})
}
