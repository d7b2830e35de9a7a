package lives

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
)

// Tables of nothing, and rates of nothing or of another programme, are errors; an
// engine that there is not is the first.
func TestWrongCallsAreErrors(t *testing.T) {
	for _, p := range []*model.Programme{nil, {}} {
		_, err := NewTables(p)
		require.Error(t, err)
	}
	tables := tablesOf(t, programmes.Lively())
	for _, p := range []*model.Programme{nil, {}, programmes.DN2(t, "low")} {
		require.Error(t, tables.Redraw(p))
	}
	for _, bad := range []float64{math.NaN(), math.Inf(1), -1, 2} {
		p := programmes.Lively()
		p.Cohorts[0].StartProbability = bad
		require.Error(t, tables.Redraw(p))
		p = programmes.Lively()
		p.Cohorts[0].Failure[0].Moves[0].Probability = bad
		require.Error(t, tables.Redraw(p))
	}
	require.NotPanics(t, func() {
		tables.Simulator(-1).Replicate(math.MaxUint64, math.MinInt)
		tables.Simulator(99).Replicate(0, math.MaxInt)
	})
}

// A child who has been in a state for as long as a number can say lives on, and the
// two engines agree.
func TestAlreadyThereForEver(t *testing.T) {
	p := programmes.Lively()
	for i := range p.Cohorts {
		p.Cohorts[i].AlreadyThere = math.MaxInt
	}
	require.NoError(t, p.Validate())
	requireSameTallies(t, p, 5)
	require.NoError(t, tablesOf(t, p).Redraw(p))
}
