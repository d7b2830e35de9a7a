package contract

import (
	"errors"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/located"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// newYearCaps returns the limit in pence, by quarter, on what is paid for the
// financial year that holds the quarter. A cap for the year beats the one for
// every year.
func newYearCaps(list []YearCap, s *Shape, index PriceIndex, in Prices) ([]int64, error) {
	var faults []error
	limits := map[calendar.FinancialYear]YearCap{}
	for _, c := range list {
		at := "year caps"
		if !c.Year.IsZero() {
			at += "." + c.Year.String()
		}
		if _, twice := limits[c.Year]; twice {
			faults = append(faults, located.At(at, "there are two caps for the same year, or two for every year: keep one"))
		}
		_, err := pence(c.Amount)
		faults = append(faults, located.Within(at, err), located.Within(at, yearly(c.Indexation.Decimal)))
		limits[c.Year] = c
	}
	byQuarter := slices.Repeat([]int64{noCap}, len(s.Quarters))
	for q, quarter := range s.Quarters {
		for _, year := range []calendar.FinancialYear{0, quarter.FinancialYear()} {
			if c, ok := limits[year]; ok {
				amount, err := index.Amount(c.Amount.Shift(2), c.Indexation, in, quarter.FinancialYear())
				if err != nil {
					return byQuarter, located.Within("year caps", err)
				}
				byQuarter[q] = capPence(amount)
			}
		}
	}
	return byQuarter, errors.Join(faults...)
}

// capYear limits a quarter to what is left of the cap of its financial year,
// which is whole again on each 1 April. What is over it is lost. A year of
// which the programme has only a part has the whole cap.
func (p *Pricer) capYear(into *Ledger, q int) {
	limit, left := p.caps.year[q], &p.work.room.year
	if limit == noCap {
		return
	}
	if q == 0 || p.shape.Quarters[q].FinancialYear() != p.shape.Quarters[q-1].FinancialYear() {
		*left = limit
	}
	*left -= p.capQuarter(into, *left, q)
}
