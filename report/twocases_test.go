package report

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Every line of the two cases falls in one budget and is cash or not, and the lines add
// up to the net public saving and to the cashable saving less payments, whether each
// council pays for its own children or all pay fixed shares.
func TestTwoCasesAddUp(t *testing.T) {
	for _, name := range []string{"medium", "high + councils pay fixed shares"} {
		r := investIn(t, versionsOf(t, "dn2", name)...).Results[0]
		table, ok := twoCases(r)
		require.True(t, ok)
		var economic, financial float64
		budgets := map[string]bool{}
		for _, row := range table.Rows {
			label := row.cell(0).Text
			if row.cell(2).Text == "" { // a heading, or what is left of lines above
				continue
			}
			budgets[row.cell(1).Text] = true
			require.Contains(t, []string{"cash in", "cash out", "not cash"}, row.cell(2).Text, label)
			economic += *row.cell(3).Value
			if row.cell(2).Text == "not cash" {
				require.Nil(t, row.cell(4).Value)
				continue
			}
			financial += *row.cell(4).Value
		}
		require.Equal(t, map[string]bool{"Nottinghamshire": true, "Nottingham": true, "Derby": true, "Life Chances Fund": true}, budgets)
		last := table.Rows[len(table.Rows)-1]
		require.InDelta(t, *last.cell(3).Value, economic, 0.05)
		require.InDelta(t, *last.cell(4).Value, financial, 0.05)
		public, _ := r.Totals.Of(montecarlo.NetPublic)
		require.InDelta(t, public.Central, economic, 0.05)
	}
}

// At the file's rate the table has the present values of the totals; at 3.0% more, by
// arithmetic that is written out here for the quarters' last days.
func TestPresentValuesAtTwoRates(t *testing.T) {
	r := investIn(t, versionsOf(t, "dn2", "medium")...).Results[0]
	table, ok := presentValues(r)
	require.True(t, ok)
	require.Equal(t, []string{"", "undiscounted", "at the file's rate, 3.5% a year (real)", "at 3% a year (real)"}, table.headings())
	net := cellsOf(t, table, "Net public saving", 0)
	undiscounted, _ := r.Totals.Of(montecarlo.NetPublic)
	value, _ := r.Totals.Of(montecarlo.ValueNet)
	// To the last bit, so that what ends in 50p rounds the same way as in the totals.
	require.Equal(t, undiscounted.Central, *net[0].Value)
	require.Equal(t, value.Central, *net[1].Value)
	series, _ := r.Quarterly.Of(montecarlo.NetPublic)
	var flows []finance.Flow
	for i, q := range r.Quarters {
		flows = append(flows, finance.Flow{On: q.Last(), Amount: int64(100 * series.Central[i])})
	}
	require.InDelta(t, finance.NetPresentValue(flows, 0.03, r.Version.Programme.Start), *net[2].Value, 1)
	require.Greater(t, *net[2].Value, *net[1].Value)

	r.Version.Programme.DiscountRate = model.Rate{Yearly: 0.03}
	_, ok = presentValues(r)
	require.False(t, ok, "the file has the other rate itself")
}
