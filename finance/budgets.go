package finance

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// Budget is one commissioner's view of a ledger by financial year.
type Budget struct {
	Commissioner string       `json:"commissioner"`
	Years        []BudgetYear `json:"years"`
}

// BudgetYear is one financial year of a budget, in £.
type BudgetYear struct {
	Year calendar.FinancialYear `json:"year"`
	// OwnPayments is all that the commissioner itself pays: of its claims, and
	// of those of others where it has a fixed share of all claims.
	OwnPayments decimal.Decimal `json:"own_payments"`
	// OthersPayments is what payers other than commissioners pay of its claims.
	OthersPayments decimal.Decimal `json:"others_payments"`
	// GrossAvoided is the cost of care avoided in the tracking window.
	GrossAvoided decimal.Decimal `json:"gross_avoided"`
	// Cashable is the cashable part of it.
	Cashable decimal.Decimal `json:"cashable"`
	// NetSaving is gross avoided less own payments. Most of it may never
	// appear in a budget.
	NetSaving decimal.Decimal `json:"net_saving"`
	// NetCashable is cashable less own payments.
	NetCashable decimal.Decimal `json:"net_cashable"`
}

// Budgets lays a ledger out by commissioner and financial year. The years of
// all commissioners are the same.
func Budgets(l *contract.Ledger) []Budget {
	if l == nil || l.Shape == nil {
		return nil
	}
	years, index := Years(l.Shape.Quarters)
	budgets := make([]Budget, len(l.Shape.Commissioners))
	for c, name := range l.Shape.Commissioners {
		own, others := make([]int64, len(years)), make([]int64, len(years))
		for p, payer := range l.Payers {
			if !slices.Contains(l.Shape.Commissioners, payer) {
				addTo(others, l.PaymentsOf(p, c), index, 1)
			}
			if payer != name {
				continue
			}
			for claiming := range l.Shape.Commissioners {
				addTo(own, l.PaymentsOf(p, claiming), index, 1)
			}
		}
		avoided, cashable := make([]int64, len(years)), make([]int64, len(years))
		for k := range l.Shape.Cohorts {
			addTo(avoided, l.CostsOf(contract.Tracking, contract.Counterfactual, k, c), index, 1)
			addTo(avoided, l.CostsOf(contract.Tracking, contract.Intervention, k, c), index, -1)
			addTo(cashable, l.CashableOf(k, c), index, 1)
		}
		budgets[c] = Budget{Commissioner: name, Years: make([]BudgetYear, len(years))}
		for y, year := range years {
			budgets[c].Years[y] = BudgetYear{
				Year:           year,
				OwnPayments:    contract.Pounds(own[y]),
				OthersPayments: contract.Pounds(others[y]),
				GrossAvoided:   contract.Pounds(avoided[y]),
				Cashable:       contract.Pounds(cashable[y]),
				NetSaving:      contract.Pounds(avoided[y] - own[y]),
				NetCashable:    contract.Pounds(cashable[y] - own[y]),
			}
		}
	}
	return budgets
}

// addTo adds a series over quarters, times sign, to years.
func addTo(years, quarters []int64, index []int, sign int64) {
	for q, amount := range quarters {
		years[index[q]] += sign * amount
	}
}

// Years returns the financial years that a run of quarters touches, in order,
// and for each quarter the index of its year.
func Years(quarters []calendar.Quarter) (years []calendar.FinancialYear, index []int) {
	for _, q := range quarters {
		if year := q.FinancialYear(); len(years) == 0 || years[len(years)-1] != year {
			years = append(years, year)
		}
		index = append(index, len(years)-1)
	}
	return years, index
}
