package montecarlo

import (
	"bytes"
	"context"
	"os"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// cappedToWhatIsAffordable is the example with one payer, a cap of £100,003 a year
// that is always reached in 2027/28, and as much as that affordable: no replication
// is above it. With 2.3% from 2019/20 on, £100,003 is £119,954.93 then, rounded; with
// an indexation of 1% it is £108,288.92 in cash, which is above £108,288.9169.
func cappedToWhatIsAffordable(t *testing.T, indexation string) *scenario.Version {
	t.Helper()
	text, err := os.ReadFile("../docs/example/two-payers.yaml")
	require.NoError(t, err)
	d, err := scenario.Read("two payers", bytes.NewReader(text))
	require.NoError(t, err)
	v, err := d.Version("high + {inflation=2.3%} + {price base=constant 2019/20 prices} + {contract cap=none} + {payers={commissioner: {share: 100%}}}")
	require.NoError(t, err)
	most := decimal.NewFromInt(100_003)
	var rate decimal.NullDecimal
	if indexation != "" {
		rate = decimal.NewNullDecimal(decimal.RequireFromString(indexation))
	}
	p := v.Programme
	p.Contract.YearCaps = []contract.YearCap{{Amount: most, Indexation: rate}}
	p.Affordability = []model.Affordable{{Commissioner: "Larkshire", Year: 2027, Amount: most, Indexation: rate}}
	return v
}

func TestPaymentsUpToALimitAreNotAboveItInEitherPrices(t *testing.T) {
	for _, indexation := range []string{"", "0.01"} {
		for _, prices := range []contract.Prices{contract.Constant, contract.Cash} {
			v := cappedToWhatIsAffordable(t, indexation)
			limit := v.Programme.Affordability[0]
			above := func() float64 {
				r, err := Run(context.Background(), v, Options{Replications: 50, Prices: prices})
				require.NoError(t, err)
				chance, ok := r.Probabilities.Of(AboveAffordable, limit.String())
				require.True(t, ok)
				return chance.Probability
			}
			require.Zero(t, above(), "indexation %s in %s prices", indexation, prices)
			v.Programme.Affordability[0].Amount = limit.Amount.Sub(decimal.New(1, 0))
			limit = v.Programme.Affordability[0]
			require.Greater(t, above(), 0.9, "£1 less is exceeded: indexation %s in %s prices", indexation, prices)
		}
	}
}

// A cap that is not reached cuts nothing, in whichever prices the pennies of claims
// and payments are rounded.
func TestCapsThatAreNotReachedCutNothing(t *testing.T) {
	for _, edit := range []string{"contract cap={amount: 100000000, indexation: 0%}", "contract cap=none"} {
		for _, prices := range []contract.Prices{contract.Constant, contract.Cash} {
			r, err := Run(context.Background(), priced(t, "template", "medium + {metrics.M2 reunification.cap=none} + {"+edit+"}"), Options{Replications: 50, Prices: prices})
			require.NoError(t, err)
			unpaid, ok := r.Totals.Of(Unpaid)
			require.True(t, ok)
			require.Zero(t, unpaid.Central)
			require.Zero(t, unpaid.Mean)
			require.Zero(t, *unpaid.SD)
		}
	}
}

// What a cap does cut is the claims less what is paid, to the penny.
func TestWhatCapsCutIsKeptInBothPrices(t *testing.T) {
	for _, prices := range []contract.Prices{contract.Constant, contract.Cash} {
		r, err := Run(context.Background(), priced(t, "template", "high + {contract cap={amount: 100000, indexation: 0%}}"), Options{Replications: 10, Prices: prices})
		require.NoError(t, err)
		claims, _ := r.Totals.Of(Claims)
		paid, _ := r.Totals.Of(Payments)
		unpaid, _ := r.Totals.Of(Unpaid)
		require.Greater(t, unpaid.Central, 500_000.0)
		require.InDelta(t, claims.Central-paid.Central, unpaid.Central, 0.005)
	}
}
