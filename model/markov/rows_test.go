package markov_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model/markov"
)

// In whatever cycles, the share that is alive after a whole number of years is that of
// the life table; between, the force of mortality is constant.
func TestLifeTableKeepsItsYears(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := rapid.SliceOfN(rapid.Float64Range(0, 0.9), 1, 6).Draw(t, "q")
		perYear := rapid.SampledFrom([]float64{1, 2, 4, 12, 52, markov.WeeksPerYear, 365.25}).Draw(t, "cycles per year")
		row, err := markov.LifeTable("dead", perYear, q...)
		require.NoError(t, err)
		require.NoError(t, row.Validate())
		alive := func(time float64) float64 {
			s := 1.0
			for i := 0; time > 0; i++ {
				s *= math.Pow(1-q[min(i, len(q)-1)], min(1, time))
				time--
			}
			return s
		}
		s := 1.0
		for cycle := range int(math.Ceil(float64(len(q)+2) * perYear)) {
			require.InDelta(t, alive(float64(cycle)/perYear), s, 1e-12, "cycle %d", cycle)
			s *= 1 - row.Leave(cycle, 0)
		}
	})
}

func TestLifeTableByHand(t *testing.T) {
	row, err := markov.LifeTable("dead", 1, 0.1, 0.1, 0.3, 1)
	require.NoError(t, err)
	require.Equal(t, markov.Row{
		{Since: markov.Span{To: 2}, Moves: to("dead", 0.1)[0].Moves},
		{Since: markov.Span{From: 2, To: 3}, Moves: to("dead", 0.3)[0].Moves},
		{Since: markov.Span{From: 3}, Moves: to("dead", 1)[0].Moves},
	}, row)
	quarterly, err := markov.LifeTable("dead", 4, 0.19)
	require.NoError(t, err)
	require.Len(t, quarterly, 1)
	require.InDelta(t, 1-math.Pow(0.81, 0.25), quarterly.Leave(17, 3), 1e-15)
}

// The share that has stayed is the law's, at every cycle: no mid-point.
func TestWeibullKeepsItsLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shape := rapid.Float64Range(0.2, 5).Draw(t, "shape")
		scale := rapid.Float64Range(0.5, 200).Draw(t, "scale")
		cycles := rapid.IntRange(1, 80).Draw(t, "cycles")
		row, err := markov.Weibull("b", shape, scale, cycles)
		require.NoError(t, err)
		require.NoError(t, row.Validate())
		s := 1.0
		for k := range cycles {
			s *= 1 - row.Leave(0, k)
			require.InDelta(t, math.Exp(-math.Pow(float64(k+1)/scale, shape)), s, 1e-12)
		}
		require.Equal(t, row.Leave(0, cycles-1), row.Leave(99, cycles+50))
	})
	row, err := markov.Weibull("b", 700, 1e-3, 5) // more hazard than there are numbers
	require.NoError(t, err)
	require.Equal(t, 1.0, row.Leave(0, 4))
}

// Both rows act at all clocks, each as if it stood alone.
func TestAndActsAsBoth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(to string) markov.Row {
			row := drawTiling(t)
			for i := range row {
				row[i].Moves = []markov.Move{{To: to, Probability: rapid.Float64Range(0, 0.3).Draw(t, "p")}, {To: "both", Probability: rapid.Float64Range(0, 0.2).Draw(t, "p")}}
			}
			return row
		}
		a, b := draw("a"), draw("b")
		both := a.And(b)
		require.NoError(t, both.Validate())
		for since := range 12 {
			for in := range 12 {
				p := map[string]float64{}
				for _, m := range both.At(since, in) {
					p[m.To] += m.Probability
				}
				require.Len(t, both.At(since, in), 3)
				require.Equal(t, a.At(since, in)[0].Probability, p["a"])
				require.Equal(t, b.At(since, in)[0].Probability, p["b"])
				require.Equal(t, a.At(since, in)[1].Probability+b.At(since, in)[1].Probability, p["both"])
			}
		}
		require.Equal(t, a, a.And(nil))
		require.Equal(t, a, markov.Row(nil).And(a))
	})
}

// The logarithm of what stays is multiplied, and every destination keeps its share.
func TestHazardRatio(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		row := drawRow(t, []string{"a", "b", "c"}, "a")
		ratio := rapid.Float64Range(0.001, 10).Draw(t, "ratio")
		scaled, err := row.HazardRatio(ratio)
		require.NoError(t, err)
		require.NoError(t, scaled.Validate())
		for i, p := range row {
			leave, leaves := p.Moves[0].Probability+p.Moves[1].Probability, scaled[i].Moves[0].Probability+scaled[i].Moves[1].Probability
			require.InDelta(t, math.Pow(1-leave, ratio), 1-leaves, 1e-12)
			require.InDelta(t, p.Moves[0].Probability*leaves, scaled[i].Moves[0].Probability*leave, 1e-12)
		}
	})
	same, err := to("b", 1).HazardRatio(3)
	require.NoError(t, err)
	require.Equal(t, to("b", 1), same)
}

func TestRowsFaults(t *testing.T) {
	for _, c := range []struct {
		name string
		make func() (markov.Row, error)
		want string
	}{
		{"no years", func() (markov.Row, error) { return markov.LifeTable("dead", 1) }, "the number of years in the life table is 0"},
		{"a percentage", func() (markov.Row, error) { return markov.LifeTable("dead", 1, 0.1, 2) }, "the probability in year 1 of the life table is 2: must be from 0"},
		{"certain death in months", func() (markov.Row, error) { return markov.LifeTable("dead", 12, 1) }, "from 0 to below 1 (to 1 in yearly cycles)"},
		{"cycles of years", func() (markov.Row, error) { return markov.LifeTable("dead", 0.5, 0.1) }, "the cycles per year is 0.5: must be from 1"},
		{"shape", func() (markov.Row, error) { return markov.Weibull("b", 0, 1, 5) }, "the shape is 0: must be above 0"},
		{"scale", func() (markov.Row, error) { return markov.Weibull("b", 1, math.NaN(), 5) }, "the scale in cycles is NaN"},
		{"cycles", func() (markov.Row, error) { return markov.Weibull("b", 1, 1, 0) }, "the number of cycles is 0"},
		{"ratio", func() (markov.Row, error) { return to("b", 0.1).HazardRatio(-1) }, "the hazard ratio is -1: must be 0 or more"},
		{"ratio of certainty", func() (markov.Row, error) { return to("b", 1).HazardRatio(0) }, "must be above 0 where everyone leaves within a cycle"},
		{"a row that is none", func() (markov.Row, error) { return to("b", 2).HazardRatio(1) }, "the probability of moving to \"b\" is 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			row, err := c.make()
			require.Nil(t, row)
			require.ErrorContains(t, err, c.want)
		})
	}
	require.ErrorContains(t, to("b", 0.7).And(to("c", 0.7)).Validate(), "sum to 1.4")
}
