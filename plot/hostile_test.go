package plot

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	gonum "gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
	"github.com/edgeofcare/edgeofcare/sensitivity/information"
)

// A chart of nothing, or of something of which a part is missing, is an error or a
// figure that can be written.
func TestChartsOfNothing(t *testing.T) {
	v := version(t, "dn2", "base")
	bare := &scenario.Version{Programme: &model.Programme{}}
	whole, err := montecarlo.Run(context.Background(), v, montecarlo.Options{Replications: 3})
	require.NoError(t, err)
	totals, err := montecarlo.Run(context.Background(), v, montecarlo.Options{Replications: 3, TotalsOnly: true})
	require.NoError(t, err)
	other, err := montecarlo.Run(context.Background(), version(t, "norfolk", ""), montecarlo.Options{Replications: 3})
	require.NoError(t, err)
	emptied := *whole
	emptied.Totals, emptied.Probabilities, emptied.Ranked, emptied.Quarterly, emptied.Yearly, emptied.Daily = nil, nil, nil, nil, nil, nil
	projection := central(t, v)
	var half montecarlo.Result
	half.Version = bare
	var halfProjection montecarlo.Projection
	halfProjection.Version = bare
	results := map[string][]*montecarlo.Result{
		"none": nil, "nil": {nil}, "zero": {{}}, "half": {&half}, "emptied": {&emptied}, "totals": {totals}, "one missing": {whole, nil},
		"another's": {whole, other}, "one emptied": {whole, &emptied}, "one of totals": {whole, totals},
	}
	projections := map[string][]*montecarlo.Projection{"none": nil, "nil": {nil}, "zero": {{}}, "half": {&halfProjection}, "one missing": {projection, nil}}
	curves := map[string][]*sensitivity.Curved{
		"none": nil, "nil": {nil}, "zero": {{}}, "half": {{Version: bare}}, "no points": {{Version: v}},
		"a zero point": {{Version: v, Points: make([]sensitivity.Point, 1)}}, "points that are none": {{Version: v, Points: []sensitivity.Point{{Value: math.NaN()}, {Value: math.Inf(1)}}}},
	}
	check := func(name string, draw func() (*Figure, error)) {
		t.Run(name, func(t *testing.T) {
			require.NotPanics(t, func() {
				f, err := draw()
				if err != nil {
					require.Nil(t, f)
					require.NotEmpty(t, err.Error())
					return
				}
				for _, format := range []Format{SVG, PNG, PDF, CSV} {
					_ = f.Write(io.Discard, format)
				}
				_, _ = f.Alt(), f.Replaced()
			})
		})
	}
	for given, list := range results {
		for name, draw := range map[string]func(...*montecarlo.Result) (*Figure, error){
			"Achievements": Achievements, "CapitalPosition": CapitalPosition, "CapitalRequirement": CapitalRequirement,
			"CumulativePayments": CumulativePayments, "NetSaving": NetSaving, "Payments": Payments,
			"CouncilWaterfall": func(all ...*montecarlo.Result) (*Figure, error) { return CouncilWaterfall("nobody", all...) },
			"Returns":          func(all ...*montecarlo.Result) (*Figure, error) { return Returns("nobody", all...) },
			"SavesMoreThan": func(all ...*montecarlo.Result) (*Figure, error) {
				if len(all) == 0 {
					return nil, errors.New("no result")
				}
				return SavesMoreThan(all[len(all)-1])
			},
			"Waterfall": func(all ...*montecarlo.Result) (*Figure, error) {
				if len(all) == 0 {
					return nil, errors.New("no result")
				}
				return Waterfall(all[len(all)-1])
			},
		} {
			check(name+" "+given, func() (*Figure, error) { return draw(list...) })
		}
	}
	for given, list := range projections {
		check("Programmes "+given, func() (*Figure, error) { return Programmes(list...) })
		for _, p := range list {
			check("Occupancy "+given, func() (*Figure, error) { return Occupancy("nobody", p) })
			check("Survival "+given, func() (*Figure, error) { return Survival("", p) })
		}
	}
	for given, list := range curves {
		check("DeadweightCurve "+given, func() (*Figure, error) { return DeadweightCurve(list...) })
		check("SavingCurve "+given, func() (*Figure, error) { return SavingCurve(list...) })
		check("ShortfallCurve "+given, func() (*Figure, error) { return ShortfallCurve(list...) })
	}
	for given, s := range map[string]*sensitivity.Stresses{"nil": nil, "zero": {}, "half": {Version: bare}, "zeros": {Version: v, Stressed: make([]sensitivity.Stressed, 2)}} {
		check("Stresses "+given, func() (*Figure, error) { return Stresses(s) })
	}
	nan := math.NaN()
	for given, s := range map[string]*sensitivity.Tornadoed{
		"nil": nil, "zero": {}, "half": {Version: bare}, "zeros": {Version: v, Bars: make([]sensitivity.Bar, 2)},
		"none": {Version: v, Central: nan, Bars: []sensitivity.Bar{{Name: "a", Low: nan, High: math.Inf(1), Swing: nan}}},
	} {
		check("Tornado "+given, func() (*Figure, error) { return Tornado(s) })
	}
	two := []information.Option{{Name: "a"}, {Name: "b"}}
	for given, s := range map[string]*sensitivity.Valued{
		"nil": nil, "zero": {}, "half": {Version: bare}, "one option": {Version: v, Cash: sensitivity.ValuedIn{Options: two}},
		"none": {Version: v, Cash: sensitivity.ValuedIn{Options: two, Perfect: information.Worth{Value: nan}}, AllCare: sensitivity.ValuedIn{Options: two}},
	} {
		check("Value "+given, func() (*Figure, error) { return Value(s, false) })
	}
}

// A figure of nothing, of no size or of one beyond all paper is an error.
func TestFiguresOfNothing(t *testing.T) {
	empty := func() *Figure { return &Figure{Panels: []Panel{{Plot: gonum.New()}}} }
	for name, f := range map[string]*Figure{"nil": nil, "zero": {}, "no plot": {Panels: make([]Panel, 2)}} {
		for _, format := range []Format{SVG, PNG, PDF, "parchment", ""} {
			require.NotPanics(t, func() { require.Error(t, f.Write(new(bytes.Buffer), format), "%s %s", name, format) }, "%s %s", name, format)
		}
		require.NotPanics(t, func() { _, _ = f.Alt(), f.Replaced() }, name)
	}
	for _, format := range []Format{SVG, PNG, PDF, CSV} {
		require.NotPanics(t, func() { require.ErrorContains(t, empty().Write(nil, format), "writer") }, format)
		if format == CSV {
			continue // numbers have no size
		}
		for _, size := range []float64{math.NaN(), math.Inf(1), math.MaxFloat64, -1, 1} {
			f := empty()
			f.Width, f.Height = vg.Length(size), vg.Length(size)
			require.NotPanics(t, func() { require.Error(t, f.Write(new(bytes.Buffer), format)) }, "%s %v", format, size)
		}
	}
}
