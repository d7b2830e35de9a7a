package montecarlo

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
)

// With the two arms' weeks swapped, gross avoided cost changes its sign exactly,
// cell by cell.
func TestBlackBoxArmsSwapped(t *testing.T) {
	p := free(t)
	e, err := expect.Of(p)
	require.NoError(t, err)
	before, err := model.Price(p, e.Counts, contract.Constant)
	require.NoError(t, err)
	s := e.Counts.Shape
	for w := contract.Tracking; w <= contract.AfterTracking; w++ {
		for k := range s.Cohorts {
			for c := range s.Commissioners {
				for state := range s.States {
					with, without := e.Counts.WeeksIn(w, contract.Intervention, k, c, state), e.Counts.WeeksIn(w, contract.Counterfactual, k, c, state)
					for q := range with {
						with[q], without[q] = without[q], with[q]
					}
				}
			}
		}
	}
	after, err := model.Price(p, e.Counts, contract.Constant)
	require.NoError(t, err)
	moved := 0
	for k := range s.Cohorts {
		for c := range s.Commissioners {
			for q := range s.Quarters {
				avoided := func(l *contract.Ledger) int64 {
					return l.CostsOf(contract.Tracking, contract.Counterfactual, k, c)[q] - l.CostsOf(contract.Tracking, contract.Intervention, k, c)[q]
				}
				require.Equal(t, -avoided(before), avoided(after))
				if avoided(before) != 0 {
					moved++
				}
			}
		}
	}
	require.Greater(t, moved, 50)
}

// Half as many who start have half the effect, exactly in expectation: a child who
// does not start costs the same in both arms.
func TestBlackBoxEffectHalved(t *testing.T) {
	p := free(t)
	before, err := Central(asVersion(p), contract.Constant)
	require.NoError(t, err)
	for i := range p.Cohorts {
		p.Cohorts[i].StartProbability /= 2
	}
	after, err := Central(asVersion(p), contract.Constant)
	require.NoError(t, err)
	for _, name := range []string{Avoided, AvoidedToEnd, Payments} {
		whole, ok := before.Totals.Of(name)
		require.True(t, ok)
		half, _ := after.Totals.Of(name)
		require.InDelta(t, whole.Value/2, half.Value, 2, name) // each cell is rounded to the penny
	}
}

// A higher discount rate lowers every present value; at 99% a year, of what is
// paid over six years only the first count.
func TestBlackBoxDiscountRateHigher(t *testing.T) {
	p := free(t)
	last := 0.0
	for i, rate := range []float64{0, 0.035, 0.08, 0.99} {
		p.DiscountRate = model.Rate{Yearly: rate}
		projection, err := Central(asVersion(p), contract.Constant)
		require.NoError(t, err)
		value, ok := projection.Totals.Of(valuePayments)
		require.True(t, ok)
		if i > 0 {
			require.Less(t, value.Value, last)
		}
		last = value.Value
	}
	projection, err := Central(asVersion(p), contract.Constant)
	require.NoError(t, err)
	early := 0.0
	for payer := range projection.Ledger.Payers {
		for c := range projection.Ledger.Shape.Commissioners {
			for _, pence := range projection.Ledger.PaymentsOf(payer, c)[:12] { // three years
				early += float64(pence) / 100
			}
		}
	}
	require.Less(t, last, early)
}

// What is claimed for a metric over what was counted for it is its tariff, in every
// replication.
func TestBlackBoxClaimsOverUnitsAreTheTariff(t *testing.T) {
	p := free(t)
	r := result(t, p)
	for _, m := range p.Contract.Metrics {
		require.Equal(t, decimal.Zero.String(), m.AgreedDeadweight.String())
		units := values(t, r, PaidUnits, m.Name)
		for i, claimed := range values(t, r, Claims, m.Name) {
			require.InDelta(t, m.Tariff.Amount.InexactFloat64()*units[i], claimed, 1e-6, "%s, replication %d", m.Name, i)
		}
	}
}
