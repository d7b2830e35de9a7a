package plot

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/population"
)

// ranged is a figure with made-up quantiles.
func ranged(n float64) population.Figure {
	x := population.Figure{Expected: n}
	for _, off := range []float64{-8, -7, -5, -3, 0, 3, 5, 7, 8} {
		x.Range = append(x.Range, n+off)
	}
	return x
}

func TestPopulationNeedsReplications(t *testing.T) {
	for _, f := range []*population.Forecast{nil, {}} {
		_, err := Population(f)
		require.ErrorContains(t, err, "no ranges to draw")
	}
}

// The chart's figures are those of the forecast, and what a programme changes is added.
func TestPopulationDrawsTheForecast(t *testing.T) {
	f := &population.Forecast{
		Start: calendar.NewDate(2025, 3, 31), Years: []calendar.FinancialYear{2025, 2026}, Replications: 100,
		Stock: []population.Stock{
			{Today: 50, Years: []population.Figure{ranged(52), ranged(54)}},
			{State: "foster", Today: 30, Years: []population.Figure{ranged(31), ranged(32)}},
			{State: "residential", Today: 20, Years: []population.Figure{ranged(21), ranged(22)}},
		},
	}
	drawn, err := Population(f)
	require.NoError(t, err)
	require.Equal(t, "54 children are expected in care in March 2027 (90% range 47 to 61), today 50", drawn.Title)
	require.Len(t, drawn.Panels, 3)
	f.With = &population.With{Programme: "dn2", Stock: [][]float64{{-1, -2}, {1, 1}, {-2, -3}}}
	drawn, err = Population(f)
	require.NoError(t, err)
	require.Equal(t, "With dn2, 19 children are expected in residential care in March 2027, not 22", drawn.Title)
	f.With.Council = "Derby" // whose children alone are counted
	drawn, err = Population(f)
	require.NoError(t, err)
	require.Equal(t, "With dn2 for Derby, 19 children are expected in residential care in March 2027, not 22", drawn.Title)
	require.Equal(t, "Expected with dn2 for Derby", drawn.Key[1].Label)
	require.Equal(t, []any{"all in care", "31 March 2027", 54.0, 46.0, 49.0, 51.0, 54.0, 57.0, 59.0, 62.0, 52.0}, drawn.Rows[2])
	require.Contains(t, drawn.Summary, "Residential: 20 today, 22 expected on 31 March 2027")
}
