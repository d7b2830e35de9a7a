package montecarlo

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/markov"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
)

// Common random numbers take noise out of what care costs to the horizon without
// the programme less what it costs with it: the more, the smaller the effect.
func TestCommonNumbersReduceTheVariance(t *testing.T) {
	if testing.Short() {
		t.Skip("runs thousands of replications")
	}
	for _, one := range []struct {
		effect string
		p      *model.Programme
		least  float64
	}{
		{"large", programmes.DN2(t, "high"), 2.5},
		{"small", smallEffect(t), 12},
	} {
		ratio := varianceRatio(t, one.p, careCostToEnd, 2000)
		t.Logf("%s effect: independent ÷ common is %.1f", one.effect, ratio)
		require.Greater(t, ratio, one.least, one.effect)
	}
}

// smallEffect is DN2 with a programme that hardly changes anything: children
// leave a planned placement as they would leave its parent without it, but for a
// twentieth of their moves to residential care.
func smallEffect(t testing.TB) *model.Programme {
	p := programmes.DN2(t, "high")
	for i := range p.Cohorts {
		c := &p.Cohorts[i]
		at := slices.IndexFunc(p.States, func(s model.State) bool { return s.Name == c.PlannedState })
		c.StartState = p.States[at].Parent
		c.Failure = nil
		for _, piece := range p.BackgroundOf(c)[c.StartState] {
			piece.Moves = slices.Clone(piece.Moves)
			for m := range piece.Moves {
				if piece.Moves[m].To == "residential" {
					piece.Moves[m].Probability *= 0.95
				}
			}
			c.Failure = append(c.Failure, markov.Piece{Since: piece.Since, In: piece.In, Moves: piece.Moves})
		}
	}
	require.NoError(t, p.Validate())
	return p
}

// varianceRatio is the variance of the difference in a cost of care between the
// arms where the arms have other seeds, ÷ where they share one.
func varianceRatio(t testing.TB, p *model.Programme, of string, replications int) float64 {
	cost := func(seed uint64, arm contract.Arm) []float64 {
		r, err := Run(t.Context(), asVersion(p), Options{Seed: seed, Replications: replications, TotalsOnly: true})
		require.NoError(t, err)
		return r.Values(of, "", arm.String())
	}
	without, with, other := cost(1, contract.Counterfactual), cost(1, contract.Intervention), cost(2, contract.Intervention)
	common, independent := make([]float64, replications), make([]float64, replications)
	for i := range without {
		common[i], independent[i] = without[i]-with[i], without[i]-other[i]
	}
	return stat.Variance(independent, nil) / stat.Variance(common, nil)
}
