package montecarlo

import (
	"math"
	"os"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat"

	"github.com/edgeofcare/edgeofcare/internal/orderstatistic"
)

// nested is the values of some totals over draws × lives.
type nested struct {
	columns []column
	values  [][][]float64 // total × draw × life
}

// runNested lives every one of the first draws of a run many times.
func runNested(t *testing.T, r *runner, columns []column, draws, lived int) nested {
	n := nested{columns: columns, values: make([][][]float64, len(columns))}
	for k := range columns {
		n.values[k] = make([][]float64, draws)
	}
	var working sync.WaitGroup
	failed := make([]error, r.options.Workers)
	for w := range r.options.Workers {
		working.Go(func() {
			d, row := r.newDrawnRun(), make([]float64, len(r.centre))
			for i := w; i < draws; i += r.options.Workers {
				at, err := d.at(i)
				if err != nil {
					failed[w] = err
					return
				}
				at.figures.withoutCapital = true // nobody looks at it
				for k := range columns {
					n.values[k][i] = make([]float64, lived)
				}
				for j := range lived {
					// The seeds are not that of the run, nor that of its twins.
					fillRow(at, at.simulator.Replicate(uint64(1_000_000+j), i), row)
					for k, c := range columns {
						n.values[k][i][j] = c.scale(row[c.at])
					}
				}
			}
		})
	}
	working.Wait()
	for _, err := range failed {
		require.NoError(t, err)
	}
	return n
}

// share is the share of a total's variance that lies between draws, by the analysis of
// variance: means of m lives vary by within ÷ m too.
func (n *nested) share(k int) float64 {
	var means, variances []float64
	for _, lives := range n.values[k] {
		mean, variance := stat.MeanVariance(lives, nil)
		means, variances = append(means, mean), append(variances, variance)
	}
	within := stat.Mean(variances, nil)
	between := stat.Variance(means, nil) - within/float64(len(n.values[k][0]))
	return between / (between + within)
}

// residuals are what chance adds to the mean of each draw, in order.
func (n *nested) residuals(k int) []float64 {
	var all []float64
	for _, lives := range n.values[k] {
		mean := stat.Mean(lives, nil)
		widened := math.Sqrt(float64(len(lives)) / float64(len(lives)-1)) // the mean is of the same lives
		for _, x := range lives {
			all = append(all, widened*(x-mean))
		}
	}
	slices.Sort(all)
	return all
}

// The share of the variance that is rates, and the range by chance alone, are those of
// nested runs of DN2's base case: of each of the draws, a thousand lives. What is linear
// in weeks takes the exact expectation of each draw, and what has a cap above it takes
// two lives of each.
func TestSplitIsThatOfNestedRuns(t *testing.T) {
	if os.Getenv("EDGEOFCARE_LONG") == "" {
		t.Skip("a million lives: EDGEOFCARE_LONG=1")
	}
	const draws, lived = splitOver, 1000
	result := runWith(t, libraryCases(t, "base")[0], Options{Replications: draws, Seed: 7, TotalsOnly: true})
	r := result.run
	var columns []column
	for _, name := range []string{Avoided, Payments} {
		s := summary(t, result, name)
		i := slices.IndexFunc(r.columns, func(c column) bool {
			return c.is(name, nil) && c.period == overall && c.independent == (s.Pairing == independentLives)
		})
		require.GreaterOrEqual(t, i, 0, name)
		columns = append(columns, r.columns[i])
	}
	n := runNested(t, r, columns, draws, lived)
	for k, name := range []string{Avoided, Payments} {
		s := summary(t, result, name)
		require.NotNil(t, s.Rates, name)
		require.Equal(t, name == Avoided, s.Rates.Exact, name)
		require.InDelta(t, n.share(k), s.Rates.Share, 3.3*s.Rates.StdErr, "%s: share of the variance", name)

		residuals := n.residuals(k)
		for _, q := range s.Rates.Chance {
			// The run has two residuals of each draw, of which the second says nothing
			// new where they are one number and its negative.
			independent := 2.0 * draws
			if !s.Rates.Exact {
				independent = draws
			}
			at := func(p float64) float64 { return residuals[orderstatistic.At(len(residuals), p)] }
			slope := (at(q.P+0.02) - at(q.P-0.02)) / 0.04
			stdErr := math.Sqrt(q.P*(1-q.P)/independent) * slope
			require.InDelta(t, at(q.P), q.Value-s.Mean, 3.3*stdErr, "%s: %v quantile by chance alone", name, q.P)
		}
	}
}
