package sensitivity

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Tornadoed is how much a figure of the central projection depends on each of
// several inputs, one at a time.
type Tornadoed struct {
	Version *scenario.Version `json:"version"`
	Measure montecarlo.Key    `json:"measure"`
	Prices  contract.Prices   `json:"prices"`  // that amounts and rates are in
	Central float64           `json:"central"` // with every input as it is; amounts in £
	Bars    []Bar             `json:"bars"`    // the largest swing first
	// Undefined names the inputs that have no such figure at one end or the
	// other: there is no rate of return where no capital is needed.
	Undefined []string `json:"undefined,omitempty"`
	// LeftOut are the inputs of [Inputs] that have no bar because they cannot be
	// changed in this programme, each with the reason.
	LeftOut []Input `json:"left_out,omitempty"`
	// Unmoved are the settings of the register of inputs that no bar moves, of
	// [TornadoOfRanges].
	Unmoved []model.Path `json:"unmoved,omitempty"`
}

// Bar is what one input does to the figure.
type Bar struct {
	Name      string  `json:"name"`
	LowLabel  string  `json:"low_label"`
	HighLabel string  `json:"high_label"`
	Low       float64 `json:"low"`   // the figure at the low value of the input
	High      float64 `json:"high"`  // at the high value
	Swing     float64 `json:"swing"` // from the lowest to the highest of low, central and high
	// Range is whose range it is, of a bar of [TornadoOfRanges]; empty elsewhere.
	Range RangeOf `json:"range,omitempty"`
	// Input is the uncertain input, where the range is its own.
	Input *model.Uncertain `json:"input,omitempty"`
}

// Tornado works out a figure of the central projection with each input at its
// low and at its high value, all others being as they are. The figure is that of
// a measure and of what it is of, as [montecarlo.List] takes them, in one kind of
// prices. Nil inputs
// stand for [Inputs]. There are no replications: figures are exact expectations,
// with caps applied to the expectation. So a tornado says nothing of
// probabilities, and its capital requirement is what it would be if everything
// went as expected.
func Tornado(v *scenario.Version, prices contract.Prices, inputs []Input, measure string, of ...string) (*Tornadoed, error) {
	if err := runnable(v); err != nil {
		return nil, err
	}
	if v.Document() == nil {
		return nil, scenario.ErrNoDocument
	}
	var left []Input
	common := inputs == nil
	if common {
		inputs, left = inputsOf(v.Document())
	}
	projection, err := montecarlo.Central(v, prices)
	if err != nil {
		return nil, err
	}
	central, ok := projection.Totals.Of(measure, of...)
	if !ok {
		return nil, missing(v.Programme, measure, of)
	}
	t := &Tornadoed{Version: projection.Version, Prices: prices, Measure: central.Key, Central: central.Value, LeftOut: left}
	for _, input := range inputs {
		bar, ok, err := t.bar(input)
		if err != nil && common { // it fits every case, and not what is put on top
			input.LeftOut = firstFault("", err).Error()
			t.LeftOut = append(t.LeftOut, input)
			continue
		}
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
func missing(p *model.Programme, measure string, of []string) error {
	m, err := montecarlo.MeasureOf(measure)
	if err != nil {
		return err
	}
	if (montecarlo.Key{Name: m.Name}).NeedsDelivery() {
		if err := needDelivery(p); err != nil {
			return fmt.Errorf("the central projection has no %q: %w", measure, err)
		}
	}
	return fmt.Errorf("the central projection has no %q", strings.Join(append([]string{measure}, of...), ", "))
}

// bar works out one input; ok reports whether there is a figure at both ends.
func (t *Tornadoed) bar(input Input) (bar Bar, ok bool, err error) {
	bar = Bar{Name: input.Name}
	var low, high bool
	if bar.Low, bar.LowLabel, low, err = t.end(input, input.Low, input.LowLabel); err != nil {
		return bar, false, err
	}
	if bar.High, bar.HighLabel, high, err = t.end(input, input.High, input.HighLabel); err != nil {
		return bar, false, err
	}
	bar.Swing = max(t.Central, bar.Low, bar.High) - min(t.Central, bar.Low, bar.High)
	return bar, low && high, nil
}

// end works out the figure at one end of an input, and writes what the input is
// there.
func (t *Tornadoed) end(input Input, edits []scenario.Edit, label string) (value float64, text string, ok bool, err error) {
	v, err := t.Version.With("", edits...)
	if err != nil {
		return 0, "", false, err
	}
	projection, err := montecarlo.Central(v, t.Prices)
	if err != nil {
		return 0, "", false, err
	}
	if input.value != nil {
		label = cmp.Or(input.value(v.Programme), label)
	}
	total, ok := projection.Totals.Of(t.Measure.Name, t.Measure.Of, t.Measure.Arm)
	return total.Value, label, ok, nil
}
