package xlsx

import (
	"errors"
	"fmt"

	"github.com/shopspring/decimal"
)

// refused says why a programme cannot have a workbook: a rule that it has, together with
// another, would have to stand as a value in the middle of the formulas.
func (m *maker) refused() error {
	var faults []error
	for _, t := range m.p.Contract.Metrics {
		if !t.Tariff.Linear() && t.Cap.Units.Valid {
			faults = append(faults, fmt.Errorf("metrics.%s: a price by tiers of a rate or beyond a number of units, with a cap in units, has no formulas in a workbook: leave the cap out, as in --set \"metrics.%s.cap.units=none\", or use -o with .csv", t.Name, t.Name))
		}
	}
	var grants, years []decimal.NullDecimal
	for _, g := range m.p.Contract.Grants {
		grants = append(grants, g.Indexation)
	}
	for _, c := range m.p.Contract.YearCaps {
		years = append(years, c.Indexation)
	}
	for _, one := range []struct {
		what string
		all  []decimal.NullDecimal
	}{{"grants", grants}, {"year caps", years}} {
		if len(one.all) > 0 && !sameIndexation(one.all) {
			faults = append(faults, fmt.Errorf("%s: they rise by different rates, for which a workbook has no formulas: give all one indexation", one.what))
		}
	}
	return errors.Join(faults...)
}

// sameIndexation reports whether amounts have one and the same indexation.
func sameIndexation(all []decimal.NullDecimal) bool {
	for _, one := range all {
		if one.Valid != all[0].Valid || !one.Decimal.Equal(all[0].Decimal) {
			return false
		}
	}
	return true
}
