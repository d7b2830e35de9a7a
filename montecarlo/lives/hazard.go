package lives

import (
	"cmp"
	"math"
	"math/bits"
	"slices"

	"github.com/edgeofcare/edgeofcare/model/markov"
)

// The law of a move. A child who enters a state draws one word. Its upper 40
// bits give an exponential amount of hazard, the need; each week in the state
// uses up that week's hazard -ln(1 - p), where p is the probability of leaving;
// the child leaves at the end of the first week in which the need is used up.
// So P(stays n weeks or more) = exp(-Σ hazard) = Π (1 - p): the chain of design.
// The lower 24 bits choose the destination, in order of name.
//
// Need and hazard are whole numbers of 2^-40, so that a walk week by week and
// one division give the same week, exactly.

const (
	hazardBits      = 40
	destinationBits = 24
	// certain is the hazard of a move with probability 1: more than any need,
	// which is at most 41 ln 2 < 2^5.
	certain = 1 << (hazardBits + 5)
)

// hazard is the weekly hazard of leaving with a weekly probability.
func hazard(p float64) uint64 {
	if p >= 1 {
		return certain
	}
	return min(certain, uint64(math.Round(-math.Log1p(-p)*(1<<hazardBits))))
}

// need is the hazard that a word lets a child live through: at least 1. It is
// the whole number above -ln(u) × 2^40 for u = (b + ½) / 2^40, where b is the
// word's upper 40 bits, and is right to the unit or next to it: the logarithm
// of x = 2b + 1 is that of its leading digits, from a table, and a short series
// for the rest.
func need(w uint64) uint64 {
	x := w>>destinationBits<<1 | 1
	shift := bits.LeadingZeros64(x)
	x <<= shift // the leading bit is now the highest
	near := &logarithms[x>>(63-logBits)&(1<<logBits-1)]
	r := float64(int64(x>>11)-near.digits) * near.inverse
	ln := r * (1 - r*(0.5-r*(1./3-r*0.25)))
	return uint64(int64(leading[shift&63]-near.ln-ln*(1<<hazardBits))) + 1
}

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

// choice is the destinations of a piece with their cumulative shares.
type choice []share

type share struct {
	below uint32 // of 2^24
	to    int    // state
}

// choose returns the destination that a word picks.
func (c choice) choose(w uint64) int {
	bits := uint32(w & (1<<destinationBits - 1))
	for _, s := range c {
		if bits < s.below {
			return s.to
		}
	}
	return c[len(c)-1].to
}

// choices orders moves by name of destination and cumulates their shares.
// Moves with probability 0 are left out.
func choices(moves []markov.Move, index map[string]int) choice {
	moves = slices.DeleteFunc(slices.Clone(moves), func(m markov.Move) bool { return m.Probability <= 0 })
	slices.SortFunc(moves, func(a, b markov.Move) int { return cmp.Compare(a.To, b.To) })
	total := 0.0
	for _, m := range moves {
		total += m.Probability
	}
	var c choice
	sum := 0.0
	for _, m := range moves {
		sum += m.Probability
		c = append(c, share{uint32(math.Round(sum / total * (1 << destinationBits))), index[m.To]})
	}
	return c
}
