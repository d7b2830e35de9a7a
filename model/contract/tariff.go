package contract

import (
	"errors"
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/located"
)

// tariffs works out the price of a unit, in pence, by metric × commissioner ×
// quarter. An indexed tariff is uplifted and rounded to the penny on each
// 1 April after the first quarter.
func tariffs(metrics []Metric, s *Shape) ([]int64, error) {
	var faults []error
	prices := make([]int64, 0, len(metrics)*len(s.Commissioners)*len(s.Quarters))
	for _, m := range metrics {
		at := "metrics." + m.Name + ".tariff"
		if err := yearly(m.Tariff.Indexation); err != nil {
			faults = append(faults, located.Within(at+".indexation", err))
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(m.Tariff.ByCommissioner)) {
			faults = append(faults, known(at, "commissioner", name, s.Commissioners))
		}
		common, err := m.Tariff.byQuarter(m.Tariff.Amount, s)
		faults = append(faults, located.Within(at, err))
		for _, commissioner := range s.Commissioners {
			row := common
			if own, ok := m.Tariff.ByCommissioner[commissioner]; ok {
				row, err = m.Tariff.byQuarter(own, s)
				faults = append(faults, located.Within(at+".by commissioner."+commissioner, err))
			}
			prices = append(prices, row...)
		}
	}
	return prices, errors.Join(faults...)
}

// byQuarter returns the price of a unit in pence by quarter, from what it is
// in the first.
func (t Tariff) byQuarter(amount decimal.Decimal, s *Shape) ([]int64, error) {
	first, err := price(amount)
	if err != nil || len(s.Quarters) == 0 {
		return nil, err
	}
	return indexed(first, t.Indexation, s.Quarters[0].FinancialYear(), s.Quarters)
}
