package montecarlo

import (
	"fmt"
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// intake takes the values of parts into a run, in order of replication, and
// refuses what the run would not have found.
type intake struct {
	*runner
	filled  int // values that are held
	checked int // of these, in replications that were looked at
	again   int // the replication that is run again to see whether it is the same
	do      func(replication int) error
	columns []column // by value
	paid    int      // where the present value of payments is
}

func newIntake(r *runner) (*intake, error) {
	tallies, err := r.simulate()
	if err != nil {
		return nil, err
	}
	in := &intake{runner: r, do: r.worker(tallies), columns: r.byValue()}
	in.paid = slices.IndexFunc(in.columns, func(c column) bool { return c.Name == valuePayments && c.Of == "" && c.Arm == "" })
	return in, nil
}

// take takes some values.
func (in *intake) take(values []float64) error {
	width := len(in.centre)
	for len(values) > 0 {
		n := copy(in.values[in.filled:], values)
		in.filled, values = in.filled+n, values[n:]
		for ; in.checked+width <= in.filled; in.checked += width {
			if err := in.check(in.first+in.checked/width, in.values[in.checked:in.checked+width]); err != nil {
				return err
			}
		}
		if in.filled == len(in.values) {
			in.condense(len(in.values) / width)
			in.filled, in.checked = 0, 0
		}
	}
	return nil
}

// check returns what is wrong with the values of a replication.
func (in *intake) check(replication int, row []float64) error {
	for i, v := range row {
		if !finite(v) && !in.columns[i].mayBe(v, row[in.paid]) {
			return fmt.Errorf("replication %s: %s is %v", words.Count(float64(replication+1)), in.columns[i].Key, v)
		}
	}
	if replication != in.again {
		return nil
	}
	given := slices.Clone(row)
	if err := in.do(replication); err != nil { // into the same place
		return err
	}
	for i, v := range row {
		if math.Float64bits(v) != math.Float64bits(given[i]) && !(math.IsNaN(v) && math.IsNaN(given[i])) {
			return fmt.Errorf("replication %s: %s is %v, and %v when it is run again with this seed",
				words.Count(float64(replication+1)), in.columns[i].Key, in.columns[i].scale(given[i]), in.columns[i].scale(v))
		}
	}
	return nil
}

// mayBe reports whether a figure that is no finite number can have been found: a
// ranked figure may be without bound, and a ratio to payments where there are none.
func (c column) mayBe(v, paid float64) bool {
	if c.Name == BenefitCost {
		return paid == 0
	}
	return measures[measureIndex[c.Name]].Kind == kindRank && !math.IsNaN(v)
}
