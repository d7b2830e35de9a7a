package contract

import (
	"fmt"
	"math/bits"

	"github.com/shopspring/decimal"
)

// whole is the denominator in which shares are held exactly: nine decimals.
const whole = 1_000_000_000

// quickly is below which amounts, in pence, a share of them can be worked out in
// 64 bits, without a long division: £86m.
const quickly = 1 << 33

// shareOf turns a share (0.275) into billionths, exactly, or says why it can't.
func shareOf(share decimal.Decimal) (int64, error) {
	scaled := share.Shift(9)
	if !scaled.IsInteger() {
		return 0, fmt.Errorf("a share of %s has more than nine decimals: at most nine are allowed", share)
	}
	if scaled.IsNegative() || scaled.GreaterThan(decimal.NewFromInt(whole)) {
		return 0, fmt.Errorf("a share of %s is outside 0 to 1 (0%% to 100%%)", share)
	}
	return scaled.IntPart(), nil
}

// apportion shares total out in proportion to weights by the method of largest
// remainders: everyone gets the whole pence of the exact share, and the pence
// left over go one each to the largest remainders. Ties go to whoever is listed
// first. The parts always add up to total, and each is within one penny of its
// exact share.
//
// Neither total nor a weight may be negative. With all weights 0 nothing is
// given. Parts and remainders are at least as long as weights.
func apportion(total int64, weights, parts []int64, remainders []uint64) {
	sum := uint64(0)
	for _, w := range weights {
		sum += uint64(w)
	}
	if sum == 0 || total == 0 {
		clear(parts[:len(weights)])
		return
	}
	parts, remainders = parts[:len(weights)], remainders[:len(weights)]
	left, quick := total, sum == whole && total < quickly
	for i, w := range weights {
		var part, remainder uint64
		if quick {
			product := uint64(total) * uint64(w)
			part, remainder = product/whole, product%whole
		} else {
			hi, lo := bits.Mul64(uint64(total), uint64(w))
			part, remainder = bits.Div64(hi, lo, sum)
		}
		parts[i], remainders[i] = int64(part), remainder
		left -= int64(part)
	}
	for ; left > 0; left-- {
		best := -1
		for i := range weights {
			if best < 0 || remainders[i] > remainders[best] {
				best = i
			}
		}
		parts[best]++
		remainders[best] = 0
	}
}

// part returns a share, in billionths, of an amount in pence, rounded half a
// penny away from zero.
func part(amount, billionths int64) int64 {
	sign := amount >> 63 // -1 below 0, else 0: no branch, for costs avoided are of either sign
	magnitude := uint64((amount ^ sign) - sign)
	quotient := (magnitude*uint64(billionths) + whole/2) / whole
	if magnitude >= quickly {
		hi, lo := bits.Mul64(magnitude, uint64(billionths))
		lo, carry := bits.Add64(lo, whole/2, 0)
		quotient, _ = bits.Div64(hi+carry, lo, whole)
	}
	return (int64(quotient) ^ sign) - sign
}

// pence turns £ into whole pence, or says why it can't.
func pence(pounds decimal.Decimal) (int64, error) {
	p := pounds.Shift(2)
	switch {
	case !p.IsInteger():
		return 0, fmt.Errorf("£%s is not a whole number of pence: write at most two decimals", pounds)
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
