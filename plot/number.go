package plot

import (
	"math"

	inwords "github.com/edgeofcare/edgeofcare/internal/words"
)

// money writes an amount as a label: "£13.28m", "£394k", "£840", "-£0.29m".
func money(pounds float64) string {
	size := math.Abs(pounds)
	switch {
	case size >= 999_500:
		return inwords.Millions(pounds)
	case size >= 9_950:
		return inwords.Thousands(pounds)
	}
	return inwords.Pounds(pounds)
}

// exact writes an amount in whole pounds: "£9,123,323".
func exact(pounds float64) string { return inwords.Pounds(pounds) }

// count writes a number without decimals: "4,553".
func count(n float64) string { return inwords.Count(n) }

// percent writes a share of 1: "39.5%", "100%". What is neither never nor always
// does not read as 0% or 100%.
func percent(p float64) string { return inwords.Percent(p) }

// signed puts the sign before the unit.
func signed(v float64, unit, size string) string {
	if v < 0 {
		return "-" + unit + size
	}
	return unit + size
}

// grouped writes a number with thousands separated by commas.
func grouped(n float64, decimals int) string { return inwords.Number(n, decimals) }

// list joins phrases as a sentence does: "a, b and c".
func list(all []string) string { return inwords.And(all) }

// plural writes a number of things: "1 replication", "2,000 replications".
func plural(n int, one string) string { return inwords.Plural(n, one) }

// sentence begins a text with a capital.
func sentence(s string) string { return inwords.Capital(s) }
