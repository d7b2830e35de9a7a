package finance

// hurdleTolerance is £1, which rounding to the penny may come to over a
// programme: a party misses its hurdle only by more than that.
const hurdleTolerance = 100

// missesHurdle reports whether flows by day, in pence, are worth less than
// nothing at the facility's hurdle, by more than the tolerance. Factors are the
// discount factors at the hurdle.
func missesHurdle(flows []int64, factors []float64) bool {
	worth := 0.0
	for day, flow := range flows {
		if flow != 0 {
			worth += float64(flow) * factors[day]
		}
	}
	return worth < -hurdleTolerance
}
