package contract

import (
	"errors"
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/located"
)

// Pays reports whether a unit can earn anything: whether any of the amounts is above
// 0. An outcome that is recorded and never paid has a tariff that does not.
func (t Tariff) Pays() bool {
	pays := t.Amount.IsPositive() || t.Beyond != nil && t.Beyond.Amount.IsPositive()
	for _, amount := range t.ByCommissioner {
		pays = pays || amount.IsPositive()
	}
	return pays || slices.ContainsFunc(t.Tiers, func(tier Tier) bool { return tier.Amount.IsPositive() })
}

// Linear reports whether a claim is proportional to the units, so that the claim of
// expected units is the expected claim: neither tiers of a rate nor another price
// beyond a number of units.
func (t Tariff) Linear() bool { return len(t.Tiers) == 0 && t.Beyond == nil }

// tariffs works out the price of a unit, in pence, by metric × commissioner ×
// quarter: one price for each financial year.
func tariffs(metrics []Metric, s *Shape, index PriceIndex, in Prices) ([]int64, error) {
	var faults []error
	prices := make([]int64, 0, len(metrics)*len(s.Commissioners)*len(s.Quarters))
	for _, m := range metrics {
		at := "metrics." + m.Name + ".tariff"
		if err := yearly(m.Tariff.Indexation.Decimal); err != nil {
			faults = append(faults, located.Within(at+".indexation", err))
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(m.Tariff.ByCommissioner)) {
			faults = append(faults, known(at, "commissioner", name, s.Commissioners))
		}
		common, err := m.Tariff.byQuarter(m.Tariff.Amount, s, index, in)
		faults = append(faults, located.Within(at, err))
		for _, commissioner := range s.Commissioners {
			row := common
			if own, ok := m.Tariff.ByCommissioner[commissioner]; ok {
				row, err = m.Tariff.byQuarter(own, s, index, in)
				faults = append(faults, located.Within(at+".by commissioner."+commissioner, err))
			}
			prices = append(prices, row...)
		}
	}
	return prices, errors.Join(faults...)
}

// byQuarter returns the price of a unit in pence by quarter, from what the
// terms state.
func (t Tariff) byQuarter(amount decimal.Decimal, s *Shape, index PriceIndex, in Prices) ([]int64, error) {
	stated, err := price(amount)
	if err != nil {
		return nil, err
	}
	prices := make([]int64, len(s.Quarters))
	for q, quarter := range s.Quarters {
		if q > 0 && !s.newYear(q) {
			prices[q] = prices[q-1]
			continue
		}
		if prices[q], err = index.priced(stated, t.Indexation, in, quarter.FinancialYear()); err != nil {
			return nil, err
		}
	}
	return prices, nil
}
