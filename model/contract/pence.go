package contract

import (
	"fmt"

	"github.com/shopspring/decimal"
)

// pence turns £ into whole pence. The error says why an amount cannot be used.
func pence(pounds decimal.Decimal) (int64, error) {
	p := pounds.Shift(2)
	switch {
	case !p.IsInteger():
		return 0, fmt.Errorf("£%s has more than two decimals: write at most two", pounds)
	case p.IsNegative():
		return 0, fmt.Errorf("£%s is below 0: it must be £0 or more", pounds)
	case p.GreaterThan(decimal.NewFromInt(1 << 50)):
		return 0, fmt.Errorf("£%s is too large: amounts go up to £11 trillion", pounds)
	}
	return p.IntPart(), nil
}

// Pounds turns pence into £, exactly.
func Pounds(pence int64) decimal.Decimal { return decimal.New(pence, -2) }

// maxPrice is the highest price of a unit or a week, in pence. The price of
// three thousand million units at £10 million still fits in an int64.
const maxPrice = 1_000_000_000

// price turns the price of a unit or a week into pence.
func price(amount decimal.Decimal) (int64, error) {
	p, err := pence(amount)
	if err == nil && p > maxPrice {
		return 0, fmt.Errorf("£%s is too large: a unit or a week costs at most £10,000,000", amount)
	}
	return p, err
}
