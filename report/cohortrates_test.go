package report

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Where interest or a price goes by tiers of a cohort's rate, the pages for investors and
// councils have the rate and the chance of each tier, of the very results: the chances
// add up to 1. A page for councils has them only where what they pay depends on them.
func TestRatesOfCohortsOnPages(t *testing.T) {
	for _, test := range []struct {
		version, page string
		shown         bool
	}{{"medium", "invest", true}, {"medium", "first", false}, {"medium + paid by tiers", "first", true}, {"medium + paid by tiers", "council", true}} {
		c := investIn(t, versionsOf(t, "newpin", test.version)...)
		r := c.Results[0]
		var table Table
		switch test.page {
		case "invest":
			tables, err := Invest(c, false)
			require.NoError(t, err)
			table = tables[0]
		case "first":
			tables, err := FirstScreen(t.Context(), c)
			require.NoError(t, err)
			table = tables[0]
		case "council":
			tables, err := Council("New South Wales", nil, r)
			require.NoError(t, err)
			table = tables[0]
		}
		rate, tiers := 0, 0.0
		for _, row := range table.Rows {
			switch label := row.cell(0).Text; {
			case row.Heading != "":
			case label == "Rate of the cohort, restored in June 2020: mean, chances at these rates":
				total, ok := r.Totals.Of(montecarlo.CohortRate, "restored in June 2020")
				require.True(t, ok)
				require.Equal(t, total.Mean, *row.cell(1).Value)
				rate++
			case label == "chance of 60% to below 65%":
				likely, ok := r.Probabilities.Of(montecarlo.RateInTier, "restored in June 2020, 60% to below 65%")
				require.True(t, ok)
				require.Equal(t, likely.Probability, *row.cell(1).Value)
				fallthrough
			case label == "chance of 70% or more", label == "chance of 65% to below 70%", label == "chance of 55% to below 60%", label == "chance of below 55%":
				tiers += *row.cell(1).Value
			}
		}
		if !test.shown {
			require.Zero(t, rate)
			require.Zero(t, tiers)
			continue
		}
		require.Equal(t, 1, rate, test.page)
		require.InDelta(t, 1, tiers, 1e-12, test.page)
	}
}
