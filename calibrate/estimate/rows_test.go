package estimate_test

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// withRows is the template with its background replaced by rows.
func withRows(t *testing.T, rows string) *scenario.Document {
	t.Helper()
	text := string(scenario.Template())
	before, rest, ok := strings.Cut(text, "\nbackground:\n")
	require.True(t, ok)
	_, rest, ok = strings.Cut(rest, "\nages at referral:")
	require.True(t, ok)
	d, err := scenario.Read("rows.yaml", strings.NewReader(before+"\n"+rows+"\nages at referral:"+rest))
	require.NoError(t, err, "%s", rows)
	return d
}

func moved(to string, n int) estimate.Moved { return estimate.Moved{To: to, Moves: n} }

func counted(state string, from, to int, weeks float64, moves ...estimate.Moved) estimate.Cell {
	c := cell(from, to, weeks, moves...)
	c.State = state
	return c
}

// counts of which foster is divided by weeks with rare moves to care leavers, pooled.
func someCounts() *estimate.Table {
	return &estimate.Table{Cells: []estimate.Cell{
		counted("edge of care", 0, 0, 4000, moved("foster", 20), moved("residential", 14)),
		counted("foster", 0, 26, 5000, moved("left care", 2), moved("residential", 20), moved("reunified", 30)),
		counted("foster", 26, 0, 9000, moved("left care", 4), moved("residential", 18), moved("reunified", 25)),
		counted("residential", 0, 0, 5210, moved("foster", 30), moved("reunified", 7)),
		counted("reunified", 0, 0, 8000, moved("foster", 20)),
	}}
}

// What Rows writes is read by a programme file, means and spreads are those of the
// counts, and the programme runs with draws of them.
func TestRowsAreReadByAProgrammeFile(t *testing.T) {
	rows, err := estimate.Rows(estimate.Rates(someCounts(), 10))
	require.NoError(t, err)
	d := withRows(t, rows)
	v, err := d.Version("medium")
	require.NoError(t, err)
	p := v.Programme
	foster := p.Background["foster"]
	require.Len(t, foster, 2)
	require.Equal(t, 26, foster[1].In.From)
	share := map[string]float64{}
	for _, m := range foster[1].Moves {
		share[m.To] = m.Probability
	}
	// 18 of 9,000 weeks, beside 25 of 9,000 and 6 of 14,000: its share of 1 − e^−Λ.
	leaving := 18./9000 + 25./9000 + 6./14000
	require.InDelta(t, 18./9000/leaving*(1-math.Exp(-leaving)), share["residential"], 1e-6)
	require.InDelta(t, 6./14000/leaving*(1-math.Exp(-leaving)), share["left care"], 1e-6)

	laws := map[string]float64{} // variation of each input of the background
	for _, u := range p.Uncertain {
		laws[string(u.Path)] = u.Law.SD() / u.Law.Mean()
	}
	require.InDelta(t, 1/math.Sqrt(37), laws["background.residential.hazard"], 0.005)
	require.InDelta(t, math.Sqrt(7./37*30/37/38)/(30./37), laws["background.residential.to.foster"], 0.2, "a count of one total")
	require.InDelta(t, 1/math.Sqrt(18), laws["background.foster.2.moves.residential"], 0.01)
	require.InDelta(t, 1/math.Sqrt(6), laws["uncertain.moves from foster to left care.factor"], 0.05)
	require.NotContains(t, laws, "background.foster.2.moves.left care", "it is the factor that is uncertain")

	r, err := montecarlo.Run(context.Background(), v, montecarlo.Options{Replications: 200, Seed: 1})
	require.NoError(t, err)
	require.NotEmpty(t, r.Totals)
}

func TestSmallCountsAreNotWritten(t *testing.T) {
	rates := estimate.Rates(&estimate.Table{Cells: []estimate.Cell{
		counted("residential", 0, 0, 5000, moved("foster", 31), moved("left care", 1), moved("reunified", 5)),
	}}, 10)
	rows, err := estimate.Rows(estimate.Suppress(rates))
	require.NoError(t, err)
	require.Contains(t, rows, "to: {foster: 31 of 37, left care: 3 of 37, reunified: 3 of 37}")
	require.Contains(t, rows, "about 37 moves in 5000 child-weeks; small counts are not the true ones")
	open, err := estimate.Rows(rates)
	require.NoError(t, err)
	require.Contains(t, open, "to: {foster: 31 of 37, left care: 1 of 37, reunified: 5 of 37}")
	for n, small := range map[int]bool{0: false, 1: true, 5: true, 6: false} {
		require.Equal(t, small, estimate.Small(n))
	}
}

// Cohorts have a background of their own each, on top of a common one.
func TestRowsOfCohorts(t *testing.T) {
	table := someCounts()
	for i := range table.Cells {
		table.Cells[i].Cohort = "step-down"
	}
	rows, err := estimate.Rows(estimate.Rates(table, 10))
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(rows, "cohorts:\n  step-down:\n    background:\n      edge of care: {hazard: "), rows)
	require.Contains(t, rows, "moves from foster to left care of step-down: {multiplies: [cohorts.step-down.background.foster.1.moves.left care, cohorts.step-down.background.foster.2.moves.left care]")
}

func TestRowsByAgeAreRefused(t *testing.T) {
	_, err := estimate.Rows([]estimate.Rate{{Where: estimate.Where{State: "foster", Age: estimate.Band{From: 16}}}})
	require.ErrorContains(t, err, "by age or by period")
	_, err = estimate.Rows([]estimate.Rate{{Where: estimate.Where{State: "foster", Before: calendar.NewDate(2021, 4, 1)}}})
	require.ErrorContains(t, err, "by age or by period")
}
