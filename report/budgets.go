package report

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// budgetMeasures are the measures of the columns of a budget.
var budgetMeasures = []string{montecarlo.Payments, montecarlo.OtherPayments, montecarlo.Avoided, montecarlo.NetSaving, montecarlo.Cashable, montecarlo.OwnNetCashable}

// budgets lays out by council and financial year the central projection with the
// mean and the range of the replications below it: in a year in which a cap is
// reached the central projection may be £0 where the mean is not.
func budgets(r *montecarlo.Result) []Table {
	var tables []Table
	for _, b := range r.Budgets {
		t := Table{
			Title: b.Commissioner + " by financial year",
			Columns: append(textColumns("year"), figureColumns(
				"own payments", "paid by others", "gross avoided cost", "net saving", "cashable saving", "cashable saving less own payments")...),
		}
		total := make([]decimal.Decimal, len(budgetMeasures))
		for _, y := range b.Years {
			cells := []Cell{text(y.Year.String() + ", central")}
			for i, v := range budgetYear(y) {
				total[i] = total[i].Add(v)
				cells = append(cells, money(v.InexactFloat64()))
			}
			t.add(cells...)
			t.meanAndRangeBelow(rangeLabel(r), func(name string) (montecarlo.Distribution, bool) {
				s, ok := yearly(r, name, b.Commissioner)
				if i := slices.Index(r.Years, y.Year); ok && i >= 0 {
					return s.By[i], true
				}
				return montecarlo.Distribution{}, false
			})
		}
		cells := []Cell{text("total, central")}
		for _, v := range total {
			cells = append(cells, money(v.InexactFloat64()))
		}
		t.add(cells...)
		t.meanAndRangeBelow(rangeLabel(r), func(name string) (montecarlo.Distribution, bool) {
			s, ok := r.Totals.Of(name, b.Commissioner)
			return s.Distribution, ok
		})
		tables = append(tables, t)
	}
	if n := len(tables); n > 0 {
		tables[n-1].Notes = budgetNotes(r)
	}
	return tables
}

// meanAndRangeBelow adds the mean and the range of every column of a budget as parts
// of the row above, with the label of a range; nothing if no column has them.
func (t *Table) meanAndRangeBelow(label string, of func(name string) (montecarlo.Distribution, bool)) {
	means, ranges := []Cell{text("mean")}, []Cell{text("range")}
	for _, name := range budgetMeasures {
		d, ok := of(name)
		if !ok {
			means, ranges = append(means, none()), append(ranges, none())
			continue
		}
		means, ranges = append(means, money(d.Mean)), append(ranges, rangeOf(d, montecarlo.Pounds))
		if q := outermost(d); q != nil {
			ranges[0] = text(label)
		}
	}
	if slices.ContainsFunc(means, func(c Cell) bool { return c.Value != nil }) {
		t.part(means...)
		t.part(ranges...)
	}
}

func budgetNotes(r *montecarlo.Result) []string {
	c := r.Conventions
	notes := []string{byQuarterClaimed(r), fmt.Sprintf(
		"The first year begins on %s and the last ends on %s. Net saving is gross avoided cost less own payments; over all councils it is more than the net public saving by what the other payers pay. The ends of a range do not add up over years.",
		c.Start.Long(), c.Horizon.Long())}
	if fixedShares(r.Version.Programme) {
		notes = append(notes, "Councils pay fixed shares of all claims. Own payments are all that a council pays, whichever council's child it is; gross avoided cost is for its own children; paid by others is what payers other than councils pay of the claims for them.")
	}
	return notes
}

// byQuarterClaimed says which year a payment of a budget falls in, where another table
// goes by day of payment.
func byQuarterClaimed(r *montecarlo.Result) string {
	note := "Own payments and paid by others are what is claimed for the quarters of the year"
	if _, differ := ownPaymentsMade(r); differ {
		return note + ", whenever they are paid. What is paid in the year, by day of payment, is in the table of what councils pay themselves" + andOfOthers(r) + "."
	}
	return note + ", and are taken to be paid in it."
}

// andOfOthers names the tables of payers that are no councils.
func andOfOthers(r *montecarlo.Result) string {
	others := outsidePayers(r.Version.Programme)
	if len(others) == 0 {
		return ""
	}
	return " and in that of what " + words.And(others) + " will be asked for"
}

// fixedShares reports whether councils pay fixed shares of all claims, whichever
// council's child it is.
func fixedShares(p *model.Programme) bool {
	return p.Contract.FixedShares(p.Shape())
}

// isCouncil reports whether a payer is a council under its own name.
func isCouncil(p *model.Programme, payer string) bool {
	return slices.Contains(p.Shape().Commissioners, payer)
}

// budgetYear are the amounts of a year in the order of the columns.
func budgetYear(y finance.BudgetYear) []decimal.Decimal {
	return []decimal.Decimal{y.OwnPayments, y.OthersPayments, y.GrossAvoided, y.NetSaving, y.Cashable, y.NetCashable}
}
