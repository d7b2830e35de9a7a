package scenario

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A scale is rounded as the decimal is that it would be written as.
func TestNineDecimals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.OneOf(
			rapid.Float64Range(0, 2000),
			rapid.Map(rapid.Int64Range(0, 3_000_000_000), func(n int64) float64 { return (float64(n) + 0.5) / 1e9 }), // halves
			rapid.Map(rapid.Int64Range(0, 30_000), func(n int64) float64 { return float64(n) / 1e4 }),
		).Draw(t, "scale")
		require.True(t, decimal.NewFromFloat(x).Round(9).Equal(nineDecimals(x)), x)
	})
}
