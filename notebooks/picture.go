package notebooks

import (
	"bytes"
	"cmp"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"maps"
	"slices"

	"github.com/edgeofcare/edgeofcare/plot"
)

// colours are how many a picture has at most: with 64 a chart looks as before, and a
// notebook is a third as large.
const colours = 64

// picture draws a figure as PNG, which every viewer of notebooks shows: some leave SVG
// out. Only the colours that cover most of it are kept; others, which smooth edges,
// become the nearest of these.
func picture(f *plot.Figure) (content []byte, width int, err error) {
	var b bytes.Buffer
	if err := f.Write(&b, plot.PNG); err != nil {
		return nil, 0, err
	}
	drawn, err := png.Decode(&b)
	if err != nil {
		return nil, 0, err
	}
	area := drawn.Bounds()
	pixels := map[color.RGBA]int{}
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			pixels[color.RGBAModel.Convert(drawn.At(x, y)).(color.RGBA)]++
		}
	}
	most := slices.SortedFunc(maps.Keys(pixels), func(a, b color.RGBA) int {
		return cmp.Or(pixels[b]-pixels[a], cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B))
	})
	var palette color.Palette
	for _, c := range most[:min(colours, len(most))] {
		palette = append(palette, c)
	}
	reduced := image.NewPaletted(area, palette)
	draw.Draw(reduced, area, drawn, area.Min, draw.Src)
	b.Reset()
	err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, reduced)
	return b.Bytes(), area.Dx() * 96 / 144, err // 144 dots an inch, of which a screen has 96
}
