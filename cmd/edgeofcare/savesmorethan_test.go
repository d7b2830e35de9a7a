package main

import (
	"encoding/csv"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// The chart has the probabilities that compare --saves-more-than has of the same run.
func TestChartSavesMoreThanHasTheFiguresOfTheScreen(t *testing.T) {
	screen, errors, code := edgeofcare(t, "compare", "dn2", "--cases", "base", "--saves-more-than", "£1m", "-n", "40")
	require.Zero(t, code, errors)
	drawn, errors, code := edgeofcare(t, "plot", "dn2", "saves-more-than", "-n", "40", "-f", "csv", "-o", "-")
	require.Zero(t, code, errors)
	rows, err := csv.NewReader(strings.NewReader(drawn)).ReadAll()
	require.NoError(t, err)
	require.Equal(t, []string{"case", "of", "saving", "more than, £", "probability", "low", "high"}, rows[0])
	chances := map[string]string{} // of more than £1m
	for _, row := range rows[1:] {
		if row[3] == "1000000" {
			p, err := strconv.ParseFloat(row[4], 64)
			require.NoError(t, err)
			chances[row[1]+", "+row[2]] = words.Chance(p, 40, false)
		}
	}
	require.Len(t, chances, 8)
	_, table, found := strings.Cut(screen, "How likely is it to save more than £1,000,000?")
	require.True(t, found)
	shown, who := 0, ""
	for _, line := range strings.Split(table, "\n")[1:] {
		cells := strings.Fields(line)
		if len(cells) == 0 {
			break
		}
		way := "in cash"
		if name, _, named := strings.Cut(line, ", after"); named {
			who, way = strings.Replace(name, "All together", "public", 1), "all avoided care"
		} else if !strings.HasPrefix(line, "  in cash") {
			continue // what is paid between all and each
		}
		require.Equal(t, chances[who+", "+way], cells[len(cells)-1], line)
		shown++
	}
	require.Equal(t, 8, shown)
}
