package report

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// DN2's metrics each pay for one cohort, so that the value of a unit is what that cohort
// avoids over the units it earns, and the cost of a unit its part of the cost of delivery
// in proportion to claims.
func TestCorridorOfPrices(t *testing.T) {
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	v, err := d.Version("medium")
	require.NoError(t, err)
	r, err := montecarlo.Run(context.Background(), v, montecarlo.Options{Replications: 60, Seed: 2, TotalsOnly: true})
	require.NoError(t, err)
	table, ok := corridor(r)
	require.True(t, ok)
	require.Len(t, table.Rows, 4)
	mean := func(all []float64) (sum float64) {
		for _, x := range all {
			sum += x / float64(len(all))
		}
		return sum
	}
	whole, _ := r.Totals.Of(montecarlo.Avoided)
	for i, m := range v.Programme.Contract.Metrics {
		cells := table.Rows[i].Cells
		require.Equal(t, m.Name, cells[0].Text)
		units, claims := r.Values(montecarlo.PaidUnits, m.Name), r.Values(montecarlo.Claims, m.Name)
		avoided := r.Values(montecarlo.Avoided, m.Cohorts[0])
		if paired := r.Values(montecarlo.Avoided, m.Cohorts[0], "", whole.Pairing); paired != nil {
			avoided = paired
		}
		require.NotEmpty(t, avoided)
		costs, all := r.Values(montecarlo.DeliveryCost), r.Values(montecarlo.Claims)
		require.InDelta(t, mean(claims)/mean(units), *cells[4].Value, 1e-6)
		require.InDelta(t, mean(avoided)/mean(units), *cells[5].Value, 1e-6)
		require.InDelta(t, mean(costs)*mean(claims)/mean(all)/mean(units), *cells[2].Value, 1e-6)
		var values, deliveries []float64
		for k := range units {
			values = append(values, avoided[k]/units[k])
			deliveries = append(deliveries, costs[k]*claims[k]/all[k]/units[k])
		}
		for column, each := range map[int][]float64{3: deliveries, 6: values} { // the 3rd and the 57th of 60
			slices.Sort(each)
			require.InDelta(t, each[2], *cells[column].Low, 1e-6)
			require.InDelta(t, each[56], *cells[column].High, 1e-6)
		}
	}
}

// Without delivery terms the cost of a unit is not known, and the table says so.
func TestCorridorWithoutDelivery(t *testing.T) {
	d, err := scenario.Open("suffolk")
	require.NoError(t, err)
	v, err := d.Version("")
	require.NoError(t, err)
	r, err := montecarlo.Run(context.Background(), v, montecarlo.Options{Replications: 10, Seed: 2, TotalsOnly: true})
	require.NoError(t, err)
	table, ok := corridor(r)
	require.True(t, ok)
	require.Equal(t, noFigure, table.Rows[0].Cells[2].Text)
	require.Contains(t, table.Notes[2], "no delivery terms")
}
