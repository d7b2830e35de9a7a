package plot

import (
	"bytes"
	"context"
	"encoding/json"
	"image/color"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/plot/vg"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

func TestChartsOfCapital(t *testing.T) {
	cases := dn2Cases(t)
	t.Run("position", func(t *testing.T) {
		f, err := CapitalPosition(cases[1])
		drawn(t, "position", f, err)
	})
	t.Run("positions", func(t *testing.T) {
		f, err := CapitalPosition(cases...)
		drawn(t, "positions", f, err)
	})
	t.Run("requirement", func(t *testing.T) {
		f, err := CapitalRequirement(cases...)
		drawn(t, "requirement", f, err)
	})
	t.Run("returns", func(t *testing.T) {
		f, err := Returns("", cases...)
		drawn(t, "returns", f, err)
	})
	t.Run("returns of an investor", func(t *testing.T) {
		f, err := Returns("Polaris", cases[0])
		drawn(t, "returns-one", f, err)
		missed, ok := cases[0].Probabilities.Of(montecarlo.MissesHurdle, "Polaris")
		require.True(t, ok)
		assert.Equal(t, "Polaris is "+strconv.Itoa(int(math.Round(100*missed.Probability)))+"% likely to miss the 8% hurdle in the low case", f.Title)
		assert.Contains(t, f.Subtitle, "Internal rate of return of Polaris, % a year, real")
		_, err = Returns("nobody", cases[0])
		assert.ErrorContains(t, err, `no party called "nobody": the parties are consortium, Nottingham & Nottinghamshire Futures, Polaris`)
	})
}

func curve(t testing.TB, name string, values []float64, caseName string) *sensitivity.Curved {
	t.Helper()
	v := version(t, "dn2", caseName)
	drivers := dn2Drivers()
	i := slices.IndexFunc(drivers, func(d sensitivity.Driver) bool { return d.Name == name })
	require.GreaterOrEqual(t, i, 0)
	c, err := sensitivity.Curve(context.Background(), v, drivers[i], values,
		sensitivity.Options{Run: montecarlo.Options{Seed: 1, Replications: 60}})
	require.NoError(t, err)
	return c
}

// dn2Drivers are those of DN2, which take a hundred versions to find.
var dn2Drivers = sync.OnceValue(func() []sensitivity.Driver {
	d, err := scenario.Open("dn2")
	if err != nil {
		return nil
	}
	return sensitivity.Drivers(d)
})

func TestCurvesOfDN2(t *testing.T) {
	factors := []float64{0.85, 0.9, 0.95, 1, 1.05, 1.1}
	t.Run("shortfall", func(t *testing.T) {
		var all []*sensitivity.Curved
		for _, name := range []string{"low", "medium", "high"} {
			all = append(all, curve(t, sensitivity.DeliveryCost, factors, name))
		}
		f, err := ShortfallCurve(all...)
		drawn(t, "shortfalls", f, err)
		f, err = ShortfallCurve(all[1])
		drawn(t, "shortfall", f, err)
	})
	t.Run("saving", func(t *testing.T) {
		var all []*sensitivity.Curved
		for _, name := range []string{"low", "medium", "high"} {
			all = append(all, curve(t, sensitivity.ResidentialPrice, []float64{2000, 2500, 3000, 4000, 6000, 8000}, name))
		}
		f, err := SavingCurve(all[0])
		drawn(t, "savingcurve", f, err)
		f, err = SavingCurve(all...)
		drawn(t, "savingcurves", f, err)
	})
	t.Run("deadweight", func(t *testing.T) {
		var all []*sensitivity.Curved
		for _, name := range []string{"low", "medium", "high"} {
			all = append(all, curve(t, sensitivity.WithoutProgramme, []float64{0.25, 0.5, 0.75, 1, 2, 4}, name))
		}
		f, err := DeadweightCurve(all...)
		drawn(t, "deadweights", f, err)
		f, err = DeadweightCurve(all[0])
		drawn(t, "deadweight", f, err)
	})
}

// stressesOf puts every stress that fits on the medium case of DN2.
func stressesOf(t testing.TB) *sensitivity.Stresses {
	t.Helper()
	s, err := sensitivity.Stress(context.Background(), version(t, "dn2", "medium"), nil, sensitivity.Options{Run: montecarlo.Options{Seed: 1, Replications: 50}})
	require.NoError(t, err)
	return s
}

// Twenty stresses fit with names of any length, and one is enough. The unstressed
// case stands last.
func TestStressesOfDN2(t *testing.T) {
	s := stressesOf(t)
	f, err := Stresses(s)
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
	f, err = Stresses(&long)
	drawn(t, "stresses-long", f, err)
	long.Stressed = long.Stressed[:1]
	f, err = Stresses(&long)
	drawn(t, "stresses-one", f, err)
	s.Version.Programme.Facility = nil
	f, err = Stresses(&long)
	drawn(t, "stresses-unlimited", f, err)
	assert.NotContains(t, f.Alt(), "The facility is")
}

// Orange is worse, whichever side that is, and inputs that move nothing are not
// drawn.
func TestTornadoOfDN2(t *testing.T) {
	medium := version(t, "dn2", "medium")
	figures := map[string]*Figure{}
	for name, m := range map[string]montecarlo.Key{
		"surplus": {Name: montecarlo.Surplus}, "saving": {Name: montecarlo.NetPublic}, "requirement": {Name: montecarlo.CapitalRequirement},
		"rate": {Name: montecarlo.InternalRate, Of: finance.Consortium}, "payments": {Name: montecarlo.Payments},
	} {
		result, err := sensitivity.Tornado(medium, contract.Constant, nil, m.Name, m.Of)
		require.NoError(t, err)
		f, err := Tornado(result)
		drawn(t, "tornado-"+name, f, err)
		figures[name] = f
	}
	golden(t, "tornado", figures["surplus"])
	for name, sides := range map[string][2]string{"surplus": {"Worse", "Better"}, "requirement": {"Better", "Worse"}, "payments": {"Lower", "Higher"}} {
		r := &recorder{width: defaultWidth, height: defaultHeight}
		figures[name].draw(r)
		at := map[string]vg.Length{}
		for _, text := range r.texts {
			at[text.text] = text.box.Min.X
		}
		assert.NotZero(t, at[sides[0]], name)
		assert.Less(t, at[sides[0]], at[sides[1]], name)
	}
	assert.Regexp(t, `^Most depends on cost of delivery: from -£\d+k to £[\d.]+m$`, figures["surplus"].Title)
	assert.Contains(t, figures["surplus"].Note, "Little or no effect: cost of residential care")
	assert.Contains(t, figures["surplus"].Note, "Assumed, not published: delivery costs;")
	surplus := func(edits ...scenario.Edit) float64 {
		v, err := medium.With("", edits...)
		require.NoError(t, err)
		surplus, ok := central(t, v).Totals.Of(montecarlo.Surplus)
		require.True(t, ok)
		return surplus.Value
	}
	cheap, dear := surplus(scenario.Set("delivery.scale", "0.8")), surplus(scenario.Set("delivery.scale", "1.2"))
	assert.Contains(t, figures["surplus"].Alt(),
		"Unchanged: "+words.Pounds(surplus())+". Cost of delivery: "+words.Pounds(cheap)+" at × 0.8, "+words.Pounds(dear)+" at × 1.2.")
	assert.Equal(t, []any{"dn2", "medium", "cost of delivery", "low", "× 0.8", montecarlo.Surplus}, figures["surplus"].Rows[0][:6])
	assert.Equal(t, []any{"high", "× 1.2"}, figures["surplus"].Rows[1][3:5])
	assert.InDelta(t, cheap, figures["surplus"].Rows[0][6], 0.01)
	assert.InDelta(t, dear, figures["surplus"].Rows[1][6], 0.01)
}

// A bar whose ends are on one side of the central projection, or one of which is
// just there, has its labels apart.
func TestTornadoOfLopsidedInputs(t *testing.T) {
	one := &sensitivity.Tornadoed{Version: version(t, "dn2", "medium"), Measure: montecarlo.Key{Name: montecarlo.NetPublic, Unit: montecarlo.Pounds}, Central: 100e3, Bars: []sensitivity.Bar{
		{Name: "both above", LowLabel: "low", HighLabel: "high", Low: 150e3, High: 300e3, Swing: 200e3},
		{Name: "one at the centre", LowLabel: "low", HighLabel: "high", Low: 100e3, High: 20e3, Swing: 80e3},
		{Name: "none", Low: 100e3, High: 100e3},
	}}
	f, err := Tornado(one)
	drawn(t, "tornado-lopsided", f, err)
	assert.Len(t, f.Rows, 6)
	one.Bars = one.Bars[2:]
	_, err = Tornado(one)
	assert.ErrorContains(t, err, `no input moves "net public saving"`)
	_, err = Tornado(&sensitivity.Tornadoed{})
	assert.ErrorContains(t, err, "there is no input to draw")
}

// What is drawn of capital is what the result says of it.
func TestCapitalAgreesWithTheResult(t *testing.T) {
	cases := dn2Cases(t)
	for _, r := range cases {
		one, err := newPosition(r)
		require.NoError(t, err)
		surplus, ok := r.Totals.Of(montecarlo.Surplus)
		require.True(t, ok)
		last := len(one.at) - 1
		assert.InDelta(t, surplus.Central, one.central[last], 0.01)
		assert.InDelta(t, surplus.Quantiles[2].Value, one.quantiles[3][last], 0.01) // median
		lowest := slices.Min(one.central)
		requirement, ok := r.Totals.Of(montecarlo.CapitalRequirement)
		require.True(t, ok)
		assert.InDelta(t, requirement.Central, -lowest, 0.01)

		rates, err := newRates(r, finance.Consortium)
		require.NoError(t, err)
		ranked, ok := r.Ranked.Of(montecarlo.InternalRate, finance.Consortium)
		require.True(t, ok)
		assert.InDelta(t, 1-ranked.Defined, share(rates.without, rates.n), 1e-12)
		assert.InDelta(t, *ranked.Quantiles[2].Value, rates.median, 1e-9)
	}

	f, err := CapitalPosition(cases[1])
	require.NoError(t, err)
	medium, err := newPosition(cases[1])
	require.NoError(t, err)
	assert.Contains(t, f.Alt(), "at "+words.Pounds(slices.Min(medium.quantiles[3]))+",")
	assert.Contains(t, f.Alt(), "The facility is £884,831.")
	assert.Contains(t, f.Note, "Assumed, not published: delivery costs; payment terms and disallowed claims")
	var table strings.Builder
	require.NoError(t, f.Write(&table, CSV))
	// The central projection: three of the six months of mobilisation, £35,000 in all.
	assert.Regexp(t, `\nmedium,Q1 2020/21,.*,-17499.99\n`, table.String())
	assert.Regexp(t, `\nmedium,Q2 2020/21,.*,-35000\n`, table.String())
	assert.Regexp(t, `\nmedium,end,`, table.String())
	f, err = CapitalRequirement(cases...)
	require.NoError(t, err)
	short, _ := cases[1].Probabilities.Of(montecarlo.FacilityShort, "")
	assert.Regexp(t, `^The £885k facility is \d\d% \(low\) to \d\d% \(high\) likely to be too small$`, f.Title)
	assert.Contains(t, f.Alt(), "its facility of £884,831 is too small in "+strconv.FormatFloat(math.Round(1000*short.Probability)/10, 'f', -1, 64)+"% of them")
	f, err = Returns("", cases...)
	require.NoError(t, err)
	missed, _ := cases[1].Probabilities.Of(montecarlo.MissesHurdle, finance.Consortium)
	assert.Contains(t, f.Alt(), "of all replications "+strconv.FormatFloat(math.Round(1000*missed.Probability)/10, 'f', -1, 64)+"% miss the hurdle of 8%, ")
	assert.Contains(t, f.Note, "the hurdle; delivery costs;")
}

// One replication is enough to draw, and so is a facility without a limit.
func TestLittleCapital(t *testing.T) {
	medium := version(t, "dn2", "medium")
	r := run(t, medium, 1)
	for range 2 {
		f, err := CapitalPosition(r)
		drawn(t, "position-one", f, err)
		f, err = CapitalRequirement(r)
		drawn(t, "requirement-one", f, err)
		f, err = Returns("", r)
		drawn(t, "returns-little", f, err)
		medium.Programme.Facility = nil
	}
}

// A curve of one point, or of none beside the case as it is, can be drawn.
func TestCurvesOfOnePoint(t *testing.T) {
	for _, values := range [][]float64{{}, {0.9}} {
		c := curve(t, sensitivity.DeliveryCost, values, "medium")
		for name, draw := range map[string]func(...*sensitivity.Curved) (*Figure, error){
			"shortfall": ShortfallCurve, "saving": SavingCurve,
		} {
			f, err := draw(c)
			drawn(t, name+"-one", f, err)
		}
	}
	c := curve(t, sensitivity.DeliveryCost, []float64{0.9, 1.1}, "medium")
	_, err := DeadweightCurve(c)
	assert.ErrorContains(t, err, `"cost of delivery" does not change deadweight`)
	other := *c
	other.Driver.Name = "tariffs"
	_, err = ShortfallCurve(c, &other)
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
	medium, bare := version(t, "dn2", "medium"), version(t, "essex-mst", "")
	bare.Programme.Delivery, bare.Programme.Facility = nil, nil
	without, whole := run(t, bare, 4), run(t, medium, 4)
	text, err := json.Marshal(whole)
	require.NoError(t, err)
	var read montecarlo.Result
	require.NoError(t, json.Unmarshal(text, &read))
	for _, draw := range []drawer{
		CapitalPosition, CapitalRequirement,
		func(results ...*montecarlo.Result) (*Figure, error) { return Returns("", results...) },
	} {
		_, err = draw(without)
		assert.ErrorIs(t, err, finance.ErrNoDelivery)
		_, err = draw(whole, without)
		assert.ErrorIs(t, err, finance.ErrNoDelivery)
		_, err = draw(&read)
		assert.ErrorContains(t, err, "run it again")
		_, err = draw()
		assert.ErrorContains(t, err, "there is no result")
		_, err = draw(nil)
		assert.ErrorContains(t, err, "result 1 is missing")
		_, err = draw(&montecarlo.Result{})
		assert.ErrorContains(t, err, "result 1 has no programme")
	}
	ofTotals, err := montecarlo.Run(context.Background(), medium, montecarlo.Options{Replications: 4, TotalsOnly: true})
	require.NoError(t, err)
	_, err = CapitalPosition(ofTotals)
	assert.ErrorContains(t, err, "run it without Options.TotalsOnly")

	_, err = ShortfallCurve()
	assert.ErrorContains(t, err, "there is no curve")
	_, err = ShortfallCurve(nil)
	assert.ErrorContains(t, err, "curve 1 is missing")
	_, err = ShortfallCurve(&sensitivity.Curved{Version: bare})
	assert.ErrorIs(t, err, finance.ErrNoDelivery)
	_, err = ShortfallCurve(&sensitivity.Curved{})
	assert.ErrorContains(t, err, "curve 1 has no programme")
	_, err = Stresses(nil)
	assert.ErrorContains(t, err, "there is no stress")
	_, err = Stresses(&sensitivity.Stresses{Version: bare, Stressed: make([]sensitivity.Stressed, 1)})
	assert.ErrorIs(t, err, finance.ErrNoDelivery)
	_, err = Stresses(&sensitivity.Stresses{Stressed: make([]sensitivity.Stressed, 1)})
	assert.ErrorContains(t, err, "the stresses have no programme")
	_, err = Tornado(nil)
	assert.ErrorContains(t, err, "there is no input to draw")
	_, err = Tornado(&sensitivity.Tornadoed{Bars: make([]sensitivity.Bar, 1)})
	assert.ErrorContains(t, err, "the inputs have no programme")
}

// The shortfall is said along its driver, with the cost in £, and as one number
// nowhere.
func TestShortfallIsNoOneNumber(t *testing.T) {
	medium := version(t, "dn2", "medium")
	c := curve(t, sensitivity.DeliveryCost, []float64{0.9, 1, 1.1}, "medium")
	f, err := ShortfallCurve(c)
	require.NoError(t, err)
	assert.Contains(t, f.Alt(), "Medium: ")
	assert.Contains(t, f.Alt(), "at × 0.9, ")
	cost := costOf(medium.Programme, c)(1)
	r, err := montecarlo.Run(context.Background(), medium, montecarlo.Options{Seed: 1, Replications: 60, TotalsOnly: true})
	require.NoError(t, err)
	total, ok := r.Totals.Of(montecarlo.DeliveryCost)
	require.True(t, ok)
	assert.InDelta(t, total.Mean, cost, 1, "the mean cost is the result's")
	assert.Len(t, f.Rows, 3)
	assert.InDelta(t, 0.9*cost, f.Rows[0][5], 1e-6)
	assert.NotContains(t, f.Title+f.Subtitle, "4")
	require.NoError(t, f.Write(io.Discard, CSV))
}

// Where versions differ in their facility or hurdle, each is held against its own.
func TestLimitsOfEachVersion(t *testing.T) {
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	var results []*montecarlo.Result
	for _, name := range []string{"medium", "medium + {facility.investors.*.commitment*=2} + {facility.hurdle=20%}"} {
		v, err := d.Version(name)
		require.NoError(t, err)
		results = append(results, run(t, v, 100))
	}
	first := committed(results[0].Version.Programme)

	f, err := CapitalRequirement(results...)
	require.NoError(t, err)
	rows := table(t, f)
	for i, row := range rows {
		pounds, err := strconv.ParseFloat(row["facility, £"], 64)
		require.NoError(t, err)
		require.InDelta(t, float64(i+1)*first, pounds, 0.01)
		beyond, err := strconv.ParseFloat(row["probability that the facility is too small"], 64)
		require.NoError(t, err)
		short, ok := results[i].Probabilities.Of(montecarlo.FacilityShort, "")
		require.True(t, ok)
		require.InDelta(t, short.Probability, beyond, 1e-9)
	}
	require.NotContains(t, f.Summary, "The facility is")
	require.Contains(t, f.Summary, "its facility of "+words.Pounds(2*first)+" is too small in ")

	f, err = Returns("", results...)
	require.NoError(t, err)
	rows = table(t, f)
	require.Equal(t, []string{"8", "20"}, []string{rows[0]["hurdle, %"], rows[1]["hurdle, %"]})

	f, err = CapitalPosition(results...)
	require.NoError(t, err)
	require.NotContains(t, f.Summary, "The facility is")

	v, err := d.Version("medium + {metrics.*.target.units=100}")
	require.NoError(t, err)
	_, err = Achievements(results[0], run(t, v, 20))
	require.ErrorContains(t, err, "the target of M1 step-down is not the same in all versions: draw them one at a time")
}

// Limits that are not the same in all versions are said for each.
func TestLimitsThatDifferAreSaid(t *testing.T) {
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	var results []*montecarlo.Result
	var curves []*sensitivity.Curved
	delivery := curve(t, sensitivity.DeliveryCost, []float64{1}, "medium").Driver
	for _, name := range []string{"medium", "medium + {contract cap=8000000} + {facility.investors.*.commitment*=2}", "medium + {contract cap=none}"} {
		v, err := d.Version(name)
		require.NoError(t, err)
		results = append(results, run(t, v, 20))
		one, err := sensitivity.Curve(context.Background(), v, delivery, []float64{0.9, 1.1}, fewRuns)
		require.NoError(t, err)
		curves = append(curves, one)
	}
	names := versionNames(results)
	f, err := CumulativePayments(results...)
	require.NoError(t, err)
	require.Contains(t, f.Summary, "The contract cap differs: £9,123,323 in "+names[0]+", £8,000,000 in "+names[1]+", none in "+names[2]+".")
	f, err = CumulativePayments(results[0], results[0])
	require.NoError(t, err)
	require.Contains(t, f.Summary, "The contract cap is £9,123,323.")
	f, err = CumulativePayments(results[2])
	require.NoError(t, err)
	require.NotContains(t, f.Summary, "The contract cap")

	// The facility is £884,831, and twice that.
	differs := "The facility differs: £884,831 in " + names[0] + ", £1,769,662 in " + names[1] + ", £884,831 in " + names[2] + "."
	f, err = ShortfallCurve(curves...)
	require.NoError(t, err)
	require.Contains(t, f.Summary, differs)
	f, err = CapitalPosition(results...)
	require.NoError(t, err)
	require.Contains(t, f.Summary, differs)

	// Each panel has the line of its own cap, and none if there is none.
	f, err = CumulativePayments(results...)
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, f.Write(&b, SVG))
	require.Equal(t, 1, strings.Count(b.String(), `aria-label="Contract cap £9.12m"`))
	require.Equal(t, 1, strings.Count(b.String(), `aria-label="Contract cap £8.00m"`))
	require.Equal(t, 2, strings.Count(b.String(), `aria-label="Contract cap`))
	drawn(t, "cumulative-caps", f, nil)
}

// The title says what was reached of targets, where there are some: 4,553 of 8,840
// weeks are 51.5% and 1,062 of 8,840 are 12.0%; Norfolk's 145,852 days are 87.4% of
// 166,784. Where nothing is published it says how far from the target the case ends.
func TestTitleOfAchievements(t *testing.T) {
	for name, want := range map[string]string{
		"norfolk":            `^87% of the target had been reached by September 2024; the base case ends at 1\d\d%$`,
		"dn2":                `^No metric had passed 52% of its target by June 2024; in the base case none passes [78]\d%$`,
		"pyramid":            `^Published results are (below|at least those of) the base case in \d of 4 metrics$`,
		"cheshire-west":      `^The base case reaches no target and comes to \d\d% of one at most$`,
		"newpin":             `^The base case passes the target of 400 for restorations by \d+%$`,
		"essex-mst":          `^The base case reaches [\d,]+ days$`,
		"staffordshire-ifss": `^2 of 5 metrics had reached target by June 2024, the lowest 25%; the base case ends with 2$`,
	} {
		f, err := Achievements(run(t, version(t, name, ""), 20))
		require.NoError(t, err)
		require.Regexp(t, want, f.Title)
	}
}

// Charts of published figures have nothing of a model in them, on the canvas, in
// words or at the foot.
func TestPublishedCharts(t *testing.T) {
	p := version(t, "dn2", "").Programme
	payments, err := PublishedPayments(p)
	drawn(t, "published-payments", payments, err)
	achievements, err := PublishedAchievements(p)
	drawn(t, "published-achievements", achievements, err)
	programmes, err := PublishedProgrammes(p, version(t, "pyramid", "").Programme)
	drawn(t, "published-programmes", programmes, err)
	for _, f := range []*Figure{payments, achievements, programmes} {
		require.NotRegexp(t, `(?i)model|simulat|replication|assum|seed|medium`, f.Alt())
		require.Contains(t, f.Note, "INDIGO")
	}
	// Payments by quarter sum to what is published, £4,102,992.
	paid := 0.0
	for _, row := range payments.Rows {
		if row[0] == "Actual" {
			paid += row[2].(float64)
		}
	}
	require.InDelta(t, 4_102_992, paid, 0.5)
	require.Equal(t, "No metric had passed 52% of its target by June 2024; the lowest had 12% of it", achievements.Title)
	require.Len(t, achievements.Rows, 4)
	require.Equal(t, []any{"M2 foster stability", "published", "weeks", 4_553.0, 4_553.0, 8_840, "2024-06-30"}, achievements.Rows[1][:7])
	for _, row := range programmes.Rows {
		require.True(t, math.IsNaN(row[7].(float64)) && math.IsNaN(row[8].(float64)), "nothing is modelled")
	}
	pyramid, err := PublishedAchievements(version(t, "pyramid", "").Programme)
	require.NoError(t, err)
	// 16 of 92 are 17.4%.
	require.Equal(t, "16 of 92 service users had been reached, 17% of the target", pyramid.Title)
	// What the title says is drawn, and the metrics, which count the same children, on its scale.
	require.Equal(t, []any{"all service users", "published", "service users", 16.0, 16.0, 92}, pyramid.Rows[len(pyramid.Rows)-1][:6])
	require.Contains(t, pyramid.Summary, "All service users: published 16, target 92.")
	for _, panel := range pyramid.Panels {
		require.Equal(t, 1.0, panel.Plot.X.Max, "no bar is longer than the target of all")
	}
	require.Contains(t, pyramid.Subtitle, "on one scale")
	// Cheshire West was paid £964k in all, and in the quarters of its first plan £709k
	// of £4.10m.
	payments, err = PublishedPayments(version(t, "cheshire-west", "").Programme)
	require.NoError(t, err)
	require.Equal(t, "£709k was paid in the quarters of plan 1, 17% of the £4.10m planned", payments.Title)
	_, err = PublishedPayments(version(t, "essex-mst", "").Programme)
	require.ErrorContains(t, err, `no plans or payments of programme "essex-mst" are published: write them under published`)
	_, err = PublishedAchievements(version(t, "norfolk", "").Programme)
	require.ErrorContains(t, err, "no results")
	for _, f := range []func() (*Figure, error){
		func() (*Figure, error) { return PublishedPayments(nil) }, func() (*Figure, error) { return PublishedAchievements(nil) },
		func() (*Figure, error) { return PublishedProgrammes() }, func() (*Figure, error) { return PublishedProgrammes(nil) },
	} {
		_, err := f()
		require.Error(t, err)
	}
}

// Plans have colours of their own, however many there are.
func TestPlanColours(t *testing.T) {
	seen := map[color.NRGBA]int{}
	for i := range 40 {
		c := planColour(i)
		before, twice := seen[c]
		require.False(t, twice, "plans %d and %d", before, i)
		require.NotContains(t, []color.NRGBA{ink, alert, light, middle, dark, paper}, c)
		// Neighbours are told apart: some channel differs by a sixth of its range.
		if i > 0 {
			b := planColour(i - 1)
			apart := max(math.Abs(float64(c.R)-float64(b.R)), math.Abs(float64(c.G)-float64(b.G)), math.Abs(float64(c.B)-float64(b.B)))
			require.Greater(t, apart, 255.0/6, "plans %d and %d", i-1, i)
		}
		seen[c] = i
	}
}

// The fan is each replication's lowest in a quarter, found here path by path: of 1,000
// replications the median is the 500th.
func TestPositionIsTheTroughOfEachQuarter(t *testing.T) {
	r := dn2Cases(t)[1]
	o, err := newPosition(r)
	require.NoError(t, err)
	series, days, err := dailyOf(r, montecarlo.Position)
	require.NoError(t, err)
	for n, quarter := range o.quarters[:len(o.quarters)-1] {
		var lowest []float64
		for _, path := range r.Paths(series.Name, series.Of) {
			low := math.Inf(1)
			for d, day := range days {
				if day.Quarter() == quarter {
					low = min(low, path[d])
				}
			}
			lowest = append(lowest, low)
		}
		slices.Sort(lowest)
		require.Equal(t, lowest[(len(lowest)+1)/2-1], o.quantiles[3][n], quarter)
	}
	require.IsIncreasing(t, o.at)
}

// Stresses stand in the group that their chances put them in: at least five points
// likelier than without stress, at least five less likely, or neither.
func TestStressesAreGrouped(t *testing.T) {
	s := *stressesOf(t)
	s.Unstressed.Short.Probability = 0.30
	s.Stressed = slices.Clone(s.Stressed[:4])
	for i, p := range []float64{0.36, 0.34, 0.26, 0.20} {
		s.Stressed[i].Short.Probability = p
	}
	f, err := Stresses(&s)
	drawn(t, "stresses-grouped", f, err)
	group := map[string]string{}
	for _, row := range f.Rows {
		group[row[0].(string)] = row[len(row)-1].(string)
	}
	require.Equal(t, map[string]string{
		words.Capital(s.Stressed[0].Name): "Likelier too small", words.Capital(s.Stressed[1].Name): "As likely too small",
		words.Capital(s.Stressed[2].Name): "As likely too small", words.Capital(s.Stressed[3].Name): "Less likely too small", "Without stress": "",
	}, group)
	require.Regexp(t, "^Worst alone(,| is) "+words.Small(s.Stressed[0].Name)+`: (the )?facility (is 36% likely to be too small|too small in 36%)$`, f.Title)
	s.Stressed = s.Stressed[1:]
	f, err = Stresses(&s)
	drawn(t, "stresses-none", f, err)
	require.Equal(t, "No stress of 3 makes the £885k facility likelier to be too small", f.Title)
}

// The tail that an axis leaves out holds one replication in a hundred: of 1 to 99 and
// one at 10,000 the last alone. An axis without a tail is whole.
func TestCutOfRidges(t *testing.T) {
	var values []float64
	for i := range 99 {
		values = append(values, float64(i+1))
	}
	plain := ridges{tails: true, rows: []ridge{newRidge(slices.Clone(values), 1)}}
	low, high := plain.cut()
	require.True(t, math.IsInf(low, -1) && math.IsInf(high, 1))
	require.Empty(t, plain.cutSaid())
	tailed := ridges{tails: true, rows: []ridge{newRidge(append(values, 10_000), 1)}}
	low, high = tailed.cut()
	require.True(t, math.IsInf(low, -1))
	require.Equal(t, 99.0, high)
	require.Contains(t, tailed.cutSaid(), "1 in 100")
	tailed.tails = false
	require.Empty(t, tailed.cutSaid())
	// A tail that passes the threshold is drawn, as its share is said beside the row.
	passing := ridges{tails: true, threshold: 5_000, rows: []ridge{newRidge(append(slices.Clone(values), 10_000), 1)}}
	require.Empty(t, passing.cutSaid())
	passing.threshold = 20_000
	require.Contains(t, passing.cutSaid(), "1 in 100", "beyond all of them")
}

// A total loss is the lowest rate there is: what smoothing puts below -100% is folded back,
// the area stays 1, and no tick is below.
func TestRatesAreNotBelowATotalLoss(t *testing.T) {
	values := []float64{-1, -1, -1, -0.9, -0.7, -0.2, 0, 0.1, 0.2}
	smooth := newRidge(slices.Clone(values), 0.0005)
	require.Less(t, smooth.x[0], -1.0)
	r := smooth.notBelow(-1)
	require.InDelta(t, -1, r.x[0], 0)
	area := func(r ridge) (sum float64) {
		for i := 1; i < len(r.x); i++ {
			sum += (r.x[i] - r.x[i-1]) * (r.density[i] + r.density[i-1]) / 2
		}
		return sum
	}
	require.InDelta(t, area(smooth), area(r), 0.01)
	for _, tick := range rateTicks().Ticks(-1.3, 0.4) {
		require.GreaterOrEqual(t, tick.Value, -1.0)
	}
	// 39 of 40 is 97.5%, 1 of 300 a third of one per cent, 1 of 8 12.5%.
	require.Equal(t, []string{"all", "none", "nearly all", "hardly any", "13%"}, []string{howMany(3, 3), howMany(0, 3), howMany(39, 40), howMany(1, 300), howMany(1, 8)})
}

// Nothing passes a bound, which is rounded up; counts have whole ticks.
func TestBoundsAndCountsOfAchievements(t *testing.T) {
	require.Equal(t, []string{"85%", "84%", "100%"}, []string{atMost(0.842), atMost(0.84), atMost(0.9999)})
	for _, most := range []float64{1, 3, 9, 12} {
		for _, tick := range (numberTicks{write: countLabels, whole: true, steps: 5}).Ticks(0, most) {
			require.Zero(t, math.Mod(tick.Value, 1), "%v to %v", tick.Value, most)
		}
	}
}
