package contract

import (
	"errors"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/located"
)

// Beyond is another price for the units of a metric beyond a number of them, over all
// commissioners together: the Work and Health Programme pays a higher price for
// outcomes beyond a set volume (Department for Work and Pensions, Work and Health
// Programme provider guidance, chapter 13).
//
// Units count in the order of quarters, before deadweight is taken off, and also in a
// quarter with a grant. In the quarter in which the number is passed the units up to
// it are shared over commissioners pro rata to theirs: whole units by largest
// remainder, ties by name; expected units exactly. Of units limited by a cap it is the
// first that count.
type Beyond struct {
	Units  int             `json:"units"`  // up to and including which the price is the tariff's
	Amount decimal.Decimal `json:"amount"` // a unit after that
	// Yearly counts anew from each 1 April; otherwise units count over the whole
	// contract.
	Yearly bool `json:"yearly,omitempty"`
}

// beyond is another price made ready.
type beyond struct {
	units  float64
	tariff []int64 // pence by quarter
	yearly bool
}

// newBeyond prepares the other prices, by metric; nil where a metric has none.
func newBeyond(metrics []Metric, s *Shape, index PriceIndex, in Prices) ([]*beyond, error) {
	var faults []error
	all := make([]*beyond, len(metrics))
	for i, m := range metrics {
		given, at := m.Tariff.Beyond, "metrics."+m.Name+".tariff.beyond"
		if given == nil {
			continue
		}
		if given.Units < 0 || given.Units > 1e12 {
			faults = append(faults, located.At(at+".units", "%d units: it must be from 0 to a million million", given.Units))
		}
		tariff, err := m.Tariff.byQuarter(given.Amount, s, index, in)
		faults = append(faults, located.Within(at+".amount", err))
		all[i] = &beyond{float64(given.Units), tariff, given.Yearly}
	}
	return all, errors.Join(faults...)
}

// claimBeyond prices all units of a metric with another price beyond a number, and
// keeps how many units are left up to it at the beginning of each quarter.
func claimBeyond[N Number](p *Pricer, counts *Counts[N], into *Ledger, m int) {
	left, quarters := p.beyond[m].units, len(p.shape.Quarters)
	units := p.work.units[:len(p.shape.Commissioners)]
	for q := range quarters {
		if p.newYear[q] && p.beyond[m].yearly {
			left = p.beyond[m].units
		}
		p.work.upTo[m*quarters+q] = left
		total := 0.0
		for n, line := range p.work.metricLines[m] {
			units[n] = float64(counts.Units[line*quarters+q])
			total += units[n]
		}
		p.valueBeyond(into.Claims, m, q, units, isWhole[N]())
		left = max(0, left-total)
	}
}

// valueBeyond sets the cells of a metric's lines in a quarter to the price of their
// units, which are the first of the quarter.
func (p *Pricer) valueBeyond(cells []int64, m, q int, units []float64, isWhole bool) {
	quarters, total := len(p.shape.Quarters), 0.0
	for n := range units {
		total += units[n]
		p.work.weights[n] = int64(units[n])
	}
	left, upTo := min(p.work.upTo[m*quarters+q], total), p.work.first[:len(units)]
	if isWhole {
		apportion(int64(left), p.work.weights[:len(units)], upTo, p.work.remainders)
	}
	for n, line := range p.work.metricLines[m] {
		i := line*quarters + q
		tariff, dear := p.prices()[i], p.beyond[m].tariff[q]
		switch {
		case isWhole:
			cells[i] = value(upTo[n]*tariff+(int64(units[n])-upTo[n])*dear, 1, p.paid[m])
		case total > 0:
			first := units[n] * (left / total)
			cells[i] = value(first*float64(tariff)+(units[n]-first)*float64(dear), 1, p.paid[m])
		default:
			cells[i] = 0
		}
	}
}

// allowBeyond prices the units that a cap has let through in a quarter, where a metric
// has another price beyond a number.
func (p *Pricer) allowBeyond(into *Ledger, m, q int, isWhole bool) {
	if p.beyond[m] != nil {
		p.valueBeyond(into.Allowed, m, q, p.work.units[:len(p.shape.Commissioners)], isWhole)
	}
}
