package plot

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/plot/vg"
)

// small is a figure with two panels and awkward text.
func small() *Figure {
	one, other := newPlot(), newPlot()
	one.Add(line{x: []float64{0, 1, 2}, y: []float64{1, math.NaN(), 3}, style: solid(dark, 1)})
	other.Add(band{x: []float64{0, 1}, low: []float64{0, 0}, high: []float64{1, 2}, fill: light})
	one.Y.Tick.Marker, other.Y.Tick.Marker = moneyTicks(), moneyTicks()
	f := &Figure{
		Title: `Spending of £5 & "less" <than> planned`, Subtitle: "£ by quarter", Note: "Invented.", Summary: "It rises from £1 to £3",
		Panels: []Panel{{"one", one}, {"the other", other}}, SameScale: true,
		Key:     []KeyEntry{{"a line", line{style: dotted(ink)}}, {"an area", box{fill: light}}},
		Columns: []string{"=name", "£"},
	}
	f.row("-sum", -3)
	f.row("@x, \"y\"", -0.25)
	f.row("plain", math.NaN())
	return f
}

func TestEveryFormatIsTheSameEveryTime(t *testing.T) {
	for _, format := range []Format{SVG, PNG, PDF, CSV} {
		var first, second bytes.Buffer
		require.NoError(t, small().Write(&first, format))
		require.NoError(t, small().Write(&second, format))
		assert.NotZero(t, first.Len(), format)
		assert.True(t, bytes.Equal(first.Bytes(), second.Bytes()), format)
	}
	err := small().Write(io.Discard, "gif")
	assert.ErrorContains(t, err, `"gif": choose svg, png, pdf or csv`)
}

func TestDrawingTwiceChangesNothing(t *testing.T) {
	f := small()
	var first, second bytes.Buffer
	require.NoError(t, f.Write(&first, SVG))
	require.NoError(t, f.Write(io.Discard, PDF))
	require.NoError(t, f.Write(&second, SVG))
	assert.Equal(t, first.String(), second.String())
	assert.Equal(t, 1.0, f.Panels[1].Plot.X.Max, "the plots of the caller stay as they are")
	checkGeometry(t, f)
}

func TestSVGSaysWhatItShows(t *testing.T) {
	f := small()
	var b bytes.Buffer
	require.NoError(t, f.Write(&b, SVG))
	var parsed struct {
		Role  string `xml:"role,attr"`
		Width string `xml:"width,attr"`
		Title string `xml:"title"`
		Desc  string `xml:"desc"`
	}
	require.NoError(t, xml.Unmarshal(b.Bytes(), &parsed))
	assert.Equal(t, "img", parsed.Role)
	assert.Equal(t, "960", parsed.Width)
	assert.Equal(t, f.Title, parsed.Title)
	assert.Equal(t, f.Alt(), parsed.Desc)
	assert.Equal(t, `Spending of £5 & "less" <than> planned. £ by quarter. It rises from £1 to £3. Invented.`, f.Alt())
	assert.Contains(t, b.String(), "£")
	assert.NotContains(t, b.String(), "NaN")
}

// A picture of so many dots on a side has exactly so many, also where the text is
// made smaller with the figure.
func TestPNGHas144DotsPerInch(t *testing.T) {
	for _, dots := range [][2]int{{1440, 810}, {720, 405}, {240, 240}, {480, 270}, {963, 541}, {389, 1001}, {301, 299}, {2879, 1621}} {
		f := small()
		f.Width, f.Height = vg.Length(dots[0])*vg.Inch/144, vg.Length(dots[1])*vg.Inch/144
		var b bytes.Buffer
		require.NoError(t, f.Write(&b, PNG))
		picture, err := png.DecodeConfig(&b)
		require.NoError(t, err)
		assert.Equal(t, dots, [2]int{picture.Width, picture.Height})
	}
}

// Text of a small picture stands where its shapes are and not on whole dots: the two
// strokes of 11, which kerning draws together, have paper between them wherever the
// text begins.
func TestSmallPNGHasEveryStroke(t *testing.T) {
	for _, wide := range []int{480, 512, 720} {
		for start := range 8 {
			width := vg.Length(wide) * vg.Inch / 144
			c := newBitmap(width, width*9/16)
			c.SetColor(ink)
			style := lettering(smallSize, ink)
			style.Handler.Draw(c, "11", style, vg.Point{X: 20 + vg.Length(start)/8, Y: 20})
			require.NoError(t, c.err)
			dark := make([]int, wide) // how much ink each column has
			for x := range dark {
				for y := range c.Image().Bounds().Dy() {
					shade, _, _, _ := c.Image().At(x, y).RGBA()
					dark[x] += 0xffff - int(shade)
				}
			}
			// A stroke is a column with more ink than both beside it, and much more than
			// the least of the columns between it and the next.
			var strokes []int
			for x := 1; x < wide-1; x++ {
				if dark[x] > dark[x-1] && dark[x] >= dark[x+1] && dark[x] > slices.Max(dark)/2 {
					strokes = append(strokes, x)
				}
			}
			require.Len(t, strokes, 2, "width %d, start %d: %v", wide, start, strokes)
			assert.Less(t, slices.Min(dark[strokes[0]:strokes[1]]), slices.Max(dark)/2, "width %d, start %d", wide, start)
		}
	}
}

func TestPDFHasThePageAndItsTitle(t *testing.T) {
	f := small()
	f.Width, f.Height = 5*vg.Inch, 3*vg.Inch
	var b bytes.Buffer
	require.NoError(t, f.Write(&b, PDF))
	assert.True(t, strings.HasPrefix(b.String(), "%PDF-"))
	assert.Contains(t, b.String(), "/MediaBox [0 0 360.00 216.00]")
	assert.Contains(t, b.String(), "D:20000101000000")
}

func TestCSVIsNoFormula(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, small().Write(&b, CSV))
	rows, err := csv.NewReader(&b).ReadAll()
	require.NoError(t, err)
	assert.Equal(t, [][]string{{"'=name", "£"}, {"'-sum", "-3"}, {"'@x, \"y\"", "-0.25"}, {"plain", ""}}, rows)

	f := &Figure{Columns: []string{"x"}, Rows: [][]any{{true}}}
	assert.ErrorContains(t, f.Write(io.Discard, CSV), "row 1 of the data: a cell is a bool")
}

func TestFiguresThatCannotBeDrawn(t *testing.T) {
	assert.ErrorContains(t, new(Figure).Write(io.Discard, SVG), "the figure has no panel: add one")
	f := small()
	f.Width, f.Panels[1].Plot = vg.Inch, nil
	err := f.Write(io.Discard, PDF)
	assert.ErrorContains(t, err, "1 by 5.625 inches cannot be drawn")
	assert.ErrorContains(t, err, "panel 2 has no plot")
	assert.ErrorContains(t, small().Write(full{}, SVG), "no room")
	assert.ErrorContains(t, small().Write(full{}, PDF), "no room")
	assert.ErrorContains(t, small().Write(full{}, PNG), "no room")
	assert.ErrorContains(t, small().Write(full{}, CSV), "no room")
}

// full is a writer that takes nothing.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no room") }
