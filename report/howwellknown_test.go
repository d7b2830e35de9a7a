package report

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// What is said of runs that went on until means were known well enough, by hand: an
// error of £15 is 1.5% of £1,000, and £24 of a plain mean of £960 is 2.5%.
func TestHowWellMeansAreKnown(t *testing.T) {
	share := montecarlo.Until{Share: 0.02, Measures: []string{montecarlo.Payments}}
	amount := montecarlo.Until{Amount: decimal.NewFromInt(20), Measures: share.Measures}
	key := montecarlo.Key{Name: montecarlo.Payments, Unit: montecarlo.Pounds}
	mean := montecarlo.KnownMean{Key: key, Mean: 1000, StdErr: 15, Allowed: 20, Reached: true, PlainMean: 960, PlainStdErr: 24, Gain: 2.56, Controls: 3}
	plain := montecarlo.KnownMean{Key: key, Mean: 1000, StdErr: 15, Allowed: 20, Reached: true, PlainMean: 1000, PlainStdErr: 15, Gain: 1.1}
	fixed := plain
	fixed.Gain = 0
	zero := montecarlo.KnownMean{Key: key, StdErr: 15, PlainStdErr: 15, Gain: 1.1}
	short := mean
	short.StdErr, short.Reached = 30, false
	for name, c := range map[string]struct {
		until montecarlo.Until
		mean  montecarlo.KnownMean
		says  string
		cells []string
	}{
		"control variates": {
			share, mean, "500 replications are enough to know the mean of outcome payments to 2% (one Monte Carlo standard error). That holds for the best estimates of the means, which are corrected for the luck of the draw of the uncertain inputs; the plain means in the tables are known to 2.5%.",
			[]string{"Outcome payments", "£1,000 ± £15", "1.5%", "2%", "£960 ± £24", "2.6"},
		},
		"an amount": {
			amount, mean, "500 replications are enough to know the mean of outcome payments to £20 (one Monte Carlo standard error). That holds for the best estimates of the means, which are corrected for the luck of the draw of the uncertain inputs; the plain means in the tables are known to £24.",
			[]string{"Outcome payments", "£1,000 ± £15", "1.5%", "£20", "£960 ± £24", "2.6"},
		},
		"control variates that do not help": {
			share, plain, "500 replications are enough to know the mean of outcome payments to 2% (one Monte Carlo standard error).",
			[]string{"Outcome payments", "£1,000 ± £15", "1.5%", "2%", "£1,000 ± £15", "1.1, not used"},
		},
		"fixed rates": {
			share, fixed, "500 replications are enough to know the mean of outcome payments to 2% (one Monte Carlo standard error).",
			[]string{"Outcome payments", "£1,000 ± £15", "1.5%", "2%"},
		},
		"not reached": {
			amount, short, "500 replications, the most allowed, are not enough to know the mean of outcome payments to £20 (one Monte Carlo standard error): outcome payments £30. More are allowed with -n.",
			[]string{"Outcome payments", "£1,000 ± £30", "3%", "£20, not reached", "£960 ± £24", "2.6"},
		},
		"a mean of nothing": {
			share, zero, "500 replications, the most allowed, are not enough to know the mean of outcome payments to 2% (one Monte Carlo standard error): outcome payments £15. More are allowed with -n; where a mean is near £0, ask for an amount, as in --until £10,000.",
			[]string{"Outcome payments", "£0 ± £15", "-", "2%, not reached", "£0 ± £15", "1.1, not used"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := &montecarlo.Result{Stopping: &montecarlo.Stopping{Until: c.until, Most: 500, Reached: c.mean.Reached, Means: []montecarlo.KnownMean{c.mean}}}
			r.Version, r.Conventions.Replications = &scenario.Version{}, 500
			tables := howWellKnown([]*montecarlo.Result{r})
			require.Len(t, tables, 1)
			require.Equal(t, []string{c.says}, tables[0].About)
			var cells []string
			for _, cell := range tables[0].Rows[0].Cells {
				cells = append(cells, cell.Text)
			}
			require.Equal(t, c.cells, cells)
			require.Len(t, tables[0].Columns, len(cells))
		})
	}
	plainRun := &montecarlo.Result{}
	require.Empty(t, howWellKnown([]*montecarlo.Result{plainRun}))
	require.Empty(t, enough([]*montecarlo.Result{plainRun}))
}
