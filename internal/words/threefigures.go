package words

import "math"

// ThreeFigures writes an amount to three significant figures, in whole pounds at
// the least: "£3.86m", "£12.3m", "-£612k", "£61,200", "£0". Decimals is to how many
// decimals of the amount that is: -4 for "£3.86m".
func ThreeFigures(pounds float64) (text string, decimals int) {
	decimals = min(0, 2-magnitude(pounds))
	scale := math.Pow10(-decimals)
	amount := math.Round(pounds/scale) * scale
	switch size := math.Abs(amount); {
	case size >= 1e6:
		return currency(PoundSign, Number(amount/1e6, max(0, 6+decimals))+"m"), decimals
	case size >= 1e5:
		return Thousands(amount), decimals
	}
	return Pounds(amount), decimals
}

// magnitude is the power of ten of a number once it is rounded to three figures:
// that of 999,600 is 6, as it is 1.00 million then.
func magnitude(v float64) int {
	if v = math.Abs(v); v < 1 {
		return 0
	}
	power := int(math.Floor(math.Log10(v)))
	if math.Round(v/math.Pow10(power-2)) >= 1000 {
		power++
	}
	return power
}
