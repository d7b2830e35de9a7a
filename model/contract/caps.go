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
		faults = append(faults, located.Within("metrics."+m.Name+".cap.units", err))
		c.units = append(c.units, units)
		amount, err := limit(m.Cap.Amount)
		faults = append(faults, located.Within("metrics."+m.Name+".cap.amount", err))
		c.amount = append(c.amount, amount)
		c.metrics = c.metrics || m.Cap.Units.Valid || m.Cap.Amount.Valid
	}
	var err error
	c.year, err = newYearCaps(t.YearCaps, s)
	faults = append(faults, err)
	c.contract, err = limit(t.Cap)
	faults = append(faults, located.Within("contract cap", err))
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
		return 0, fmt.Errorf("%s is not a number of units: it must be whole, from 0 to a million million", c.Decimal)
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
