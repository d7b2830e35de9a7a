package plot

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// Figure is one or more panels in a frame: a title, what is measured, a key,
// and at the foot where the figures come from.
type Figure struct {
	// Title is one sentence in bold: a finding if you have one, by default
	// what is measured.
	Title    string
	Subtitle string     // what is measured, and in what unit
	Key      []KeyEntry // drawn in a row under the subtitle; empty where direct labels do
	Panels   []Panel    // drawn in rows from left to right
	// SameScale gives the panels one range of the y axis, which is then
	// labelled once in each row.
	SameScale bool
	Note      string // source and assumptions, at the foot
	// Summary is what the panels show, in words and figures, for readers who
	// cannot see them. See Alt.
	Summary string
	Data    Table // the figures that are drawn

	// Width and Height are 10 and 5.625 inches if they are 0: 960 by 540
	// pixels on a screen. Text keeps its size in larger and somewhat smaller
	// figures; below 7 by 3.9 inches it shrinks with them.
	Width, Height vg.Length
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

// The size of a figure that does not say, 16 to 9.
const (
	defaultWidth  = 10 * vg.Inch
	defaultHeight = 5.625 * vg.Inch
)

// Format is a way to write a figure.
type Format string

// The formats.
const (
	SVG Format = "svg" // drawing for web pages and documents
	PNG Format = "png" // picture of 144 dots per inch
	PDF Format = "pdf" // page of the figure's size
	CSV Format = "csv" // the figures that are drawn, as a table
)

// Write writes the figure in a format.
func (f *Figure) Write(w io.Writer, format Format) error {
	switch format {
	case SVG:
		return f.SVG(w)
	case PNG:
		return f.PNG(w)
	case PDF:
		return f.PDF(w)
	case CSV:
		return f.CSV(w)
	}
	return fmt.Errorf("plot: a figure cannot be written as %q: choose svg, png, pdf or csv", format)
}

// Alt returns the figure's alternative text: what it is, what it shows, and
// what that rests on.
func (f *Figure) Alt() string {
	var parts []string
	for _, part := range []string{f.Title, f.Subtitle, f.Summary, f.Note} {
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
	const least, most = 2 * vg.Inch, 100 * vg.Inch
	var faults []error
	if !(width >= least && width <= most && height >= least && height <= most) {
		faults = append(faults, fmt.Errorf("plot: a figure of %.4g by %.4g inches cannot be drawn: both must be from 2 to 100",
			width/vg.Inch, height/vg.Inch))
	}
	if len(f.Panels) == 0 {
		faults = append(faults, errors.New("plot: the figure has no panel: add one"))
	}
	for i, p := range f.Panels {
		if p.Plot == nil {
			faults = append(faults, fmt.Errorf("plot: panel %d has no plot: give it one", i+1))
		}
	}
	return width, height, errors.Join(faults...)
}

// sheet returns the size that a figure of a width and height is laid out for,
// and by how much it is then scaled: 1, unless the figure is too small for its
// text.
func sheet(width, height vg.Length) (w, h vg.Length, scale float64) {
	const leastWidth, leastHeight = 0.7 * defaultWidth, 0.69 * defaultHeight
	k := min(1, width/leastWidth, height/leastHeight)
	return width / k, height / k, float64(k)
}
