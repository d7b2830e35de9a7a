package sensitivity_test

import (
	"context"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
	"github.com/edgeofcare/edgeofcare/sensitivity/information"
)

// learned is a file in which the price of residential care, the share of avoided cost
// that is cashable and moves without the programme are uncertain, and no cap in £ lies
// between.
func learned(t *testing.T, more string) *scenario.Version {
	t.Helper()
	d, err := scenario.Read("learned.yaml", strings.NewReader(`
format: 1
programme: learned
title: Placements (invented)
start: 2026-04-01
end: 2028-03-31
price base: constant 2026/27 prices
evidence: {status: assumed, note: invented}
not in the ranges: the weather
commissioners: {Ashby: 60%, Birch: 40%}
states: {"foster, planned": {parent: foster}}
cohorts:
  step-down:
    referrals: {children: 30, from: 2026-04-01, to: 2027-03-31}
    start state: residential
    planned state: foster, planned
    lag: 4 weeks
    start probability: 70%
    tracking: 52 weeks
    failure: {hazard: 0.01, to: {residential: 70%, foster: 30%}}
    cashable share: {value: 80%, range: 60% to 95%}
background:
  residential: {foster: {value: 0.01, range: 0.003 to 0.03}, reunified: 0.002}
metrics:
  M1:
    cohorts: [step-down]
    trigger: {full weeks: {first payable week: 0 weeks, window: 52 weeks, cap per child: 52 weeks, interruption: ends}}
    tariff: 1900
payers: {commissioner: {share: 100%}}
unit costs:
  edge of care: 100
  residential: {value: 4000, range: 3000 to 5200}
  foster: 900
  reunified: 100
`+more))
	require.NoError(t, err)
	v, err := d.Version("")
	require.NoError(t, err)
	return v
}

func value(t *testing.T, v *scenario.Version, q sensitivity.Valuing) *sensitivity.Valued {
	t.Helper()
	if q.Run.Replications == 0 {
		q.Run.Replications = 1_000
	}
	q.Run.Seed = 1
	got, err := sensitivity.Value(context.Background(), v, q)
	require.NoError(t, err)
	return got
}

// Payoffs without a cap are exact, and the mean over draws is that of runs, whose present
// values by council add up to those of all. An option that is the same version under
// another name pays the same; of two the first is best.
func TestValueOfOptions(t *testing.T) {
	v := learned(t, "")
	dearer, err := v.With("", scenario.Set("metrics.M1.tariff", "2300"))
	require.NoError(t, err)
	got := value(t, v, sensitivity.Valuing{Choices: []sensitivity.Choice{{Name: "again", Version: v}, {Name: "dearer", Version: dearer}}})
	require.True(t, got.AllCare.Exact)
	require.Zero(t, got.AllCare.Noise)
	require.Zero(t, got.Impossible)
	require.Equal(t, "the weather", got.NotInRanges)
	require.Equal(t, 3, got.Inputs)
	run, err := montecarlo.Run(context.Background(), v, montecarlo.Options{Replications: 4_000, Seed: 9})
	require.NoError(t, err)
	for _, in := range []sensitivity.ValuedIn{got.AllCare, got.Cash} {
		require.Equal(t, []string{"do nothing", "run", "again", "dearer"}, []string{in.Options[0].Name, in.Options[1].Name, in.Options[2].Name, in.Options[3].Name})
		mean, ok := run.Totals.Of(in.Measure.Name)
		require.True(t, ok)
		one := in.Options[1]
		require.InDelta(t, mean.Mean, one.Payoff, 3.3*math.Hypot(one.StdErr, *mean.StdErr))
		require.Zero(t, in.Options[0].Payoff)
		require.Equal(t, one.Payoff, in.Options[2].Payoff)
		require.Greater(t, one.Best, 0.0)
		require.Equal(t, one.Best, in.Options[2].Best, "it is the same")
		require.Zero(t, in.Options[3].Best, "it pays more for the same")
		require.Greater(t, in.Perfect.Value, 0.0)
		require.InDelta(t, in.Perfect.Value, in.Options[in.Best].Loss, 1e-6)
		all := 0.0
		for _, council := range []string{"Ashby", "Birch"} {
			name := montecarlo.OwnValueNet
			if in.Measure.Name == montecarlo.ValueNetCashable {
				name = montecarlo.OwnValueNetCashable
			}
			own, ok := run.Totals.Of(name, council)
			require.True(t, ok)
			all += own.Mean
		}
		require.InDelta(t, mean.Mean, all, 0.01, "councils pay all here")
	}
	of := value(t, v, sensitivity.Valuing{Council: "Birch", Run: montecarlo.Options{Replications: 500}})
	require.Equal(t, montecarlo.OwnValueNet, of.AllCare.Measure.Name)
	require.Equal(t, "Birch", of.AllCare.Measure.Of)
	require.InDelta(t, 0.4, of.AllCare.Options[1].Payoff/value(t, v, sensitivity.Valuing{Run: montecarlo.Options{Replications: 500}}).AllCare.Options[1].Payoff, 1e-6, "Birch has 40% of the children")
}

// A payoff under a draw is what the central projection of the same values is.
func TestValueIsThatOfTheCentralProjection(t *testing.T) {
	v := learned(t, "")
	low, err := v.With("", scenario.Set("unit costs.residential", "{value: 3000, one of: {3000: 50%, 5200: 50%}}"),
		scenario.Set("background.residential.foster", "0.01"), scenario.Set("cohorts.step-down.cashable share", "80%"))
	require.NoError(t, err)
	got := value(t, low, sensitivity.Valuing{})
	at := func(price string) float64 {
		one, err := low.With("", scenario.Set("unit costs.residential", price))
		require.NoError(t, err)
		p, err := montecarlo.Central(one, contract.Constant)
		require.NoError(t, err)
		total, ok := p.Totals.Of(montecarlo.ValueNet)
		require.True(t, ok)
		return total.Value
	}
	a, b := at("3000"), at("5200")
	require.Less(t, a, 0.0)
	require.Greater(t, b, 0.0)
	run := got.AllCare.Options[1]
	require.InDelta(t, run.Best*b+(1-run.Best)*a, run.Payoff, 1, "the share of draws at each price")
	// Whoever knows the price runs it at the higher one alone.
	require.InDelta(t, run.Best*b-math.Max(0, run.Payoff), got.AllCare.Perfect.Value, 1)
	require.InDelta(t, got.AllCare.Perfect.Value, got.AllCare.Inputs[0].Value, 1, "there is no other input")
}

func worthOf(t *testing.T, all []sensitivity.InputWorth, name string) information.Worth {
	t.Helper()
	for _, w := range all {
		if w.Name == name {
			return w.Worth
		}
	}
	t.Fatalf("no input %q", name)
	return information.Worth{}
}

// The cashable share matters in cash alone, what a group tells is worth what its parts
// tell at least, and a study at most what it could tell with any number of children.
func TestValueOfLearning(t *testing.T) {
	const moves = "the rate of moves from residential to foster without the programme"
	v := learned(t, "")
	got := value(t, v, sensitivity.Valuing{
		Groups: []sensitivity.InputGroup{{Name: "both", Inputs: []string{"unit costs", "background.*.foster"}}},
		Studies: []sensitivity.Study{
			{Children: 20, Weeks: 26, Cost: decimal.NewFromInt(5_000)}, {Children: 200, Weeks: 26}, {Children: 200, Weeks: 52},
		},
		Run: montecarlo.Options{Replications: 2_000},
	})
	require.Greater(t, worthOf(t, got.Cash.Inputs, "the cashable share of step-down").Value, 1_000.0)
	require.Less(t, worthOf(t, got.AllCare.Inputs, "the cashable share of step-down").Value, 0.02*got.AllCare.Perfect.Value)
	for _, in := range []sensitivity.ValuedIn{got.AllCare, got.Cash} {
		require.Len(t, in.Groups, 1)
		for _, name := range []string{"the weekly cost of residential", moves} {
			require.LessOrEqual(t, worthOf(t, in.Inputs, name).Value, in.Groups[0].Value)
		}
		require.LessOrEqual(t, in.Groups[0].Value, in.Perfect.Value)
		rate := worthOf(t, in.Inputs, moves)
		for i, s := range in.Studies {
			require.LessOrEqual(t, s.Value, s.Most.Value)
			// All that a study can tell is one rate.
			require.InDelta(t, rate.Value, s.Most.Value, 3.3*math.Hypot(rate.StdErr, s.Most.StdErr)+0.02*in.Perfect.Value)
			if i > 0 {
				require.GreaterOrEqual(t, s.Value, in.Studies[i-1].Value)
			}
		}
		require.InDelta(t, in.Studies[0].Value-5_000, in.Studies[0].Gain, 1e-9)
		require.Equal(t, "20 children for 26 weeks", in.Studies[0].Name)
	}
	require.InDelta(t, got.AllCare.Perfect.Value, got.AllCare.Groups[0].Value, 0.05*got.AllCare.Perfect.Value, "the third input matters in cash alone")
}

// With a cap in £ payoffs are means over lives, whose noise is taken out.
func TestValueUnderACap(t *testing.T) {
	v := learned(t, "contract cap: 900000\n")
	got := value(t, v, sensitivity.Valuing{Lives: 2})
	require.False(t, got.AllCare.Exact)
	require.Equal(t, 2, got.Lives)
	free := value(t, learned(t, ""), sensitivity.Valuing{})
	require.Greater(t, got.AllCare.Options[1].Payoff, free.AllCare.Options[1].Payoff, "no more than the cap is paid")
	again := value(t, v, sensitivity.Valuing{Lives: 2, Run: montecarlo.Options{Workers: 3}})
	again.Version, got.Version = nil, nil
	require.Equal(t, got, again, "the number of workers changes nothing")
}

func TestValueFaults(t *testing.T) {
	v := learned(t, "")
	certain, err := v.Certain()
	require.NoError(t, err)
	for name, c := range map[string]struct {
		v    *scenario.Version
		q    sensitivity.Valuing
		says string
	}{
		"no version":   {nil, sensitivity.Valuing{}, "no version to run"},
		"certain":      {certain, sensitivity.Valuing{}, "there is nothing to learn"},
		"council":      {v, sensitivity.Valuing{Council: "Ashbey"}, `did you mean "Ashby"?`},
		"option twice": {v, sensitivity.Valuing{Choices: []sensitivity.Choice{{Name: "run", Version: v}}}, `option "run": the name is taken`},
		"no option":    {v, sensitivity.Valuing{Choices: []sensitivity.Choice{{Name: "x"}}}, `option "x": there is no version`},
		"sure option":  {v, sensitivity.Valuing{Choices: []sensitivity.Choice{{Name: "x", Version: certain}}}, `option "x": no input has a range`},
		"cash":         {v, sensitivity.Valuing{Run: montecarlo.Options{Prices: contract.Cash}}, "constant prices"},
		"fixed":        {v, sensitivity.Valuing{Run: montecarlo.Options{FixedRates: true}}, "nothing to learn"},
		"until":        {v, sensitivity.Valuing{Run: montecarlo.Options{Until: &montecarlo.Until{Share: 0.1}}}, "leave Run.Until"},
		"one life":     {v, sensitivity.Valuing{Lives: 1}, "give an even number"},
		"few draws":    {v, sensitivity.Valuing{Run: montecarlo.Options{Replications: 20}}, "give 200 or more"},
		"group":        {v, sensitivity.Valuing{Groups: []sensitivity.InputGroup{{Name: "g", Inputs: []string{"unit cost"}}}}, `group "g": there is no uncertain input called "unit cost"`},
		"no group":     {v, sensitivity.Valuing{Groups: []sensitivity.InputGroup{{Name: "g"}}}, `group "g" has no inputs`},
		"group twice":  {v, sensitivity.Valuing{Groups: []sensitivity.InputGroup{{Name: "the weekly cost of residential", Inputs: []string{"unit costs"}}}}, "the name is taken"},
		"no children":  {v, sensitivity.Valuing{Studies: []sensitivity.Study{{Weeks: 10}}}, "there must be 1 to 100,000 children"},
		"study twice":  {v, sensitivity.Valuing{Studies: []sensitivity.Study{{Children: 5, Weeks: 10}, {Children: 5, Weeks: 10}}}, "study of 5 children for 10 weeks is there twice"},
	} {
		if c.q.Run.Replications == 0 {
			c.q.Run.Replications = 200
		}
		_, err := sensitivity.Value(context.Background(), c.v, c.q)
		require.ErrorContains(t, err, c.says, name)
	}
	stopped, stop := context.WithCancel(context.Background())
	stop()
	_, err = sensitivity.Value(stopped, v, sensitivity.Valuing{})
	require.ErrorIs(t, err, context.Canceled)
}

// How long valuing DN2 takes, and beside a run of as many replications.
func BenchmarkValueOfDN2(b *testing.B) {
	v, err := open(b, "dn2").Version("medium")
	require.NoError(b, err)
	q := sensitivity.Valuing{Studies: []sensitivity.Study{{Children: 200, Weeks: 52}}, Run: montecarlo.Options{Seed: 1, Replications: 4_000}}
	start := time.Now()
	_, err = montecarlo.Run(context.Background(), v, montecarlo.Options{Seed: 1, Replications: 4_000, TotalsOnly: true})
	require.NoError(b, err)
	run := time.Since(start)
	for b.Loop() {
		_, err := sensitivity.Value(context.Background(), v, q)
		require.NoError(b, err)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(run.Nanoseconds()), "runs")
}
