package words

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestThreeFigures(t *testing.T) {
	for _, c := range []struct {
		pounds   float64
		text     string
		decimals int
	}{
		{3_856_000, "£3.86m", -4},
		{-3_856_000, "-£3.86m", -4},
		{12_345_678, "£12.3m", -5},
		{987_654_321, "£988m", -6},
		{1_234_567_890, "£1,230m", -7},
		{999_600, "£1.00m", -4}, // 1,000 thousand is a million
		{999_400, "£999k", -3},
		{612_345, "£612k", -3},
		{99_960, "£100k", -3},
		{61_234, "£61,200", -2},
		{-1_234, "-£1,230", -1},
		{999.6, "£1,000", -1},
		{612.4, "£612", 0},
		{9.4, "£9", 0},
		{0.4, "£0", 0},
		{-0.4, "£0", 0},
		{0, "£0", 0},
	} {
		text, decimals := ThreeFigures(c.pounds)
		require.Equal(t, c.text, text)
		require.Equal(t, c.decimals, decimals, c.text)
	}
}
