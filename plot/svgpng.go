package plot

import (
	"fmt"
	"io"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
)

// svg writes the figure as a drawing with its title and alternative text.
func (f *Figure) svg(w io.Writer) error { return f.svgOn(w, func(*drawing) {}) }

// svgOn writes the figure on a drawing that is set up first.
func (f *Figure) svgOn(w io.Writer, set func(*drawing)) error {
	width, height, err := f.size()
	if err != nil {
		return err
	}
	across, up, _ := sheet(width, height)
	c := newDrawing(across, up)
	set(c)
	f.draw(c)
	if c.err != nil {
		return c.err
	}
	_, err = fmt.Fprintf(w, "%s<defs>\n%s</defs>\n%s</svg>\n", f.header(width, height, across, up, c.family()), c.shapes.Bytes(), c.body.Bytes())
	return err
}

// header opens the drawing in pixels of 1/96 inch and says what it shows.
func (f *Figure) header(width, height, across, up vg.Length, family string) string {
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img"`+
		` width="%.5g" height="%.5g" viewBox="0 0 %.5g %.5g"%s>
<title>%s</title>
<desc>%s</desc>
`, width/vg.Inch*96, height/vg.Inch*96, across.Points(), up.Points(), family, escaped(f.Title), escaped(f.Alt()))
}

// dotsPerInch is the resolution of pictures.
const dotsPerInch = 144

// png writes the figure as a picture of 144 dots per inch, to the nearest dot: 1440
// by 810 at the default size.
func (f *Figure) png(w io.Writer) error {
	width, height, err := f.size()
	if err != nil {
		return err
	}
	c := newBitmap(width, height)
	f.draw(c)
	if c.err != nil {
		return fmt.Errorf("plot: the figure cannot be drawn as PNG: %w", c.err)
	}
	_, err = vgimg.PngCanvas{Canvas: c.Canvas}.WriteTo(w)
	return err
}

// newBitmap is an empty picture of a width and height. The canvas takes whole dots per
// inch, so that the sheet gives way: it is as large as makes the dots of the picture
// exact.
func newBitmap(width, height vg.Length) *bitmap {
	_, _, scale := sheet(width, height)
	dots := math.Round(dotsPerInch * scale)
	side := func(l vg.Length) vg.Length {
		return vg.Length(math.Round(float64(l/vg.Inch)*dotsPerInch)/dots) * vg.Inch
	}
	return &bitmap{Canvas: vgimg.NewWith(vgimg.UseWH(side(width), side(height)), vgimg.UseDPI(int(dots)))}
}
