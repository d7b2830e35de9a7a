package expect_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
)

// The arithmetic fixture has nothing in it but lags, starts and failures: no
// moves before the start, no birthdays, referrals spread evenly over 260
// weeks. Its totals were found apart from this package, by a sum over
// survival curves.
type fixtureCase struct {
	name          string
	children      [4]float64
	start         [4]float64
	failure       [4]float64
	weeks, pounds float64
}

func fixtureCases() []fixtureCase {
	baseMix := func(scale float64) [4]float64 {
		return [4]float64{61 * scale, 121 * scale, 52 * scale, 70 * scale}
	}
	return []fixtureCase{
		{"base", baseMix(1), [4]float64{.55, 1, .70, .95}, [4]float64{.0096, .0097, .0139, .0073}, 16192, 6487229},
		{"medium", baseMix(.85), [4]float64{.60, 1, .75, .95}, [4]float64{.0085, .008, .010, .0055}, 15220, 6091779},
		{"low", baseMix(.65), [4]float64{.35, .95, .5, .9}, [4]float64{.020, .014, .020, .0145}, 7384, 2953050},
		{"high", [4]float64{88, 88, 59, 69}, [4]float64{.95, 1, .95, 1}, [4]float64{.005, .005, .006, .004}, 22575, 9206575},
	}
}

func fixture(c fixtureCase) *model.Programme {
	p := dn2(dn2Case{children: c.children, start: c.start, failure: c.failure})
	p.Ages = model.Ages{}
	p.Background = nil
	for i := range p.Cohorts {
		p.Cohorts[i].Background = nil
		p.Cohorts[i].HoldUntilStart = true
		p.Cohorts[i].Referrals.Last = 259
	}
	return p
}

func TestArithmeticFixture(t *testing.T) {
	const tolerance = .001 // of the figure
	for _, c := range fixtureCases() {
		t.Run(c.name, func(t *testing.T) {
			p := fixture(c)
			e, err := expect.Of(p)
			require.NoError(t, err)
			ledger, err := model.Price(p, e.Counts, contract.Constant)
			require.NoError(t, err)
			require.InEpsilon(t, c.weeks, sum(e.Counts.Units), tolerance)
			require.InEpsilon(t, c.pounds, pounds(ledger.Claims), tolerance)
		})
	}
}

func TestArithmeticFixtureToJune2024(t *testing.T) {
	p := fixture(fixtureCases()[0])
	require.Equal(t, 195, p.Calendar().Through(calendar.NewDate(2024, 6, 30)))
	e, err := expect.Of(p)
	require.NoError(t, err)
	for m, units := range unitsUntil(e.Counts, calendar.NewQuarter(2024, 2)) {
		require.InEpsilon(t, []float64{1073, 4589, 1102, 2560}[m], units, .001)
	}
}

func TestPerChildIsTheTotalPerChild(t *testing.T) {
	p := fixture(fixtureCases()[0])
	e, err := expect.Of(p)
	require.NoError(t, err)
	for m, one := range e.PerChild {
		total := 0.0
		for k := range p.Commissioners {
			total += sum(e.Counts.UnitsOf(m, k))
		}
		require.InEpsilon(t, total, one.Mean*p.Cohorts[m].Referrals.Children, 1e-12)
	}
}
