package contract

import (
	"errors"
	"math"
)

// paidShares returns, by metric, the share of units that is paid for: all but
// the agreed deadweight, in billionths.
func paidShares(metrics []Metric) ([]int64, error) {
	var faults []error
	paid := make([]int64, len(metrics))
	for i, m := range metrics {
		deadweight, err := shareOf(m.Deadweight)
		faults = append(faults, within("metrics."+m.Name+".deadweight", err))
		paid[i] = whole - deadweight
	}
	return paid, errors.Join(faults...)
}

// value is the price of a number of units in pence: units × the share paid for
// × tariff, rounded to the penny once, half a penny away from zero. It is exact
// for whole counts, and for expected ones that come to whole pence before the
// deadweight is taken off.
func value[N Number](units N, tariff, paid int64) int64 {
	if isWhole[N]() {
		if paid == whole {
			return int64(units) * tariff
		}
		return part(int64(units)*tariff, paid)
	}
	amount := float64(units) * float64(tariff)
	if paid == whole {
		return int64(math.Round(amount))
	}
	if amount == math.Trunc(amount) {
		return part(int64(amount), paid)
	}
	return int64(math.Round(amount * float64(paid) / whole))
}

// isWhole tells whole counts, of one replication, from expected ones.
func isWhole[N Number]() bool { return N(1)/2 == 0 }
