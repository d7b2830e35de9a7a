package plot

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// fitting is a ticker that can be told how much room its labels have, as a figure
// does before it is drawn. Until then it assumes the default.
type fitting interface {
	plot.Ticker
	fit(room) plot.Ticker
}

// room is how much space the labels of an axis have.
type room struct {
	length   vg.Length // of the axis
	vertical bool
	min, max float64
	style    text.Style
}

// numberTicks marks an axis of numbers at steps of 1, 2, 2.5 or 5.
type numberTicks struct {
	write func(step, largest float64) func(float64) string
	steps int  // at most; 0 means 5
	round bool // shares, which have no steps of 2.5% or 0.25%
	whole bool // steps are whole numbers
	// least is a value, below 0, under which there is none; 0 means that there is no
	// such value.
	least float64
}

// Axes of money, of numbers of anything, and of shares of 1.
func moneyTicks() plot.Ticker { return numberTicks{write: moneyLabels} }
func countTicks() plot.Ticker { return numberTicks{write: countLabels} }
func shareTicks() plot.Ticker { return numberTicks{write: shareLabels, round: true} }

// Ticks returns the ticks between min and max.
func (t numberTicks) Ticks(low, high float64) []plot.Tick {
	if !finite(low) || !finite(high) || high <= low {
		return nil
	}
	steps := t.steps
	if steps == 0 {
		steps = 5
	}
	step := niceStep((high - low) / float64(steps))
	if t.round && step < 0.2 && decimalsOf(100*step) > decimalsOf(200*step) {
		step *= 2 // rather than one more decimal on every label
	}
	if t.whole {
		step = math.Max(1, step)
	}
	if t.whole && decimalsOf(step) > 0 { // 2.5
		step = 5
	}
	if t.least < 0 {
		low = math.Max(low, t.least)
	}
	label := t.write(step, math.Max(math.Abs(low), math.Abs(high)))
	var ticks []plot.Tick
	for i := math.Ceil(low/step - 1e-9); i*step <= high+1e-9*step; i++ {
		ticks = append(ticks, plot.Tick{Value: i * step, Label: label(i * step)})
	}
	return ticks
}

// fit chooses the most steps whose labels keep apart.
func (t numberTicks) fit(r room) plot.Ticker {
	most := 7
	if t.round && !r.vertical {
		most = 10
	}
	closer := t
	if t.within(r, most, 3, 2); len(t.Ticks(r.min, r.max)) < fewestTicks {
		if closer.within(r, most, 1.7, 0.7); len(closer.Ticks(r.min, r.max)) > len(t.Ticks(r.min, r.max)) {
			t = closer
		}
	}
	for t.steps < 7 && len(t.Ticks(r.min, r.max)) == 0 { // at least one tick
		t.steps++
	}
	return t
}

// fewestTicks is how many an axis has where they have room, if close together: by two it is
// hard to read.
const fewestTicks = 3

// within chooses the most steps whose labels are so many sizes of the text apart: up an axis
// from middle to middle, and along one from end to beginning.
func (t *numberTicks) within(r room, most int, up, along vg.Length) {
	for t.steps = most; t.steps > 1; t.steps-- {
		ticks := t.Ticks(r.min, r.max)
		if len(ticks) < 2 {
			continue
		}
		gap := r.length * vg.Length((ticks[1].Value-ticks[0].Value)/(r.max-r.min))
		need := up * r.style.Font.Size
		if !r.vertical {
			need = widest(r.style, ticks) + along*r.style.Font.Size
		}
		if gap >= need {
			break
		}
	}
}

func widest(style text.Style, ticks []plot.Tick) (width vg.Length) {
	for _, t := range ticks {
		width = max(width, style.Width(t.Label))
	}
	return width
}

// niceStep returns the smallest of 1, 2, 2.5 and 5 times a power of ten that is
// not below least.
func niceStep(least float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(least)))
	for _, step := range []float64{1, 2, 2.5, 5} {
		if step*power >= least*(1-1e-9) {
			return step * power
		}
	}
	return 10 * power
}

// moneyLabels chooses £m, £k or £ for a whole axis, with the decimals that the step
// needs on every label.
func moneyLabels(step, largest float64) func(float64) string {
	unit, suffix := 1.0, ""
	switch {
	case largest >= 1e6:
		unit, suffix = 1e6, "m"
	case largest >= 1e4:
		unit, suffix = 1e3, "k"
	}
	decimals := decimalsOf(step / unit)
	return func(v float64) string {
		if math.Abs(v) < step/2 {
			return "£0"
		}
		return signed(v, "£", words.Number(math.Abs(v)/unit, decimals)+suffix)
	}
}

func countLabels(step, _ float64) func(float64) string {
	decimals := decimalsOf(step)
	return func(v float64) string {
		if math.Abs(v) < step/2 {
			return "0"
		}
		return signed(v, "", words.Number(math.Abs(v), decimals))
	}
}

func shareLabels(step, _ float64) func(float64) string {
	decimals := decimalsOf(100 * step)
	return func(v float64) string { return words.Number(100*math.Abs(v), decimals) + "%" }
}

// decimalsOf returns how many decimals a step needs.
func decimalsOf(step float64) int {
	for decimals := range 6 {
		scaled := step * math.Pow(10, float64(decimals))
		if math.Abs(scaled-math.Round(scaled)) < 1e-6*scaled {
			return decimals
		}
	}
	return 6
}

// weekTicks marks every half year or year of an axis in weeks.
type weekTicks struct{ every int }

// Ticks returns the ticks between min and max.
func (t weekTicks) Ticks(low, high float64) []plot.Tick {
	every := t.every
	if every == 0 {
		every = 52
	}
	var ticks []plot.Tick
	for k := int(math.Ceil(low / float64(every))); k*every <= int(high); k++ {
		ticks = append(ticks, plot.Tick{Value: float64(k * every), Label: words.Count(float64(k * every))})
	}
	return ticks
}

func (t weekTicks) fit(r room) plot.Ticker {
	const loosest = 520
	whole, any := 0, 0 // the closest marks that have room, and of them those that end with the axis
	for _, t.every = range []int{4, 13, 26, 52, 78, 104, 156, 208, loosest} {
		need := widest(r.style, t.Ticks(r.min, r.max)) + 2.5*r.style.Font.Size
		if r.length*vg.Length(float64(t.every)/(r.max-r.min)) < need {
			continue
		}
		if any == 0 {
			any = t.every
		}
		if whole == 0 && math.Mod(r.max, float64(t.every)) == 0 {
			whole = t.every
		}
	}
	t.every = cmp.Or(any, loosest)
	if whole > 0 && whole <= 2*t.every {
		t.every = whole
	}
	return t
}

// quarterTicks marks an axis whose values are quarters, counted from first. It
// labels the first quarter of each financial year, or more or fewer quarters as
// there is room. Where few such labels have room it labels the year that begins.
type quarterTicks struct {
	first calendar.Quarter
	every int // quarters from label to label
	years bool
}

// Ticks returns a tick for every quarter between min and max.
func (t quarterTicks) Ticks(low, high float64) []plot.Tick {
	every := t.every
	if every == 0 {
		every = 4
	}
	var ticks []plot.Tick
	from := 0 // the first quarter that begins a financial year, if there is one on the axis
	for from < 4 && t.first.Add(from).FinancialYear() == t.first.Add(from-1).FinancialYear() {
		from++
	}
	for i := int(math.Ceil(low)); i <= int(math.Floor(high)); i++ {
		tick := plot.Tick{Value: float64(i)}
		q := t.first.Add(i)
		if (((i-from)%every)+every)%every == 0 {
			tick.Label = q.String()
			if t.years {
				tick.Label = q.FinancialYear().String()
			}
		}
		ticks = append(ticks, tick)
	}
	return ticks
}

func (t quarterTicks) fit(r room) plot.Ticker {
	const few = 3
	quarter := r.length / vg.Length(math.Max(r.max-r.min, 1e-9))
	steps := []int{1, 2, 4, 8, 12, 16, 20, 24, 32, 40}
	fits := func(written string) int {
		need := r.style.Width(written) + 1.2*r.style.Font.Size
		for _, every := range steps {
			if quarter*vg.Length(every) >= need {
				return every
			}
		}
		return steps[len(steps)-1]
	}
	t.every = fits("Q4 2020/21")
	if short := max(4, fits("2020/21")); t.every >= 4 && int(r.max-r.min)/t.every < few && short < t.every {
		t.every, t.years = short, true
	}
	return t
}

// nameTicks names the places 0, 1, 2 … of an axis. Long names along the bottom are
// broken into lines.
type nameTicks struct {
	names []string
	width vg.Length // of a line; 0 means as long as the name
	style text.Style
}

// Ticks returns a tick for every name.
func (t nameTicks) Ticks(low, high float64) []plot.Tick {
	var ticks []plot.Tick
	for i, name := range t.names {
		if v := float64(i); v >= low && v <= high {
			if t.width > 0 {
				name = strings.Join(broken(t.style, name, t.width, 8), "\n")
			}
			ticks = append(ticks, plot.Tick{Value: v, Label: name})
		}
	}
	return ticks
}

func (t nameTicks) fit(r room) plot.Ticker {
	t.style, t.width = r.style, 0
	if !r.vertical {
		t.width = r.length/vg.Length(r.max-r.min) - r.style.Font.Size
	}
	return t
}

// unlabelled keeps the places of an axis' labels and writes none of them.
type unlabelled struct{ plot.Ticker }

// Ticks returns the same ticks with blanks for labels.
func (t unlabelled) Ticks(low, high float64) []plot.Tick {
	ticks := slices.Clone(t.Ticker.Ticks(low, high))
	for i := range ticks {
		if !ticks[i].IsMinor() {
			ticks[i].Label = " "
		}
	}
	return ticks
}

// wrap breaks text into lines that are no wider than a width, words permitting.
func wrap(style text.Style, s string, width vg.Length) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(s) {
		longer := strings.TrimLeft(line+" "+word, " ")
		if line != "" && style.Width(longer) > width {
			lines, longer = append(lines, line), word
		}
		line = longer
	}
	if line == "" {
		return lines
	}
	return append(lines, line)
}

// broken breaks text into lines of a width, at most so many, and shortens what
// is still too long.
func broken(style text.Style, s string, width vg.Length, most int) []string {
	lines := wrap(style, s, width)
	if len(lines) > most {
		lines = append(lines[:most-1:most-1], strings.Join(lines[most-1:], " "))
	}
	for i := range lines {
		lines[i] = shortened(style, lines[i], width)
	}
	return lines
}

// shortened returns text that is no wider than a width, with an ellipsis if it was
// cut.
func shortened(style text.Style, s string, width vg.Length) string {
	if style.Width(s) <= width {
		return s
	}
	runes := []rune(s)
	for len(runes) > 1 && style.Width(string(runes)+"…") > width {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "…"
}

// rowTicks are ticks at given places.
type rowTicks []plot.Tick

// Ticks returns the ticks between low and high.
func (t rowTicks) Ticks(low, high float64) []plot.Tick {
	var ticks []plot.Tick
	for _, tick := range t {
		if tick.Value >= low && tick.Value <= high {
			ticks = append(ticks, tick)
		}
	}
	return ticks
}
