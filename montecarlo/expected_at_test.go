package montecarlo

import (
	"context"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/scenario"
)

func key(name string, of ...string) Key {
	k := Key{Name: name}
	if len(of) > 0 {
		k.Of = of[0]
	}
	return k
}

func edit(t testing.TB, text string) scenario.Edit {
	t.Helper()
	one, err := scenario.ParseEdit(text)
	require.NoError(t, err)
	return one
}

func expectedAt(t testing.TB, v *scenario.Version, draws InputDraws, o Options, keys ...Key) *ExpectedFigures {
	t.Helper()
	figures, err := ExpectedAt(context.Background(), v, keys, draws, o)
	require.NoError(t, err)
	return figures
}

// stated are the stated values of a version's inputs, as one draw: the means of their
// laws and the first of alternatives.
func stated(t testing.TB, v *scenario.Version) InputDraws {
	t.Helper()
	drawer, err := v.Drawer()
	require.NoError(t, err)
	var draws InputDraws
	for _, u := range drawer.Inputs() {
		x := u.Law.Mean()
		if len(u.Values) > 0 {
			x = 0
		}
		draws.Values = append(draws.Values, []float64{x})
	}
	return draws
}

// Under the draws of a run, what has an exact expectation is what the run divides its spread
// by, and one life under each draw is the replication of the run itself.
func TestExpectedFiguresAreThoseOfTheRun(t *testing.T) {
	for _, prices := range []contract.Prices{contract.Constant, contract.Cash} {
		v, err := libraryCases(t, "medium")[0].With("", edit(t, "inflation=2.5%"))
		require.NoError(t, err)
		o := Options{Replications: 40, Seed: 6, Prices: prices, TotalsOnly: true}
		r := runWith(t, v, o)
		draws := InputDraws{Lives: 1}
		draws.Values, err = r.InputValues(context.Background())
		require.NoError(t, err)
		for i := range 40 {
			draws.First = append(draws.First, i)
		}
		keys := []Key{key(Avoided), key(Avoided, "Derby"), key(Surplus), key(CapitalRequirement), key(Started, "reunification")}
		e := expectedAt(t, v, draws, o, keys...)
		require.Equal(t, []bool{true, true, false, false, true}, e.Exact)
		require.Empty(t, e.Impossible)
		require.Equal(t, Pounds, e.Keys[0].Unit)
		for k, one := range keys {
			c, err := r.run.totalOf(one)
			require.NoError(t, err)
			if !e.Exact[k] {
				require.Equal(t, r.Values(one.Name, one.of()...), e.Values[k], one)
				continue
			}
			for i, column := range r.run.columns {
				if column == c {
					require.Equal(t, r.run.split.expected[i], e.Values[k], one)
				}
			}
			require.Equal(t, make([]float64, 40), e.Variance[k])
		}
		o.Workers = 3
		require.Equal(t, e.Values, expectedAt(t, v, draws, o, keys...).Values, "whatever the number of workers")
	}
}

// At the stated values, a figure without a cap is that of the central projection.
func TestExpectedFiguresAtStatedValues(t *testing.T) {
	v := dn2Uncertain(t, "base", append(someUncertain, "contract cap=none")...)
	projection, err := Central(v, contract.Constant)
	require.NoError(t, err)
	keys := []Key{key(Avoided), key(NetSaving, "Derby"), key(Payments), key(Cashable), key(ValueNet), key(CapitalRequirement)}
	e := expectedAt(t, v, stated(t, v), Options{Seed: 1}, keys...)
	require.Equal(t, []bool{true, true, true, true, true, false}, e.Exact, "no cap is left")
	require.Equal(t, 16, e.Lives)
	for k, one := range keys[:5] {
		central, err := projection.Totals.Find(one.Name, one.of()...)
		require.NoError(t, err)
		require.InDelta(t, central.Value, e.Values[k][0], 0.02, one)
	}
}

// The lives under a draw are those of a run at fixed rates, and the variance of their mean is
// its standard error squared.
func TestVarianceOfExpectedFigures(t *testing.T) {
	v := dn2Uncertain(t, "base", someUncertain...)
	draws := stated(t, v)
	draws.Lives = 50
	e := expectedAt(t, v, draws, Options{Seed: 9}, key(CapitalRequirement))
	needed, ok := runWith(t, v, Options{Replications: 50, Seed: 9, FixedRates: true}).Totals.Of(CapitalRequirement)
	require.True(t, ok)
	require.InEpsilon(t, needed.Mean, e.Values[0][0], 1e-9)
	require.InEpsilon(t, *needed.StdErr**needed.StdErr, e.Variance[0][0], 1e-9)
}

// Under a cap a life's figure is taken off by itself without the cap, and the expectation of
// that is put in its place. In the high case the cap is often reached, in the low one never.
func TestExpectedFiguresUnderACap(t *testing.T) {
	o := Options{Replications: 30, Seed: 4, TotalsOnly: true}
	for _, name := range []string{"high", "low"} {
		v := libraryCases(t, name)[0]
		free, err := v.With("", edit(t, "contract cap=none"))
		require.NoError(t, err)
		capped, uncapped := runWith(t, v, o), runWith(t, free, o)
		draws := InputDraws{Lives: 1}
		draws.Values, err = capped.InputValues(context.Background())
		require.NoError(t, err)
		for i := range o.Replications {
			draws.First = append(draws.First, i)
		}
		keys := []Key{key(NetSaving, "Derby"), key(Payments)}
		under, without := expectedAt(t, v, draws, o, keys...), expectedAt(t, free, draws, o, keys...)
		require.Equal(t, []bool{false, false}, under.Exact)
		require.Equal(t, []bool{true, true}, without.Exact)
		for k, one := range keys {
			x, y := capped.Values(one.Name, one.of()...), uncapped.Values(one.Name, one.of()...)
			for i := range x {
				require.InDelta(t, without.Values[k][i]+x[i]-y[i], under.Values[k][i], 1e-6, "%s: %s, draw %d", name, one, i)
			}
			require.Equal(t, name == "low", slices.Equal(x, y), "%s", name)
		}
	}
}

// What cannot be worked out is an error that says why.
func TestExpectedFiguresRefuse(t *testing.T) {
	v := dn2Uncertain(t, "base", someUncertain[0])
	one := InputDraws{Values: [][]float64{{0.0093}}}
	for name, c := range map[string]struct {
		keys  []Key
		draws InputDraws
		want  string
	}{
		"another council":      {[]Key{key(NetSaving, "Debry")}, one, "Derby"},
		"another measure":      {[]Key{key("net savings")}, one, "net saving"},
		"a chance":             {[]Key{key(Saves)}, one, "adds up"},
		"a ratio":              {[]Key{key(BenefitCost)}, one, "adds up"},
		"too few inputs":       {[]Key{key(Avoided)}, InputDraws{}, "1 uncertain input"},
		"no number":            {[]Key{key(Avoided)}, InputDraws{Values: [][]float64{{math.NaN()}}}, "finite"},
		"too many first lives": {[]Key{key(Avoided)}, InputDraws{Values: one.Values, First: []int{1, 2}}, "first lives"},
		"lives below 1":        {[]Key{key(Avoided)}, InputDraws{Values: one.Values, Lives: -1}, "lives"},
	} {
		_, err := ExpectedAt(context.Background(), v, c.keys, c.draws, Options{})
		require.ErrorContains(t, err, c.want, name)
	}
	_, err := ExpectedAt(context.Background(), dn2Uncertain(t, "base"), []Key{key(Avoided)}, one, Options{})
	require.ErrorContains(t, err, "no input of the version is uncertain")
}

func TestImpossibleDrawsAreNamed(t *testing.T) {
	v := dn2Uncertain(t, "base", "cohorts.step-down.failure.hazard={value: 0.2, range: 0.13 to 0.29}")
	e := expectedAt(t, v, InputDraws{Values: [][]float64{{0.2, 1.5, 0.2}}, Lives: 2}, Options{}, key(Avoided), key(Payments))
	require.Equal(t, []int{1}, e.Impossible)
	for k := range e.Keys {
		require.True(t, math.IsNaN(e.Values[k][1]))
		require.Equal(t, e.Values[k][0], e.Values[k][2], "the draw after it is as the one before")
	}
}

// The central projection at the stated values is the central projection, for every
// programme and case of the library.
func TestCentralAtStatedValues(t *testing.T) {
	for _, name := range []string{"dn2", "dn2-2018", "norfolk", "newpin", "suffolk", "birmingham-step-down", "pyramid"} {
		d, err := scenario.Open(name)
		require.NoError(t, err)
		for _, one := range d.Cases() {
			v, err := d.Version(one.Name)
			require.NoError(t, err)
			if len(v.Programme.Uncertain) == 0 {
				continue
			}
			projection, err := Central(v, contract.Constant)
			require.NoError(t, err)
			keys := []Key{key(Avoided), key(NetPublic), key(Payments), key(BenefitCost)}
			if v.Programme.Delivery != nil {
				keys = append(keys, key(CapitalRequirement))
			}
			values, err := CentralAt(context.Background(), v, keys, stated(t, v).Values, contract.Constant)
			require.NoError(t, err)
			for k, one := range keys {
				central, ok := projection.Totals.Of(one.Name)
				if !ok {
					require.True(t, math.IsNaN(values[k][0]))
					continue
				}
				require.InDelta(t, central.Value, values[k][0], 0.02, "%s: %s", v.Name(), one)
			}
		}
	}
}
