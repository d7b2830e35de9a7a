package main

import (
	"bytes"
	"regexp"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// The example names every input that is uncertain, and what it says of the net public
// saving hangs together: more is uncertain over chance and rates than by chance alone,
// and it rests most on what would have happened without the programme.
func TestUncertainty(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, uncertainty(&out, montecarlo.Options{Seed: 1, Replications: 300}))
	text := out.String()
	for _, want := range []string{
		"cohorts.step-down.start probability, 24 of 32: Beta(24, 8)",
		"unit costs.foster, range: 750 to 1250: Gamma",
		"uncertain.all failure rates together.factor, range: 0.75 to 1.3: LogNormal",
	} {
		require.Contains(t, text, want)
	}
	width := func(pattern string) float64 {
		found := regexp.MustCompile(pattern + `: (-?[0-9.]+) to (-?[0-9.]+)\n`).FindStringSubmatch(text)
		require.NotNil(t, found, text)
		low, err := strconv.ParseFloat(found[1], 64)
		require.NoError(t, err)
		high, err := strconv.ParseFloat(found[2], 64)
		require.NoError(t, err)
		return high - low
	}
	require.Greater(t, width("over chance and rates"), width("chance alone"))
	require.Regexp(t, `share of the variance that is rates: [1-9][0-9]?% ± [0-9]+%`, text)
	require.Regexp(t, `by rank correlation:\n(?:  .*\n)*  cohorts\.foster stability\.background\.foster\.residential: 0\.[0-9]{2}\n`, text)
	require.NotContains(t, text, "NaN")
}
