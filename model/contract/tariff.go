package contract

import (
	"errors"
	"fmt"
)

// tariffs works out the price of a unit, in pence, by metric × commissioner ×
// quarter. An indexed tariff is uplifted and rounded to the penny on each
// 1 April after the first quarter.
func tariffs(metrics []Metric, s *Shape) ([]int64, error) {
	var faults []error
	prices := make([]int64, 0, len(metrics)*len(s.Commissioners)*len(s.Quarters))
	for _, m := range metrics {
		for name := range m.Tariff.ByCommissioner {
			if s.Commissioner(name) < 0 {
				faults = append(faults, termError("metrics."+m.Name+".tariff", "%q is no commissioner", name))
			}
		}
		for _, commissioner := range s.Commissioners {
			amount := m.Tariff.Amount
			if own, ok := m.Tariff.ByCommissioner[commissioner]; ok {
				amount = own
			}
			price, err := pence(amount)
			if err == nil && price < 0 {
				err = fmt.Errorf("£%s is below 0", amount)
			}
			faults = append(faults, within("metrics."+m.Name+".tariff", err))
			for q, quarter := range s.Quarters {
				if q > 0 && quarter.FinancialYear() != s.Quarters[q-1].FinancialYear() {
					price = uplift(price, m.Tariff.Indexation)
				}
				prices = append(prices, price)
			}
		}
	}
	return prices, errors.Join(faults...)
}
