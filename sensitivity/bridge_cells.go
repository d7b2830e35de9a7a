package sensitivity

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// otherPayers stands for payers that are no council, where amounts are divided.
const otherPayers = "other payers"

// bridgeCells says how a figure is made of budgets, which have it by council and financial
// year to the penny. A figure that is not in budgets is not divided.
type bridgeCells struct {
	divided  bool
	councils []string
	own      func(finance.BudgetYear) decimal.Decimal // of a council
	others   func(finance.BudgetYear) decimal.Decimal // of other payers; nil where they have no part
}

// newBridgeCells is how a figure of a programme is divided.
func newBridgeCells(k montecarlo.Key, p *model.Programme) bridgeCells {
	undivided := bridgeCells{councils: []string{k.Of}}
	councils := p.Shape().Commissioners
	c := bridgeCells{divided: true, councils: slices.Clone(councils)}
	paid := func(y finance.BudgetYear) decimal.Decimal { return y.OthersPayments }
	lost := func(y finance.BudgetYear) decimal.Decimal { return y.OthersPayments.Neg() }
	switch k.Name {
	case montecarlo.NetPublic:
		c.own, c.others = func(y finance.BudgetYear) decimal.Decimal { return y.NetSaving }, lost
	case montecarlo.NetCashable:
		c.own, c.others = func(y finance.BudgetYear) decimal.Decimal { return y.NetCashable }, lost
	case montecarlo.Payments:
		c.own, c.others = func(y finance.BudgetYear) decimal.Decimal { return y.OwnPayments }, paid
	case montecarlo.NetSaving:
		c.own = func(y finance.BudgetYear) decimal.Decimal { return y.NetSaving }
	case montecarlo.OwnNetCashable:
		c.own = func(y finance.BudgetYear) decimal.Decimal { return y.NetCashable }
	case montecarlo.Avoided:
		c.own = func(y finance.BudgetYear) decimal.Decimal { return y.GrossAvoided }
	case montecarlo.Cashable:
		c.own = func(y finance.BudgetYear) decimal.Decimal { return y.Cashable }
	case montecarlo.OtherPayments:
		c.own = paid
	default:
		return undivided
	}
	switch {
	case k.Of == "" && c.others != nil:
		c.councils = append(c.councils, otherPayers)
	case k.Of == "":
	case slices.Contains(councils, k.Of):
		c.councils = []string{k.Of}
	default: // of a cohort or of another payer
		return undivided
	}
	return c
}

// of are the cells in pence, by council and year.
func (c bridgeCells) of(budgets []finance.Budget, councils []string, years []calendar.FinancialYear) []float64 {
	cells := make([]float64, len(councils)*len(years))
	put := func(council int, y finance.BudgetYear, amount decimal.Decimal) {
		if at := slices.Index(years, y.Year); council >= 0 && at >= 0 {
			cells[council*len(years)+at] += amount.Shift(2).InexactFloat64()
		}
	}
	for _, b := range budgets {
		for _, y := range b.Years {
			put(slices.Index(councils, b.Commissioner), y, c.own(y))
			if c.others != nil {
				put(slices.Index(councils, otherPayers), y, c.others(y))
			}
		}
	}
	return cells
}
