package montecarlo

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
	"github.com/edgeofcare/edgeofcare/montecarlo/lives"
)

// withTarget is DN2 with a savings target, so that it has every measure that
// contains avoided cost.
func withTarget(t *testing.T) *model.Programme {
	p := programmes.DN2(t, "base")
	p.SavingsTargets = []model.SavingsTarget{{
		Commissioner: p.Commissioners[0].Name, Amount: decimal.NewFromInt(600_000),
		Years: []calendar.FinancialYear{2021, 2022, 2023},
	}}
	return p
}

// under is a total in every replication in one pairing.
func under(t *testing.T, r *Result, pairing, name, of string) []float64 {
	t.Helper()
	v := r.Values(name, of, "", pairing)
	require.NotNil(t, v, "%s %s, %s", name, of, pairing)
	return v
}

// quantileOf is the smallest value that at least a share p of values do not exceed.
func quantileOf(values []float64, p float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[int(math.Ceil(p*float64(len(sorted))))-1]
}

func TestBlackBoxChildWhoNeverStartsAvoidsNothingInEitherPairing(t *testing.T) {
	p := free(t)
	for i := range p.Cohorts {
		p.Cohorts[i].StartProbability = 0
	}
	r := result(t, p)
	for _, pairing := range []string{commonNumbers, independentLives} {
		for _, name := range []string{Avoided, AvoidedToEnd, Cashable, NetPublic, valueAvoided} {
			for i, v := range under(t, r, pairing, name, "") {
				require.Zero(t, v, "%s, %s, replication %d", name, pairing, i)
			}
		}
	}
}

// A range comes from whichever pairing has the wider one from 5% to 95%, and the
// chance that goes with it from the same.
func TestHeadlineTakesTheWiderPairing(t *testing.T) {
	r := result(t, withTarget(t), func(o *Options) { o.Replications = 400 })
	seen := map[string]int{}
	for _, s := range r.Totals {
		if s.Pairing == "" {
			require.Nil(t, s.OtherPairing, s.Key)
			continue
		}
		seen[s.Pairing]++
		width := func(pairing string) float64 {
			v := under(t, r, pairing, s.Name, s.Of)
			return quantileOf(v, 0.95) - quantileOf(v, 0.05)
		}
		common, independent := width(commonNumbers), width(independentLives)
		require.Equal(t, independent > common, s.Pairing == independentLives, s.Key)
		require.InDelta(t, max(common, independent), s.Quantiles[4].Value-s.Quantiles[0].Value, 1e-6, s.Key)
		require.InDelta(t, min(common, independent), s.OtherPairing.Quantiles[4].Value-s.OtherPairing.Quantiles[0].Value, 1e-6, s.Key)
		// Mean and error come from common random numbers, whichever is wider.
		if s.Name == BenefitCost {
			continue // a ratio of means: see ratio.go
		}
		v := under(t, r, commonNumbers, s.Name, s.Of)
		require.InDelta(t, stat.Mean(v, nil), s.Mean, 1e-6*max(1, math.Abs(s.Mean)), s.Key)
		require.InDelta(t, stat.StdDev(v, nil)/math.Sqrt(400), *s.StdErr, 1e-6*max(1, *s.StdErr), s.Key)
	}
	require.NotZero(t, seen[independentLives])
	for _, name := range []string{
		Avoided, AvoidedToEnd, Cashable, NetCashable, NetPublic, netPublicToEnd, valueAvoided, ValueNet, BenefitCost,
	} {
		require.NotEmpty(t, summary(t, r, name).Pairing, name)
	}
	for _, name := range []string{Payments, Claims, valuePayments, Started, PaidUnits} {
		require.Empty(t, summary(t, r, name).Pairing, name)
	}
	requireChancesFollow(t, r)
}

// requireChancesFollow requires every probability of a saving to be counted in the
// pairing of the total that decides it.
func requireChancesFollow(t *testing.T, r *Result) {
	council, target := r.run.sheet.shape.Commissioners[0], r.run.sheet.targets[0]
	pounds := target.pence / 100
	for _, one := range []struct {
		event, of, total string
		happened         func(float64) bool
	}{
		{Saves, "", NetPublic, func(v float64) bool { return v > 0 }},
		{OwnSaves, council, NetSaving, func(v float64) bool { return v > 0 }},
		{CashableSaves, "", NetCashable, func(v float64) bool { return v > 0 }},
		{OwnCashableSaves, council, OwnNetCashable, func(v float64) bool { return v > 0 }},
		{TargetMet, target.name, targetNet, func(v float64) bool { return v >= pounds }},
		{TargetMetGross, target.name, targetGross, func(v float64) bool { return v >= pounds }},
	} {
		p, ok := r.Probabilities.Of(one.event, one.of)
		require.True(t, ok, one.event)
		total, _ := r.Totals.Of(one.total, one.of)
		require.Equal(t, total.Pairing, p.Pairing, p.Key)
		require.NotEqual(t, p.Pairing, p.OtherPairing.Pairing, p.Key)
		for _, chance := range []ProbabilityOf{p, *p.OtherPairing} {
			n := 0
			values := under(t, r, chance.Pairing, one.total, one.of)
			for _, v := range values {
				if one.happened(v) {
					n++
				}
			}
			require.InDelta(t, float64(n)/float64(len(values)), chance.Probability, 1e-12, "%s, %s", p.Key, chance.Pairing)
		}
	}
	for _, name := range []string{CapReached, TooFewReferred} {
		p, ok := r.Probabilities.Of(name)
		require.True(t, ok)
		require.Empty(t, p.Pairing, name)
	}
}

// The periods of a series take the pairing of its total.
func TestSeriesTakeThePairingOfTheirTotal(t *testing.T) {
	r := result(t, withTarget(t), func(o *Options) { o.Replications = 200 })
	paths := map[string][][]float64{commonNumbers: r.Paths(NetPublic), independentLives: r.Paths(NetPublic, "", "", independentLives)}
	s, ok := r.Quarterly.Of(NetPublic)
	require.True(t, ok)
	require.Equal(t, summary(t, r, NetPublic).Pairing, s.Pairing)
	other := commonNumbers
	if s.Pairing == commonNumbers {
		other = independentLives
	}
	quarter := func(pairing string, q int) (values []float64) {
		for _, path := range paths[pairing] {
			values = append(values, path[q])
		}
		return values
	}
	for q := range s.By {
		require.InDelta(t, quantileOf(quarter(s.Pairing, q), 0.95), s.By[q].Quantiles[4].Value, 1e-6)
		require.InDelta(t, quantileOf(quarter(other, q), 0.95), s.OtherPairing[q].Quantiles[4].Value, 1e-6)
		require.InDelta(t, stat.Mean(quarter(commonNumbers, q), nil), s.By[q].Mean, 1e-6)
	}
	years, ok := r.Yearly.Of(Avoided)
	require.True(t, ok)
	require.Equal(t, summary(t, r, Avoided).Pairing, years.Pairing)
	require.Len(t, years.OtherPairing, len(r.Years))
	payments, _ := r.Quarterly.Of(Payments)
	require.Empty(t, payments.Pairing)
	require.Empty(t, payments.OtherPairing)
}

// The choice rests on 5% and 95% whatever quantiles are asked for, and on every
// replication or on histograms alike.
func TestPairingDoesNotDependOnTheQuantilesAskedFor(t *testing.T) {
	p := withTarget(t)
	usual := result(t, p)
	for _, quantiles := range [][]float64{{0.5}, {0.1, 0.9}} {
		other := result(t, p, func(o *Options) { o.Quantiles = quantiles })
		for i, s := range usual.Totals {
			require.Equal(t, s.Pairing, other.Totals[i].Pairing, s.Key)
		}
	}
}

// Independent lives have the exact expectation of the counterfactual: within 4.5
// standard errors in each of some hundred correlated figures.
func TestMeansOfIndependentLivesAgreeWithTheExpectation(t *testing.T) {
	for engine, n := range map[lives.Engine]int{lives.Jump: 1500, lives.Plain: 150} {
		r := result(t, free(t), func(o *Options) { o.Replications, o.TotalsOnly, o.Engine = n, true, engine })
		compared := 0
		for _, s := range r.Totals {
			if s.Pairing == "" || !s.Exact {
				continue
			}
			mean, sd := stat.MeanStdDev(under(t, r, independentLives, s.Name, s.Of), nil)
			require.InDelta(t, s.Central, mean, 4.5*sd/math.Sqrt(float64(n))+1, "%s, %s", s.Key, engine)
			compared++
		}
		require.Greater(t, compared, 15)
	}
}

// DN2's range of the net public saving is wider under independent lives, by 22% in
// the base case and 13% in the high case over 2,000 replications.
func TestIndependentLivesWidenTheRange(t *testing.T) {
	for _, name := range []string{"base", "high"} {
		r := result(t, programmes.DN2(t, name), func(o *Options) { o.Replications, o.TotalsOnly = 1500, true })
		common, independent := under(t, r, commonNumbers, NetPublic, ""), under(t, r, independentLives, NetPublic, "")
		ratio := (quantileOf(independent, 0.95) - quantileOf(independent, 0.05)) / (quantileOf(common, 0.95) - quantileOf(common, 0.05))
		t.Logf("%s: 90%% range under independent lives ÷ with common random numbers is %.2f", name, ratio)
		require.Greater(t, ratio, 1.02, name)
		require.Less(t, ratio, 1.6, name)
		require.Equal(t, independentLives, summary(t, r, NetPublic).Pairing, name)
	}
}

// The plain engine has other numbers in common, and says so.
func TestConventionsSayWhatThePlainEngineHasInCommon(t *testing.T) {
	require.Contains(t, pairingConventions(lives.Plain), "the plain engine has other numbers in common than the jump engine")
	for _, engine := range []lives.Engine{lives.Jump, lives.Walk} {
		require.NotContains(t, pairingConventions(engine), "plain engine")
	}
}

func TestPairingSurvivesJSON(t *testing.T) {
	r := result(t, withTarget(t))
	text, err := json.Marshal(r)
	require.NoError(t, err)
	back := new(Result)
	require.NoError(t, json.Unmarshal(text, back))
	require.Equal(t, r.Totals, back.Totals)
	require.Equal(t, r.Probabilities, back.Probabilities)
	require.Equal(t, r.Yearly, back.Yearly)
}

func TestRepricedHasBothPairings(t *testing.T) {
	p := withTarget(t)
	kept := result(t, p, func(o *Options) { o.Keep = true })
	for i := range p.UnitCosts {
		p.UnitCosts[i].PerWeek = p.UnitCosts[i].PerWeek.Mul(decimal.NewFromInt(2))
	}
	repriced, err := kept.Reprice(t.Context(), asVersion(p))
	require.NoError(t, err)
	requireSame(t, result(t, p), repriced)
}
