package contract

import (
	"errors"
	"math"
)

// caps are the contract's cumulative limits. No cap is the largest number.
type caps struct {
	units    []int64 // by metric
	amount   []int64 // pence, by metric
	contract int64   // pence
}

// room is what is left of each cap while quarters are priced in order.
type room struct {
	units    []float64
	amount   []int64
	contract int64
	payer    []int64
}

func newCaps(t Terms) (caps, error) {
	var faults []error
	var c caps
	for _, m := range t.Metrics {
		units := int64(math.MaxInt64)
		if u := m.Cap.Units; u.Valid {
			units = u.Decimal.IntPart()
			if !u.Decimal.IsInteger() || units < 0 {
				faults = append(faults, termError("metrics."+m.Name+".cap", "%s is not a whole number of units", u.Decimal))
			}
		}
		amount, err := limit(m.Cap.Amount)
		faults = append(faults, within("metrics."+m.Name+".cap", err))
		c.units = append(c.units, units)
		c.amount = append(c.amount, amount)
	}
	var err error
	c.contract, err = limit(t.Cap)
	faults = append(faults, within("contract cap", err))
	return c, errors.Join(faults...)
}

func (r *room) reset(c caps, all payers) {
	for m, units := range c.units {
		r.units[m] = float64(units)
	}
	copy(r.amount, c.amount)
	r.contract = c.contract
	for n, p := range all.list {
		r.payer[n] = p.cap
	}
}

// capUnits values one metric's units of a quarter, before and after the
// metric's cap in units. Where the cap binds, the units left are shared over
// commissioners pro rata: whole units by largest remainder, ties by name;
// expected units exactly.
func capUnits[N Number](p *Pricer, counts *Counts[N], into *Ledger, m, q int) {
	lines, quarters := p.work.metricLines[m], len(p.shape.Quarters)
	total := 0.0
	for _, line := range lines {
		i := line*quarters + q
		into.Claims[i] = value(counts.Units[i], p.tariff[i])
		into.Allowed[i] = into.Claims[i]
		total += float64(counts.Units[i])
	}
	left := p.work.room.units[m]
	p.work.room.units[m] = max(0, left-total)
	if total <= left {
		return
	}
	for n, line := range lines {
		p.work.weights[n] = int64(counts.Units[line*quarters+q])
	}
	apportion(int64(left), p.work.weights[:len(lines)], p.work.parts, p.work.remainders)
	whole := N(1)/2 == 0
	for n, line := range lines {
		i := line*quarters + q
		units := float64(p.work.parts[n])
		if !whole {
			units = float64(counts.Units[i]) * left / total
		}
		into.Allowed[i] = value(units, p.tariff[i])
	}
}

// capAmount limits lines of a quarter to the pence left of a cap. What is left
// is shared over the lines pro rata to their claims, by largest remainder; ties
// go by name of metric, then of commissioner, the order in which lines are
// given.
func (p *Pricer) capAmount(into *Ledger, lines []int, left *int64, q int) {
	quarters, total := len(p.shape.Quarters), int64(0)
	for n, line := range lines {
		p.work.weights[n] = into.Allowed[line*quarters+q]
		total += p.work.weights[n]
	}
	if total <= *left {
		*left -= total
		return
	}
	apportion(*left, p.work.weights[:len(lines)], p.work.parts, p.work.remainders)
	*left = 0
	for n, line := range lines {
		into.Allowed[line*quarters+q] = p.work.parts[n]
	}
}
