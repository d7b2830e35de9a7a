package sensitivity

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// DeadweightValues returns the values of a driver at which the deadweight of a version (see
// [Point]) is a whole multiple of a step, such as 0.05 for every five percentage points,
// in order of deadweight and as far as the driver's range reaches. Each hits its multiple
// to within a few thousandths. It simulates nothing. A driver that leaves deadweight as it
// is gives none; a step that is not above zero is an error.
func DeadweightValues(v *scenario.Version, driver Driver, step float64) ([]float64, error) {
	if err := driver.validate(); err != nil {
		return nil, err
	}
	if !(step > 0) || math.IsInf(step, 0) {
		return nil, errors.New("deadweight in steps: a step must be above zero, such as 0.05")
	}
	if err := runnable(v); err != nil {
		return nil, err
	}
	const grid = 13
	var known []weighed
	for _, x := range driver.Values(grid) {
		one, err := weigh(v, driver, x)
		if err != nil {
			return nil, err
		}
		known = append(known, one)
	}
	slices.SortStableFunc(known, func(a, b weighed) int { return cmp.Compare(a.deadweight, b.deadweight) })
	var values []float64
	const air = 1e-9
	for k := math.Ceil(known[0].deadweight/step - air); k*step <= known[len(known)-1].deadweight+air; k++ {
		i, _ := slices.BinarySearchFunc(known, k*step, func(a weighed, want float64) int { return cmp.Compare(a.deadweight, want) })
		i = min(max(i, 1), len(known)-1)
		x, err := between(v, driver, known[i-1], known[i], k*step)
		if err != nil {
			return nil, err
		}
		values = append(values, x)
	}
	return slices.Compact(values), nil
}

// weighed is the deadweight at one value of a driver.
type weighed struct{ value, deadweight float64 }

// weigh works out the deadweight at a value, in exact expectation.
func weigh(v *scenario.Version, driver Driver, x float64) (weighed, error) {
	changed, err := v.With("", driver.Edits(x)...)
	if err != nil {
		return weighed{}, fmt.Errorf("driver %q at %s: %w", driver.Name, driver.Text(x), err)
	}
	p, err := montecarlo.Central(changed, contract.Constant)
	if err != nil {
		return weighed{}, err
	}
	without, with := 0.0, 0.0
	for _, d := range p.Expectation.Deadweight {
		started, _ := p.Totals.Of(montecarlo.Started, d.Cohort)
		without += started.Value * d.CounterfactualWeeks
		with += started.Value * d.InterventionWeeks
	}
	if with == 0 {
		return weighed{value: x}, nil
	}
	return weighed{x, without / with}, nil
}

// between is the value between two at which deadweight is as wanted: on the straight line
// between them, and then on that through the point found there.
func between(v *scenario.Version, driver Driver, low, high weighed, want float64) (float64, error) {
	at := func(a, b weighed) float64 {
		if b.deadweight == a.deadweight {
			return a.value
		}
		const places = 1e6
		return math.Round(places*(a.value+(b.value-a.value)*(want-a.deadweight)/(b.deadweight-a.deadweight))) / places
	}
	x := at(low, high)
	if x == low.value || x == high.value {
		return x, nil
	}
	middle, err := weigh(v, driver, x)
	if err != nil {
		return 0, err
	}
	if middle.deadweight < want {
		return at(middle, high), nil
	}
	return at(low, middle), nil
}
