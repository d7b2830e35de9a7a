package docs_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/calibrate"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// The figures of backtests of DN2 that the README and the page on backtesting quote.
func TestQuotedBacktests(t *testing.T) {
	dn2, err := scenario.Open("dn2")
	require.NoError(t, err)
	readme, page := read(t, "../README.md"), read(t, "backtest.md")
	for _, c := range []struct {
		input, toJune2024 string
		inside            int
	}{{"failure", "0.8% above", 23}, {"referrals", "0.6% above", 30}} {
		b, err := calibrate.HoldOut(context.Background(), version(t, dn2, "base"), calibrate.Options{Fit: []string{c.input}, Run: montecarlo.Options{Seed: 1}})
		require.NoError(t, err)
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
				require.Equal(t, c.toJune2024, fmt.Sprintf("%.1f%% above", 100*(modelled/actual-1)))
				require.Contains(t, readme, c.toJune2024)
				if c.input == "failure" {
					require.Contains(t, page, c.toJune2024)
					require.Equal(t, "15.8%", fmt.Sprintf("%.1f%%", 100*worst))
					require.Contains(t, page, "up to 15.8% off")
				}
			}
		}
		require.Equal(t, []int{c.inside, 32}, []int{inside, quarters})
	}
	require.Contains(t, readme, "23 of 32 later quarters with failure, and in 30 with referrals")
	require.Contains(t, page, "23 of 32 quarters with failure")

	b, err := calibrate.HoldOut(context.Background(), version(t, dn2, "high"), calibrate.Options{
		Origins: []calendar.Quarter{calendar.NewQuarter(2022, 4)}, Run: montecarlo.Options{Replications: 2},
	})
	require.NoError(t, err)
	referrals, failure := b.Fits[0], b.Fits[2]
	require.Equal(t, "6.8 0.63", fmt.Sprintf("%.1f %.2f", failure.Multiplier, referrals.Multiplier))
	require.Greater(t, failure.Typical, 2*referrals.Typical)
}
