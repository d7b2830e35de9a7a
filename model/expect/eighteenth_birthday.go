package expect

import "github.com/edgeofcare/edgeofcare/model"

// shareUnder18 returns, for each week since referral, the probability that the
// child is of an age at referral that is kept and that the week ends before the
// 18th birthday: 1 throughout if ages are not modelled.
func shareUnder18(a model.Ages, weeks int, keep func(ageInDays int) bool) []float64 {
	share := make([]float64, weeks)
	if a.None() {
		for t := range share {
			share[t] = 1
		}
		return share
	}
	lasting := make([]int, weeks+1) // days of age that leave so many weeks, or more for the last
	from, to := a.Days()
	for day := from; day < to; day++ {
		if keep(day) {
			lasting[min(model.WeeksBefore18(day), weeks)]++
		}
	}
	longer := 0
	for t := weeks - 1; t >= 0; t-- {
		longer += lasting[t+1]
		share[t] = float64(longer) / float64(to-from)
	}
	return share
}
