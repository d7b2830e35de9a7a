// Package elimination solves for the hidden counts of a table, for tests of what hides
// them: it knows nothing of the graph that package subtraction looks at.
package elimination

import (
	"math/big"

	"github.com/edgeofcare/edgeofcare/internal/subtraction"
)

// Follow is the places of hidden small cells that the sums of rows and columns determine:
// those whose own equation adds nothing to theirs.
func Follow(cells []subtraction.Cell) (found []int) {
	var hidden []int
	rows, columns := map[int][]int64{}, map[int][]int64{}
	for i, c := range cells {
		if c.Hidden {
			hidden = append(hidden, i)
		}
	}
	for k, i := range hidden {
		add(rows, cells[i].Row, k, len(hidden))
		add(columns, cells[i].Column, k, len(hidden))
	}
	var equations [][]int64
	for _, sums := range []map[int][]int64{rows, columns} {
		for _, e := range sums {
			equations = append(equations, e)
		}
	}
	for k, i := range hidden {
		if !cells[i].Small {
			continue
		}
		own := make([]int64, len(hidden))
		own[k] = 1
		if Determine(equations, own) {
			found = append(found, i)
		}
	}
	return found
}

// Determine reports whether equations between hidden counts, as many coefficients each,
// determine a sum of some of them.
func Determine(equations [][]int64, sum []int64) bool {
	return rank(append(equations[:len(equations):len(equations)], sum)) == rank(equations)
}

// add adds an unknown to the equation of a sum.
func add(equations map[int][]int64, sum, unknown, of int) {
	if equations[sum] == nil {
		equations[sum] = make([]int64, of)
	}
	equations[sum][unknown] = 1
}

// rank is the number of equations of which none follows from the others.
func rank(equations [][]int64) int {
	rows := make([][]*big.Rat, len(equations))
	for i, e := range equations {
		for _, x := range e {
			rows[i] = append(rows[i], new(big.Rat).SetInt64(x))
		}
	}
	n := 0
	for k := range equations[0] {
		at := n
		for at < len(rows) && rows[at][k].Sign() == 0 {
			at++
		}
		if at == len(rows) {
			continue
		}
		rows[n], rows[at] = rows[at], rows[n]
		for _, row := range rows[n+1:] {
			by := new(big.Rat).Quo(row[k], rows[n][k])
			if by.Sign() == 0 {
				continue
			}
			for c := k; c < len(row); c++ {
				row[c].Sub(row[c], new(big.Rat).Mul(by, rows[n][c]))
			}
		}
		n++
	}
	return n
}
