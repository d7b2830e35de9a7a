package sensitivity

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Tornadoed is how much a figure of the central projection depends on each of
// several inputs, one at a time.
type Tornadoed struct {
	Programme string             `json:"programme"`
	Title     string             `json:"title"`
	Case      string             `json:"case"`
	Measure   montecarlo.Measure `json:"measure"`
	Central   float64            `json:"central"` // with every input as it is; amounts in £
	Bars      []Bar              `json:"bars"`    // the largest swing first
	// Undefined names the inputs that have no such figure at one end or the
	// other: there is no rate of return where no capital is needed.
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

// Tornado works out a figure of the central projection with each input at its
// low and at its high value, all others being as they are. Nil inputs stand for
// [Inputs]. There are no replications: figures are exact expectations, with caps
// applied to the expectation. So a tornado says nothing of probabilities, and its
// capital requirement is what it would be if everything went as expected.
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
	central, ok := projected(projection, m)
	if !ok {
		return nil, missing(p, m)
	}
	t := &Tornadoed{Programme: p.Name, Title: p.Title, Case: p.Case, Measure: central.Measure, Central: central.Value, Cautions: p.Cautions}
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

// projected returns the total of a measure, whatever unit it was asked for in,
// and whether the projection has it.
func projected(p *montecarlo.Projection, m montecarlo.Measure) (montecarlo.Projected, bool) {
	for _, total := range p.Totals {
		if total.Name == m.Name && total.Of == m.Of && total.Arm == m.Arm {
			return total, true
		}
	}
	return montecarlo.Projected{}, false
}

// missing says why a projection does not have a measure.
func missing(p *model.Programme, m montecarlo.Measure) error {
	if m.OfCapital() {
		if err := needDelivery(p); err != nil {
			return fmt.Errorf("the central projection has no %q: %w", m, err)
		}
	}
	return fmt.Errorf("the central projection has no %q", m)
}

// bar works out one input; ok reports whether there is a figure at both ends.
func (t *Tornadoed) bar(d *scenario.Document, input Input, o Options) (bar Bar, ok bool, err error) {
	bar = Bar{Name: input.Name}
	var low, high bool
	if bar.Low, bar.LowLabel, low, err = t.end(d, input, input.Low, input.LowLabel, o); err != nil {
		return bar, false, err
	}
	if bar.High, bar.HighLabel, high, err = t.end(d, input, input.High, input.HighLabel, o); err != nil {
		return bar, false, err
	}
	bar.Swing = max(t.Central, bar.Low, bar.High) - min(t.Central, bar.Low, bar.High)
	return bar, low && high, nil
}

// end works out the figure at one end of an input, and writes what the input is
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
		label = cmp.Or(input.value(p), label)
	}
	value, ok = projection.Value(t.Measure)
	return value, label, ok, nil
}
