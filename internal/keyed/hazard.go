package keyed

import "math"

const (
	hazardBits      = 40
	destinationBits = 24
	// Certain is the hazard of a move with probability 1: more than any
	// threshold, which is at most 41 ln 2 < 2^5.
	Certain = 1 << (hazardBits + 5)
)

// Hazard is the hazard of leaving within a cycle with a probability per cycle.
func Hazard(p float64) uint64 {
	if p >= 1 {
		return Certain
	}
	return min(Certain, uint64(math.Round(-math.Log1p(-p)*(1<<hazardBits))))
}

// Threshold is the hazard that a word lets someone use up before the move: at
// least 1. It is the whole number above its [Exponential].
func Threshold(w uint64) uint64 { return uint64(int64(Exponential(w))) + 1 }

// Exponential is -ln(u) × 2^40 for u = (b + ½) / 2^40, where b is the word's upper
// 40 bits, right to the unit or next to it: the logarithm of x = 2b + 1 is that of
// its leading digits, from a table, and a short series for the rest. The digits are
// those of x as a floating-point number, which holds it exactly.
func Exponential(w uint64) float64 {
	x := math.Float64bits(float64(int64(w>>(destinationBits-1) | 1)))
	near := &logarithms[uint8(x>>(52-logBits))]
	r := (math.Float64frombits(x&(1<<52-1)|bitsOf1) - near.middle) * near.inverse
	ln := r * (1 - r*(0.5-r*(1./3-r*0.25)))
	return leading[uint8(x>>52)] - near.ln - ln*(1<<hazardBits)
}

// Destination is the part of a word that chooses where a move leads: see Share.
func Destination(w uint64) uint32 { return uint32(w & (1<<destinationBits - 1)) }

// Share is a share of all moves as a destination is chosen by it: the destinations
// of a share are those below it.
func Share(share float64) uint32 { return uint32(math.Round(share * (1 << destinationBits))) }

// bitsOf1 is the number 1: its digits are 0.
const bitsOf1 = 1023 << 52

// leading is minus the logarithm of x's leading digit ÷ 2^41, in units of hazard,
// by the lowest byte of the floating-point exponent, which is 1023 more than the
// digit's.
var leading = func() (table [256]float64) {
	for digit := range hazardBits + 1 {
		table[uint8(1023+digit)] = (1 - float64(digit) + hazardBits) * logOf2
	}
	return table
}()

// logBits is how many digits after the leading one the table of logarithms has, a
// byte: what is left is below 2^-9, and the series' error below 2^-47.
const logBits = 8

// logOf2 is ln 2 in units of hazard.
const logOf2 = math.Ln2 * (1 << hazardBits)

// logarithms are of the middles of the intervals between 1 and 2 that have the
// same leading digits.
var logarithms = func() (table [1 << logBits]struct {
	middle, inverse, ln float64 // ln in units of hazard
},
) {
	for i := range table {
		middle := 1 + (float64(i)+0.5)/(1<<logBits)
		table[i].middle, table[i].inverse, table[i].ln = middle, 1/middle, math.Log(middle)*(1<<hazardBits)
	}
	return table
}()
