package montecarlo

import "github.com/edgeofcare/edgeofcare/model/contract"

// Where nobody wants series, hardly any figure needs the cost of care by quarter, and
// whole pence can be added up in any order: the sums are the same to the last bit as
// those of the series that care.addUp makes, as long as no number is too large to be
// exact in floating point.

// careTotals is the sums of the series of care that are wanted as sums alone.
type careTotals struct {
	known         bool // whether these were added up, and those series not
	cost          [2][2]int64
	commissioners []savingSums
	all           savingSums
}

// savingSums is the sums of a saving's series.
type savingSums struct{ avoided, later, cashable int64 }

// mostPence bounds amounts that are added up as whole numbers: thousands of them are
// below 2⁵³ together.
const mostPence = 1 << 40

// addUpTotals is addUp without the series that no total needs. It reports whether it
// could; the series must then be added up.
func (c *care) addUpTotals(s *sheet, l *contract.Ledger) bool {
	c.clear()
	t := &c.totals
	commissioners := len(s.shape.Commissioners)
	*t = careTotals{known: true, commissioners: append(t.commissioners[:0], make([]savingSums, commissioners)...)}
	large := int64(0) // has every bit that an amount has
	for line := range len(s.all) {
		k, m := line/commissioners, line%commissioners
		series, cohort, own := &c.commissioners[m], &c.cohorts[k], &t.commissioners[m]
		for w := contract.Tracking; w <= contract.AfterTracking; w++ {
			without, with := l.CostsOf(w, contract.Counterfactual, k, m), l.CostsOf(w, contract.Intervention, k, m)
			var a, b, bits int64
			if w == contract.Tracking {
				a, b, bits = addDifferences(series.avoided, without, with)
				own.avoided += a - b
				cohort.avoided += float64(a - b)
			} else {
				a, b, bits = addBoth(without, with)
				own.later += a - b
				cohort.later += float64(a - b)
			}
			t.cost[w][contract.Counterfactual] += a
			t.cost[w][contract.Intervention] += b
			large |= bits
		}
		sum, bits := addPence(series.cashable, l.CashableOf(k, m))
		own.cashable += sum
		cohort.cashable += float64(sum)
		large |= bits
	}
	for m := range c.commissioners {
		one, sums := &c.commissioners[m], t.commissioners[m]
		for q := range c.all.avoided {
			c.all.avoided[q] += one.avoided[q]
			c.all.cashable[q] += one.cashable[q]
		}
		t.all.avoided += sums.avoided
		t.all.later += sums.later
		t.all.cashable += sums.cashable
	}
	return large < mostPence
}

// addDifferences adds what one series is above another to a third. It returns the sums
// of both, and a number that has every bit of their amounts, which are not below 0.
func addDifferences(into []float64, without, with []int64) (a, b, bits int64) {
	without, with = without[:len(into)], with[:len(into)]
	for q := range into {
		x, y := without[q], with[q]
		into[q] += float64(x - y)
		a, b, bits = a+x, b+y, bits|x|y
	}
	return a, b, bits
}

// addBoth returns the sums of two series, and a number that has every bit of their
// amounts.
func addBoth(without, with []int64) (a, b, bits int64) {
	with = with[:len(without)]
	for q, x := range without {
		y := with[q]
		a, b, bits = a+x, b+y, bits|x|y
	}
	return a, b, bits
}

// addPence adds a series, of any sign, to another. It returns its sum, and a number that
// is at least as large as half of any of its amounts.
func addPence(into []float64, pence []int64) (sum, bits int64) {
	pence = pence[:len(into)]
	for q, v := range pence {
		into[q] += float64(v)
		sum, bits = sum+v, bits|v^v>>63
	}
	return sum, bits
}
