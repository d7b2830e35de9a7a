package main

import (
	"encoding/csv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/internal/golden"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// The page of the guide is made of the list of measures.
func TestGoldenDictionary(t *testing.T) {
	golden.Equal(t, "../../docs/measures.md", dictionaryPage())
}

// The data dictionary has every measure once, and every measure, unit and arm that stands
// in the CSV of a run is in it.
func TestDictionaryHasWhatFilesHave(t *testing.T) {
	out, errors, code := edgeofcare(t, "explain", "-f", "csv")
	require.Zero(t, code, errors)
	records, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	require.NoError(t, err)
	require.Len(t, records, 1+len(montecarlo.Measures()))
	units := map[string]string{}
	for _, r := range records[1:] {
		require.NotContains(t, units, r[0])
		units[r[0]] = r[3]
	}
	require.Equal(t, []string{"net saving", "cost of care and saving", "total", "GBP", "council", "false", "false", "better"}, records[1+indexOf(records[1:], "net saving")][:8])

	out, errors, code = edgeofcare(t, "run", "testdata/invested.yaml", "-n", "4", "-f", "csv")
	require.Zero(t, code, errors)
	records, err = csv.NewReader(strings.NewReader(out)).ReadAll()
	require.NoError(t, err)
	for _, r := range records[1:] {
		name := strings.TrimSuffix(strings.TrimSuffix(r[2], " is defined"), " is not defined and money is lost")
		if name == "deadweight" || r[1] == "published" || strings.Contains(r[2], "best estimate") {
			continue // of a metric and cohort, and published figures
		}
		require.Contains(t, units, name)
		if unit := units[name]; name == r[2] && unit != "units" {
			require.Equal(t, unit, r[8], name)
		}
	}
}

func indexOf(records [][]string, name string) int {
	for i, r := range records {
		if r[0] == name {
			return i
		}
	}
	return -1
}
