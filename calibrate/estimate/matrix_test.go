package estimate_test

import (
	"errors"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
)

// after multiplies a weekly matrix by itself, cell by cell.
func after(q [][]float64, weeks int) [][]float64 {
	n := len(q)
	p := make([][]float64, n)
	for i := range p {
		p[i] = make([]float64, n)
		p[i][i] = 1
	}
	for range weeks {
		next := make([][]float64, n)
		for i := range n {
			next[i] = make([]float64, n)
			for j := range n {
				for k := range n {
					next[i][j] += p[i][k] * q[k][j]
				}
			}
		}
		p = next
	}
	return p
}

// A weekly matrix with ways back comes out of its own 13th power, where converting each
// cell alone would be off by a tenth or more.
func TestWeeklyMatrixIsTheRoot(t *testing.T) {
	weekly := [][]float64{{0.99, 0.006, 0.004, 0}, {0.02, 0.96, 0.015, 0.005}, {0.01, 0.004, 0.986, 0}, {0, 0, 0, 1}}
	for _, weeks := range []int{4, 13, 52} {
		p := after(weekly, weeks)
		got, err := estimate.WeeklyMatrix(p, float64(weeks))
		require.NoError(t, err)
		for i := range weekly {
			require.InDeltaSlice(t, weekly[i], got[i], 1e-10, "row %d of %d weeks", i, weeks)
		}
		alone := 1 - math.Pow(1-p[1][0], 1/float64(weeks))
		if weeks == 52 {
			require.Greater(t, math.Abs(alone/weekly[1][0]-1), 0.1)
		}
	}
}

// Two states with moves a and b have the eigenvalue 1 − a − b. Over the cycle it is
// λ = 0.7, so a week has λ^(1/13), and moves in proportion.
func TestWeeklyMatrixOfTwoStates(t *testing.T) {
	got, err := estimate.WeeklyMatrix([][]float64{{0.8, 0.2}, {0.1, 0.9}}, 13)
	require.NoError(t, err)
	leave := (1 - math.Pow(0.7, 1.0/13)) / 0.3
	require.InDeltaSlice(t, []float64{1 - 0.2*leave, 0.2 * leave}, got[0], 1e-12)
	require.InDeltaSlice(t, []float64{0.1 * leave, 1 - 0.1*leave}, got[1], 1e-12)
}

func TestNoWeeklyMatrix(t *testing.T) {
	none := func(p [][]float64, weeks float64, reason string) *estimate.NoWeeklyMatrix {
		t.Helper()
		_, err := estimate.WeeklyMatrix(p, weeks)
		var no *estimate.NoWeeklyMatrix
		require.True(t, errors.As(err, &no), "%v", err)
		require.ErrorContains(t, err, reason)
		for _, row := range no.Nearest {
			sum := 0.0
			for _, x := range row {
				require.GreaterOrEqual(t, x, 0.0)
				sum += x
			}
			require.InDelta(t, 1, sum, 1e-12)
		}
		return no
	}
	// More change than stay in a quarter: 1 − 0.7 − 0.6 is below 0. Fully mixed rows, both
	// alike, are the nearest that an odd number of weeks can be from above; 13 weeks can
	// also swap back and forth, so the distance is smaller than to those.
	no := none([][]float64{{0.3, 0.7}, {0.6, 0.4}}, 13, "eigenvalue -0.3")
	require.Less(t, no.Off, 0.2)

	// From the first to the second, from the second to the third, and none from the first to the third: some of
	// those who arrive must go on within the quarter.
	p := [][]float64{{0.8, 0.2, 0}, {0, 0.8, 0.2}, {0, 0, 1}}
	no = none(p, 13, "a probability of -")
	require.Less(t, no.Off, 0.03)
	require.Positive(t, no.Off)
	got := after(no.Nearest, 13)
	most := 0.0
	for i := range p {
		for j := range p {
			most = max(most, math.Abs(got[i][j]-p[i][j]))
		}
	}
	require.InDelta(t, no.Off, most, 1e-12)
	require.Less(t, no.Nearest[0][2], 1e-4)
}

func TestMatrixFaults(t *testing.T) {
	_, err := estimate.WeeklyMatrix([][]float64{{0.5, 0.4, 0}, {1.2, math.NaN(), 0}, {1}}, 0)
	for _, part := range []string{"the cycle is 0 weeks", "row 1 adds up to 0.9", "row 2, column 1 is 1.2", "row 2, column 2 is NaN", "row 3 has 1 columns"} {
		require.ErrorContains(t, err, part)
	}
}
