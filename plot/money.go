package plot

import (
	"math"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// money writes an amount as a label, as short as it can be read: "£13.28m",
// "£394k", "£840", "-£0.29m".
func money(pounds float64) string {
	switch size := math.Abs(pounds); {
	case size >= 999_500:
		return words.Millions(pounds)
	case size >= 9_950:
		return words.Thousands(pounds)
	}
	return words.Pounds(pounds)
}

// signed puts the sign before the unit: "-£1.5m".
func signed(v float64, unit, size string) string {
	if v < 0 {
		return "-" + unit + size
	}
	return unit + size
}
