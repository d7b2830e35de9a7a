package report

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// budgets lays the central projection out by council and financial year.
func budgets(r *montecarlo.Result) []Table {
	var tables []Table
	for _, b := range r.Budgets {
		t := Table{
			Title: b.Commissioner + " by financial year, central projection",
			Columns: append(textColumns("year"), figureColumns(
				"own payments", "paid by others", "gross avoided cost", "net saving", "cashable saving", "cashable saving less own payments")...),
		}
		total := make([]decimal.Decimal, 6)
		for _, y := range b.Years {
			cells := []Cell{text(y.Year.String())}
			for i, v := range budgetYear(y) {
				total[i] = total[i].Add(v)
				cells = append(cells, money(v.InexactFloat64()))
			}
			t.add(cells...)
		}
		cells := []Cell{text("total")}
		for _, v := range total {
			cells = append(cells, money(v.InexactFloat64()))
		}
		t.add(cells...)
		tables = append(tables, t)
	}
	if n := len(tables); n > 0 {
		c := r.Conventions
		tables[n-1].Notes = []string{fmt.Sprintf(
			"The first year begins on %s and the last ends on %s. Net saving is gross avoided cost less own payments; over all councils it is more than the net public saving by what the other payers pay.",
			c.Start.Long(), c.Horizon.Long())}
		if fixedShares(r.Version.Programme) {
			tables[n-1].Notes = append(tables[n-1].Notes, "Councils pay fixed shares of all claims. Own payments are all that a council pays, whichever council's child it is; gross avoided cost is for its own children; paid by others is what payers other than councils pay of the claims for them.")
		}
	}
	return tables
}

// fixedShares reports whether councils pay fixed shares of all claims, whichever
// council's child it is.
func fixedShares(p *model.Programme) bool {
	return slices.ContainsFunc(p.Contract.Payers, func(payer contract.Payer) bool { return isCouncil(p, payer.Name) })
}

// isCouncil reports whether a payer is a council under its own name.
func isCouncil(p *model.Programme, payer string) bool {
	return slices.Contains(p.Shape().Commissioners, payer)
}

// budgetYear are the amounts of a year in the order of the columns.
func budgetYear(y finance.BudgetYear) []decimal.Decimal {
	return []decimal.Decimal{y.OwnPayments, y.OthersPayments, y.GrossAvoided, y.NetSaving, y.Cashable, y.NetCashable}
}
