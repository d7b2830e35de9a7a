package report

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// In every quarter what comes in and goes out is the change in cash: with a
// guarantee, and where cash that is held changes in value.
func TestCashByQuarterAddsUp(t *testing.T) {
	for _, test := range []struct {
		programme, version string
		prices             contract.Prices
	}{
		{"dn2", "high", contract.Constant},
		{"dn2", "medium + provider at risk", contract.Constant},
		{"newpin", "low", contract.Constant}, // in which the guarantee pays
		{"newpin", "base", contract.Cash},
	} {
		d, err := scenario.Open(test.programme)
		require.NoError(t, err)
		v, err := d.Version(test.version)
		require.NoError(t, err)
		r, err := montecarlo.Run(t.Context(), v, montecarlo.Options{Replications: 1, Prices: test.prices})
		require.NoError(t, err)
		cash, guaranteed := int64(0), int64(0)
		for _, q := range quartersOf(r.Account) {
			cash += q.receipts - q.costs + q.drawn + q.found + q.guaranteed - q.paid + q.revalued
			guaranteed += q.guaranteed
			require.Equal(t, q.cash, cash, "%s %s %s", test.programme, test.version, q.quarter)
		}
		if test.version == "low" {
			require.Positive(t, guaranteed)
		}
		table := cashByQuarter(r)[0]
		for _, row := range table.Rows {
			require.Len(t, row.Cells, len(table.Columns))
		}
	}
}
