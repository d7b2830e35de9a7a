package contract

import (
	"errors"
	"fmt"
	"math"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/located"
)

// noCap is the limit where there is none.
const noCap = math.MaxInt64

// caps are the contract's limits, cumulative but for those of a year.
type caps struct {
	units    []int64 // by metric
	amount   []limit // by metric
	year     []int64 // pence, by quarter
	contract limit
	metrics  bool // whether any metric has a cap
}

// limit is a cap in £ over all quarters.
type limit struct {
	pence int64 // in the first financial year; noCap for none
	// rise is what is multiplied by what is left of it on each 1 April: 1 where
	// the cap is in the prices that the contract is worked out in.
	rise float64
}

// room is what is left of each cap while quarters are priced in order.
type room struct {
	units    []float64
	amount   []int64
	year     int64
	contract int64
	payer    []int64
}

func newCaps(t Terms, s *Shape, index PriceIndex, in Prices) (caps, error) {
	var faults []error
	var c caps
	for _, m := range t.Metrics {
		units, err := limitUnits(m.Cap.Units)
		faults = append(faults, located.Within("metrics."+m.Name+".cap.units", err))
		c.units = append(c.units, units)
		amount, err := newLimit(m.Cap.Amount, m.Cap.Indexation, s, index, in)
		faults = append(faults, located.Within("metrics."+m.Name+".cap.amount", err))
		c.amount = append(c.amount, amount)
		c.metrics = c.metrics || m.Cap.Units.Valid || m.Cap.Amount.Valid
	}
	var err error
	c.year, err = newYearCaps(t.YearCaps, s, index, in)
	faults = append(faults, err)
	c.contract, err = newLimit(t.Cap, t.CapIndexation, s, index, in)
	faults = append(faults, located.Within("contract cap", err))
	return c, errors.Join(faults...)
}

// newLimit makes an optional cap in £ ready.
func newLimit(c, indexation decimal.NullDecimal, s *Shape, index PriceIndex, in Prices) (limit, error) {
	none := limit{noCap, 1}
	if !c.Valid || len(s.Quarters) == 0 {
		return none, nil
	}
	stated, err := pence(c.Decimal)
	if err != nil {
		return none, err
	}
	if err := yearly(indexation.Decimal); err != nil {
		return none, err
	}
	first, err := index.Amount(decimal.NewFromInt(stated), indexation, in, s.Quarters[0].FinancialYear())
	if err != nil {
		return none, err
	}
	return limit{capPence(first), 1 + index.rise(indexation, in).InexactFloat64()}, nil
}

// maxCap keeps what is left of a cap exact while it rises: far more than any
// contract pays.
const maxCap = 1 << 50

// capPence is an amount in pence, or the most that a cap holds.
func capPence(pence decimal.Decimal) int64 {
	if pence.GreaterThan(decimal.NewFromInt(maxCap)) {
		return maxCap
	}
	return pence.IntPart()
}

// risen is what is left of a cap after a 1 April, to the penny.
func (l limit) risen(left int64) int64 {
	if l.pence == noCap || l.rise == 1 {
		return left
	}
	return int64(min(math.Round(float64(left)*l.rise), maxCap))
}

// limitUnits turns an optional cap in units into a number.
func limitUnits(c decimal.NullDecimal) (int64, error) {
	if !c.Valid {
		return noCap, nil
	}
	if most := decimal.NewFromInt(1e12); !c.Decimal.IsInteger() || c.Decimal.IsNegative() || c.Decimal.GreaterThan(most) {
		return 0, fmt.Errorf("%s is not a number of units: it must be whole, from 0 to a million million", c.Decimal)
	}
	return c.Decimal.IntPart(), nil
}

func (r *room) reset(c caps, all payers) {
	for m, units := range c.units {
		r.units[m] = float64(units)
	}
	for m, limit := range c.amount {
		r.amount[m] = limit.pence
	}
	r.contract = c.contract.pence
	for n, p := range all.list {
		r.payer[n] = p.cap.pence
	}
}

// rise carries what is left of the contract's and the metrics' caps over a
// 1 April.
func (r *room) rise(c caps) {
	for m, limit := range c.amount {
		r.amount[m] = limit.risen(r.amount[m])
	}
	r.contract = c.contract.risen(r.contract)
}
