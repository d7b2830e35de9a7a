package main

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// The example runs, names every stress once, and says both other answers.
func TestStress(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, stress(&out, montecarlo.Options{Seed: 1, Replications: 50}))
	dn2, err := scenario.Open("dn2")
	require.NoError(t, err)
	text := out.String()
	for _, one := range dn2.Stresses() {
		line := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(one.Name) + ` +facility`)
		require.Len(t, line.FindAllString(text, -1), 1, one.Name)
	}
	require.Less(t, strings.Index(text, "without stress"), strings.Index(text, scenario.AllAtOnce))
	require.Contains(t, text, "cost of delivery")
	require.Contains(t, text, "facility needed for 95% confidence: £")
	require.NotContains(t, text, "NaN")
}
