package plot

import (
	"image/color"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// Palette is the colours of all charts, for what is added to one: see [Colours].
type Palette struct {
	Ink   color.NRGBA // text, and what happened
	Muted color.NRGBA // second text
	Grid  color.NRGBA // thin lines behind the data
	Alert color.NRGBA // what is worse, below zero or above a limit
}

// Colours returns the colours of all charts. Cases and plans have colours of their
// own: [CaseColours] and [PlanColour].
func Colours() Palette { return Palette{Ink: ink, Muted: muted, Grid: faint, Alert: alert} }

// CaseColours returns the colour of each of several cases drawn together: low,
// medium and high a blue from light to dark, others beside them a different hue.
func CaseColours(cases ...string) []color.NRGBA { return caseColours(cases) }

// PlanColour returns the colour of a plan by its place, from 0. No two plans share
// one.
func PlanColour(place int) color.NRGBA { return planColour(max(0, place)) }

// Lettering returns the style in which charts write text, in a size in points and a
// colour, aligned to the left on its middle: Liberation Sans, whatever fonts are
// installed.
func Lettering(size vg.Length, c color.Color) text.Style { return lettering(size, c) }
