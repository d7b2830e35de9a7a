package model

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// SavingsTarget is a saving that a commissioner has booked in its budget.
type SavingsTarget struct {
	Commissioner string                   `json:"commissioner"`
	Years        []calendar.FinancialYear `json:"years"`  // taken together
	Amount       decimal.Decimal          `json:"amount"` // £
	// Indexation is as that of a [contract.Tariff].
	Indexation decimal.NullDecimal `json:"indexation,omitzero"`
}

// String names the target: "Nottinghamshire, £250000 in 2021/22 and 2022/23".
func (t SavingsTarget) String() string {
	years := make([]string, len(t.Years))
	for i, y := range t.Years {
		years[i] = y.String()
	}
	return t.Commissioner + ", £" + t.Amount.String() + " in " + strings.Join(years, " and ")
}

func (v *validation) savingsTargets() {
	for i, t := range v.p.SavingsTargets {
		path := fmt.Sprintf("savings targets.%d", i+1)
		names := v.p.Shape().Commissioners
		v.need(slices.Contains(names, t.Commissioner), path, "there is no commissioner called %q: the commissioners are %s", t.Commissioner, list(names))
		v.indexation(path+".indexation", t.Indexation)
		v.need(len(t.Years) > 0, path, "there are no financial years: there must be at least one")
	}
}
