package uncertain_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/uncertain"
)

func TestCheckSaysWhatIsWrong(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		law  uncertain.Law
		says string
	}{
		{uncertain.Law{}, "the law has no family: give one of Beta,"},
		{uncertain.Law{Family: "beta"}, `"beta" is no family of laws`},
		{uncertain.Law{Family: uncertain.Beta, A: 0, B: 2}, "the parameters of a Beta law are 0 and 2: each must lie between 0.001 and 1e+09"},
		{uncertain.Law{Family: uncertain.Beta, A: nan, B: 2}, "NaN"},
		{uncertain.Law{Family: uncertain.Beta, A: 1, B: 2, Low: 0.1}, "a Beta law takes no limits: leave out low and high, or take a Normal law"},
		{uncertain.Law{Family: uncertain.Beta, A: 1, B: 2, Scale: -1}, "a Beta law is scaled by -1: that must be above 0"},
		{uncertain.Law{Family: uncertain.Beta, A: 1, B: 2, Shift: inf}, "a Beta law is shifted by +Inf: give a number"},
		{uncertain.Law{Family: uncertain.LogNormal, A: 1, B: 0}, "has the standard deviation 0: it must be above 0 and at most 10"},
		{uncertain.Law{Family: uncertain.LogNormal, A: inf, B: 1}, "has the mean +Inf: give a number"},
		{uncertain.Law{Family: uncertain.LogNormal, A: 700, B: 9}, "too large to reckon with"},
		{uncertain.Law{Family: uncertain.Gamma, A: -1, B: 1}, "the shape of a Gamma law is -1"},
		{uncertain.Law{Family: uncertain.Gamma, A: 1, B: 0}, "the scale of a Gamma law is 0: it must be above 0"},
		{uncertain.Law{Family: uncertain.Normal, A: 1}, "the standard deviation of a Normal law is 0: it must be above 0"},
		{uncertain.Law{Family: uncertain.Normal, A: 1, B: 1, Low: 3, High: 2}, "the limits of a Normal law are 3 and 2: the low one must be below the high one"},
		{uncertain.Law{Family: uncertain.Normal, A: 1, B: 1, Low: 50, High: 60}, "next to nothing of a Normal law with a mean of 1 and a standard deviation of 1 lies between its limits 50 and 60"},
		{uncertain.Law{Family: uncertain.Normal, A: 1, B: 1e6, Low: 0, High: 2}, "as good as level between 0 and 2: take a Uniform law"},
		{uncertain.Law{Family: uncertain.Triangular, A: 5, Low: 0, High: 2}, "the most likely value of a Triangular law is 5: it must lie between its limits 0 and 2"},
		{uncertain.Law{Family: uncertain.PERT, A: 5, Low: 7, High: 2}, "the limits of a PERT law are 7 and 2"},
		{uncertain.Law{Family: uncertain.PERT, A: 5, B: 4, Low: 0, High: 7}, "a PERT law takes 1 of the parameters a and b, not a = 5 and b = 4"},
		{uncertain.Law{Family: uncertain.Uniform, Low: 2, High: 2}, "the limits of a Uniform law are 2 and 2"},
		{uncertain.Law{Family: uncertain.Uniform, Low: -math.MaxFloat64, High: math.MaxFloat64}, "the limits of a Uniform law"},
		{uncertain.Law{Family: uncertain.List}, "a list of values has none: give at least one, with its weight"},
		{uncertain.Law{Family: uncertain.Gamma, A: 1, B: 1, Values: []uncertain.Weighted{{Value: 1, Weight: 1}}}, "a Gamma law takes no values"},
	} {
		require.ErrorContains(t, c.law.Check(), c.says)
		if c.says != "too large to reckon with" {
			require.True(t, math.IsNaN(c.law.Mean()), "%+v", c.law)
			require.True(t, math.IsNaN(c.law.Above(1)), "%+v", c.law)
			require.True(t, math.IsNaN(uncertain.NewQuick(c.law).Quantile(0.5)), "%+v", c.law)
		}
		require.NotPanics(t, func() {
			_ = c.law.String()
			c.law.SD()
			c.law.Range()
			c.law.Above(1)
			c.law.Times(2).Plus(1).Quantile(0.5)
			uncertain.NewQuick(c.law).Quantile(0.5)
		})
	}
}

func TestOfCounts(t *testing.T) {
	l, err := uncertain.OfCounts(20, 31)
	require.NoError(t, err)
	require.Equal(t, uncertain.Law{Family: uncertain.Beta, A: 20, B: 11}, l)
	for _, c := range []struct {
		events, of float64
		says       string
	}{
		{0, 20, "0 of 20 has no Beta law: that no event was seen does not say how rare it is; give a value with a range"},
		{20, 20, "20 of 20 has no Beta law: that all were events"},
		{21, 20, "21 of 20 is no count of events: the first must lie between 0 and the second"},
		{-1, 20, "-1 of 20 is no count of events"},
		{0, 0, "the number of cases must be above 0"},
		{math.NaN(), 3, "give numbers"},
		{1, 1e12, "each must lie between"},
	} {
		l, err := uncertain.OfCounts(c.events, c.of)
		require.ErrorContains(t, err, c.says)
		require.Equal(t, uncertain.Law{}, l)
	}
}

// Values 26, 52 and 104 weeks with 20%, 50% and 30%: a mean of 5.2 + 26 + 31.2 =
// 62.4, a mean square of 135.2 + 1352 + 3244.8 = 4732, so a variance of 838.24.
func TestOfList(t *testing.T) {
	given := []uncertain.Weighted{{Value: 104, Weight: 0.3}, {Value: 26, Weight: 0.2}, {Value: 52, Weight: 0.5}}
	l, err := uncertain.OfList(given)
	require.NoError(t, err)
	require.Equal(t, 104.0, given[0].Value, "the caller's list is left as it is")
	require.InDelta(t, 62.4, l.Mean(), 1e-12)
	require.InDelta(t, math.Sqrt(838.24), l.SD(), 1e-12)
	q := uncertain.NewQuick(l)
	for u, want := range map[float64]float64{1e-9: 26, 0.2: 26, 0.2000001: 52, 0.7: 52, 0.7000001: 104, 1 - 1e-16: 104} {
		require.Equal(t, want, l.Quantile(u), "%v", u)
		require.Equal(t, want, q.Quantile(u), "%v", u)
	}
	for x, want := range map[float64]float64{25: 1, 26: 0.8, 51: 0.8, 52: 0.3, 104: 0} {
		require.InDelta(t, want, l.Above(x), 1e-15, "%v", x)
	}
	require.Equal(t, "list of values: 26 (20%), 52 (50%), 104 (30%)", l.String())
	require.InDelta(t, 2*62.4+1, l.Times(2).Plus(1).Mean(), 1e-12)
	require.InDelta(t, 62.4, l.Mean(), 1e-12, "a law that was scaled is left as it is")
	for _, c := range []struct {
		values []uncertain.Weighted
		says   string
	}{
		{nil, "a list of values has none"},
		{[]uncertain.Weighted{{1, 0.5}, {2, 0.4}}, "the weights of a list of values add to 0.9: they must add to 1"},
		{[]uncertain.Weighted{{1, 1.5}, {2, -0.5}}, "gives 2 the weight -0.5: no weight may be below 0"},
		{[]uncertain.Weighted{{math.NaN(), 1}}, "give numbers"},
	} {
		_, err := uncertain.OfList(c.values)
		require.ErrorContains(t, err, c.says)
	}
	unsorted := uncertain.Law{Family: uncertain.List, Values: given}
	require.ErrorContains(t, unsorted.Check(), "a list of values has 26 after 104: put them in ascending order")
}

func TestString(t *testing.T) {
	fit := func(f uncertain.Family, mean, low, high float64) uncertain.Law {
		l, err := uncertain.Fit(f, mean, low, high)
		require.NoError(t, err)
		return l
	}
	cut, err := fit(uncertain.Normal, 1, 0, 2).WithLimits(0, 3)
	require.NoError(t, err)
	for says, l := range map[string]uncertain.Law{
		"no law":                                                        {},
		"a law of no known family (Weibull)":                            {Family: "Weibull"},
		"a Beta law that is not sound":                                  {Family: uncertain.Beta},
		"Beta(20, 11)":                                                  {Family: uncertain.Beta, A: 20, B: 11},
		"0.5 plus 1.2 times Beta(20, 11)":                               uncertain.Law{Family: uncertain.Beta, A: 20, B: 11}.Times(1.2).Plus(0.5),
		"LogNormal, mean 0.0081, 90% from 0.00589 to 0.0108":            fit(uncertain.LogNormal, 0.0081, 0.006, 0.011),
		"Gamma, mean 5,200, 90% from 4,010 to 6,520":                    fit(uncertain.Gamma, 5200, 4000, 6500),
		"Normal, mean 1, 90% from 0 to 2":                               fit(uncertain.Normal, 1, 0, 2),
		"Normal, mean 1, 90% from 0.0898 to 2.31, never outside 0 to 3": cut,
		"Triangular from 1 to 9, most likely 2":                         fit(uncertain.Triangular, 4, 1, 9),
		"PERT from 2 to 12, most likely 4":                              fit(uncertain.PERT, 5, 2, 12),
		"Uniform from 1 to 7":                                           fit(uncertain.Uniform, 4, 1, 7),
	} {
		require.Equal(t, says, l.String())
	}
	// A law that is scaled or shifted says the figures that it has then.
	require.Equal(t, "Gamma, mean 6,200, 90% from 5,010 to 7,520", fit(uncertain.Gamma, 5200, 4000, 6500).Plus(1000).String())
}

// One chance in a million of a rate above 1, by hand: a LogNormal of which 1 lies
// 4.753424 standard deviations out has exactly that.
func TestAboveInTheFarTail(t *testing.T) {
	l := uncertain.Law{Family: uncertain.LogNormal, A: -4.753424308822899, B: 1}
	require.InEpsilon(t, 1e-6, l.Above(1), 1e-12)
	// Beta(1, 5) is above x with (1 - x)⁵; Gamma(1, 1) with e^-x; a Triangular with
	// its peak at the low limit with (1 - x)².
	require.InEpsilon(t, 1e-50, uncertain.Law{Family: uncertain.Beta, A: 1, B: 5}.Above(1-1e-10), 1e-6)
	require.InEpsilon(t, math.Exp(-100), uncertain.Law{Family: uncertain.Gamma, A: 1, B: 1}.Above(100), 1e-12)
	require.InEpsilon(t, 1e-12, uncertain.Law{Family: uncertain.Triangular, High: 1}.Above(1-1e-6), 1e-9)
	require.InEpsilon(t, 2*math.Erfc(20/math.Sqrt2)/2, uncertain.Law{Family: uncertain.Normal, B: 1, High: math.MaxFloat64}.Above(20), 1e-12)
}
