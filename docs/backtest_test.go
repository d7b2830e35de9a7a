package docs_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/calibrate"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// The figures of backtests that the README and the page on backtesting quote.
func TestQuotedBacktests(t *testing.T) {
	dn2, err := scenario.Open("dn2")
	require.NoError(t, err)
	page := read(t, "backtest.md")
	b, err := calibrate.HoldOut(t.Context(), version(t, dn2, "base"), calibrate.Options{Fit: []string{"failure"}, Run: montecarlo.Options{Seed: 1}})
	require.NoError(t, err)
	quoted(t, page, "DN2, base", b)
	inside, quarters := 0, 0
	for _, f := range b.Fits {
		actual, modelled, worst := 0.0, 0.0, 0.0
		for _, q := range f.Quarters {
			if q.Inside == nil {
				continue
			}
			if quarters++; *q.Inside {
				inside++
			}
			if worst = max(worst, *q.Error); q.Quarter <= calendar.NewQuarter(2024, 2) {
				actual, modelled = actual+q.Actual, modelled+q.Modelled
			}
		}
		if f.Used && f.FittedTo == calendar.NewQuarter(2022, 4) {
			require.Contains(t, page, fmt.Sprintf("%.1f%% above", 100*(modelled/actual-1)))
			require.Contains(t, page, fmt.Sprintf("up to %.1f%% off", 100*worst))
		}
	}
	require.Contains(t, page, fmt.Sprintf("%d of %d quarters with failure", inside, quarters))

	b, err = calibrate.HoldOut(t.Context(), version(t, dn2, "high"), calibrate.Options{
		FitsOnly: true, Origins: []calendar.Quarter{calendar.NewQuarter(2022, 4)}, Run: montecarlo.Options{Replications: 2},
	})
	require.NoError(t, err)
	referrals, failure := b.Fits[0], b.Fits[2]
	require.Equal(t, "6.8 0.63", fmt.Sprintf("%.1f %.2f", failure.Multiplier, referrals.Multiplier))
	require.Greater(t, failure.Typical, 2*referrals.Typical)
}

// The other rows of the table of forecasts.
func TestQuotedForecasts(t *testing.T) {
	if os.Getenv("EDGEOFCARE_LONG") == "" {
		t.Skip("set EDGEOFCARE_LONG=1: takes some seconds")
	}
	page := read(t, "backtest.md")
	for _, c := range []struct{ name, programme, text string }{{"DN2, medium", "dn2", "medium"}, {"Norfolk, base", "norfolk", "base"}, {"Suffolk, base", "suffolk", "base"}} {
		d, err := scenario.Open(c.programme)
		require.NoError(t, err)
		b, err := calibrate.HoldOut(t.Context(), version(t, d, c.text), calibrate.Options{Run: montecarlo.Options{Seed: 1, Replications: 2}})
		require.NoError(t, err)
		quoted(t, page, c.name, b)
	}
}

// quoted checks a row of the table of forecasts, and what the README says of it.
func quoted(t *testing.T, page, name string, b *calibrate.Backtest) {
	inside, quarters := 0, 0
	for _, h := range b.Horizons {
		inside, quarters = inside+h.Inside, quarters+h.Quarters
	}
	var held []string
	for _, f := range b.Forecasts {
		held = append(held, fmt.Sprintf("%+.1f%%", 100**f.HeldOut.Error))
	}
	one, four := b.Horizons[0], b.Horizons[3]
	require.Contains(t, page, fmt.Sprintf("| %s | %d of %d | %+.1f%%, %.1f%% | %+.1f%%, %.1f%% | %s |", name, inside, quarters,
		100**one.Bias, 100**one.Typical, 100**four.Bias, 100**four.Typical, strings.Join(held, ", ")))
	if name != "DN2, medium" {
		require.Contains(t, strings.Join(strings.Fields(read(t, "../README.md")), " "), fmt.Sprintf("%d of %d", inside, quarters))
	}
}
