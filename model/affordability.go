package model

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// Affordable is the most that a commissioner can pay of its own money in one
// financial year. Payments are not cut by it: how likely it is to be exceeded
// is reported.
type Affordable struct {
	Commissioner string                 `json:"commissioner"`
	Year         calendar.FinancialYear `json:"year"`
	Amount       decimal.Decimal        `json:"amount"` // £
	// Indexation is as that of a [contract.Tariff].
	Indexation decimal.NullDecimal `json:"indexation,omitzero"`
}

// String names the limit: "Derby, £400000 in 2022/23".
func (a Affordable) String() string {
	return a.Commissioner + ", £" + a.Amount.String() + " in " + a.Year.String()
}

// affordable checks the most that commissioners can pay.
func (v *validation) affordable() {
	names := v.p.Shape().Commissioners
	for i, a := range v.p.Affordability {
		path := fmt.Sprintf("affordability.%d", i+1)
		v.need(slices.Contains(names, a.Commissioner), path, "there is no commissioner called %q: the commissioners are %s", a.Commissioner, list(names))
		v.indexation(path+".indexation", a.Indexation)
		v.need(!a.Amount.IsNegative(), path, "£%s: it must be 0 or more", a.Amount)
		for _, before := range v.p.Affordability[:i] {
			v.need(before.Commissioner != a.Commissioner || before.Year != a.Year, path, "%s has two limits in %s: take one of them out", a.Commissioner, a.Year)
		}
	}
}
