package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// The example writes three drawings, and its titles change with the figures.
func TestCharts(t *testing.T) {
	few, more := t.TempDir(), t.TempDir()
	require.NoError(t, charts(few, montecarlo.Options{Seed: 1, Replications: 50}))
	require.NoError(t, charts(more, montecarlo.Options{Seed: 2, Replications: 50}))
	for name, want := range map[string]string{
		"cumulative-payments": `<title>Payments to date are £\d\.\d\dm in the low case and £\d\.\d\dm in the high</title>`,
		"net-saving":          `<title>In the low case the probability of a public saving is \d+%</title>`,
		"waterfall":           `<title>Medium case: £\d\.\d\dm is saved after payments, -?£\d\.\d\dm in cash</title>`,
	} {
		one, other := read(t, few, name), read(t, more, name)
		require.Regexp(t, want, one)
		require.Regexp(t, want, other)
		require.NotEqual(t, one, other)
		require.NotContains(t, one, "NaN")
	}
	require.Error(t, charts(filepath.Join(few, "nowhere"), montecarlo.Options{Replications: 2}))
}

func read(t *testing.T, folder, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(folder, name+".svg"))
	require.NoError(t, err)
	return string(text)
}
