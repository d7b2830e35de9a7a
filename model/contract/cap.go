package contract

import (
	"errors"
	"fmt"
	"math"

	"github.com/shopspring/decimal"
)

// noCap is the limit where there is none.
const noCap = math.MaxInt64

// caps are the contract's limits, cumulative but for those of a year.
type caps struct {
	units    []int64 // by metric
	amount   []int64 // pence, by metric
	year     []int64 // pence, by quarter
	contract int64   // pence
	metrics  bool    // whether any metric has a cap
}

// room is what is left of each cap while quarters are priced in order.
type room struct {
	units    []float64
	amount   []int64
	year     int64
	contract int64
	payer    []int64
}

func newCaps(t Terms, s *Shape) (caps, error) {
	var faults []error
	var c caps
	for _, m := range t.Metrics {
		units, err := limitUnits(m.Cap.Units)
		faults = append(faults, within("metrics."+m.Name+".cap.units", err))
		c.units = append(c.units, units)
		amount, err := limit(m.Cap.Amount)
		faults = append(faults, within("metrics."+m.Name+".cap.amount", err))
		c.amount = append(c.amount, amount)
		c.metrics = c.metrics || m.Cap.Units.Valid || m.Cap.Amount.Valid
	}
	var err error
	c.year, err = newYearCaps(t.YearCaps, s)
	faults = append(faults, err)
	c.contract, err = limit(t.Cap)
	faults = append(faults, within("contract cap", err))
	return c, errors.Join(faults...)
}

// limit turns an optional cap in £ into pence.
func limit(c decimal.NullDecimal) (int64, error) {
	if !c.Valid {
		return noCap, nil
	}
	return pence(c.Decimal)
}

// limitUnits is limit for a cap in units.
func limitUnits(c decimal.NullDecimal) (int64, error) {
	if !c.Valid {
		return noCap, nil
	}
	if most := decimal.NewFromInt(1e12); !c.Decimal.IsInteger() || c.Decimal.IsNegative() || c.Decimal.GreaterThan(most) {
		return 0, fmt.Errorf("%s is no number of units: it must be whole, from 0 to a million million", c.Decimal)
	}
	return c.Decimal.IntPart(), nil
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

// capMetrics limits the claims of a quarter to what is left of each metric's
// caps.
func capMetrics[N Number](p *Pricer, counts *Counts[N], into *Ledger, q int) {
	for m := range p.shape.Metrics {
		if p.caps.units[m] < noCap {
			capUnits(p, counts, into, m, q)
		}
		if p.caps.amount[m] < noCap {
			p.limit(into, p.work.metricLines[m], p.work.room.amount[m], q)
		}
	}
}

// capUnits limits one metric's units of a quarter to what is left of its cap
// in units, which are counted before the deadweight is taken off; those of a
// quarter with a grant count too. Where the cap binds, the units left are shared over commissioners
// pro rata: whole units by largest remainder, ties by name; expected units
// exactly.
func capUnits[N Number](p *Pricer, counts *Counts[N], into *Ledger, m, q int) {
	lines, quarters := p.work.metricLines[m], len(p.shape.Quarters)
	total := 0.0
	for _, line := range lines {
		total += float64(counts.Units[line*quarters+q])
	}
	left := p.work.room.units[m]
	p.work.room.units[m] = max(0, left-total)
	if total <= left {
		return
	}
	if !isWhole[N]() {
		for _, line := range lines {
			i := line*quarters + q
			into.Allowed[i] = value(float64(counts.Units[i])*(left/total), p.tariff[i], p.paid[m])
		}
		return
	}
	for n, line := range lines {
		p.work.weights[n] = int64(counts.Units[line*quarters+q])
	}
	apportion(int64(left), p.work.weights[:len(lines)], p.work.parts, p.work.remainders)
	for n, line := range lines {
		i := line*quarters + q
		into.Allowed[i] = value(p.work.parts[n], p.tariff[i], p.paid[m])
	}
}

// capQuarter cuts a whole quarter down to the pence left of a cap and returns
// what it comes to then.
func (p *Pricer) capQuarter(into *Ledger, left int64, q int) int64 {
	if total := p.work.total[q]; total <= left {
		return total
	}
	p.limit(into, p.work.lines, left, q)
	p.addUpQuarter(into, q)
	return left
}

// limit cuts lines of a quarter down to the pence left of a cap. What is left is shared over the lines pro rata to their
// claims, by largest remainder; ties go by name of metric, then of commissioner,
// the order in which lines are given.
func (p *Pricer) limit(into *Ledger, lines []int, left int64, q int) {
	quarters, total := len(p.shape.Quarters), int64(0)
	for n, line := range lines {
		p.work.weights[n] = into.Allowed[line*quarters+q]
		total += p.work.weights[n]
	}
	if total <= left {
		return
	}
	apportion(left, p.work.weights[:len(lines)], p.work.parts, p.work.remainders)
	for n, line := range lines {
		into.Allowed[line*quarters+q] = p.work.parts[n]
	}
}

// spendMetricCaps takes what all caps and a grant have let through out of what
// is left of each metric's cap in £. A grant is not limited by that cap, so it
// may use up more than there is.
func (p *Pricer) spendMetricCaps(into *Ledger, q int) {
	quarters := len(p.shape.Quarters)
	for m, limit := range p.caps.amount {
		if limit == noCap {
			continue
		}
		left := &p.work.room.amount[m]
		for _, line := range p.work.metricLines[m] {
			*left -= into.Allowed[line*quarters+q]
		}
		*left = max(0, *left)
	}
}
