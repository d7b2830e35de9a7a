package plot

import (
	"image/color"
	"math"
	"sync"

	xfont "golang.org/x/image/font"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// The colours of the frame and of what happened.
var (
	ink   = hex(0x1f2933) // text, and what happened
	muted = hex(0x5f6b7a) // second text
	axis  = hex(0x9aa5b1) // lines of axes
	faint = hex(0xe4e8ed) // grid
	paper = hex(0xffffff)
	alert = hex(0xd95f02) // worse, below zero
)

// The blues of the cases, light to dark, and the hues of plans.
var (
	light  = hex(0x9ecae1)
	middle = hex(0x4292c6)
	dark   = hex(0x084594)
	plans  = []color.NRGBA{hex(0x7b5ea7), hex(0x1b9e87), hex(0xe0a100)}
)

func hex(rgb uint32) color.NRGBA {
	return color.NRGBA{R: uint8(rgb >> 16), G: uint8(rgb >> 8), B: uint8(rgb), A: 255}
}

// mix returns a colour on the way from a to b: 0 is a, 1 is b. Tints are mixed
// with white rather than made transparent, so that they print alike everywhere.
func mix(a, b color.NRGBA, share float64) color.NRGBA {
	between := func(x, y uint8) uint8 { return uint8(float64(x) + share*(float64(y)-float64(x)) + 0.5) }
	return color.NRGBA{R: between(a.R, b.R), G: between(a.G, b.G), B: between(a.B, b.B), A: 255}
}

// over returns the colour of text that can be read on a fill.
func over(fill color.NRGBA) color.NRGBA {
	if 299*int(fill.R)+587*int(fill.G)+114*int(fill.B) > 145_000 {
		return ink
	}
	return paper
}

// caseColours gives each case a colour: low, medium and high a blue of their own,
// other cases beside them a different hue, and other cases alone a blue from light
// to dark.
func caseColours(cases []string) []color.NRGBA {
	named := map[string]color.NRGBA{"low": light, "medium": middle, "high": dark}
	spare := []color.NRGBA{hex(0x7a8694), hex(0x7b5ea7), hex(0x1b9e87), hex(0xe0a100), hex(0xb5838d)}
	hues := len(cases) > 6
	for _, name := range cases {
		_, ok := named[name]
		hues = hues || ok
	}
	var all []color.NRGBA
	for i, name := range cases {
		c, ok := named[name]
		switch {
		case len(cases) == 1:
			c = dark
		case !hues:
			c = ramp(float64(i) / float64(len(cases)-1))
		case !ok:
			c, spare = spare[0], append(spare[1:], spare[0])
		}
		all = append(all, c)
	}
	return all
}

// planColour is the colour of a plan, by its place: three that are far apart first,
// and then hues a golden angle apart, so that no two of any number of plans are
// alike. Blues, which are cases, and orange, which warns, are left out.
func planColour(i int) color.NRGBA {
	if i < len(plans) {
		return plans[i]
	}
	const golden = 0.6180339887
	_, turn := math.Modf(0.10 + golden*float64(i-len(plans)))
	// From yellow over green to turquoise, and from violet to red.
	hue := 0.14 + 0.38*(turn/0.55)
	if turn >= 0.55 {
		hue = 0.72 + 0.26*((turn-0.55)/0.45)
	}
	return fromHue(hue, 0.62, 0.38+0.10*float64(i%2))
}

// fromHue is a colour of a hue, saturation and lightness, each from 0 to 1.
func fromHue(hue, saturation, lightness float64) color.NRGBA {
	chroma := saturation * min(lightness, 1-lightness)
	part := func(n float64) uint8 {
		k := math.Mod(n+12*hue, 12)
		return uint8(255*(lightness-chroma*max(-1, min(k-3, 9-k, 1))) + 0.5)
	}
	return color.NRGBA{R: part(0), G: part(8), B: part(4), A: 255}
}

// ramp returns a blue: 0 is light, 1 is dark.
func ramp(share float64) color.NRGBA {
	if share < 0.5 {
		return mix(light, middle, 2*share)
	}
	return mix(middle, dark, 2*share-1)
}

// The sizes of text in a plot.
const (
	axisSize  = vg.Length(9.5)
	labelSize = vg.Length(9)
	smallSize = vg.Length(8)
)

// typeface is Liberation Sans, in which every text is measured and drawn whatever
// fonts are installed.
var typeface = sync.OnceValue(func() text.Handler {
	return letters{Plain: text.Plain{Fonts: font.NewCache(liberation.Collection())}}
})

// words returns a style of text, aligned to the left on its middle.
func lettering(size vg.Length, c color.Color) text.Style {
	return text.Style{
		Color: c, Handler: typeface(), XAlign: draw.XLeft, YAlign: draw.YCenter,
		Font: font.Font{Typeface: "Liberation", Variant: "Sans", Size: size},
	}
}

// bold returns the style in bold.
func bold(s text.Style) text.Style {
	s.Font.Weight = xfont.WeightBold
	return s
}

// aligned returns the style with another alignment.
func aligned(s text.Style, x text.XAlignment, y text.YAlignment) text.Style {
	s.XAlign, s.YAlign = x, y
	return s
}

// newPlot returns an empty plot in the style of this package: no frame, a thin line
// under it, and no labels on the axes, because the subtitle has the unit.
func newPlot() *plot.Plot {
	p := plot.New()
	p.TextHandler = typeface()
	p.BackgroundColor = nil
	p.Title.TextStyle = bold(lettering(axisSize, ink))
	for _, a := range []*plot.Axis{&p.X, &p.Y} {
		a.Padding = 0
		a.LineStyle = draw.LineStyle{Color: axis, Width: 0.75}
		a.Tick.LineStyle = a.LineStyle
		a.Label.TextStyle = lettering(axisSize, muted)
		a.Tick.Length = 0
	}
	p.X.Tick.Label = aligned(lettering(axisSize, muted), draw.XCenter, draw.YTop)
	p.X.Tick.Length = 3.5
	p.Y.Width = 0
	p.Y.Tick.Label = aligned(lettering(axisSize, muted), draw.XRight, draw.YCenter)
	return p
}
