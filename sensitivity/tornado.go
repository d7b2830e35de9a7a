package sensitivity

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Input is something uncertain about a programme, with a low and a high value of
// it. Low and high are of the input: which of them is bad depends on who asks.
type Input struct {
	Name      string          `json:"name"`
	Low       []scenario.Edit `json:"-"`
	High      []scenario.Edit `json:"-"`
	LowLabel  string          `json:"low_label"`
	HighLabel string          `json:"high_label"`

	// value says what the input is in a programme: "£3,000 a week". Nil where
	// no single number says it.
	value func(*model.Programme) string
}

// Tornadoed is how much a figure of the central projection depends on each of
// several inputs, one at a time.
type Tornadoed struct {
	Programme string             `json:"programme"`
	Title     string             `json:"title"`
	Case      string             `json:"case"`
	Measure   montecarlo.Measure `json:"measure"`
	Central   float64            `json:"central"` // with every input as it is; amounts in £
	Bars      []Bar              `json:"bars"`    // the largest swing first
	// Undefined names the inputs with which there is no such figure at one end
	// or the other: a rate of return where no capital is needed.
	Undefined []string `json:"undefined,omitempty"`
	Cautions  []string `json:"cautions,omitempty"`
}

// Bar is what one input does to the figure.
type Bar struct {
	Name      string  `json:"name"`
	LowLabel  string  `json:"low_label"`
	HighLabel string  `json:"high_label"`
	Low       float64 `json:"low"`   // the figure at the low value of the input
	High      float64 `json:"high"`  // at the high value
	Swing     float64 `json:"swing"` // from the lowest to the highest of low, central and high
}

// Tornado works a figure of the central projection out with each input at its
// low and at its high value, all others being as they are. Nil stands for
// [Inputs]. It takes no replications: figures are exact expectations, with caps
// applied to the expectation. So it says nothing of probabilities, and of
// the capital requirement what it would be if everything went as expected.
func Tornado(d *scenario.Document, inputs []Input, m montecarlo.Measure, o Options) (*Tornadoed, error) {
	if inputs == nil {
		inputs = Inputs(d)
	}
	p, err := o.programme(d)
	if err != nil {
		return nil, err
	}
	projection, err := montecarlo.Central(p)
	if err != nil {
		return nil, err
	}
	t := &Tornadoed{Programme: p.Name, Title: p.Title, Case: p.Case, Measure: m, Cautions: p.Cautions}
	for _, total := range projection.Totals {
		if total.Name == m.Name && total.Of == m.Of && total.Arm == m.Arm {
			t.Central, t.Measure = total.Value, total.Measure
		}
	}
	if _, ok := projection.Value(m); !ok {
		return nil, missing(p, m)
	}
	for _, input := range inputs {
		bar, ok, err := t.bar(d, input, o)
		if err != nil {
			return nil, fmt.Errorf("input %q: %w", input.Name, err)
		}
		if !ok {
			t.Undefined = append(t.Undefined, input.Name)
			continue
		}
		t.Bars = append(t.Bars, bar)
	}
	slices.SortStableFunc(t.Bars, func(a, b Bar) int { return cmp.Compare(b.Swing, a.Swing) })
	return t, nil
}

// missing says why a projection does not have a measure.
func missing(p *model.Programme, m montecarlo.Measure) error {
	if err := needDelivery(p); err != nil {
		return fmt.Errorf("the central projection has no %q: if it is a figure of capital, then because: %w", m, err)
	}
	return fmt.Errorf("the central projection has no %q", m)
}

// bar works one input out; ok tells whether there is a figure at both ends.
func (t *Tornadoed) bar(d *scenario.Document, input Input, o Options) (bar Bar, ok bool, err error) {
	low, lowLabel, ok1, err := t.end(d, input, input.Low, input.LowLabel, o)
	if err != nil {
		return bar, false, err
	}
	high, highLabel, ok2, err := t.end(d, input, input.High, input.HighLabel, o)
	if err != nil {
		return bar, false, err
	}
	swing := math.Max(t.Central, math.Max(low, high)) - math.Min(t.Central, math.Min(low, high))
	return Bar{input.Name, lowLabel, highLabel, low, high, swing}, ok1 && ok2, nil
}

// end works out the figure at one end of an input, and says what the input is
// there.
func (t *Tornadoed) end(d *scenario.Document, input Input, edits []scenario.Edit, label string, o Options) (value float64, text string, ok bool, err error) {
	p, err := o.programme(d, edits...)
	if err != nil {
		return 0, "", false, err
	}
	projection, err := montecarlo.Central(p)
	if err != nil {
		return 0, "", false, err
	}
	if input.value != nil {
		if now := input.value(p); now != "" {
			label = now
		}
	}
	value, ok = projection.Value(t.Measure)
	return value, label, ok, nil
}
