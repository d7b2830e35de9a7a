package plot

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// gridOf is a grid of referrals and the cost of delivery of DN2.
func gridOf(t *testing.T, across, down []float64) *sensitivity.Gridded {
	t.Helper()
	document, err := scenario.Open("dn2")
	require.NoError(t, err)
	v, err := document.Version("medium")
	require.NoError(t, err)
	of := map[string]sensitivity.Driver{}
	for _, d := range sensitivity.Drivers(document) {
		of[d.Name] = d
	}
	g, err := sensitivity.Grid(context.Background(), v, of["referrals"], of[sensitivity.DeliveryCost], across, down, fewRuns)
	require.NoError(t, err)
	return g
}

// Every order has a title of its own along the driver that moves its figure most, with the
// other as it stands, and the picture is that which was looked at.
func TestStressGrid(t *testing.T) {
	g := gridOf(t, []float64{0.8, 1, 1.2}, []float64{0.9, 1, 1.2})
	for by, want := range map[sensitivity.Order]string{
		sensitivity.ByFacility: "Cost of delivery × 0.9 to × 1.2: the facility needed is £", sensitivity.BySurplus: "Cost of delivery × 0.9 to × 1.2: the mean surplus is £",
		sensitivity.ByShortfall: "Cost of delivery × 0.9 to × 1.2: ", sensitivity.ByHurdle: "Cost of delivery × 0.9 to × 1.2: ",
	} {
		f, err := StressGrid(g, by)
		drawn(t, "stress-grid-"+string(by), f, err)
		require.Contains(t, f.Title, want)
		require.Contains(t, f.Note, "The title is for referrals of × 1")
		require.Len(t, f.Rows, 9)
		require.Equal(t, []any{0.9, 0.8}, f.Rows[0][:2])
	}
	f, err := StressGrid(g, sensitivity.ByShortfall)
	require.NoError(t, err)
	require.Contains(t, f.Title, "too small in "+roughly(g.Cells[0][1].Capital.Short)+" to "+roughly(g.Cells[2][1].Capital.Short))
	golden(t, "stress-grid", f)

	f, err = StressGrid(gridOf(t, []float64{0.8, 1.2}, []float64{0.9, 1.2}), sensitivity.BySurplus)
	require.NoError(t, err)
	require.Contains(t, f.Title, "All combinations: the mean surplus is ")
	require.NotContains(t, f.Note, "The title is for")
}

func TestStressGridRefuses(t *testing.T) {
	_, err := StressGrid(nil, sensitivity.ByFacility)
	require.ErrorContains(t, err, "there is no grid")
	document, err := scenario.Open("suffolk")
	require.NoError(t, err)
	v, err := document.Version("")
	require.NoError(t, err)
	drivers := sensitivity.Drivers(document)
	g, err := sensitivity.Grid(context.Background(), v, drivers[0], drivers[1], []float64{1}, []float64{1}, fewRuns)
	require.NoError(t, err)
	_, err = StressGrid(g, sensitivity.ByFacility)
	require.ErrorIs(t, err, finance.ErrNoDelivery)
}
