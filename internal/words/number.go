package words

import (
	"math"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// Number writes a number to so many decimals with thousands separated:
// "1,234,567", "-0.50".
func Number(n float64, decimals int) string {
	if decimals == 0 {
		n = math.Round(n)
	}
	return grouped(strconv.FormatFloat(n, 'f', decimals, 64))
}

// Count writes a number without decimals: "4,553".
func Count(n float64) string { return Number(n, 0) }

// Exact writes a number as it is stated, with thousands separated and no zeros
// after its last decimal: "5,200", "42.05".
func Exact(d decimal.Decimal) string { return grouped(d.String()) }

// Signed puts a plus before what is above nothing: "+3.1%", "-£1,200", "0".
// The text is that of the value.
func Signed(value float64, text string) string {
	if value > 0 && strings.Trim(text, "£0.,%km") != "" {
		return "+" + text
	}
	return text
}

// Percent writes a share of 1 with at most one decimal: "63.2%", "50%". What is
// neither never nor always does not read as 0% or 100%: it is "<0.1%" or
// ">99.9%".
func Percent(share float64) string {
	switch {
	case share > 0 && share < 0.0005:
		return "<0.1%"
	case share < 1 && share >= 0.9995:
		return ">99.9%"
	}
	return Change(share)
}

// Change writes a relative difference with at most one decimal: "-2.5%",
// "32%". See [Signed].
func Change(share float64) string { return strings.TrimSuffix(Number(100*share, 1), ".0") + "%" }

// Share writes a share of 1 that someone stated, exactly: "27.25%".
func Share(share decimal.Decimal) string { return Exact(share.Shift(2)) + "%" }

// Rate writes a rate of 1 with four significant digits: "3.5%", "12.25%".
func Rate(rate float64) string { return Significant(100*rate) + "%" }

// Significant writes a number with at most four significant digits and no zeros
// after its last decimal: "0.004132", "1.5".
func Significant(n float64) string { return strconv.FormatFloat(n, 'g', 4, 64) }

// Percentile names a quantile by the share of 1 that does not exceed it: "95%".
func Percentile(share float64) string { return hundredths(share) + "%" }

// P names a quantile in short: "P95".
func P(share float64) string { return "P" + hundredths(share) }

// hundredths writes a share of 1 as a percentage without what binary fractions
// add to it: "7", "99.5".
func hundredths(share float64) string {
	return strconv.FormatFloat(math.Round(share*1e11)/1e9, 'f', -1, 64)
}

// grouped separates the thousands of a number with commas, and takes the sign
// off one that is nothing as written.
func grouped(digits string) string {
	sign := ""
	if rest, negative := strings.CutPrefix(digits, "-"); negative {
		digits = rest
		if strings.Trim(digits, "0.") != "" {
			sign = "-"
		}
	}
	whole, fraction, found := strings.Cut(digits, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if found {
		whole += "." + fraction
	}
	return sign + whole
}
