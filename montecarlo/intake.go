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
	filled  int       // replications that are held
	row     []float64 // of the next, as far as it is there
	again   int       // the replication that is run again to see whether it is the same
	do      func(replication int, row []float64) error
	columns []column // by value
	paid    int      // where the present value of payments is
}

func newIntake(r *runner) (*intake, error) {
	tallies, err := r.simulate()
	if err != nil {
		return nil, err
	}
	in := &intake{runner: r, row: make([]float64, 0, len(r.centre)), do: r.worker(tallies), columns: r.byValue()}
	in.paid = slices.IndexFunc(in.columns, func(c column) bool { return c.Name == valuePayments && c.Of == "" && c.Arm == "" })
	return in, nil
}

// take takes some values.
func (in *intake) take(values []float64) error {
	for len(values) > 0 {
		n := min(len(values), cap(in.row)-len(in.row))
		in.row, values = append(in.row, values[:n]...), values[n:]
		if len(in.row) < cap(in.row) {
			break
		}
		if err := in.check(in.first+in.filled, in.row); err != nil {
			return err
		}
		in.values.put(in.filled, in.row)
		in.row = in.row[:0]
		if in.filled++; in.filled == in.values.replications {
			in.condense(in.filled)
			in.filled = 0
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
	if err := in.do(replication, row); err != nil { // into the same place
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
