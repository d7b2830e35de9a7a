package keyed

import (
	"math"
	"math/bits"
)

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
// least 1. It is the whole number above -ln(u) × 2^40 for u = (b + ½) / 2^40,
// where b is the word's upper 40 bits, and is right to the unit or next to it:
// the logarithm of x = 2b + 1 is that of its leading digits, from a table, and a
// short series for the rest.
func Threshold(w uint64) uint64 {
	x := w>>destinationBits<<1 | 1
	shift := bits.LeadingZeros64(x)
	x <<= shift // the leading bit is now the highest
	near := &logarithms[x>>(63-logBits)&(1<<logBits-1)]
	r := float64(int64(x>>11)-near.digits) * near.inverse
	ln := r * (1 - r*(0.5-r*(1./3-r*0.25)))
	return uint64(int64(leading[shift&63]-near.ln-ln*(1<<hazardBits))) + 1
}

// Destination is the part of a word that chooses where a move leads: see Share.
func Destination(w uint64) uint32 { return uint32(w & (1<<destinationBits - 1)) }

// Share is a share of all moves as a destination is chosen by it: the destinations
// of a share are those below it.
func Share(share float64) uint32 { return uint32(math.Round(share * (1 << destinationBits))) }

// leading is minus the logarithm of x's leading digit ÷ 2^41, in units of hazard,
// by the zeros before it.
var leading = func() (table [64]float64) {
	for shift := range table {
		table[shift] = (1 - float64(63-shift) + hazardBits) * logOf2
	}
	return table
}()

// logBits is how many digits after the leading one the table of logarithms has:
// what is left is below 2^-9, and the series' error below 2^-47.
const logBits = 8

// logOf2 is ln 2 in units of hazard.
const logOf2 = math.Ln2 * (1 << hazardBits)

// logarithms are of the middles of the intervals between 1 and 2 that have the
// same leading digits.
var logarithms = func() (table [1 << logBits]struct {
	digits      int64   // of the middle, in units of 2^-52
	inverse, ln float64 // 1 ÷ the digits, and the logarithm in units of hazard
},
) {
	for i := range table {
		middle := 1 + (float64(i)+0.5)/(1<<logBits)
		table[i].digits = int64(middle * (1 << 52))
		table[i].inverse = 1 / float64(table[i].digits)
		table[i].ln = math.Log(middle) * (1 << hazardBits)
	}
	return table
}()
