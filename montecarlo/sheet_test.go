package montecarlo

import (
	"context"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
)

// A council that is not listed by name pays of its own claims alone; whoever is listed can
// pay of everybody's.
func TestPayerRows(t *testing.T) {
	councils := []string{"North", "South", "East"}
	payers := append([]string{"Fund"}, councils...)
	each, all := payerRows([]contract.Payer{{Name: "Fund"}, {Name: "South"}, {Name: contract.ClaimingCommissioner}}, payers, councils)
	require.Equal(t, [][]int{{0, 1, 2}, {3}, {6, 7, 8}, {11}}, each)
	require.Equal(t, []int{0, 1, 2, 3, 6, 7, 8, 11}, all)
}

// Whatever payers there are, what each pays comes to what is paid in all, and nothing is
// paid in a row that is not added up.
func TestNothingIsPaidElsewhere(t *testing.T) {
	for name, listed := range map[string][]contract.Payer{
		"commissioners": {{Name: contract.ClaimingCommissioner, Shares: []contract.DatedShare{{Share: programmes.Pounds("1")}}}},
		"fixed shares of all claims": {
			{Name: "North", Shares: []contract.DatedShare{{Share: programmes.Pounds("0.25")}}},
			{Name: "South", Shares: []contract.DatedShare{{Share: programmes.Pounds("0.75")}}},
		},
		"a fund with a cap": {
			{Name: "Fund", Shares: []contract.DatedShare{{Share: programmes.Pounds("0.5")}}, Cap: decimal.NewNullDecimal(programmes.Pounds("1000"))},
			{Name: contract.ClaimingCommissioner, Shares: []contract.DatedShare{{Share: programmes.Pounds("0.5")}}},
		},
	} {
		p := programmes.Lively()
		p.Contract.Payers = listed
		r, err := Run(context.Background(), asVersion(p), Options{Seed: 1, Replications: 20, FixedRates: true})
		require.NoError(t, err, name)
		ledger := r.Ledger
		_, all := payerRows(listed, ledger.Payers, ledger.Shape.Commissioners)
		everything, added := int64(0), int64(0)
		for _, pence := range ledger.Payments {
			everything += pence
		}
		for _, row := range all {
			for _, pence := range ledger.Payments[row*len(ledger.Shape.Quarters):][:len(ledger.Shape.Quarters)] {
				added += pence
			}
		}
		require.Positive(t, everything, name)
		require.Equal(t, everything, added, name)
	}
}
