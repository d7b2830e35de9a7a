package montecarlo

import "github.com/edgeofcare/edgeofcare/model/contract"

// care is what care costs in one ledger, added up once for all the figures that
// rest on it. Series are over quarters, in pence.
type care struct {
	cost          [2][2][]float64 // by window and arm
	cohorts       []savingTotal
	commissioners []saving
	all           saving
	totals        careTotals // see care_fast.go
}

// saving is what is avoided in the tracking window, and later, and what of the
// first is cashable.
type saving struct{ avoided, later, cashable []float64 }

// savingTotal is the sums of a saving's series.
type savingTotal struct{ avoided, later, cashable float64 }

func newCare(s *sheet) *care {
	quarters := len(s.shape.Quarters)
	series := func() []float64 { return make([]float64, quarters) }
	one := func() saving { return saving{series(), series(), series()} }
	c := &care{cohorts: make([]savingTotal, len(s.shape.Cohorts)), all: one()}
	for w := range c.cost {
		for a := range c.cost[w] {
			c.cost[w][a] = series()
		}
	}
	for range s.shape.Commissioners {
		c.commissioners = append(c.commissioners, one())
	}
	return c
}

// addUp reads every cost in a ledger once.
func (c *care) addUp(s *sheet, l *contract.Ledger) {
	if s.totalsOnly && c.addUpTotals(s, l) {
		return
	}
	c.addUpSeries(s, l)
}

// addUpSeries adds all series up.
func (c *care) addUpSeries(s *sheet, l *contract.Ledger) {
	c.clear()
	c.totals.known = false
	commissioners := len(s.shape.Commissioners)
	for line := range len(s.all) {
		k, m := line/commissioners, line%commissioners
		commissioner, cohort := &c.commissioners[m], &c.cohorts[k]
		for w := contract.Tracking; w <= contract.AfterTracking; w++ {
			without, with := l.CostsOf(w, contract.Counterfactual, k, m), l.CostsOf(w, contract.Intervention, k, m)
			costWithout, costWith := c.cost[w][contract.Counterfactual], c.cost[w][contract.Intervention]
			into, total := commissioner.avoided, &cohort.avoided
			if w == contract.AfterTracking {
				into, total = commissioner.later, &cohort.later
			}
			for q := range into {
				a, b := float64(without[q]), float64(with[q])
				costWithout[q] += a
				costWith[q] += b
				into[q] += a - b
				*total += a - b
			}
		}
		for q, v := range l.CashableOf(k, m) {
			commissioner.cashable[q] += float64(v)
			cohort.cashable += float64(v)
		}
	}
	for i := range c.commissioners {
		one := &c.commissioners[i]
		for q := range c.all.avoided {
			c.all.avoided[q] += one.avoided[q]
			c.all.later[q] += one.later[q]
			c.all.cashable[q] += one.cashable[q]
		}
	}
}

func (c *care) clear() {
	for w := range c.cost {
		for a := range c.cost[w] {
			clear(c.cost[w][a])
		}
	}
	clear(c.cohorts)
	for i := range c.commissioners {
		c.commissioners[i].clear()
	}
	c.all.clear()
}

func (s *saving) clear() {
	clear(s.avoided)
	clear(s.later)
	clear(s.cashable)
}
