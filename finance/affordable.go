package finance

import (
	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// AffordableYear sets what a commissioner pays of its own money in a financial
// year against the most that it can pay. Amounts are in £.
type AffordableYear struct {
	Commissioner string                 `json:"commissioner"`
	Year         calendar.FinancialYear `json:"year"`
	OwnPayments  decimal.Decimal        `json:"own_payments"`
	Limit        decimal.Decimal        `json:"limit"`
	// Headroom is the limit less own payments: below 0, the limit is exceeded.
	Headroom decimal.Decimal `json:"headroom"`
}

// Exceeded tells whether more is paid than the commissioner can.
func (a AffordableYear) Exceeded() bool { return a.Headroom.IsNegative() }

// Affordability sets budgets against limits, one for each limit and in their
// order. As in [Budgets], a payment belongs to the year of the quarter that it
// is for, whenever it is paid. Own payments are £0 where no budget has the
// commissioner and year.
func Affordability(budgets []Budget, limits []model.Affordable) []AffordableYear {
	years := make([]AffordableYear, len(limits))
	for i, limit := range limits {
		own := ownPayments(budgets, limit)
		years[i] = AffordableYear{
			Commissioner: limit.Commissioner, Year: limit.Year,
			OwnPayments: own, Limit: limit.Amount, Headroom: limit.Amount.Sub(own),
		}
	}
	return years
}

// ownPayments finds what a limit is about.
func ownPayments(budgets []Budget, limit model.Affordable) decimal.Decimal {
	own := decimal.Zero
	for _, b := range budgets {
		if b.Commissioner != limit.Commissioner {
			continue
		}
		for _, y := range b.Years {
			if y.Year == limit.Year {
				own = own.Add(y.OwnPayments)
			}
		}
	}
	return own
}
