package sensitivity_test

import (
	"context"
	"math"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

func versionOf(t testing.TB, programme, text string, edits ...string) *scenario.Version {
	t.Helper()
	d, err := scenario.Open(programme)
	require.NoError(t, err)
	var all []scenario.Edit
	for _, one := range edits {
		e, err := scenario.ParseEdit(one)
		require.NoError(t, err)
		all = append(all, e)
	}
	v, err := d.Version(text, all...)
	require.NoError(t, err)
	return v
}

func keyOf(t testing.TB, text string) montecarlo.Key {
	t.Helper()
	k, err := montecarlo.ReadKey(text)
	require.NoError(t, err)
	return k
}

func central(t testing.TB, v *scenario.Version, k montecarlo.Key) float64 {
	t.Helper()
	projection, err := montecarlo.Central(v, contract.Constant)
	require.NoError(t, err)
	total, err := projection.Totals.Find(k.Name, k.Of, k.Arm)
	require.NoError(t, err)
	return total.Value
}

// A bar over an own range is the central projection with the input set to its 5% and 95%
// points, and every uncertain input and every setting of the register is accounted for.
func TestTornadoOfRanges(t *testing.T) {
	v, k := versionOf(t, "dn2", "medium"), keyOf(t, "net saving, Derby")
	tornado, err := sensitivity.TornadoOfRanges(context.Background(), v, contract.Constant, k)
	require.NoError(t, err)
	require.InDelta(t, central(t, v, k), tornado.Central, 0.01)
	certain, err := v.Certain()
	require.NoError(t, err)
	bars := map[string]sensitivity.Bar{}
	for _, b := range tornado.Bars {
		if b.Input != nil {
			bars[string(b.Input.Path)] = b
		}
	}
	const cost = "unit costs.residential"
	b := bars[cost]
	require.Equal(t, sensitivity.RangeOf("own range"), b.Range)
	for p, got := range map[float64]float64{0.05: b.Low, 0.95: b.High} {
		at, err := certain.With("", scenario.Set(cost, strconv.FormatFloat(b.Input.Law.Quantile(p), 'f', 2, 64)))
		require.NoError(t, err)
		require.InDelta(t, central(t, at, k), got, 500, "to what a penny a week comes to")
	}
	blocks := map[model.Path]int{}
	for _, u := range v.Programme.Uncertain {
		blocks[u.Shares]++
	}
	for _, u := range v.Programme.Uncertain {
		if _, ok := bars[string(u.Path)]; !ok {
			require.Equal(t, 2, blocks[u.Shares], "%s: only the other of two shares has no bar", u.Path)
		}
	}
	steps := 0
	for _, b := range tornado.Bars {
		require.NotEmpty(t, b.Range)
		if b.Range == sensitivity.FixedStep {
			steps++
			require.NotEqual(t, "cost of residential care", b.Name, "it has a range of its own")
		}
	}
	require.Positive(t, steps)
	require.Contains(t, tornado.Unmoved, model.Path("contract cap"))
	require.NotContains(t, tornado.Unmoved, model.Path(cost))
}

// What care costs is in proportion to a week's cost, so that of two costs that vary alone
// each has the share of the variance that its weeks and its law give: exact, and by the
// central projection at other costs.
func TestIndicesOfTwoCosts(t *testing.T) {
	const residential, foster = "unit costs.residential", "unit costs.foster"
	v := versionOf(t, "dn2", "medium", residential+"={value: 4000, range: 3000 to 5200}", foster+"={value: 1000, range: 500 to 2000}")
	k := keyOf(t, "gross avoided cost")
	var only []model.Uncertain
	for _, u := range v.Programme.Uncertain {
		if string(u.Path) == residential || string(u.Path) == foster {
			only = append(only, u)
		}
	}
	require.Len(t, only, 2)
	v.Programme.Uncertain, v.Programme.Correlations, v.Programme.MadeCertain = only, nil, nil
	x, err := sensitivity.Indices(context.Background(), v, k, sensitivity.Options{Run: montecarlo.Options{Seed: 1}})
	require.NoError(t, err)
	require.True(t, x.Exact)
	require.Zero(t, x.Noise)
	require.Equal(t, 4*x.Draws, x.Evaluations)
	certain, err := v.Certain()
	require.NoError(t, err)
	variance := map[model.Path]float64{}
	for _, u := range only {
		more, err := certain.With("", scenario.Plus(string(u.Path), "100"))
		require.NoError(t, err)
		variance[u.Path] = math.Pow((central(t, more, k)-central(t, certain, k))/100*u.Law.SD(), 2)
	}
	all := variance[residential] + variance[foster]
	require.InEpsilon(t, math.Sqrt(all), x.SD, 0.05)
	for _, one := range x.Indices {
		require.InDelta(t, variance[one.Inputs[0].Path]/all, one.First.Value, 0.05)
		require.InDelta(t, variance[one.Inputs[0].Path]/all, one.Total.Value, 0.05)
	}
}

// Under a cap the indices come from lives, and do not depend on the number of workers.
func TestIndicesFromLives(t *testing.T) {
	v, k := versionOf(t, "dn2", "medium"), keyOf(t, "net saving, Derby")
	o := sensitivity.Options{Run: montecarlo.Options{Seed: 2, Replications: 12, Workers: 1}}
	x, err := sensitivity.Indices(context.Background(), v, k, o)
	require.NoError(t, err)
	require.False(t, x.Exact)
	inputs := 0
	for _, one := range x.Indices {
		inputs += len(one.Inputs)
	}
	require.Equal(t, len(v.Programme.Uncertain), inputs, "none is left out")
	require.Less(t, len(x.Indices), inputs, "those that the file correlates are together")
	o.Run.Workers = 3
	again, err := sensitivity.Indices(context.Background(), v, k, o)
	require.NoError(t, err)
	require.Equal(t, x.Indices, again.Indices)
	one, err := v.With("", scenario.Set("unit costs.residential", "4000")) // which goes with the cost of foster care
	require.NoError(t, err)
	_, err = sensitivity.Indices(context.Background(), one, k, o)
	require.NoError(t, err)

	_, err = sensitivity.Indices(context.Background(), v, keyOf(t, "benefit-cost ratio"), o)
	require.ErrorContains(t, err, "adds up")
	certain, err := v.Certain()
	require.NoError(t, err)
	_, err = sensitivity.Indices(context.Background(), certain, k, o)
	require.ErrorContains(t, err, "no input of the file is uncertain")
}

// The highest tenth of an input is the mean over the replications in which it is highest.
func TestSpider(t *testing.T) {
	v, k := versionOf(t, "dn2", "medium"), keyOf(t, "net public saving")
	r, err := montecarlo.Run(context.Background(), v, montecarlo.Options{Replications: 60, Seed: 1, TotalsOnly: true, Undivided: true})
	require.NoError(t, err)
	s, err := sensitivity.Spider(context.Background(), r, k)
	require.NoError(t, err)
	require.Len(t, s.Lines, len(v.Programme.Uncertain))
	drawn, err := r.InputValues(context.Background())
	require.NoError(t, err)
	values := r.Values(k.Name)
	for _, line := range s.Lines {
		n := 0
		for _, p := range line.Points {
			n += p.Replications
		}
		require.Equal(t, 60, n)
		if string(line.Input.Path) != "unit costs.residential" {
			continue
		}
		at := slices.IndexFunc(v.Programme.Uncertain, func(u model.Uncertain) bool { return u.Path == line.Input.Path })
		sorted := slices.Sorted(slices.Values(drawn[at]))
		sum := 0.0
		for i, x := range drawn[at] {
			if x >= sorted[54] { // the six highest of sixty
				sum += values[i]
			}
		}
		require.Len(t, line.Points, 10)
		require.InEpsilon(t, sum/6, line.Points[9].Figure, 1e-9)
	}
}

// The grid is the central projection at each pair, and where it says that nothing is left,
// nothing is.
func TestGridOf(t *testing.T) {
	v, k := versionOf(t, "dn2", "base"), keyOf(t, "net public saving")
	g, err := sensitivity.GridOf(context.Background(), v, contract.Constant, k, "the weekly cost of residential", "tariffs")
	require.NoError(t, err)
	require.Len(t, g.Cells, len(g.Down.Values))
	with := func(cost, tariffs float64) float64 {
		certain, err := v.Certain()
		require.NoError(t, err)
		at, err := certain.With("", append(g.Down.Driver.Edits(tariffs), scenario.Set("unit costs.residential", strconv.FormatFloat(cost, 'f', 2, 64)))...)
		require.NoError(t, err)
		return central(t, at, k)
	}
	last := len(g.Across.Values) - 1
	require.InDelta(t, with(g.Across.Values[last], g.Down.Values[0]), float64(g.Cells[0][last]), 3000, "to what a penny a week comes to")
	for _, p := range g.BreakEven {
		require.InDelta(t, 0, with(p.Across, p.Down), 30_000)
	}
	both, err := sensitivity.GridOf(context.Background(), v, contract.Constant, k, "unit costs.residential", "all failure rates together")
	require.NoError(t, err)
	require.Len(t, both.Cells, 9)
	_, err = sensitivity.GridOf(context.Background(), v, contract.Constant, k, "tariffs", "tariffs")
	require.ErrorContains(t, err, "both sides")
	_, err = sensitivity.GridOf(context.Background(), v, contract.Constant, k, "tarifs", "referrals")
	var unknown *scenario.NameError
	require.ErrorAs(t, err, &unknown)
}

// A cell is the run of the case under the stress.
func TestCasesByStresses(t *testing.T) {
	low, medium := versionOf(t, "dn2", "low"), versionOf(t, "dn2", "medium")
	k := keyOf(t, "net saving, Derby")
	o := sensitivity.Options{Run: montecarlo.Options{Replications: 40, Seed: 3}}
	c, err := sensitivity.CasesByStresses(context.Background(), []*scenario.Version{low, medium}, []string{"referrals down 20%"}, k, o)
	require.NoError(t, err)
	stressed, err := low.With("referrals down 20%")
	require.NoError(t, err)
	r, err := montecarlo.Run(context.Background(), stressed, montecarlo.Options{Replications: 40, Seed: 3, TotalsOnly: true, Undivided: true})
	require.NoError(t, err)
	want, err := r.Totals.Find(k.Name, k.Of)
	require.NoError(t, err)
	got := c.Cells[1][0]
	require.InEpsilon(t, want.Mean, got.Figure.Mean, 1e-9)
	below := 0.0
	for _, x := range r.Values(k.Name, k.Of, "", want.Pairing) {
		if x < 0 {
			below += 1. / 40
		}
	}
	require.InDelta(t, below, got.Below, 1e-9)
}
