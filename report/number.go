package report

import (
	"math"
	"slices"
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

// Thousands writes an amount of at least £100,000 in thousands of pounds,
// "£883k", and a smaller one in whole pounds.
func Thousands(pounds float64) string {
	if !thousands(pounds) {
		return Money(pounds)
	}
	return Money(pounds/1e3) + "k"
}

// thousands tells whether an amount is written in thousands.
func thousands(pounds float64) bool { return math.Abs(pounds) >= 99_999.5 }

// within writes an estimate with its standard error: "£883k ± £1.1k",
// "46.8% ± 1.1%". An error too small to be seen is left out.
func within(v, standardError float64, u montecarlo.Unit) string {
	text, scale := value(v, u), 1.0
	var written string
	switch {
	case u == montecarlo.Pounds && thousands(v):
		text, scale = Thousands(v), 1e3
		written = "£" + grouped(standardError/scale, decimals(standardError/scale)) + "k"
	case u == montecarlo.Pounds:
		written = Money(standardError)
	case u == montecarlo.Probability:
		written = Percent(standardError)
	default:
		written = grouped(standardError, decimals(standardError))
	}
	if standardError == 0 || strings.Trim(written, "£0.k") == "" || written == "<0.1%" && text == written {
		return text
	}
	return text + " ± " + written
}

// decimals is how many an error is written with.
func decimals(v float64) int {
	if v < 10 {
		return 1
	}
	return 0
}

// rankedAt writes quantiles of a figure that may be without bound, with the unit
// once: "-35.1 / -26.2 / -18.7%", "1.12 / 1.34 / none". None stands for a figure
// above all others, as no capital is needed.
func rankedAt(r montecarlo.Ranked, at ...float64) string {
	var texts []string
	bounded := false
	for _, q := range r.Quantiles {
		switch {
		case !slices.Contains(at, q.P):
		case q.Value == nil:
			texts = append(texts, "none")
		case r.Unit == montecarlo.Rate:
			texts, bounded = append(texts, strings.Replace(grouped(100**q.Value, 1), "-100.0", "-100", 1)), true
		default:
			texts, bounded = append(texts, grouped(*q.Value, 2)), true
		}
	}
	switch text := strings.Join(texts, " / "); {
	case len(texts) < len(at): // not asked for, or not defined in any replication
		return "-"
	case !bounded:
		return "no capital needed"
	case r.Unit == montecarlo.Rate:
		return text + "%"
	default:
		return text
	}
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
