package html

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/plot"
)

// A chance is the percentage that charts write, and no decimal that rounds another way.
func TestChancesInTheTableOfAChart(t *testing.T) {
	rows := [][]any{{plot.Share(0.9345)}, {plot.Share(0.0001)}, {plot.Share(math.NaN())}}
	figures, write := numbersIn(rows, 0)
	require.True(t, figures)
	for i, want := range []string{"93.5%", "<0.1%", ""} {
		require.Equal(t, want, cellText(rows[i][0], write))
	}
	figures, write = numbersIn([][]any{{0.5}, {12.25}}, 0)
	require.True(t, figures)
	require.Equal(t, "12.2", cellText(12.25, write))
}
