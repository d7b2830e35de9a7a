package plot

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// What happened in all or none of the replications is not written as 100% or 0% on a
// curve: of 100 replications it is above 97% or below 3% (3 ÷ 100), by the rule of
// three. What is certain by arithmetic is.
func TestCurvesDoNotCallAllOfSomeCertain(t *testing.T) {
	v := version(t, "dn2", "base")
	point := func(value, p float64, certain bool) sensitivity.Point {
		one := montecarlo.ProbabilityOf{Probability: p, Replications: 100, Certain: certain}
		return sensitivity.Point{Value: value, Deadweight: value / 10, Saves: one, Capital: &sensitivity.CapitalSummary{Short: one}}
	}
	curve := func(first, now, last sensitivity.Point) *sensitivity.Curved {
		c := &sensitivity.Curved{Version: v, Points: []sensitivity.Point{first, now, last}, Unchanged: now}
		c.Conventions = montecarlo.Conventions{Replications: 100, Prices: contract.Constant}
		c.Driver.Name, c.Driver.Unit = sensitivity.WithoutProgramme, "×"
		return c
	}
	chance := curve(point(1, 0, false), point(2, 1, false), point(3, 1, false))
	certain := curve(point(1, 0, true), point(2, 1, true), point(3, 1, true))
	for name, draw := range map[string]func(...*sensitivity.Curved) (*Figure, error){"saving": SavingCurve, "deadweight": DeadweightCurve, "shortfall": ShortfallCurve} {
		f, err := draw(chance)
		require.NoError(t, err, name)
		require.Regexp(t, `<3% at .*, >97% at .*, >97% at `, f.Summary, name)
		require.NotRegexp(t, regexp.MustCompile(`(^|[^.\d])(100|0)% at (× |the)`), f.Summary, name)
		f, err = draw(certain)
		require.NoError(t, err, name)
		require.Regexp(t, `: 0% at .*, 100% at .*, 100% at `, f.Summary, name)
	}
	// Wilson's range of 100 of 100 is 1 ÷ (1 + 1.96² ÷ 100) = 96.3% and up; of none 3.7%
	// and down.
	f, err := ShortfallCurve(chance)
	require.NoError(t, err)
	require.Contains(t, f.Summary, ">97% at the current value (95% Monte Carlo range above 96.3%)")
	f, err = ShortfallCurve(curve(point(1, 0, false), point(2, 0, false), point(3, 1, false)))
	require.NoError(t, err)
	require.Contains(t, f.Summary, "<3% at the current value (95% Monte Carlo range below 3.7%)")
}

// Nor are rates of return that all or none of the replications have.
func TestReturnsDoNotCallAllOfSomeCertain(t *testing.T) {
	o := rates{n: 100, without: 100, losing: 100, misses: montecarlo.ProbabilityOf{Probability: 1, Replications: 100}}
	require.Equal(t, []string{"almost always below the hurdle", "no replication has a rate, all lose"}, o.asides(0.08, true))
	require.Contains(t, o.said(0.08), ">97% miss the hurdle of 8%, >97% have no rate (>97% of all have none and lose money) and <3% need no capital.")
}
