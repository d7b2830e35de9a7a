package estimate

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"
)

// NoWeeklyMatrix says why a matrix has no weekly root that can be, and which weekly
// matrix comes nearest.
type NoWeeklyMatrix struct {
	Reason  string      `json:"reason"`
	Nearest [][]float64 `json:"nearest"` // weekly probabilities, row by row
	// Off is the largest difference between a cell of the matrix that was given and the
	// same cell of Nearest over the whole cycle.
	Off float64 `json:"off"`
}

// Error says why, and how near the nearest weekly matrix comes.
func (e *NoWeeklyMatrix) Error() string {
	return fmt.Sprintf("%s; the nearest weekly matrix is off by up to %.2g in a cell over the whole cycle", e.Reason, e.Off)
}

// WeeklyMatrix returns the weekly probabilities of which p is the result after so many
// weeks, not always whole: p[i][j] is the chance that a child in state i is in state j
// after them, whatever happened in between. Each row of p adds to 1.
//
// It is the principal root of the matrix, exp(log(p)/weeks), with the logarithm by
// inverse scaling and squaring (Higham, Functions of Matrices, 2008, chapter 11). A
// matrix may have no such root, or one with probabilities below 0: then no weekly moves
// give it (Israel, Rosenthal and Wei, Mathematical Finance 2001;11:245–265), and the
// error is a *NoWeeklyMatrix. Its nearest matrix is that of least squares over all
// cells of p after the whole cycle, from the root with its negative parts moved
// (Kreinin and Sidelnikova, Algo Research Quarterly 2001;4:23–40).
func WeeklyMatrix(p [][]float64, weeks float64) ([][]float64, error) {
	if err := checkMatrix(p, weeks); err != nil {
		return nil, err
	}
	n := len(p)
	given := mat.NewDense(n, n, slices.Concat(p...))
	root, reason := principalRoot(given, weeks)
	if reason == "" {
		rows, below := cleaned(root)
		if below > -1e-9 {
			return rows, nil
		}
		reason = fmt.Sprintf("its root of one week has a probability of %.2g, and no probability is below 0", below)
	}
	start := root
	if start == nil {
		start = shrunk(given, weeks)
	}
	nearest := nearestWeekly(given, start, weeks)
	return nil, &NoWeeklyMatrix{Reason: reason, Nearest: nearest, Off: off(given, nearest, weeks)}
}

// checkMatrix says what is wrong with a matrix of probabilities.
func checkMatrix(p [][]float64, weeks float64) error {
	var faults []error
	if !(weeks >= 1 && weeks <= 5300) {
		faults = append(faults, fmt.Errorf("the cycle is %v weeks: give from 1 to 5,300", weeks))
	}
	if len(p) == 0 || len(p) > 50 {
		faults = append(faults, fmt.Errorf("the matrix has %d rows: give from 1 to 50", len(p)))
	}
	for i, row := range p {
		sum := 0.0
		for j, x := range row {
			if !(x >= 0 && x <= 1) {
				faults = append(faults, fmt.Errorf("row %d, column %d is %v: a probability is from 0 to 1", i+1, j+1, x))
			}
			sum += x
		}
		switch {
		case len(row) != len(p):
			faults = append(faults, fmt.Errorf("row %d has %d columns and the matrix %d rows: give one column for each row", i+1, len(row), len(p)))
		case !(math.Abs(sum-1) <= 1e-6):
			faults = append(faults, fmt.Errorf("row %d adds up to %v: those who stay are part of a row, which adds up to 1", i+1, sum))
		}
	}
	return errors.Join(faults...)
}

// principalRoot is exp(log(p)/weeks), or the reason why there is none.
func principalRoot(p *mat.Dense, weeks float64) (root *mat.Dense, reason string) {
	var eigen mat.Eigen
	if !eigen.Factorize(p, mat.EigenNone) {
		return nil, "its eigenvalues cannot be found"
	}
	for _, v := range eigen.Values(nil) {
		if math.Abs(imag(v)) < 1e-12 && real(v) < 1e-12 {
			return nil, fmt.Sprintf("it has the eigenvalue %.2g, and only a matrix without eigenvalues of 0 or below has a root of every order", real(v))
		}
	}
	logged, ok := logarithm(p)
	if !ok {
		return nil, "its logarithm cannot be worked out"
	}
	logged.Scale(1/weeks, logged)
	root = new(mat.Dense)
	root.Exp(logged)
	return root, ""
}

// logarithm is the principal logarithm: square roots until the matrix is near to one
// that changes nothing, then the series of ln(1 + x), then doubled as often.
func logarithm(p *mat.Dense) (*mat.Dense, bool) {
	n, _ := p.Dims()
	unit := identity(n)
	x, doubled := mat.DenseCopyOf(p), 1.0
	var away mat.Dense
	for away.Sub(x, unit); mat.Norm(&away, 2) > 0.05; away.Sub(x, unit) {
		next, ok := squareRoot(x)
		if !ok || doubled > 1e12 {
			return nil, false
		}
		x, doubled = next, doubled*2
	}
	sum, power := mat.NewDense(n, n, nil), mat.DenseCopyOf(unit)
	for k := 1; k <= 16; k++ { // 0.05^17 is below what is rounded
		power.Mul(mat.DenseCopyOf(power), &away)
		var term mat.Dense
		term.Scale(doubled/float64(k)*float64(2*(k%2)-1), power)
		sum.Add(sum, &term)
	}
	return sum, true
}

// squareRoot is by the iteration of Denman and Beavers (1976).
func squareRoot(a *mat.Dense) (*mat.Dense, bool) {
	n, _ := a.Dims()
	y, z := mat.DenseCopyOf(a), identity(n)
	for range 60 {
		var yInverse, zInverse, nextY, nextZ, change mat.Dense
		if yInverse.Inverse(y) != nil || zInverse.Inverse(z) != nil {
			return nil, false
		}
		nextY.Add(y, &zInverse)
		nextY.Scale(0.5, &nextY)
		nextZ.Add(z, &yInverse)
		nextZ.Scale(0.5, &nextZ)
		change.Sub(&nextY, y)
		y, z = &nextY, &nextZ
		if mat.Norm(&change, 2) < 1e-15*float64(n)*mat.Norm(y, 2) {
			return y, true
		}
	}
	var square mat.Dense
	square.Mul(y, y)
	square.Sub(&square, a)
	return y, mat.Norm(&square, 2) < 1e-12
}

// cleaned takes rounding out of a root, and returns the least of its cells as it was.
func cleaned(root *mat.Dense) (rows [][]float64, least float64) {
	n, _ := root.Dims()
	for i := range n {
		row := mat.Row(nil, i, root)
		least = min(least, slices.Min(row))
		rows = append(rows, onSimplex(row))
	}
	return rows, least
}

// onSimplex moves negative parts of a row, and what they leave over, to the others in
// proportion.
func onSimplex(row []float64) []float64 {
	sum := 0.0
	for i, x := range row {
		if x < 1e-13 {
			row[i] = 0
		}
		sum += row[i]
	}
	for i := range row {
		row[i] /= sum
	}
	return row
}

// shrunk is where the search starts if there is no root at all: each row leaves as it
// would if nobody came back.
func shrunk(p *mat.Dense, weeks float64) *mat.Dense {
	n, _ := p.Dims()
	s := mat.NewDense(n, n, nil)
	for i := range n {
		stay := math.Pow(max(p.At(i, i), 0.01), 1/weeks)
		gone := 1 - p.At(i, i)
		for j := range n {
			if j != i && gone > 0 {
				s.Set(i, j, (1-stay)*p.At(i, j)/gone)
			}
		}
		if gone == 0 {
			stay = 1
		}
		s.Set(i, i, stay)
	}
	return s
}

// nearestWeekly searches for the weekly matrix whose power is nearest. Cells are kept
// at 0 or above, and rows at 1, by searching over the squares of their parts.
func nearestWeekly(p, start *mat.Dense, weeks float64) [][]float64 {
	n, _ := p.Dims()
	rows, _ := cleaned(start)
	x := make([]float64, 0, n*n)
	for _, row := range rows {
		for _, v := range row {
			x = append(x, math.Sqrt(max(v, 1e-8)))
		}
	}
	build := func(x []float64) [][]float64 {
		var rows [][]float64
		for i := range n {
			row := make([]float64, n)
			for j := range n {
				row[j] = x[i*n+j] * x[i*n+j]
			}
			rows = append(rows, onSimplex(row))
		}
		return rows
	}
	distance := func(x []float64) float64 {
		d := 0.0
		after := power(build(x), weeks)
		for i := range n {
			for j := range n {
				d += (after.At(i, j) - p.At(i, j)) * (after.At(i, j) - p.At(i, j))
			}
		}
		return d
	}
	gradient := func(g, x []float64) {
		y := slices.Clone(x)
		for i := range x {
			y[i] = x[i] + 1e-6
			up := distance(y)
			y[i] = x[i] - 1e-6
			g[i] = (up - distance(y)) / 2e-6
			y[i] = x[i]
		}
	}
	result, _ := optimize.Minimize(optimize.Problem{Func: distance, Grad: gradient}, x, &optimize.Settings{MajorIterations: 200}, &optimize.BFGS{})
	if result != nil && distance(result.X) < distance(x) {
		x = result.X
	}
	return build(x)
}

// power is a weekly matrix after so many weeks; what is left of a week counts in
// proportion.
func power(rows [][]float64, weeks float64) *mat.Dense {
	n := len(rows)
	weekly := mat.NewDense(n, n, slices.Concat(rows...))
	whole := math.Floor(weeks)
	after := new(mat.Dense)
	after.Pow(weekly, int(whole))
	if rest := weeks - whole; rest > 0 {
		var part, last mat.Dense
		part.Scale(rest, weekly)
		last.Scale(1-rest, identity(n))
		part.Add(&part, &last)
		after.Mul(mat.DenseCopyOf(after), &part)
	}
	return after
}

// off is the largest difference over the whole cycle.
func off(p *mat.Dense, rows [][]float64, weeks float64) float64 {
	after := power(rows, weeks)
	after.Sub(after, p)
	most := 0.0
	for _, x := range after.RawMatrix().Data {
		most = max(most, math.Abs(x))
	}
	return most
}

func identity(n int) *mat.Dense {
	unit := mat.NewDense(n, n, nil)
	for i := range n {
		unit.Set(i, i, 1)
	}
	return unit
}
