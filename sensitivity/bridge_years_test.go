package sensitivity_test

import (
	"context"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// Where one of two groups makes the programme longer, the table has the years of
// every step, and adds up in each.
func TestBridgeHasTheYearsOfEveryStep(t *testing.T) {
	d := open(t, "dn2")
	from, err := d.Version("medium")
	require.NoError(t, err)
	to, err := from.With("", scenario.Set("end", "2028-09-30"), scenario.Set("unit costs.residential", "4500"))
	require.NoError(t, err)
	measure, err := montecarlo.ReadKey("net public saving")
	require.NoError(t, err)
	b, err := sensitivity.Bridge(context.Background(), from, to, contract.Constant, measure, []sensitivity.NamedGroup{{Name: "end", Paths: []string{"end"}}}, 0)
	require.NoError(t, err)
	require.Equal(t, to.Programme.Shape().Quarters[len(to.Programme.Shape().Quarters)-1].FinancialYear(), b.Years[len(b.Years)-1])
	for i := range b.Councils {
		for k := range b.Years {
			sum := decimal.Zero
			for _, g := range b.Groups {
				sum = sum.Add(g.Cells[i][k])
			}
			require.True(t, sum.Equal(b.End.Cells[i][k].Sub(b.Start.Cells[i][k])))
		}
	}
}
