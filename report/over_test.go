package report

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Beside a range over chance and rates stand the range over chance alone and the
// share of the variance that is rates, in tables and in the columns of a spreadsheet;
// at fixed rates there is none, and every label says so.
func TestRangesSayWhatTheyAreOver(t *testing.T) {
	v := template(t)
	ran := func(fixed bool) *montecarlo.Comparison {
		c, err := montecarlo.Compare(context.Background(), []*scenario.Version{v}, "", montecarlo.Options{Seed: 1, Replications: 60, FixedRates: fixed, Quantiles: []float64{0.05, 0.95}})
		require.NoError(t, err)
		return c
	}
	c := ran(false)
	r := c.Results[0]
	net, ok := r.Totals.Of(montecarlo.NetPublic)
	require.True(t, ok)
	require.NotNil(t, net.Rates)

	table := Compare(c)[0]
	at := rowsUnder(table, "Net public saving, central")
	require.Equal(t, []string{"mean of replications ± its standard error", "5% to 95%, over chance and rates", "5% to 95%, chance alone", "share of the variance that is rates", "probability that it is above £0, over chance and rates"}, partLabels(at))
	require.Equal(t, net.Quantiles[0].Value, *at[1].Cells[1].Low)
	require.Equal(t, net.Rates.Chance[0].Value, *at[2].Cells[1].Low)
	require.Equal(t, net.Rates.Chance[1].Value, *at[2].Cells[1].High)
	require.Equal(t, net.Rates.Share, *at[3].Cells[1].Value)

	rows := sheets(t, Run(r))
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	found := false
	for _, row := range rows[1:] {
		if row[column["measure"]] == montecarlo.NetPublic && row[column["level"]] == "total" {
			found = true
			require.Equal(t, "chance and rates", row[column["range_covers"]])
			require.Equal(t, bare(net.Rates.Share), row[column["share_of_variance_that_is_rates"]])
			require.Equal(t, bare(net.Rates.StdErr), row[column["standard_error_of_share"]])
			require.Equal(t, bare(net.Rates.Chance[0].Value), row[column["quantile_5_chance_alone"]])
			require.Equal(t, bare(net.Rates.Chance[1].Value), row[column["quantile_95_chance_alone"]])
			require.Equal(t, "1", row[column["seed"]])
		}
	}
	require.True(t, found)

	fixed := Compare(ran(true))[0]
	require.Equal(t, []string{"mean of replications ± its standard error", "5% to 95%, at these rates", "probability that it is above £0, at these rates"}, partLabels(rowsUnder(fixed, "Net public saving, central")))
	require.Contains(t, fixed.About[0], "60 replications of each case at these rates")
}

// rowsUnder are the parts of the row with a label.
func rowsUnder(t Table, label string) (parts []Row) {
	under := false
	for _, row := range t.Rows {
		switch {
		case row.cell(0).Text == label:
			under = true
		case row.Indent == 0:
			under = false
		case under:
			parts = append(parts, row)
		}
	}
	return parts
}

func partLabels(rows []Row) (all []string) {
	for _, row := range rows {
		all = append(all, row.Cells[0].Text)
	}
	return all
}
