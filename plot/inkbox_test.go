package plot

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/plot/vg"
)

// box4 is the box of all ink: left, top, right, bottom.
type box4 struct{ x0, y0, x1, y1 float64 }

func emptyBox() box4 { return box4{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)} }

func (b *box4) add(x, y float64) {
	b.x0, b.y0, b.x1, b.y1 = min(b.x0, x), min(b.y0, y), max(b.x1, x), max(b.y1, y)
}

// affine is x' = ax + cy + e, y' = bx + dy + f.
type affine struct{ a, b, c, d, e, f float64 }

func (m affine) at(x, y float64) (float64, float64) { return m.a*x + m.c*y + m.e, m.b*x + m.d*y + m.f }

func (m affine) then(n affine) affine { // n first, then m
	return affine{
		m.a*n.a + m.c*n.b, m.b*n.a + m.d*n.b, m.a*n.c + m.c*n.d, m.b*n.c + m.d*n.d,
		m.a*n.e + m.c*n.f + m.e, m.b*n.e + m.d*n.f + m.f,
	}
}

var (
	svgNumber  = regexp.MustCompile(`-?\d*\.?\d+(?:e-?\d+)?`)
	svgCommand = regexp.MustCompile(`([MLQCZ])([^MLQCZ]*)`)
	svgPlace   = regexp.MustCompile(`(translate|scale|matrix)\(([^)]*)\)`)
)

func numbersIn(t *testing.T, s string) (all []float64) {
	t.Helper()
	for _, text := range svgNumber.FindAllString(s, -1) {
		v, err := strconv.ParseFloat(text, 64)
		require.NoError(t, err)
		all = append(all, v)
	}
	return all
}

func placeOfSVG(t *testing.T, s string) affine {
	m := affine{a: 1, d: 1}
	for _, part := range svgPlace.FindAllStringSubmatch(s, -1) {
		n := numbersIn(t, part[2])
		switch part[1] {
		case "translate":
			m = m.then(affine{a: 1, d: 1, e: n[0], f: n[1]})
		case "scale":
			m = m.then(affine{a: n[0], d: n[len(n)-1]})
		case "matrix":
			m = m.then(affine{n[0], n[1], n[2], n[3], n[4], n[5]})
		}
	}
	return m
}

// pathPoints are the points and control points of a path, x and y in turn.
func pathPoints(t *testing.T, d string) (points []float64) {
	t.Helper()
	for _, command := range svgCommand.FindAllStringSubmatch(d, -1) {
		n := numbersIn(t, command[2])
		require.Zero(t, len(n)%2, "%s", command[0])
		points = append(points, n...)
	}
	return points
}

// addPath adds a path to a box by its points and control points, which a curve never
// leaves, with half the width of its pen.
func (b *box4) addPath(points []float64, m affine, half float64) {
	for i := 0; i < len(points); i += 2 {
		x, y := m.at(points[i], points[i+1])
		b.add(x-half, y-half)
		b.add(x+half, y+half)
	}
}

// inkBox reads a drawing as a program would that knows no fonts and returns its
// canvas and the box of all that is drawn but its ground. What it does not know is
// an error: text, or any element that could draw.
func inkBox(t *testing.T, svg []byte) (canvas, ink box4) {
	t.Helper()
	ink = emptyBox()
	shapes := map[string][]float64{} // read once, however often a letter stands there
	places := []affine{{a: 1, d: 1}}
	decoder, defs, paths := xml.NewDecoder(bytes.NewReader(svg)), 0, 0
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return canvas, ink
		}
		require.NoError(t, err)
		switch e := token.(type) {
		case xml.EndElement:
			places = places[:len(places)-1]
			if e.Name.Local == "defs" {
				defs--
			}
		case xml.StartElement:
			get := map[string]string{}
			for _, a := range e.Attr {
				get[a.Name.Local] = a.Value
			}
			m := places[len(places)-1].then(placeOfSVG(t, get["transform"]))
			places = append(places, m)
			switch e.Name.Local {
			case "svg":
				n := numbersIn(t, get["viewBox"])
				canvas = box4{n[0], n[1], n[0] + n[2], n[1] + n[3]}
			case "defs":
				defs++
			case "g", "title", "desc":
			case "use":
				x, err := strconv.ParseFloat(get["x"], 64)
				require.NoError(t, err)
				shape, ok := shapes[strings.TrimPrefix(get["href"], "#")]
				require.True(t, ok, "%s is not defined", get["href"])
				ink.addPath(shape, m.then(affine{a: 1, d: 1, e: x}), 0)
			case "path":
				if defs > 0 {
					shapes[get["id"]] = pathPoints(t, get["d"])
					continue
				}
				if paths++; paths == 1 { // the ground
					continue
				}
				half := 0.0
				if get["stroke-width"] != "" {
					w, err := strconv.ParseFloat(get["stroke-width"], 64)
					require.NoError(t, err)
					half = w / 2
				}
				ink.addPath(pathPoints(t, get["d"]), m, half)
			default:
				t.Fatalf("an element <%s> could draw outside", e.Name.Local)
			}
		}
	}
}

// checkInk draws a figure at its own size and at half of it and fails if anything
// leaves the canvas, wherever it is drawn: its letters are shapes.
func checkInk(t *testing.T, f *Figure) {
	t.Helper()
	width, height, err := f.size()
	require.NoError(t, err)
	whole := *f
	for _, share := range []float64{1, 0.5} {
		whole.Width, whole.Height = width*vg.Length(share), height*vg.Length(share)
		var b bytes.Buffer
		require.NoError(t, whole.Write(&b, SVG))
		canvas, ink := inkBox(t, b.Bytes())
		inside := ink.x0 >= canvas.x0 && ink.y0 >= canvas.y0 && ink.x1 <= canvas.x1 && ink.y1 <= canvas.y1
		require.True(t, inside, "at %.0f%% of its size ink covers %v of the canvas %v", 100*share, ink, canvas)
	}
}

// Letters of known size stand where they should: the box of "H" at 100 points,
// which is 1409 of 2048 units high in Liberation Sans, and of a line of known width.
func TestInkBoxReadsShapes(t *testing.T) {
	svg := `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 200 100"><defs><path id="a" d="M0 0L10 0L10-20Q5-30 0-20Z"/></defs>` +
		`<path d="M0 0L200 0L200 100L0 100Z"/><g transform="translate(50 60)scale(2)"><use xlink:href="#a" x="3"/></g><path d="M10 10L190.5 10" stroke-width="3"/></svg>`
	canvas, ink := inkBox(t, []byte(svg))
	require.Equal(t, box4{0, 0, 200, 100}, canvas)
	// The letter is 2 × 3 to 2 × 13 from 50, and 2 × 30 up from 60; the line has half its pen around it.
	require.Equal(t, box4{8.5, 0, 192, 60}, ink)
}

// Drawn by another program that finds no font at all, nothing is drawn beyond the
// canvas: the drawing is given a wide margin, which stays white.
func TestRenderedInkWithoutFonts(t *testing.T) {
	renderer, err := exec.LookPath("rsvg-convert")
	if err != nil {
		t.Skip("rsvg-convert is not installed (Debian: librsvg2-bin); TestEveryChartOfTheLibrary checks the same by the shapes themselves")
	}
	folder := t.TempDir()
	none := filepath.Join(folder, "fonts.conf")
	require.NoError(t, os.WriteFile(none, []byte(`<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig></fontconfig>`), 0o600))
	p := version(t, "dn2", "")
	payments, err := PublishedPayments(p.Programme)
	require.NoError(t, err)
	achievements, err := Achievements(run(t, p, 20))
	require.NoError(t, err)
	for _, f := range []*Figure{payments, achievements} {
		var b bytes.Buffer
		require.NoError(t, f.Write(&b, SVG))
		canvas, _ := inkBox(t, b.Bytes())
		const margin = 60.0
		wide := fmt.Sprintf(`viewBox="%g %g %g %g"`, -margin, -margin, canvas.x1+2*margin, canvas.y1+2*margin)
		svg := regexp.MustCompile(`viewBox="[^"]*"`).ReplaceAllString(b.String(), wide)
		command := exec.Command(renderer, "--background-color=white")
		command.Env = append(os.Environ(), "FONTCONFIG_FILE="+none)
		command.Stdin = strings.NewReader(svg)
		out, err := command.Output()
		require.NoError(t, err)
		picture, err := png.Decode(bytes.NewReader(out))
		require.NoError(t, err)
		ink := inkOf(picture)
		scale := float64(picture.Bounds().Dx()) / (canvas.x1 + 2*margin)
		edge := int(margin*scale) - 1
		require.True(t, ink.In(picture.Bounds().Inset(edge)), "ink covers %v of %v with a margin of %d", ink, picture.Bounds(), edge)
		require.Greater(t, ink.Dx(), picture.Bounds().Dx()/2, "letters and bars are drawn")
	}
}

// inkOf is the box of all that is not white.
func inkOf(picture image.Image) image.Rectangle {
	var ink image.Rectangle
	for y := picture.Bounds().Min.Y; y < picture.Bounds().Max.Y; y++ {
		for x := picture.Bounds().Min.X; x < picture.Bounds().Max.X; x++ {
			if c := color.GrayModel.Convert(picture.At(x, y)).(color.Gray); c.Y < 250 {
				ink = ink.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return ink
}
