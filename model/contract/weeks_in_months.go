package contract

import "math"

// WeeksIn returns the weeks that a number of months takes, rounded up: a month
// is 365.25 / 84 weeks, about 4.348. The number must not be negative; more
// months than can be counted in weeks come to math.MaxInt.
func WeeksIn(months int) int {
	if months > math.MaxInt/1461-1 {
		return math.MaxInt
	}
	return (months*1461 + 335) / 336
}
