package plot

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/calibrate"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// The words beside the line stand above the fan, and a forecast that nobody could have made
// on its day says so.
func TestReforecast(t *testing.T) {
	v, paid := version(t, "dn2", "base"), 383_000.0
	o := &calibrate.Outlook{Version: v, AsOf: calendar.NewDate(2024, 6, 30), Evidence: 1, Draws: 1000, Replications: 2000, Quarters: []calibrate.ReforecastQuarter{
		{Quarter: calendar.NewQuarter(2024, 2), Actual: &paid, ToDate: calibrate.Forecast{Mean: paid, Low: paid, High: paid}},
		{
			Quarter: calendar.NewQuarter(2024, 3), Forecast: &calibrate.Forecast{Mean: 382_000, Low: 313_000, High: 452_000, ChanceLow: 317_000, ChanceHigh: 448_000},
			ToDate: calibrate.Forecast{Mean: 765_000, Low: 696_000, High: 835_000},
		},
	}}
	f, err := Reforecast(o)
	require.NoError(t, err)
	require.Greater(t, f.Panels[0].Plot.Y.Max, 1.1*452_000)
	require.NotContains(t, f.Note, "later payments")
	o.Freed = []model.Path{"metrics.M1 step-down.tariff"}
	f, err = Reforecast(o)
	require.NoError(t, err)
	require.Contains(t, f.Note, "inputs that had been fitted to later payments are set free")
	o.Seen = []model.Path{"cohorts.step-down.referrals.from"}
	f, err = Reforecast(o)
	require.NoError(t, err)
	require.Contains(t, f.Note, "inputs had been fitted to later payments, so that it could not have been made on the day")
}
