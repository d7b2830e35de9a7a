package plot

import (
	"context"
	"encoding/json"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

func TestChartsOfCapital(t *testing.T) {
	dn2, cases := programme(t, "dn2", "base"), dn2Cases(t)
	t.Run("position", func(t *testing.T) {
		f, err := CapitalPosition(dn2, cases[1])
		drawn(t, "position", f, err)
	})
	t.Run("positions", func(t *testing.T) {
		f, err := CapitalPosition(dn2, cases...)
		drawn(t, "positions", f, err)
	})
	t.Run("requirement", func(t *testing.T) {
		f, err := CapitalRequirement(dn2, cases...)
		drawn(t, "requirement", f, err)
	})
	t.Run("returns", func(t *testing.T) {
		f, err := Returns(dn2, "", cases...)
		drawn(t, "returns", f, err)
	})
	t.Run("returns of an investor", func(t *testing.T) {
		f, err := Returns(dn2, "Polaris", cases[0])
		drawn(t, "returns-one", f, err)
		assert.Equal(t, "Internal rate of return of Polaris", f.Title)
		_, err = Returns(dn2, "nobody", cases[0])
		assert.ErrorContains(t, err, `no party called "nobody": the parties are consortium, Nottingham & Nottinghamshire Futures, Polaris`)
	})
}

func curve(t testing.TB, name string, values []float64, caseName string) *sensitivity.Curved {
	t.Helper()
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	i := slices.IndexFunc(sensitivity.Drivers(d), func(d sensitivity.Driver) bool { return d.Name == name })
	require.GreaterOrEqual(t, i, 0)
	c, err := sensitivity.Curve(context.Background(), d, sensitivity.Drivers(d)[i], values,
		sensitivity.Options{Case: caseName, Run: montecarlo.Options{Seed: 1, Replications: 300}})
	require.NoError(t, err)
	return c
}

func TestCurvesOfDN2(t *testing.T) {
	dn2 := programme(t, "dn2", "medium")
	factors := []float64{0.85, 0.9, 0.95, 1, 1.05, 1.1}
	t.Run("shortfall", func(t *testing.T) {
		var all []*sensitivity.Curved
		for _, name := range []string{"low", "medium", "high"} {
			all = append(all, curve(t, sensitivity.DeliveryCost, factors, name))
		}
		f, err := ShortfallCurve(dn2, all...)
		drawn(t, "shortfalls", f, err)
		f, err = ShortfallCurve(dn2, all[1])
		drawn(t, "shortfall", f, err)
	})
	t.Run("saving", func(t *testing.T) {
		var all []*sensitivity.Curved
		for _, name := range []string{"low", "medium", "high"} {
			all = append(all, curve(t, sensitivity.ResidentialPrice, []float64{2000, 2500, 3000, 4000, 6000, 8000}, name))
		}
		f, err := SavingCurve(dn2, all[0])
		drawn(t, "savingcurve", f, err)
		f, err = SavingCurve(dn2, all...)
		drawn(t, "savingcurves", f, err)
	})
	t.Run("deadweight", func(t *testing.T) {
		var all []*sensitivity.Curved
		for _, name := range []string{"low", "medium", "high"} {
			all = append(all, curve(t, sensitivity.WithoutProgramme, []float64{0.25, 0.5, 0.75, 1, 2, 4}, name))
		}
		f, err := DeadweightCurve(dn2, all...)
		drawn(t, "deadweights", f, err)
		f, err = DeadweightCurve(dn2, all[0])
		drawn(t, "deadweight", f, err)
	})
}

// stressesOf puts every stress that fits on the medium case of DN2.
func stressesOf(t testing.TB) *sensitivity.Stresses {
	t.Helper()
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	s, err := sensitivity.Stress(context.Background(), d, nil, sensitivity.Options{Case: "medium", Run: montecarlo.Options{Seed: 1, Replications: 150}})
	require.NoError(t, err)
	return s
}

// Twenty stresses fit with names of any length, and one is enough. The unstressed
// case stands last.
func TestStressesOfDN2(t *testing.T) {
	p, s := programme(t, "dn2", "medium"), stressesOf(t)
	f, err := Stresses(p, s)
	drawn(t, "stresses", f, err)
	require.GreaterOrEqual(t, len(s.Stressed), 20)
	assert.Len(t, f.Rows, len(s.Stressed)+1)
	assert.Equal(t, "All at once", f.Rows[0][0])
	last := f.Rows[len(s.Stressed)]
	assert.Equal(t, "Without stress", last[0])
	assert.InDelta(t, s.Unstressed.Surplus.Mean, last[7].(float64), 1e-9)
	assert.Contains(t, f.Alt(), "All at once: facility needed £3,")
	assert.Contains(t, f.Alt(), "The facility is £884,831.")

	long := *s
	long.Stressed = slices.Clone(s.Stressed)
	for i := range long.Stressed {
		long.Stressed[i].Name += strings.Repeat(" and again", i)
	}
	f, err = Stresses(p, &long)
	drawn(t, "stresses-long", f, err)
	long.Stressed = long.Stressed[:1]
	f, err = Stresses(p, &long)
	drawn(t, "stresses-one", f, err)
	p.Facility = nil
	f, err = Stresses(p, &long)
	drawn(t, "stresses-unlimited", f, err)
	assert.NotContains(t, f.Alt(), "The facility is")
}

// Orange is worse, whichever side that is, and inputs that move nothing are not
// drawn.
func TestTornadoOfDN2(t *testing.T) {
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	p := programme(t, "dn2", "medium")
	figures := map[string]*Figure{}
	for name, m := range map[string]montecarlo.Measure{
		"surplus": {Name: montecarlo.Surplus}, "saving": {Name: montecarlo.NetPublic}, "requirement": {Name: montecarlo.CapitalRequirement},
		"rate": {Name: montecarlo.InternalRate, Of: finance.Consortium}, "payments": {Name: montecarlo.Payments},
	} {
		result, err := sensitivity.Tornado(d, nil, m, sensitivity.Options{Case: "medium"})
		require.NoError(t, err)
		f, err := Tornado(p, result)
		drawn(t, "tornado-"+name, f, err)
		figures[name] = f
	}
	golden(t, "tornado", figures["surplus"])
	assert.Equal(t, "Worse", figures["surplus"].Key[0].Label)
	assert.Equal(t, "Better", figures["requirement"].Key[0].Label)
	assert.Equal(t, "Lower", figures["payments"].Key[0].Label)
	assert.Contains(t, figures["surplus"].Note, "Little or no effect: cost of residential care")
	assert.Contains(t, figures["surplus"].Note, "Assumed, not published: delivery costs;")
	surplus := func(edits ...scenario.Edit) float64 {
		p, err := d.Programme("medium", edits...)
		require.NoError(t, err)
		central, err := montecarlo.Central(p)
		require.NoError(t, err)
		v, _ := central.Value(montecarlo.Measure{Name: montecarlo.Surplus})
		return v
	}
	cheap, dear := surplus(scenario.Set("delivery.scale", "0.8")), surplus(scenario.Set("delivery.scale", "1.2"))
	assert.Contains(t, figures["surplus"].Alt(),
		"Unchanged: "+words.Pounds(surplus())+". Cost of delivery: "+words.Pounds(cheap)+" at × 0.8, "+words.Pounds(dear)+" at × 1.2.")
	assert.Equal(t, []any{"cost of delivery", "× 0.8"}, figures["surplus"].Rows[0][:2])
	assert.InDelta(t, cheap, figures["surplus"].Rows[0][2], 0.01)
}

// A bar whose ends are on one side of the central projection, or one of which is
// just there, has its labels apart.
func TestTornadoOfLopsidedInputs(t *testing.T) {
	p := programme(t, "dn2", "medium")
	one := &sensitivity.Tornadoed{Measure: montecarlo.Measure{Name: montecarlo.NetPublic}, Central: 100e3, Bars: []sensitivity.Bar{
		{Name: "both above", LowLabel: "low", HighLabel: "high", Low: 150e3, High: 300e3, Swing: 200e3},
		{Name: "one at the centre", LowLabel: "low", HighLabel: "high", Low: 100e3, High: 20e3, Swing: 80e3},
		{Name: "none", Low: 100e3, High: 100e3},
	}}
	f, err := Tornado(p, one)
	drawn(t, "tornado-lopsided", f, err)
	assert.Len(t, f.Rows, 3)
	one.Bars = one.Bars[2:]
	_, err = Tornado(p, one)
	assert.ErrorContains(t, err, `no input moves "net public saving"`)
	_, err = Tornado(p, &sensitivity.Tornadoed{})
	assert.ErrorContains(t, err, "there is no input to draw")
}

// What is drawn of capital is what the result says of it.
func TestCapitalAgreesWithTheResult(t *testing.T) {
	p, cases := programme(t, "dn2", "base"), dn2Cases(t)
	for _, r := range cases {
		one, err := newPosition(p, r)
		require.NoError(t, err)
		surplus, ok := r.Total(montecarlo.Surplus, "")
		require.True(t, ok)
		last := len(one.at) - 1
		assert.InDelta(t, surplus.Central, one.central[last], 0.01)
		assert.InDelta(t, surplus.Quantiles[2].Value, one.quantiles[3][last], 0.01) // median
		lowest := slices.Min(one.central)
		requirement, ok := r.Total(montecarlo.CapitalRequirement, "")
		require.True(t, ok)
		assert.InDelta(t, requirement.Central, -lowest, 0.01)

		rates, err := newRates(r, finance.Consortium)
		require.NoError(t, err)
		ranked, ok := r.Rank(montecarlo.InternalRate, finance.Consortium)
		require.True(t, ok)
		assert.InDelta(t, 1-ranked.Defined, rates.without, 1e-12)
		assert.InDelta(t, *ranked.Quantiles[2].Value, rates.median, 1e-9)
	}

	f, err := CapitalPosition(p, cases[1])
	require.NoError(t, err)
	medium, err := newPosition(p, cases[1])
	require.NoError(t, err)
	assert.Contains(t, f.Alt(), "at "+words.Pounds(slices.Min(medium.quantiles[3]))+",")
	assert.Contains(t, f.Alt(), "The facility is £884,831.")
	assert.Contains(t, f.Note, "Assumed, not published: delivery costs; payment terms and disallowed claims")
	var table strings.Builder
	require.NoError(t, f.Write(&table, CSV))
	assert.Contains(t, table.String(), "\nmedium,2020-04-30,-5833.33,") // a sixth of the mobilisation
	f, err = CapitalRequirement(p, cases...)
	require.NoError(t, err)
	above := 0
	for _, need := range cases[1].Values(montecarlo.Measure{Name: montecarlo.CapitalRequirement}) {
		if need > 884_831 {
			above++
		}
	}
	assert.Contains(t, f.Alt(), "above the facility in "+strconv.FormatFloat(float64(above)/10, 'f', -1, 64)+"% of them")
	f, err = Returns(p, "", cases...)
	require.NoError(t, err)
	missed, _ := cases[1].Probability(montecarlo.MissesHurdle, finance.Consortium)
	assert.Contains(t, f.Alt(), "of all replications "+strconv.FormatFloat(math.Round(1000*missed.Probability)/10, 'f', -1, 64)+"% miss the hurdle of 8%, ")
	assert.Contains(t, f.Note, "the hurdle; delivery costs;")
}

// One replication is enough to draw, and so is a facility without a limit.
func TestLittleCapital(t *testing.T) {
	p := programme(t, "dn2", "medium")
	r := run(t, p, 1)
	for range 2 {
		f, err := CapitalPosition(p, r)
		drawn(t, "position-one", f, err)
		f, err = CapitalRequirement(p, r)
		drawn(t, "requirement-one", f, err)
		f, err = Returns(p, "", r)
		drawn(t, "returns-little", f, err)
		p.Facility = nil
	}
}

// A curve of one point, or of none beside the case as it is, can be drawn.
func TestCurvesOfOnePoint(t *testing.T) {
	p := programme(t, "dn2", "medium")
	for _, values := range [][]float64{{}, {0.9}} {
		c := curve(t, sensitivity.DeliveryCost, values, "medium")
		for name, draw := range map[string]func(*model.Programme, ...*sensitivity.Curved) (*Figure, error){
			"shortfall": ShortfallCurve, "saving": SavingCurve,
		} {
			f, err := draw(p, c)
			drawn(t, name+"-one", f, err)
		}
	}
	c := curve(t, sensitivity.DeliveryCost, []float64{0.9, 1.1}, "medium")
	_, err := DeadweightCurve(p, c)
	assert.ErrorContains(t, err, `"cost of delivery" does not change deadweight`)
	other := *c
	other.Driver.Name = sensitivity.Tariffs
	_, err = ShortfallCurve(p, c, &other)
	assert.ErrorContains(t, err, "draw one driver at a time")
}

// The range of a probability is wide where it is 0 or 1 too, and holds it.
func TestMonteCarloRange(t *testing.T) {
	low, high := within95(0, 1000)
	assert.InDelta(t, 0, low, 1e-12)
	assert.InDelta(t, 0.0038, high, 1e-4)
	low, high = within95(0.5, 1000)
	assert.InDelta(t, 0.5-1.96*math.Sqrt(0.25/1000), low, 1e-3)
	assert.InDelta(t, 1, low+high, 1e-12)
}

// What cannot be drawn says what to do about it.
func TestCapitalThatCannotBeDrawn(t *testing.T) {
	p := programme(t, "dn2", "medium")
	bare := programme(t, "essex-mst", "")
	bare.Delivery, bare.Facility = nil, nil
	without := run(t, bare, 4)
	text, err := json.Marshal(run(t, p, 4))
	require.NoError(t, err)
	var read montecarlo.Result
	require.NoError(t, json.Unmarshal(text, &read))
	for _, draw := range []func(*model.Programme, ...*montecarlo.Result) (*Figure, error){
		CapitalPosition, CapitalRequirement,
		func(p *model.Programme, results ...*montecarlo.Result) (*Figure, error) {
			return Returns(p, "", results...)
		},
	} {
		_, err = draw(bare, without)
		assert.ErrorIs(t, err, finance.ErrNoDelivery)
		_, err = draw(p, &read)
		assert.ErrorContains(t, err, "run it again")
		_, err = draw(p)
		assert.ErrorContains(t, err, "there is no result")
		_, err = draw(nil, without)
		assert.ErrorContains(t, err, "there is no programme")
	}
	ofTotals, err := montecarlo.Run(context.Background(), p, montecarlo.Options{Replications: 4, TotalsOnly: true})
	require.NoError(t, err)
	_, err = CapitalPosition(p, ofTotals)
	assert.ErrorContains(t, err, "run it without Options.TotalsOnly")

	_, err = ShortfallCurve(p)
	assert.ErrorContains(t, err, "there is no curve")
	_, err = ShortfallCurve(p, nil)
	assert.ErrorContains(t, err, "curve 1 is missing")
	_, err = ShortfallCurve(p, &sensitivity.Curved{})
	assert.ErrorIs(t, err, finance.ErrNoDelivery)
	_, err = Stresses(p, nil)
	assert.ErrorContains(t, err, "there is no stress")
	_, err = Stresses(p, &sensitivity.Stresses{Stressed: make([]sensitivity.Stressed, 1)})
	assert.ErrorIs(t, err, finance.ErrNoDelivery)
}

// The shortfall is said along its driver, with the cost in £, and as one number
// nowhere.
func TestShortfallIsNoOneNumber(t *testing.T) {
	p := programme(t, "dn2", "medium")
	c := curve(t, sensitivity.DeliveryCost, []float64{0.9, 1, 1.1}, "medium")
	f, err := ShortfallCurve(p, c)
	require.NoError(t, err)
	assert.Contains(t, f.Alt(), "Medium: ")
	assert.Contains(t, f.Alt(), "at × 0.9, ")
	cost := costOf(p, c)(1)
	total, ok := run(t, p, 300).Total(montecarlo.DeliveryCost, "")
	require.True(t, ok)
	assert.InDelta(t, total.Mean, cost, 1, "the mean cost is the result's")
	assert.Len(t, f.Rows, 3)
	assert.InDelta(t, 0.9*cost, f.Rows[0][5], 1e-6)
	assert.NotContains(t, f.Title+f.Subtitle, "4")
	require.NoError(t, f.Write(io.Discard, CSV))
}
