package uncertain_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model/uncertain"
)

// uniforms are independent draws between 0 and 1, neither included.
func uniforms(random *rand.Rand, u []float64) {
	for i := range u {
		for u[i] = 0; u[i] == 0; {
			u[i] = random.Float64()
		}
	}
}

// The correlation of uniforms is that of their ranks. For a Gaussian copula the
// standard error of a rank correlation ρ of n draws is at most √((1 - ρ²)(1 + ρ²÷2)
// ÷ n) (Bonett and Wright 2000, for any bivariate Normal).
func TestCopulaReachesTheCorrelations(t *testing.T) {
	const n = 100_000
	pairs := []uncertain.Correlation{{I: 1, J: 3, Spearman: 0.6}, {I: 3, J: 4, Spearman: -0.3}, {I: 0, J: 5, Spearman: 0.95}}
	c, err := uncertain.NewCopula(6, pairs)
	require.NoError(t, err)
	random := rand.New(rand.NewPCG(7, 13))
	columns, before := make([][]float64, 6), make([]float64, 6)
	u := make([]float64, 6)
	for range n {
		uniforms(random, u)
		copy(before, u)
		c.Join(u)
		for _, kept := range []int{0, 1, 2} { // the first of each group, and the input in no pair
			require.Equal(t, before[kept], u[kept])
		}
		for i, x := range u {
			columns[i] = append(columns[i], x)
		}
	}
	wanted := [6][6]float64{}
	for _, p := range pairs {
		wanted[p.I][p.J], wanted[p.J][p.I] = p.Spearman, p.Spearman
	}
	for i, a := range columns {
		for j := range i {
			rho := wanted[i][j]
			require.InDelta(t, rho, stat.Correlation(a, columns[j], nil), 3.3*math.Sqrt((1-rho*rho)*(1+rho*rho/2)/n), "%d and %d", i, j)
		}
		off := 0.0 // still uniform: by Kolmogorov and Smirnov, at a level of about 0.001
		for k, x := range slices.Sorted(slices.Values(a)) {
			off = max(off, math.Abs(x-float64(k)/n), math.Abs(x-float64(k+1)/n))
		}
		require.Less(t, off, 1.95/math.Sqrt(n), "input %d", i)
	}
}

func TestCopulaTakesNoMemory(t *testing.T) {
	c, err := uncertain.NewCopula(3, []uncertain.Correlation{{I: 0, J: 2, Spearman: 0.5}})
	require.NoError(t, err)
	u := []float64{0.2, 0.5, 0.7}
	require.Zero(t, testing.AllocsPerRun(100, func() { c.Join(u) }))
}

func TestCopulaStaysBetween0And1(t *testing.T) {
	c, err := uncertain.NewCopula(2, []uncertain.Correlation{{I: 0, J: 1, Spearman: 0.9}})
	require.NoError(t, err)
	for _, u := range [][]float64{{1 - 0x1p-53, 1 - 0x1p-53}, {math.SmallestNonzeroFloat64, math.SmallestNonzeroFloat64}} {
		c.Join(u)
		require.Greater(t, u[1], 0.0)
		require.Less(t, u[1], 1.0)
	}
	for _, bad := range []float64{0, 1, -1, math.NaN()} {
		u := []float64{bad, 0.5}
		c.Join(u)
		require.True(t, math.IsNaN(u[1]), "%v", bad)
	}
}

func TestCopulaNamesWhatCannotBe(t *testing.T) {
	pair := func(i, j int, rho float64) uncertain.Correlation {
		return uncertain.Correlation{I: i, J: j, Spearman: rho}
	}
	for _, c := range []struct {
		pairs  []uncertain.Correlation
		says   string
		inputs []int
	}{
		{ // with 0 between 1 and 3, the correlation r of both with 2 can be at most 1 ÷ √2
			[]uncertain.Correlation{pair(1, 2, 0.9), pair(2, 3, 0.9), pair(3, 4, 0.1)},
			"these rank correlations cannot hold together: inputs 1 and 2, 0.9; inputs 1 and 3, not given and so 0; inputs 2 and 3, 0.9; they could if each were multiplied by 0.76",
			[]int{1, 2, 3},
		},
		{[]uncertain.Correlation{pair(0, 1, 0.9), pair(1, 2, 0.9), pair(0, 2, -0.9)}, "inputs 0 and 2, -0.9", []int{0, 1, 2}},
		{[]uncertain.Correlation{pair(0, 1, 1)}, "inputs 0 and 1 have a rank correlation of 1: it must lie between -1 and 1, neither included", nil},
		{[]uncertain.Correlation{pair(0, 1, math.NaN())}, "rank correlation of NaN", nil},
		{[]uncertain.Correlation{pair(2, 2, 0.1)}, "input 2 is correlated with itself: name two inputs", nil},
		{[]uncertain.Correlation{pair(0, 5, 0.1)}, "inputs 0 and 5 are correlated, of 5: number them from 0 to 4", nil},
		{[]uncertain.Correlation{pair(0, 1, 0.1), pair(1, 0, 0.2)}, "the correlation of inputs 1 and 0 is given twice: give it once", nil},
	} {
		_, err := uncertain.NewCopula(5, c.pairs)
		require.ErrorContains(t, err, c.says)
		var which interface{ Inputs() []int }
		require.Equal(t, c.inputs != nil, errors.As(err, &which))
		if c.inputs != nil {
			require.Equal(t, c.inputs, which.Inputs())
		}
	}
}

// sin(πρ ÷ 6) ≤ 1 ÷ (2√2) has the solution ρ ≤ 6 asin(0.35355) ÷ π = 0.6902, and
// 0.9 × 0.76 = 0.684 is the last that holds: 0.9 × 0.77 = 0.693.
func TestCopulaHoldsWhereItSaysItWould(t *testing.T) {
	for factor, ok := range map[float64]bool{0.76: true, 0.77: false} {
		_, err := uncertain.NewCopula(3, []uncertain.Correlation{{I: 0, J: 1, Spearman: 0.9 * factor}, {I: 1, J: 2, Spearman: 0.9 * factor}})
		require.Equal(t, ok, err == nil)
	}
}

func TestCopulaOfAnyPairs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "n")
		pairs := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) uncertain.Correlation {
			return uncertain.Correlation{
				I: rapid.IntRange(0, n-1).Draw(t, "i"), J: rapid.IntRange(0, n-1).Draw(t, "j"),
				Spearman: rapid.Float64Range(-1, 1).Draw(t, "rho"),
			}
		}), 0, 5).Draw(t, "pairs")
		c, err := uncertain.NewCopula(n, pairs)
		if err != nil {
			return
		}
		u := rapid.SliceOfN(rapid.Float64Range(1e-300, 1-1e-16), n, n).Draw(t, "u")
		c.Join(u)
		for _, x := range u {
			if !(x > 0 && x < 1) {
				t.Fatalf("%v of %v", u, pairs)
			}
		}
	})
}
