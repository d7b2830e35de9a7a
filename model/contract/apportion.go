package contract

import "math/bits"

// whole is the denominator in which shares are held exactly: nine decimals.
const whole = 1_000_000_000

// quickly is below which amounts, in pence, a share of them can be worked out in
// 64 bits, without a long division: £86m.
const quickly = 1 << 33

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
