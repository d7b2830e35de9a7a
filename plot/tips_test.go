package plot

import (
	"bytes"
	"regexp"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// A figure for a page says its figures at its places, in order and without gaps, and which
// shapes are of which series; a file of its own has neither.
func TestTipsAndSeriesOfAPage(t *testing.T) {
	f, err := Payments(dn2Cases(t)[0])
	require.NoError(t, err)
	var page, alone bytes.Buffer
	require.NoError(t, f.WriteLive(&page))
	require.NoError(t, f.Write(&alone, SVG))
	require.NotContains(t, alone.String(), "data-")
	tips := regexp.MustCompile(`<rect x="([0-9.]+)" y="[0-9.]+" width="([0-9.]+)" height="[0-9.]+" [^>]*data-tip="([^"]*)"`).FindAllStringSubmatch(page.String(), -1)
	require.Len(t, tips, len(f.tips))
	for i, found := range tips {
		require.Equal(t, f.tips[i].text, found[3])
		x, errX := strconv.ParseFloat(found[1], 64)
		require.NoError(t, errX)
		if i > 0 {
			before, errB := strconv.ParseFloat(tips[i-1][1], 64)
			wide, errW := strconv.ParseFloat(tips[i-1][2], 64)
			require.NoError(t, errB)
			require.NoError(t, errW)
			require.InDelta(t, before+wide, x, 0.03, "each begins where the one before ends")
		}
	}
	for _, series := range []string{"Plan 1", "Plan 2", "Actual"} {
		require.Contains(t, page.String(), `<g data-series="`+series+`">`)
	}
	// As published: £375,003 was paid for the quarter to June 2023.
	require.Regexp(t, `data-tip="Q1 2023/24: [^"]*Actual £375,003"`, page.String())
}
