package words

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// 3 ÷ n by hand: 60% of 5, 0.6% of 500, 0.15% of 2,000, 0.1% of 3,000, 0.03% of
// 10,000; rounded away from certainty to 0.1 points.
func TestNoneAndAllOfTheReplications(t *testing.T) {
	for _, c := range []struct {
		n         int
		none, all string
	}{
		{1, "0 of 1", "1 of 1"},
		{3, "0 of 3", "3 of 3"},
		{4, "<75%", ">25%"},
		{5, "<60%", ">40%"},
		{7, "<42.9%", ">57.1%"}, // 42.86%
		{500, "<0.6%", ">99.4%"},
		{2000, "<0.2%", ">99.8%"},
		{3000, "<0.1%", ">99.9%"},
		{10_000, "<0.1%", ">99.9%"},
		{10_000_000, "<0.1%", ">99.9%"},
	} {
		require.Equal(t, c.none, Chance(0, c.n, false), c.n)
		require.Equal(t, c.all, Chance(1, c.n, false), c.n)
		require.Equal(t, []string{"0%", "100%"}, []string{Chance(0, c.n, true), Chance(1, c.n, true)})
	}
	require.Equal(t, "0.1%", Chance(1.0/2000, 2000, false))
	require.Equal(t, ">99.9%", Chance(9999.0/10_000, 10_000, false))
	require.Equal(t, "46.8%", Chance(0.468, 500, false))
}
