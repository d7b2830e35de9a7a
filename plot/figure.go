package plot

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// Figure is one or more panels in a frame: a title, what is measured, a key, and at
// the foot the sources and assumptions.
type Figure struct {
	// Title is one sentence in bold: by default what the chart finds, made from the
	// figures that are drawn. Replace it with your own finding.
	Title string
	// Subtitle is what is measured, in what unit, and on a line of its own where and
	// when, in what prices and of which case.
	Subtitle string
	Key      []KeyEntry // drawn in a row under the subtitle; empty if labels stand beside the data
	Panels   []Panel    // drawn in rows from left to right
	// SameScale gives all panels the same y axis, which is labelled once in each
	// row.
	SameScale bool
	Note      string // source and assumptions, at the foot
	// Summary is what the panels show, in words and figures, for readers who
	// cannot see them. See Alt.
	Summary string
	// Additions are what a caller has added to the panels, a phrase each, so that
	// Alt says it too. PlaceLabel adds its own.
	Additions []string
	// Columns and Rows are the figures that are drawn, as a table. A cell is a
	// string, an int, a float64 or a [Share]; its unit stands in the column's name.
	Columns []string
	Rows    [][]any

	// shares are how wide panels in one row are, in parts of the row; if there are none,
	// all are equal.
	shares []float64
	// columns are how many panels stand in a row; 0 means up to four.
	columns int

	// Width and Height are 10 and 5.625 inches if they are 0: 960 by 540 pixels on
	// a screen. Text has the same size in all figures down to 7 by 3.9 inches;
	// below that it shrinks with them.
	Width, Height vg.Length

	placed []placedLabel
	tips   []tip

	currency string // of the amounts drawn; empty for pounds sterling
}

// Share is a share of 1 or a probability among the figures that are drawn. It is a number
// in CSV and a percentage to people; not a number where there is none.
type Share float64

// String writes the percentage as every chart and table does: "93.5%". It is empty where
// there is none.
func (s Share) String() string {
	if !finite(float64(s)) {
		return ""
	}
	return words.Percent(float64(s))
}

// Panel is one plot of a figure.
type Panel struct {
	Name string // drawn above the plot; may be empty
	Plot *plot.Plot
}

// KeyEntry explains one mark of a figure.
type KeyEntry struct {
	Label string
	Mark  plot.Thumbnailer // draws the mark
}

// The default size, 16 to 9.
const (
	defaultWidth  = 10 * vg.Inch
	defaultHeight = 5.625 * vg.Inch
)

// Format is a format in which a figure is written.
type Format string

// The formats.
const (
	SVG Format = "svg" // drawing for web pages and documents
	PNG Format = "png" // picture of 144 dots per inch
	PDF Format = "pdf" // page of the figure's size
	CSV Format = "csv" // the figures that are drawn, as a table
)

// Write writes the figure in a format. SVG, which carries the title and the
// alternative text, can be a file of its own or stand inside an HTML page; PDF is
// one page with its font embedded. The same figure gives the same bytes every
// time. The error says why the figure cannot be drawn, or is that of the writer.
func (f *Figure) Write(w io.Writer, format Format) error {
	if f == nil || w == nil {
		return errors.New("plot: there is no figure, or no writer to write it to: give both")
	}
	switch format {
	case SVG:
		return f.svg(w)
	case PNG:
		return f.png(w)
	case PDF:
		return f.pdf(w)
	case CSV:
		return f.csv(w)
	}
	return fmt.Errorf("plot: a figure cannot be written as %q: choose svg, png, pdf or csv", format)
}

// Alt returns the figure's alternative text: what it is, what it shows with the
// figures, and its sources and assumptions.
func (f *Figure) Alt() string {
	if f == nil {
		return ""
	}
	var parts []string
	said := append([]string{f.Title}, strings.Split(f.Subtitle, "\n")...)
	said = append(said, f.Summary)
	if len(f.Additions) > 0 {
		said = append(said, "Added to the chart: "+strings.Join(f.Additions, "; "))
	}
	for _, part := range append(said, f.Note) {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, strings.TrimSuffix(part, ".")+".")
		}
	}
	return strings.Join(parts, " ")
}

// size returns the width and height of the figure, or why it cannot be drawn.
func (f *Figure) size() (width, height vg.Length, err error) {
	width, height = f.Width, f.Height
	if width == 0 {
		width = defaultWidth
	}
	if height == 0 {
		height = defaultHeight
	}
	// The least is 240 dots of a picture: a chart of 16 to 9 that is 480 wide has 270.
	const least, most = 5 * vg.Inch / 3, 100 * vg.Inch
	var faults []error
	if !(width >= least && width <= most && height >= least && height <= most) {
		faults = append(faults, fmt.Errorf("plot: a figure of %.4g by %.4g inches cannot be drawn: both must be from 1.667 to 100",
			width/vg.Inch, height/vg.Inch))
	}
	if len(f.Panels) == 0 {
		faults = append(faults, errors.New("plot: the figure has no panel: add one"))
	}
	for i, p := range f.Panels {
		if p.Plot == nil {
			faults = append(faults, fmt.Errorf("plot: panel %d has no plot: give it one", i+1))
			continue
		}
		// An axis that nothing has been added to runs from +Inf to -Inf.
		for _, axis := range []plot.Axis{p.Plot.X, p.Plot.Y} {
			if math.IsNaN(axis.Min) || math.IsNaN(axis.Max) || math.IsInf(axis.Min, -1) || math.IsInf(axis.Max, 1) {
				faults = append(faults, fmt.Errorf("plot: panel %d runs from %v to %v: only finite numbers can be drawn", i+1, axis.Min, axis.Max))
			}
		}
	}
	return width, height, errors.Join(faults...)
}

// sheet returns the size for which a figure of a width and height is laid out and
// the factor by which it is then scaled, which is below 1 if the figure is too
// small for its text.
func sheet(width, height vg.Length) (w, h vg.Length, scale float64) {
	const leastWidth, leastHeight = 0.7 * defaultWidth, 0.69 * defaultHeight
	k := min(1, width/leastWidth, height/leastHeight)
	return width / k, height / k, float64(k)
}
