package montecarlo

import "github.com/edgeofcare/edgeofcare/model/contract"

// Whole numbers are added up exactly in any order, as long as floating point can hold
// the sum. So the total of rows of whole cells is the sum of the series that they make
// up, to the last bit, without the series.

// totalOf is the sum of rows of cells; it is not known where these are not whole, one is
// below 0 or some are too large to be added up exactly in floating point.
func totalOf[N contract.Number](cells []N, rows []int, quarters int) (total float64, known bool) {
	if N(1)/2 != 0 || len(rows)*quarters > 1<<13 {
		return 0, false
	}
	all, bits := int64(0), int64(0) // bits has every bit that a cell has
	for _, row := range rows {
		for _, cell := range cells[row*quarters:][:quarters] {
			all += int64(cell)
			bits |= int64(cell)
		}
	}
	return float64(all), bits >= 0 && bits < mostPence
}

// recordTotal records the sum of rows of cells.
func recordTotal[N contract.Number](f *figures, k Key, cells []N, rows []int, exact bool) {
	if total, ok := totalOf(cells, rows, len(f.series)); ok {
		f.put(k, total, exact)
		return
	}
	add(f, cells, rows, 1)
	f.total(k, exact)
}

// recordFlow records rows of cells as [figures.flow] does.
func recordFlow[N contract.Number](f *figures, s *sheet, k Key, cells []N, rows []int, exact, years bool) {
	if s.totalsOnly {
		recordTotal(f, k, cells, rows, exact)
		return
	}
	add(f, cells, rows, 1)
	f.flow(s, k, exact, years)
}

// fillCareCostTotals is fillCareCost where series are not added up.
func fillCareCostTotals(f *figures) {
	t := &f.care.totals
	for _, arm := range contract.Arms() {
		tracking, later := t.cost[contract.Tracking][arm], t.cost[contract.AfterTracking][arm]
		f.put(Key{Name: careCost, Arm: arm.String()}, float64(tracking), exactly)
		f.put(Key{Name: careCostToEnd, Arm: arm.String()}, float64(tracking+later), exactly)
	}
}

// fillSavingTotals is fillSaving where series are not added up, with the payments of a
// payer or of everybody.
func fillSavingTotals(f *figures, c savingSums, of string, payer int, net netMeasures) {
	avoided, cashable, paid := float64(c.avoided), float64(c.cashable), f.paid.totalOf(payer)
	f.put(Key{Name: Avoided, Of: of}, avoided, exactly)
	f.put(Key{Name: Cashable, Of: of}, cashable, exactly)
	f.event(net.saves, of, avoided-paid > 0)
	f.put(Key{Name: net.saving, Of: of}, avoided-paid, afterCaps)
	f.event(net.cashableSaves, of, cashable-paid > 0)
	f.put(Key{Name: net.cashable, Of: of}, cashable-paid, afterCaps)
}
