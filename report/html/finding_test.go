package html_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// The headline has the means of the table, with all care avoided and in cash, whatever
// their signs.
func TestHeadlineSaysBoth(t *testing.T) {
	p := pageOf(t, "dn2", nil)
	left, err := p.Result.Totals.Find(montecarlo.NetPublic)
	require.NoError(t, err)
	cash, err := p.Result.Totals.Find(montecarlo.NetCashable)
	require.NoError(t, err)
	require.Positive(t, left.Mean)
	require.Negative(t, cash.Mean)
	all, _ := words.ThreeFigures(left.Mean)
	alone, _ := words.ThreeFigures(cash.Mean)
	page := written(t, p)
	require.Contains(t, page, " leaves "+all+" after all payments with all care avoided, and "+alone+" in cash alone</p>")
	require.Contains(t, page, "<td>"+all+"</td>", "as in the table")
	require.Contains(t, page, "<td>"+alone+"</td>", "as in the table")
}
