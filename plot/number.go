package plot

import (
	"math"
	"strconv"
	"strings"
)

// money writes an amount as a label: "£13.28m", "£394k", "£840", "-£0.29m".
func money(pounds float64) string {
	size := math.Abs(pounds)
	switch {
	case size >= 999_500:
		return signed(pounds, "£", grouped(size/1e6, 2)+"m")
	case size >= 9_950:
		return signed(pounds, "£", grouped(size/1e3, 0)+"k")
	}
	return signed(math.Round(pounds), "£", grouped(size, 0))
}

// exact writes an amount in whole pounds: "£9,123,323".
func exact(pounds float64) string {
	pounds = math.Round(pounds)
	return signed(pounds, "£", grouped(math.Abs(pounds), 0))
}

// count writes a number without decimals: "4,553".
func count(n float64) string {
	n = math.Round(n)
	return signed(n, "", grouped(math.Abs(n), 0))
}

// percent writes a share of 1: "39.5%", "100%". What is neither never nor always
// does not read as 0% or 100%.
func percent(p float64) string {
	switch {
	case p > 0 && p < 0.0005:
		return "<0.1%"
	case p < 1 && p >= 0.9995:
		return ">99.9%"
	}
	return strings.TrimSuffix(grouped(100*p, 1), ".0") + "%"
}

// signed puts the sign before the unit.
func signed(v float64, unit, size string) string {
	if v < 0 {
		return "-" + unit + size
	}
	return unit + size
}

// grouped writes a number from 0 up with thousands separated by commas.
func grouped(n float64, decimals int) string {
	text := strconv.FormatFloat(n, 'f', decimals, 64)
	whole, fraction, _ := strings.Cut(text, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction != "" {
		whole += "." + fraction
	}
	return whole
}

// list joins words as a sentence does: "a, b and c".
func list(all []string) string {
	if len(all) < 2 {
		return strings.Join(all, "")
	}
	last := len(all) - 1
	return strings.Join(all[:last], ", ") + " and " + all[last]
}

// plural writes a number of things: "1 replication", "2,000 replications".
func plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return grouped(float64(n), 0) + " " + one + "s"
}

// sentence begins a text with a capital.
func sentence(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
