package sensitivity_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// Every cell is a run of its own with both drivers at its values, in order; at neutral
// values it is the case as it stands.
func TestGrid(t *testing.T) {
	d, o := open(t, "dn2"), few(40, funded()...)
	across, down := driver(t, d, "referrals"), driver(t, d, sensitivity.DeliveryCost)
	calls := [2]int{}
	o.Run.Progress = func(done, total int) { calls = [2]int{done, total} }
	g, err := sensitivity.Grid(context.Background(), o.version(t, d), across, down, []float64{1, 0.7}, []float64{1.25, 1}, o.runs())
	require.NoError(t, err)
	assert.Equal(t, [2]int{200, 200}, calls) // 5 runs of 40
	assert.Equal(t, []float64{1, 1.25}, g.DownValues)
	for i, y := range g.DownValues {
		for j, x := range []float64{0.7, 1} {
			p := g.Cells[i][j]
			assert.Equal(t, x, p.Value)
			r := run(t, programme(t, d, o, append(across.Edits(x), down.Edits(y)...)...), o)
			assert.Equal(t, total(t, r, montecarlo.FacilityNeeded), p.Capital.FacilityNeeded)
			assert.Equal(t, total(t, r, montecarlo.Surplus), p.Capital.Surplus)
			assert.Equal(t, total(t, r, montecarlo.NetPublic), p.NetPublic)
		}
	}
	assert.Equal(t, g.Unchanged.Capital, g.Cells[0][1].Capital)
}

// The usual values have neutral among them and the ends of the range: referrals run
// from × 0.3 to × 2, and half-way lie × 0.65 and × 1.5. Claims cannot be paid earlier.
func TestGridValues(t *testing.T) {
	d, o := open(t, "dn2"), few(1)
	g, err := sensitivity.Grid(context.Background(), o.version(t, d), driver(t, d, "referrals"), driver(t, d, "claims paid later"), nil, nil, o.runs())
	require.NoError(t, err)
	var across []float64
	for _, p := range g.Cells[0] {
		across = append(across, p.Value)
	}
	assert.Equal(t, []float64{0.3, 0.65, 1, 1.5, 2}, across)
	assert.Equal(t, []float64{0, 91, 183, 274, 365}, g.DownValues)
}

func TestGridRefuses(t *testing.T) {
	d, o := open(t, "dn2"), few(1)
	one, two := driver(t, d, "referrals"), driver(t, d, "tariffs")
	grid := func(a, b sensitivity.Driver, x, y []float64) error {
		_, err := sensitivity.Grid(context.Background(), o.version(t, d), a, b, x, y, o.runs())
		return err
	}
	assert.ErrorContains(t, grid(one, one, nil, nil), `driver "referrals" is on both sides`)
	assert.ErrorContains(t, grid(one, two, []float64{}, nil), "has no values")
	assert.ErrorContains(t, grid(one, two, one.Values(41), two.Values(10)), "takes 410 runs: at most 400")
	assert.ErrorContains(t, grid(one, sensitivity.Driver{Name: "idle", To: 1, Step: 1}, nil, nil), "idle")
}
