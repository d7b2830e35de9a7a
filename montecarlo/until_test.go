package montecarlo

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// A run that went on until means were known is a plain run of as many replications,
// with rates drawn and fixed, for any number of workers.
func TestUntilIsAPlainRun(t *testing.T) {
	v := dn2With(t, "medium", someUncertain...)
	for _, fixed := range []bool{false, true} {
		until := &Until{Share: 0.007}
		r := runWith(t, v, Options{Seed: 3, FixedRates: fixed, TotalsOnly: true, Keep: true, Until: until, Workers: 1})
		require.Empty(t, until.Measures, "the caller's options are as they were")
		n := r.Conventions.Replications
		require.Greater(t, n, firstLot, "the first lot is not enough")
		stopping := r.Stopping
		require.True(t, stopping.Reached)
		require.Equal(t, mostUntil, stopping.Most)
		plain := runWith(t, v, Options{Seed: 3, FixedRates: fixed, TotalsOnly: true, Replications: n, Workers: 3})
		repriced, err := r.Reprice(t.Context(), v) // needs every tally
		require.NoError(t, err)
		sameResult(t, plain, repriced)
		r.Stopping = nil
		sameResult(t, plain, r)

		require.Len(t, stopping.Means, 2)
		for i, name := range []string{NetPublic, Payments} {
			k, s := stopping.Means[i], total(t, plain, name)
			require.Equal(t, s.Key, k.Key)
			require.InDelta(t, s.Mean, k.PlainMean, 1e-6)
			require.InDelta(t, *s.StdErr, k.PlainStdErr, 1e-6)
			require.InDelta(t, 0.007*math.Abs(k.Mean), k.Allowed, 1e-6)
			require.True(t, k.Reached)
			require.LessOrEqual(t, k.StdErr, k.Allowed)
			require.Equal(t, fixed, k.Controls == 0, "there is nothing to control where nothing is drawn")
		}
	}
}

// dn2With is a case of DN2 in which the edited inputs alone are uncertain.
func dn2With(t *testing.T, version string, edits ...string) *scenario.Version {
	t.Helper()
	v := dn2Uncertain(t, version, edits...)
	v.Programme.Correlations = nil
	v.Programme.Uncertain = slices.DeleteFunc(v.Programme.Uncertain, func(u model.Uncertain) bool {
		return !slices.ContainsFunc(edits, func(edit string) bool {
			return strings.HasPrefix(edit, string(u.Path)) || u.Shares != "" && strings.HasPrefix(edit, string(u.Shares))
		})
	})
	require.NotEmpty(t, v.Programme.Uncertain)
	return v
}

func total(t *testing.T, r *Result, name string) Summary {
	t.Helper()
	s, ok := r.Totals.Of(name)
	require.True(t, ok)
	return s
}

// Versions are run to the same number of replications, at which the one that needs most
// is known well enough, and are compared as in a plain run of as many.
func TestUntilComparesVersionsAlike(t *testing.T) {
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	low, err := d.Version("low")
	require.NoError(t, err)
	high, err := d.Version("high")
	require.NoError(t, err)
	o := Options{Seed: 1, TotalsOnly: true, FixedRates: true, Until: &Until{Amount: decimal.NewFromInt(35_000), Measures: []string{NetPublic}}}
	var done []int
	o.Progress = func(n, total int) { done = append(done, n, total) }
	c, err := Compare(t.Context(), []*scenario.Version{low, high}, "", o)
	require.NoError(t, err)
	for i := 2; i < len(done); i += 2 {
		require.True(t, done[i] > done[i-2] || done[i+1] > done[i-1], "progress goes back")
		require.LessOrEqual(t, done[i], done[i+1])
	}
	n := c.Results[0].Conventions.Replications
	require.Greater(t, n, firstLot)
	for _, r := range c.Results {
		require.True(t, r.Stopping.Reached && r.Stopping.Means[0].Reached)
		require.Equal(t, 35_000.0, r.Stopping.Means[0].Allowed)
		r.Stopping = nil
	}
	o.Replications, o.Until, o.Progress = n, nil, nil
	plain, err := Compare(t.Context(), []*scenario.Version{low, high}, "", o)
	require.NoError(t, err)
	want, err := json.Marshal(plain)
	require.NoError(t, err)
	got, err := json.Marshal(c)
	require.NoError(t, err)
	require.True(t, bytes.Equal(want, got))
}

// The most replications are never passed, and the result says that the error was not
// reached.
func TestUntilStopsAtTheMost(t *testing.T) {
	v := dn2With(t, "base", someUncertain[0])
	for most, names := range map[int][]string{1100: {NetPublic, Referred}, 300: {Claims}} {
		r := runWith(t, v, Options{Seed: 1, TotalsOnly: true, Replications: most, Until: &Until{Share: 1e-6, Measures: names}})
		require.Equal(t, most, r.Conventions.Replications)
		require.Equal(t, most, r.Stopping.Most)
		require.False(t, r.Stopping.Reached || r.Incomplete)
		require.Len(t, r.Stopping.Means, len(names))
		for _, k := range r.Stopping.Means {
			require.Greater(t, k.StdErr, k.Allowed)
		}
		back := &Result{}
		text, err := json.Marshal(r)
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(text, back))
		require.Equal(t, r.Stopping, back.Stopping)
	}
	// Where no number is given, the most is what there is room for.
	p, err := plan(v, Options{Seed: 1, TotalsOnly: true})
	require.NoError(t, err)
	r := runWith(t, v, Options{Seed: 1, TotalsOnly: true, Until: &Until{Share: 0.9}, MemoryLimit: 5000 * p.bytes(1)})
	require.Equal(t, 5000, r.Stopping.Most)
	require.Equal(t, firstLot, r.Conventions.Replications, "which is enough")
}

func TestUntilRefuses(t *testing.T) {
	v := dn2Uncertain(t, "base")
	for want, o := range map[string]Options{
		"give one of the two":                          {Until: &Until{}},
		"a share of the mean or an amount":             {Until: &Until{Share: 0.01, Amount: decimal.NewFromInt(5)}},
		"at most 1 of the mean":                        {Until: &Until{Share: 1}},
		"at most NaN of the mean":                      {Until: &Until{Share: math.NaN()}},
		"at most £-1":                                  {Until: &Until{Amount: decimal.NewFromInt(-1)}},
		"there must be at least 2":                     {Until: &Until{Share: 0.01}, Replications: 1},
		`there is no measure called "wealth"`:          {Until: &Until{Share: 0.01, Measures: []string{"wealth"}}},
		`"benefit-cost ratio" has no mean`:             {Until: &Until{Share: 0.01, Measures: []string{BenefitCost}}},
		`"net saving" has no mean`:                     {Until: &Until{Share: 0.01, Measures: []string{NetSaving}}},
		`"contract cap reached" has no mean`:           {Until: &Until{Share: 0.01, Measures: []string{CapReached}}},
		`"children referred" is not in £`:              {Until: &Until{Amount: decimal.NewFromInt(9), Measures: []string{Referred}}},
		"run at most 4,096 replications":               {Until: &Until{Share: 0.01}, MemoryLimit: 1, Replications: 5000},
		`there is no grants in place of claims to be `: {Until: &Until{Share: 0.01, Measures: []string{GrantsPaid}}},
	} {
		_, err := Run(t.Context(), v, o)
		require.ErrorContains(t, err, want)
	}
	_, err := RunShard(t.Context(), v, Options{Until: &Until{Share: 0.01}}, Shard{1, 2})
	require.ErrorContains(t, err, "run it first, and shards of as many")
}

// A run that is stopped while it goes on has what was done.
func TestUntilIsStopped(t *testing.T) {
	v := dn2Uncertain(t, "base")
	ctx, stop := context.WithCancel(t.Context())
	r, err := Run(ctx, v, Options{Seed: 1, TotalsOnly: true, Until: &Until{Share: 1e-6}, Progress: func(done, _ int) {
		if done > 1200 {
			stop()
		}
	}})
	require.ErrorIs(t, err, context.Canceled)
	require.True(t, r.Incomplete)
	require.Nil(t, r.Stopping)
	require.Greater(t, r.Conventions.Replications, 1000)
	require.Less(t, r.Conventions.Replications, 4000)
}

// By hand. Errors fall with the square root: twice the error that may be asks for
// 4 × 1.05 times the replications, of which 4 times are run; 1.5 times asks for
// 1000 × 2.25 × 1.05 = 2362.5, which is rounded up to 2,500; a hair above asks for a
// tenth more.
func TestFollowing(t *testing.T) {
	for _, c := range []struct {
		n, most int
		worst   float64
		want    int
	}{
		{1000, 100_000, 2, 4000},
		{1000, 100_000, math.Inf(1), 4000},
		{1000, 100_000, 1.5, 2500},
		{10_000, 100_000, 1.0001, 11_000},
		{10_000, 10_700, 1.0001, 10_700},
	} {
		require.Equal(t, c.want, following(c.n, c.most, c.worst))
	}
}

// The mean with control variates is the intercept of a regression on the values drawn
// less their known means, and its error that of Lavenberg and Welch: here by matrices.
// One of the columns is made up of two others, and is left out.
func TestControlVariatesAreARegression(t *testing.T) {
	const n, k = 300, 3
	random := rand.New(rand.NewPCG(2, 9))
	values, controls := make([]float64, n), make([][]float64, k+1)
	design := mat.NewDense(n, k+1, nil)
	for i := range n {
		design.Set(i, 0, 1)
		for j := range k {
			x := random.ExpFloat64() - 1 // of known mean 0
			controls[j] = append(controls[j], x)
			design.Set(i, j+1, x)
			values[i] += float64(j+1) * x
		}
		controls[k] = append(controls[k], controls[0][i]-2*controls[1][i])
		values[i] += 50 + 2*random.NormFloat64()
	}
	var coefficients, inverse, fitted mat.Dense
	require.NoError(t, coefficients.Solve(design, mat.NewDense(n, 1, append([]float64(nil), values...))))
	require.NoError(t, inverse.Inverse(gram(design)))
	fitted.Mul(design, &coefficients)
	squares := 0.0
	for i, x := range values {
		squares += (x - fitted.At(i, 0)) * (x - fitted.At(i, 0))
	}
	plain := stat.Variance(values, nil) / n
	s := newSpan(n, controls)
	require.Len(t, s.columns, k)
	known := s.known(append([]float64(nil), values...))
	require.InDelta(t, stat.Mean(values, nil), known.PlainMean, 1e-12)
	require.InDelta(t, math.Sqrt(plain), known.PlainStdErr, 1e-12)
	require.InDelta(t, coefficients.At(0, 0), known.Mean, 1e-10)
	want := squares / (n - k - 1) / n * (n - 2) / (n - k - 2)
	require.InDelta(t, math.Sqrt(want), known.StdErr, 1e-10)
	require.InDelta(t, plain/want, known.Gain, 1e-9)
	require.Equal(t, k, known.Controls)
	// The textbook's error of an intercept depends on where the values drawn lie, and
	// is that on average.
	require.InEpsilon(t, math.Sqrt(squares/(n-k-1)*inverse.At(0, 0)), known.StdErr, 0.05)
}

func gram(design *mat.Dense) *mat.Dense {
	var product mat.Dense
	product.Mul(design.T(), design)
	return &product
}

// Where control variates say nothing of a figure they are not used, and its gain is
// said; with too few replications for so many nothing is said.
func TestControlVariatesThatDoNotHelp(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 5))
	controls := make([][]float64, 2)
	values := make([]float64, 400)
	for i := range values {
		values[i] = random.NormFloat64()
		for j := range controls {
			controls[j] = append(controls[j], random.NormFloat64())
		}
	}
	known := newSpan(400, controls).known(append([]float64(nil), values...))
	require.InDelta(t, 1, known.Gain, 0.03)
	require.Zero(t, known.Controls)
	require.Equal(t, known.PlainMean, known.Mean)
	require.Equal(t, known.PlainStdErr, known.StdErr)
	require.Zero(t, newSpan(19, controls).known(values[:19]).Gain)
	require.Zero(t, newSpan(400, nil).known(values).Gain)
	same := newSpan(400, controls).known(make([]float64, 400)) // which do not vary
	require.Zero(t, same.StdErr)
	require.Zero(t, same.Gain)
}

// Errors are as large as is said. In 60 lots of 50 replications of DN2, in which amounts
// alone are uncertain so that the central projection is the exact mean over draws too,
// the errors of the means with control variates, in standard errors, have a mean within
// 3.3 ÷ √60 of 0 and a mean square within 3.3 × √(2 ÷ 60) of 1; and these errors are
// smaller than those of plain means.
func TestControlVariatesKnowTheirError(t *testing.T) {
	const lots, size = 60, 50
	v := dn2With(t, "base", "unit costs.residential={value: 4000, range: 2200 to 6500}", "unit costs.foster={value: 900, range: 600 to 1300}")
	r := runWith(t, v, Options{Seed: 8, TotalsOnly: true, Replications: lots * size})
	controls, values, exact := r.run.newControls(), r.Values(Avoided), total(t, r, Avoided).Central
	controls.extend(lots * size)
	var sum, squares, gain float64
	for lot := range lots {
		from, to := lot*size, (lot+1)*size
		var columns [][]float64
		for _, column := range controls.values {
			columns = append(columns, column[from:to])
		}
		k := newSpan(size, columns).known(values[from:to])
		require.NotZero(t, k.Controls)
		z := (k.Mean - exact) / k.StdErr
		sum, squares, gain = sum+z, squares+z*z, gain+k.Gain
	}
	require.InDelta(t, 0, sum/lots, 3.3/math.Sqrt(lots))
	require.InDelta(t, 1, squares/lots, 3.3*math.Sqrt(2./lots))
	require.Greater(t, gain/lots, 2.0)
}
