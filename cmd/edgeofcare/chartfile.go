package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gonum.org/v1/plot/vg"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/plot"
)

var plotFormats = []plot.Format{plot.SVG, plot.PNG, plot.PDF, plot.CSV}

// fits refuses flags about looks for the figures alone.
func (c *plotCommand) fits(format plot.Format) error {
	if format != plot.CSV {
		return nil
	}
	return refuse("a chart as csv", map[string]bool{"--title": c.Title != "", "--width": c.Width != 0, "--height": c.Height != 0})
}

// place is where a chart goes and in which format.
func (c *plotCommand) place(name string) (string, plot.Format, error) {
	format := cmp.Or(c.Format, plot.SVG)
	info, err := os.Stat(c.Output)
	switch {
	case c.Output == "":
		return name + "." + string(format), format, nil
	case c.Output == "-":
		return "-", format, nil
	case err == nil && info.IsDir():
		return filepath.Join(c.Output, name+"."+string(format)), format, nil
	case err == nil && !info.Mode().IsRegular() && c.Format != "":
		return c.Output, format, nil // a device or a pipe, whose name says nothing
	}
	named := plot.Format(strings.ToLower(strings.TrimPrefix(filepath.Ext(c.Output), ".")))
	switch {
	case !slices.Contains(plotFormats, named):
		return "", "", misused("-o %s does not say how the chart is to be written: let it end in .svg, .png, .pdf or .csv", c.Output)
	case c.Format != "" && c.Format != named:
		return "", "", misused("-o %s and --format %s do not agree: leave one of them out", c.Output, c.Format)
	}
	return c.Output, named, nil
}

// written is the figure at the size that was asked for. One of width and height
// alone keeps the chart's proportions, as long charts need their height.
func (c *plotCommand) written(f *plot.Figure, format plot.Format) ([]byte, error) {
	pixel := pixelOf(format)
	usual := struct{ width, height vg.Length }{cmp.Or(f.Width, 10*vg.Inch), cmp.Or(f.Height, 5.625*vg.Inch)}
	f.Width, f.Height = vg.Length(c.Width)*pixel, vg.Length(c.Height)*pixel
	switch {
	case c.Width == 0 && c.Height == 0:
		f.Width, f.Height = usual.width, usual.height
	case c.Height == 0:
		f.Height = whole(f.Width*usual.height/usual.width, pixel)
	case c.Width == 0:
		f.Width = whole(f.Height*usual.width/usual.height, pixel)
	}
	if err := c.follows(f, format); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err := f.Write(&b, format)
	return b.Bytes(), err
}

// whole is a length to the nearest pixel.
func whole(length, pixel vg.Length) vg.Length {
	return pixel * vg.Length(math.Round(float64(length/pixel)))
}

// pixelOf is the size of a pixel in a format.
func pixelOf(format plot.Format) vg.Length {
	if format == plot.PNG {
		return vg.Inch / 144
	}
	return vg.Inch / 96
}

// sides are the least and the most pixels of a side of a chart: 1⅔ and 100 inches.
func sides(format plot.Format) (least, most pixels) {
	perInch := pixels(math.Round(float64(vg.Inch / pixelOf(format))))
	return 5 * perInch / 3, 100 * perInch
}

// sizes refuses a width or a height in which no chart can be drawn.
func (c *plotCommand) sizes(format plot.Format) error {
	least, most := sides(format)
	var faults []error
	for _, side := range []struct {
		flag string
		of   pixels
	}{{"--width", c.Width}, {"--height", c.Height}} {
		if side.of != 0 && (side.of < least || side.of > most) {
			faults = append(faults, misused("%s %d: a chart as %s has from %s to %s pixels on a side", side.flag, side.of, format,
				words.Count(float64(least)), words.Count(float64(most))))
		}
	}
	return errors.Join(faults...)
}

// follows refuses a side that was not given and would, in proportion to the other,
// be too short or too long.
func (c *plotCommand) follows(f *plot.Figure, format plot.Format) error {
	least, most := sides(format)
	for _, side := range []struct {
		given, other string
		of           pixels
		length       vg.Length
	}{{"--width", "--height", c.Width, f.Height}, {"--height", "--width", c.Height, f.Width}} {
		follows := pixels(math.Round(float64(side.length / pixelOf(format))))
		if side.of != 0 && (follows < least || follows > most) {
			return fmt.Errorf("with %s %d the other side of this chart would have %s pixels, where from %s to %s can be drawn: give %s too, or another %s",
				side.given, side.of, words.Count(float64(follows)), words.Count(float64(least)), words.Count(float64(most)), side.other, side.given)
		}
	}
	return nil
}

// put writes a figure to its file, or prints it if there is none, and names the signs
// that the font lacks.
func (c *plotCommand) put(to *streams, f *plot.Figure, format plot.Format, file *outFile) error {
	text, err := c.written(f, format)
	if err != nil {
		return err
	}
	place := "-"
	if file != nil {
		place = file.place
	}
	if format != plot.CSV {
		for _, said := range replacedSigns(f) {
			fmt.Fprintf(to.err, "%s: %s\n", words.Printable(place), said)
		}
	}
	if file == nil {
		_, err = to.out.Write(text)
		return err
	}
	return save(to, file, text, format == plot.CSV)
}

// replacedSigns says which signs of a figure are not drawn as they are, one to a
// line.
func replacedSigns(f *plot.Figure) []string {
	var lines []string
	replaced := f.Replaced()
	for _, sign := range slices.Sorted(maps.Keys(replaced)) {
		what := fmt.Sprintf("the font of charts does not have %s (U+%04X), which is drawn as a box", words.Printable(string(sign)), sign)
		switch {
		case sign == utf8.RuneError:
			what = "text that is not UTF-8 is drawn as a box"
		case unicode.Is(unicode.Cf, sign), unicode.Is(unicode.Variation_Selector, sign):
			what = fmt.Sprintf("the invisible sign U+%04X is left out", sign)
		}
		lines = append(lines, what+", in "+words.Quoted(replaced[sign], 3))
	}
	return lines
}
