package finance

import (
	"math"
	"math/bits"

	"github.com/shopspring/decimal"
)

// whole is the denominator in which shares are held.
const whole = 1_000_000_000

// penceOf is an amount in £ to the nearest penny, halves up.
func penceOf(pounds decimal.Decimal) int64 { return pounds.Shift(2).Round(0).IntPart() }

// billionths is a share of 1 in units of a billionth.
func billionths(share decimal.Decimal) int64 { return share.Shift(9).Round(0).IntPart() }

// portion is amount × part ÷ whole to the nearest penny, halves up. All are 0 or
// more, and part is not above whole.
func portion(amount, part, whole int64) int64 {
	hi, lo := bits.Mul64(uint64(amount), uint64(part))
	lo, carry := bits.Add64(lo, uint64(whole)/2, 0)
	q, _ := bits.Div64(hi+carry, lo, uint64(whole))
	return int64(q)
}

// rounded is math.Round, for an amount that is mostly whole and fits an int64.
func rounded(amount float64) int64 {
	if whole := int64(amount); float64(whole) == amount {
		return whole
	}
	return int64(math.Round(amount))
}

// mostOwed is the most that one investor is owed at a time, in pence: returns
// that compound for decades have no bound, but an int64 has.
const mostOwed = math.MaxInt64 / 1024

// wholePence rounds to the penny, halves up, from 0 to mostOwed.
func wholePence(pence float64) int64 {
	switch {
	case pence < 0.5:
		return 0
	case pence > mostOwed:
		return mostOwed
	}
	return int64(math.Round(pence))
}

// apportion divides an amount in proportion to weights, to the penny, by the
// largest remainder; of equal remainders the first listed has the penny. No part is
// above its weight if the amount is not above their sum. All are 0 or more.
func apportion(amount int64, weights, parts []int64) {
	total, left := int64(0), amount
	for _, w := range weights {
		total += w
	}
	clear(parts)
	if total == 0 {
		return
	}
	for i, w := range weights {
		parts[i], _ = quotient(amount, w, total)
		left -= parts[i]
	}
	for ; left > 0; left-- {
		next, most := 0, int64(-1)
		for i, w := range weights {
			floor, remainder := quotient(amount, w, total)
			if remainder > most && parts[i] == floor {
				next, most = i, remainder
			}
		}
		parts[next]++
	}
}

// quotient is amount × part ÷ whole, rounded down, and what remains. All are 0 or
// more, and part is not above whole, which is above 0.
func quotient(amount, part, whole int64) (floor, remainder int64) {
	hi, lo := bits.Mul64(uint64(amount), uint64(part))
	if hi == 0 { // as almost always: a short division is faster
		return int64(lo / uint64(whole)), int64(lo % uint64(whole))
	}
	q, r := bits.Div64(hi, lo, uint64(whole))
	return int64(q), int64(r)
}

// share spreads an amount over days in equal parts; what does not divide falls
// on the last.
func share(amounts []int64, days []int, amount int64) {
	part := amount / 3 // as almost always: it is much faster
	if len(days) != 3 {
		part = amount / int64(len(days))
	}
	for _, day := range days[:len(days)-1] {
		amounts[day] += part
		amount -= part
	}
	amounts[days[len(days)-1]] += amount
}

// split divides an amount into equal parts; what does not divide is in the last.
func split(amount int64, into []int64) {
	for i := range into {
		into[i] = amount / int64(len(into))
	}
	if n := len(into); n > 0 {
		into[n-1] += amount - amount/int64(n)*int64(n)
	}
}
