package roots

import "slices"

// signChanges returns the most roots that flows can have above and below zero,
// and the sum of all flows. With a sum other than zero, a bound of one is exact.
//
// The bound above zero is the number of times that the running sum of the flows
// changes sign, that below zero the same with the flows taken from the last
// back. For present values are an integral over the running sum, and
// integrating does not add changes of sign. (Laguerre, Mémoire sur la théorie
// des équations numériques, Journal de mathématiques pures et appliquées 1883;
// Jameson, Counting zeros of generalised polynomials, The Mathematical Gazette
// 2006;90:223–234. In finance, for one change: Norstrøm, Journal of Financial
// and Quantitative Analysis 1972;7:1835–1839.) Flows that change sign only once
// have one root in all, and these bounds say so.
func signChanges(amounts []float64) (above, below int, total float64) {
	last, back := 0.0, 0.0 // running sums when they were last not zero
	for _, amount := range amounts {
		total += amount
		if total*last < 0 {
			above++
		}
		if total != 0 {
			last = total
		}
	}
	last = 0
	for _, amount := range slices.Backward(amounts) {
		back += amount
		if back*last < 0 {
			below++
		}
		if back != 0 {
			last = back
		}
	}
	return above, below, total
}

func signOf(x float64) int {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}
