package main

import (
	"bytes"
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"

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
	pixel := vg.Inch / 96
	if format == plot.PNG {
		pixel = vg.Inch / 144
	}
	usual := struct{ width, height vg.Length }{cmp.Or(f.Width, 10*vg.Inch), cmp.Or(f.Height, 5.625*vg.Inch)}
	f.Width, f.Height = vg.Length(c.Width)*pixel, vg.Length(c.Height)*pixel
	switch {
	case c.Width == 0 && c.Height == 0:
		f.Width, f.Height = usual.width, usual.height
	case c.Height == 0:
		f.Height = f.Width * usual.height / usual.width
	case c.Width == 0:
		f.Width = f.Height * usual.width / usual.height
	}
	var b bytes.Buffer
	err := f.Write(&b, format)
	return b.Bytes(), err
}
