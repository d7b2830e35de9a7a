package montecarlo

import (
	"context"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
)

// Certain by arithmetic is 0% or 100%; what did not happen in so few replications
// is not.
func TestWhatIsCertainIsNotAGuess(t *testing.T) {
	said := func(r *Result, name string, of ...string) string {
		p, ok := r.Probabilities.Of(name, of...)
		require.True(t, ok, name)
		return words.Chance(p.Probability, p.Replications, p.Certain)
	}

	r, err := Run(context.Background(), twoCouncils(t, "medium"), Options{Seed: 1, Replications: 60, TotalsOnly: true})
	require.NoError(t, err)
	// Nobody starts before October 2026, but some may be paid for by March 2027.
	require.Equal(t, "<5%", said(r, AboveAffordable, "Southdale, £1000000 in 2026/27"))
	require.Equal(t, ">95%", said(r, Saves))

	early := programmes.Lively() // starts in February 2021; the lag is 3 weeks or more, and units come after
	for i := range early.Cohorts {
		early.Cohorts[i].Lag = 26
	}
	early.Affordability = []model.Affordable{{Commissioner: "North", Year: 2020, Amount: programmes.Pounds("1")}}
	require.Equal(t, "0%", said(result(t, early), AboveAffordable, early.Affordability[0].String()))

	capped := programmes.Lively()
	capped.Contract.Cap = decimal.NewNullDecimal(decimal.Zero)
	require.Equal(t, "100%", said(result(t, capped), CapReached))
	capped.Contract.Cap = decimal.NewNullDecimal(programmes.Pounds("1"))
	require.Equal(t, ">95%", said(result(t, capped), CapReached))

	free := programmes.Lively()
	for i := range free.UnitCosts {
		free.UnitCosts[i].PerWeek = decimal.Zero
	}
	require.Equal(t, "0%", said(result(t, free), Saves))
	require.Equal(t, "0%", said(result(t, free), OwnCashableSaves, "North"))
}

// At most 41 + 51 children can be referred early, and at least none, as some weeks
// of both cohorts are late.
func TestReferralsThatCannotBeTooFew(t *testing.T) {
	p := programmes.Lively()
	for i := range p.Cohorts {
		p.Cohorts[i].Referrals.Children += 0.5
	}
	fewest, most := earlyReferrals(p)
	require.Equal(t, []float64{0, 92}, []float64{float64(fewest), most})
	p.MinimumReferrals.Weeks = 100
	fewest, most = earlyReferrals(p)
	require.Equal(t, []float64{90, 92}, []float64{float64(fewest), most})
	p.Cohorts[0].Referrals.Law = model.Poisson
	fewest, most = earlyReferrals(p)
	require.Equal(t, 50, fewest)
	require.Greater(t, most, 1e9)
}

// One child, referred in a known week to one council, who starts and stays: every
// replication is the same.
func TestProgrammeWithoutChance(t *testing.T) {
	p := programmes.Lively()
	require.False(t, withoutChance(p))
	p.Ages, p.Background, p.Commissioners = model.Ages{}, nil, []model.Commissioner{{Name: "North", ReferralShare: 1}}
	p.Cohorts = p.Cohorts[:1]
	c := &p.Cohorts[0]
	c.Referrals, c.StartProbability, c.Failure, c.Background = model.Referrals{Children: 2, First: 3, Last: 3}, 1, nil, nil
	p.Contract.Metrics, p.MinimumReferrals = p.Contract.Metrics[:1], model.MinimumReferrals{}
	p.Contract.Metrics[0].Commissioners = nil
	require.True(t, withoutChance(p))
	r := result(t, p)
	for _, s := range r.Totals {
		require.Zero(t, *s.SD, s.Key)
	}
	for _, event := range r.Probabilities {
		require.True(t, event.Certain)
	}
	c.Referrals.Last = 4
	require.False(t, withoutChance(p))
}
