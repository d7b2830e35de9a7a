package markov_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model/markov"
)

func TestRates(t *testing.T) {
	one := func(p []float64, err error) (float64, error) {
		if err != nil {
			return 0, err
		}
		return p[0], nil
	}
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		name string
		rate func() (float64, error)
		want float64
		err  string
	}{
		{"half gone within 26", func() (float64, error) { return one(markov.WithinCycles(26, 0.5)) }, 1 - math.Pow(0.5, 1.0/26), ""},
		{"within one cycle is itself", func() (float64, error) { return one(markov.WithinCycles(1, 0.3, 0.7)) }, 0.3, ""},
		{"nobody leaves", func() (float64, error) { return one(markov.WithinCycles(26, 0, 0)) }, 0, ""},
		{"all gone", func() (float64, error) { return one(markov.WithinCycles(26, 0.9, 0.1)) }, 0, "the sum of the probabilities is 1: must be below 1 (at most 1 within one cycle), those who stayed left out"},
		{"sum over 1", func() (float64, error) { return one(markov.WithinCycles(1, 0.75, 0.5)) }, 0, "the sum of the probabilities is 1.25: must be below 1 (at most 1 within one cycle), those who stayed left out"},
		{"not a number", func() (float64, error) { return one(markov.WithinCycles(5, nan)) }, 0, "a probability is NaN: must be from 0 to 1"},
		{"no cycles", func() (float64, error) { return one(markov.WithinCycles(0, 0.5)) }, 0, "the number of cycles is 0: must be 1 or more"},
		{"80% still there at 104", func() (float64, error) { return markov.StillThere(104, 0.8) }, 1 - math.Pow(0.8, 1.0/104), ""},
		{"all still there", func() (float64, error) { return markov.StillThere(104, 1) }, 0, ""},
		{"none there after one", func() (float64, error) { return markov.StillThere(1, 0) }, 1, ""},
		{"none there after two", func() (float64, error) { return markov.StillThere(2, 0) }, 0, "the share still there is 0: must be above 0 (from 0 after one cycle) and at most 1"},
		{"share over 1", func() (float64, error) { return markov.StillThere(2, 1.5) }, 0, "the share still there is 1.5: must be above 0 (from 0 after one cycle) and at most 1"},
		{"share not a number", func() (float64, error) { return markov.StillThere(2, nan) }, 0, "the share still there is NaN: must be above 0 (from 0 after one cycle) and at most 1"},
		{"still there, no cycles", func() (float64, error) { return markov.StillThere(-1, 0.5) }, 0, "the number of cycles is -1: must be 1 or more"},
		{"annual rate", func() (float64, error) { return markov.AnnualRate(0.5, markov.WeeksPerYear) }, 1 - math.Exp(-0.5/52.18), ""},
		{"annual rate above 1", func() (float64, error) { return markov.AnnualRate(3, 1) }, 1 - math.Exp(-3), ""},
		{"rate below 0", func() (float64, error) { return markov.AnnualRate(-1, 52) }, 0, "the annual rate is -1: must be 0 or more, and finite"},
		{"rate infinite", func() (float64, error) { return markov.AnnualRate(inf, 52) }, 0, "the annual rate is +Inf: must be 0 or more, and finite"},
		{"no cycles a year", func() (float64, error) { return markov.AnnualRate(1, 0) }, 0, "the cycles per year is 0: must be above 0, and finite"},
		{"mean stay", func() (float64, error) { return markov.MeanStay(40) }, 0.025, ""},
		{"mean stay too short", func() (float64, error) { return markov.MeanStay(0.5) }, 0, "the mean stay in cycles is 0.5: must be 1 or more, and finite"},
		{"mean stay not a number", func() (float64, error) { return markov.MeanStay(nan) }, 0, "the mean stay in cycles is NaN: must be 1 or more, and finite"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := c.rate()
			if c.err != "" {
				require.EqualError(t, err, c.err)
			} else {
				require.NoError(t, err)
			}
			require.InDelta(t, c.want, got, 1e-14)
			require.False(t, math.Signbit(got), "no probability is -0")
		})
	}
}

// What goes in over n cycles comes out of a model followed for n cycles.
func TestRatesComeBackFromTheModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 200).Draw(t, "n")
		p := rapid.SliceOfN(rapid.Float64Range(0, 0.3), 3, 3).Draw(t, "p")
		weekly, err := markov.WithinCycles(n, p...)
		require.NoError(t, err)
		leaving, err := markov.StillThere(n, 1-p[0]-p[1]-p[2])
		require.NoError(t, err)
		require.InDelta(t, leaving, weekly[0]+weekly[1]+weekly[2], 1e-12)

		tr := trace(t, markov.Model{
			States: []string{"here", "x", "y", "z"},
			Rows: map[string]markov.Row{"here": {{Moves: []markov.Move{
				{To: "x", Probability: weekly[0]}, {To: "y", Probability: weekly[1]}, {To: "z", Probability: weekly[2]},
			}}}},
			Start:  map[string]float64{"here": 1},
			Cycles: n,
		})
		for i, s := range []string{"x", "y", "z"} {
			require.InDelta(t, p[i], tr.Occupancy(s)[n], 1e-12)
		}
	})
}

func TestMeanStayIsTheMean(t *testing.T) {
	leave, err := markov.MeanStay(30)
	require.NoError(t, err)
	tr := trace(t, markov.Model{
		States: []string{"here", "gone"},
		Rows:   map[string]markov.Row{"here": {{Moves: []markov.Move{{To: "gone", Probability: leave}}}}},
		Start:  map[string]float64{"here": 1},
		Cycles: 2000,
	})
	stay := amount(t, tr, markov.Value{PerCycle: map[string]float64{"here": 1}}, markov.Convention{Counting: markov.CountAtStart})
	require.InDelta(t, 30, stay, 1e-9)
}

func TestRatesAreProbabilitiesOrErrors(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int().Draw(t, "n")
		x, y := drawAnyFloat(t), drawAnyFloat(t)
		check := func(p float64, err error) {
			if err == nil {
				require.True(t, p >= 0 && p <= 1, "%v", p)
			}
		}
		causes, err := markov.WithinCycles(n, x, y)
		for _, p := range causes {
			check(p, err)
		}
		check(markov.StillThere(n, x))
		check(markov.AnnualRate(x, y))
		check(markov.MeanStay(x))
	})
}

// drawAnyFloat favours the numbers that break things.
func drawAnyFloat(t *rapid.T) float64 {
	return rapid.OneOf(
		rapid.SampledFrom([]float64{0, 1, -1, math.NaN(), math.Inf(1), math.Inf(-1), math.MaxFloat64, 5e-324, 1 - 1e-16}),
		rapid.Float64Range(0, 1),
		rapid.Float64(),
	).Draw(t, "float")
}
