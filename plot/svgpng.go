package plot

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// fallbacks are the fonts that stand in for Liberation Sans where it is not
// installed. The first two have the same widths.
const fallbacks = "'Liberation Sans',Arial,Helvetica,sans-serif"

// svg writes the figure as a drawing with its title and alternative text.
func (f *Figure) svg(w io.Writer) error {
	width, height, err := f.size()
	if err != nil {
		return err
	}
	across, up, _ := sheet(width, height)
	c := vgsvg.New(across, up)
	f.draw(c)
	var drawn bytes.Buffer
	if _, err := c.WriteTo(&drawn); err != nil {
		return err
	}
	_, body, ok := bytes.Cut(drawn.Bytes(), []byte("xlink\">\n"))
	if !ok {
		return fmt.Errorf("plot: the drawing has no header: this is a fault of package plot, please report it")
	}
	body = bytes.ReplaceAll(body, []byte("font-family:Liberation Sans;"), []byte("font-family:"+fallbacks+";"))
	body = bytes.ReplaceAll(body, []byte("font-variant:normal;"), nil)
	body = bytes.ReplaceAll(body, []byte("font-style:normal;"), nil)
	if _, err := io.WriteString(w, f.header(width, height, across, up)); err != nil {
		return err
	}
	_, err = w.Write(body)
	return err
}

// header opens the drawing in pixels of 1/96 inch and says what it shows.
func (f *Figure) header(width, height, across, up vg.Length) string {
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img"`+
		` width="%.5g" height="%.5g" viewBox="0 0 %.5g %.5g">
<title>%s</title>
<desc>%s</desc>
`, width/vg.Inch*96, height/vg.Inch*96, across.Points(), up.Points(), html.EscapeString(f.Title), html.EscapeString(f.Alt()))
}

// dotsPerInch is the resolution of pictures.
const dotsPerInch = 144

// png writes the figure as a picture of 144 dots per inch: 1440 by 810 at the
// default size.
func (f *Figure) png(w io.Writer) error {
	width, height, err := f.size()
	if err != nil {
		return err
	}
	across, up, scale := sheet(width, height)
	c := vgimg.NewWith(vgimg.UseWH(across, up), vgimg.UseDPI(int(math.Round(dotsPerInch*scale))))
	f.draw(c)
	_, err = vgimg.PngCanvas{Canvas: c}.WriteTo(w)
	return err
}
