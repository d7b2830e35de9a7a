package report

import (
	"math"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Money writes an amount in whole pounds: "£9,123,323", "-£1,200".
func Money(pounds float64) string {
	if rounded := math.Round(pounds); rounded < 0 {
		return "-£" + grouped(-rounded, 0)
	}
	return "£" + grouped(math.Abs(pounds), 0)
}

// Millions writes an amount in millions of pounds with two decimals: "£9.12m".
func Millions(pounds float64) string {
	if math.Round(pounds/1e4) < 0 {
		return "-£" + grouped(-pounds/1e6, 2) + "m"
	}
	return "£" + grouped(math.Abs(pounds)/1e6, 2) + "m"
}

// Count writes a number without decimals, Decimal with one.
func Count(n float64) string { return grouped(n, 0) }

// Decimal writes a number with one decimal.
func Decimal(n float64) string { return grouped(n, 1) }

// Percent writes a share of 1 as a percentage: "63.2%". What is neither never
// nor always does not read as 0% or 100%.
func Percent(p float64) string {
	switch {
	case p > 0 && p < 0.0005:
		return "<0.1%"
	case p < 1 && p >= 0.9995:
		return ">99.9%"
	}
	return strings.TrimSuffix(grouped(100*p, 1), ".0") + "%"
}

// Share writes a term of a contract as a percentage, exactly: "27.25%".
func Share(s decimal.Decimal) string { return s.Shift(2).String() + "%" }

// value writes a figure in its unit.
func value(v float64, u montecarlo.Unit) string {
	switch u {
	case montecarlo.Pounds:
		return Money(v)
	case montecarlo.Ratio:
		return grouped(v, 2)
	case montecarlo.Probability:
		return Percent(v)
	case montecarlo.Children:
		return Decimal(v)
	default:
		return Count(v)
	}
}

// grouped writes a number with thousands separated by commas.
func grouped(n float64, decimals int) string {
	text := strconv.FormatFloat(n, 'f', decimals, 64)
	sign := ""
	if strings.HasPrefix(text, "-") {
		sign, text = "-", text[1:]
		if strings.Trim(text, "0.") == "" {
			sign = ""
		}
	}
	whole, fraction, _ := strings.Cut(text, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction != "" {
		whole += "." + fraction
	}
	return sign + whole
}
