package plot

import (
	"image/color"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// Palette is the colours of all charts, for what is added to one: see [Colours].
type Palette struct {
	Ink, Muted        color.NRGBA   // text, and second text; ink is also what happened
	Grid              color.NRGBA   // thin lines behind the data
	Alert             color.NRGBA   // what is worse, below zero or above a limit
	Low, Medium, High color.NRGBA   // cases
	Plans             []color.NRGBA // twelve plans, by place; charts of more go on from there
}

// Colours returns the colours of all charts.
func Colours() Palette {
	p := Palette{Ink: ink, Muted: muted, Grid: faint, Alert: alert, Low: light, Medium: middle, High: dark}
	for i := range 12 {
		p.Plans = append(p.Plans, planColour(i))
	}
	return p
}

// Lettering returns the style in which charts write text, in a size in points and a
// colour, aligned to the left on its middle: Liberation Sans, whatever fonts are
// installed.
func Lettering(size vg.Length, c color.Color) text.Style { return lettering(size, c) }
