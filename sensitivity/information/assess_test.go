package information_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/sensitivity/information"
)

// unitLoss is E[max(0, X)] of a normal X with a mean and a standard deviation:
// mΦ(m/s) + sφ(m/s), written here with the error function.
func unitLoss(m, s float64) float64 {
	z := m / s
	return m*0.5*(1+math.Erf(z/math.Sqrt2)) + s*math.Exp(-z*z/2)/math.Sqrt(2*math.Pi)
}

// normals are draws of a normal with a mean of 0.
func normals(r *rand.Rand, n int, sd float64) []float64 {
	all := make([]float64, n)
	for i := range all {
		all[i] = sd * r.NormFloat64()
	}
	return all
}

func column(name string, values []float64) information.Column {
	return information.Column{Name: name, Values: values}
}

// group is a group of columns that has their names.
func group(columns ...information.Column) information.Group {
	g := information.Group{Columns: columns}
	for _, c := range columns {
		g.Name += c.Name
	}
	return g
}

// near holds a figure to its true value within 3.3 standard errors, and asks that the
// error is small.
func near(t *testing.T, want float64, got information.Worth, largest float64) {
	t.Helper()
	require.InDelta(t, want, got.Value, 3.3*got.StdErr, "%s: %+v", got.Name, got)
	require.Less(t, got.StdErr, largest, got.Name)
}

// Doing nothing pays 0 and acting pays 30 + a + b, a and b normal with standard
// deviations of 80 and 60, so that the sum has one of 100. Learning all is worth
// E[max(0, X)] - 30 with X normal (30, 100), and learning a alone the same with (30, 80).
func TestLinearNormalDecision(t *testing.T) {
	const n = 10_000
	r := rand.New(rand.NewPCG(1, 2))
	a, b := normals(r, n, 80), normals(r, n, 60)
	act := make([]float64, n)
	for i := range act {
		act[i] = 30 + a[i] + b[i]
	}
	got, err := information.Assess(information.Decision{Options: []string{"nothing", "act"}, Payoffs: [][]float64{make([]float64, n), act}},
		[]information.Group{group(column("a", a)), group(column("b", b)), group(column("a", a), column("b", b))})
	require.NoError(t, err)
	near(t, unitLoss(30, 100)-30, got.Perfect, 0.6)
	near(t, unitLoss(30, 80)-30, got.Partial[0], 0.6)
	near(t, unitLoss(30, 60)-30, got.Partial[1], 0.6)
	require.InDelta(t, got.Perfect.Value, got.Partial[2].Value, 1e-6, "both are everything")
	for _, w := range got.Partial {
		require.True(t, w.Settled(), "%+v", w)
		require.Less(t, w.Zero, 0.1, w.Name) // where nothing is learned the mean of 30 decides
	}
	nothing, acting := got.Options[0], got.Options[1]
	require.Equal(t, 1, got.Best)
	require.InDelta(t, 30, acting.Payoff, 3.3*acting.StdErr)
	require.InDelta(t, 0.5*(1+math.Erf(0.3/math.Sqrt2)), acting.Best, 3.3*acting.BestStdErr) // P(X > 0) = Φ(0.3)
	require.InDelta(t, 1, acting.Best+nothing.Best, 1e-12)
	require.InDelta(t, unitLoss(30, 100), nothing.Loss, 3.3*nothing.LossStdErr) // E[max(0, X)]
	require.InDelta(t, acting.Loss, got.Perfect.Value, 1e-9, "the loss of the choice that is made")
}

// A study sees k values of a with noise of standard deviation s each. By conjugate
// updating the mean of a after it is normal with variance 80⁴ ÷ (80² + s²/k).
func TestConjugateStudy(t *testing.T) {
	const n, s = 10_000, 400.0
	r := rand.New(rand.NewPCG(3, 4))
	a, b := normals(r, n, 80), normals(r, n, 60)
	act := make([]float64, n)
	groups := []information.Group{group(column("a", a))}
	for _, k := range []float64{5, 25, 100} {
		seen := normals(r, n, s/math.Sqrt(k))
		for i := range seen {
			seen[i] += a[i]
		}
		groups = append(groups, information.Group{Name: fmt.Sprint(k), Columns: []information.Column{column(fmt.Sprint("mean of ", k), seen)}, Within: []string{"a"}})
	}
	for i := range act {
		act[i] = -20 + a[i] + b[i]
	}
	got, err := information.Assess(information.Decision{Options: []string{"nothing", "act"}, Payoffs: [][]float64{make([]float64, n), act}}, groups)
	require.NoError(t, err)
	for i, k := range []float64{5, 25, 100} {
		after := 80 * 80 / math.Sqrt(80*80+s*s/k)
		near(t, unitLoss(-20, after), got.Partial[i+1], 0.6)
	}
	near(t, unitLoss(-20, 80), got.Partial[0], 0.6)
}

// Acting pays a × b, both standard normal. Either alone tells nothing of the mean, which
// stays 0; both tell all: E[max(0, ab)] = E|a| E|b| / 2 = 1/π.
func TestProductNeedsBoth(t *testing.T) {
	const n = 10_000
	r := rand.New(rand.NewPCG(5, 6))
	a, b := normals(r, n, 1), normals(r, n, 1)
	act := make([]float64, n)
	for i := range act {
		act[i] = a[i] * b[i]
	}
	got, err := information.Assess(information.Decision{Options: []string{"nothing", "act"}, Payoffs: [][]float64{make([]float64, n), act}},
		[]information.Group{group(column("a", a)), group(column("a", a), column("b", b))})
	require.NoError(t, err)
	near(t, 1/math.Pi, got.Perfect, 0.01)
	near(t, 1/math.Pi, got.Partial[1], 0.01)
	// What is reported of a alone is bias of the fit, and is shown as such by its zero.
	require.Less(t, got.Partial[0].Value, 0.02)
	require.InDelta(t, got.Partial[0].Zero, got.Partial[0].Value, 0.015)
}

// Three kinds without an order, equally likely, under which acting pays -10, 40 and -60,
// with noise that nothing tells of: the mean is -10, and knowing the kind is worth 40/3.
func TestKinds(t *testing.T) {
	const n = 6_000
	r := rand.New(rand.NewPCG(7, 8))
	kinds, act := make([]float64, n), normals(r, n, 30)
	for i := range kinds {
		kinds[i] = float64(i % 3)
		act[i] += []float64{-10, 40, -60}[i%3]
	}
	got, err := information.Assess(information.Decision{Options: []string{"nothing", "act"}, Payoffs: [][]float64{make([]float64, n), act}},
		[]information.Group{group(information.Column{Name: "kind", Values: kinds, Kinds: true})})
	require.NoError(t, err)
	near(t, 40.0/3, got.Partial[0], 1)
	require.Equal(t, 2, got.Partial[0].Terms)
}

// The payoffs of the linear decision are seen with noise as large as their own spread.
// Taken as they are, they would say E[max(0, X)] - 30 with a standard deviation of
// √(100² + 100²); without their noise they say what exact payoffs say.
func TestNoiseIsTakenOut(t *testing.T) {
	const n = 10_000
	r := rand.New(rand.NewPCG(9, 10))
	a, b := normals(r, n, 80), normals(r, n, 60)
	one, two := normals(r, n, 100*math.Sqrt2), normals(r, n, 100*math.Sqrt2) // two estimates, the mean of which has 100
	act, dearer, noise := make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range act {
		act[i], noise[i] = 30+a[i]+b[i]+(one[i]+two[i])/2, (one[i]-two[i])/2
		dearer[i] = act[i] - max(0, a[i]/100)
	}
	inputs := []information.Column{column("a", a), column("b", b)}
	d := information.Decision{
		Options: []string{"nothing", "act"}, Payoffs: [][]float64{make([]float64, n), act},
		Noise: [][]float64{make([]float64, n), noise}, Inputs: inputs,
	}
	groups := []information.Group{group(inputs[0])}
	got, err := information.Assess(d, groups)
	require.NoError(t, err)
	near(t, unitLoss(30, 100)-30, got.Perfect, 0.9)
	near(t, unitLoss(30, 80)-30, got.Partial[0], 0.9)
	require.InDelta(t, 0.5, got.Noise, 0.02)
	require.InDelta(t, 0.5*(1+math.Erf(0.3/math.Sqrt2)), got.Options[1].Best, 0.015)

	d.Inputs = nil // then the spread alone says it
	got, err = information.Assess(d, groups)
	require.NoError(t, err)
	near(t, unitLoss(30, 100)-30, got.Perfect, 0.9)

	// Another option has the same lives and costs more, if anything: it is best only where it
	// costs the same.
	d.Inputs = inputs
	d.Options, d.Payoffs, d.Noise = append(d.Options, "dearer"), append(d.Payoffs, dearer), append(d.Noise, noise)
	got, err = information.Assess(d, groups)
	require.NoError(t, err)
	near(t, unitLoss(30, 100)-30, got.Perfect, 0.9)
	alike := 0.0
	for i := range a {
		if a[i] <= 0 && 30+a[i]+b[i] > 0 {
			alike++
		}
	}
	require.InDelta(t, alike/n, got.Options[2].Best, 0.015)
	require.InDelta(t, 80/math.Sqrt(2*math.Pi)/100, got.Options[2].Loss-got.Options[1].Loss, 0.02) // E[max(0, a)] / 100

	d.Options, d.Payoffs = d.Options[:2], d.Payoffs[:2]
	d.Noise = nil // as if they were exact
	got, err = information.Assess(d, groups)
	require.NoError(t, err)
	near(t, unitLoss(30, 100*math.Sqrt2)-30, got.Perfect, 1.5)
}

// 0 ≤ partial ≤ perfect, more told is worth no less, and neither a payoff that all
// options have in common nor the unit of payoffs changes a choice.
func TestInequalities(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(200, 400).Draw(t, "draws")
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		options := rapid.IntRange(2, 4).Draw(t, "options")
		var inputs []information.Column
		for i := range 3 {
			values := normals(r, n, 1)
			if i == 2 { // few values
				for k := range values {
					values[k] = math.Round(values[k])
				}
			}
			inputs = append(inputs, column(fmt.Sprint("x", i), values))
		}
		d, moved := information.Decision{}, information.Decision{}
		for k := range options {
			d.Options, moved.Options = append(d.Options, fmt.Sprint(k)), append(moved.Options, fmt.Sprint(k))
			var payoffs, other []float64
			w := normals(r, 6, float64(rapid.IntRange(1, 30).Draw(t, "tenths"))/10)
			for i := range n {
				x := []float64{inputs[0].Values[i], inputs[1].Values[i], inputs[2].Values[i]}
				v := w[0] + w[1]*x[0] + w[2]*x[1]*x[2] + w[3]*x[2] + w[4]*r.NormFloat64()
				payoffs, other = append(payoffs, v), append(other, 100*(v+x[0]))
			}
			d.Payoffs, moved.Payoffs = append(d.Payoffs, payoffs), append(moved.Payoffs, other)
		}
		var groups []information.Group
		for set := 1; set < 8; set++ {
			var some []information.Column
			for i := range inputs {
				if set>>i&1 == 1 {
					some = append(some, inputs[i])
				}
			}
			groups = append(groups, group(some...))
		}
		got, err := information.Assess(d, groups)
		require.NoError(t, err)
		for set := 1; set < 8; set++ {
			w := got.Partial[set-1]
			require.GreaterOrEqual(t, w.Value, 0.0)
			require.LessOrEqual(t, w.Value, got.Perfect.Value)
			require.LessOrEqual(t, w.Value, w.Estimate)
			for all := 1; all < 8; all++ {
				if all&set == set {
					require.LessOrEqual(t, w.Value, got.Partial[all-1].Value)
				}
			}
		}
		chance := 0.0
		for _, o := range got.Options {
			chance += o.Best
			require.GreaterOrEqual(t, o.Loss, got.Perfect.Value-1e-9)
			require.InDelta(t, got.Options[got.Best].Loss+got.Options[got.Best].Payoff, o.Loss+o.Payoff, 1e-9) // E[max]
		}
		require.InDelta(t, 1, chance, 1e-9)
		require.InDelta(t, got.Perfect.Value, got.Options[got.Best].Loss, 1e-9)

		other, err := information.Assess(moved, groups)
		require.NoError(t, err)
		require.Equal(t, got.Best, other.Best)
		require.InDelta(t, 100*got.Perfect.Value, other.Perfect.Value, 1e-6*(1+other.Perfect.Value))
		for i := range groups {
			require.InDelta(t, 100*got.Partial[i].Estimate, other.Partial[i].Estimate, 1e-4*(1+other.Partial[i].Estimate))
		}
	})
}

// What many columns tell in straight lines is not fitted to chance with more.
func TestManyColumns(t *testing.T) {
	const n = 2_000
	r := rand.New(rand.NewPCG(11, 12))
	var columns []information.Column
	act := make([]float64, n)
	for k := range 30 {
		columns = append(columns, column(fmt.Sprint(k), normals(r, n, 10)))
		for i := range act {
			act[i] += columns[k].Values[i] * float64(k%3) // 10 × √(10 × 1 + 10 × 4) = 70.7
		}
	}
	got, err := information.Assess(information.Decision{Options: []string{"nothing", "act"}, Payoffs: [][]float64{make([]float64, n), act}},
		[]information.Group{group(columns...), group(columns[0])})
	require.NoError(t, err)
	require.Equal(t, 30, got.Partial[0].Terms, "straight lines say it all")
	near(t, unitLoss(0, math.Sqrt(5000)), got.Partial[0], 2)
	require.Less(t, got.Partial[1].Value, 4.0) // it tells nothing: what is left is bias
}

func TestFaults(t *testing.T) {
	n := 200
	d := func() information.Decision {
		return information.Decision{Options: []string{"nothing", "act"}, Payoffs: [][]float64{make([]float64, n), make([]float64, n)}}
	}
	x := column("x", make([]float64, n))
	for name, c := range map[string]struct {
		change func(*information.Decision) []information.Group
		says   string
	}{
		"one option":  {func(d *information.Decision) []information.Group { d.Options = d.Options[:1]; return nil }, "two options or more"},
		"few draws":   {func(d *information.Decision) []information.Group { d.Payoffs[0] = d.Payoffs[0][:199]; return nil }, "give 200 or more"},
		"other draws": {func(d *information.Decision) []information.Group { d.Payoffs[1] = d.Payoffs[1][:199]; return nil }, `payoffs of option "act": there are 199 draws`},
		"no number":   {func(d *information.Decision) []information.Group { d.Payoffs[1][7] = math.NaN(); return nil }, "draw 8 is NaN"},
		"too few":     {func(d *information.Decision) []information.Group { d.Payoffs = d.Payoffs[:1]; return nil }, "payoffs of 1 options"},
		"few noises":  {func(d *information.Decision) []information.Group { d.Noise = d.Payoffs[:1]; return nil }, "noise of 1 options"},
		"twice":       {func(*information.Decision) []information.Group { return []information.Group{group(x), group(x)} }, `two groups "x"`},
		"empty":       {func(*information.Decision) []information.Group { return []information.Group{{Name: "none"}} }, `group "none" has no columns`},
		"within nothing": {func(*information.Decision) []information.Group {
			return []information.Group{{Name: "x", Columns: []information.Column{x}, Within: []string{"y"}}}
		}, `lies within "y"`},
	} {
		one := d()
		groups := c.change(&one)
		_, err := information.Assess(one, groups)
		require.ErrorContains(t, err, c.says, name)
	}
	got, err := information.Assess(d(), []information.Group{group(x)}) // nothing varies
	require.NoError(t, err)
	require.Zero(t, got.Perfect.Value)
	require.Zero(t, got.Partial[0].Value)
	require.InDelta(t, 1, got.Options[0].Best, 1e-12, "of options that pay the same the first is best")
}
