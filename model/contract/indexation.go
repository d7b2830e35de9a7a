package contract

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// indexed returns a price in pence by quarter, from what it is in a financial
// year. On each 1 April after that year began, the price then in force is
// uplifted by the yearly rate and rounded to the penny.
func indexed(price int64, rate decimal.Decimal, base calendar.FinancialYear, quarters []calendar.Quarter) ([]int64, error) {
	prices := make([]int64, len(quarters))
	for q, quarter := range quarters {
		var err error
		if prices[q], err = uplift(price, rate, int(quarter.FinancialYear()-base)); err != nil {
			return nil, err
		}
	}
	return prices, nil
}

// yearly refuses rates of uplift outside -1 to 1.
func yearly(rate decimal.Decimal) error {
	if rate.Abs().GreaterThan(decimal.NewFromInt(1)) {
		return fmt.Errorf("a yearly rate of %s is outside -1 to 1 (-100%% to 100%%)", rate)
	}
	return nil
}

// uplift raises a price in pence by a yearly rate and rounds it to the penny,
// half a penny away from zero, as many times as there are years.
func uplift(price int64, rate decimal.Decimal, years int) (int64, error) {
	if rate.IsZero() {
		return price, nil
	}
	factor := rate.Add(decimal.NewFromInt(1))
	for range years {
		price = decimal.NewFromInt(price).Mul(factor).Round(0).IntPart()
		if price > maxPrice {
			return 0, fmt.Errorf("at %s more a year it passes £10,000,000: a unit or a week costs at most that", rate)
		}
	}
	return price, nil
}
