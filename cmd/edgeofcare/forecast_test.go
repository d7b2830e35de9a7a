package main

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/calibrate/synthetic"
)

// returnsFolder is where made-up returns stand while tests run.
var returnsFolder string

// madeReturns are five returns of a made-up council.
var madeReturns = sync.OnceValue(func() string {
	folder, err := os.MkdirTemp("", "edgeofcare-returns-")
	if err != nil {
		panic(err)
	}
	returnsFolder = folder
	_, err = synthetic.Write(synthetic.Settings{Children: 200, Years: 5, Seed: 1}, func(name string, text []byte) error {
		place := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(place), 0o700); err != nil {
			return err
		}
		return os.WriteFile(place, text, 0o600)
	})
	if err != nil {
		panic(err)
	}
	return folder
})

func TestForecastSaysWhatIsWrong(t *testing.T) {
	for line, says := range map[string]string{
		"forecast nowhere":                             "nowhere cannot be read",
		"forecast testdata/spells.csv":                 "give a folder or a zip file of SSDA903 returns",
		"forecast RETURNS --years 7":                   "give 1 to 6",
		"forecast RETURNS --guard=-1":                  "give 0 days or more",
		"forecast RETURNS --lever moon_entries_-5%":    `there is no state "moon": foster, residential`,
		"forecast RETURNS --lever entries_-200%":       "give a percentage",
		"forecast RETURNS --cost moon=5":               `a cost of "moon"`,
		"forecast RETURNS --cost foster":               "write a state and what a week in it costs",
		"forecast RETURNS --cost foster=€900":          "costs are in pounds",
		"forecast RETURNS --cost foster=cheap":         "is not an amount",
		"forecast RETURNS --case low":                  "--case",
		"forecast RETURNS --programme dn3":             "dn3",
		"forecast RETURNS --chart x.txt":               "let it end in .svg",
		"forecast RETURNS --programme dn2 --council X": "no council",
		"forecast testdata/invented-returns":           "1 to 5 children are in care",
	} {
		out, errors, code := edgeofcare(t, goldenFile{line: line}.asLine()...)
		require.NotZero(t, code, line)
		require.Empty(t, out, line)
		require.Contains(t, errors, says, line)
	}
}

// Nothing that is written names a child or says that few are in a place.
func TestForecastTellsOfNobody(t *testing.T) {
	for _, format := range []string{"table", "csv", "json", "markdown"} {
		out, errors, code := edgeofcare(t, "forecast", madeReturns(), "-n", "5", "--years", "1", "-f", format)
		require.Zero(t, code, errors)
		require.NotContains(t, out, "SYN0")
		if format != "csv" {
			continue
		}
		for row := range strings.Lines(out) {
			cells := strings.Split(row, ",")
			if cells[0] == "children in care" && cells[4] == "2025-03-31" {
				require.NotContains(t, []string{"1.00", "2.00", "3.00", "4.00", "5.00"}, cells[6], row)
			}
		}
	}
}
