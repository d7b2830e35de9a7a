package indigo

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// mend repairs the year in which a period begins. In a series of quarters, a
// period that begins on the first day of its last quarter, but one or more years
// early, is that quarter with a slip in the year, if
//
//   - it overlaps quarters of the series, which it would pay a second time;
//   - its last quarter has no row of its own;
//   - the quarter before or after that one has.
func (r *reader) mend(payments []Payment, group []int) {
	var quarters []calendar.Quarter
	for _, i := range group {
		if q, ok := payments[i].Period.Quarter(); ok {
			quarters = append(quarters, q)
		}
	}
	slices.Sort(quarters)
	has := func(q calendar.Quarter) bool {
		_, ok := slices.BinarySearch(quarters, q)
		return ok
	}
	for _, i := range group {
		p := payments[i].Period
		q := p.To.Quarter()
		years := p.To.Year() - p.From.Year()
		if p.From.IsZero() || q.IsZero() || p.To != q.Last() || years < 1 ||
			p.From != calendar.NewDate(q.First().Year()-years, q.First().Month(), 1) {
			continue
		}
		first, _ := slices.BinarySearch(quarters, p.From.Quarter())
		overlaps := first < len(quarters) && quarters[first] <= q
		if !overlaps || has(q) || !has(q-1) && !has(q+1) {
			continue
		}
		payments[i].Period.From = q.First()
		w := row{cells: cells{row: payments[i].Row}, s: r.payments, data: r.data}
		w.repair(periodStart, month(p.From), month(q.First()),
			"the period "+p.String()+" overlaps quarters that have rows of their own, so it is read as its last quarter, "+q.String())
	}
}
