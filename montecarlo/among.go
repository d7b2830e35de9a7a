package montecarlo

import (
	"errors"
	"fmt"
	"slices"
)

// Among returns a result's figures over some of its replications alone, numbered from 0:
// those in whose draws an input is high, say, so that what goes with it by the file's
// correlations is as it is there. Central figures are those of the whole result. There is
// neither a check nor a warning, no share of the spread is said to be rates, and the result
// cannot be compared or repriced. It is an error if the values of the replications are not
// there, or a number is not that of a replication.
func (r *Result) Among(replications []int) (*Result, error) {
	if r == nil || r.run == nil || r.run.condensed != nil {
		return nil, errors.New("the result does not have the values of its replications: run it with Options.AllValues")
	}
	chosen := slices.Compact(slices.Sorted(slices.Values(replications)))
	if len(chosen) == 0 {
		return nil, errors.New("no replication is chosen")
	}
	if first, last := chosen[0], chosen[len(chosen)-1]; first < 0 || last >= r.Conventions.Replications {
		return nil, fmt.Errorf("replications %d to %d are not all among the %d of the result", first, last, r.Conventions.Replications)
	}
	whole := r.run
	some := &runner{
		options: whole.options, version: whole.version, expectation: whole.expectation, pricer: whole.pricer, central: whole.central,
		cash: whole.cash, account: whole.account, sheet: whole.sheet, columns: whole.columns, deciding: whole.deciding, centre: whole.centre,
	}
	some.options.Replications, some.options.Keep = len(chosen), false
	some.values = newRecorded(len(whole.centre), len(chosen))
	row := make([]float64, len(whole.centre))
	for at, i := range chosen {
		some.values.put(at, whole.values.row(i, row))
	}
	result := some.described(len(chosen))
	result.Conventions = r.Conventions
	result.Conventions.Replications = len(chosen)
	for i := range result.Totals { // the mean over all, not over these
		result.Totals[i].Exact, result.Totals[i].ExactSD = false, 0
	}
	return result, nil
}
