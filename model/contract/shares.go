package contract

import (
	"fmt"
	"math/bits"

	"github.com/shopspring/decimal"
)

// shareOf turns a share (0.275) into billionths, exactly. The error says why a
// share cannot be used.
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
