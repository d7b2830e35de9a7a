package plot

import (
	"io"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/plot/vg"
	"pgregory.net/rapid"
)

// Labels that are added touch no other text and stay on the canvas, wherever they
// point to, and the alternative text says them.
func TestPlaceLabel(t *testing.T) {
	p := version(t, "dn2", "base")
	drawn, err := CumulativePayments(run(t, p, 50))
	require.NoError(t, err)
	rapid.Check(t, func(rt *rapid.T) {
		f := *drawn
		axes := f.Panels[0].Plot
		for range rapid.IntRange(1, 3).Draw(rt, "labels") {
			x := axes.X.Min + rapid.Float64Range(0, 1).Draw(rt, "x")*(axes.X.Max-axes.X.Min)
			y := axes.Y.Min + rapid.Float64Range(0, 1).Draw(rt, "y")*(axes.Y.Max-axes.Y.Min)
			require.NoError(rt, f.PlaceLabel(0, x, y, "Contract varied", Lettering(9, Colours().Ink)))
		}
		width, height, err := f.size()
		require.NoError(rt, err)
		r := &recorder{width: width, height: height}
		f.draw(r)
		require.Empty(rt, r.faults())
		require.Equal(rt, len(f.placed), strings.Count(f.Alt(), "Contract varied"))
	})
}

// A label stands beside its point where nothing is in the way, within its own width
// of it.
func TestPlaceLabelStandsByItsPoint(t *testing.T) {
	f := small()
	require.NoError(t, f.PlaceLabel(0, 1.5, 1.2, "here", Lettering(9, Colours().Alert)))
	require.Contains(t, f.Alt(), "Added to the chart: here.")
	r := &recorder{width: defaultWidth, height: defaultHeight}
	f.draw(r)
	var box vg.Rectangle
	for _, text := range r.texts {
		if text.text == "here" {
			box = text.box
		}
	}
	require.NotZero(t, box.Max.X)
	// Panel 1 of 2 is on the left half: three quarters of its axis are within it.
	require.Less(t, box.Max.X, defaultWidth/2)
	checkGeometry(t, f)
	checkInk(t, f)

	style := Lettering(9, Colours().Ink)
	require.ErrorContains(t, f.PlaceLabel(2, 0, 0, "x", style), "there is no panel 2 to place \"x\" in: the figure has 2, counted from 0")
	require.ErrorContains(t, f.PlaceLabel(-1, 0, 0, "x", style), "no panel -1")
	require.ErrorContains(t, f.PlaceLabel(0, math.NaN(), 0, "x", style), "two numbers")
	require.ErrorContains(t, f.PlaceLabel(0, 0, 0, "", style), "needs a text")
	style.Handler = nil
	require.ErrorContains(t, f.PlaceLabel(0, 0, 0, "x", style), "plot.Lettering")
	require.Error(t, (*Figure)(nil).PlaceLabel(0, 0, 0, "x", style))
	require.NoError(t, f.Write(io.Discard, PDF))
}
